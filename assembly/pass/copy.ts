// The copy phase: after the instant, saves pages into the buffer, first those that a thread or a receiver waits for.
import { CONTENT_POOL, PASS_SETTLE, PASS_TRACK, PHASE_COPY, PHASE_DONE } from '../codes';
import { REQUESTS_KEPT, cellsForBackground, freeCells, saveEnded } from './cells';
import { check } from '../check';
import { contentOf } from '../books/content';
import { supply, wanted } from '../paging/evict';
import { fetch, isAbsent } from '../paging/fill';
import { isTooLong, lackedFrame } from '../books/patience';
import { NO_FRAME } from '../books/frame';
import {
  MIN_SAVES,
  clearPending,
  countTaken,
  dropUrgent,
  failPass,
  isNext,
  isSavable,
  mustSave,
  open,
  openedPage,
  saveFrameIn,
  savePooled,
  saveResident,
  setPending,
  urge,
  urgentPage,
} from './protection';
import {
  CAUSE_CONTENT,
  CAUSE_GONE,
  CAUSE_NO_FRAME,
  CAUSE_NO_TABLE,
  CAUSE_READ,
  COMMAND_BYTES_DONE_AT,
  COMMAND_COUNT_AT,
  COMMAND_ERRNO_AT,
  COMMAND_FRAME_AT,
  COMMAND_OP_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_PAGE_AT,
  COMMAND_REGION_AT,
  OP_SAVE,
  OUTCOME_DONE,
  PAGE_EVICTING,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_GUARDED,
  PAGE_KEPT,
  PAGE_QUEUED,
  PAGE_SAVING,
  PAGE_SHIFT_AT,
  PAGE_STAGED,
  PAGE_BLOCKED_WRITER,
  PAGE_ZEROS,
  REQUEST_SAVED,
  RETRY_AT,
  WRITE_ERRNO_AT,
} from '../layout';
import { endOf, findEntry, frameOf, nextLeaf } from '../books/page-table';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { commandRoom, request, requestRoom } from '../ring';
import { isResident, stateOf } from '../books/states';
import { flushZeros, isZeros, reportZeros, scanBudget } from './walk';
import { passOf, sharePerPass } from '../books/passes';
import { PASS_FETCHED_AT, PASS_FETCHED_LIMIT, Pass, turn } from '../books/records';

/** Most pages saved in one step, by all passes, while no thread writes to pages that are still to be saved. */
const MAX_SAVES: u32 = 128;
/** Pages read from a store at a time. */
const MAX_FETCHES: u32 = 16;
/** How often the kernel may refuse to read resident pages. */
const MAX_REFUSALS: u32 = 100000;

export function beginSaving(pass: Pass): void {
  pass.refusals = 0;
  pass.fetchedCount = 0;
  pass.lackedFrame = 0;
  turn.saveBatch = MIN_SAVES;
}

/** Once a step, before passes save: the longer no thread has written, the more they save. */
export function growSaves(): void {
  turn.saveBatch = min(turn.saveBatch + 1, MAX_SAVES);
}

/** Advances the copy phase; called once per step. */
export function advanceCopy(pass: Pass): void {
  pass.progress = false;
  pass.lacksFrame = false;
  forgetFetched(pass);
  reportOpened(pass);
  const pending = pass.pendingCount;
  const fetched = pass.fetchedCount;
  let served: u32 = 0;
  while (served < pass.urgentCount && commandRoom() > 512) {
    const page = urgentPage(pass, served);
    const entry = findEntry(pass.region, page);
    let pages: u32 = 1;
    if (entry != 0 && mustSave(entry)) {
      // Adjacent pages share one command.
      let limit: u32 = 1;
      while (served + limit < pass.urgentCount && urgentPage(pass, served + limit) == page + limit) limit++;
      pages = saveOne(pass, entry, page, limit);
      if (pages == 0) break;
    }
    served += pages;
  }
  if (served > 0) dropUrgent(pass, served);
  const end = endOf(pass.region);
  const budget = scanBudget();
  const most = max<u32>(1, sharePerPass(turn.saveBatch));
  let looks: u32 = 0;
  let saves: u32 = 0;
  while (
    pass.pendingCount > 0 &&
    looks < budget &&
    saves < most &&
    commandRoom() > 512 &&
    requestRoom() > REQUESTS_KEPT
  ) {
    // Each page that is being read has a cell to come into: without one it would leave its frame, and be read once more.
    const free = cellsForBackground(pass);
    if (free <= pass.fetchedCount) break;
    const slots = free - pass.fetchedCount;
    if (pass.cursor >= end) {
      pass.cursor = 0;
      break;
    }
    const entry = findEntry(pass.region, pass.cursor);
    if (entry == 0) {
      looks += 8;
      pass.cursor = nextLeaf(pass.cursor);
      continue;
    }
    looks++;
    if (!mustSave(entry)) {
      pass.cursor = pass.cursor + 1;
      continue;
    }
    const pages = saveOne(pass, entry, pass.cursor, min(slots, most - saves));
    if (pages == 0) break;
    saves += pages;
    pass.cursor = pass.cursor + pages;
  }
  flushZeros(pass);
  // A walk that only skipped pages, or met pages that are being read, made no progress.
  if (looks >= budget || pass.pendingCount != pending || pass.fetchedCount != fetched) pass.progress = true;
  // No frame is free: each holds a page that cannot be written.
  pass.lackedFrame = pass.lacksFrame && !pass.progress && served == 0 ? lackedFrame(pass.lackedFrame) : 0;
  if (isTooLong(pass.lackedFrame)) failPass(pass, pass.cursor, CAUSE_NO_FRAME, load<u32>(WRITE_ERRNO_AT));
  if (pass.phase == PHASE_COPY && pass.pendingCount == 0 && pass.savesUnderWay == 0 && pass.openedCount == 0)
    pass.phase = PHASE_DONE;
}

// In this phase the list of opened pages holds pages that were found to be zeros when they were filled.
function reportOpened(pass: Pass): void {
  if (pass.openedMore) failPass(pass, openedPage(pass, 0), CAUSE_NO_TABLE, 0);
  let i: u32 = 0;
  while (i < pass.openedCount && requestRoom() > REQUESTS_KEPT) reportZeros(pass, openedPage(pass, i++));
  flushZeros(pass);
  if (i == pass.openedCount) pass.openedCount = 0;
}

// Begins to save up to `limit` adjacent pages. Returns how many need no further call now; 0: call again.
function saveOne(pass: Pass, entry: usize, page: u32, limit: u32): u32 {
  const state = stateOf(entry);
  if (isSavable(entry)) return saveResident(pass, entry, limit);
  if (isResident(state)) {
    check(frameOf(entry) != NO_FRAME, 'after the instant a page that is to be saved is protected');
    return 1;
  }
  if (state == PAGE_STAGED || state == PAGE_EVICTING) return saveFrameIn(pass, entry) ? 1 : 0;
  if (state == PAGE_FILLING) {
    if ((flagsOf(entry) & PAGE_QUEUED) == 0 || frameOf(entry) == NO_FRAME) return 1;
    return saveFrameIn(pass, entry) ? 1 : 0;
  }
  if (state == PAGE_FAILED) {
    failPass(pass, page, CAUSE_READ, 0);
    return 1;
  }
  if (isZeros(pass, entry, page)) {
    clearPending(pass, entry);
    reportZeros(pass, page);
    return 1;
  }
  if (contentOf(pass.region, page, entry) == CONTENT_POOL) return savePooled(pass, entry) ? 1 : 0;
  // Fetch it into a frame, save it there, and keep it out of the region.
  if (supply() <= wanted() >> 1) {
    pass.lacksFrame = true;
    return 0;
  }
  let pages: u32 = 1;
  while (pages < min(limit, MAX_FETCHES) && isFetchable(pass, page + pages)) pages++;
  if (pass.fetchedCount + pages > PASS_FETCHED_LIMIT) return 0;
  pages = fetch(pass.region, page, entry, pages, 0, false);
  for (let i: u32 = 0; i < pages; i++) store<u32>(fetchedAt(pass, pass.fetchedCount++), page + i);
  return pages;
}

// @ts-ignore: decorator
@inline
function fetchedAt(pass: Pass, index: u32): usize {
  return changetype<usize>(pass) + PASS_FETCHED_AT + (index << 2);
}

// Takes pages off the list that have been saved, or are not being read any more.
function forgetFetched(pass: Pass): void {
  let kept: u32 = 0;
  for (let i: u32 = 0; i < pass.fetchedCount; i++) {
    const page = load<u32>(fetchedAt(pass, i));
    const entry = findEntry(pass.region, page);
    if (entry == 0 || !mustSave(entry) || stateOf(entry) != PAGE_FILLING) continue;
    store<u32>(fetchedAt(pass, kept++), page);
  }
  pass.fetchedCount = kept;
}

function isFetchable(pass: Pass, page: u32): bool {
  if (!isNext(pass.region, page)) return false;
  const entry = findEntry(pass.region, page);
  return entry != 0 && mustSave(entry) && isAbsent(stateOf(entry)) && !isZeros(pass, entry, page);
}

/** Settles a save. */
export function saved(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const slot = load<u32>(at, COMMAND_FRAME_AT);
  const errno = load<u32>(at, COMMAND_ERRNO_AT);
  const bytes = load<i64>(at, COMMAND_BYTES_DONE_AT);
  let done = pages;
  if (load<u16>(at, COMMAND_OUTCOME_AT) != OUTCOME_DONE)
    done = bytes > 0 ? <u32>(bytes >> load<u32>(PAGE_SHIFT_AT)) : 0;
  const pass = passOf(region);
  if (pass !== null) saveEnded(pass);
  if (pass !== null && done > 0) {
    request(REQUEST_SAVED, region, page, slot, done, 0, 0);
    countTaken(pass, done);
  }
  let openFirst: u32 = 0;
  let openCount: u32 = 0;
  for (let i: u32 = 0; i < done; i++) {
    const entry = findEntry(region, page + i);
    clearFlag(entry, PAGE_SAVING);
    if (!shouldUnprotect(pass, entry)) continue;
    if (openCount > 0 && openFirst + openCount != page + i) {
      open(region, openFirst, openCount);
      openCount = 0;
    }
    if (openCount == 0) openFirst = page + i;
    openCount++;
  }
  if (openCount > 0) open(region, openFirst, openCount);
  // Its region has been closed meanwhile: nobody wants the pages.
  if (done == pages || pass === null) return;
  freeCells(pass, slot + done, pages - done);
  for (let i = done; i < pages; i++)
    notSaved(pass, findEntry(region, page + i), page + i, load<u8>(at, COMMAND_OP_AT), errno);
}

// Whether to unprotect the saved page now; a page that stays protected is known not to have changed.
function shouldUnprotect(pass: Pass | null, entry: usize): bool {
  if (pass !== null && pass.held) return false;
  const flags = flagsOf(entry);
  const track = pass !== null && (pass.options & PASS_TRACK) != 0;
  if ((flags & PAGE_GUARDED) == 0) {
    // A page that the application dropped while it was saved is zeros by now, or is being filled with them.
    if (track && (flags & PAGE_ZEROS) == 0) setFlag(entry, PAGE_KEPT);
    return false;
  }
  if (track && (flags & PAGE_BLOCKED_WRITER) == 0) {
    if (pass !== null && (pass.options & PASS_SETTLE) == 0) setFlag(entry, PAGE_KEPT);
    return false;
  }
  clearFlag(entry, PAGE_GUARDED | PAGE_KEPT | PAGE_BLOCKED_WRITER);
  return true;
}

function notSaved(pass: Pass, entry: usize, page: u32, op: u32, errno: u32): void {
  clearFlag(entry, PAGE_SAVING);
  if (op != <u32>OP_SAVE) failPass(pass, page, CAUSE_CONTENT, errno);
  else if (!isResident(stateOf(entry))) failPass(pass, page, CAUSE_GONE, errno);
  else if (++pass.refusals == MAX_REFUSALS) failPass(pass, page, CAUSE_READ, errno);
  if (pass.phase != PHASE_COPY) return;
  // An event that explains the failure is about to be read.
  setPending(pass, entry);
  if ((flagsOf(entry) & PAGE_BLOCKED_WRITER) != 0) urge(pass, page);
  store<u32>(RETRY_AT, 1);
}
