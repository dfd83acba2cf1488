// Who is a member of a home, and how a node that is none any more leaves every page.
import { check } from '../check';
import { leftM } from './cut';
import { bitOf, homeEntry, MEMBERS_AT, ownerLost } from './directory';
import { decline, finish, ready } from './home';
import {
  HOME_L,
  HOME_OWNER_AT,
  HOME_PENDING_AT,
  HOME_REQUESTER_AT,
  HOME_REQ_AT,
  HOME_SHARERS_AT,
  HOME_STATE_AT,
  MAX_NODES,
  MESSAGE_LOST,
  NO_NODE,
  PHASE_ACKS,
  PHASE_GRANTING,
  PHASE_STORING,
} from './layout';
import { send } from './out';
import { phaseOf } from './transaction';
import { isQueued, leave } from './waiters';

export function homeJoin(at: usize, node: u32): void {
  check(node < <u32>MAX_NODES, 'a home has at most 64 nodes');
  store<u64>(at, load<u64>(at, MEMBERS_AT) | bitOf(node), MEMBERS_AT);
}

/** A node is a member no more. Call `homeExpire` for every page then. */
export function homeLeave(at: usize, node: u32): void {
  store<u64>(at, load<u64>(at, MEMBERS_AT) & ~bitOf(node), MEMBERS_AT);
}

/**
 * The node is a member no more: takes it out of everything about the page.
 * @param leaves by itself: the home has all that it wrote, and it takes no grant that is on its way
 */
export function homeExpire(at: usize, node: u32, page: u32, leaves: bool): void {
  const entry = homeEntry(at, page);
  leave(at, entry, node);
  check(!isQueued(at, entry, node), 'a node is in a page’s queue at most once');
  if (leaves && isGranting(entry, node)) decline(at, entry, page);
  const wasRequester = load<u8>(entry, HOME_REQUESTER_AT) == node;
  const wasOwner = load<u8>(entry, HOME_OWNER_AT) == node;
  const phase = phaseOf(entry);
  if (wasOwner && phase == PHASE_STORING) store<u8>(entry, NO_NODE, HOME_OWNER_AT);
  else if (wasOwner) ownerLost(at, entry, page);
  leftM(at, entry, page);
  const pending = load<u64>(entry, HOME_PENDING_AT);
  store<u64>(entry, load<u64>(entry, HOME_SHARERS_AT) & ~bitOf(node), HOME_SHARERS_AT);
  store<u64>(entry, pending & ~bitOf(node), HOME_PENDING_AT);
  if (phase == PHASE_GRANTING && wasRequester) {
    finish(at, entry, page);
    return;
  }
  if (wasRequester) store<u8>(entry, NO_NODE, HOME_REQUESTER_AT);
  if (phase == PHASE_ACKS && (pending & bitOf(node)) != 0 && pending == bitOf(node)) expired(at, entry, page);
}

/** The node has been granted the page, and has not answered. */
function isGranting(entry: usize, node: u32): bool {
  return (
    phaseOf(entry) == PHASE_GRANTING &&
    load<u8>(entry, HOME_REQUESTER_AT) == node &&
    load<u8>(entry, HOME_OWNER_AT) == node
  );
}

/** The last answer of a transaction will not come. */
function expired(at: usize, entry: usize, page: u32): void {
  if (load<u8>(entry, HOME_STATE_AT) != HOME_L) {
    ready(at, entry, page);
    return;
  }
  const requester = load<u8>(entry, HOME_REQUESTER_AT);
  if (requester != NO_NODE) send(MESSAGE_LOST, requester, page, 0, load<u32>(entry, HOME_REQ_AT), 0, 0);
  finish(at, entry, page);
}
