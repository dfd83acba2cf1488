// Victims go to staging, in batches: each run of adjacent victims is moved into adjacent vacant frames by one command.
// There they wait for a second touch (a soft fault moves them back, without a store), then for write-back.
import { CONTENT_SOFT, CONTENT_SOURCE_ASYNC, CONTENT_STORE_ASYNC } from '../codes';
import { setBit, clearBit } from '../bitmap';
import {
  BITMAP_VACANT_AT,
  COMMAND_BYTES_DONE_AT,
  COMMAND_COUNT_AT,
  COMMAND_TRIES_AT,
  COMMAND_FRAME_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_PAGE_AT,
  COMMAND_REGION_AT,
  COMMAND_SOURCE_AT,
  COUNTER_FILL_SOFT,
  ENTRY_PREVIOUS_AT,
  FRAME_AHEAD,
  FRAME_COUNT_AT,
  FRAME_FILLING,
  FRAME_READY,
  FRAME_RETURN,
  FRAME_STAGED,
  FRAME_VACANT,
  FRAME_WRITING,
  OP_COPY,
  OP_TAKE,
  OP_VACATE,
  OUTCOME_BUSY,
  OUTCOME_FAILED,
  OUTCOME_CHANGING,
  OUTCOME_DONE,
  OUTCOME_GONE,
  OUTCOME_PRESENT,
  OVERDRAFT_AT,
  PAGE_EVICTING,
  PAGE_IN_MAIN,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_STAGED,
  PAGE_REFERENCED,
  PAGE_SHIFT_AT,
  PAGE_STORED,
  PAGE_WRITTEN,
  PAGE_ZEROS,
  PURPOSE_SHARE,
  PURPOSE_STAGE,
  PURPOSE_VACATE,
  QUEUE_STAGED_AT,
  READY_COUNT_AT,
  RESIDENT_PAGES_AT,
  RETRY_AT,
  SEVERAL_THREADS_AT,
  TICK_SHIFT,
  VACANT_COUNT_AT,
  VICTIMS_BUSY_AT,
  WINDOW_AT,
} from '../layout';
import { forgetting, mustSave, opened, saveFrame, onEvicted } from '../pass/protection';
import {
  addResident,
  credit,
  excess,
  findVacant,
  frameAddress,
  frameFlags,
  frameState,
  NO_FRAME,
  outside,
  setFrame,
  setFrameFlags,
  takeFrames,
} from '../books/frame';
import { forgetContent } from '../books/content';
import { flushInstalls, install } from './install';
import { isEvictionPaused, pauseEviction } from './refusal';
import { findEntry, frameOf, pageOf, regionOf, setFrameOf } from '../books/page-table';
import { admit, forget, readmit, victim } from './policy';
import { flagsOf, oldest, push, remove, setFlag } from '../books/queue';
import { count, follows, isSplit, pageAddress, recordLatency } from '../books/region';
import { command, commandRoom } from '../ring';
import { stateOf, STEP_SHARED, STEP_STAGED, STEP_TOUCHED, transition } from '../books/states';
import { isHeld } from '../books/passes';
import { turn } from '../books/records';

/** Victims staged at a time. */
export const BATCH_COUNT: u32 = 32;

/** A millisecond in ticks, for which all pages that were found busy are taken to be busy still. */
const VAIN: u32 = 1_000_000 >> TICK_SHIFT;

/** Frames to keep available for the next faults. If all regions fit the limit, none need be freed for that. */
export function wanted(): u32 {
  const reserve = max<u32>(2, min<u32>(32, load<u32>(FRAME_COUNT_AT) >> 3));
  const window = min<u32>(load<u32>(WINDOW_AT), load<u32>(FRAME_COUNT_AT) >> 2);
  return min(reserve + window, outside());
}

/** Frames available: ready ones, and vacant ones for which there is credit. */
export function supply(): u32 {
  return load<u32>(READY_COUNT_AT) + min(credit(), load<u32>(VACANT_COUNT_AT));
}

/** Victims kept in staging for a second touch while frames are not short. */
export function holdCount(): u32 {
  return load<u32>(FRAME_COUNT_AT) >> 2;
}

/** If too many frames are ready, victims find no vacant one: returns the memory of the surplus to the system. */
export function vacateSurplus(): void {
  if (load<u32>(VACANT_COUNT_AT) >= BATCH_COUNT) return;
  const ready = load<u32>(READY_COUNT_AT);
  const keep: u32 = load<u32>(VACANT_COUNT_AT) == 0 ? 0 : min(wanted(), load<u32>(FRAME_COUNT_AT) >> 2);
  if (ready > keep) vacate(ready - keep);
}

/** Returns the memory of up to `limit` ready frames to the system. */
export function vacate(limit: u32): void {
  if (isEvictionPaused()) return;
  let left = min(limit, load<u32>(READY_COUNT_AT));
  while (left > 0 && commandRoom() > BATCH_COUNT) {
    const frame = takeFrames(min<u32>(left, BATCH_COUNT));
    if (frame == NO_FRAME) return;
    const frames = turn.framesFound;
    const length = (<u64>frames) << load<u32>(PAGE_SHIFT_AT);
    command(OP_VACATE, 0, PURPOSE_VACATE, 0, 0, frames, frame, frameAddress(frame), 0, length);
    left -= frames;
  }
}

/**
 * While several threads serve their own faults, pages are installed by copying (decisions/0050): moving one interrupts the CPUs
 * on which the other threads run. A copy needs credit: the memory of many ready frames is returned at once for that.
 */
export function keepCredit(): void {
  if (load<u32>(SEVERAL_THREADS_AT) == 0) return;
  const enough = wanted();
  const kept = enough >> 3;
  if (credit() > kept) return;
  const ready = load<u32>(READY_COUNT_AT);
  if (ready > enough >> 1) vacate(ready - kept);
}

export function vacated(at: usize): void {
  const first = load<u32>(at, COMMAND_FRAME_AT);
  const frames = load<u32>(at, COMMAND_COUNT_AT);
  const done = load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE;
  if (!done) pauseEviction();
  for (let frame = first; frame < first + frames; frame++) setFrame(frame, done ? FRAME_VACANT : FRAME_READY, 0);
}

/** Issues moves of up to `limit` victims to staging; returns how many. */
export function stageVictims(limit: u32): u32 {
  let asked: u32 = 0;
  if (isEvictionPaused()) return 0;
  while (asked < limit && commandRoom() > BATCH_COUNT) {
    if (load<u32>(RESIDENT_PAGES_AT) == 0) break;
    const first = findVacant(min<u32>(limit - asked, BATCH_COUNT));
    if (first == NO_FRAME) break;
    const frames = turn.framesFound;
    let used: u32 = 0;
    while (used < frames) {
      const entry = victim();
      if (entry == 0) break;
      stage(entry, first + used);
      used++;
    }
    flushStage();
    asked += used;
    if (used < frames) break;
  }
  return asked;
}

/** Stages one page for an operation; false if no frame is vacant. */
export function stagePage(entry: usize): bool {
  if (frameOf(entry) != NO_FRAME) return true; // on its way already
  const frame = findVacant(1);
  if (frame == NO_FRAME) return false;
  forget(entry);
  stage(entry, frame);
  return true;
}

function stage(entry: usize, frame: u32): void {
  const region = regionOf(entry);
  const page = pageOf(entry);
  clearBit(BITMAP_VACANT_AT, frame);
  setFrameOf(entry, frame);
  const adjacent =
    region == turn.victimRegion &&
    page == turn.victimPage + turn.victimCount &&
    frame == turn.victimFrame + turn.victimCount;
  if (turn.victimCount > 0 && adjacent && follows(region, page)) {
    turn.victimCount++;
    return;
  }
  flushStage();
  turn.victimRegion = region;
  turn.victimPage = page;
  turn.victimFrame = frame;
  turn.victimCount = 1;
}

export function flushStage(): void {
  if (turn.victimCount == 0) return;
  stageRun(turn.victimRegion, turn.victimPage, turn.victimCount, turn.victimFrame, 0);
  turn.victimCount = 0;
}

// `tries`: how often this was found gone before.
function stageRun(region: u32, page: u32, pages: u32, frame: u32, tries: u32): void {
  if (pages > 1 && isSplit(region)) {
    for (let i: u32 = 0; i < pages; i++) stageRun(region, page + i, 1, frame + i, tries);
    return;
  }
  const length = (<u64>pages) << load<u32>(PAGE_SHIFT_AT);
  const at = command(
    OP_TAKE,
    0,
    PURPOSE_STAGE,
    region,
    page,
    pages,
    frame,
    frameAddress(frame),
    pageAddress(region, page),
    length,
  );
  store<u32>(at, tries, COMMAND_TRIES_AT);
}

/**
 * Lets pages that wait for a frame in above the limit if every resident page was found busy: a process may lock more than
 * the limit, and a fork has no agent at first. The limit holds again as soon as a page can leave. True if this helps. Far
 * above the limit it lets some more pages in at once, since each time costs a vain attempt to move pages out.
 */
export function overdraw(pages: u32): bool {
  if (pages == 0 || turn.busyVictims == 0 || turn.busyVictims < load<u32>(RESIDENT_PAGES_AT)) return false;
  const above = load<u32>(OVERDRAFT_AT);
  turn.overdrawnAt = turn.steppedAt;
  store<u32>(OVERDRAFT_AT, above + excess() + pages + min<u32>(BATCH_COUNT, above >> 4));
  return true;
}

/** Whether all resident pages were found busy a moment ago: pages come in above the limit, and no eviction is tried. */
export function wasJustOverdrawn(): bool {
  return load<u32>(OVERDRAFT_AT) != 0 && turn.steppedAt - turn.overdrawnAt < VAIN;
}

/** Settles a move of victims to staging. */
export function staged(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const outcome: u32 = load<u16>(at, COMMAND_OUTCOME_AT);
  const bytes = load<i64>(at, COMMAND_BYTES_DONE_AT);
  const done = bytes > 0 ? <u32>(bytes >> load<u32>(PAGE_SHIFT_AT)) : 0;
  if (done > 0) {
    turn.busyVictims = 0;
    store<u32>(OVERDRAFT_AT, 0);
  }
  for (let i: u32 = 0; i < done; i++) {
    const entry = findEntry(region, page + i);
    addResident(-1);
    setFrame(frame + i, FRAME_STAGED, entry);
    transition(entry, STEP_STAGED);
    onEvicted(entry);
    push(QUEUE_STAGED_AT, entry);
  }
  if (done == pages) return;
  // The page was moved by mremap(2) after the command was issued: a hole at the old address says nothing about it.
  const asked = load<u64>(at, COMMAND_SOURCE_AT) + ((<u64>done) << load<u32>(PAGE_SHIFT_AT));
  const moved = asked != pageAddress(region, page + done);
  if (outcome == OUTCOME_GONE && !moved && load<u32>(at, COMMAND_TRIES_AT) == 0) {
    // Or it is being moved right now, and the event is not read yet: on a second try the kernel answers that the address
    // space is changing.
    stageRun(region, page + done, 1, frame + done, 1);
  } else {
    notStaged(findEntry(region, page + done), frame + done, moved ? OUTCOME_CHANGING : outcome);
  }
  const rest = pages - done - 1;
  if (rest > 0) stageRun(region, page + done + 1, rest, frame + done + 1, 0);
}

function notStaged(entry: usize, frame: u32, outcome: u32): void {
  setFrameOf(entry, NO_FRAME);
  if (outcome == OUTCOME_PRESENT) setFrame(frame, FRAME_READY, 0);
  else setBit(BITMAP_VACANT_AT, frame);
  if (outcome == OUTCOME_GONE) {
    // No page: the application dropped it, and the event is still to be read.
    addResident(-1);
    forgetting(entry);
    forgetContent(entry);
    return;
  }
  if (outcome == OUTCOME_BUSY || outcome == OUTCOME_FAILED) {
    // Pinned by the kernel (for I/O, say) or locked: it stays, and is tried again after all others. A fork may leave a whole
    // small queue of such pages.
    store<u32>(VICTIMS_BUSY_AT, load<u32>(VICTIMS_BUSY_AT) + 1);
    turn.busyVictims++;
    // The kernel would refuse again at once.
    if (outcome == OUTCOME_FAILED) pauseEviction();
    setFlag(entry, PAGE_IN_MAIN);
    if ((flagsOf(entry) & PAGE_PINNED) == 0) admit(entry);
    return;
  }
  if (outcome == OUTCOME_CHANGING) store<u32>(RETRY_AT, 1);
  if ((flagsOf(entry) & PAGE_PINNED) == 0) readmit(entry);
}

/** A thread touched a staged page, or an operation wants it: it moves back as it is. */
export function restore(entry: usize, since: u32, written: bool): void {
  const frame = frameOf(entry);
  const ahead = (frameFlags(frame) & FRAME_AHEAD) != 0;
  if ((flagsOf(entry) & PAGE_QUEUED) != 0) remove(QUEUE_STAGED_AT, entry);
  transition(entry, STEP_TOUCHED);
  setFrame(frame, FRAME_FILLING, entry);
  if (!ahead) {
    setFlag(entry, PAGE_REFERENCED);
    // The page may have been written to since it was stored: only a digest can tell.
    if ((flagsOf(entry) & (PAGE_STORED | PAGE_ZEROS)) == 0) written = true;
  }
  if (written) setFlag(entry, PAGE_WRITTEN);
  store<u32>(entry, since, ENTRY_PREVIOUS_AT);
  const content = !ahead
    ? CONTENT_SOFT
    : (flagsOf(entry) & PAGE_STORED) != 0
      ? CONTENT_STORE_ASYNC
      : CONTENT_SOURCE_ASYNC;
  install(entry, content);
}

/** Moves the pages that were staged longest back to their regions: they cannot be written, other victims may leave. */
export function sendBack(): void {
  for (let i: u32 = 0; i < BATCH_COUNT; i++) {
    const entry = oldest(QUEUE_STAGED_AT);
    if (entry == 0) break;
    restore(entry, 0, false);
  }
  flushInstalls();
}

/** A thread touched a page whose write-back is under way: the page gets a copy if there is credit, else the thread waits. */
export function share(entry: usize, since: u32, written: bool): void {
  const frame = frameOf(entry);
  if (written) setFlag(entry, PAGE_WRITTEN);
  const alreadyWaits = (frameFlags(frame) & FRAME_RETURN) != 0 && load<u32>(entry, ENTRY_PREVIOUS_AT) != 0;
  if (alreadyWaits) return;
  store<u32>(entry, since, ENTRY_PREVIOUS_AT);
  // No store reads the frame yet, so the page can simply move back.
  const room = credit() > 0 && !isHeld(regionOf(entry));
  if (!room || frameState(frame) != FRAME_WRITING || (mustSave(entry) && !saveFrame(entry))) {
    setFrameFlags(frame, frameFlags(frame) | FRAME_RETURN);
    return;
  }
  addResident(1);
  const region = regionOf(entry);
  const page = pageOf(entry);
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  command(OP_COPY, 0, PURPOSE_SHARE, region, page, 1, frame, pageAddress(region, page), frameAddress(frame), size);
}

/** Settles a share. */
export function shared(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = findEntry(region, load<u32>(at, COMMAND_PAGE_AT));
  const since = load<u32>(entry, ENTRY_PREVIOUS_AT);
  if (load<u16>(at, COMMAND_OUTCOME_AT) != OUTCOME_DONE || stateOf(entry) != PAGE_EVICTING) {
    addResident(-1);
    if (stateOf(entry) == PAGE_EVICTING) setFrameFlags(frame, frameFlags(frame) | FRAME_RETURN);
    return;
  }
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  setFlag(entry, PAGE_REFERENCED);
  transition(entry, STEP_SHARED);
  opened(entry);
  count(region, COUNTER_FILL_SOFT, 1);
  if (since != 0) recordLatency(region, since);
}

/** After a failed flush, staged pages are written later; pinned ones move back into the region at once. */
export function bringBackPinned(region: u32, first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const entry = findEntry(region, page);
    if (entry == 0 || stateOf(entry) != PAGE_STAGED) continue;
    const wanted = PAGE_PINNED | PAGE_QUEUED;
    if ((flagsOf(entry) & wanted) == wanted) restore(entry, 0, false);
  }
}
