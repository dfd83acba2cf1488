// What the loop says of pages that it was asked for: they are here, they are written, they cannot be had.
import {
  CAUSE_READ,
  COUNTER_FAILED,
  ENTRY_PREVIOUS_AT,
  FRAME_ENTRY_AT,
  FRAME_READY,
  LIST_STARVED_AT,
  OP_POISON,
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
import { findEntry, frameOf, makeEntry } from '../books/page-table';
import { flagsOf } from '../books/queue';
import { count, isSpace, pageAddress, regionAt } from '../books/region';
import { stateOf, STEP_ABANDONED, STEP_FAILED, transition } from '../books/states';
import { stopWaiting } from '../books/waiting';
import { failPass, mustSave } from '../pass/protection';
import { command } from '../ring';
import { arrived } from './arrival';
import { flushInstalls } from './install';
import { failLoads } from './operation';
import { abandon, writeFailed, written } from './written';

/** The loop has read a page's bytes into its frame; run the commands after the last of a batch. */
export function arrive(frame: u32, generation: u32): void {
  arrived(frame, generation);
}

/** A page in flight cannot be had for good: its frame is free. True where the page still waits for it: then `fail`. */
export function release(frame: u32, generation: u32): bool {
  if (frameGeneration(frame) != generation) return false;
  const entry = frameEntry(frame);
  if (entry != 0) abandon(entry);
  setFrame(frame, FRAME_READY, 0);
  return entry != 0;
}

/** Nobody waits for the frame any more, but a store may still fill it: it is free after `release`. As `release`. */
export function detach(frame: u32, generation: u32): bool {
  if (frameGeneration(frame) != generation) return false;
  const entry = frameEntry(frame);
  if (entry == 0) return false;
  abandon(entry);
  store<u32>(frameAt(frame), 0, FRAME_ENTRY_AT);
  return true;
}

/** A store in the loop has written what a frame holds. */
export function storeWritten(frame: u32, generation: u32): void {
  written(frame, generation, 1 << load<u32>(PAGE_SHIFT_AT));
  flushInstalls();
}

/** A store in the loop could not write what a frame holds; it is written again later. */
export function storeWriteFailed(frame: u32, generation: u32, errno: u32): void {
  if (frameGeneration(frame) != generation) return;
  writeFailed(frameEntry(frame), frame, errno);
  flushInstalls();
}

/** Takes a page out of those that wait for a frame: nobody could free one. True where it was among them: then `fail`. */
export function unqueue(region: u32, page: u32): bool {
  const entry = findEntry(region, page);
  return entry != 0 && stopWaiting(LIST_STARVED_AT, entry);
}

/** Whether a thread waits for a page that could not be had, or was refused it before. */
export function isAwaited(region: u32, page: u32): bool {
  const entry = findEntry(region, page);
  if (entry == 0) return true;
  return stateOf(entry) == PAGE_FAILED || load<u32>(entry, ENTRY_PREVIOUS_AT) != 0;
}

/**
 * Gives a page up. Where a thread waits for it, that one and whoever touches it later gets SIGBUS. Where only a load, a
 * pass or readahead asked for it they fail, and the next who asks has it tried again.
 */
export function fail(region: u32, page: u32): void {
  const at = regionAt(region);
  if (load<u32>(at, REGION_STATE_AT) != REGION_OPEN || page >= load<u32>(at, REGION_PAGES_AT)) return;
  const entry = makeEntry(region, page);
  if (entry == 0 && isSpace(region)) return; // unmapped meanwhile
  const state = entry == 0 ? PAGE_FAILED : stateOf(entry);
  if (state != PAGE_FAILED) {
    // What was reported may have been removed and touched again meanwhile: then it is not what failed.
    if (state != PAGE_FILLING || frameOf(entry) != NO_FRAME || (flagsOf(entry) & PAGE_QUEUED) != 0) return;
  }
  if (state != PAGE_FAILED && load<u32>(entry, ENTRY_PREVIOUS_AT) == 0) {
    failLoads(region, page);
    if (mustSave(entry)) failPass(page, CAUSE_READ, 0);
    transition(entry, STEP_ABANDONED);
    return;
  }
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  const address = pageAddress(region, page);
  // What is unmapped cannot be touched.
  if (address < NOWHERE) command(OP_POISON, 0, PURPOSE_NONE, region, page, 1, 0, address, 0, size);
  if (state == PAGE_FAILED) return;
  transition(entry, STEP_FAILED);
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  count(region, COUNTER_FAILED, 1);
}
