// Refuses a snapshot's target that is the region's own source or store: the image would overwrite what it is read from.
import { PagerError } from '../../errors.js';
import { isSamePlace, placeOf } from '../../image/media.js';
import type { TargetSpec } from '../../image/target.js';
import type { Mapped } from '../region.js';

/**
 * @throws PagerError 'OPTION' if the target is the region's source or store, or one of its source's images
 */
export async function refuseOwnPlaces({ source, store }: Mapped, target: TargetSpec): Promise<void> {
  if (target.kind === 'stream') return;
  const place = await placeOf(target.kind === 'store' ? target.url : target.path);
  if (place === null) return;
  for (const [word, opened] of [
    ['source', source],
    ['store', store],
  ] as const) {
    if (!opened.places.some((own) => isSamePlace(own, place))) continue;
    throw new PagerError('OPTION', `the snapshot’s target: ${opened.name} is the ${word} of the region`, {
      hint: 'give the image a place of its own: another file, or another prefix',
    });
  }
}
