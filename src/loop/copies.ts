// Pages of a memfile are copied, not moved, so each exists twice for a moment. This file keeps room for them below the limit.
import { REGION_BYTES, REGION_FILE_AT, REGIONS_AT, TOTAL_PAGES_AT } from '../../assembly/layout.js';
import type { LoopContext } from './context.js';

interface Home {
  core: Pick<LoopContext['core'], 'exports' | 'u32' | 'u64'>;
  loop: Pick<LoopContext['loop'], 'mapped'>;
  options: Pick<LoopContext['options'], 'limitPages'>;
}

/** Pages that are copied at a time: a hole punched for 16 pages costs a quarter of 16 holes. */
const MAX_COPIES = 16;

/** Pages that may be copied at a time under a limit. */
export function maxCopies(limitPages: number | null): number {
  return limitPages === null ? MAX_COPIES : Math.max(1, Math.min(MAX_COPIES, limitPages >> 5));
}

/**
 * Keeps room for copies below the limit; call when a region was opened or closed. If all regions fit the limit nothing is
 * evicted, and the room is what they leave of it: with nothing left, the last pages are copied one at a time, and one page
 * exists twice for a moment.
 */
export function makeRoomForCopies({ core: { u32, u64, exports }, loop, options: { limitPages } }: Home): void {
  if (limitPages === null) return;
  const isInFile = (region: number) => u32[(REGIONS_AT + region * REGION_BYTES + REGION_FILE_AT) >> 2] === 1;
  const limit = maxCopies(limitPages);
  const left = limitPages - Number(u64[TOTAL_PAGES_AT >> 3] ?? 0n);
  const copied = [...loop.mapped.keys()].some(isInFile);
  const room = !copied ? 0 : left < 0 ? limit : Math.min(limit, left);
  exports.setCopyPages(copied ? Math.max(1, room) : limit);
  exports.setLimit(limitPages - room);
}
