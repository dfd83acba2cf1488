// Checks the length of a region that is to be mapped.
import { PagerError } from '../errors.js';
import { formatSize, parseSize, type Size } from '../units.js';

/** Pages. @throws PagerError 'OPTION' */
export function checkLength(size: Size, pageSize: number): number {
  if (size === undefined) throw new PagerError('OPTION', 'map: byteLength is missing', { hint: "say '512MiB'" });
  const bytes = parseSize(size, 'byteLength');
  const pages = Math.ceil(bytes / pageSize);
  if (pages >= 1 && pages < 2 ** 31) return pages;
  throw new PagerError('OPTION', `byteLength: ${formatSize(bytes)} cannot be mapped`, {
    hint: `give from one page to 2^31 - 1 pages of ${formatSize(pageSize)}`,
  });
}
