// Where a page's bytes are (zeros, source, store, pool or frame), and how the stored copy is freed.
import {
  CONTENT_POOL,
  CONTENT_REGENERATE,
  CONTENT_SOURCE_ASYNC,
  CONTENT_SOURCE_FILE,
  CONTENT_STORE_ASYNC,
  CONTENT_STORE_FILE,
  CONTENT_ZERO,
} from '../codes';
import {
  LEAF_PAGES,
  LEAF_SHIFT,
  REQUEST_DISCARD,
  REGION_SOURCE_AT,
  REGION_STORE_AT,
  REGION_POOL_AT,
  REGION_SOURCE_PAGES_AT,
  SOURCE_ZERO,
  SOURCE_FILE,
  STORE_POOL,
  STORE_FILE,
  STORE_ASYNC,
  ENTRY_SLOT_AT,
  ENTRY_SLOT_BYTES_AT,
  PAGE_EVICTING,
  PAGE_REMOVED,
  PAGE_STORED,
  PAGE_SOURCED,
  PAGE_FLUSHING,
  PAGE_ZEROS,
  PAGE_RECLAIMED,
  PAGE_REGENERATE,
  PAGE_WRITING,
} from '../layout';
import { findEntry, pageOf, regionOf, tidyLeaves } from './page-table';
import { freeSlot, slotAddress } from './pool';
import { clearFlag, flagsOf, setFlag } from './queue';
import { isSpace, regionAt } from './region';
import { request, requestRoom } from '../ring';
import { dropStored, freeStored, inPool } from './stored';
import { stateOf, STEP_REMOVED, transition } from './states';

/** Where an absent page's bytes come from: CONTENT_…. */
export function contentOf(region: u32, page: u32, entry: usize): u32 {
  const at = regionAt(region);
  const flags = flagsOf(entry);
  if ((flags & PAGE_RECLAIMED) != 0) return (flags & PAGE_REGENERATE) != 0 ? CONTENT_REGENERATE : CONTENT_ZERO;
  if ((flags & PAGE_ZEROS) != 0) return CONTENT_ZERO;
  if ((flags & PAGE_STORED) != 0) {
    const kind = load<u32>(at, REGION_STORE_AT);
    return kind == STORE_POOL ? CONTENT_POOL : kind == STORE_FILE ? CONTENT_STORE_FILE : CONTENT_STORE_ASYNC;
  }
  const source = load<u32>(at, REGION_SOURCE_AT);
  if (source == SOURCE_ZERO || page >= load<u32>(at, REGION_SOURCE_PAGES_AT)) return CONTENT_ZERO;
  return source == SOURCE_FILE ? CONTENT_SOURCE_FILE : CONTENT_SOURCE_ASYNC;
}

/** The page's stored copy is needed no longer: a slot is freed, a store in the loop is asked to discard it, a file keeps it. */
export function forgetSlot(entry: usize): void {
  if ((flagsOf(entry) & PAGE_STORED) == 0) return;
  const region = regionOf(entry);
  const at = regionAt(region);
  const kind = load<u32>(at, REGION_STORE_AT);
  if (isSpace(region)) {
    releaseStored(region, load<u32>(entry, ENTRY_SLOT_AT), load<u32>(entry, ENTRY_SLOT_BYTES_AT));
  } else if (kind == STORE_POOL) {
    freeSlot(load<u32>(at, REGION_POOL_AT), load<u32>(entry, ENTRY_SLOT_AT), load<u32>(entry, ENTRY_SLOT_BYTES_AT));
  } else if (kind == STORE_ASYNC && requestRoom() > 0) {
    request(REQUEST_DISCARD, region, pageOf(entry), 0, 0, 0, 0);
  }
}

/** Drops one page's reference to a stored copy of `bytes`; with the last one the pool's slot is freed. */
export function releaseStored(space: u32, slot: u32, bytes: u32): void {
  if (!dropStored(slot)) return;
  const at = regionAt(space);
  if (load<u32>(at, REGION_STORE_AT) == STORE_POOL) freeSlot(load<u32>(at, REGION_POOL_AT), inPool(slot), bytes);
  freeStored(slot);
}

/** The page number under which the store, or its file, holds the page's copy. */
export function storedPage(region: u32, page: u32, entry: usize): u32 {
  return isSpace(region) ? load<u32>(entry, ENTRY_SLOT_AT) : page;
}

/** Address of the page's copy in the pool. */
export function storedAddress(region: u32, entry: usize): u64 {
  const slot = load<u32>(entry, ENTRY_SLOT_AT);
  const pool = load<u32>(regionAt(region), REGION_POOL_AT);
  return slotAddress(pool, isSpace(region) ? inPool(slot) : slot, load<u32>(entry, ENTRY_SLOT_BYTES_AT));
}

/** The page reads as zeros now; copies in its store and source are stale. */
export function forgetContent(entry: usize): void {
  forgetSlot(entry);
  clearFlag(entry, PAGE_STORED);
  clearFlag(entry, PAGE_SOURCED);
  clearFlag(entry, PAGE_FLUSHING);
  clearFlag(entry, PAGE_RECLAIMED);
  setFlag(entry, PAGE_ZEROS);
  if (stateOf(entry) != PAGE_REMOVED) transition(entry, STEP_REMOVED);
}

/**
 * For a region whose source and store are one file: the file may still hold old bytes of pages that became zeros.
 * `blank` true: the first page of [first, end) that reads as zeros, or may be one for as long as its write is under way.
 * `blank` false: the first page that is not known to read as zeros. `end` where there is none.
 */
export function nextBlank(region: u32, first: u32, end: u32, blank: bool): u32 {
  let page = first;
  while (page < end) {
    if (page == first || (page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
    const entry = findEntry(region, page);
    if (entry == 0) {
      if (!blank) return page;
      page = ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT;
      continue;
    }
    if (isBlank(entry) && (blank || !isUnderWay(entry))) {
      if (blank) return page;
    } else if (!blank) {
      return page;
    }
    page++;
  }
  return end;
}

// A page that its regenerator will fill is not zeros.
function isBlank(entry: usize): bool {
  const flags = flagsOf(entry);
  const reclaimed = PAGE_RECLAIMED | PAGE_REGENERATE;
  return (flags & PAGE_ZEROS) != 0 && (flags & reclaimed) != reclaimed;
}

function isUnderWay(entry: usize): bool {
  const state = stateOf(entry);
  return state == PAGE_EVICTING || state == PAGE_WRITING;
}
