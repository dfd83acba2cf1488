// Takes the loop's replies about pages that it was asked for: read, written, or failed.
import {
  CAUSE_READ,
  COUNTER_FAILED,
  ENTRY_PREVIOUS_AT,
  FRAME_ENTRY_AT,
  FRAME_READY,
  LIST_STARVED_AT,
  OP_POISON,
  OP_WAKE,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_QUEUED,
  PAGE_SHIFT_AT,
  PURPOSE_NONE,
  REGION_OPEN,
  REGION_PAGES_AT,
  REGION_STATE_AT,
} from '../layout';
import { NOWHERE } from '../books/extent';
import { frameAt, frameEntry, frameGeneration, NO_FRAME, setFrame } from '../books/frame';
import { findEntry, frameOf, makeLastEntry } from '../books/page-table';
import { flagsOf } from '../books/queue';
import { count, isSpace, pageAddress, regionAt, tick } from '../books/region';
import { stateOf, STEP_ABANDONED, STEP_FAILED, STEP_MISS, transition } from '../books/states';
import { stopWaiting } from '../books/waiting';
import { passOf } from '../books/passes';
import { failPass, mustSave } from '../pass/protection';
import { command } from '../ring';
import { arrived } from './arrival';
import { isAbsent } from './fill';
import { flushInstalls } from './install';
import { failLoads } from './operation';
import { abandon, writeFailed, written } from './written';

function wakePage(region: u32, page: u32): void {
  const address = pageAddress(region, page);
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  if (address < NOWHERE) command(OP_WAKE, 0, PURPOSE_NONE, region, page, 1, 0, address, 0, size);
}

/** The loop read a page's bytes into its frame; run the commands after the last one of a batch. */
export function arrive(frame: u32, generation: u32): void {
  arrived(frame, generation);
}

/** A page in flight cannot be read, for good: frees its frame. True if the page still waits for it: then call `fail`. */
export function release(frame: u32, generation: u32): bool {
  if (frameGeneration(frame) != generation) return false;
  const entry = frameEntry(frame);
  if (entry != 0) abandon(entry);
  setFrame(frame, FRAME_READY, 0);
  return entry != 0;
}

/** As `release`, but a store may still fill the frame: it stays in use until `release`. */
export function detach(frame: u32, generation: u32): bool {
  if (frameGeneration(frame) != generation) return false;
  const entry = frameEntry(frame);
  if (entry == 0) return false;
  abandon(entry);
  store<u32>(frameAt(frame), 0, FRAME_ENTRY_AT);
  return true;
}

/** A store in the loop wrote a frame's bytes. */
export function storeWritten(frame: u32, generation: u32): void {
  written(frame, generation, 1 << load<u32>(PAGE_SHIFT_AT));
  flushInstalls();
}

/** A store in the loop failed to write a frame's bytes; the core writes them again later. */
export function storeWriteFailed(frame: u32, generation: u32, errno: u32): void {
  if (frameGeneration(frame) != generation) return;
  writeFailed(frameEntry(frame), frame, errno);
  flushInstalls();
}

/** Removes a page from those that wait for a frame, as none can become free. True if it was among them: then call `fail`. */
export function unqueue(region: u32, page: u32): bool {
  const entry = findEntry(region, page);
  return entry != 0 && stopWaiting(LIST_STARVED_AT, entry);
}

/** Whether a thread waits for a page that failed, or was refused it before. */
export function isAwaited(region: u32, page: u32): bool {
  const entry = findEntry(region, page);
  if (entry == 0) return true;
  return stateOf(entry) == PAGE_FAILED || load<u32>(entry, ENTRY_PREVIOUS_AT) != 0;
}

/**
 * Gives a page up. If a thread waits for it, that thread and all that touch the page later get SIGBUS. If only a load, a
 * pass or readahead asked for it, those fail, and the next request tries again.
 */
export function fail(region: u32, page: u32): void {
  const at = regionAt(region);
  if (load<u32>(at, REGION_STATE_AT) != REGION_OPEN || page >= load<u32>(at, REGION_PAGES_AT)) return;
  let entry = findEntry(region, page);
  if (entry == 0) {
    if (isSpace(region)) return; // unmapped meanwhile
    // The page table had no room for the page. A thread waits for it, and there may be room later.
    entry = makeLastEntry(region, page);
    if (entry != 0) {
      transition(entry, STEP_MISS);
      store<u32>(entry, tick(), ENTRY_PREVIOUS_AT);
    }
  }
  const state = entry == 0 ? PAGE_FAILED : stateOf(entry);
  if (state != PAGE_FAILED) {
    // The page may have been removed and touched again since the report: then this fill is not the one that failed.
    if (state != PAGE_FILLING || frameOf(entry) != NO_FRAME || (flagsOf(entry) & PAGE_QUEUED) != 0) {
      // The page table may have had no room for it, and has some now: a thread that waits for the page faults again.
      if (isAbsent(state)) wakePage(region, page);
      return;
    }
  }
  if (state != PAGE_FAILED && load<u32>(entry, ENTRY_PREVIOUS_AT) == 0) {
    failLoads(region, page);
    const pass = passOf(region);
    if (pass !== null && mustSave(entry)) failPass(pass, page, CAUSE_READ, 0);
    transition(entry, STEP_ABANDONED);
    return;
  }
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  const address = pageAddress(region, page);
  // No thread can touch an unmapped page.
  if (address < NOWHERE) command(OP_POISON, 0, PURPOSE_NONE, region, page, 1, 0, address, 0, size);
  if (state == PAGE_FAILED) return;
  transition(entry, STEP_FAILED);
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  count(region, COUNTER_FAILED, 1);
}
