// Frames: the page-sized pieces of staging, in the core's own memory. Victims are moved into vacant frames (their memory
// comes with them); pages are filled in ready ones and moved into their region, which leaves the frame vacant again.
// In the steady state no memory is ever allocated or freed:
//
//            move in (victim)                write-back ended, or the page was clean
//   VACANT ──────────────────▶ STAGED ─────────────────────────────▶ READY
//     ▲                          ▲ │ a store reads it                    │ a page is fetched
//     │                          │ ▼                                     ▼
//     │                        WRITING                                FILLING
//     └────────── moved back (soft fault) · moved into the region ───────┘
//
// The hard cap: resident pages + frames that are not vacant ≤ limit. Moving keeps the sum; copying needs credit.
import { NO_FRAME as NO_FRAME_CODE } from '../codes';
import { clearBit, findSet, runLength, setBit } from '../bitmap';
import {
  BITMAP_READY_AT,
  BITMAP_VACANT_AT,
  CORE_ADDRESS_AT,
  DIGEST_BYTES,
  DIGESTS_AT,
  FRAME_BYTES,
  FRAME_COUNT_AT,
  FRAME_DATA_AT,
  FRAME_ENTRY_AT,
  FRAME_FILLING,
  FRAME_FLAGS_AT,
  FRAME_GENERATION_AT,
  FRAME_READY,
  FRAME_STAGED,
  FRAME_STATE_AT,
  FRAME_VACANT,
  FRAME_WRITING,
  FRAMES_AT,
  IN_FLIGHT_COUNT_AT,
  LIMIT_PAGES_AT,
  OVERDRAFT_AT,
  PAGE_SHIFT_AT,
  READY_COUNT_AT,
  RESIDENT_PAGES_AT,
  RESIDENT_PEAK_AT,
  SLOTS_AT,
  STAGED_COUNT_AT,
  TOTAL_PAGES_AT,
  VACANT_COUNT_AT,
} from '../layout';
import { turn } from './records';

export const NO_FRAME: u32 = <u32>NO_FRAME_CODE;

// @ts-ignore: decorator
@inline
export function frameAt(frame: u32): usize {
  return FRAMES_AT + frame * FRAME_BYTES;
}

// @ts-ignore: decorator
@inline
export function frameState(frame: u32): u32 {
  return load<u8>(frameAt(frame), FRAME_STATE_AT);
}

// @ts-ignore: decorator
@inline
export function frameFlags(frame: u32): u32 {
  return load<u8>(frameAt(frame), FRAME_FLAGS_AT);
}

// @ts-ignore: decorator
@inline
export function setFrameFlags(frame: u32, flags: u32): void {
  store<u8>(frameAt(frame), flags, FRAME_FLAGS_AT);
}

// @ts-ignore: decorator
@inline
export function frameEntry(frame: u32): usize {
  return load<u32>(frameAt(frame), FRAME_ENTRY_AT);
}

// @ts-ignore: decorator
@inline
export function frameGeneration(frame: u32): u32 {
  return load<u32>(frameAt(frame), FRAME_GENERATION_AT);
}

// @ts-ignore: decorator
@inline
export function frameDigest(frame: u32): u64 {
  return load<u64>(DIGESTS_AT + frame * DIGEST_BYTES);
}

/** Offset of the frame's bytes in the core's memory. */
// @ts-ignore: decorator
@inline
export function frameOffset(frame: u32): u32 {
  return load<u32>(FRAME_DATA_AT) + (frame << load<u32>(PAGE_SHIFT_AT));
}

// @ts-ignore: decorator
@inline
export function frameAddress(frame: u32): u64 {
  return load<u64>(CORE_ADDRESS_AT) + <u64>frameOffset(frame);
}

/** Four bits for each state: the distance of its counter from the first one. FILLING and WRITING are both in flight. */
const COUNTERS: u32 =
  ((READY_COUNT_AT - VACANT_COUNT_AT) << (4 * FRAME_READY)) |
  ((STAGED_COUNT_AT - VACANT_COUNT_AT) << (4 * FRAME_STAGED)) |
  ((IN_FLIGHT_COUNT_AT - VACANT_COUNT_AT) << (4 * FRAME_FILLING)) |
  ((IN_FLIGHT_COUNT_AT - VACANT_COUNT_AT) << (4 * FRAME_WRITING));

// @ts-ignore: decorator
@inline
function counterOf(state: u32): usize {
  return VACANT_COUNT_AT + ((COUNTERS >> (state << 2)) & 15);
}

/** The only writer of a frame's state: updates bitmaps and counts, and starts a new generation. */
export function setFrame(frame: u32, state: u32, entry: usize): void {
  const at = frameAt(frame);
  const before: u32 = load<u8>(at, FRAME_STATE_AT);
  if (before == FRAME_VACANT) clearBit(BITMAP_VACANT_AT, frame);
  else if (before == FRAME_READY) clearBit(BITMAP_READY_AT, frame);
  if (state == FRAME_VACANT) setBit(BITMAP_VACANT_AT, frame);
  else if (state == FRAME_READY) setBit(BITMAP_READY_AT, frame);
  const from = counterOf(before);
  store<u32>(from, load<u32>(from) - 1);
  const to = counterOf(state);
  store<u32>(to, load<u32>(to) + 1);
  store<u16>(at, <u16>state); // its flags are 0
  store<u32>(at, <u32>entry, FRAME_ENTRY_AT);
  store<u32>(at, load<u32>(at, FRAME_GENERATION_AT) + 1, FRAME_GENERATION_AT);
}

/** Pages and frames that hold memory now. */
// @ts-ignore: decorator
@inline
export function present(): u32 {
  return load<u32>(RESIDENT_PAGES_AT) + load<u32>(FRAME_COUNT_AT) - load<u32>(VACANT_COUNT_AT);
}

/** Pages that may be present: the limit, or more while no page can be evicted (see `overdraw`). */
function maxPresent(): u32 {
  const limit = load<u32>(LIMIT_PAGES_AT);
  return limit == 0xffffffff ? limit : limit + load<u32>(OVERDRAFT_AT);
}

/** Pages that may still be allocated before the limit is reached. */
export function credit(): u32 {
  const limit = maxPresent();
  const now = present();
  return now >= limit ? 0 : limit - now;
}

/** Pages above the limit: after it was lowered, after a fork, or once pages that had let others in above it can leave. */
export function excess(): u32 {
  const limit = maxPresent();
  const now = present();
  return now > limit ? now - limit : 0;
}

/** Pages that may still need a frame: absent pages of all regions. For processes the number is not known: all ones. */
export function outside(): u32 {
  if (load<u32>(SLOTS_AT) != 0) return 0xffffffff;
  const pages = load<u64>(TOTAL_PAGES_AT);
  const inside: u64 = present() - load<u32>(READY_COUNT_AT);
  return pages > inside ? <u32>min<u64>(pages - inside, 0xffffffff) : 0;
}

export function addResident(pages: i32): void {
  store<u32>(RESIDENT_PAGES_AT, load<u32>(RESIDENT_PAGES_AT) + pages);
  notePeak();
}

export function notePeak(): void {
  const now = present();
  if (now > load<u32>(RESIDENT_PEAK_AT)) store<u32>(RESIDENT_PEAK_AT, now);
}

/**
 * Takes a run of up to `wanted` adjacent frames to fill pages in: ready ones, else vacant ones within the credit
 * (the first touch allocates their memory). NO_FRAME if there is none; the length is left in `framesFound`.
 */
export function takeFrames(wanted: u32): u32 {
  const end = load<u32>(FRAME_COUNT_AT);
  if (load<u32>(READY_COUNT_AT) > 0) {
    const ready = longestRun(BITMAP_READY_AT, wanted, end);
    return take(ready, turn.framesFound);
  }
  const allowed = min(wanted, credit());
  if (allowed == 0 || load<u32>(VACANT_COUNT_AT) == 0) return NO_FRAME;
  const vacant = longestRun(BITMAP_VACANT_AT, allowed, end);
  return take(vacant, turn.framesFound);
}

/** As `takeFrames`, but rather vacant frames within the credit than fewer: for a buffer, which many pages go through. */
export function takeBuffer(wanted: u32): u32 {
  const end = load<u32>(FRAME_COUNT_AT);
  if (load<u32>(READY_COUNT_AT) >= wanted) {
    const ready = longestRun(BITMAP_READY_AT, wanted, end);
    if (turn.framesFound == wanted) return take(ready, wanted);
  }
  if (credit() < wanted || load<u32>(VACANT_COUNT_AT) < wanted) return takeFrames(wanted);
  const first = longestRun(BITMAP_VACANT_AT, wanted, end);
  if (turn.framesFound < wanted) return takeFrames(wanted);
  return take(first, wanted);
}

function take(first: u32, frames: u32): u32 {
  for (let i: u32 = 0; i < frames; i++) setFrame(first + i, FRAME_FILLING, 0);
  notePeak();
  turn.framesFound = frames;
  return first;
}

/** Finds, without taking it, a run of up to `wanted` adjacent vacant frames; its length is left in `framesFound`. */
export function findVacant(wanted: u32): u32 {
  if (load<u32>(VACANT_COUNT_AT) == 0) return NO_FRAME;
  return longestRun(BITMAP_VACANT_AT, wanted, load<u32>(FRAME_COUNT_AT));
}

// The first run that is long enough, else the longest: adjacent frames let one ioctl move more pages.
function longestRun(map: usize, wanted: u32, end: u32): u32 {
  let best: u32 = NO_FRAME;
  let bestLength: u32 = 0;
  let at = findSet(map, 0, end);
  while (at < end) {
    const length = runLength(map, at, wanted, end);
    if (length > bestLength) {
      best = at;
      bestLength = length;
      if (length >= wanted) break;
    }
    at = findSet(map, at + length, end);
  }
  turn.framesFound = bestLength;
  return best;
}
