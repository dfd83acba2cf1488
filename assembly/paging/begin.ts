// The begin of a fill: an absent page gets its frame, if it needs one, and waits for its bytes.
import { ENTRY_PREVIOUS_AT, FRAME_FILLING, PAGE_FILLING, PAGE_WRITTEN } from '../layout';
import { NO_FRAME, setFrame } from '../books/frame';
import { entryAfter, setFrameOf } from '../books/page-table';
import { setFlag } from '../books/queue';
import { stateOf, STEP_MISS, transition } from '../books/states';
import { missed } from './policy';

/** `since`: the tick from which on a thread has waited for the page; 0: none waits. */
// @ts-ignore: decorator
@inline
export function beginFill(entry: usize, frame: u32, since: u32, written: bool): void {
  if (stateOf(entry) != PAGE_FILLING) {
    missed(entry);
    transition(entry, STEP_MISS);
  }
  store<u32>(entry, since, ENTRY_PREVIOUS_AT);
  if (written) setFlag(entry, PAGE_WRITTEN);
  setFrameOf(entry, frame);
  if (frame != NO_FRAME) setFrame(frame, FRAME_FILLING, entry);
}

/** Begins adjacent pages in adjacent frames, or without any. A thread may wait for the first. */
export function beginRun(
  region: u32,
  page: u32,
  entry: usize,
  pages: u32,
  frame: u32,
  since: u32,
  written: bool,
): void {
  beginFill(entry, frame, since, written);
  for (let i: u32 = 1; i < pages; i++) {
    entry = entryAfter(entry, region, page + i);
    beginFill(entry, frame == NO_FRAME ? NO_FRAME : frame + i, 0, false);
  }
}
