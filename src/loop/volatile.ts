// Volatile pages, as the loop's thread serves them: which pages may be dropped, and which have been.
import type { Core } from '../core/core.js';
import { PagerError } from '../errors.js';
import type { Mapped } from './region.js';
import type { PageRange } from './requests.js';

/** Pages marked before other work is let in between. */
const MARKS = 65536;

/** Marks pages, a part at a time. @throws PagerError 'REGION' where the page table is full, 'CLOSED' */
export async function mark(core: Core, mapped: Mapped, { first, end }: PageRange, regenerate: boolean): Promise<void> {
  for (let page = first; page < end; ) {
    // Between two parts the region may be closed, and its number be another's.
    if (mapped.closing) throw new PagerError('CLOSED', 'the region was closed meanwhile');
    const stop = Math.min(end, page + MARKS);
    const reached = core.exports.markVolatile(mapped.region, page, stop, regenerate ? 1 : 0) >>> 0;
    if (reached < stop) {
      throw new PagerError('REGION', `page ${reached}: the page table is full`, {
        hint: 'map less memory with one pager',
      });
    }
    page = stop;
    if (page < end) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Takes the marks away; sets a bit in `reclaimed` for each page of the range that had been reclaimed. */
export function unmark(core: Core, region: number, { first, end }: PageRange, reclaimed: Uint8Array): void {
  const { nextReclaimed, unmarkVolatile } = core.exports;
  for (let page = nextReclaimed(region, first, end, 1) >>> 0; page < end; ) {
    const past = nextReclaimed(region, page, end, 0) >>> 0;
    for (let bit = page - first; bit < past - first; bit++) {
      reclaimed[bit >> 3] = (reclaimed[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
    page = nextReclaimed(region, past, end, 1) >>> 0;
  }
  unmarkVolatile(region, first, end);
}

/** In order, with adjacent ones as one. */
export function joined(ranges: readonly PageRange[]): PageRange[] {
  const all: PageRange[] = [];
  for (const { first, end } of ranges.toSorted((a, b) => a.first - b.first)) {
    const last = all.at(-1);
    if (last !== undefined && last.end >= first) last.end = Math.max(last.end, end);
    else all.push({ first, end });
  }
  return all;
}
