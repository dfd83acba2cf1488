// Volatile pages: the pager may drop them instead of writing them back, because their owner can do without the content.
//
//   marked ──victim──▶ RECLAIMED: its content is gone ──touched──▶ bytes from the region's regenerator (REGENERATE),
//     ▲                                                            or zeros, and reported
//     └───────────────────────────── filled ───────────────────────────────┘
//
// A mark stays until `unmarkVolatile`. RECLAIMED stays until the page is resident again; store and source are ignored
// meanwhile. A page that returns as zeros is installed alone, for a thread or an operation that asks for it: no readahead.
import { forgetSlot } from '../books/content';
import { forgetting, mustSave, saveFrame } from '../pass/protection';
import {
  COUNTER_RECLAIMED,
  COUNTER_REGENERATED,
  LEAF_PAGES,
  PAGE_FLUSHING,
  PAGE_PINNED,
  PAGE_RECLAIMED,
  PAGE_REGENERATE,
  PAGE_SOURCED,
  PAGE_STORED,
  PAGE_VOLATILE,
  PAGE_WRITTEN,
  PAGE_ZEROS,
  REGION_LISTENED_AT,
  REQUEST_RECLAIMED,
} from '../layout';
import { findEntry, makeEntry, nextLeaf, pageOf, regionOf, tidyLeaves } from '../books/page-table';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { count, regionAt } from '../books/region';
import { lengthenRequest, request } from '../ring';

/** Marks [first, end). Returns the first page that the page table has no room for; `end` if all are marked. */
export function markVolatile(region: u32, first: u32, end: u32, regenerate: bool): u32 {
  for (let page = first; page < end; page++) {
    tidyAt(page, first);
    const entry = makeEntry(region, page);
    if (entry == 0) return page;
    setFlag(entry, PAGE_VOLATILE);
    if (regenerate) {
      setFlag(entry, PAGE_REGENERATE);
    } else {
      clearFlag(entry, PAGE_REGENERATE);
      if ((flagsOf(entry) & PAGE_RECLAIMED) != 0) setFlag(entry, PAGE_ZEROS);
    }
  }
  return end;
}

/** Removes the marks. Reclaimed pages stay so: the next touch gets zeros, or regenerates them. */
export function unmarkVolatile(region: u32, first: u32, end: u32): void {
  let page = first;
  while (page < end) {
    tidyAt(page, first);
    const entry = findEntry(region, page);
    if (entry == 0) {
      page = nextLeaf(page);
      continue;
    }
    clearFlag(entry, PAGE_VOLATILE);
    if ((flagsOf(entry) & PAGE_RECLAIMED) == 0) clearFlag(entry, PAGE_REGENERATE);
    // Without a regenerator the owner learns of it now, so the later touch is not reported.
    else if ((flagsOf(entry) & PAGE_REGENERATE) == 0) clearFlag(entry, PAGE_RECLAIMED);
    page++;
  }
}

/** The first page of [first, end) that is (`reclaimed` 1), or is not (0), reclaimed and not touched since; else `end`. */
export function nextReclaimed(region: u32, first: u32, end: u32, reclaimed: bool): u32 {
  let page = first;
  while (page < end) {
    tidyAt(page, first);
    const entry = findEntry(region, page);
    if (entry == 0) {
      if (!reclaimed) return page;
      page = nextLeaf(page);
      continue;
    }
    if (((flagsOf(entry) & PAGE_RECLAIMED) != 0) == reclaimed) return page;
    page++;
  }
  return end;
}

// Between two leaves no offset of an entry is at hand.
// @ts-ignore: decorator
@inline
function tidyAt(page: u32, first: u32): void {
  if (page == first || (page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
}

// @ts-ignore: decorator
@inline
export function isVolatile(entry: usize): bool {
  return (flagsOf(entry) & PAGE_VOLATILE) != 0;
}

/** Whether the page returns as zeros though it had content: the toucher must be notified that content was lost. */
// @ts-ignore: decorator
@inline
export function isLost(entry: usize): bool {
  return (flagsOf(entry) & (PAGE_RECLAIMED | PAGE_REGENERATE)) == PAGE_RECLAIMED;
}

/** Marks a staged volatile page as reclaimed, so that it can be dropped. False if it must be kept: then the frame's content counts. */
export function reclaim(entry: usize): bool {
  const may = (flagsOf(entry) & (PAGE_VOLATILE | PAGE_PINNED)) == PAGE_VOLATILE;
  if (!may || (mustSave(entry) && !saveFrame(entry))) {
    clearFlag(entry, PAGE_RECLAIMED);
    return false;
  }
  forgetting(entry);
  forgetSlot(entry);
  clearFlag(entry, PAGE_STORED | PAGE_SOURCED | PAGE_FLUSHING);
  setFlag(entry, PAGE_ZEROS | PAGE_RECLAIMED);
  count(regionOf(entry), COUNTER_RECLAIMED, 1);
  return true;
}

/** A reclaimed page's bytes arrived in its frame; false if the page was not reclaimed. */
// @ts-ignore: decorator
@inline
export function regenerated(entry: usize): bool {
  if ((flagsOf(entry) & PAGE_RECLAIMED) == 0) return false;
  clearFlag(entry, PAGE_ZEROS);
  return true;
}

/** The page is about to be filled. Called before its new state, clean or dirty, is chosen: no store has a regenerated page. */
// @ts-ignore: decorator
@inline
export function refilled(entry: usize): void {
  if ((flagsOf(entry) & PAGE_RECLAIMED) != 0) returnReclaimed(entry);
}

function returnReclaimed(entry: usize): void {
  const flags = flagsOf(entry);
  const region = regionOf(entry);
  clearFlag(entry, PAGE_RECLAIMED);
  if ((flags & PAGE_REGENERATE) == 0) {
    if (load<u32>(regionAt(region), REGION_LISTENED_AT) != 0) tell(region, pageOf(entry));
    return;
  }
  count(region, COUNTER_REGENERATED, 1);
  if ((flags & PAGE_VOLATILE) == 0) clearFlag(entry, PAGE_REGENERATE);
  setFlag(entry, PAGE_WRITTEN); // no store has it
}

// Adjacent pages are reported as one run.
function tell(region: u32, page: u32): void {
  if (!lengthenRequest(REQUEST_RECLAIMED, region, page)) request(REQUEST_RECLAIMED, region, page, 0, 1, 0, 0);
}
