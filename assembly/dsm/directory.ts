// The directory of a home: where an entry is, and how a page loses its owner.
import {
  DO_LOST,
  DO_STORED,
  HEADER_BYTES,
  HOME_ENTRY_BYTES,
  HOME_L,
  HOME_OWNER_AT,
  HOME_SHARERS_AT,
  HOME_STATE_AT,
  HOME_U,
  HOME_VERSION_AT,
  NO_NODE,
} from './layout';
import { operation, record } from './out';

// ---- the header of a home; waiters.ts and cut.ts have more of it ----------------------------------------------------
export const PAGES_AT = 0;
/** What is broken on purpose: BREAK_ of layout.ts. */
export const BREAKS_AT = 4;
export const ROLL_BACK_AT = 8;
/** It learns who has what (recovery.ts), and takes nothing else. */
export const RECOVERING_AT = 12;
export const MEMBERS_AT = 16;

export function homeEntry(at: usize, page: u32): usize {
  return at + HEADER_BYTES + <usize>page * HOME_ENTRY_BYTES;
}

// @ts-ignore: decorator
@inline
export function bitOf(node: u32): u64 {
  return (<u64>1) << node;
}

/** Nobody has written to the page since its grant: the store has its bytes. */
export function unchanged(entry: usize, page: u32): void {
  disown(entry, HOME_U);
  record(DO_STORED, page, NO_NODE, load<u64>(entry, HOME_VERSION_AT));
}

export function disown(entry: usize, state: u32): void {
  store<u8>(entry, state, HOME_STATE_AT);
  store<u8>(entry, NO_NODE, HOME_OWNER_AT);
  store<u64>(entry, 0, HOME_SHARERS_AT);
}

export function ownerLost(at: usize, entry: usize, page: u32): void {
  if (load<u32>(at, ROLL_BACK_AT) != 0) unchanged(entry, page);
  else disown(entry, HOME_L);
  operation(DO_LOST, page);
}
