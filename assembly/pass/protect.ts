// How a pass reaches its instant: it write-protects pages while threads run, then protects again those that were written to
// since, slice by slice. A step that protects a slice does nothing else, so each thread that writes to a protected page waits;
// between two slices a step lets each of them write once. So a slice protects more pages than are opened after it, and the
// last one leaves none: that is the instant (decisions/0058-slices.md).
import { PASS_CHANGED_ONLY, PASS_HOLD, PASS_SETTLE, PASS_TRACK, PHASE_COPY, PHASE_HOLD, PHASE_PROTECT } from '../codes';
import { REQUESTS_KEPT } from './cells';
import { NO_FRAME } from '../books/frame';
import {
  clearLists,
  clearPending,
  dropOpened,
  failPass,
  noteOpened,
  openedPage,
  overRun,
  setPending,
} from './protection';
import {
  CAUSE_INSTALL,
  CAUSE_READ,
  COMMAND_COUNT_AT,
  COMMAND_ERRNO_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_PAGE_AT,
  COMMAND_REGION_AT,
  OP_PROTECT,
  OUTCOME_CHANGING,
  OUTCOME_DONE,
  OUTCOME_GONE,
  PAGE_FAILED,
  PAGE_GUARDED,
  PAGE_KEPT,
  PAGE_WRITING,
  PASS_MASK_AT,
  PURPOSE_GUARD,
  RETRY_AT,
  EVENT_PAGEFAULT,
  MESSAGE_BYTES,
  MESSAGE_COUNT_AT,
  MESSAGE_TAKEN_AT,
  MESSAGES_AT,
} from '../layout';
import { endOf, findEntry, frameOf, nextLeaf } from '../books/page-table';
import { flagsOf, setFlag } from '../books/queue';
import { follows, isSplit } from '../books/region';
import { commandRoom, requestRoom } from '../ring';
import { isResident, stateOf } from '../books/states';
import { SCAN_COST_CHANGED, entryOf, flushZeros, isZeros, reportZeros, scanBudget } from './walk';
import { passAt, passOf } from '../books/passes';
import { PASS_OPENED_LIMIT, Pass } from '../books/records';

/** Opened pages that the first slice protects. Each costs a system call that interrupts other CPUs, some 10 µs. */
const FIRST_SLICE: u32 = 16;
/** Most commands that one step of the walk issues, for the same reason. */
export const MAX_RUNS: u32 = 32;

export function beginProtecting(pass: Pass): void {
  pass.slice = FIRST_SLICE;
  pass.slicing = false;
}

function guard(pass: Pass, page: u32): void {
  if (
    pass.guardCount > 0 &&
    page == pass.guardPage + pass.guardCount &&
    !isSplit(pass.region) &&
    follows(pass.region, page)
  ) {
    pass.guardCount++;
    return;
  }
  flushGuard(pass);
  pass.guardPage = page;
  pass.guardCount = 1;
}

function flushGuard(pass: Pass): void {
  if (pass.guardCount > 0) overRun(OP_PROTECT, PURPOSE_GUARD, pass.region, pass.guardPage, pass.guardCount);
  pass.guardCount = 0;
}

/** Advances the protect phase; called once per step. */
export function advanceProtect(pass: Pass): void {
  const end = endOf(pass.region);
  const budget = scanBudget();
  const room = commandRoom();
  const leastRoom = max<u32>(1024, room > MAX_RUNS ? room - MAX_RUNS : 0);
  let looks: u32 = 0;
  while (pass.cursor < end && looks < budget && commandRoom() > leastRoom && requestRoom() > REQUESTS_KEPT) {
    const entry = entryOf(pass, pass.cursor);
    if (entry == 0) {
      looks += 8;
      pass.cursor = nextLeaf(pass.cursor);
      continue;
    }
    looks += planPage(pass, entry, pass.cursor) ? SCAN_COST_CHANGED : 1;
    pass.cursor = pass.cursor + 1;
  }
  flushGuard(pass);
  flushZeros(pass);
  if (pass.cursor < end || pass.phase != PHASE_PROTECT) return;
  if (pass.openedMore) {
    clearLists(pass);
    pass.cursor = 0;
  } else {
    pass.phase = PHASE_HOLD;
    pass.fewestOpened = PASS_OPENED_LIMIT;
  }
}

// Whether something must be done about the page.
function planPage(pass: Pass, entry: usize, page: u32): bool {
  const flags = flagsOf(entry);
  const same = (flags & PAGE_KEPT) != 0 && (pass.options & PASS_CHANGED_ONLY) != 0;
  // The common case: resident, protected, unchanged.
  if (same && (flags & PAGE_GUARDED) != 0) return false;
  const state = stateOf(entry);
  if (isZeros(pass, entry, page)) {
    clearPending(pass, entry);
    if (!same) reportZeros(pass, page);
    if ((pass.options & PASS_TRACK) != 0) setFlag(entry, PAGE_KEPT);
    return !same;
  }
  if (state == PAGE_FAILED) {
    failPass(pass, page, CAUSE_READ, 0);
    return true;
  }
  if (!same) setPending(pass, entry);
  if (!isResident(state)) return !same;
  if ((flagsOf(entry) & PAGE_GUARDED) != 0) {
    // Protected since an earlier pass: its content stays what this pass saves, until a write opens it.
    if ((pass.options & PASS_SETTLE) != 0) setFlag(entry, PAGE_KEPT);
    return !same;
  }
  // A command of this very step moves it out: `staged` handles the rest.
  if (state == PAGE_WRITING || frameOf(entry) == NO_FRAME) guard(pass, page);
  return true;
}

// Protects the pages that were opened first. A page that cannot be protected now is listed again at settlement.
function guardSlice(pass: Pass): void {
  if (pass.openedCount < pass.fewestOpened) pass.fewestOpened = pass.openedCount;
  // As many were opened as the last slice protected: so many threads write.
  else pass.slice = min(pass.slice << 1, PASS_OPENED_LIMIT);
  const pages = pass.openedCount;
  let guarded: u32 = 0;
  let i: u32 = 0;
  for (; i < pages && guarded < pass.slice && commandRoom() > 1024; i++) {
    const page = openedPage(pass, i);
    const entry = findEntry(pass.region, page);
    if (entry == 0 || !isResident(stateOf(entry)) || (flagsOf(entry) & PAGE_GUARDED) != 0) continue;
    guard(pass, page);
    guarded++;
  }
  dropOpened(pass, i);
  flushGuard(pass);
}

/** Settles a protection. */
export function guarded(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const pass = passOf(region);
  const outcome: u32 = load<u16>(at, COMMAND_OUTCOME_AT);
  if (outcome == OUTCOME_GONE && pages > 1) {
    // The run may cross two mappings.
    for (let i: u32 = 0; i < pages; i++) overRun(OP_PROTECT, PURPOSE_GUARD, region, page + i, 1);
    return;
  }
  for (let i: u32 = 0; i < pages; i++) {
    const entry = findEntry(region, page + i);
    if (entry == 0 || !isResident(stateOf(entry))) continue;
    if (outcome == OUTCOME_DONE) setFlag(entry, PAGE_GUARDED);
    else if (pass !== null) noteOpened(pass, page + i);
  }
  if (outcome == OUTCOME_DONE) return;
  store<u32>(RETRY_AT, 1);
  if (pass !== null && outcome != OUTCOME_CHANGING && outcome != OUTCOME_GONE) {
    failPass(pass, page, CAUSE_INSTALL, load<u32>(at, COMMAND_ERRNO_AT));
  }
}

/** First call in a step. True if the step protects a slice of the last pages of a pass: then it must do nothing else. */
export function makeInstant(): bool {
  for (let left = load<u32>(PASS_MASK_AT); left != 0; left &= left - 1) {
    const pass = passAt(ctz(left));
    if (pass.phase == PHASE_HOLD && protectLast(pass)) return true;
  }
  return false;
}

function protectLast(pass: Pass): bool {
  if (pass.openedMore) {
    clearLists(pass);
    pass.cursor = 0;
    pass.phase = PHASE_PROTECT;
    return false;
  }
  if (pass.openedCount == 0) {
    // A call whose event has been read may have returned: its effect comes before the instant.
    if (hasEvents()) return false;
    clearLists(pass);
    pass.cursor = 0;
    pass.phase = PHASE_COPY;
    if ((pass.options & PASS_HOLD) != 0) pass.held = true;
    return false;
  }
  // Every other step is an ordinary one: it lets writers write, and takes events that pages wait for which the kernel would
  // not protect.
  pass.slicing = !pass.slicing;
  if (pass.slicing) guardSlice(pass);
  return pass.slicing;
}

// Whether messages that are not faults have been read and are still to be taken.
function hasEvents(): bool {
  const messages = load<u32>(MESSAGE_COUNT_AT);
  for (let i = load<u32>(MESSAGE_TAKEN_AT); i < messages; i++) {
    if (load<u8>(MESSAGES_AT + i * MESSAGE_BYTES) != EVENT_PAGEFAULT) return true;
  }
  return false;
}
