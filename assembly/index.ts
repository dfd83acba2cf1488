// The core: messages and completions in, commands and requests out. No clock, no I/O, no allocation; time
// is what the shim writes into NOW. A turn is
//
//   step()                      takes the messages, decides, issues commands and requests
//   while (commands to run)     the shim runs them; settle() takes the completions, may issue more
//
// and `step` returns non-zero while another step would make progress.
import { beginStep, clean, compressed, flushVerify, matched, verified } from './paging/writeback';
import { fileWritten, kept, written } from './paging/written';
import { arrivedChecked, decompressed, sourceRead, storeRead } from './paging/arrival';
import { fetchAlone, giveUpStarved, serveParked, serveRefused, serveStarved } from './paging/fill';
import { STEP_AGAIN, STEP_DONE, STEP_LOOK } from './codes';
import { noteStep } from './books/patience';
import { copiedToChild, copiesUnderWay } from './changes/fork';
import {
  BATCH_COUNT,
  flushStage,
  overdraw,
  wasJustOverdrawn,
  holdCount,
  keepCredit,
  sendBack,
  shared,
  staged,
  stageVictims,
  supply,
  vacated,
  vacate,
  vacateSurplus,
  wanted,
} from './paging/evict';
import { flushInstalls, installed } from './paging/install';
import { relieve } from './paging/crowded';
import { excess, frameEntry } from './books/frame';
import { isEvictionPaused, isPaused } from './paging/refusal';
import { isMark } from './paging/readahead';
import { advanceOperations } from './paging/operation';
import { findEntry, pageOf, regionOf, tidyLeaves } from './books/page-table';
import { findRegion } from './books/order';
import { count, pageAddress } from './books/region';
import { command, commandRoom, nextCompletion, requestRoom, settled } from './ring';
import { stateOf } from './books/states';
import { eventFits, probed, take, takeEvent } from './paging/fault';
import {
  MESSAGE_COUNT_AT,
  MESSAGE_TAKEN_AT,
  COMMAND_HEAD_AT,
  COMMAND_SETTLED_AT,
  NOW_AT,
  CORE_ADDRESS_AT,
  PAGE_SHIFT_AT,
  PASS_BYTES,
  PASS_PENDING_AT,
  PASS_PHASE_AT,
  PASS_REGION_AT,
  PASS_TAKEN_AT,
  LAYOUT_AT,
  LIMIT_PAGES_AT,
  RESIDENT_PAGES_AT,
  EVICTION_AT,
  READAHEAD_AT,
  FRAME_COUNT_AT,
  FRAME_DATA_AT,
  SCRATCH_AT,
  SCRATCH_COUNT_AT,
  VACANT_COUNT_AT,
  READY_COUNT_AT,
  STAGED_COUNT_AT,
  IN_FLIGHT_COUNT_AT,
  RETRY_AT,
  OPERATION_COUNT_AT,
  PASS_MASK_AT,
  WRITE_PAUSE_AT,
  WRITE_ERRNO_AT,
  SLOTS_AT,
  LIST_REFUSED_AT,
  LIST_STARVED_AT,
  MESSAGES_AT,
  MESSAGE_BYTES,
  MESSAGE_EVENT_AT,
  EVENT_PAGEFAULT,
  COMMAND_PURPOSE_AT,
  PURPOSE_FILL,
  PURPOSE_READ,
  PURPOSE_READ_CHECKED,
  PURPOSE_DECOMPRESS,
  PURPOSE_STAGE,
  PURPOSE_SHARE,
  PURPOSE_VERIFY,
  PURPOSE_COMPRESS,
  PURPOSE_KEEP,
  PURPOSE_MATCH,
  PURPOSE_WRITE,
  PURPOSE_ARRIVED,
  PURPOSE_NONE,
  PURPOSE_PROBE,
  PURPOSE_VACATE,
  PURPOSE_FORKED,
  FRAME_LIMIT,
  BITMAP_VACANT_AT,
  FIXED_END,
  PURPOSE_GUARD,
  PURPOSE_SAVE,
} from './layout';
import { advancePasses, passesAdvance } from './pass/pass';
import { guarded, makeInstant } from './pass/protect';
import { saved } from './pass/copy';
import { waitingCount } from './books/waiting';
import { beginBlocks } from './books/block';
import { beginAnnex } from './books/annex';
import { setBit } from './bitmap';
import { check } from './check';
import { LAYOUT_HASH } from './layout-hash';
import { PASS_CELLS_AT, PASS_FETCHED_AT, PASS_FETCHED_LIMIT, Pass, Turn, turn } from './books/records';

export {
  beginPass,
  dropPass,
  endPass,
  nextPending,
  passFailedCause,
  passFailedErrno,
  passFailedPage,
  passPending,
  passPhase,
  passSlotsInUse,
  passSlotsPeak,
  passTaken,
  pendPages,
  releaseHeld,
  releaseSlots,
  urgePages,
} from './pass/pass';
export { nextBlank } from './books/content';
export { deliver, delivered } from './paging/deliver';
export { closePool, openPool } from './books/pool';
export { closeRegion, freeRegion, openRegion, openSpace, openSpaces } from './changes/close';
export { bringStored, holdSlots, nextStored, seed } from './changes/seed';
export { endOf } from './books/page-table';
export { listen, setCopyPages, setLimit, setPatience } from './books/settings';
export { markVolatile, nextReclaimed, unmarkVolatile } from './paging/volatile';
export { beginOperation, endOperation, operationStatus } from './paging/operation';
export { unpinPages } from './paging/pin';
export { arrive, detach, fail, isAwaited, release, storeWriteFailed, storeWritten, unqueue } from './paging/replies';
export { edgeTaken, stepFrom } from './books/states';

export function layoutHash(): u32 {
  return LAYOUT_HASH;
}

/** The page at an address: its region in the upper word, its number in the lower; 0 if the address is in no region. */
export function pageAt(addressLow: u32, addressHigh: u32): u64 {
  const region = findRegion(((<u64>addressHigh) << 32) | (<u64>addressLow));
  return region == 0 ? 0 : ((<u64>region) << 32) | (<u64>turn.foundPage);
}

/** The address of a page of a region or a space. */
export function addressOf(region: u32, page: u32): u64 {
  return pageAddress(region, page);
}

/**
 * Lays out the memory past the fixed part. Must be the first call.
 * @param memoryPages WebAssembly pages of 64 KiB the memory has
 * @param limit pages that may be present at once, 0xffffffff: no limit
 * @returns 1, or 0 if the memory is too small
 */
export function begin(
  memoryPages: u32,
  pageShift: u32,
  limit: u32,
  frames: u32,
  scratch: u32,
  eviction: u32,
  readahead: u32,
): u32 {
  check(frames <= <u32>FRAME_LIMIT, 'frames fit their table');
  store<u32>(LAYOUT_AT, LAYOUT_HASH);
  store<u32>(PAGE_SHIFT_AT, pageShift);
  store<u32>(LIMIT_PAGES_AT, limit);
  store<u32>(FRAME_COUNT_AT, frames);
  store<u32>(VACANT_COUNT_AT, frames);
  store<u32>(SCRATCH_COUNT_AT, scratch);
  store<u32>(EVICTION_AT, eviction);
  store<u32>(READAHEAD_AT, readahead);
  check(offsetof<Pass>() <= PASS_CELLS_AT && offsetof<Turn>() <= 1024, 'the records have room');
  check(
    offsetof<Pass>('phase') == PASS_PHASE_AT &&
      offsetof<Pass>('region') == PASS_REGION_AT &&
      offsetof<Pass>('pendingCount') == PASS_PENDING_AT &&
      offsetof<Pass>('takenPages') == PASS_TAKEN_AT,
    'a dump finds the fields of a pass',
  );
  check(PASS_FETCHED_AT + 4 * <usize>PASS_FETCHED_LIMIT <= <usize>PASS_BYTES, 'the lists of a pass have room');
  turn.openWindow = 1;
  for (let frame: u32 = 0; frame < frames; frame++) setBit(BITMAP_VACANT_AT, frame);
  // Frames are aligned to the page size in the address space; the shim has written the memory's address.
  const mask = ((<u64>1) << pageShift) - 1;
  const core = load<u64>(CORE_ADDRESS_AT);
  const data = <u32>(((core + FIXED_END + mask) & ~mask) - core);
  store<u32>(FRAME_DATA_AT, data);
  const scratchAt = <u64>data + ((<u64>frames) << pageShift);
  const end = (<u64>memoryPages) << 16;
  if (!beginBlocks(scratchAt + ((<u64>scratch) << pageShift), end)) return 0;
  beginAnnex();
  store<u32>(SCRATCH_AT, <u32>scratchAt);
  return 1;
}

/** Takes the messages and decides; returns STEP_AGAIN or STEP_LOOK while another step would make progress. */
export function step(): u32 {
  check(load<u32>(COMMAND_HEAD_AT) == load<u32>(COMMAND_SETTLED_AT), 'every command is settled before the next step');
  store<u32>(RETRY_AT, 0);
  noteStep();
  tidyLeaves();
  if (makeInstant()) return STEP_LOOK;
  beginStep();
  const head = load<u32>(COMMAND_HEAD_AT);
  const messages = load<u32>(MESSAGE_COUNT_AT);
  let taken = load<u32>(MESSAGE_TAKEN_AT);
  // Take all events before the faults: a fault may be read ahead of the event that it followed, and a page that the event
  // removed must not be filled with its old content.
  let heard = taken;
  while (heard < messages) {
    const message: usize = MESSAGES_AT + heard * MESSAGE_BYTES;
    if (load<u8>(message, MESSAGE_EVENT_AT) != EVENT_PAGEFAULT) {
      if (!eventFits()) break;
      takeEvent(message);
    }
    heard++;
    // A fork copies from frames into the child; nothing else may happen to either before.
    if (load<u32>(COMMAND_HEAD_AT) != head && copiesUnderWay()) return STEP_AGAIN;
  }
  // A message costs at most a whole window's commands; the rest of the messages wait for the next step.
  while (taken < heard && commandRoom() > 1024 && requestRoom() > 256) {
    take(MESSAGES_AT + taken * MESSAGE_BYTES);
    taken++;
  }
  flushInstalls();
  if (taken == messages) {
    store<u32>(MESSAGE_COUNT_AT, 0);
    taken = 0;
  }
  store<u32>(MESSAGE_TAKEN_AT, taken);
  serveParked();
  serveRefused();
  serveStarved();
  giveUpStarved();
  // Threads wait for what the messages asked for: it is run before passes and operations issue commands.
  const advanced = messages == 0 ? advance() : load<u32>(OPERATION_COUNT_AT) != 0 || load<u32>(PASS_MASK_AT) != 0;
  flushInstalls();
  keepSupply();
  keepCredit();
  relieve();
  if (load<u32>(OPERATION_COUNT_AT) != 0) vacateSurplus();
  // Another step makes progress if messages are left, if an operation advanced or waits for commands just issued, or if this
  // step reduced an excess over the limit (a fork doubles what is resident at once).
  const issued = load<u32>(COMMAND_HEAD_AT) != head && load<u32>(OPERATION_COUNT_AT) != 0;
  const over = excess();
  const shrinks = over > 0 && (over != turn.lastExcess || turn.busyVictims < load<u32>(RESIDENT_PAGES_AT));
  turn.lastExcess = over;
  const overdrawn = load<u32>(SLOTS_AT) != 0 && supply() == 0 && overdraw(waitingCount(LIST_STARVED_AT));
  const again = taken > 0 || advanced || issued || shrinks || overdrawn;
  if (load<u32>(PASS_MASK_AT) == 0) return again ? STEP_AGAIN : STEP_DONE;
  return again || passesAdvance() ? STEP_LOOK : STEP_DONE;
}

// True if an operation has advanced.
function advance(): bool {
  advancePasses();
  return advanceOperations();
}

/** Pages written back at a time while there is no hurry: a fault that comes meanwhile waits for the whole batch. */
const BATCH: u32 = 8;

// Evicts ahead, in batches, so that the next faults find frames.
function keepSupply(): void {
  const over = excess();
  if (over > 0) vacate(over);
  const need = wanted() + waitingCount(LIST_STARVED_AT) + over;
  const have = supply();
  if (have >= need) return;
  // All that is resident was found busy a moment ago.
  if (have > over && wasJustOverdrawn()) return;
  if (isStuck()) {
    turn.triedToWrite = !turn.triedToWrite;
    if (!turn.triedToWrite) {
      sendBack();
      return;
    }
  }
  const missing = min<u32>(max<u32>(need - have, BATCH), load<u32>(FRAME_COUNT_AT) >> 1);
  // Victims first, so that in a hurry this very batch can be written back.
  const staged = load<u32>(STAGED_COUNT_AT);
  const hold = holdCount();
  const hurry = staged < missing;
  // Ask an agent rarely, and for many pages: one round trip to it costs as much as moving ten pages.
  const target = load<u32>(SLOTS_AT) != 0 ? max<u32>(missing, BATCH_COUNT) : missing;
  if (staged < hold + missing) stageVictims(hurry ? target : min(target, hold + target - staged));
  if (staged > 0) clean(missing);
  flushVerify();
  flushStage();
}

// Every frame holds a page that cannot be written, and a thread waits: other victims may need no write.
function isStuck(): bool {
  const full = load<u32>(VACANT_COUNT_AT) == 0 && load<u32>(READY_COUNT_AT) == 0;
  const waiting = load<u32>(WRITE_ERRNO_AT) != 0 && load<u64>(NOW_AT) >= load<u64>(WRITE_PAUSE_AT);
  return full && waiting && waitingCount(LIST_STARVED_AT) > 0;
}

/** Takes the completions of the commands that the shim ran; may issue more commands. */
export function settle(): void {
  let at = nextCompletion();
  while (at != 0) {
    const purpose = load<u32>(at, COMMAND_PURPOSE_AT);
    if (purpose == PURPOSE_FILL) installed(at, fetchAlone);
    else if (purpose == PURPOSE_DECOMPRESS) decompressed(at);
    else if (purpose == PURPOSE_STAGE) staged(at);
    else if (purpose == PURPOSE_VERIFY) verified(at);
    else if (purpose == PURPOSE_COMPRESS) compressed(at);
    else if (purpose == PURPOSE_KEEP) kept(at);
    else if (purpose == PURPOSE_READ) sourceRead(at);
    else if (purpose == PURPOSE_READ_CHECKED) storeRead(at);
    else if (purpose == PURPOSE_MATCH) matched(at);
    else if (purpose == PURPOSE_ARRIVED) arrivedChecked(at, isMark);
    else if (purpose == PURPOSE_WRITE) fileWritten(at);
    else if (purpose == PURPOSE_SHARE) shared(at);
    else if (purpose == PURPOSE_PROBE) probed(at);
    else if (purpose == PURPOSE_VACATE) vacated(at);
    else if (purpose == PURPOSE_FORKED) copiedToChild(at);
    else if (purpose == PURPOSE_GUARD) guarded(at);
    else if (purpose == PURPOSE_SAVE) saved(at);
    else check(purpose == PURPOSE_NONE, 'every command has a purpose');
    settled();
    at = nextCompletion();
  }
  flushInstalls();
  flushStage();
  flushVerify();
  // Frames that became ready go to pages that wait for one, within the turn.
  if (waitingCount(LIST_STARVED_AT) > 0 && supply() > 0) serveStarved();
}

/** The page that a frame is for; 0xffffffff if it has no page any more. */
export function framePage(frame: u32): u32 {
  const entry = frameEntry(frame);
  return entry == 0 ? 0xffffffff : pageOf(entry);
}

/** The region of the page that a frame is for; 0 if it has no page any more. */
export function frameRegion(frame: u32): u32 {
  const entry = frameEntry(frame);
  return entry == 0 ? 0 : regionOf(entry);
}

/** The state of a page, for tests and the page map. */
export function pageState(region: u32, page: u32): u32 {
  const entry = findEntry(region, page);
  return entry == 0 ? 0 : stateOf(entry);
}

/** Frames that a store in the loop is reading or filling. */
export function inFlight(): u32 {
  return load<u32>(IN_FLIGHT_COUNT_AT);
}

/** Pages that only a later step can advance: those that wait for a frame, or that the kernel refused. */
export function starved(): u32 {
  return waitingCount(LIST_STARVED_AT) + waitingCount(LIST_REFUSED_AT) + (isPaused() || isEvictionPaused() ? 1 : 0);
}

export function counterAdd(region: u32, counter: u32, by: i32): void {
  count(region, counter, by);
}
