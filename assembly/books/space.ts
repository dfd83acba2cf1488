// Finds a space's page by its address, and creates and frees leaves as the process maps and unmaps memory.
import { NO_PAGE as NO_PAGE_CODE } from '../codes';
import { chunkOf, findLeaf, freeLeafNumber, NO_LEAF, takeLeaf } from './chunk';
import { PAGE_SHIFT_AT, REGION_LEAVES_AT, LEAF_SHIFT, LEAF_PAGES } from '../layout';
import { freeLeaf, leafSlot, makeLeaf, moveLeafOut, bringLeafBack } from './page-table';
import { chunkSlot, regionAt } from './region';
import { isInAnnex, leaveInAnnex, seedInAnnex, shareInAnnex } from './annex';

export const NO_PAGE: u32 = <u32>NO_PAGE_CODE;

// @ts-ignore: decorator
@inline
function pageIn(leaf: u32, address: u64): u32 {
  return (leaf << LEAF_SHIFT) | ((<u32>(address >> load<u32>(PAGE_SHIFT_AT))) & (LEAF_PAGES - 1));
}

/** The page at an address; NO_PAGE if no page of its chunk was ever touched. */
export function findPage(space: u32, address: u64): u32 {
  const leaf = findLeaf(space, chunkOf(address));
  return leaf == NO_LEAF ? NO_PAGE : pageIn(leaf, address);
}

/** The page at an address, its leaf created if it does not exist; NO_PAGE if the tables are full. */
export function makePage(space: u32, address: u64): u32 {
  const chunk = chunkOf(address);
  let leaf = findLeaf(space, chunk);
  if (leaf == NO_LEAF) {
    leaf = takeLeaf(space, chunk);
    if (leaf == NO_LEAF) return NO_PAGE;
    const made = makeLeaf(space, leaf << LEAF_SHIFT);
    if (made == 0) {
      freeLeafNumber(space, leaf);
      return NO_PAGE;
    }
    store<u32>(leafSlot(space, leaf), made);
  }
  return pageIn(leaf, address);
}

/**
 * The pages of the leaf at an address are stored in the slots from `slot` on. False if that leaf exists, or there is no room to
 * say so in a record alone.
 */
export function seedLeaf(space: u32, address: u64, slot: u32): bool {
  const chunk = chunkOf(address);
  if (findLeaf(space, chunk) != NO_LEAF) return false;
  const record = seedInAnnex(slot);
  if (record == 0) return false;
  const leaf = takeLeaf(space, chunk);
  if (leaf == NO_LEAF) {
    leaveInAnnex(record);
    return false;
  }
  store<u32>(leafSlot(space, leaf), record);
  addLeaves(space, 1);
  return true;
}

/** Frees a leaf whose pages hold nothing any more; nothing in the core may point to them. */
export function dropLeaf(space: u32, leaf: u32): void {
  freeLeaf(load<u32>(leafSlot(space, leaf)));
  forgetLeaf(space, leaf);
}

function forgetLeaf(space: u32, leaf: u32): void {
  store<u32>(leafSlot(space, leaf), 0);
  freeLeafNumber(space, leaf);
  addLeaves(space, -1);
}

function addLeaves(space: u32, leaves: i32): void {
  const at = regionAt(space);
  store<u32>(at, load<u32>(at, REGION_LEAVES_AT) + leaves, REGION_LEAVES_AT);
}

/** Whether the number of a leaf is in use. */
// @ts-ignore: decorator
@inline
export function hasLeaf(space: u32, leaf: u32): bool {
  return load<u32>(leafSlot(space, leaf)) != 0;
}

/** The leaf's entries in the core memory, taken from the annex if they are there; 0 if the number is not in use. */
export function leafAt(space: u32, leaf: u32): u32 {
  const word = load<u32>(leafSlot(space, leaf));
  return isInAnnex(word) ? bringLeafBack(space, leaf) : word;
}

/** Drops a leaf in the annex that other spaces share: their pages stay as they are. False if no other does. */
export function leaveLeaf(space: u32, leaf: u32): bool {
  const word = load<u32>(leafSlot(space, leaf));
  if (!isInAnnex(word) || !leaveInAnnex(word)) return false;
  forgetLeaf(space, leaf);
  return true;
}

export const SHARED_NOT = 0;
export const SHARED = 1;
export const SHARED_NO_ROOM = 2;

/**
 * Shares a parent's leaf with its fork, in the annex, until one of the two needs a page of it. SHARED_NOT if a page of it is in
 * memory or under way, SHARED_NO_ROOM if the fork's tables have no room.
 */
export function shareLeaf(parent: u32, leaf: u32, child: u32): u32 {
  if (!isInAnnex(load<u32>(leafSlot(parent, leaf))) && !moveLeafOut(parent, leaf)) return SHARED_NOT;
  const record = load<u32>(leafSlot(parent, leaf));
  if (!shareInAnnex(record)) return SHARED_NOT;
  const own = takeLeaf(child, load<u32>(chunkSlot(parent, leaf)));
  if (own == NO_LEAF) {
    leaveInAnnex(record);
    return SHARED_NO_ROOM;
  }
  store<u32>(leafSlot(child, own), record);
  addLeaves(child, 1);
  return SHARED;
}
