// Where a region's pages are kept, and so where no snapshot of it may go: it would be written over what it is read from.
import { PagerError } from '../../errors.js';
import { isSamePlace, placeOf } from '../../image/media.js';
import type { TargetSpec } from '../../image/target.js';
import type { Mapped } from '../region.js';

/**
 * @throws PagerError 'OPTION' where the target is the region's source or store, or an image that its source consists of
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
