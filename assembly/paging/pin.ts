// Pins pages, which keeps them resident, and unpins them.
import { COUNTER_PINNED, LEAF_SHIFT, PAGE_CLEAN, PAGE_DIRTY, PAGE_PINNED, PINNED_PAGES_AT } from '../layout';
import { isUnmapped } from '../books/extent';
import { findInCore, makeEntry } from '../books/page-table';
import { admit, forget } from './policy';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { count } from '../books/region';
import { stateOf } from '../books/states';

/** Pins adjacent pages and returns how many; the first one is pinned already. */
export function pinRun(region: u32, first: u32, limit: u32): u32 {
  let pages: u32 = 1;
  for (; pages < limit; pages++) {
    const entry = isUnmapped(region, first + pages) ? <usize>0 : makeEntry(region, first + pages);
    if (entry == 0) break;
    pinPage(entry, region);
  }
  return pages;
}

export function pinPage(entry: usize, region: u32): void {
  if ((flagsOf(entry) & PAGE_PINNED) != 0) return;
  const state = stateOf(entry);
  if (state == PAGE_CLEAN || state == PAGE_DIRTY) forget(entry);
  setFlag(entry, PAGE_PINNED);
  count(region, COUNTER_PINNED, 1);
  store<u32>(PINNED_PAGES_AT, load<u32>(PINNED_PAGES_AT) + 1);
}

/** Unpins pages: they can be victims again. */
export function unpinPages(region: u32, first: u32, end: u32): void {
  let page = first;
  while (page < end) {
    const entry = findInCore(region, page);
    if (entry == 0) {
      page = ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT;
      continue;
    }
    if ((flagsOf(entry) & PAGE_PINNED) != 0) {
      clearFlag(entry, PAGE_PINNED);
      count(region, COUNTER_PINNED, -1);
      store<u32>(PINNED_PAGES_AT, load<u32>(PINNED_PAGES_AT) - 1);
      const state = stateOf(entry);
      if (state == PAGE_CLEAN || state == PAGE_DIRTY) admit(entry);
    }
    page++;
  }
}
