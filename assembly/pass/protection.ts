// A pass saves what a region held at one instant, page by page, while its threads run (src/pass/pass.ts).
//
//   PROTECT   resident pages are write-protected, run by run; a write opens its page again, and the writer runs on
//   HOLD      the pages opened since are protected in slices, between which writers write: the instant is when all are protected
//   COPY      a page is saved before anything changes it: from its region, its frame, or where it is stored
//   ENDING    pages that are still protected are opened, unless changes are tracked
//
// Flags of a page: PENDING, to be saved. GUARDED, the kernel reports the first write to it. KEPT, unchanged since a
// tracked pass saved it: it is GUARDED, or no thread could write to it since. On a GUARDED page, WRITTEN means that a
// writer is blocked on it. MOVE drops the protection, and a page that returns to the region is writable: not KEPT.
import { CONTENT_POOL, PHASE_COPY, PHASE_ENDING, PHASE_FAILED, PHASE_HOLD, PHASE_NONE, PHASE_PROTECT } from '../codes';
import { saveBegun, cellBytes, takeCells } from './cells';
import { check } from '../check';
import { contentOf, storedAddress } from '../books/content';
import { place } from '../books/extent';
import { NO_FRAME, frameAddress } from '../books/frame';
import {
  CAUSE_GONE,
  COUNTER_STORE_BYTES_READ,
  COUNTER_STORE_READS,
  ENTRY_SLOT_BYTES_AT,
  OP_COPY_BYTES,
  OP_DECOMPRESS,
  OP_SAVE,
  OP_UNPROTECT,
  OP_WAKE,
  PAGE_ABSENT,
  PAGE_FILLING,
  PAGE_GUARDED,
  PAGE_KEPT,
  PAGE_PENDING,
  PAGE_QUEUED,
  PAGE_REMOVED,
  PAGE_SAVING,
  PAGE_SHIFT_AT,
  PAGE_BLOCKED_WRITER,
  PASS_MASK_AT,
  PURPOSE_NONE,
  PURPOSE_PROBE,
  PURPOSE_SAVE,
  REGION_PAGES_AT,
} from '../layout';
import { findEntry, frameOf, pageOf, regionOf } from '../books/page-table';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { count, follows, isSplit, pageAddress, regionAt } from '../books/region';
import { command, commandRoom } from '../ring';
import { isResident, stateOf } from '../books/states';
import { isCopied, passOf } from '../books/passes';
import { PASS_OPENED_AT, PASS_OPENED_LIMIT, PASS_URGENT_AT, PASS_URGENT_LIMIT, Pass, turn } from '../books/records';

/** Pages that a step saves at first, and whenever a thread has just written: the next one that does so waits for them. */
export const MIN_SAVES: u32 = 16;
/** Pages opened together when writes are sequential. */
const OPEN_WINDOW: u32 = 64;
/** Commands that the rest of an event may need. */
const COMMANDS_KEPT: u32 = 1024;

export function beginGuard(pass: Pass): void {
  pass.pendingCount = 0;
  pass.takenPages = 0;
  clearLists(pass);
}

export function failPass(pass: Pass, page: u32, cause: u32, errno: u32): void {
  if (pass.phase == PHASE_NONE || pass.phase == PHASE_ENDING || pass.phase == PHASE_FAILED) return;
  pass.phase = PHASE_FAILED;
  pass.failedPage = page;
  pass.failedCause = cause;
  pass.failedErrno = errno;
}

// ---- lists of pages: opened since they were protected; to be saved before all others; zeros still to be reported

// @ts-ignore: decorator
@inline
function listAt(pass: Pass, list: usize, index: u32): usize {
  return changetype<usize>(pass) + list + (index << 2);
}

export function clearLists(pass: Pass): void {
  pass.openedCount = 0;
  pass.openedMore = false;
  pass.urgentCount = 0;
}

export function openedPage(pass: Pass, index: u32): u32 {
  return load<u32>(listAt(pass, PASS_OPENED_AT, index));
}

export function noteOpened(pass: Pass, page: u32): void {
  if (pass.openedCount == PASS_OPENED_LIMIT) {
    pass.openedMore = true;
    return;
  }
  store<u32>(listAt(pass, PASS_OPENED_AT, pass.openedCount), page);
  pass.openedCount++;
}

/** The first `count` of the opened pages are protected again, or need not be. */
export function dropOpened(pass: Pass, count: u32): void {
  pass.openedCount -= count;
  memory.copy(listAt(pass, PASS_OPENED_AT, 0), listAt(pass, PASS_OPENED_AT, count), pass.openedCount << 2);
}

/** The walk must run once more. */
export function walkAgain(pass: Pass): void {
  pass.openedMore = true;
}

/** Saves the page before the others; if the list is full, it is saved in its turn. */
export function urge(pass: Pass, page: u32): void {
  if (pass.urgentCount == PASS_URGENT_LIMIT) return;
  store<u32>(listAt(pass, PASS_URGENT_AT, pass.urgentCount), page);
  pass.urgentCount++;
}

export function urgentPage(pass: Pass, index: u32): u32 {
  return load<u32>(listAt(pass, PASS_URGENT_AT, index));
}

/** The first `served` of the urgent pages need nothing more. */
export function dropUrgent(pass: Pass, served: u32): void {
  pass.urgentCount -= served;
  memory.copy(listAt(pass, PASS_URGENT_AT, 0), listAt(pass, PASS_URGENT_AT, served), pass.urgentCount << 2);
}

// ---- saving

export function setPending(pass: Pass, entry: usize): void {
  if ((flagsOf(entry) & PAGE_PENDING) != 0) return;
  setFlag(entry, PAGE_PENDING);
  pass.pendingCount++;
}

export function clearPending(pass: Pass | null, entry: usize): void {
  if ((flagsOf(entry) & PAGE_PENDING) == 0) return;
  clearFlag(entry, PAGE_PENDING);
  if (pass !== null) pass.pendingCount--;
}

/** Whether the page must be saved before what it holds may change. */
// @ts-ignore: decorator
@inline
export function mustSave(entry: usize): bool {
  return (flagsOf(entry) & PAGE_PENDING) != 0 && isCopied(regionOf(entry));
}

/** Whether the page exists and may share a command with the page before it. */
export function isNext(region: u32, page: u32): bool {
  return page < load<u32>(regionAt(region), REGION_PAGES_AT) && follows(region, page);
}

function save(pass: Pass, op: u32, entry: usize, slot: u32, pages: u32, source: u64, length: u64): void {
  const region = regionOf(entry);
  const page = pageOf(entry);
  for (let i: u32 = 0; i < pages; i++) {
    const each = i == 0 ? entry : findEntry(region, page + i);
    clearPending(pass, each);
    setFlag(each, PAGE_SAVING);
  }
  saveBegun(pass);
  command(op, 0, PURPOSE_SAVE, region, page, pages, slot, cellBytes(pass, slot), source, length);
}

/** Saves up to `limit` adjacent resident pages; returns how many, 0 if no cell is free. */
export function saveResident(pass: Pass, entry: usize, limit: u32): u32 {
  const region = pass.region;
  const page = pageOf(entry);
  let pages: u32 = 1;
  if (isSplit(region)) limit = 1;
  while (pages < limit && isNext(region, page + pages) && isSavable(findEntry(region, page + pages))) pages++;
  const slot = takeCells(pass, pages);
  if (slot == NO_FRAME) return 0;
  pages = pass.cellsFound;
  save(pass, OP_SAVE, entry, slot, pages, pageAddress(region, page), (<u64>pages) << load<u32>(PAGE_SHIFT_AT));
  return pages;
}

/** Whether the page is to be saved from its region. */
export function isSavable(entry: usize): bool {
  if (entry == 0) return false;
  const wanted = PAGE_PENDING | PAGE_GUARDED;
  return (flagsOf(entry) & wanted) == wanted && isResident(stateOf(entry));
}

/** Saves a page of a region that has a pass, and whose bytes are in its frame; false if no cell is free. */
export function saveFrame(entry: usize): bool {
  const pass = passOf(regionOf(entry));
  check(pass !== null, 'a page that is saved is of a pass');
  return saveFrameIn(pass!, entry);
}

export function saveFrameIn(pass: Pass, entry: usize): bool {
  const slot = takeCells(pass, 1);
  if (slot == NO_FRAME) return false;
  save(pass, OP_COPY_BYTES, entry, slot, 1, frameAddress(frameOf(entry)), (<u64>1) << load<u32>(PAGE_SHIFT_AT));
  return true;
}

/** Saves a page from its slot in the pool; false if no cell is free. */
export function savePooled(pass: Pass, entry: usize): bool {
  const slot = takeCells(pass, 1);
  if (slot == NO_FRAME) return false;
  const bytes = load<u32>(entry, ENTRY_SLOT_BYTES_AT);
  const region = pass.region;
  count(region, COUNTER_STORE_READS, 1);
  count(region, COUNTER_STORE_BYTES_READ, bytes);
  save(pass, OP_DECOMPRESS, entry, slot, 1, storedAddress(region, entry), bytes);
  return true;
}

export function countTaken(pass: Pass, pages: u32): void {
  pass.takenPages += pages;
}

// ---- what happens to pages meanwhile

/** The page became resident and writable. */
// @ts-ignore: decorator
@inline
export function opened(entry: usize): void {
  if (load<u32>(PASS_MASK_AT) != 0 || (flagsOf(entry) & (PAGE_GUARDED | PAGE_KEPT)) != 0) onUnprotected(entry);
}

function onUnprotected(entry: usize): void {
  clearFlag(entry, PAGE_GUARDED | PAGE_KEPT);
  const pass = passOf(regionOf(entry));
  if (pass === null) return;
  if (mustSave(entry)) {
    // All other pages were saved before they came in: this one was found to be zeros when it was evicted.
    clearPending(pass, entry);
    noteOpened(pass, pageOf(entry));
  }
  if (pass.phase != PHASE_PROTECT && pass.phase != PHASE_HOLD) return;
  setPending(pass, entry);
  noteOpened(pass, pageOf(entry));
}

/** A victim left its region, and with it the protection. Blocked writers re-fault. */
// @ts-ignore: decorator
@inline
export function onEvicted(entry: usize): void {
  if ((flagsOf(entry) & PAGE_GUARDED) != 0) leftProtection(entry);
}

function leftProtection(entry: usize): void {
  clearFlag(entry, PAGE_GUARDED);
  if ((flagsOf(entry) & PAGE_BLOCKED_WRITER) == 0) return;
  clearFlag(entry, PAGE_BLOCKED_WRITER);
  overRun(OP_WAKE, PURPOSE_NONE, regionOf(entry), pageOf(entry), 1);
}

/** A write to a resident page. False if no pass protects it. */
export function writeFault(region: u32, page: u32, entry: usize): bool {
  const flags = flagsOf(entry);
  if ((flags & PAGE_GUARDED) == 0) return false;
  const pass = passOf(region);
  if (pass !== null) turn.saveBatch = MIN_SAVES;
  if (pass !== null && pass.held) {
    if ((flags & PAGE_PENDING) != 0) urge(pass, page);
    return true;
  }
  if ((flags & PAGE_SAVING) != 0) {
    setFlag(entry, PAGE_BLOCKED_WRITER);
  } else if (pass !== null && mustSave(entry)) {
    setFlag(entry, PAGE_BLOCKED_WRITER);
    if (saveResident(pass, entry, 1) == 0) urge(pass, page);
  } else {
    openFrom(pass, region, page, entry);
  }
  return true;
}

// Opens a page, and some after it if writes are sequential.
function openFrom(pass: Pass | null, region: u32, page: u32, entry: usize): void {
  const free = pass === null || pass.phase == PHASE_NONE;
  turn.openWindow = page == turn.openedLast && free ? min(turn.openWindow << 1, OPEN_WINDOW) : 1;
  let pages: u32 = 1;
  onUnprotected(entry);
  if (!isSplit(region)) {
    while (pages < turn.openWindow && isNext(region, page + pages) && isOpenable(findEntry(region, page + pages))) {
      onUnprotected(findEntry(region, page + pages));
      pages++;
    }
  }
  turn.openedLast = page + pages;
  open(region, page, pages);
}

function isOpenable(entry: usize): bool {
  if (entry == 0) return false;
  const wanted = flagsOf(entry) & (PAGE_GUARDED | PAGE_PENDING | PAGE_SAVING);
  return wanted == PAGE_GUARDED && isResident(stateOf(entry));
}

/** Unprotects pages and wakes the writers that block on them. */
export function open(region: u32, page: u32, pages: u32): void {
  overRun(OP_UNPROTECT, PURPOSE_PROBE, region, page, pages);
}

export function overRun(op: u32, purpose: u32, region: u32, page: u32, pages: u32): void {
  const length = (<u64>pages) << load<u32>(PAGE_SHIFT_AT);
  command(op, 0, purpose, region, page, pages, NO_FRAME, pageAddress(region, page), 0, length);
}

/** The application dropped the page: its content is about to be lost. */
// @ts-ignore: decorator
@inline
export function forgetting(entry: usize): void {
  const flags = flagsOf(entry);
  if ((flags & (PAGE_PENDING | PAGE_GUARDED | PAGE_KEPT)) != 0) forgettingIn(entry, flags);
}

function forgettingIn(entry: usize, flags: u32): void {
  const pass = passOf(regionOf(entry));
  const waits = (flags & PAGE_GUARDED) != 0 && (flags & PAGE_BLOCKED_WRITER) != 0;
  if ((flags & PAGE_PENDING) != 0) {
    // Before the instant: the pass will see zeros. After it: save the content now, or it is lost.
    if (pass !== null && pass.phase == PHASE_COPY) saveNow(pass, entry);
    clearPending(pass, entry);
  }
  // Before the instant: the page is zeros now, even if the walk found it unchanged.
  if (pass !== null && (pass.phase == PHASE_PROTECT || pass.phase == PHASE_HOLD)) walkAgain(pass);
  clearFlag(entry, PAGE_GUARDED | PAGE_KEPT);
  if (waits) clearFlag(entry, PAGE_BLOCKED_WRITER);
}

function saveNow(pass: Pass, entry: usize): void {
  const state = stateOf(entry);
  const page = pageOf(entry);
  let saved = false;
  // One event may remove more pages than the ring has room for.
  if (commandRoom() <= COMMANDS_KEPT) return failPass(pass, page, CAUSE_GONE, 0);
  if (isResident(state)) {
    saved = saveResident(pass, entry, 1) != 0;
  } else if (state == PAGE_ABSENT || state == PAGE_REMOVED) {
    saved = contentOf(regionOf(entry), page, entry) == CONTENT_POOL && savePooled(pass, entry);
  } else if (frameOf(entry) != NO_FRAME && (state != PAGE_FILLING || (flagsOf(entry) & PAGE_QUEUED) != 0)) {
    saved = saveFrameIn(pass, entry);
  }
  if (!saved) failPass(pass, page, CAUSE_GONE, 0);
}

/**
 * The entry is about to become another page's (mremap), whose content thereby changes. True if the kernel's protection
 * moves along with the memory.
 */
export function moving(entry: usize): bool {
  const flags = flagsOf(entry);
  if ((flags & (PAGE_PENDING | PAGE_GUARDED | PAGE_KEPT)) == 0) return false;
  const pass = passOf(regionOf(entry));
  if (pass !== null) {
    if (mustSave(entry)) failPass(pass, pageOf(entry), CAUSE_GONE, 0);
    if (pass.phase == PHASE_PROTECT || pass.phase == PHASE_HOLD) walkAgain(pass);
  }
  clearPending(pass, entry);
  clearFlag(entry, PAGE_GUARDED | PAGE_KEPT);
  return (flags & PAGE_GUARDED) != 0;
}
