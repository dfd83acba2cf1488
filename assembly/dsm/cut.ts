// A cut: all pages of a region as they are at one instant, for one node, which gets the bytes of each. One at a time.
//
//          homeCut                                     instant                          homeCutEnd
//   NONE ─────────▶ AHEAD ───────────▶ GATHERING ───────────────▶ COPYING ───────────────────────▶ ENDING ───▶ NONE
//                   pages in M are     no exclusive grant begins;  a page is copied before its      grants that
//                   recalled           pages in M are recalled     next exclusive grant             wait go on
//
// `homeCutStep` walks over all pages in each phase but NONE. At the instant no page is in M, so no node can write; and the store has the bytes of
// all pages. A page that has not been copied has a mark, and no node gets it for itself before it is copied:
//
//   mark      GATHERING                      COPYING
//   NONE      the walk has not been there    copied, or lost
//   AWAITED   in M: its bytes are recalled   -
//   LACKED    in U or S                      in U or S: not copied yet
//   WANTED    -                              as LACKED; the node has asked for it, and a transaction has to end first
//
// A request to write waits in HELD: before the instant for it, without an INV, so that nodes that have copies read them; after it, with the bytes in hand, until
// the node has room for them.
import {
  BREAK_CUT_HOLD,
  BREAK_CUT_MARK,
  CUT_AHEAD,
  CUT_AWAITED,
  CUT_COPYING,
  CUT_ENDING,
  CUT_GATHERING,
  CUT_LACKED,
  CUT_NONE,
  CUT_WANTED,
  DO_READ,
  DO_ROOM,
  FLAG_BYTES,
  FLAG_STORE,
  HOME_CUT_AT,
  HOME_L,
  HOME_M,
  HOME_OWNER_AT,
  HOME_PENDING_AT,
  HOME_PHASE_AT,
  HOME_STATE_AT,
  HOME_VERSION_AT,
  MESSAGE_COPIED,
  MESSAGE_COPY,
  MESSAGE_CUT,
  MESSAGE_NO_COPY,
  NO_NODE,
  PHASE_ACKS,
  PHASE_HELD,
  PHASE_IDLE,
  PHASE_LOADING,
} from './layout';
import { bitOf, BREAKS_AT, homeEntry, MEMBERS_AT, RECOVERING_AT } from './directory';
import { begin, inHand, phaseOf, remind } from './transaction';
import { operation, send } from './out';

// ---- in the header of the home -------------------------------------------------------------------------------------
const CUT_PHASE_AT = 36;
export const CUT_NODE_AT = 40;
/** The page where the walk goes on. */
export const CUT_NEXT_AT = 44;
/** Pages that are AWAITED. */
export const CUT_LEFT_AT = 48;
export const CUT_REQ_AT = 52;

// @ts-ignore: decorator
@inline
export function cutPhase(at: usize): u32 {
  return load<u32>(at, CUT_PHASE_AT);
}

export function enter(at: usize, phase: u32): void {
  store<u32>(at, phase, CUT_PHASE_AT);
  store<u32>(at, 0, CUT_NEXT_AT);
}

/** Begins a cut for `node`, which calls it `req`. False: there is one, or the home does not know its pages yet. Call `homeCutStep` then, and after all calls until the end. */
export function homeCut(at: usize, node: u32, req: u32): bool {
  if (cutPhase(at) != CUT_NONE || load<u32>(at, RECOVERING_AT) != 0) return false;
  if ((load<u64>(at, MEMBERS_AT) & bitOf(node)) == 0) return false;
  store<u32>(at, node, CUT_NODE_AT);
  store<u32>(at, req, CUT_REQ_AT);
  store<u32>(at, 0, CUT_LEFT_AT);
  enter(at, CUT_AHEAD);
  return true;
}

/** The cut is over, whether it is whole or not. Call `homeCutStep` then until it returns false. */
export function homeCutEnd(at: usize): void {
  if (cutPhase(at) == CUT_NONE) return;
  store<u32>(at, 0, CUT_LEFT_AT);
  enter(at, CUT_ENDING);
}

/** The page is not in M, and will not be before the instant. */
export function settle(at: usize, entry: usize, page: u32): void {
  const isLost = load<u8>(entry, HOME_STATE_AT) == HOME_L;
  store<u8>(entry, isLost ? 0 : CUT_LACKED, HOME_CUT_AT);
  if (isLost) sayNoCopy(at, page, 0);
}

function sayNoCopy(at: usize, page: u32, flags: u32): void {
  send(MESSAGE_NO_COPY, load<u32>(at, CUT_NODE_AT), page, 0, load<u32>(at, CUT_REQ_AT), 0, flags);
}

/** To S: the owner may go on reading. */
export function recall(entry: usize, page: u32): void {
  const owner = load<u8>(entry, HOME_OWNER_AT);
  begin(entry, NO_NODE, MESSAGE_CUT, 0, false);
  store<u64>(entry, bitOf(owner), HOME_PENDING_AT);
  store<u8>(entry, PHASE_ACKS, HOME_PHASE_AT);
  remind(entry, page, owner);
}

/** The page may have left M. */
export function leftM(at: usize, entry: usize, page: u32): void {
  if (load<u8>(entry, HOME_CUT_AT) != CUT_AWAITED || load<u8>(entry, HOME_STATE_AT) == HOME_M) return;
  store<u32>(at, load<u32>(at, CUT_LEFT_AT) - 1, CUT_LEFT_AT);
  store<u8>(entry, 0, HOME_CUT_AT);
  // Where the walk of GATHERING has not been, it comes.
  if (cutPhase(at) == CUT_GATHERING && page < load<u32>(at, CUT_NEXT_AT)) settle(at, entry, page);
}

/** Whether a request to write waits for the instant, without having begun. */
export function waitsForInstant(at: usize): bool {
  return cutPhase(at) == CUT_GATHERING && (load<u32>(at, BREAKS_AT) & BREAK_CUT_HOLD) == 0;
}

/** Whether the exclusive grant that is ready has to wait: for the instant, or until the page has been copied. */
export function holds(at: usize, entry: usize, page: u32): bool {
  const isLacked =
    cutPhase(at) == CUT_COPYING &&
    load<u8>(entry, HOME_CUT_AT) != 0 &&
    (load<u32>(at, BREAKS_AT) & BREAK_CUT_MARK) == 0;
  if (!isLacked && !waitsForInstant(at)) return false;
  if (isLacked && !inHand(entry)) {
    store<u8>(entry, PHASE_LOADING, HOME_PHASE_AT);
    operation(DO_READ, page);
    return true;
  }
  store<u8>(entry, PHASE_HELD, HOME_PHASE_AT);
  if (isLacked) operation(DO_ROOM, page);
  return true;
}

/** The bytes in hand are those of the instant. */
export function sendCopy(at: usize, entry: usize, page: u32, flags: u32): void {
  if (cutPhase(at) != CUT_COPYING || load<u8>(entry, HOME_CUT_AT) == 0) return;
  store<u8>(entry, 0, HOME_CUT_AT);
  const version = load<u64>(entry, HOME_VERSION_AT);
  send(MESSAGE_COPIED, load<u32>(at, CUT_NODE_AT), page, 0, load<u32>(at, CUT_REQ_AT), version, FLAG_BYTES | flags);
}

/** The store gives no bytes of the page. */
export function copyFailed(at: usize, entry: usize, page: u32): void {
  if (cutPhase(at) != CUT_COPYING || load<u8>(entry, HOME_CUT_AT) == 0) return;
  store<u8>(entry, 0, HOME_CUT_AT);
  sayNoCopy(at, page, FLAG_STORE);
}

/** The node asks for a page's bytes. They may be on their way already. */
export function homeCutWant(at: usize, node: u32, page: u32, req: u32): void {
  if (cutPhase(at) != CUT_COPYING || node != load<u32>(at, CUT_NODE_AT) || req != load<u32>(at, CUT_REQ_AT)) return;
  const entry = homeEntry(at, page);
  if (load<u8>(entry, HOME_CUT_AT) != CUT_LACKED) return;
  store<u8>(entry, CUT_WANTED, HOME_CUT_AT);
  if (phaseOf(entry) == PHASE_IDLE) serveCut(at, entry, page);
}

/** The page is idle: begins what the cut needs of it. False: nothing. */
export function serveCut(at: usize, entry: usize, page: u32): bool {
  const mark = load<u8>(entry, HOME_CUT_AT);
  if (mark == CUT_AWAITED && load<u8>(entry, HOME_STATE_AT) == HOME_M) {
    recall(entry, page);
    return true;
  }
  if (mark != CUT_WANTED) return false;
  begin(entry, NO_NODE, MESSAGE_COPY, 0, false);
  store<u8>(entry, PHASE_LOADING, HOME_PHASE_AT);
  operation(DO_READ, page);
  return true;
}
