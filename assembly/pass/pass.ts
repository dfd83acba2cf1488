// Drives a pass through its phases; protection.ts explains them, and what happens to pages meanwhile.
//
//   begin ─▶ PROTECT ──walk, then the pages opened since, until they are few──▶ HOLD ──▶ COPY ──none pending──▶ DONE
//                                                                                          └── lost, failed ──▶ FAILED
//   end, from any of them ─▶ ENDING ─▶ none
import { PASS_RUNS, PASS_TRACK, PHASE_COPY, PHASE_DONE, PHASE_ENDING, PHASE_NONE, PHASE_PROTECT } from '../codes';
import { freeCells, openBuffer } from './cells';
import { check } from '../check';
import { restore } from '../paging/evict';
import { NOWHERE } from '../books/extent';
import { fetch, isAbsent } from '../paging/fill';
import { NO_FRAME } from '../books/frame';
import { beginGuard, clearPending, mustSave, open, overRun, setPending, setPhase, urge } from './protection';
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
  PASS_AT,
  PURPOSE_NONE,
} from '../layout';
import { findEntry } from '../books/page-table';
import { beginProtecting, advanceProtect } from './protect';
import { clearFlag, flagsOf } from '../books/queue';
import { follows, isSplit, pageAddress } from '../books/region';
import { commandRoom } from '../ring';
import { beginSaving, advanceCopy } from './copy';
import { stateOf } from '../books/states';
import {
  SCAN_BUDGET,
  SCAN_COST_CHANGED,
  beginWalk,
  endOf,
  entryOf,
  flushZeros,
  isZeros,
  nextLeaf,
  reportZeros,
} from './walk';
import { pass } from '../books/records';

/**
 * Begins a pass over an open region; there must be none. The buffer, at this address, has so many slots of a page.
 * Steps advance it; see `passPhase`, `endPass`.
 */
export function beginPass(region: u32, slots: u32, addressLow: u32, addressHigh: u32, flags: u32): void {
  check(pass.phase == PHASE_NONE, 'one pass at a time');
  const runs = (flags & PASS_RUNS) != 0;
  check((pass.heldRegion == region) == runs, 'a held region is passed by runs, and no other is');
  openBuffer(slots, ((<u64>addressHigh) << 32) | (<u64>addressLow));
  beginGuard(region);
  beginWalk(flags);
  beginProtecting();
  beginSaving();
  setPhase(runs ? PHASE_COPY : PHASE_PROTECT);
}

/** Adds a run of pages to a pass that saves only the pages it is given. */
export function pendPages(first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const entry = entryOf(pass.region, page);
    if (entry == 0 || isZeros(entry, page)) reportZeros(page);
    else setPending(entry);
  }
  flushZeros();
}

/** Saves these pages before all others. */
export function urgePages(first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const entry = findEntry(pass.region, page);
    if (entry != 0 && mustSave(entry)) urge(page);
  }
}

/** What was in these slots is needed no more. */
export function releaseSlots(first: u32, slots: u32): void {
  freeCells(first, slots);
}

export function passPhase(): u32 {
  return pass.phase;
}

export function passTaken(): u32 {
  return pass.takenPages;
}

export function passPending(): u32 {
  return pass.pendingCount;
}

export function passSlotsPeak(): u32 {
  return pass.cellsPeak;
}

export function passSlotsInUse(): u32 {
  return pass.cellsInUse;
}

/** The page, plus 1, that a pass has failed on; its cause and errno. */
export function passFailedPage(): u32 {
  return pass.failedPage + 1;
}

export function passFailedCause(): u32 {
  return pass.failedCause;
}

export function passFailedErrno(): u32 {
  return pass.failedErrno;
}

/** The first page from `from` on that is still to be saved; all ones if there is none. */
export function nextPending(from: u32, pending: bool): u32 {
  const end = endOf(pass.region);
  for (let page = from; page < end; page++) {
    const entry = findEntry(pass.region, page);
    if (entry == 0) {
      if (!pending) return page;
      page |= LEAF_PAGES - 1;
    } else if (((flagsOf(entry) & (PAGE_PENDING | PAGE_SAVING)) != 0) == pending) {
      return page;
    }
  }
  return pending ? NO_FRAME : end;
}

/** Ends the pass, whatever its phase; steps finish it until its phase is none. A held region stays held. */
export function endPass(): void {
  if (pass.phase == PHASE_NONE || pass.phase == PHASE_ENDING) return;
  const held = pass.region == pass.heldRegion;
  if (pass.phase == PHASE_DONE && (held || (pass.options & PASS_TRACK) != 0)) {
    setPhase(PHASE_NONE);
    return;
  }
  beginEnding(!held, false);
}

/** Releases a held region; steps wake its threads until the phase is none. */
export function releaseHeld(): void {
  if (pass.heldRegion == 0) return;
  if (pass.phase == PHASE_NONE) beginGuard(pass.heldRegion);
  pass.heldRegion = 0;
  beginEnding(true, true);
}

/** The region is about to be closed: drops the pass. */
export function dropPass(region: u32): void {
  if (pass.heldRegion == region) pass.heldRegion = 0;
  if (pass.region != region || pass.phase == PHASE_NONE) return;
  setPhase(PHASE_NONE);
}

function beginEnding(unguard: bool, wake: bool): void {
  setPhase(PHASE_ENDING);
  pass.cursor = 0;
  pass.unguards = unguard;
  pass.wakes = wake;
}

// ---- ending

function advanceEnding(): void {
  const end = endOf(pass.region);
  let looks: u32 = 0;
  let first: u32 = 0;
  let pages: u32 = 0;
  while (pass.cursor < end && looks < SCAN_BUDGET && commandRoom() > 1024) {
    const entry = findEntry(pass.region, pass.cursor);
    if (entry == 0) {
      looks += 8;
      pass.cursor = nextLeaf(pass.cursor);
      continue;
    }
    looks += SCAN_COST_CHANGED;
    clearPending(entry);
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
  if (pass.wakes) wakeAll();
  setPhase(PHASE_NONE);
}

// Faults on a held region were not answered: wake the threads, so that they re-fault.
function wakeAll(): void {
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

/** Advances the pass; called once per step. */
export function advancePass(): void {
  if (pass.phase == PHASE_NONE) return;
  if (pass.phase == PHASE_PROTECT) advanceProtect();
  else if (pass.phase == PHASE_COPY) advanceCopy();
  else if (pass.phase == PHASE_ENDING) advanceEnding();
  const waits = pass.phase == PHASE_COPY && (!pass.progress || pass.cellsInUse == pass.cellCount);
  if (pass.phase != PHASE_NONE) store<u32>(PASS_AT, waits ? 2 : 1);
}
