// A home that takes the place of one that has ended. All nodes are frozen: nobody has a copy but the owners, and they say which pages
// they have.
//
// The home before has recorded of each page which version the store has (`stored`), and which it granted, to whom (`granted`, `owner`).
//
//   stored = granted                           the store has the bytes
//   stored < granted, its owner has it         the page is in M
//   stored + 1 = granted, its owner lacks it   the grant never arrived, or was declined: the store has the bytes
//   stored + 1 < granted, its owner lacks it   a version in between was in the memory of the home before alone: lost, or rolled back
//   stored < granted, no such member           lost, or rolled back to what the store has
//
// A page in MI of a version that the store has was stored, and the node has not heard it. One of the newest version, which nobody owns,
// was in the memory of the home before alone: the node that has it still is its owner again.
import { check } from '../check';
import {
  FLAG_TO_I,
  HOME_L,
  HOME_M,
  HOME_OWNER_AT,
  HOME_PENDING_AT,
  HOME_STATE_AT,
  HOME_U,
  HOME_VERSION_AT,
  MESSAGE_KEPT,
  NO_NODE,
} from './layout';
import { bitOf, disown, homeEntry, MEMBERS_AT, ownerLost, PAGES_AT, RECOVERING_AT, unchanged } from './directory';
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
  if (load<u32>(at, RECOVERING_AT) == 0 || page >= load<u32>(at, PAGES_AT)) return false;
  const entry = homeEntry(at, page);
  const newest = load<u64>(entry, HOME_VERSION_AT);
  const isSaved = (flags & FLAG_TO_I) != 0;
  const isStored = version <= load<u64>(entry, STORED_AT);
  if (isStored || load<u8>(entry, HOME_STATE_AT) == HOME_L || (isSaved && version < newest)) {
    if (!isSaved) return false;
    send(MESSAGE_KEPT, node, page, 0, 0, version, 0);
    return true;
  }
  if (version != newest) return false;
  if (isSaved && load<u8>(entry, HOME_OWNER_AT) == NO_NODE) store<u8>(entry, node, HOME_OWNER_AT);
  if (load<u8>(entry, HOME_OWNER_AT) != node) return false;
  store<u8>(entry, HOME_M, HOME_STATE_AT);
  return true;
}

/** Every node that was a member has said what it has, and is a member again; or its lease has ended. For each page, before `homeOpen`. */
export function homeSettle(at: usize, page: u32): void {
  const entry = homeEntry(at, page);
  // Versions that the store does not have.
  const owed = load<u64>(entry, HOME_VERSION_AT) - load<u64>(entry, STORED_AT);
  store<u64>(entry, 0, HOME_PENDING_AT);
  const state = load<u8>(entry, HOME_STATE_AT);
  if (state == HOME_L) return;
  const owner = load<u8>(entry, HOME_OWNER_AT);
  const isMember = owner != NO_NODE && (load<u64>(at, MEMBERS_AT) & bitOf(owner)) != 0;
  if (state == HOME_M && isMember) return;
  if (owed == 0) disown(entry, HOME_U);
  else if (owed == 1 && isMember) unchanged(entry, page);
  else ownerLost(at, entry, page);
}

/** From now on it is a home as any other. */
export function homeOpen(at: usize): void {
  store<u32>(at, 0, RECOVERING_AT);
}
