// Which pages of a region are in its memory, by the core's page table, from any thread. Another thread may change it meanwhile.
import * as layout from '../../assembly/layout.js';
import type { CoreReader } from './reader.js';

/** How many pages of a region, `end` not included, are absent: a touch would wait for them. */
export function absentPages({ word }: CoreReader, region: number, first: number, end: number): number {
  const directory = word(layout.REGIONS_AT + region * layout.REGION_BYTES + layout.REGION_DIRECTORY_AT);
  let absent = 0;
  for (let page = first; page < end; page++) {
    const leaf = word(directory + (page >>> layout.LEAF_SHIFT) * 4);
    // Lower numbers: no page of the leaf was touched, or the leaf is in the annex, which has no resident page.
    if (leaf < layout.FIXED_END || !isPresent(word(leaf + (page % layout.LEAF_PAGES) * layout.ENTRY_BYTES) & 0xff))
      absent++;
  }
  return absent;
}

/** A page in this state is in its region. */
export function isPresent(state: number): boolean {
  return state === layout.PAGE_CLEAN || state === layout.PAGE_DIRTY || state === layout.PAGE_WRITING;
}
