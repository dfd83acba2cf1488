// Finds a space's page by its address, and creates and frees leaves as the process maps and unmaps memory.
import { NO_PAGE as NO_PAGE_CODE } from '../codes';
import { chunkOf, findLeaf, freeLeafNumber, NO_LEAF, takeLeaf } from './chunk';
import { PAGE_SHIFT_AT, REGION_DIRECTORY_AT, REGION_LEAVES_AT, LEAF_SHIFT, LEAF_PAGES } from '../layout';
import { freeLeaf, makeLeaf } from './page-table';
import { regionAt } from './region';

export const NO_PAGE: u32 = <u32>NO_PAGE_CODE;

// @ts-ignore: decorator
@inline
function leafSlot(space: u32, leaf: u32): usize {
  return load<u32>(regionAt(space), REGION_DIRECTORY_AT) + (leaf << 2);
}

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

/** Frees a leaf whose pages hold nothing any more; nothing in the core may point to them. */
export function dropLeaf(space: u32, leaf: u32): void {
  const slot = leafSlot(space, leaf);
  freeLeaf(load<u32>(slot));
  store<u32>(slot, 0);
  freeLeafNumber(space, leaf);
  const at = regionAt(space);
  store<u32>(at, load<u32>(at, REGION_LEAVES_AT) - 1, REGION_LEAVES_AT);
}

/** The leaf's entries in the core memory; 0 if the number is not in use. */
export function leafAt(space: u32, leaf: u32): u32 {
  return load<u32>(leafSlot(space, leaf));
}
