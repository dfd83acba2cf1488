// The home of distributed shared memory: who has which page, and one transaction a page at a time.
//
// Invariants (test/support/dsm checks them in every state it reaches)
//  1. A page in M at a node is mapped at no other node.
//  2. A copy that a thread can read has the bytes of the last write: nobody can write while it is there.
//  3. In U and S the store has the bytes of the page's version.
//  4. Nodes that may have a copy are the owner, or among the sharers; a sharer need not have one.
//  5. A transaction ends when the requester has confirmed the grant: no INV or RECALL can overtake it.
//  6. A node is in a page's queue at most once.
//
//                         ┌────────── GET, OWN of the next in the queue ──────────┐
//                         ▼                                                       │
//   IDLE ── start ─▶ ACKS ── all ACK ──────────────▶ LOADING ── loaded ─▶ GRANTING ── TOOK ──▶ IDLE
//     │               │ DATA                           ▲                   ▲   or PUT; DECLINE, or it leaves: U
//     │ PUT           ▼                                │ no bytes in hand  │
//     └────────────▶ STORING ── stored: KEPT ──────────┴───────────────────┘
//
//   A request to write may wait in HELD before ACKS or GRANTING: for a cut (cut.ts).
//
//   state   GET                          OWN                                   PUT        the owner's lease ends
//   U       S, from the store            M, bytes unless it needs none         ·          ·
//   S       S, from the store            INV to the other sharers, then M      ·          ·
//   M       RECALL, then S               RECALL to I, then M                   S          L, or U with what was last put
//   L       LOST                         LOST                                  ·          ·
//
//   AHEAD is a GET for which nothing is recalled and nothing waits: in U and S, when IDLE; else, and if the store fails, PASS.
import { check } from '../check';
import {
  FLAG_BYTES,
  FLAG_STORE,
  FLAG_ALL_ZEROS,
  BREAK_ACKS,
  HEADER_BYTES,
  HOME_ENTRY_BYTES,
  HOME_L,
  HOME_M,
  HOME_OWNER_AT,
  HOME_PENDING_AT,
  HOME_PHASE_AT,
  HOME_REQUESTER_AT,
  HOME_REQ_AT,
  HOME_S,
  HOME_SHARERS_AT,
  HOME_STATE_AT,
  HOME_TXN_AT,
  HOME_U,
  HOME_VERSION_AT,
  HOME_WANT_AT,
  MESSAGE_ACK,
  MESSAGE_AHEAD,
  MESSAGE_COPY,
  MESSAGE_DATA,
  MESSAGE_DECLINE,
  MESSAGE_GET,
  MESSAGE_GRANT,
  MESSAGE_KEPT,
  MESSAGE_LOST,
  MESSAGE_OWN,
  MESSAGE_PASS,
  MESSAGE_PUT,
  MESSAGE_SHARE,
  MESSAGE_TOOK,
  NO_NODE,
  DO_ERASE,
  DO_GRANTED,
  DO_KEEP,
  DO_READ,
  DO_RELEASE,
  DO_STORED,
  PHASE_ACKS,
  PHASE_GRANTING,
  PHASE_HELD,
  PHASE_IDLE,
  PHASE_LOADING,
  PHASE_STORING,
  WAITER_BYTES,
} from './layout';
import { copyFailed, holds, leftM, sendCopy, serveCut, waitsForInstant } from './cut';
import {
  bitOf,
  BREAKS_AT,
  disown,
  homeEntry,
  MEMBERS_AT,
  PAGES_AT,
  RECOVERING_AT,
  ROLL_BACK_AT,
  unchanged,
} from './directory';
import { begin, IN_HAND_AT, inHand, NEEDS_NONE_AT, phaseOf, remind } from './transaction';
import { NEEDS_NO_BYTES, operation, record, send } from './out';
import { enqueue, prepareWaiters, takeFirst, waiterHave, waiterNode, waiterReq, waiterWant } from './waiters';

export function homeBytes(pages: u32, waiters: u32): usize {
  return <usize>HEADER_BYTES + <usize>pages * HOME_ENTRY_BYTES + <usize>waiters * WAITER_BYTES;
}

/**
 * A home at `at`, in zeroed memory of `homeBytes`.
 * @param rollBack a page whose owner is lost has the bytes that were last put; else it is lost
 * @param breaks BREAK_ of layout.ts: for tests, which must fail then
 */
export function homeBegin(at: usize, pages: u32, waiters: u32, rollBack: bool, breaks: u32): void {
  store<u32>(at, pages, PAGES_AT);
  store<u32>(at, breaks, BREAKS_AT);
  store<u32>(at, <u32>rollBack, ROLL_BACK_AT);
  for (let page: u32 = 0; page < pages; page++) {
    store<u8>(homeEntry(at, page), NO_NODE, HOME_OWNER_AT);
    store<u8>(homeEntry(at, page), NO_NODE, HOME_REQUESTER_AT);
    // 0 is the version of a node that has no copy.
    store<u64>(homeEntry(at, page), 1, HOME_VERSION_AT);
  }
  prepareWaiters(at, at + homeBytes(pages, 0), waiters);
}

/** A message from a node. False: no node that keeps the rules sends it, or too many requests wait. */
export function homeTake(
  at: usize,
  node: u32,
  message: u32,
  page: u32,
  txn: u32,
  req: u32,
  version: u64,
  flags: u32,
): bool {
  if (page >= load<u32>(at, PAGES_AT)) return false;
  // The node is no member again before it has said what it has; until then its answers to the home before may arrive.
  if (load<u32>(at, RECOVERING_AT) != 0) return true;
  if ((load<u64>(at, MEMBERS_AT) & bitOf(node)) == 0) return false;
  const entry = homeEntry(at, page);
  const current = phaseOf(entry) != PHASE_IDLE && txn == load<u32>(entry, HOME_TXN_AT);
  if (message == MESSAGE_GET || message == MESSAGE_OWN || message == MESSAGE_AHEAD)
    return takeRequest(at, entry, page, node, message, req, version);
  if (message == MESSAGE_ACK) {
    if (current && phaseOf(entry) == PHASE_ACKS && load<u8>(entry, HOME_STATE_AT) == HOME_S) {
      acknowledged(at, entry, page, node);
    }
    return true;
  }
  if (message == MESSAGE_DATA || message == MESSAGE_PUT)
    return takeBytes(at, entry, page, node, message, txn, version, flags);
  if (message == MESSAGE_TOOK || message == MESSAGE_DECLINE) {
    if (!current || phaseOf(entry) != PHASE_GRANTING || load<u8>(entry, HOME_REQUESTER_AT) != node) return true;
    if (message == MESSAGE_DECLINE) decline(at, entry, page);
    else finish(at, entry, page);
    return true;
  }
  return false;
}

/** The node does not take what it was granted. */
export function decline(at: usize, entry: usize, page: u32): void {
  unchanged(entry, page);
  leftM(at, entry, page);
  finish(at, entry, page);
}

function takeRequest(at: usize, entry: usize, page: u32, node: u32, want: u32, req: u32, have: u64): bool {
  if (req == 0) return false;
  const state = load<u8>(entry, HOME_STATE_AT);
  // Nobody waits for such a page, so no other node gives up anything for it, and it waits for no transaction.
  if (want == MESSAGE_AHEAD && (phaseOf(entry) != PHASE_IDLE || (state != HOME_U && state != HOME_S))) {
    if (!isServed(entry, node, req)) send(MESSAGE_PASS, node, page, 0, req, 0, 0);
    return true;
  }
  if (state == HOME_L) {
    send(MESSAGE_LOST, node, page, 0, req, 0, 0);
    return true;
  }
  if (phaseOf(entry) == PHASE_IDLE) {
    start(at, entry, page, node, want, req, have);
    return true;
  }
  return isServed(entry, node, req) || enqueue(at, entry, node, want, req, have);
}

/** The transaction is for this request of the node, or a newer one. */
function isServed(entry: usize, node: u32, req: u32): bool {
  return load<u8>(entry, HOME_REQUESTER_AT) == node && <i32>(load<u32>(entry, HOME_REQ_AT) - req) >= 0;
}

function start(at: usize, entry: usize, page: u32, node: u32, want: u32, req: u32, have: u64): void {
  const state = load<u8>(entry, HOME_STATE_AT);
  const owner = load<u8>(entry, HOME_OWNER_AT);
  // The owner has the page: its request is one of the past.
  if (owner == node) {
    next(at, entry, page);
    return;
  }
  const sharers = load<u64>(entry, HOME_SHARERS_AT);
  const isCurrent = (sharers & bitOf(node)) != 0 && have == load<u64>(entry, HOME_VERSION_AT);
  begin(entry, node, want, req, want == MESSAGE_OWN && (isCurrent || have == NEEDS_NO_BYTES));
  if (want == MESSAGE_OWN && state != HOME_M && waitsForInstant(at)) store<u8>(entry, PHASE_HELD, HOME_PHASE_AT);
  else invalidate(at, entry, page);
}

/** Asks for what the transaction waits for. */
export function invalidate(at: usize, entry: usize, page: u32): void {
  const state = load<u8>(entry, HOME_STATE_AT);
  const others = load<u64>(entry, HOME_SHARERS_AT) & ~bitOf(load<u8>(entry, HOME_REQUESTER_AT));
  let pending: u64 = 0;
  if (state == HOME_M) pending = bitOf(load<u8>(entry, HOME_OWNER_AT));
  else if (load<u8>(entry, HOME_WANT_AT) == MESSAGE_OWN) pending = others;
  store<u64>(entry, pending, HOME_PENDING_AT);
  if (pending == 0) {
    ready(at, entry, page);
    return;
  }
  store<u8>(entry, PHASE_ACKS, HOME_PHASE_AT);
  for (let left = pending; left != 0; left &= left - 1) remind(entry, page, <u32>ctz(left));
  if ((load<u32>(at, BREAKS_AT) & BREAK_ACKS) != 0 && state == HOME_S) {
    store<u64>(entry, 0, HOME_PENDING_AT);
    ready(at, entry, page);
  }
}

function acknowledged(at: usize, entry: usize, page: u32, node: u32): void {
  const pending = load<u64>(entry, HOME_PENDING_AT) & ~bitOf(node);
  if (pending == load<u64>(entry, HOME_PENDING_AT)) return;
  store<u64>(entry, pending, HOME_PENDING_AT);
  store<u64>(entry, load<u64>(entry, HOME_SHARERS_AT) & ~bitOf(node), HOME_SHARERS_AT);
  if (pending == 0) ready(at, entry, page);
}

function takeBytes(at: usize, entry: usize, page: u32, node: u32, kind: u32, txn: u32, version: u64, flags: u32): bool {
  const owns =
    load<u8>(entry, HOME_STATE_AT) == HOME_M &&
    load<u8>(entry, HOME_OWNER_AT) == node &&
    load<u64>(entry, HOME_VERSION_AT) == version;
  if (!owns) {
    // These bytes were kept before, and the node has not heard it.
    if (version > load<u64>(entry, HOME_VERSION_AT)) return false;
    send(MESSAGE_KEPT, node, page, txn, 0, version, 0);
    return true;
  }
  // Its TOOK was lost, or is late: the owner puts no page that it has not got.
  if (kind == MESSAGE_PUT && phaseOf(entry) == PHASE_GRANTING) finish(at, entry, page);
  const phase = phaseOf(entry);
  if (kind == MESSAGE_PUT) {
    // If there is a transaction, its RECALL fetches them.
    if (phase != PHASE_IDLE) return true;
    begin(entry, NO_NODE, MESSAGE_PUT, 0, false);
  } else if (phase != PHASE_ACKS || txn != load<u32>(entry, HOME_TXN_AT)) {
    return true;
  }
  store<u64>(entry, 0, HOME_PENDING_AT);
  store<u8>(entry, PHASE_STORING, HOME_PHASE_AT);
  store<u8>(entry, 1, IN_HAND_AT);
  operation((flags & FLAG_ALL_ZEROS) != 0 ? DO_ERASE : DO_KEEP, page);
  return true;
}

/** The store has the bytes in hand. */
export function homeStored(at: usize, page: u32): void {
  const entry = homeEntry(at, page);
  check(phaseOf(entry) == PHASE_STORING, 'the page is being stored');
  const owner = load<u8>(entry, HOME_OWNER_AT);
  const keeps = owner != NO_NODE && load<u8>(entry, HOME_WANT_AT) != MESSAGE_OWN;
  disown(entry, keeps ? HOME_S : HOME_U);
  if (keeps) store<u64>(entry, bitOf(owner), HOME_SHARERS_AT);
  record(DO_STORED, page, NO_NODE, load<u64>(entry, HOME_VERSION_AT));
  if (owner != NO_NODE) send(MESSAGE_KEPT, owner, page, 0, 0, load<u64>(entry, HOME_VERSION_AT), 0);
  leftM(at, entry, page);
  ready(at, entry, page);
}

/** No other node has what the requester must not see beside its own. */
export function ready(at: usize, entry: usize, page: u32): void {
  const want = load<u8>(entry, HOME_WANT_AT);
  if (load<u8>(entry, HOME_REQUESTER_AT) == NO_NODE) {
    if (want == MESSAGE_COPY) sendCopy(at, entry, page, 0);
    finish(at, entry, page);
  } else if (want == MESSAGE_OWN && holds(at, entry, page)) {
    return;
  } else if (load<u8>(entry, NEEDS_NONE_AT) == 0 && !inHand(entry)) {
    store<u8>(entry, PHASE_LOADING, HOME_PHASE_AT);
    operation(DO_READ, page);
  } else {
    grant(entry, page);
  }
}

/** The page's bytes are in hand. */
export function homeLoaded(at: usize, page: u32): void {
  const entry = homeEntry(at, page);
  check(phaseOf(entry) == PHASE_LOADING, 'the page is being loaded');
  store<u8>(entry, 1, IN_HAND_AT);
  ready(at, entry, page);
}

/** The store gave nothing, and will not: the requester learns it, the page stays as it is. */
export function homeFailed(at: usize, page: u32): void {
  const entry = homeEntry(at, page);
  check(phaseOf(entry) == PHASE_LOADING, 'the page is being loaded');
  const requester = load<u8>(entry, HOME_REQUESTER_AT);
  const want = load<u8>(entry, HOME_WANT_AT);
  const ahead = want == MESSAGE_AHEAD;
  if (want == MESSAGE_OWN || want == MESSAGE_COPY) copyFailed(at, entry, page);
  // Only the cut needed them.
  if (requester != NO_NODE && load<u8>(entry, NEEDS_NONE_AT) != 0) {
    ready(at, entry, page);
    return;
  }
  const req = load<u32>(entry, HOME_REQ_AT);
  if (requester != NO_NODE)
    send(ahead ? MESSAGE_PASS : MESSAGE_LOST, requester, page, 0, req, 0, ahead ? 0 : FLAG_STORE);
  finish(at, entry, page);
}

function grant(entry: usize, page: u32): void {
  const node = load<u8>(entry, HOME_REQUESTER_AT);
  store<u8>(entry, PHASE_GRANTING, HOME_PHASE_AT);
  if (load<u8>(entry, HOME_WANT_AT) != MESSAGE_OWN) {
    store<u8>(entry, HOME_S, HOME_STATE_AT);
    store<u64>(entry, load<u64>(entry, HOME_SHARERS_AT) | bitOf(node), HOME_SHARERS_AT);
  } else {
    check(load<u64>(entry, HOME_PENDING_AT) == 0, 'a page is granted when no answer is outstanding');
    disown(entry, HOME_M);
    store<u8>(entry, node, HOME_OWNER_AT);
    const version = load<u64>(entry, HOME_VERSION_AT) + 1;
    store<u64>(entry, version, HOME_VERSION_AT);
    record(DO_GRANTED, page, node, version);
  }
  sendGrant(entry, page);
}

function sendGrant(entry: usize, page: u32): void {
  const message = load<u8>(entry, HOME_WANT_AT) == MESSAGE_OWN ? MESSAGE_GRANT : MESSAGE_SHARE;
  const flags = load<u8>(entry, NEEDS_NONE_AT) == 0 ? FLAG_BYTES : 0;
  const txn = load<u32>(entry, HOME_TXN_AT);
  const version = load<u64>(entry, HOME_VERSION_AT);
  send(message, load<u8>(entry, HOME_REQUESTER_AT), page, txn, load<u32>(entry, HOME_REQ_AT), version, flags);
}

export function finish(at: usize, entry: usize, page: u32): void {
  if (load<u8>(entry, IN_HAND_AT) != 0) {
    store<u8>(entry, 0, IN_HAND_AT);
    operation(DO_RELEASE, page);
  }
  store<u8>(entry, PHASE_IDLE, HOME_PHASE_AT);
  store<u8>(entry, NO_NODE, HOME_REQUESTER_AT);
  next(at, entry, page);
}

function next(at: usize, entry: usize, page: u32): void {
  if (load<u8>(entry, HOME_STATE_AT) == HOME_L) {
    while (takeFirst(at, entry)) send(MESSAGE_LOST, waiterNode(), page, 0, waiterReq(), 0, 0);
  } else if (!serveCut(at, entry, page) && takeFirst(at, entry)) {
    start(at, entry, page, waiterNode(), waiterWant(), waiterReq(), waiterHave());
  }
}

/** The node's connection was lost and is there again: sends what it may not have. */
export function homeResend(at: usize, node: u32, page: u32): void {
  const entry = homeEntry(at, page);
  const phase = phaseOf(entry);
  if (phase == PHASE_ACKS && (load<u64>(entry, HOME_PENDING_AT) & bitOf(node)) != 0) remind(entry, page, node);
  if (phase == PHASE_GRANTING && load<u8>(entry, HOME_REQUESTER_AT) == node) sendGrant(entry, page);
}
