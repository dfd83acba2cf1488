// Slots: the stored copies of spaces' pages. A fork's page and its parent's share their bytes until one of them is
// written to, so several pages may reference one copy: it is never overwritten, and freed with its last reference.
//
//   record  │ u32 the pool's slot; free: the next free one + 1 │ u32 pages whose copy it is │
//
// A block holds 2048 records, and is allocated when the first of its slots is taken. In a pool the record gives the bytes' slot;
// in a file, or a store in the event loop, the slot's number is the page to write.
import { tableBits, takeBlock, takeTable } from './block';
import { check } from '../check';
import { SLOT_FREE_AT, SLOT_LIMIT_AT, SLOT_NEXT_AT, SLOTS_AT } from '../layout';
import { NO_SLOT } from './pool';

/** In place of a page's digest: its stored copy has not been read yet. A digest has 61 bits. */
export const UNKNOWN_DIGEST: u64 = 0xffffffffffffffff;

const RECORD_SHIFT: u32 = 3;
const GROUP_SHIFT: u32 = 11; // records of one block
const GROUP_MASK: u32 = (1 << GROUP_SHIFT) - 1;

// @ts-ignore: decorator
@inline
function groupOf(slot: u32): usize {
  return load<u32>(SLOTS_AT) + ((slot >> GROUP_SHIFT) << 2);
}

// @ts-ignore: decorator
@inline
function recordOf(slot: u32): usize {
  return load<u32>(groupOf(slot)) + ((slot & GROUP_MASK) << RECORD_SHIFT);
}

/** Allocates the table for up to `slots` slots; false if there is no room for it. */
export function beginSlots(slots: u32): bool {
  const table = takeTable(tableBits((slots + GROUP_MASK) >> GROUP_SHIFT));
  store<u32>(SLOTS_AT, table);
  store<u32>(SLOT_LIMIT_AT, slots);
  return table != 0;
}

/** Takes a slot, with one reference; NO_SLOT if all are in use, or the core has no room for more records. */
export function takeStored(inPool: u32): u32 {
  const free = load<u32>(SLOT_FREE_AT);
  let slot: u32;
  if (free != 0) {
    slot = free - 1;
    store<u32>(SLOT_FREE_AT, load<u32>(recordOf(slot)));
  } else {
    slot = load<u32>(SLOT_NEXT_AT);
    if (slot >= load<u32>(SLOT_LIMIT_AT)) return NO_SLOT;
    if ((slot & GROUP_MASK) == 0) {
      const block = takeBlock();
      if (block == 0) return NO_SLOT;
      store<u32>(groupOf(slot), block);
    }
    store<u32>(SLOT_NEXT_AT, slot + 1);
  }
  store<u32>(recordOf(slot), inPool);
  store<u32>(recordOf(slot), 1, 4);
  return slot;
}

/** Adds a reference. */
export function shareStored(slot: u32): void {
  const pages = load<u32>(recordOf(slot), 4);
  check(pages > 0, 'the slot is in use');
  store<u32>(recordOf(slot), pages + 1, 4);
}

/** Drops a reference; true if it was the last one: the caller then frees the bytes in the pool. */
export function dropStored(slot: u32): bool {
  const pages = load<u32>(recordOf(slot), 4);
  check(pages > 0, 'the slot is in use');
  store<u32>(recordOf(slot), pages - 1, 4);
  return pages == 1;
}

/** Frees a slot whose last reference was dropped. */
export function freeStored(slot: u32): void {
  check(load<u32>(recordOf(slot), 4) == 0, 'the slot has no reference');
  store<u32>(recordOf(slot), load<u32>(SLOT_FREE_AT));
  store<u32>(SLOT_FREE_AT, slot + 1);
}

// @ts-ignore: decorator
@inline
export function inPool(slot: u32): u32 {
  return load<u32>(recordOf(slot));
}
