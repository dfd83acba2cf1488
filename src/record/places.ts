// Finds the page at an address, from the region records in the core memory.
import * as layout from '../../assembly/layout.js';
import type { Core } from '../core/core.js';

/** The page at an address; undefined outside regions, and in a space, whose pages are found by chunk. */
export function placeOf({ u32, u64 }: Core, address: bigint): { region: number; page: number } | Record<string, never> {
  const shift = BigInt(u32[layout.PAGE_SHIFT_AT >> 2] ?? 0);
  const inside = (at: number, first: number, pages: number): number | undefined => {
    const start = u64[at >> 3] ?? 0n;
    const page = Number((address - start) >> shift);
    return address >= start && page < pages ? first + page : undefined;
  };
  const top = u32[layout.REGION_TOP_AT >> 2] ?? 0;
  for (let region = 1; region < top; region++) {
    const at = layout.REGIONS_AT + region * layout.REGION_BYTES;
    const word = (offset: number) => u32[(at + offset) >> 2] ?? 0;
    if (word(layout.REGION_STATE_AT) !== layout.REGION_OPEN || word(layout.REGION_SPACE_AT) !== 0) continue;
    const home = inside(at + layout.REGION_ADDRESS_AT, 0, word(layout.REGION_PAGES_AT));
    let hasMoved = false;
    for (let each = 0; each < word(layout.EXTENT_COUNT_AT); each++) {
      const extent = layout.REGION_EXTENTS_AT + each * layout.EXTENT_BYTES;
      const first = word(extent + layout.EXTENT_FIRST_AT);
      const pages = word(extent + layout.EXTENT_PAGES_AT);
      const page = inside(at + extent, first, pages);
      if (page !== undefined) return { region, page };
      // What lies elsewhere is not at home.
      if (home !== undefined && home >= first && home < first + pages) hasMoved = true;
    }
    if (home !== undefined && !hasMoved) return { region, page: home };
  }
  return {};
}
