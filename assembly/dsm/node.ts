// A node of distributed shared memory: what its threads' faults and the home's messages do to its pages. States: states.ts.
//
// Rules
//  R1. The home runs one transaction a page (home.ts); each has a number that grows, and each message carries it.
//  R2. A node answers an INV or a RECALL at once, or when Δ has passed since its grant; never after one of its own requests.
//  R3. An answer leaves after the page table has changed: operations run in their order (out.ts).
//  R4. Versions only grow. Copies of one version that nobody can write have the same bytes.
//  R5. Every wait ends: a page, SIGBUS with its reason, or the end of the process.
//  R6. A page that cannot be fetched is never zeros and never stale bytes.
//
// Any message may be lost, arrive twice or late. A request has a number of its own (req), and is sent again by
// `nodeResend`. A SHARE or GRANT that answers no open request is not installed. Bytes stay here until the home has KEPT them.
//
// A page may be asked for ahead (AHEAD): it is in IS, and nothing is wanted. The home never waits for another node because of it, but answers
// PASS; a thread that has touched the page meanwhile asks by GET or OWN then.
//
// Δ gives a woken thread the time to run its instruction; it grows, up to 16 times, on a page that is recalled again and again.
//
// With write-through a page is in M for Δ: then it is PUT, unless a RECALL was there before, and the next write asks for it again. One
// that was frozen in between is PUT at the thaw, or Δ after the thaw if a thread waits for it.
//
// A page is discarded by its owner: in one step it becomes zeros and is sent as zeros. So a discard is a write to the page. A node that is not
// its owner asks for it as for a write, but without its bytes. A PUT of zeros that arrives late or twice has an old version, and does nothing.
import {
  DUE_INV,
  DUE_NOTHING,
  DUE_PUT,
  WANT_NOTHING,
  WANT_READ,
  WANT_WRITE,
  answerRecall,
  discard,
  giveUp,
  holdOf,
  isFrozen,
  isThrough,
  nodeEntry,
  nodeSetFrozen,
  pursue,
  putLater,
  request,
  sendData,
  sendPut,
} from './copies';
import {
  FLAG_TO_I,
  MESSAGE_ACK,
  MESSAGE_HAVE,
  NODE_DUE_AT,
  NODE_DUE_TXN_AT,
  NODE_F,
  NODE_I,
  NODE_IM,
  NODE_IS,
  NODE_L,
  NODE_M,
  NODE_MI,
  NODE_MS,
  NODE_REQ_AT,
  NODE_S,
  NODE_SI,
  NODE_SINCE_AT,
  NODE_SM,
  NODE_TXN_AT,
  NODE_VERSION_AT,
  NODE_WANT_AT,
  WANT_DISCARD,
  DO_FORGET,
  DO_INSTALL_SAVED,
  DO_POISON,
  DO_PROTECT,
  DO_SAVE,
  DO_WAKE,
  DO_ZAP,
} from './layout';
import { holdUntil, operation, send } from './out';
import {
  STEP_DROP,
  STEP_FENCE,
  STEP_FREEZE,
  STEP_PUT,
  STEP_READ,
  STEP_RECALL_I,
  STEP_THAW,
  stateOf,
  transition,
} from './states';

/** A thread touched the page, or a `load` wants it. */
export function nodeFault(at: usize, page: u32, write: bool, now: f64): void {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  if (state == NODE_L) {
    operation(DO_POISON, page);
    return;
  }
  const readable = state == NODE_S || state == NODE_SM || state == NODE_SI || state == NODE_MS;
  if (state == NODE_M || (readable && !write)) {
    operation(DO_WAKE, page);
    return;
  }
  const want: u8 = write ? WANT_WRITE : WANT_READ;
  if (load<u8>(entry, NODE_WANT_AT) < want) store<u8>(entry, want, NODE_WANT_AT);
  if (state == NODE_F && !isFrozen(at)) nodeThaw(at, page, now);
  else pursue(at, entry, page);
}

/** A thread may touch the page soon: asks for it, if the home has to wait for nobody. False: the page is there, or was asked for. */
export function nodeAhead(at: usize, page: u32): bool {
  const entry = nodeEntry(at, page);
  if (isFrozen(at) || stateOf(entry) != NODE_I) return false;
  transition(entry, STEP_READ);
  request(at, entry, page);
  return true;
}

/**
 * Makes the page zeros on all nodes: now if this node owns it, else when it has been granted. That is done when NODE_WANT_AT is not WANT_DISCARD
 * any more; the home has it when the page is in MI no more.
 */
export function nodeDiscard(at: usize, page: u32): void {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  if (state == NODE_L) return;
  if (state == NODE_M || (state == NODE_F && !isFrozen(at))) {
    discard(entry, page);
    return;
  }
  store<u8>(entry, WANT_DISCARD, NODE_WANT_AT);
  pursue(at, entry, page);
}

/** Answers what waited for Δ, or sends what was written since. True: it was sent without being asked for. */
export function nodeTick(at: usize, page: u32, now: f64): bool {
  const entry = nodeEntry(at, page);
  const due = load<u8>(entry, NODE_DUE_AT);
  if (due == DUE_NOTHING) return false;
  const until = load<f64>(entry, NODE_SINCE_AT) + holdOf(at, entry);
  if (now < until) {
    holdUntil(page, until);
  } else if (due == DUE_PUT) {
    return nodePut(at, page);
  } else if (due == DUE_INV) {
    giveUp(at, entry, page);
    pursue(at, entry, page);
  } else {
    answerRecall(at, entry, page, due, now);
  }
  return false;
}

/** Sends the bytes of a page in M or F to the home; in M the page stays readable. False: it is in neither, or its answer to a RECALL waits for Δ. */
export function nodePut(at: usize, page: u32): bool {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  const due = load<u8>(entry, NODE_DUE_AT);
  if ((state != NODE_M && state != NODE_F) || (due != DUE_NOTHING && due != DUE_PUT)) return false;
  store<u8>(entry, DUE_NOTHING, NODE_DUE_AT);
  // The bytes of a page in F are saved.
  if (state == NODE_M) operation(DO_PROTECT, page);
  transition(entry, STEP_PUT);
  // No RECALL has number 0: a resend sends a PUT.
  store<u32>(entry, 0, NODE_DUE_TXN_AT);
  sendPut(entry, page);
  return true;
}

/** Drops a copy in S; the home is not notified. */
export function nodeDrop(at: usize, page: u32): bool {
  const entry = nodeEntry(at, page);
  if (stateOf(entry) != NODE_S) return false;
  operation(DO_ZAP, page);
  transition(entry, STEP_DROP);
  return true;
}

/** The connection was lost and is there again: sends what the home may not have. */
export function nodeResend(at: usize, page: u32): void {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  if (state == NODE_IS || state == NODE_IM || state == NODE_SM) {
    if (!isFrozen(at)) request(at, entry, page);
  } else if (state == NODE_MS || state == NODE_MI) {
    if (load<u32>(entry, NODE_DUE_TXN_AT) == 0) sendPut(entry, page);
    else sendData(entry, page);
  }
}

/** The lease may end: unmaps the page. Call `nodeSetFrozen` first. */
export function nodeFreeze(at: usize, page: u32): void {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  // What answers a request of before is not installed: the home may grant the page to another node by then.
  store<u32>(entry, 0, NODE_REQ_AT);
  if (state == NODE_S || state == NODE_SM || state == NODE_SI) {
    operation(DO_ZAP, page);
    transition(entry, STEP_FREEZE);
    if (state == NODE_SI) {
      store<u8>(entry, DUE_NOTHING, NODE_DUE_AT);
      send(MESSAGE_ACK, 0, page, load<u32>(entry, NODE_DUE_TXN_AT), 0, 0, 0);
    }
  } else if (state == NODE_M || state == NODE_MS) {
    operation(DO_SAVE, page);
    transition(entry, STEP_FREEZE);
    const due = load<u8>(entry, NODE_DUE_AT);
    store<u8>(entry, DUE_NOTHING, NODE_DUE_AT);
    if (due != DUE_NOTHING && due != DUE_PUT) {
      transition(entry, STEP_RECALL_I);
      sendData(entry, page);
    }
  }
}

/** The lease is renewed: threads that wait get their pages. Call `nodeSetFrozen` first. True: as nodeTick. */
export function nodeThaw(at: usize, page: u32, now: f64): bool {
  const entry = nodeEntry(at, page);
  if (stateOf(entry) == NODE_F) {
    const want = load<u8>(entry, NODE_WANT_AT);
    if (want == WANT_NOTHING) return isThrough(at) && nodePut(at, page);
    if (want == WANT_DISCARD) {
      discard(entry, page);
      return false;
    }
    operation(DO_INSTALL_SAVED, page);
    operation(DO_FORGET, page);
    transition(entry, STEP_THAW);
    store<f64>(entry, now, NODE_SINCE_AT);
    store<u8>(entry, WANT_NOTHING, NODE_WANT_AT);
    putLater(at, entry, page);
  } else {
    pursue(at, entry, page);
    nodeResend(at, page);
  }
  return false;
}

/** The home is another, and knows nothing of this node, which is frozen: tells it what the home before may not have had. */
export function nodeNewHome(at: usize, page: u32): void {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  // Transactions are counted from the start, and no RECALL is open any more.
  store<u32>(entry, 0, NODE_TXN_AT);
  store<u32>(entry, 0, NODE_DUE_TXN_AT);
  if (state != NODE_F && state != NODE_MI) return;
  send(MESSAGE_HAVE, 0, page, 0, 0, load<u64>(entry, NODE_VERSION_AT), state == NODE_MI ? FLAG_TO_I : 0);
}

/** This node, which is frozen, is a member no more. True: bytes that it had written and the home may not have are discarded. */
export function nodeFence(at: usize, page: u32): bool {
  const entry = nodeEntry(at, page);
  const state = stateOf(entry);
  if (state == NODE_L) return false;
  if (state == NODE_MI || state == NODE_F) operation(DO_FORGET, page);
  transition(entry, STEP_FENCE);
  operation(DO_POISON, page);
  return state == NODE_F || state == NODE_MI;
}
