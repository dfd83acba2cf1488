// Events: the application has dropped or unmapped part of a region behind the pager's back. What was there reads as
// zeros from now on, never as old content of a store.
import {
  ENTRY_PREVIOUS_AT,
  FRAME_ENTRY_AT,
  FRAME_READY,
  LEAF_SHIFT,
  LIST_PARKED_AT,
  LIST_STARVED_AT,
  OP_PUNCH,
  OP_WAKE,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_QUEUED,
  PAGE_SHIFT_AT,
  PAGE_STAGED,
  PURPOSE_NONE,
  QUEUE_STAGED_AT,
  REGION_ADDRESS_AT,
  REGION_FILE_AT,
  REGION_LIMIT,
  REGION_OPEN,
  REGION_PAGES_AT,
  REGION_SOURCE_AT,
  REGION_STATE_AT,
  SOURCE_ZERO,
} from './layout';
import { addResident, frameAt, NO_FRAME, setFrame } from './frame';
import { findEntry, frameOf, makeEntry, setFrameOf } from './page-table';
import { forget } from './policy';
import { flagsOf, remove } from './queue';
import { pageAddress, regionAt } from './region';
import { command } from './ring';
import { isResident, stateOf } from './states';
import { stopWaiting } from './waiting';
import { forgetContent } from './content';

/** [start, end) of the address space holds nothing any more. */
export function removed(start: u64, end: u64): void {
  const shift = load<u32>(PAGE_SHIFT_AT);
  for (let region: u32 = 1; region < <u32>REGION_LIMIT; region++) {
    const at = regionAt(region);
    if (load<u32>(at, REGION_STATE_AT) != REGION_OPEN) continue;
    const base = load<u64>(at, REGION_ADDRESS_AT);
    const limit = base + ((<u64>load<u32>(at, REGION_PAGES_AT)) << shift);
    const from = max(start, base);
    const to = min(end, limit);
    if (from >= to) continue;
    // A page of several base pages of which only some are gone keeps the rest: only whole pages are forgotten.
    const first = <u32>((from - base + (((<u64>1) << shift) - 1)) >> shift);
    const last = <u32>((to - base) >> shift);
    if (first < last) removePages(region, first, last);
  }
}

function removePages(region: u32, first: u32, end: u32): void {
  const sourced = load<u32>(regionAt(region), REGION_SOURCE_AT) != SOURCE_ZERO;
  let page = first;
  while (page < end) {
    // A leaf that was never touched reads as zeros already, unless a source stands behind it.
    const entry = sourced ? makeEntry(region, page) : findEntry(region, page);
    if (entry == 0) {
      page = ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT;
      continue;
    }
    removePage(entry);
    page++;
  }
  const length = (<u64>(end - first)) << load<u32>(PAGE_SHIFT_AT);
  // MADV_DONTNEED leaves the memory file as it is; its event says no more than MADV_REMOVE's.
  if (load<u32>(regionAt(region), REGION_FILE_AT) != 0) {
    command(OP_PUNCH, 0, PURPOSE_NONE, region, first, end - first, 0, pageAddress(region, first), 0, length);
  }
  // Whoever waited for one of them faults again, and gets zeros.
  command(OP_WAKE, 0, PURPOSE_NONE, region, first, end - first, 0, pageAddress(region, first), 0, length);
}

/** The page's memory is gone. Bytes on their way to or from a store are let go when they arrive. */
export function removePage(entry: usize): void {
  const state = stateOf(entry);
  if (state == PAGE_FAILED) return;
  const frame = frameOf(entry);
  if (isResident(state)) {
    addResident(-1);
    forget(entry);
  }
  let inFlight = state != PAGE_STAGED;
  if (state == PAGE_FILLING) {
    stopWaiting(LIST_STARVED_AT, entry);
    if (stopWaiting(LIST_PARKED_AT, entry)) inFlight = false;
  } else if ((flagsOf(entry) & PAGE_QUEUED) != 0) {
    remove(QUEUE_STAGED_AT, entry);
  }
  if (frame != NO_FRAME) {
    // A store may still be reading or writing this frame: it stays as it is, without a page, until the reply.
    if (inFlight) store<u32>(frameAt(frame), 0, FRAME_ENTRY_AT);
    else setFrame(frame, FRAME_READY, 0);
    setFrameOf(entry, NO_FRAME);
  }
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  forgetContent(entry);
}
