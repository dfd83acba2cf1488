// The end of a write-back: the page is dropped or kept, and no content is lost in between.
import {
  NOW_AT,
  PAGE_SHIFT_AT,
  EVICTION_SEQUENCE_AT,
  WRITE_PAUSE_AT,
  WRITE_DELAY_AT,
  WRITE_ERRNO_AT,
  QUEUE_STAGED_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_ERRNO_AT,
  COMMAND_LENGTH_AT,
  COMMAND_FRAME_AT,
  COMMAND_SLOT_AT,
  OUTCOME_DONE,
  FRAME_SLOT_AT,
  FRAME_READY,
  FRAME_STAGED,
  FRAME_RETURN,
  FRAME_AHEAD,
  COUNTER_EVICTIONS,
  COUNTER_WRITEBACKS,
  COUNTER_STORE_WRITES,
  COUNTER_STORE_BYTES_WRITTEN,
  COUNTER_STORE_ERRORS,
  COUNTER_STORE_RETRIES,
  COUNTER_WRITE_ERRORS,
  ENTRY_PREVIOUS_AT,
  ENTRY_DIGEST_AT,
  ENTRY_SLOT_AT,
  ENTRY_SLOT_BYTES_AT,
  PAGE_EVICTING,
  PAGE_WRITING,
  PAGE_STORED,
  PAGE_SOURCED,
  PAGE_PINNED,
  PAGE_FLUSHING,
  PAGE_ZEROS,
} from '../layout';
import { forgetSlot } from '../books/content';
import { restore } from './evict';
import { frameAt, frameDigest, frameEntry, frameFlags, frameGeneration, NO_FRAME, setFrame } from '../books/frame';
import { frameOf, regionOf, setFrameOf } from '../books/page-table';
import { admit } from './policy';
import { clearFlag, flagsOf, push, pushOldest, setFlag } from '../books/queue';
import { count } from '../books/region';
import { dropStored, freeStored } from '../books/stored';
import { stateOf, STEP_DROPPED, STEP_REMOVED, STEP_WRITE_FAILED, STEP_WRITTEN, transition } from '../books/states';

const FIRST_DELAY: u64 = 5_000_000; // ns
const MAX_DELAY: u64 = 1_000_000_000;

// The store has the page's bytes: drop the page, or move it back into its region.
export function finish(entry: usize): void {
  clearFlag(entry, PAGE_FLUSHING);
  const frame = frameOf(entry);
  if ((frameFlags(frame) & FRAME_RETURN) != 0) restore(entry, load<u32>(entry, ENTRY_PREVIOUS_AT), false);
  else drop(entry);
}

export function drop(entry: usize): void {
  const ahead = (frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0;
  setFrame(frameOf(entry), FRAME_READY, 0);
  setFrameOf(entry, NO_FRAME);
  const zeros = (flagsOf(entry) & PAGE_ZEROS) != 0;
  transition(entry, zeros ? STEP_REMOVED : STEP_DROPPED);
  if (ahead) {
    store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
    return;
  }
  const sequence = max<u32>(1, load<u32>(EVICTION_SEQUENCE_AT) + 1);
  store<u32>(EVICTION_SEQUENCE_AT, sequence);
  store<u32>(entry, sequence, ENTRY_PREVIOUS_AT);
  count(regionOf(entry), COUNTER_EVICTIONS, 1);
}

// Frees the slot that was taken for a page that is gone, or was not written.
function freeFrameSlot(frame: u32): void {
  const slot = load<u32>(frameAt(frame), FRAME_SLOT_AT);
  if (slot == 0) return;
  store<u32>(frameAt(frame), 0, FRAME_SLOT_AT);
  if (dropStored(slot - 1)) freeStored(slot - 1);
}

function adoptFrameSlot(entry: usize, frame: u32): void {
  const slot = load<u32>(frameAt(frame), FRAME_SLOT_AT);
  if (slot == 0) return;
  store<u32>(frameAt(frame), 0, FRAME_SLOT_AT);
  forgetSlot(entry);
  store<u32>(entry, slot - 1, ENTRY_SLOT_AT);
}

export function kept(at: usize): void {
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = frameEntry(frame);
  forgetSlot(entry);
  store<u32>(entry, load<u32>(at, COMMAND_SLOT_AT), ENTRY_SLOT_AT);
  store<u32>(entry, <u32>load<u64>(at, COMMAND_LENGTH_AT), ENTRY_SLOT_BYTES_AT);
  written(frame, frameGeneration(frame), <u32>load<u64>(at, COMMAND_LENGTH_AT));
}

export function fileWritten(at: usize): void {
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE) {
    written(frame, frameGeneration(frame), 1 << load<u32>(PAGE_SHIFT_AT));
  } else {
    writeFailed(frameEntry(frame), frame, load<u32>(at, COMMAND_ERRNO_AT));
  }
}

/** A store has the page's bytes. */
export function written(frame: u32, generation: u32, bytes: u32): void {
  if (frameGeneration(frame) != generation) return;
  // While writes are paused the error stays: the loop comes back for an operation only while there is one.
  if (load<u64>(NOW_AT) >= load<u64>(WRITE_PAUSE_AT)) store<u32>(WRITE_ERRNO_AT, 0);
  store<u64>(WRITE_DELAY_AT, 0);
  const entry = frameEntry(frame);
  if (entry == 0) {
    freeFrameSlot(frame);
    setFrame(frame, FRAME_READY, 0);
    return;
  }
  adoptFrameSlot(entry, frame);
  const region = regionOf(entry);
  count(region, COUNTER_WRITEBACKS, 1);
  count(region, COUNTER_STORE_WRITES, 1);
  count(region, COUNTER_STORE_BYTES_WRITTEN, bytes);
  const state = stateOf(entry);
  store<u64>(entry, frameDigest(frame), ENTRY_DIGEST_AT);
  setFlag(entry, PAGE_STORED);
  clearFlag(entry, PAGE_SOURCED);
  clearFlag(entry, PAGE_ZEROS);
  if (state == PAGE_EVICTING) {
    finish(entry);
    return;
  }
  setFrame(frame, FRAME_READY, 0);
  setFrameOf(entry, NO_FRAME);
  if (state == PAGE_WRITING) {
    transition(entry, STEP_WRITTEN);
    if ((flagsOf(entry) & PAGE_PINNED) == 0) admit(entry);
  }
}

/** A write failed: the page stays in its frame and is written again later. */
export function writeFailed(entry: usize, frame: u32, errno: u32): void {
  freeFrameSlot(frame);
  store<u32>(WRITE_ERRNO_AT, errno);
  const delay = min<u64>(max<u64>(load<u64>(WRITE_DELAY_AT) << 1, FIRST_DELAY), MAX_DELAY);
  store<u64>(WRITE_DELAY_AT, delay);
  store<u64>(WRITE_PAUSE_AT, load<u64>(NOW_AT) + delay);
  if (entry == 0) {
    setFrame(frame, FRAME_READY, 0);
    return;
  }
  count(regionOf(entry), COUNTER_STORE_ERRORS, 1);
  count(regionOf(entry), COUNTER_WRITE_ERRORS, 1);
  count(regionOf(entry), COUNTER_STORE_RETRIES, 1);
  const state = stateOf(entry);
  const since = load<u32>(entry, ENTRY_PREVIOUS_AT);
  if (state == PAGE_EVICTING) {
    const back = (frameFlags(frame) & FRAME_RETURN) != 0;
    transition(entry, STEP_WRITE_FAILED);
    setFrame(frame, FRAME_STAGED, entry);
    if (back) restore(entry, since, false);
    else pushOldest(QUEUE_STAGED_AT, entry);
    return;
  }
  setFrame(frame, FRAME_READY, 0);
  setFrameOf(entry, NO_FRAME);
  if (state == PAGE_WRITING) {
    transition(entry, STEP_WRITE_FAILED);
    if ((flagsOf(entry) & PAGE_PINNED) == 0) admit(entry);
  }
}

/** The loop gave up the page's frame: the page has none from now on. */
export function abandon(entry: usize): void {
  setFrameOf(entry, NO_FRAME);
}
