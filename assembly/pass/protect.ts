// How a pass reaches its instant: it write-protects pages while threads run, then protects again those that were written to
// since. When these are few, one step protects the rest and does nothing else: that is the instant.
import { PASS_CHANGED_ONLY, PASS_HOLD, PASS_SETTLE, PASS_TRACK, PHASE_COPY, PHASE_HOLD, PHASE_PROTECT } from '../codes';
import { REQUESTS_KEPT } from './cells';
import { NO_FRAME } from '../books/frame';
import { clearLists, clearPending, failPass, noteOpened, opened, openedPage, overRun, setPending } from './protection';
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
import { findEntry, frameOf } from '../books/page-table';
import { flagsOf, setFlag } from '../books/queue';
import { follows, isSplit } from '../books/region';
import { commandRoom, requestRoom } from '../ring';
import { isResident, stateOf } from '../books/states';
import { SCAN_COST_CHANGED, endOf, entryOf, flushZeros, isZeros, nextLeaf, reportZeros, scanBudget } from './walk';
import { passAt, passOf } from '../books/passes';
import { Pass } from '../books/records';

/** So few pages opened since they were protected that writers can be stopped for the rest; and the rounds to get there. */
const SMALL_ENOUGH: u32 = 128;
const MAX_ROUNDS: u32 = 8;

export function beginProtecting(pass: Pass): void {
  pass.rounds = 0;
  pass.asked = false;
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
  let looks: u32 = 0;
  while (pass.cursor < end && looks < budget && commandRoom() > 1024 && requestRoom() > REQUESTS_KEPT) {
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
  } else if (pass.openedCount > SMALL_ENOUGH && pass.rounds < MAX_ROUNDS) {
    pass.rounds++;
    guardOpened(pass);
  } else {
    pass.phase = PHASE_HOLD;
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

// Protects the pages that were opened since. A page that cannot be protected now is listed again at settlement.
function guardOpened(pass: Pass): void {
  const pages = pass.openedCount;
  pass.openedCount = 0;
  for (let i: u32 = 0; i < pages; i++) {
    const page = openedPage(pass, i);
    const entry = findEntry(pass.region, page);
    if (entry == 0 || !isResident(stateOf(entry)) || (flagsOf(entry) & PAGE_GUARDED) != 0) continue;
    if (commandRoom() > 1024) guard(pass, page);
    else noteOpened(pass, page);
  }
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

/** First call in a step. True while the last pages of a pass are being protected: then the step must do nothing else. */
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
  // Pages that could not be protected wait for events, which an ordinary step takes.
  pass.asked = !pass.asked;
  if (pass.asked) guardOpened(pass);
  return pass.asked;
}

// Whether messages that are not faults have been read and are still to be taken.
function hasEvents(): bool {
  const messages = load<u32>(MESSAGE_COUNT_AT);
  for (let i = load<u32>(MESSAGE_TAKEN_AT); i < messages; i++) {
    if (load<u8>(MESSAGES_AT + i * MESSAGE_BYTES) != EVENT_PAGEFAULT) return true;
  }
  return false;
}
