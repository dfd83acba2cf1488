// Messages of the home at a node, each checked against what the page's state allows. Rules: node.ts.
import {
  DUE_INV,
  DUE_RECALL_I,
  DUE_RECALL_S,
  WANT_NOTHING,
  answerRecall,
  discard,
  giveUp,
  mustHold,
  nodeEntry,
  PAGES_AT,
  pursue,
  putLater,
  request,
} from './copies';
import {
  FLAG_BYTES,
  FLAG_TO_I,
  MESSAGE_ACK,
  MESSAGE_DECLINE,
  MESSAGE_GRANT,
  MESSAGE_INV,
  MESSAGE_KEPT,
  MESSAGE_LOST,
  MESSAGE_PASS,
  MESSAGE_RECALL,
  MESSAGE_SHARE,
  MESSAGE_TOOK,
  NODE_DUE_TXN_AT,
  NODE_F,
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
  NODE_ZEROS_AT,
  WANT_DISCARD,
  DO_FORGET,
  DO_INSTALL,
  DO_INSTALL_WRITABLE,
  DO_POISON,
  DO_UNPROTECT,
} from './layout';
import { operation, send } from './out';
import { STEP_GRANT, STEP_HOLD, STEP_KEPT, STEP_LOST, STEP_PASS, STEP_SHARE, stateOf, transition } from './states';

/** A message from the home. False: no home that keeps the rules sends it in this state. */
export function nodeTake(
  at: usize,
  message: u32,
  page: u32,
  txn: u32,
  req: u32,
  version: u64,
  flags: u32,
  now: f64,
): bool {
  if (page >= load<u32>(at, PAGES_AT)) return false;
  const entry = nodeEntry(at, page);
  if (stateOf(entry) == NODE_L) return takeInL(message, page, txn, version);
  if (message == MESSAGE_SHARE) return takeShare(at, entry, page, txn, req, version, flags, now);
  if (message == MESSAGE_GRANT) return takeGrant(at, entry, page, txn, req, version, flags, now);
  if (message == MESSAGE_INV) return takeInv(at, entry, page, txn, now);
  if (message == MESSAGE_RECALL) return takeRecall(at, entry, page, txn, flags, now);
  if (message == MESSAGE_KEPT) return takeKept(at, entry, page, version);
  if (message == MESSAGE_LOST) return takeLost(entry, page, req);
  if (message == MESSAGE_PASS) return takePass(at, entry, page, req);
  return false;
}

/** The home may not know that the page is lost here, if only its store failed: it gets its answers. */
function takeInL(message: u32, page: u32, txn: u32, version: u64): bool {
  if (message == MESSAGE_INV) send(MESSAGE_ACK, 0, page, txn, 0, 0, 0);
  else if (message == MESSAGE_SHARE) send(MESSAGE_TOOK, 0, page, txn, 0, version, 0);
  else if (message == MESSAGE_GRANT) send(MESSAGE_DECLINE, 0, page, txn, 0, version, 0);
  return true;
}

function answers(entry: usize, req: u32): bool {
  return req != 0 && load<u32>(entry, NODE_REQ_AT) == req;
}

function took(entry: usize, txn: u32, version: u64, now: f64): void {
  store<u32>(entry, txn, NODE_TXN_AT);
  store<u64>(entry, version, NODE_VERSION_AT);
  store<u32>(entry, 0, NODE_REQ_AT);
  store<u8>(entry, 0, NODE_ZEROS_AT);
  store<f64>(entry, now, NODE_SINCE_AT);
}

function takeShare(at: usize, entry: usize, page: u32, txn: u32, req: u32, version: u64, flags: u32, now: f64): bool {
  if ((flags & FLAG_BYTES) == 0) return false;
  const wanted = stateOf(entry) == NODE_IS && answers(entry, req);
  if (wanted) {
    operation(DO_INSTALL, page);
    transition(entry, STEP_SHARE);
    took(entry, txn, version, now);
  }
  // One that is not wanted is confirmed too: a sharer without a copy is allowed.
  send(MESSAGE_TOOK, 0, page, txn, 0, version, 0);
  if (wanted) pursue(at, entry, page);
  return true;
}

function takeGrant(at: usize, entry: usize, page: u32, txn: u32, req: u32, version: u64, flags: u32, now: f64): bool {
  if (txn <= load<u32>(entry, NODE_TXN_AT)) {
    send(MESSAGE_TOOK, 0, page, txn, 0, version, 0);
    return true;
  }
  const state = stateOf(entry);
  const waits = (state == NODE_IM || state == NODE_SM) && answers(entry, req);
  const hasBytes = (flags & FLAG_BYTES) != 0;
  if (waits && load<u8>(entry, NODE_WANT_AT) == WANT_DISCARD) {
    transition(entry, STEP_GRANT);
    took(entry, txn, version, now);
    send(MESSAGE_TOOK, 0, page, txn, 0, version, 0);
    discard(entry, page);
    return true;
  }
  if (waits && (hasBytes ? state == NODE_IM : state == NODE_SM)) {
    operation(hasBytes ? DO_INSTALL_WRITABLE : DO_UNPROTECT, page);
    transition(entry, STEP_GRANT);
    took(entry, txn, version, now);
    store<u8>(entry, WANT_NOTHING, NODE_WANT_AT);
    send(MESSAGE_TOOK, 0, page, txn, 0, version, 0);
    putLater(at, entry, page);
    return true;
  }
  if (state == NODE_M || state == NODE_F) return false;
  // It answers a request of the past, or one that named a copy which has been invalidated since. The home has invalidated every
  // other copy for it, and this one leaves too.
  giveUp(at, entry, page);
  send(MESSAGE_DECLINE, 0, page, txn, 0, version, 0);
  if (waits) {
    store<u32>(entry, 0, NODE_REQ_AT);
    request(at, entry, page);
    return true;
  }
  pursue(at, entry, page);
  return true;
}

function takeInv(at: usize, entry: usize, page: u32, txn: u32, now: f64): bool {
  const state = stateOf(entry);
  // An INV of a transaction before this node's grant, late: that transaction has ended.
  if (txn > load<u32>(entry, NODE_TXN_AT)) {
    if (state == NODE_M || state == NODE_F) return false;
    if (state == NODE_SI) {
      store<u32>(entry, txn, NODE_DUE_TXN_AT);
      return true;
    }
    if (state == NODE_S && mustHold(at, entry, page, DUE_INV, txn, now)) {
      transition(entry, STEP_HOLD);
      return true;
    }
    giveUp(at, entry, page);
  }
  send(MESSAGE_ACK, 0, page, txn, 0, 0, 0);
  pursue(at, entry, page);
  return true;
}

function takeRecall(at: usize, entry: usize, page: u32, txn: u32, flags: u32, now: f64): bool {
  if (txn <= load<u32>(entry, NODE_TXN_AT)) return true;
  const state = stateOf(entry);
  const due: u8 = (flags & FLAG_TO_I) != 0 ? DUE_RECALL_I : DUE_RECALL_S;
  if (state == NODE_M && mustHold(at, entry, page, due, txn, now)) return true;
  if (state == NODE_M || state == NODE_MS || state == NODE_MI || state == NODE_F) {
    store<u32>(entry, txn, NODE_DUE_TXN_AT);
    answerRecall(at, entry, page, due, now);
  }
  return true;
}

function takeKept(at: usize, entry: usize, page: u32, version: u64): bool {
  const state = stateOf(entry);
  if ((state != NODE_MS && state != NODE_MI) || load<u64>(entry, NODE_VERSION_AT) != version) return true;
  if (state == NODE_MI) operation(DO_FORGET, page);
  transition(entry, STEP_KEPT);
  pursue(at, entry, page);
  return true;
}

/** Nothing comes: the page was asked for ahead, and the home would have to wait for another node. */
function takePass(at: usize, entry: usize, page: u32, req: u32): bool {
  if (!answers(entry, req)) return true;
  if (stateOf(entry) != NODE_IS) return false;
  store<u32>(entry, 0, NODE_REQ_AT);
  transition(entry, STEP_PASS);
  pursue(at, entry, page);
  return true;
}

function takeLost(entry: usize, page: u32, req: u32): bool {
  const state = stateOf(entry);
  if (!answers(entry, req)) return true;
  // A node that has a copy needs no bytes, and a page with a copy is not lost.
  if (state != NODE_IS && state != NODE_IM) return false;
  transition(entry, STEP_LOST);
  operation(DO_POISON, page);
  return true;
}
