// Refuses a target that is one of the images from which the new image is made.
import { PagerError } from '../errors.js';
import { isSamePlace, placeOf } from './media.js';
import type { Ancestor } from './read.js';

/** @throws PagerError 'OPTION' if the target is one of them, in any spelling */
export async function refuseOver(
  links: readonly Ancestor[],
  target: { kind: 'file'; path: string } | { kind: 'store'; url: string },
): Promise<void> {
  const where = target.kind === 'store' ? target.url : target.path;
  const place = await placeOf(where);
  const own = place === null ? undefined : links.find(({ reader }) => isSamePlace(reader.place, place));
  if (own === undefined) return;
  throw new PagerError('OPTION', `${own.reader.name} is one of the images that the new one needs`, {
    hint: 'write the new one to another place',
  });
}
