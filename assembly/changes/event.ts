// Events: the application dropped, unmapped or moved part of a region. Dropped pages read as zeros from now on, never as
// old content of a store.
import {
  PAGE_SHIFT_AT,
  LIST_STARVED_AT,
  LIST_PARKED_AT,
  LIST_REFUSED_AT,
  QUEUE_STAGED_AT,
  OP_WAKE,
  OP_PUNCH,
  PURPOSE_NONE,
  FRAME_ENTRY_AT,
  FRAME_READY,
  REGION_TOP_AT,
  REGION_STATE_AT,
  REGION_OPEN,
  REGION_ADDRESS_AT,
  REGION_PAGES_AT,
  REGION_SOURCE_AT,
  REGION_FILE_AT,
  SOURCE_ZERO,
  LEAF_PAGES,
  LEAF_SHIFT,
  ENTRY_PREVIOUS_AT,
  PAGE_FILLING,
  PAGE_STAGED,
  PAGE_FAILED,
  PAGE_QUEUED,
} from '../layout';
import { forgetting } from '../pass/protection';
import { check } from '../check';
import { NOWHERE, place } from '../books/extent';
import { addResident, frameAt, NO_FRAME, setFrame } from '../books/frame';
import { findEntry, frameOf, makeLastEntry, regionOf, setFrameOf, tidyLeaves } from '../books/page-table';
import { forget } from '../paging/policy';
import { flagsOf, remove } from '../books/queue';
import { isSpace, isSplit, pageAddress, regionAt } from '../books/region';
import { command } from '../ring';
import { isResident, stateOf } from '../books/states';
import { stopWaiting } from '../books/waiting';
import { forgetContent } from '../books/content';
import { turn } from '../books/records';

/** The application dropped [start, end) (MADV_DONTNEED and the like), or unmapped it: `unmapped`. */
export function removed(start: u64, end: u64, unmapped: bool): void {
  for (let region: u32 = 1; region < load<u32>(REGION_TOP_AT); region++) {
    if (load<u32>(regionAt(region), REGION_STATE_AT) != REGION_OPEN || isSpace(region)) continue;
    let page: u32 = 0;
    while (nextRun(region, page, start, end)) {
      page = turn.removedEnd;
      removePages(region, turn.removedFirst, turn.removedEnd);
      // If there is no room for an extent, the region keeps the addresses: harmless until other memory is mapped there.
      if (unmapped) place(region, turn.removedFirst, turn.removedEnd, NOWHERE);
    }
  }
}

/** The application moved `length` bytes of memory (mremap). Pages keep their number and their stored copies. */
export function remapped(from: u64, to: u64, length: u64): void {
  for (let region: u32 = 1; region < load<u32>(REGION_TOP_AT); region++) {
    if (load<u32>(regionAt(region), REGION_STATE_AT) != REGION_OPEN || isSpace(region)) continue;
    let page: u32 = 0;
    while (nextRun(region, page, from, from + length)) {
      page = turn.removedEnd;
      const address = to + (pageAddress(region, turn.removedFirst) - from);
      // Threads blocked at the old address re-fault, on unmapped memory: SIGSEGV, as without a pager.
      overRange(OP_WAKE, region, turn.removedFirst, turn.removedEnd);
      check(place(region, turn.removedFirst, turn.removedEnd, address), 'a region is moved in 56 parts at most');
    }
  }
}

// The next run of address-contiguous pages from `page` on that lie whole within [start, end). A page of several base
// pages of which only some are gone is skipped: it keeps the rest.
function nextRun(region: u32, page: u32, start: u64, end: u64): bool {
  const pages = load<u32>(regionAt(region), REGION_PAGES_AT);
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  if (!isSplit(region)) {
    const base = load<u64>(regionAt(region), REGION_ADDRESS_AT);
    const from = max(start, base);
    const to = min(end, base + <u64>pages * size);
    if (from >= to) return false;
    turn.removedFirst = max(page, <u32>((from - base + size - 1) / size));
    turn.removedEnd = <u32>((to - base) / size);
    return turn.removedFirst < turn.removedEnd;
  }
  turn.removedFirst = page;
  while (turn.removedFirst < pages && !isWithin(pageAddress(region, turn.removedFirst), size, start, end))
    turn.removedFirst++;
  if (turn.removedFirst == pages) return false;
  turn.removedEnd = turn.removedFirst + 1;
  while (turn.removedEnd < pages) {
    const address = pageAddress(region, turn.removedEnd);
    if (!isWithin(address, size, start, end) || address != pageAddress(region, turn.removedEnd - 1) + size) break;
    turn.removedEnd++;
  }
  return true;
}

function isWithin(address: u64, size: u64, start: u64, end: u64): bool {
  return address >= start && address + size <= end;
}

function removePages(region: u32, first: u32, end: u32): void {
  const sourced = load<u32>(regionAt(region), REGION_SOURCE_AT) != SOURCE_ZERO;
  let page = first;
  while (page < end) {
    if (page == first || (page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
    // A leaf that was never touched reads as zeros already, unless the region has a source.
    const entry = sourced ? makeLastEntry(region, page) : findEntry(region, page);
    if (entry == 0) {
      page = ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT;
      continue;
    }
    removePage(entry);
    page++;
  }
  // MADV_DONTNEED does not punch the memfile, MADV_REMOVE does; their events look the same.
  if (load<u32>(regionAt(region), REGION_FILE_AT) != 0) overRange(OP_PUNCH, region, first, end);
  // Threads blocked on one of the pages re-fault and get zeros.
  overRange(OP_WAKE, region, first, end);
}

function overRange(op: u32, region: u32, first: u32, end: u32): void {
  const length = (<u64>(end - first)) << load<u32>(PAGE_SHIFT_AT);
  command(op, 0, PURPOSE_NONE, region, first, end - first, 0, pageAddress(region, first), 0, length);
}

/** The page's memory is gone. Bytes in flight to or from a store are dropped when the reply arrives. */
export function removePage(entry: usize): void {
  const state = stateOf(entry);
  // A region's failed page stays failed; in a space, a later mapping at the same address is other memory.
  if (state == PAGE_FAILED && !isSpace(regionOf(entry))) return;
  forgetting(entry);
  const frame = frameOf(entry);
  if (isResident(state)) {
    addResident(-1);
    forget(entry);
  }
  let inFlight = state != PAGE_STAGED;
  if (state == PAGE_FILLING) {
    stopWaiting(LIST_STARVED_AT, entry);
    if (stopWaiting(LIST_PARKED_AT, entry) || stopWaiting(LIST_REFUSED_AT, entry)) inFlight = false;
  } else if ((flagsOf(entry) & PAGE_QUEUED) != 0) {
    remove(QUEUE_STAGED_AT, entry);
  }
  if (frame != NO_FRAME) {
    // A store may still be reading or writing this frame: it keeps its state, without a page, until the reply.
    if (inFlight) store<u32>(frameAt(frame), 0, FRAME_ENTRY_AT);
    else setFrame(frame, FRAME_READY, 0);
    setFrameOf(entry, NO_FRAME);
  }
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  forgetContent(entry);
}
