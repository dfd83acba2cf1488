// What becomes of a staged page: its digest is taken; a page of zeros, or one that is what store or source hold
// already, is dropped without a write; the others are written, and only then dropped.
//
//   STAGED ─verify─▶ EVICTING ─┬─ zeros ──────▶ REMOVED            the frame is ready again
//                              ├─ unchanged ──▶ ABSENT             (or goes back into the region: RETURN)
//                              └─ changed ──▶ compress → slot │ file │ request ──written──▶ ABSENT
//                                                             └─ failed ──▶ STAGED, tried again later
import {
  COMMAND_BYTES_DONE_AT,
  COMMAND_COUNT_AT,
  COMMAND_ERRNO_AT,
  COMMAND_FD_AT,
  COMMAND_FRAME_AT,
  COMMAND_LENGTH_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_TARGET_AT,
  COUNTER_EVICTIONS,
  COUNTER_STORE_BYTES_WRITTEN,
  COUNTER_STORE_ERRORS,
  COUNTER_STORE_RETRIES,
  COUNTER_STORE_WRITES,
  COUNTER_WRITE_ERRORS,
  COUNTER_WRITEBACKS,
  ENTRY_DIGEST_AT,
  ENTRY_PREVIOUS_AT,
  ENTRY_SLOT_AT,
  ENTRY_SLOT_BYTES_AT,
  EVICTION_SEQUENCE_AT,
  FRAME_AHEAD,
  FRAME_READY,
  FRAME_RETURN,
  FRAME_STAGED,
  FRAME_WRITING,
  NOW_AT,
  OP_COMPRESS,
  OP_COPY_BYTES,
  OP_DIGEST,
  OP_WRITE_FILE,
  OUTCOME_DONE,
  OUTCOME_NO_FIT,
  PAGE_EVICTING,
  PAGE_FLUSHING,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_SHIFT_AT,
  PAGE_SOURCED,
  PAGE_STORED,
  PAGE_WRITING,
  PAGE_ZEROS,
  POOL_COMPRESS_AT,
  PURPOSE_COMPRESS,
  PURPOSE_KEEP,
  PURPOSE_VERIFY,
  PURPOSE_WRITE,
  QUEUE_STAGED_AT,
  REGION_POOL_AT,
  REGION_STORE_AT,
  REGION_STORE_FD_AT,
  REQUEST_WRITE,
  CORE_ADDRESS_AT,
  SCRATCH_AT,
  SCRATCH_COUNT_AT,
  STORE_FILE,
  STORE_POOL,
  WRITE_DELAY_AT,
  WRITE_ERRNO_AT,
  WRITE_PAUSE_AT,
  ZERO_DIGEST_AT,
} from './layout';
import { forgetSlot } from './content';
import { restore } from './evict';
import {
  frameAddress,
  frameDigest,
  frameEntry,
  frameFlags,
  frameGeneration,
  frameOffset,
  setFrame,
  setFrameFlags,
  NO_FRAME,
} from './frame';
import { frameOf, pageOf, regionOf, setFrameOf } from './page-table';
import { admit } from './policy';
import { NO_SLOT, poolAt, slotAddress, takeSlot } from './pool';
import { clearFlag, flagsOf, oldest, popOldest, pushOldest, remove, setFlag, younger } from './queue';
import { count, regionAt } from './region';
import { command, request, requestRoom } from './ring';
import {
  stateOf,
  STEP_DROPPED,
  STEP_REMOVED,
  STEP_VERIFY,
  STEP_WRITE_FAILED,
  STEP_WRITTEN,
  transition,
} from './states';

const FIRST_DELAY: u64 = 5_000_000; // ns
const LONGEST_DELAY: u64 = 1_000_000_000;
const ENOSPC: u32 = 28;

// Pages that may still be verified in this step: a page has a scratch slot of its own until its bytes are kept.
let budget: u32 = 0;

/** Called when no command is under way. */
export function beginStep(): void {
  budget = load<u32>(SCRATCH_COUNT_AT);
}

export function canVerify(): bool {
  return budget > 0 && load<u64>(NOW_AT) >= load<u64>(WRITE_PAUSE_AT) && requestRoom() > 1;
}

/** Begins to clean up to `most` staged pages, the oldest first. Returns how many frames it will free at once. */
export function clean(most: u32): u32 {
  let begun: u32 = 0;
  if (load<u64>(NOW_AT) < load<u64>(WRITE_PAUSE_AT)) return dropAhead(most);
  while (begun < most && canVerify()) {
    const entry = popOldest(QUEUE_STAGED_AT);
    if (entry == 0) break;
    begun++;
    if ((frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0) drop(entry);
    else verify(entry, (flagsOf(entry) & PAGE_PINNED) != 0 ? FRAME_RETURN : 0);
  }
  flushVerify();
  return begun;
}

// While nothing can be written, pages read ahead still can be let go.
function dropAhead(most: u32): u32 {
  let dropped: u32 = 0;
  let entry = oldest(QUEUE_STAGED_AT);
  for (let i: u32 = 0; i < most && entry != 0; i++) {
    const next = younger(entry);
    if ((frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0) {
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
  if ((frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0) drop(entry);
  else verify(entry, flags);
}

let runFrame: u32 = 0;
let runCount: u32 = 0;

function verify(entry: usize, flags: u32): void {
  const frame = frameOf(entry);
  budget--;
  transition(entry, STEP_VERIFY);
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  setFrameFlags(frame, flags);
  if (runCount > 0 && frame == runFrame + runCount) {
    runCount++;
    return;
  }
  flushVerify();
  runFrame = frame;
  runCount = 1;
}

/** Issues the digests gathered by `clean` and `cleanPage`. */
export function flushVerify(): void {
  if (runCount == 0) return;
  const length = (<u64>runCount) << load<u32>(PAGE_SHIFT_AT);
  command(OP_DIGEST, 0, PURPOSE_VERIFY, 0, 0, runCount, runFrame, frameAddress(runFrame), 0, length);
  runCount = 0;
}

// Scratch slots go round: a batch never compresses more pages than there are.
let nextScratch: u32 = 0;

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
    } else {
      write(entry, frame);
    }
  }
}

function isZero(frame: u32): bool {
  const from: usize = frameOffset(frame);
  const end: usize = from + (1 << load<u32>(PAGE_SHIFT_AT));
  for (let at = from; at < end; at += 64) {
    const low = v128.or(v128.load(at), v128.load(at, 16));
    const high = v128.or(v128.load(at, 32), v128.load(at, 48));
    if (v128.any_true(v128.or(low, high))) return false;
  }
  return true;
}

// Zeros are never stored; what the store holds of the page is of no use any more.
function blank(entry: usize): void {
  forgetSlot(entry);
  setFlag(entry, PAGE_ZEROS);
  clearFlag(entry, PAGE_STORED);
  clearFlag(entry, PAGE_SOURCED);
  finish(entry);
}

// Everything the page holds is safe: it leaves, or goes back where it came from.
function finish(entry: usize): void {
  clearFlag(entry, PAGE_FLUSHING);
  const frame = frameOf(entry);
  if ((frameFlags(frame) & FRAME_RETURN) != 0) restore(entry, load<u32>(entry, ENTRY_PREVIOUS_AT), false);
  else drop(entry);
}

function drop(entry: usize): void {
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
    if (load<u32>(poolAt(load<u32>(at, REGION_POOL_AT)), POOL_COMPRESS_AT) == 0) {
      keep(entry, frame, frameAddress(frame), <u32>size);
      return;
    }
    const slot = nextScratch;
    nextScratch = slot + 1 == load<u32>(SCRATCH_COUNT_AT) ? 0 : slot + 1;
    const target = load<u64>(CORE_ADDRESS_AT) + <u64>load<u32>(SCRATCH_AT) + ((<u64>slot) << shift);
    // Not worth the processor's time if it saves less than a 32nd: then the page is kept as it is.
    command(OP_COMPRESS, 0, PURPOSE_COMPRESS, region, page, 1, frame, target, frameAddress(frame), size - (size >> 5));
  } else if (kind == STORE_FILE) {
    const offset = (<u64>page) << shift;
    const record = command(OP_WRITE_FILE, 0, PURPOSE_WRITE, region, page, 1, frame, frameAddress(frame), offset, size);
    store<u32>(record, load<u32>(at, REGION_STORE_FD_AT), COMMAND_FD_AT);
  } else {
    request(REQUEST_WRITE, region, page, frame, frameGeneration(frame), 0, 0);
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
  const record = command(
    OP_COPY_BYTES,
    0,
    PURPOSE_KEEP,
    region,
    pageOf(entry),
    1,
    frame,
    slotAddress(pool, slot),
    bytesAt,
    bytes,
  );
  store<u32>(record, slot, COMMAND_FD_AT);
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

export function kept(at: usize): void {
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = frameEntry(frame);
  forgetSlot(entry);
  store<u32>(entry, load<u32>(at, COMMAND_FD_AT), ENTRY_SLOT_AT);
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
  store<u32>(WRITE_ERRNO_AT, 0);
  store<u64>(WRITE_DELAY_AT, 0);
  const entry = frameEntry(frame);
  if (entry == 0) {
    setFrame(frame, FRAME_READY, 0);
    return;
  }
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

/** A write failed: nothing is lost, the page stays in its frame and is written again later. */
export function writeFailed(entry: usize, frame: u32, errno: u32): void {
  store<u32>(WRITE_ERRNO_AT, errno);
  const delay = min<u64>(max<u64>(load<u64>(WRITE_DELAY_AT) << 1, FIRST_DELAY), LONGEST_DELAY);
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

/** A page's frame is given up by the loop: the page has none from now on. */
export function abandon(entry: usize): void {
  setFrameOf(entry, NO_FRAME);
}
