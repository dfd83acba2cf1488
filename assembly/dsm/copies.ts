// A node's entry of each page, and what both its threads and its messages do with it: requests, answers, what is due at Δ.
import {
  FLAG_BYTES,
  FLAG_ALL_ZEROS,
  HEADER_BYTES,
  MESSAGE_ACK,
  MESSAGE_AHEAD,
  MESSAGE_DATA,
  MESSAGE_GET,
  MESSAGE_OWN,
  MESSAGE_PUT,
  NODE_DUE_AT,
  NODE_DUE_TXN_AT,
  NODE_ENTRY_BYTES,
  NODE_F,
  NODE_HAND_OFFS_AT,
  NODE_I,
  NODE_IM,
  NODE_IS,
  NODE_M,
  NODE_MI,
  NODE_REQ_AT,
  NODE_S,
  NODE_SHIFT_AT,
  NODE_SINCE_AT,
  NODE_SM,
  NODE_VERSION_AT,
  NODE_WANT_AT,
  NODE_ZEROS_AT,
  WANT_DISCARD,
  DO_DISCARD,
  DO_FORGET,
  DO_PROTECT,
  DO_SAVE,
  DO_ZAP,
} from './layout';
import { holdUntil, NEEDS_NO_BYTES, operation, send } from './out';
import {
  STEP_DISCARD,
  STEP_INV,
  STEP_READ,
  STEP_RECALL_I,
  STEP_RECALL_S,
  STEP_WRITE,
  stateOf,
  transition,
} from './states';

// ---- the header of a node ------------------------------------------------------------------------------------------
export const PAGES_AT = 0;
const NEXT_REQ_AT = 4;
const FROZEN_AT = 8;
/** Pages in M are put when Δ has passed. */
const THROUGH_AT = 12;
const HOLD_AT = 16;

export const WANT_NOTHING: u8 = 0;
export const WANT_READ: u8 = 1;
export const WANT_WRITE: u8 = 2;
export const DUE_NOTHING: u8 = 0;
export const DUE_INV: u8 = 1;
export const DUE_RECALL_S: u8 = 2;
export const DUE_RECALL_I: u8 = 3;
export const DUE_PUT: u8 = 4;
const MAX_SHIFT = 4;

export function nodeBytes(pages: u32): usize {
  return <usize>HEADER_BYTES + <usize>pages * NODE_ENTRY_BYTES;
}

/** A node at `at`, in zeroed memory of `nodeBytes`. @param hold Δ in milliseconds @param through what is written goes to the home by itself after Δ */
export function nodeBegin(at: usize, pages: u32, hold: f64, through: bool): void {
  store<u32>(at, pages, PAGES_AT);
  store<f64>(at, hold, HOLD_AT);
  store<u32>(at, <u32>through, THROUGH_AT);
}

export function nodeEntry(at: usize, page: u32): usize {
  return at + HEADER_BYTES + <usize>page * NODE_ENTRY_BYTES;
}

/** Until it is thawed, no page is installed. */
export function nodeSetFrozen(at: usize, frozen: bool): void {
  store<u32>(at, <u32>frozen, FROZEN_AT);
}

// @ts-ignore: decorator
@inline
export function isFrozen(at: usize): bool {
  return load<u32>(at, FROZEN_AT) != 0;
}

// @ts-ignore: decorator
@inline
export function isThrough(at: usize): bool {
  return load<u32>(at, THROUGH_AT) != 0;
}

export function request(at: usize, entry: usize, page: u32): void {
  let req = load<u32>(entry, NODE_REQ_AT);
  if (req == 0) {
    req = load<u32>(at, NEXT_REQ_AT) + 1;
    // 0 is no request.
    if (req == 0) req = 1;
    store<u32>(at, req, NEXT_REQ_AT);
    store<u32>(entry, req, NODE_REQ_AT);
  }
  const state = stateOf(entry);
  const want = load<u8>(entry, NODE_WANT_AT);
  let have: u64 = state == NODE_SM ? load<u64>(entry, NODE_VERSION_AT) : 0;
  if (want == WANT_DISCARD) have = NEEDS_NO_BYTES;
  // In IS without a wish of a thread the page is asked for ahead.
  const read = want == WANT_NOTHING ? MESSAGE_AHEAD : MESSAGE_GET;
  send(state == NODE_IS ? read : MESSAGE_OWN, 0, page, 0, req, have, 0);
}

/** Goes on with what threads wait for, if a state that does not wait has been reached. */
export function pursue(at: usize, entry: usize, page: u32): void {
  if (isFrozen(at)) return;
  const want = load<u8>(entry, NODE_WANT_AT);
  const state = stateOf(entry);
  if (state == NODE_S && want < WANT_WRITE) store<u8>(entry, WANT_NOTHING, NODE_WANT_AT);
  else if (want != WANT_NOTHING && (state == NODE_I || state == NODE_S)) {
    transition(entry, want >= WANT_WRITE ? STEP_WRITE : STEP_READ);
    request(at, entry, page);
  }
}

/** Drops a copy of bytes that the home has; an INV that waits for Δ is answered. */
export function giveUp(at: usize, entry: usize, page: u32): void {
  const state = stateOf(entry);
  if (state == NODE_I || state == NODE_IS || state == NODE_IM) return;
  operation(state == NODE_MI ? DO_FORGET : DO_ZAP, page);
  transition(entry, STEP_INV);
  if (load<u8>(entry, NODE_DUE_AT) != DUE_NOTHING) {
    store<u8>(entry, DUE_NOTHING, NODE_DUE_AT);
    send(MESSAGE_ACK, 0, page, load<u32>(entry, NODE_DUE_TXN_AT), 0, 0, 0);
  }
}

export function holdOf(at: usize, entry: usize): f64 {
  return load<f64>(at, HOLD_AT) * <f64>(1 << load<u8>(entry, NODE_SHIFT_AT));
}

/** Whether the page was granted less than Δ ago; then its answer is due later. */
export function mustHold(at: usize, entry: usize, page: u32, due: u8, txn: u32, now: f64): bool {
  const until = load<f64>(entry, NODE_SINCE_AT) + holdOf(at, entry);
  if (now >= until) return false;
  store<u8>(entry, due, NODE_DUE_AT);
  store<u32>(entry, txn, NODE_DUE_TXN_AT);
  holdUntil(page, until);
  return true;
}

/** The page is in M from now on. */
export function putLater(at: usize, entry: usize, page: u32): void {
  if (!isThrough(at)) return;
  store<u8>(entry, DUE_PUT, NODE_DUE_AT);
  holdUntil(page, load<f64>(entry, NODE_SINCE_AT) + holdOf(at, entry));
}

export function answerRecall(at: usize, entry: usize, page: u32, due: u8, now: f64): void {
  const state = stateOf(entry);
  store<u8>(entry, DUE_NOTHING, NODE_DUE_AT);
  if (state == NODE_M || state == NODE_F) handOff(entry);
  if (state == NODE_M) {
    const soon = now - load<f64>(entry, NODE_SINCE_AT) < 2 * holdOf(at, entry);
    const shift = load<u8>(entry, NODE_SHIFT_AT);
    store<u8>(entry, soon ? <u8>min<u32>(MAX_SHIFT, shift + 1) : 0, NODE_SHIFT_AT);
  }
  if (due == DUE_RECALL_S) {
    if (state == NODE_M) operation(DO_PROTECT, page);
    if (state == NODE_M || state == NODE_F) transition(entry, STEP_RECALL_S);
  } else if (state != NODE_MI) {
    if (state != NODE_F) operation(DO_SAVE, page);
    transition(entry, STEP_RECALL_I);
  }
  sendData(entry, page);
}

/** Another node gets the page that this one owns. */
function handOff(entry: usize): void {
  store<u32>(entry, load<u32>(entry, NODE_HAND_OFFS_AT) + 1, NODE_HAND_OFFS_AT);
}

/** Makes a page in M or F zeros, and sends that; a RECALL that waits for Δ is answered by it. */
export function discard(entry: usize, page: u32): void {
  operation(DO_DISCARD, page);
  transition(entry, STEP_DISCARD);
  store<u8>(entry, 1, NODE_ZEROS_AT);
  // A thread that waits to read or write touches the page again.
  store<u8>(entry, WANT_NOTHING, NODE_WANT_AT);
  const due = load<u8>(entry, NODE_DUE_AT);
  store<u8>(entry, DUE_NOTHING, NODE_DUE_AT);
  if (due == DUE_RECALL_S || due == DUE_RECALL_I) {
    handOff(entry);
    sendData(entry, page);
  } else {
    store<u32>(entry, 0, NODE_DUE_TXN_AT);
    sendPut(entry, page);
  }
}

function contentOf(entry: usize): u32 {
  return load<u8>(entry, NODE_ZEROS_AT) != 0 ? FLAG_ALL_ZEROS : FLAG_BYTES;
}

export function sendData(entry: usize, page: u32): void {
  const txn = load<u32>(entry, NODE_DUE_TXN_AT);
  send(MESSAGE_DATA, 0, page, txn, 0, load<u64>(entry, NODE_VERSION_AT), contentOf(entry));
}

export function sendPut(entry: usize, page: u32): void {
  send(MESSAGE_PUT, 0, page, 0, 0, load<u64>(entry, NODE_VERSION_AT), contentOf(entry));
}
