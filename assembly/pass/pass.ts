// Drives passes through its phases; protection.ts explains them, and what happens to pages meanwhile.
//
//   begin ─▶ PROTECT ──walk──▶ HOLD ──the pages opened since, slice by slice, until there are none──▶ COPY ──none pending──▶ DONE
//                                                                                            └── lost, failed ──▶ FAILED
//   end, from any of them ─▶ ENDING ─▶ none
import {
  PASS_RUNS,
  PASS_TRACK,
  PHASE_COPY,
  PHASE_DONE,
  PHASE_ENDING,
  PHASE_HOLD,
  PHASE_NONE,
  PHASE_PROTECT,
} from '../codes';
import { REQUESTS_KEPT, freeCells, openBuffer } from './cells';
import { check } from '../check';
import { restore } from '../paging/evict';
import { NOWHERE } from '../books/extent';
import { fetch, isAbsent } from '../paging/fill';
import { NO_FRAME } from '../books/frame';
import { releaseLeaves } from '../books/chunk';
import { beginGuard, clearPending, mustSave, open, overRun, setPending, urge } from './protection';
import {
  LEAF_PAGES,
  OP_WAKE,
  PAGE_GUARDED,
  PAGE_KEPT,
  PAGE_PENDING,
  PAGE_PINNED,
  PAGE_SAVING,
  PAGE_SHIFT_AT,
  PAGE_STAGED,
  PAGE_BLOCKED_WRITER,
  PASS_MASK_AT,
  PURPOSE_NONE,
} from '../layout';
import { endOf, findEntry, nextLeaf, tidyLeaves } from '../books/page-table';
import { MAX_RUNS, beginProtecting, advanceProtect } from './protect';
import { clearFlag, flagsOf } from '../books/queue';
import { follows, isSpace, isSplit, pageAddress } from '../books/region';
import { commandRoom, requestRoom } from '../ring';
import { beginSaving, advanceCopy, growSaves } from './copy';
import { stateOf } from '../books/states';
import { SCAN_COST_CHANGED, beginWalk, entryOf, flushZeros, isZeros, reportZeros, scanBudget } from './walk';
import { forgetPass, freePass, isWaiting, noteWaits, passAt, passOf, takePass } from '../books/passes';
import { Pass } from '../books/records';

/**
 * Begins a pass over an open region that has none, or is held. The buffer, at this address, has so many slots of a page.
 * Steps advance it; see `passPhase`, `endPass`. False: PASS_LIMIT other regions have a pass, or are held.
 */
export function beginPass(region: u32, slots: u32, addressLow: u32, addressHigh: u32, flags: u32): bool {
  const runs = (flags & PASS_RUNS) != 0;
  let pass = passOf(region);
  check(
    (pass !== null && pass.phase == PHASE_NONE && pass.held) == runs,
    'a held region is passed by runs, and no other is',
  );
  check(pass === null || runs, 'a region has one pass at a time');
  if (pass === null) pass = takePass(region);
  if (pass === null) return false;
  openBuffer(pass, slots, ((<u64>addressHigh) << 32) | (<u64>addressLow));
  beginGuard(pass);
  beginWalk(pass, flags);
  beginProtecting(pass);
  beginSaving(pass);
  pass.phase = runs ? PHASE_COPY : PHASE_PROTECT;
  return true;
}

/**
 * Adds a run of pages to a pass that saves only the pages it is given. Returns the page that it has come to: before `end`
 * if the request ring has no more room for runs of zeros.
 */
export function pendPages(region: u32, first: u32, end: u32): u32 {
  const pass = ofRegion(region);
  let page = first;
  for (; page < end && requestRoom() > REQUESTS_KEPT; page++) {
    if (page == first || (page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
    const entry = entryOf(pass, page);
    if (entry == 0 || isZeros(pass, entry, page)) reportZeros(pass, page);
    else setPending(pass, entry);
  }
  flushZeros(pass);
  return page;
}

/** Saves these pages before all others. */
export function urgePages(region: u32, first: u32, end: u32): void {
  const pass = passOf(region);
  if (pass === null) return;
  for (let page = first; page < end; page++) {
    if (page == first || (page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
    const entry = findEntry(region, page);
    if (entry != 0 && mustSave(entry)) urge(pass, page);
  }
}

/** What was in these slots is needed no more. The pass may have ended meanwhile, and its record be free. */
export function releaseSlots(region: u32, first: u32, slots: u32): void {
  const pass = passOf(region);
  if (pass !== null) freeCells(pass, first, slots);
}

function ofRegion(region: u32): Pass {
  const pass = passOf(region);
  check(pass !== null, 'the region has a pass');
  return pass!;
}

/** None if the region has no pass. */
export function passPhase(region: u32): u32 {
  const pass = passOf(region);
  return pass === null ? PHASE_NONE : pass.phase;
}

export function passTaken(region: u32): u32 {
  return ofRegion(region).takenPages;
}

export function passPending(region: u32): u32 {
  return ofRegion(region).pendingCount;
}

export function passSlotsPeak(region: u32): u32 {
  return ofRegion(region).cellsPeak;
}

export function passSlotsInUse(region: u32): u32 {
  return ofRegion(region).cellsInUse;
}

/** The page, plus 1, that a pass has failed on; its cause and errno. */
export function passFailedPage(region: u32): u32 {
  return ofRegion(region).failedPage + 1;
}

export function passFailedCause(region: u32): u32 {
  return ofRegion(region).failedCause;
}

export function passFailedErrno(region: u32): u32 {
  return ofRegion(region).failedErrno;
}

/** The first page from `from` on that is still to be saved (`pending`; all ones: none), or that is not (the region's end: none). */
export function nextPending(region: u32, from: u32, pending: bool): u32 {
  const end = endOf(region);
  for (let page = from; page < end; page++) {
    if (page == from || (page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
    const entry = findEntry(region, page);
    if (entry == 0) {
      if (!pending) return page;
      page |= LEAF_PAGES - 1;
    } else if (((flagsOf(entry) & (PAGE_PENDING | PAGE_SAVING)) != 0) == pending) {
      return page;
    }
  }
  return pending ? NO_FRAME : end;
}

/** Ends the region's pass, whatever its phase; steps finish it until its phase is none. A held region stays held. */
export function endPass(region: u32): void {
  const pass = passOf(region);
  if (pass === null || pass.phase == PHASE_NONE || pass.phase == PHASE_ENDING) return;
  if (pass.phase == PHASE_DONE && (pass.held || (pass.options & PASS_TRACK) != 0)) return ended(pass);
  beginEnding(pass, !pass.held, false);
}

/** Releases the region if it is held; steps wake its threads until the phase is none. */
export function releaseHeld(region: u32): void {
  const pass = passOf(region);
  if (pass === null || !pass.held) return;
  if (pass.phase == PHASE_NONE) beginGuard(pass);
  pass.held = false;
  beginEnding(pass, true, true);
}

/** The region is about to be closed: drops its pass. */
export function dropPass(region: u32): void {
  forgetPass(region);
}

function ended(pass: Pass): void {
  pass.phase = PHASE_NONE;
  const region = pass.region;
  freePass(pass);
  if (isSpace(region) && passOf(region) === null) releaseLeaves(region);
}

function beginEnding(pass: Pass, unguard: bool, wake: bool): void {
  pass.phase = PHASE_ENDING;
  pass.cursor = 0;
  pass.unguards = unguard;
  pass.wakes = wake;
}

// ---- ending

function advanceEnding(pass: Pass): void {
  const end = endOf(pass.region);
  const budget = scanBudget();
  let looks: u32 = 0;
  let first: u32 = 0;
  let pages: u32 = 0;
  const room = commandRoom();
  const leastRoom = max<u32>(1024, room > MAX_RUNS ? room - MAX_RUNS : 0);
  while (pass.cursor < end && looks < budget && commandRoom() > leastRoom) {
    const entry = findEntry(pass.region, pass.cursor);
    if (entry == 0) {
      looks += 8;
      pass.cursor = nextLeaf(pass.cursor);
      continue;
    }
    looks += SCAN_COST_CHANGED;
    clearPending(pass, entry);
    // A pinned page that was kept out while its region was held must be resident again.
    const staysIn = pass.wakes && (flagsOf(entry) & PAGE_PINNED) != 0;
    if (staysIn && stateOf(entry) == PAGE_STAGED) restore(entry, 0, false);
    // Its frame was reused; if none is free now, the next touch loads the page.
    else if (staysIn && isAbsent(stateOf(entry))) fetch(pass.region, pass.cursor, entry, 1, 0, false);
    const guarded = (flagsOf(entry) & PAGE_GUARDED) != 0;
    if (pass.unguards) {
      if (guarded) clearFlag(entry, PAGE_BLOCKED_WRITER);
      clearFlag(entry, PAGE_GUARDED | PAGE_KEPT);
    }
    const follow =
      pages > 0 && pass.cursor == first + pages && !isSplit(pass.region) && follows(pass.region, pass.cursor);
    if (pages > 0 && !(follow && guarded)) {
      open(pass.region, first, pages);
      pages = 0;
    }
    if (pass.unguards && guarded) {
      if (pages == 0) first = pass.cursor;
      pages++;
    }
    pass.cursor = pass.cursor + 1;
  }
  if (pages > 0) open(pass.region, first, pages);
  if (pass.cursor < end) return;
  if (pass.wakes) wakeAll(pass);
  ended(pass);
}

// Faults on a held region were not answered: wake the threads, so that they re-fault.
function wakeAll(pass: Pass): void {
  const pages = endOf(pass.region);
  if (!isSplit(pass.region)) {
    overRun(OP_WAKE, PURPOSE_NONE, pass.region, 0, pages);
    return;
  }
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  let first: u32 = 0;
  for (let page: u32 = 1; page <= pages; page++) {
    if (page < pages && pageAddress(pass.region, page) == pageAddress(pass.region, page - 1) + size) continue;
    if (pageAddress(pass.region, first) < NOWHERE) overRun(OP_WAKE, PURPOSE_NONE, pass.region, first, page - first);
    first = page;
  }
}

/** Whether another step would advance a pass. */
export function passesAdvance(): bool {
  for (let left = load<u32>(PASS_MASK_AT); left != 0; left &= left - 1) {
    const pass = passAt(ctz(left));
    const phase = pass.phase;
    if (phase == PHASE_PROTECT || phase == PHASE_HOLD || phase == PHASE_ENDING) return true;
    if (phase == PHASE_COPY && !isWaiting(pass)) return true;
  }
  return false;
}

/** Advances each pass; called once per step. Afterwards PASS_AT says whether any can advance further. */
export function advancePasses(): void {
  let left = load<u32>(PASS_MASK_AT);
  if (left == 0) return;
  growSaves();
  for (; left != 0; left &= left - 1) {
    const pass = passAt(ctz(left));
    if (pass.phase == PHASE_PROTECT) advanceProtect(pass);
    else if (pass.phase == PHASE_COPY) advanceCopy(pass);
    else if (pass.phase == PHASE_ENDING) advanceEnding(pass);
  }
  noteWaits();
}
