// Records of passes: which region has which. A record is in use from the begin of a pass until its phase is none again, and for as
// long as its region is held. Without any, PASS_MASK is 0: paging looks at that word first.
import { PHASE_COPY, PHASE_NONE } from '../codes';
import { PASS_AT, PASS_BYTES, PASS_LIMIT, PASS_MASK_AT, PASSES_AT, REGION_PASS_AT } from '../layout';
import { check } from '../check';
import { Pass, turn } from './records';
import { regionAt } from './region';

export function passAt(number: u32): Pass {
  return changetype<Pass>(PASSES_AT + number * PASS_BYTES);
}

/** The region's; null: it has none. */
export function passOf(region: u32): Pass | null {
  if (load<u32>(PASS_MASK_AT) == 0) return null;
  const number = load<u32>(regionAt(region), REGION_PASS_AT);
  return number == 0 ? null : passAt(number - 1);
}

/** Whether threads that touch the region block until it is released. */
// @ts-ignore: decorator
@inline
export function isHeld(region: u32): bool {
  return load<u32>(PASS_MASK_AT) != 0 && holds(region);
}

function holds(region: u32): bool {
  const pass = passOf(region);
  return pass !== null && pass.held;
}

/** Whether pages of the region that are pending must be saved before what they hold may change. */
export function isCopied(region: u32): bool {
  const pass = passOf(region);
  return pass !== null && pass.phase == PHASE_COPY;
}

/** The part that is one pass's of what all may do in one step. */
export function sharePerPass(most: u32): u32 {
  return most / max<u32>(1, popcnt(load<u32>(PASS_MASK_AT)));
}

/** A record for the region, which has none; null: all are in use. */
export function takePass(region: u32): Pass | null {
  const mask = load<u32>(PASS_MASK_AT);
  const number = <u32>ctz(~mask);
  if (number >= <u32>PASS_LIMIT) return null;
  store<u32>(PASS_MASK_AT, mask | (1 << number));
  store<u32>(regionAt(region), number + 1, REGION_PASS_AT);
  const pass = passAt(number);
  memory.fill(changetype<usize>(pass), 0, PASS_BYTES);
  pass.region = region;
  return pass;
}

/** Its phase is none. A record whose region is held stays in use. */
export function freePass(pass: Pass): void {
  check(pass.phase == PHASE_NONE, 'a pass that is freed has ended');
  turn.savesUnderWay -= pass.savesUnderWay;
  pass.savesUnderWay = 0;
  if (!pass.held) {
    const at = regionAt(pass.region);
    const number = load<u32>(at, REGION_PASS_AT) - 1;
    store<u32>(at, 0, REGION_PASS_AT);
    store<u32>(PASS_MASK_AT, load<u32>(PASS_MASK_AT) & ~(1 << number));
  }
  noteWaits();
}

/** The region is being closed: its passes end, and no thread is held any more. */
export function forgetPass(region: u32): void {
  const pass = passOf(region);
  if (pass === null) return;
  pass.held = false;
  pass.phase = PHASE_NONE;
  freePass(pass);
}

/** Whether it can go no further before the sink has taken a cell, or a page has arrived. */
export function isWaiting(pass: Pass): bool {
  return pass.phase == PHASE_COPY && (!pass.progress || pass.cellsInUse == pass.cellCount);
}

/** Notes in PASS_AT whether any pass can advance now. */
export function noteWaits(): void {
  let passing: u32 = 0;
  for (let left = load<u32>(PASS_MASK_AT); left != 0; left &= left - 1) {
    const pass = passAt(ctz(left));
    if (pass.phase == PHASE_NONE) continue;
    passing = isWaiting(pass) && passing != 1 ? 2 : 1;
  }
  store<u32>(PASS_AT, passing);
}
