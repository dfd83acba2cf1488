// Puts filled frames into their region: adjacent pages in adjacent frames become one command.
//
// With credit the bytes are copied and the frame stays ready; without, the frame's own memory is moved in and the
// frame is vacant: the number of pages present does not change.
import {
  CONTENT_SOFT,
  CONTENT_SOURCE_ASYNC,
  CONTENT_SOURCE_FILE,
  CONTENT_STORE_FILE,
  CONTENT_ZERO,
  FLAG_LINK,
  FLAG_WRITE,
  FLAG_ZEROS,
} from '../codes';
import { check } from '../check';
import {
  PAGE_SHIFT_AT,
  RETRY_AT,
  LIST_PARKED_AT,
  QUEUE_STAGED_AT,
  COMMAND_OP_AT,
  COMMAND_FLAGS_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_ERRNO_AT,
  COMMAND_BYTES_DONE_AT,
  COMMAND_REGION_AT,
  COMMAND_PAGE_AT,
  COMMAND_COUNT_AT,
  COMMAND_FRAME_AT,
  COMMAND_CONTENT_AT,
  OP_COPY,
  OP_FEED,
  OP_ZEROPAGE,
  OP_MOVE,
  OP_WAKE,
  OUTCOME_DONE,
  OUTCOME_PRESENT,
  OUTCOME_CHANGING,
  OUTCOME_GONE,
  OUTCOME_EXITED,
  OUTCOME_SKIPPED,
  PURPOSE_FILL,
  PURPOSE_NONE,
  FRAME_VACANT,
  FRAME_READY,
  FRAME_FILLING,
  FRAME_STAGED,
  COUNTER_FILL_ZERO,
  COUNTER_FILL_SOURCE,
  COUNTER_FILL_STORE,
  COUNTER_FILL_SOFT,
  ENTRY_NEXT_AT,
  ENTRY_PREVIOUS_AT,
  PAGE_FILLING,
  PAGE_REMOVED,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_WRITTEN,
  PAGE_ZEROS,
} from '../layout';
import { mustSave, opened, saveFrame } from '../pass/protection';
import { addResident, credit, frameAddress, frameEntry, frameState, NO_FRAME, setFrame } from '../books/frame';
import { entryAfter, findEntry, frameOf, pageOf, regionOf, setFrameOf } from '../books/page-table';
import { admit } from './policy';
import { clearFlag, flagsOf, push } from '../books/queue';
import { count, follows, isSpace, isSplit, pageAddress, recordLatency, tick } from '../books/region';
import { command, request } from '../ring';
import { stateOf, STEP_ABANDONED, STEP_FILLED, STEP_FILLED_DIRTY, STEP_HELD, transition } from '../books/states';
import { feedRest, giveUpFeeding, notReached, releaseFeed } from './feed';
import { setAside } from './refusal';
import { refilled } from './volatile';
import { wait } from '../books/waiting';
import { isHeld } from '../books/passes';
import { turn } from '../books/records';

/** Adds a filled page to the run; call `flushInstalls` at the end of the batch. */
export function install(entry: usize, content: u32): void {
  const region = regionOf(entry);
  if (isHeld(region)) {
    keepOut(entry);
    return;
  }
  if (mustSave(entry) && !saveFrame(entry)) {
    wait(LIST_PARKED_AT, entry);
    return;
  }
  const page = pageOf(entry);
  const frame = frameOf(entry);
  const adjacent =
    region == turn.installRegion &&
    page == turn.installPage + turn.installCount &&
    frame == turn.installFrame + turn.installCount &&
    content == turn.installContent;
  if (turn.installCount > 0 && adjacent && follows(region, page)) {
    turn.installCount++;
    return;
  }
  flushInstalls();
  turn.installRegion = region;
  turn.installPage = page;
  turn.installFrame = frame;
  turn.installCount = 1;
  turn.installContent = content;
}

/** Keeps the page out of its region, its bytes in the frame: the region is held, or the kernel refused the page. */
export function keepOut(entry: usize): void {
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  if (frameOf(entry) == NO_FRAME) {
    transition(entry, STEP_ABANDONED);
    return;
  }
  transition(entry, STEP_HELD);
  setFrame(frameOf(entry), FRAME_STAGED, entry);
  push(QUEUE_STAGED_AT, entry);
}

export function flushInstalls(): void {
  if (turn.installCount == 0) return;
  const count = turn.installCount;
  turn.installCount = 0;
  installRun(turn.installRegion, turn.installPage, count, turn.installFrame, turn.installContent, 0);
}

/** Issues the install of a run; with FLAG_LINK in `flags` only if the reads before it succeed. */
export function installRun(region: u32, page: u32, pages: u32, frame: u32, content: u32, flags: u32): void {
  if (pages > 1 && isSplit(region)) {
    for (let i: u32 = 0; i < pages; i++) installRun(region, page + i, 1, frame + i, content, flags);
    return;
  }
  const length = (<u64>pages) << load<u32>(PAGE_SHIFT_AT);
  const target = pageAddress(region, page);
  const copy = credit() >= pages;
  if (copy) addResident(pages);
  const op = copy ? OP_COPY : OP_MOVE;
  const at = command(op, flags, PURPOSE_FILL, region, page, pages, frame, target, frameAddress(frame), length);
  store<u32>(at, content, COMMAND_CONTENT_AT);
}

/** Copies one page from where it is kept; needs credit. */
export function installFrom(region: u32, page: u32, content: u32, source: u64): void {
  addResident(1);
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  const at = command(OP_COPY, 0, PURPOSE_FILL, region, page, 1, NO_FRAME, pageAddress(region, page), source, size);
  store<u32>(at, content, COMMAND_CONTENT_AT);
}

/** Maps zeros; needs credit for all pages. `written`: a thread waits to write to the first. */
export function installZeros(region: u32, page: u32, pages: u32, written: bool): void {
  check(credit() >= pages, 'zeros are mapped on credit');
  if (pages > 1 && written) {
    installZeros(region, page, 1, true);
    installZeros(region, page + 1, pages - 1, false);
    return;
  }
  if (pages > 1 && isSplit(region)) {
    for (let i: u32 = 0; i < pages; i++) installZeros(region, page + i, 1, false);
    return;
  }
  addResident(pages);
  const length = (<u64>pages) << load<u32>(PAGE_SHIFT_AT);
  const target = pageAddress(region, page);
  const at = command(
    OP_ZEROPAGE,
    written ? FLAG_WRITE : 0,
    PURPOSE_FILL,
    region,
    page,
    pages,
    NO_FRAME,
    target,
    0,
    length,
  );
  store<u32>(at, CONTENT_ZERO, COMMAND_CONTENT_AT);
}

/** Settles an install. Pages whose reads failed are left to `again`, one by one. */
export function installed(at: usize, again: (entry: usize) => void): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const op: u32 = load<u8>(at, COMMAND_OP_AT);
  const fed = op == OP_FEED;
  if (fed) releaseFeed(at, pages);
  const frame = fed ? NO_FRAME : load<u32>(at, COMMAND_FRAME_AT);
  const bytes = load<i64>(at, COMMAND_BYTES_DONE_AT);
  const done = bytes > 0 ? <u32>(bytes >> load<u32>(PAGE_SHIFT_AT)) : 0;
  if (done > 0) filledRun(region, page, done, frame, op, fed ? contentFed(region) : load<u32>(at, COMMAND_CONTENT_AT));
  if (done == pages) return;
  if (op != OP_MOVE) addResident(-(<i32>(pages - done)));
  if (fed || (op == OP_COPY && frame == NO_FRAME)) {
    notCopied(at, region, page + done, page + pages);
    return;
  }
  notInstalled(at, region, page, pages, frame, op, done, again);
}

function contentFed(region: u32): u32 {
  return isSpace(region) ? CONTENT_STORE_FILE : CONTENT_SOURCE_FILE;
}

// The pages' bytes are in their region.
function filledRun(region: u32, page: u32, pages: u32, frame: u32, op: u32, content: u32): void {
  let entry = findEntry(region, page);
  let counted: u32 = 0;
  for (let i: u32 = 0; i < pages; i++) {
    if (i != 0) entry = entryAfter(entry, region, page + i);
    if (frame != NO_FRAME) setFrame(frame + i, op == OP_MOVE ? FRAME_VACANT : FRAME_READY, 0);
    if (stateOf(entry) == PAGE_REMOVED) continue;
    filled(entry, region);
    counted++;
  }
  if (op == OP_MOVE) addResident(pages);
  count(region, fillCounter(content), counted);
}

// Not even tried, or refused at the page after the first `done`.
function notInstalled(
  at: usize,
  region: u32,
  page: u32,
  pages: u32,
  frame: u32,
  op: u32,
  done: u32,
  again: (entry: usize) => void,
): void {
  const content = load<u32>(at, COMMAND_CONTENT_AT);
  const outcome: u32 = load<u16>(at, COMMAND_OUTCOME_AT);
  const errno = load<u32>(at, COMMAND_ERRNO_AT);
  const zeros: u32 = load<u8>(at, COMMAND_FLAGS_AT) & FLAG_ZEROS;
  if (outcome == OUTCOME_SKIPPED) {
    for (let i: u32 = 0; i < pages; i++) {
      const entry = findEntry(region, page + i);
      if (stateOf(entry) != PAGE_FILLING || frameOf(entry) != frame + i) {
        // The page was removed meanwhile; or its read failed, and it has lost its frame and is being reported.
        if (frameEntry(frame + i) == 0 && frameState(frame + i) == FRAME_FILLING) setFrame(frame + i, FRAME_READY, 0);
        continue;
      }
      setFrame(frame + i, FRAME_READY, 0);
      setFrameOf(entry, NO_FRAME);
      again(entry);
    }
    return;
  }
  if (outcome == OUTCOME_GONE && pages - done > 1) {
    // The run may cross two mappings (the application changed part of the region): install it page by page.
    for (let i = done; i < pages; i++) {
      if (op == OP_ZEROPAGE) installZeros(region, page + i, 1, false);
      else installRun(region, page + i, 1, frame + i, content, zeros);
    }
    return;
  }
  refused(findEntry(region, page + done), frame == NO_FRAME ? NO_FRAME : frame + done, outcome, errno);
  // The kernel did not try the rest: issue it again, without the refused page.
  const rest = pages - done - 1;
  if (rest == 0) return;
  const first = frame == NO_FRAME ? NO_FRAME : frame + done + 1;
  if (op == OP_ZEROPAGE) installZeros(region, page + done + 1, rest, false);
  else installRun(region, page + done + 1, rest, first, content, zeros);
}

// Pages [first, end) without frames: the kernel refused the first, or their file could not be read.
function notCopied(at: usize, region: u32, first: u32, end: u32): void {
  const outcome: u32 = load<u16>(at, COMMAND_OUTCOME_AT);
  if (outcome == OUTCOME_SKIPPED) {
    giveUpFeeding(region);
    notReached(region, first, end);
    return;
  }
  refused(findEntry(region, first), NO_FRAME, outcome, load<u32>(at, COMMAND_ERRNO_AT));
  // While the address space changes, the kernel takes none of them.
  const mayFeed = isSpace(region) && load<u8>(at, COMMAND_OP_AT) == OP_FEED;
  if (mayFeed && (outcome == OUTCOME_PRESENT || outcome == OUTCOME_GONE)) feedRest(region, first + 1, end);
  else notReached(region, first + 1, end);
}

function releaseFrame(frame: u32): void {
  if (frame != NO_FRAME) setFrame(frame, FRAME_READY, 0);
}

function wake(entry: usize): void {
  const region = regionOf(entry);
  const page = pageOf(entry);
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  command(OP_WAKE, 0, PURPOSE_NONE, region, page, 1, 0, pageAddress(region, page), 0, size);
}

/** Ticks within which a page's event is read; after that, no event is coming. */
const GOING_TICKS: u32 = 1 << 24;

function isOverdue(entry: usize): bool {
  const since = load<u32>(entry, ENTRY_PREVIOUS_AT);
  return since != 0 && tick() - since > GOING_TICKS;
}

function refused(entry: usize, frame: u32, outcome: u32, errno: u32): void {
  if (stateOf(entry) != PAGE_FILLING || frameOf(entry) != frame || (flagsOf(entry) & PAGE_QUEUED) != 0) {
    releaseFrame(frame); // removed meanwhile, and perhaps begun again
    return;
  }
  // A removed page that is still present is about to go: its event is read before the kernel drops it.
  const goes = outcome == OUTCOME_PRESENT && (flagsOf(entry) & PAGE_ZEROS) != 0 && !isOverdue(entry);
  if (goes && isSpace(regionOf(entry)) && load<u32>(entry, ENTRY_PREVIOUS_AT) == 0) {
    // Or it stays: a guard page, or freed memory that the kernel has not reclaimed yet. No thread waits for it.
    releaseFrame(frame);
    setFrameOf(entry, NO_FRAME);
    transition(entry, STEP_ABANDONED);
    return;
  }
  if (outcome == OUTCOME_PRESENT && !goes) {
    // Bytes are present already, from elsewhere; they count as written. EEXIST wakes no thread: do it here.
    addResident(1);
    releaseFrame(frame);
    wake(entry);
    setFrameOf(entry, NO_FRAME);
    refilled(entry);
    transition(entry, STEP_FILLED_DIRTY);
    opened(entry);
    if ((flagsOf(entry) & PAGE_PINNED) == 0) admit(entry);
  } else if (goes || outcome == OUTCOME_CHANGING || outcome == OUTCOME_DONE) {
    store<u32>(RETRY_AT, 1);
    wait(LIST_PARKED_AT, entry);
  } else if (outcome == OUTCOME_GONE && frame != NO_FRAME && (flagsOf(entry) & PAGE_PINNED) != 0) {
    store<u32>(RETRY_AT, 1); // it must not stay out
    wait(LIST_PARKED_AT, entry);
  } else if (outcome == OUTCOME_GONE || outcome == OUTCOME_EXITED) {
    // The frame may hold the page's only bytes: it stays in staging, and the next fault moves it back.
    keepOut(entry);
    wake(entry);
  } else if (!setAside(entry, errno)) {
    keepOut(entry);
  }
}

function filled(entry: usize, region: u32): void {
  refilled(entry);
  const since = load<u32>(entry, ENTRY_PREVIOUS_AT);
  const flags = flagsOf(entry);
  const written = (flags & PAGE_WRITTEN) != 0;
  setFrameOf(entry, NO_FRAME);
  if (written) clearFlag(entry, PAGE_WRITTEN);
  transition(entry, written ? STEP_FILLED_DIRTY : STEP_FILLED);
  opened(entry);
  if (since != 0) recordLatency(region, since);
  if ((flags & PAGE_PINNED) == 0) {
    admit(entry);
    return;
  }
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  store<u32>(entry, 0, ENTRY_NEXT_AT);
}

function fillCounter(content: u32): u32 {
  if (content == CONTENT_ZERO) return COUNTER_FILL_ZERO;
  if (content == CONTENT_SOFT) return COUNTER_FILL_SOFT;
  const sourced = content == CONTENT_SOURCE_FILE || content == CONTENT_SOURCE_ASYNC;
  return sourced ? COUNTER_FILL_SOURCE : COUNTER_FILL_STORE;
}
