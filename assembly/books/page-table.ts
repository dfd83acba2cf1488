// The two-level page table. A region's directory holds one u32 for each 512 pages: the offset of a leaf, or 0. Leaves
// are created at the first touch, so a region costs only what its touched part costs:
//
//   directory (4 B × pages / 512, zero until used)       leaf (16 KiB)
//   ┌────┬────┬────┬── … ──┐                             ┌─────────┬─────────┬─ … ─┐ 512 × 32 B
//   │ 0  │ ●──┼────┼───────┼───────────────────────────▶ │ entry 0 │ entry 1 │     │
//   └────┴────┴────┴───────┘                             └─────────┴─────────┴─────┘
//
// The core names a page by the offset of its entry; BLOCK_BASES maps a leaf back to its first page.
import {
  baseSlot,
  blockRoom,
  freeBlock,
  freeTable,
  NO_BASE,
  tableBits,
  takeAnyBlock,
  takeBlock,
  takeTable,
} from './block';
import { check } from '../check';
import { BASE_TALLY_AT } from '../codes';
import {
  BLOCK_COUNT_AT,
  BLOCK_LOWEST_AT,
  ENTRY_BYTES,
  ENTRY_FRAME_AT,
  ENTRY_REGION_AT,
  ENTRY_SHIFT,
  BLOCKS_AT,
  EVICTION_SEQUENCE_AT,
  FIXED_END,
  LEAF_BYTES,
  LEAF_COUNT_AT,
  LEAF_LIMIT_AT,
  LEAF_PAGES,
  LEAF_SHIFT,
  REGION_CHUNK_NEXT_AT,
  REGION_DIRECTORY_AT,
  REGION_LEAVES_AT,
  REGION_PAGES_AT,
  ANNEX_FROM_AT,
} from '../layout';
import { annex } from './records';
import { isSpace, regionAt } from './region';
import { isInAnnex, putIntoAnnex, takeFromAnnex } from './annex';

// @ts-ignore: decorator
@inline
export function regionOf(entry: usize): u32 {
  return load<u16>(entry, ENTRY_REGION_AT);
}

/** The page after the last one that the region has, or that the space may have. */
export function endOf(region: u32): u32 {
  const at = regionAt(region);
  return isSpace(region) ? load<u32>(at, REGION_CHUNK_NEXT_AT) << LEAF_SHIFT : load<u32>(at, REGION_PAGES_AT);
}

/** The first page of the leaf after that of `page`. */
export function nextLeaf(page: u32): u32 {
  return ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT;
}

/** The page's number in its region. */
// @ts-ignore: decorator
@inline
export function pageOf(entry: usize): u32 {
  const index = ((<u32>entry - load<u32>(BLOCKS_AT)) & (LEAF_BYTES - 1)) >> ENTRY_SHIFT;
  return load<u32>(baseSlot(entry)) + index;
}

/** The page's frame; NO_FRAME (all ones) if it has none. */
// @ts-ignore: decorator
@inline
export function frameOf(entry: usize): u32 {
  return <u32>load<u16>(entry, ENTRY_FRAME_AT) - 1;
}

// @ts-ignore: decorator
@inline
export function setFrameOf(entry: usize, frame: u32): void {
  store<u16>(entry, <u16>(frame + 1), ENTRY_FRAME_AT);
}

/** The page's entry; 0 if no page of its leaf was ever touched. */
export function findEntry(region: u32, page: u32): usize {
  const at = regionAt(region);
  check(page < load<u32>(at, REGION_PAGES_AT), 'the page is inside its region');
  const leaf = load<u32>(load<u32>(at, REGION_DIRECTORY_AT) + ((page >> LEAF_SHIFT) << 2));
  if (leaf < <u32>FIXED_END) return leaf == 0 ? 0 : findInAnnex(region, page);
  return leaf + (page & (LEAF_PAGES - 1)) * ENTRY_BYTES;
}

/** The entry of `page`; `before` is that of the page before it, and the page's leaf exists. */
// @ts-ignore: decorator
@inline
export function entryAfter(before: usize, region: u32, page: u32): usize {
  return (page & (LEAF_PAGES - 1)) != 0 ? before + ENTRY_BYTES : findEntry(region, page);
}

function findInAnnex(region: u32, page: u32): usize {
  return bringLeafBack(region, page >> LEAF_SHIFT) + (page & (LEAF_PAGES - 1)) * ENTRY_BYTES;
}

/** As `findEntry`, but 0 also if the page's leaf is in the annex: then the page is neither in memory nor under way. */
export function findInCore(region: u32, page: u32): usize {
  return isInAnnex(load<u32>(leafSlot(region, page >> LEAF_SHIFT))) ? 0 : findEntry(region, page);
}

/** The word of the region's directory that leads to a leaf. */
// @ts-ignore: decorator
@inline
export function leafSlot(region: u32, leaf: u32): usize {
  return load<u32>(regionAt(region), REGION_DIRECTORY_AT) + (leaf << 2);
}

/** The page's entry, created if it does not exist; 0 if the table is full. */
export function makeEntry(region: u32, page: u32): usize {
  const entry = findEntry(region, page);
  // A space's leaves are created by address (`makePage`): a page number does not give the chunk.
  if (entry != 0 || isSpace(region)) return entry;
  const hasRoom = load<u32>(LEAF_COUNT_AT) < load<u32>(LEAF_LIMIT_AT);
  return entryIn(hasRoom ? takeBlock() : 0, region, page);
}

/**
 * As `makeEntry`, but above the limit of leaves if there is an annex, where the leaf can go next: for a page that was removed or
 * given up. The core must know that as soon as the page table has room again.
 */
export function makeLastEntry(region: u32, page: u32): usize {
  const entry = makeEntry(region, page);
  if (entry != 0 || isSpace(region) || load<u32>(ANNEX_FROM_AT) == 0) return entry;
  return entryIn(takeAnyBlock(), region, page);
}

function entryIn(block: u32, region: u32, page: u32): usize {
  if (block == 0) return 0;
  addLeaf(block, region, page & ~(LEAF_PAGES - 1));
  store<u32>(leafSlot(region, page >> LEAF_SHIFT), block);
  return block + (page & (LEAF_PAGES - 1)) * ENTRY_BYTES;
}

export function makeLeaf(region: u32, base: u32): u32 {
  const leaf = load<u32>(LEAF_COUNT_AT) < load<u32>(LEAF_LIMIT_AT) ? takeBlock() : 0;
  if (leaf != 0) addLeaf(leaf, region, base);
  return leaf;
}

function addLeaf(leaf: u32, region: u32, base: u32): void {
  layOutLeaf(leaf, region, base);
  const at = regionAt(region);
  store<u32>(at, load<u32>(at, REGION_LEAVES_AT) + 1, REGION_LEAVES_AT);
}

function layOutLeaf(leaf: u32, region: u32, base: u32): void {
  memory.fill(leaf, 0, LEAF_BYTES);
  store<u32>(LEAF_COUNT_AT, load<u32>(LEAF_COUNT_AT) + 1);
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) store<u16>(leaf + i * ENTRY_BYTES, region, ENTRY_REGION_AT);
  store<u32>(baseSlot(leaf), base);
  // No page of a new leaf, or of one from the annex, is in memory or under way.
  store<u32>(baseSlot(leaf), 0, BASE_TALLY_AT);
}

/** Takes a leaf back from the annex, above the limit if need be: the next step moves others out. */
export function bringLeafBack(region: u32, number: u32): u32 {
  const leaf = takeAnyBlock();
  check(leaf != 0, 'a leaf that returns from the annex finds room');
  layOutLeaf(leaf, region, number << LEAF_SHIFT);
  const slot = leafSlot(region, number);
  takeFromAnnex(load<u32>(slot), leaf);
  store<u32>(slot, leaf);
  return leaf;
}

/** Moves a leaf to the annex. False if one of its pages must stay. Nothing in the core may point to its entries. */
export function moveLeafOut(region: u32, number: u32): bool {
  const slot = leafSlot(region, number);
  const leaf = load<u32>(slot);
  const record = putIntoAnnex(leaf);
  if (record == 0) return false;
  store<u32>(slot, record);
  freeLeaf(leaf);
  return true;
}

/** Blocks that one search for leaves to move out looks at. */
const LOOKS: u32 = 256;

/** Moves leaves out if the core memory has little room left for more. Call it only where no offset of an entry is at hand. */
// @ts-ignore: decorator
@inline
export function tidyLeaves(): void {
  if (load<u32>(ANNEX_FROM_AT) != 0 && isShort()) moveSomeOut();
}

function isShort(): bool {
  return load<u32>(LEAF_COUNT_AT) >= load<u32>(ANNEX_FROM_AT) || blockRoom() < annex.reservedBlocks << 1;
}

function moveSomeOut(): void {
  const pause = annex.pausedUntil - load<u32>(EVICTION_SEQUENCE_AT);
  if (annex.pausedUntil != 0 && pause - 1 < load<u32>(BLOCK_COUNT_AT) && blockRoom() > annex.reservedBlocks) return;
  annex.pausedUntil = 0;
  const blocks = load<u32>(BLOCK_COUNT_AT);
  const lowest = load<u32>(BLOCK_LOWEST_AT);
  for (let look: u32 = 0; look < LOOKS && isShort(); look++) {
    if (annex.hand >= blocks) {
      // Only evictions make more leaves ready for the annex: wait for some, rather than look in vain at each step.
      const pauses = annex.found < (blocks >> 6) + 1;
      if (pauses) annex.pausedUntil = max<u32>(1, load<u32>(EVICTION_SEQUENCE_AT) + (blocks >> 6) + 1);
      annex.hand = 0;
      annex.found = 0;
      if (pauses) return;
    }
    const leaf = lowest + annex.hand * LEAF_BYTES;
    annex.hand = annex.hand + 1;
    const base = load<u32>(baseSlot(leaf));
    if (base != NO_BASE && moveLeafOut(regionOf(leaf), base >> LEAF_SHIFT)) annex.found = annex.found + 1;
  }
}

export function freeLeaf(leaf: u32): void {
  store<u32>(LEAF_COUNT_AT, load<u32>(LEAF_COUNT_AT) - 1);
  freeBlock(leaf);
}

function directoryBits(pages: u32): u32 {
  return tableBits((pages + LEAF_PAGES - 1) >> LEAF_SHIFT);
}

/** Allocates a directory for so many pages; 0 if no room is left. */
export function makeDirectory(pages: u32): u32 {
  return takeTable(directoryBits(pages));
}

/** Frees a directory; its words must be zero again. */
export function freeDirectory(directory: u32, pages: u32): void {
  freeTable(directory, directoryBits(pages));
}
