// Runs what a caller asks for a range of pages: load, evict, flush, discard. An operation walks its range with two cursors
// and a window between them, so that any number can be under way beside the faults:
//
//   first … cursor ──── all done ────┤ under way ├ issue … end ── not yet begun
import {
  COUNTER_WRITE_ERRORS,
  FRAME_AHEAD,
  FRAME_COUNT_AT,
  FRAME_RETURN,
  LEAF_SHIFT,
  OPERATION_BYTES,
  OPERATION_COUNT_AT,
  OPERATION_CURSOR_AT,
  OPERATION_DISCARD,
  OPERATION_DONE,
  OPERATION_END_AT,
  OPERATION_ERRORS_AT,
  OPERATION_FAILED,
  OPERATION_FAILED_AT,
  OPERATION_FLAGS_AT,
  OPERATION_FLUSH,
  OPERATION_ISSUE_AT,
  OPERATION_KIND_AT,
  OPERATION_LIMIT,
  OPERATION_LOAD,
  OPERATION_NONE,
  OPERATION_PIN,
  OPERATION_REFUSED_AT,
  OPERATION_REGION_AT,
  OPERATION_RESULT_AT,
  OPERATION_RUNNING,
  OPERATIONS_AT,
  PAGE_ABSENT,
  PAGE_CLEAN,
  PAGE_DIRTY,
  PAGE_EVICTING,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_FLUSHING,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_REMOVED,
  PAGE_STAGED,
  PAGE_WRITING,
  REGION_SOURCE_AT,
  SOURCE_ZERO,
  CAUSE_INSTALL,
  CAUSE_GONE,
  CAUSE_NO_FRAME,
  CAUSE_NO_TABLE,
  REFUSED_ERRNO_AT,
  REQUEST_FAIL,
  WRITE_ERRNO_AT,
} from '../layout';
import { OPERATION_REWRITE, LOAD_ALONE } from '../codes';
import { isVolatile } from './volatile';
import { forgetting, mustSave, urge } from '../pass/protection';
import { check } from '../check';
import { removePage } from '../changes/event';
import { bringBackPinned, flushStage, restore, share, stagePage, supply } from './evict';
import { fetch, isAbsent } from './fill';
import { isTooLong, lackedFrame } from '../books/patience';
import { frameFlags, NO_FRAME } from '../books/frame';
import { flushInstalls } from './install';
import { findEntry, findInCore, frameOf, makeEntry } from '../books/page-table';
import { beginRewrite } from './rewrite';
import { isOver, isPaused as isRefusalPaused } from './refusal';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { pinPage, pinRun } from './pin';
import { counter, regionAt } from '../books/region';
import { commandRoom, request, requestRoom } from '../ring';
import { isUnmapped } from '../books/extent';
import { isResident, stateOf } from '../books/states';
import { canVerify, cleanPage, flushVerify, isPaused } from './writeback';
import { forgetContent } from '../books/content';
import { isHeld, passOf } from '../books/passes';

const WINDOW: u32 = 64;
/** Most pages that an operation scans in one step, so that faults are served in between. */
const SCANS: u32 = 2048;

export function operationAt(operation: u32): usize {
  return OPERATIONS_AT + operation * OPERATION_BYTES;
}

/** Begins an operation over [first, end); OPERATION_LIMIT if as many are under way as there may be. */
export function beginOperation(kind: u32, region: u32, first: u32, end: u32, flags: u32): u32 {
  for (let operation: u32 = 0; operation < <u32>OPERATION_LIMIT; operation++) {
    const at = operationAt(operation);
    if (load<u32>(at, OPERATION_KIND_AT) != OPERATION_NONE) continue;
    memory.fill(at, 0, OPERATION_BYTES);
    store<u32>(at, kind, OPERATION_KIND_AT);
    store<u32>(at, region, OPERATION_REGION_AT);
    store<u32>(at, first, OPERATION_ISSUE_AT);
    store<u32>(at, first, OPERATION_CURSOR_AT);
    store<u32>(at, end, OPERATION_END_AT);
    store<u32>(at, flags, OPERATION_FLAGS_AT);
    const errors = kind == OPERATION_DISCARD ? 0 : <u32>counter(region, COUNTER_WRITE_ERRORS);
    store<u32>(at, errors, OPERATION_ERRORS_AT);
    store<u32>(OPERATION_COUNT_AT, load<u32>(OPERATION_COUNT_AT) + 1);
    return operation;
  }
  return OPERATION_LIMIT;
}

export function operationStatus(operation: u32): u32 {
  const at = operationAt(operation);
  if (load<u32>(at, OPERATION_FAILED_AT) != 0) return OPERATION_FAILED;
  return load<u32>(at, OPERATION_CURSOR_AT) >= load<u32>(at, OPERATION_END_AT) ? OPERATION_DONE : OPERATION_RUNNING;
}

export function endOperation(operation: u32): void {
  check(load<u32>(operationAt(operation), OPERATION_KIND_AT) != OPERATION_NONE, 'the operation has begun');
  store<u32>(operationAt(operation), OPERATION_NONE, OPERATION_KIND_AT);
  store<u32>(OPERATION_COUNT_AT, load<u32>(OPERATION_COUNT_AT) - 1);
}

/** Advances every operation; true if one made progress. */
export function advanceOperations(): bool {
  if (load<u32>(OPERATION_COUNT_AT) == 0) return false;
  let progress = false;
  for (let operation: u32 = 0; operation < <u32>OPERATION_LIMIT; operation++) {
    const at = operationAt(operation);
    const kind = load<u32>(at, OPERATION_KIND_AT);
    if (kind == OPERATION_NONE || operationStatus(operation) != OPERATION_RUNNING) continue;
    const cursor = load<u32>(at, OPERATION_CURSOR_AT);
    const issue = load<u32>(at, OPERATION_ISSUE_AT);
    if (kind == OPERATION_LOAD) advanceLoad(at);
    else if (kind == OPERATION_DISCARD) advanceDiscard(at);
    else advanceWrite(at, kind == OPERATION_FLUSH);
    if (cursor != load<u32>(at, OPERATION_CURSOR_AT) || issue != load<u32>(at, OPERATION_ISSUE_AT)) progress = true;
  }
  flushInstalls();
  flushStage();
  flushVerify();
  return progress;
}

function fail(at: usize, page: u32): void {
  store<u32>(at, page + 1, OPERATION_FAILED_AT);
}

// Says why the load fails; the page is not given up.
function failLoad(at: usize, page: u32, cause: u32, errno: u32): void {
  request(REQUEST_FAIL, load<u32>(at, OPERATION_REGION_AT), page, LOAD_ALONE, 0, cause, errno);
  fail(at, page);
}

/** Fails the loads that wait for the page, and the flushes that read it back. */
export function failLoads(region: u32, page: u32): void {
  for (let operation: u32 = 0; operation < <u32>OPERATION_LIMIT; operation++) {
    const at = operationAt(operation);
    if (!readsPages(at) || load<u32>(at, OPERATION_REGION_AT) != region) continue;
    if (load<u32>(at, OPERATION_FAILED_AT) != 0) continue;
    if (page >= load<u32>(at, OPERATION_CURSOR_AT) && page < load<u32>(at, OPERATION_ISSUE_AT)) fail(at, page);
  }
}

function readsPages(at: usize): bool {
  const kind = load<u32>(at, OPERATION_KIND_AT);
  return (
    kind == OPERATION_LOAD || (kind == OPERATION_FLUSH && (load<u32>(at, OPERATION_FLAGS_AT) & OPERATION_REWRITE) != 0)
  );
}

function window(): u32 {
  return max<u32>(1, min<u32>(WINDOW, load<u32>(FRAME_COUNT_AT) >> 2));
}

function advanceLoad(at: usize): void {
  const region = load<u32>(at, OPERATION_REGION_AT);
  const end = load<u32>(at, OPERATION_END_AT);
  const pin = (load<u32>(at, OPERATION_FLAGS_AT) & OPERATION_PIN) != 0;
  let cursor = load<u32>(at, OPERATION_CURSOR_AT);
  let issue = load<u32>(at, OPERATION_ISSUE_AT);
  let looks: u32 = 0;
  let lacks = false;
  const refused = load<u32>(at, OPERATION_REFUSED_AT);
  if (isOver(refused)) {
    failLoad(at, cursor, CAUSE_INSTALL, load<u32>(REFUSED_ERRNO_AT));
    return;
  }
  while (cursor < issue && looks++ < SCANS) {
    const entry = findEntry(region, cursor);
    const state = stateOf(entry);
    if (state == PAGE_FAILED) {
      fail(at, cursor);
      break;
    }
    if (state == PAGE_FILLING || state == PAGE_EVICTING || isLeaving(entry, state)) break;
    if (!isResident(state)) {
      issue = cursor; // evicted again before it was seen
      break;
    }
    cursor++;
  }
  while (issue < end && issue - cursor < window() && commandRoom() > 1024 && requestRoom() > 256 && looks++ < SCANS) {
    const gone = isUnmapped(region, issue);
    const entry = gone ? <usize>0 : makeEntry(region, issue);
    if (entry == 0) {
      failLoad(at, issue, gone ? CAUSE_GONE : CAUSE_NO_TABLE, 0);
      break;
    }
    if (pin) pinPage(entry, region);
    const state = stateOf(entry);
    if (refused != 0 && isRefusalPaused() && !isResident(state)) break;
    if (isAbsent(state)) {
      // A held region takes no page until its release: a fetch would only take a frame that the pass needs.
      if (isHeld(region)) break;
      if (supply() == 0) {
        lacks = cursor == issue;
        break;
      }
      // A pin is set before the page comes in.
      const wanted = min(end - issue, window() - (issue - cursor));
      const limit = pin ? pinRun(region, issue, wanted) : wanted;
      const begun = fetch(region, issue, entry, limit, 0, false);
      if (begun == 0) break;
      issue += begun;
      continue;
    }
    if (state == PAGE_STAGED) restore(entry, 0, false);
    else if (state == PAGE_EVICTING) share(entry, 0, false);
    issue++;
    if (isResident(state) && !isLeaving(entry, state) && cursor == issue - 1) cursor = issue;
  }
  // No frame is free: each holds a page that cannot be written.
  const lacked = lacks ? lackedFrame(load<u32>(at, OPERATION_RESULT_AT)) : 0;
  store<u32>(at, lacked, OPERATION_RESULT_AT);
  if (isTooLong(lacked)) failLoad(at, issue, CAUSE_NO_FRAME, load<u32>(WRITE_ERRNO_AT));
  if (cursor != load<u32>(at, OPERATION_CURSOR_AT)) store<u32>(at, 0, OPERATION_REFUSED_AT);
  store<u32>(at, cursor, OPERATION_CURSOR_AT);
  store<u32>(at, issue, OPERATION_ISSUE_AT);
}

// Another operation just issued the page's move to staging: it is resident only until that completes.
function isLeaving(entry: usize, state: u32): bool {
  return (state == PAGE_CLEAN || state == PAGE_DIRTY) && frameOf(entry) != NO_FRAME;
}

// Evict and flush: stage, write back, and for a flush bring back.
function advanceWrite(at: usize, flush: bool): void {
  const region = load<u32>(at, OPERATION_REGION_AT);
  const end = load<u32>(at, OPERATION_END_AT);
  let cursor = load<u32>(at, OPERATION_CURSOR_AT);
  let issue = load<u32>(at, OPERATION_ISSUE_AT);
  if (<u32>counter(region, COUNTER_WRITE_ERRORS) != load<u32>(at, OPERATION_ERRORS_AT)) {
    fail(at, cursor);
    bringBackPinned(region, cursor, issue);
    return;
  }
  const rewrites = (load<u32>(at, OPERATION_FLAGS_AT) & OPERATION_REWRITE) != 0;
  let looks: u32 = 0;
  for (let page = cursor; page < issue && looks++ < SCANS; page++) {
    const entry = rewrites ? findEntry(region, page) : findInCore(region, page);
    if (rewrites && entry != 0 && stateOf(entry) == PAGE_FAILED) {
      fail(at, page);
      return;
    }
    const waits = entry != 0 && !writeDone(entry, flush);
    if (!waits && page == cursor) cursor++;
  }
  while (issue < end && issue - cursor < window() && commandRoom() > 1024 && looks++ < SCANS) {
    const entry = rewrites ? findEntry(region, issue) : findInCore(region, issue);
    if (entry == 0) {
      const next = min(end, ((issue >> LEAF_SHIFT) + 1) << LEAF_SHIFT);
      if (cursor == issue) cursor = next;
      issue = next;
      continue;
    }
    if (rewrites && !beginRewrite(region, issue, entry)) break;
    const state = stateOf(entry);
    if (
      flush
        ? isResident(state) || state == PAGE_STAGED || state == PAGE_EVICTING || state == PAGE_FILLING
        : state == PAGE_CLEAN || state == PAGE_DIRTY
    ) {
      if (flush) {
        if (!isVolatile(entry)) setFlag(entry, PAGE_FLUSHING);
      } else if ((flagsOf(entry) & PAGE_PINNED) == 0) {
        const underWay = frameOf(entry) != NO_FRAME;
        if (!stagePage(entry)) break;
        if (!underWay) store<u32>(at, load<u32>(at, OPERATION_RESULT_AT) + 1, OPERATION_RESULT_AT);
      }
    }
    const done = writeDone(entry, flush);
    if (done && cursor == issue) cursor++;
    issue++;
  }
  store<u32>(at, cursor, OPERATION_CURSOR_AT);
  store<u32>(at, issue, OPERATION_ISSUE_AT);
}

/** Whether the page is done; if not, starts its next step. */
function writeDone(entry: usize, flush: bool): bool {
  const state = stateOf(entry);
  const pinned = (flagsOf(entry) & PAGE_PINNED) != 0;
  if (flush && (flagsOf(entry) & PAGE_FLUSHING) == 0) return true;
  if (state == PAGE_CLEAN || state == PAGE_DIRTY) {
    // A page with a frame is in staging already, or about to be.
    if (frameOf(entry) != NO_FRAME) return false;
    // During a pause it could only wait there: a touch would move it back, and the flush would stage it again at once.
    if (flush && !isPaused()) stagePage(entry);
    // An eviction skips pages that were touched again, and pinned ones.
    return !flush || pinned ? !flush : false;
  }
  if (state == PAGE_STAGED) {
    if ((flagsOf(entry) & PAGE_QUEUED) == 0) return false;
    // A flush staged the page and moves it back.
    if (!flush && pinned) return true;
    if (flush && (frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0) {
      clearFlag(entry, PAGE_FLUSHING);
      return true;
    }
    if (canVerify()) cleanPage(entry, flush ? FRAME_RETURN : 0);
    return frameOf(entry) == NO_FRAME; // dropped at once
  }
  if (state == PAGE_EVICTING) return false;
  if (state == PAGE_WRITING || state == PAGE_FILLING) return !flush;
  if (flush) clearFlag(entry, PAGE_FLUSHING);
  return true;
}

function advanceDiscard(at: usize): void {
  const region = load<u32>(at, OPERATION_REGION_AT);
  const end = load<u32>(at, OPERATION_END_AT);
  const sourced = load<u32>(regionAt(region), REGION_SOURCE_AT) != SOURCE_ZERO;
  let cursor = load<u32>(at, OPERATION_CURSOR_AT);
  let page = cursor;
  let looks: u32 = 0;
  while (page < end && page - cursor < window() && commandRoom() > 256 && looks++ < SCANS) {
    const entry = sourced ? makeEntry(region, page) : findEntry(region, page);
    if (entry == 0 && sourced) {
      fail(at, page);
      break;
    }
    if (entry == 0) {
      const next = min(end, ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT);
      if (cursor == page) cursor = next;
      page = next;
      continue;
    }
    const state = stateOf(entry);
    let done = true;
    if (mustSave(entry)) {
      // The pass saves the content from before the discard first.
      const pass = passOf(region);
      if (pass !== null && pass.urgentCount < window()) urge(pass, page);
      page++;
      continue;
    }
    if (state == PAGE_ABSENT || state == PAGE_REMOVED) {
      forgetting(entry);
      forgetContent(entry);
    } else if (state == PAGE_STAGED) removePage(entry);
    else if (state == PAGE_CLEAN || state == PAGE_DIRTY) {
      done = false;
      if (frameOf(entry) == NO_FRAME && !stagePage(entry)) break;
    } else if (state != PAGE_FAILED) done = false;
    else if (load<u32>(at, OPERATION_ERRORS_AT) == 0) store<u32>(at, page + 1, OPERATION_ERRORS_AT);
    if (done && cursor == page) cursor++;
    page++;
  }
  // All others are discarded. A page that was given up stays poisoned: a thread waited for it.
  if (cursor == end) store<u32>(at, load<u32>(at, OPERATION_ERRORS_AT), OPERATION_FAILED_AT);
  store<u32>(at, cursor, OPERATION_CURSOR_AT);
  store<u32>(at, cursor, OPERATION_ISSUE_AT);
}
