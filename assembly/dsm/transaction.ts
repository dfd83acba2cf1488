// A transaction: what the home does to answer one request for a page.
import { check } from '../check';
import {
  FLAG_TO_I,
  HOME_M,
  HOME_PHASE_AT,
  HOME_REQUESTER_AT,
  HOME_REQ_AT,
  HOME_STATE_AT,
  HOME_TXN_AT,
  HOME_VERSION_AT,
  HOME_WANT_AT,
  MESSAGE_INV,
  MESSAGE_OWN,
  MESSAGE_RECALL,
  PHASE_IDLE,
} from './layout';
import { send } from './out';

/** Of an entry, beside layout.ts: whether the page's bytes are in hand, whether the requester needs none. */
export const IN_HAND_AT = 5;
export const NEEDS_NONE_AT = 6;

// @ts-ignore: decorator
@inline
export function phaseOf(entry: usize): u32 {
  return load<u8>(entry, HOME_PHASE_AT);
}

export function inHand(entry: usize): bool {
  return load<u8>(entry, IN_HAND_AT) != 0;
}

export function begin(entry: usize, node: u32, want: u32, req: u32, needsNone: bool): void {
  check(phaseOf(entry) == PHASE_IDLE, 'a page has one transaction at a time');
  store<u32>(entry, load<u32>(entry, HOME_TXN_AT) + 1, HOME_TXN_AT);
  store<u8>(entry, node, HOME_REQUESTER_AT);
  store<u8>(entry, want, HOME_WANT_AT);
  store<u32>(entry, req, HOME_REQ_AT);
  store<u8>(entry, <u8>needsNone, NEEDS_NONE_AT);
}

/** Sends what the transaction waits for `node` to answer. */
export function remind(entry: usize, page: u32, node: u32): void {
  const txn = load<u32>(entry, HOME_TXN_AT);
  if (load<u8>(entry, HOME_STATE_AT) != HOME_M) send(MESSAGE_INV, node, page, txn, 0, 0, 0);
  else {
    const toI = load<u8>(entry, HOME_WANT_AT) == MESSAGE_OWN;
    send(MESSAGE_RECALL, node, page, txn, 0, load<u64>(entry, HOME_VERSION_AT), toI ? FLAG_TO_I : 0);
  }
}
