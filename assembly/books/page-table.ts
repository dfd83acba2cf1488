// The two-level page table. A region's directory holds one u32 for each 512 pages: the offset of a leaf, or 0. Leaves
// are created at the first touch, so a region costs only what its touched part costs:
//
//   directory (4 B × pages / 512, zero until used)       leaf (16 KiB)
//   ┌────┬────┬────┬── … ──┐                             ┌─────────┬─────────┬─ … ─┐ 512 × 32 B
//   │ 0  │ ●──┼────┼───────┼───────────────────────────▶ │ entry 0 │ entry 1 │     │
//   └────┴────┴────┴───────┘                             └─────────┴─────────┴─────┘
//
// The core names a page by the offset of its entry; BLOCK_BASES maps a leaf back to its first page.
import { baseSlot, freeBlock, freeTable, tableBits, takeTable, takeZeroBlock } from './block';
import { check } from '../check';
import {
  ENTRY_BYTES,
  ENTRY_FRAME_AT,
  ENTRY_REGION_AT,
  ENTRY_SHIFT,
  BLOCKS_AT,
  LEAF_BYTES,
  LEAF_COUNT_AT,
  LEAF_LIMIT_AT,
  LEAF_PAGES,
  LEAF_SHIFT,
  REGION_DIRECTORY_AT,
  REGION_LEAVES_AT,
  REGION_PAGES_AT,
} from '../layout';
import { isSpace, regionAt } from './region';

// @ts-ignore: decorator
@inline
export function regionOf(entry: usize): u32 {
  return load<u16>(entry, ENTRY_REGION_AT);
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
  return leaf == 0 ? 0 : leaf + (page & (LEAF_PAGES - 1)) * ENTRY_BYTES;
}

/** The page's entry, created if it does not exist; 0 if the table is full. */
export function makeEntry(region: u32, page: u32): usize {
  const entry = findEntry(region, page);
  // A space's leaves are created by address (`makePage`): a page number does not give the chunk.
  if (entry != 0 || isSpace(region)) return entry;
  const leaf = makeLeaf(region, page & ~(LEAF_PAGES - 1));
  if (leaf == 0) return 0;
  store<u32>(load<u32>(regionAt(region), REGION_DIRECTORY_AT) + ((page >> LEAF_SHIFT) << 2), leaf);
  return leaf + (page & (LEAF_PAGES - 1)) * ENTRY_BYTES;
}

export function makeLeaf(region: u32, base: u32): u32 {
  const leaves = load<u32>(LEAF_COUNT_AT);
  const leaf = leaves < load<u32>(LEAF_LIMIT_AT) ? takeZeroBlock() : 0;
  if (leaf == 0) return 0;
  store<u32>(LEAF_COUNT_AT, leaves + 1);
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) store<u16>(leaf + i * ENTRY_BYTES, region, ENTRY_REGION_AT);
  store<u32>(baseSlot(leaf), base);
  const at = regionAt(region);
  store<u32>(at, load<u32>(at, REGION_LEAVES_AT) + 1, REGION_LEAVES_AT);
  return leaf;
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
