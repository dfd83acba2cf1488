// Cleans staged pages: takes the digest; a page of zeros, or one that equals what store or source hold
// already, is dropped without a write; other pages are written, and only then dropped.
//
//   STAGED ─verify─▶ EVICTING ─┬─ zeros ──────▶ REMOVED            the frame is ready again
//                              ├─ unchanged ──▶ ABSENT             (or goes back into the region: RETURN)
//                              └─ changed ──▶ compress → slot │ file │ request ──written──▶ ABSENT
//                                                             └─ failed ──▶ STAGED, written again later
import {
  NOW_AT,
  CORE_ADDRESS_AT,
  PAGE_SHIFT_AT,
  SCRATCH_AT,
  SCRATCH_COUNT_AT,
  ZERO_DIGEST_AT,
  WRITE_PAUSE_AT,
  QUEUE_STAGED_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_TARGET_AT,
  COMMAND_BYTES_DONE_AT,
  COMMAND_COUNT_AT,
  COMMAND_FRAME_AT,
  COMMAND_FD_AT,
  COMMAND_NEEDED_AT,
  COMMAND_SLOT_AT,
  OP_WRITE_FILE,
  OP_COMPRESS,
  OP_COPY_BYTES,
  OP_DIGEST,
  OP_MATCH,
  OUTCOME_DONE,
  OUTCOME_NO_FIT,
  PURPOSE_MATCH,
  PURPOSE_VERIFY,
  PURPOSE_COMPRESS,
  PURPOSE_KEEP,
  PURPOSE_WRITE,
  REQUEST_WRITE,
  FRAME_SLOT_AT,
  FRAME_READY,
  FRAME_WRITING,
  FRAME_RETURN,
  FRAME_AHEAD,
  REGION_FEED_AT,
  REGION_SOURCE_FD_AT,
  REGION_SOURCE_PAGES_AT,
  REGION_STORE_AT,
  REGION_STORE_FD_AT,
  REGION_POOL_AT,
  STORE_POOL,
  STORE_FILE,
  ENTRY_PREVIOUS_AT,
  ENTRY_DIGEST_AT,
  PAGE_EVICTING,
  PAGE_STORED,
  PAGE_SOURCED,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_ZEROS,
} from '../layout';
import { isVolatile, reclaim } from './volatile';
import { forgetSlot } from '../books/content';
import {
  frameAddress,
  frameAt,
  frameDigest,
  frameEntry,
  frameFlags,
  frameGeneration,
  frameOffset,
  setFrame,
  setFrameFlags,
} from '../books/frame';
import { frameOf, pageOf, regionOf } from '../books/page-table';
import { freeSlot, NO_SLOT, isCompressed, slotAddress, takeSlot } from '../books/pool';
import { clearFlag, flagsOf, oldest, popOldest, remove, setFlag, younger } from '../books/queue';
import { isSpace, regionAt } from '../books/region';
import { command, request, requestRoom } from '../ring';
import { takeStored } from '../books/stored';
import { stateOf, STEP_VERIFY, transition } from '../books/states';
import { sourceBytes } from './expected';
import { drop, finish, writeFailed } from './written';
import { isHeld } from '../books/passes';
import { turn } from '../books/records';

const ENOSPC: u32 = 28;

/** Called when no command is under way. */
export function beginStep(): void {
  turn.writeBudget = load<u32>(SCRATCH_COUNT_AT);
}

export function canVerify(): bool {
  return turn.writeBudget > 0 && !isPaused() && requestRoom() > 1;
}

/** A write failed a short while ago: none is tried now. */
export function isPaused(): bool {
  return load<u64>(NOW_AT) < load<u64>(WRITE_PAUSE_AT);
}

/** Begins to clean up to `limit` staged pages, the oldest first. Returns how many frames it will free at once. */
export function clean(limit: u32): u32 {
  let begun: u32 = 0;
  if (isPaused()) return dropReadAhead(limit);
  while (begun < limit && canVerify()) {
    const entry = popOldest(QUEUE_STAGED_AT);
    if (entry == 0) break;
    begun++;
    if ((frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0 || reclaim(entry)) drop(entry);
    else verify(entry, isKept(entry) ? FRAME_RETURN : 0);
  }
  flushVerify();
  return begun;
}

// No page returns into a held region: its pinned pages would keep their frames, and the pass would lack them.
function isKept(entry: usize): bool {
  return (flagsOf(entry) & PAGE_PINNED) != 0 && !isHeld(regionOf(entry));
}

// While writes fail, pages read ahead and volatile pages can still be dropped.
function dropReadAhead(limit: u32): u32 {
  let dropped: u32 = 0;
  let entry = oldest(QUEUE_STAGED_AT);
  for (let i: u32 = 0; i < limit && entry != 0; i++) {
    const next = younger(entry);
    if ((frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0 || (isVolatile(entry) && reclaim(entry))) {
      remove(QUEUE_STAGED_AT, entry);
      drop(entry);
      dropped++;
    }
    entry = next;
  }
  return dropped;
}

/** Begins to clean one staged page, for an operation; `flags` stay with its frame. */
export function cleanPage(entry: usize, flags: u32): void {
  if ((flagsOf(entry) & PAGE_QUEUED) != 0) remove(QUEUE_STAGED_AT, entry);
  if ((frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0 || ((flags & FRAME_RETURN) == 0 && reclaim(entry))) drop(entry);
  else verify(entry, flags);
}

function verify(entry: usize, flags: u32): void {
  const frame = frameOf(entry);
  turn.writeBudget--;
  transition(entry, STEP_VERIFY);
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  setFrameFlags(frame, flags);
  if (turn.digestCount > 0 && frame == turn.digestFrame + turn.digestCount) {
    turn.digestCount++;
    return;
  }
  flushVerify();
  turn.digestFrame = frame;
  turn.digestCount = 1;
}

/** Issues the digests gathered by `clean` and `cleanPage`. */
export function flushVerify(): void {
  if (turn.digestCount == 0) return;
  const length = (<u64>turn.digestCount) << load<u32>(PAGE_SHIFT_AT);
  command(
    OP_DIGEST,
    0,
    PURPOSE_VERIFY,
    0,
    0,
    turn.digestCount,
    turn.digestFrame,
    frameAddress(turn.digestFrame),
    0,
    length,
  );
  turn.digestCount = 0;
}

/** The digests of staged pages are known. */
export function verified(at: usize): void {
  const first = load<u32>(at, COMMAND_FRAME_AT);
  const frames = load<u32>(at, COMMAND_COUNT_AT);
  for (let frame = first; frame < first + frames; frame++) {
    const entry = frameEntry(frame);
    if (entry == 0 || stateOf(entry) != PAGE_EVICTING) {
      setFrame(frame, FRAME_READY, 0);
      continue;
    }
    const digest = frameDigest(frame);
    const flags = flagsOf(entry);
    if (digest == load<u64>(ZERO_DIGEST_AT) && isZero(frame)) {
      blank(entry);
    } else if (
      (flags & (PAGE_STORED | PAGE_SOURCED)) != 0 &&
      (flags & PAGE_ZEROS) == 0 &&
      digest == load<u64>(entry, ENTRY_DIGEST_AT)
    ) {
      finish(entry);
    } else if (mayBeSource(entry)) {
      match(entry, frame);
    } else {
      write(entry, frame);
    }
  }
}

// Its bytes were fed, and no digest was taken.
function mayBeSource(entry: usize): bool {
  const at = regionAt(regionOf(entry));
  if (load<u32>(at, REGION_FEED_AT) == 0 || pageOf(entry) >= load<u32>(at, REGION_SOURCE_PAGES_AT)) return false;
  return (flagsOf(entry) & (PAGE_STORED | PAGE_SOURCED | PAGE_ZEROS)) == 0;
}

function match(entry: usize, frame: u32): void {
  const region = regionOf(entry);
  const page = pageOf(entry);
  const shift = load<u32>(PAGE_SHIFT_AT);
  const offset = (<u64>page) << shift;
  const size = (<u64>1) << shift;
  const record = command(OP_MATCH, 0, PURPOSE_MATCH, region, page, 1, frame, frameAddress(frame), offset, size);
  store<u32>(record, load<u32>(regionAt(region), REGION_SOURCE_FD_AT), COMMAND_FD_AT);
  store<u64>(record, sourceBytes(region, offset, size), COMMAND_NEEDED_AT);
}

/** The page was compared with its source. From now on the source must have these bytes. */
export function matched(at: usize): void {
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = frameEntry(frame);
  if (load<u16>(at, COMMAND_OUTCOME_AT) != OUTCOME_DONE) {
    write(entry, frame);
    return;
  }
  store<u64>(entry, frameDigest(frame), ENTRY_DIGEST_AT);
  setFlag(entry, PAGE_SOURCED);
  finish(entry);
}

export function isZero(frame: u32): bool {
  const from: usize = frameOffset(frame);
  const end: usize = from + (1 << load<u32>(PAGE_SHIFT_AT));
  for (let at = from; at < end; at += 64) {
    const low = v128.or(v128.load(at), v128.load(at, 16));
    const high = v128.or(v128.load(at, 32), v128.load(at, 48));
    if (v128.any_true(v128.or(low, high))) return false;
  }
  return true;
}

// Zeros are never stored; the store's copy of the page is stale.
function blank(entry: usize): void {
  forgetSlot(entry);
  setFlag(entry, PAGE_ZEROS);
  clearFlag(entry, PAGE_STORED);
  clearFlag(entry, PAGE_SOURCED);
  finish(entry);
}

// A space's stored copies are never overwritten: a fork may reference them.
function takeFrameSlot(frame: u32): u32 {
  const slot = takeStored(0);
  if (slot != NO_SLOT) store<u32>(frameAt(frame), slot + 1, FRAME_SLOT_AT);
  return slot;
}

function write(entry: usize, frame: u32): void {
  const region = regionOf(entry);
  const at = regionAt(region);
  const page = pageOf(entry);
  const kind = load<u32>(at, REGION_STORE_AT);
  const shift = load<u32>(PAGE_SHIFT_AT);
  const size = (<u64>1) << shift;
  const flags = frameFlags(frame);
  setFrame(frame, FRAME_WRITING, entry);
  setFrameFlags(frame, flags);
  if (kind == STORE_POOL) {
    if (!isCompressed(load<u32>(at, REGION_POOL_AT))) {
      keep(entry, frame, frameAddress(frame), <u32>size);
      return;
    }
    const slot = turn.nextScratch;
    turn.nextScratch = slot + 1 == load<u32>(SCRATCH_COUNT_AT) ? 0 : slot + 1;
    const target = load<u64>(CORE_ADDRESS_AT) + <u64>load<u32>(SCRATCH_AT) + ((<u64>slot) << shift);
    // If compression saves less than a 32nd, the page is stored uncompressed.
    command(OP_COMPRESS, 0, PURPOSE_COMPRESS, region, page, 1, frame, target, frameAddress(frame), size - (size >> 5));
    return;
  }
  const to = isSpace(region) ? takeFrameSlot(frame) : page;
  if (to == NO_SLOT) {
    writeFailed(entry, frame, ENOSPC);
  } else if (kind == STORE_FILE) {
    const offset = (<u64>to) << shift;
    const record = command(OP_WRITE_FILE, 0, PURPOSE_WRITE, region, page, 1, frame, frameAddress(frame), offset, size);
    store<u32>(record, load<u32>(at, REGION_STORE_FD_AT), COMMAND_FD_AT);
  } else {
    request(REQUEST_WRITE, region, to, frame, frameGeneration(frame), 0, 0);
  }
}

function keep(entry: usize, frame: u32, bytesAt: u64, bytes: u32): void {
  const region = regionOf(entry);
  const pool = load<u32>(regionAt(region), REGION_POOL_AT);
  const slot = takeSlot(pool, bytes);
  if (slot == NO_SLOT) {
    writeFailed(entry, frame, ENOSPC);
    return;
  }
  const stored = isSpace(region) ? takeStored(slot) : 0;
  if (stored == NO_SLOT) {
    freeSlot(pool, slot, bytes);
    writeFailed(entry, frame, ENOSPC);
    return;
  }
  const record = command(
    OP_COPY_BYTES,
    0,
    PURPOSE_KEEP,
    region,
    pageOf(entry),
    1,
    frame,
    slotAddress(pool, slot, bytes),
    bytesAt,
    bytes,
  );
  store<u32>(record, isSpace(region) ? stored : slot, COMMAND_SLOT_AT);
}

export function compressed(at: usize): void {
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = frameEntry(frame);
  const shift = load<u32>(PAGE_SHIFT_AT);
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_NO_FIT) {
    keep(entry, frame, frameAddress(frame), 1 << shift);
  } else {
    const scratch = load<u64>(at, COMMAND_TARGET_AT);
    keep(entry, frame, scratch, <u32>load<i64>(at, COMMAND_BYTES_DONE_AT));
  }
}
