// A home that takes the place of one that has ended. All nodes are frozen: nobody has a copy but the owners, and they say which pages they have.
//
// The home before has recorded of each page which version the store has (`stored`), and which it granted, to whom (`granted`, `owner`).
//
//   stored = granted                       the store has the bytes
//   stored < granted, its owner has it     the page is in M
//   stored < granted, its owner does not   the grant never arrived, or was declined: the store has the bytes
//   stored < granted, no such member       lost, or rolled back to what the store has
//
// A page in MI of a version that the store has was stored, and the node has not heard it.
import { check } from '../check';
import {
  FLAG_TO_I,
  HOME_L,
  HOME_M,
  HOME_OWNER_AT,
  HOME_PENDING_AT,
  HOME_STATE_AT,
  HOME_VERSION_AT,
  MESSAGE_KEPT,
  NO_NODE,
} from './layout';
import { bitOf, disown, homeEntry, MEMBERS_AT, ownerLost, RECOVERING_AT, unchanged } from './directory';
import { send } from './out';

/** Of an entry while it recovers: the version that the store has. */
const STORED_AT = HOME_PENDING_AT;

/** A home that has begun takes nothing but `homeHave` until `homeOpen`. */
export function homeRecover(at: usize): void {
  store<u32>(at, 1, RECOVERING_AT);
}

/** What the home before recorded of the page. */
export function homeRestore(at: usize, page: u32, stored: u64, granted: u64, owner: u32, lost: bool): void {
  const entry = homeEntry(at, page);
  check(load<u32>(at, RECOVERING_AT) != 0, 'a home is restored while it recovers');
  // 0 is the version of a node that has no copy.
  store<u64>(entry, max<u64>(1, max<u64>(stored, granted)), HOME_VERSION_AT);
  store<u64>(entry, max<u64>(1, stored), STORED_AT);
  store<u8>(entry, owner, HOME_OWNER_AT);
  if (lost) disown(entry, HOME_L);
}

/** A node that was a member has these bytes. False: it cannot. */
export function homeHave(at: usize, node: u32, page: u32, version: u64, flags: u32): bool {
  if (load<u32>(at, RECOVERING_AT) == 0) return false;
  const entry = homeEntry(at, page);
  if (version <= load<u64>(entry, STORED_AT) || load<u8>(entry, HOME_STATE_AT) == HOME_L) {
    if ((flags & FLAG_TO_I) == 0) return false;
    send(MESSAGE_KEPT, node, page, 0, 0, version, 0);
    return true;
  }
  if (version != load<u64>(entry, HOME_VERSION_AT) || load<u8>(entry, HOME_OWNER_AT) != node) return false;
  store<u8>(entry, HOME_M, HOME_STATE_AT);
  return true;
}

/** Every node that was a member has said what it has, and is a member again; or its lease has ended. For each page, before `homeOpen`. */
export function homeSettle(at: usize, page: u32): void {
  const entry = homeEntry(at, page);
  const owed = load<u64>(entry, HOME_VERSION_AT) > load<u64>(entry, STORED_AT);
  store<u64>(entry, 0, HOME_PENDING_AT);
  const state = load<u8>(entry, HOME_STATE_AT);
  if (state == HOME_L) return;
  const owner = load<u8>(entry, HOME_OWNER_AT);
  const isMember = owner != NO_NODE && (load<u64>(at, MEMBERS_AT) & bitOf(owner)) != 0;
  if (state == HOME_M && isMember) return;
  if (owed && !isMember) ownerLost(at, entry, page);
  else unchanged(entry, page);
}

/** From now on it is a home as any other. */
export function homeOpen(at: usize): void {
  store<u32>(at, 0, RECOVERING_AT);
}
