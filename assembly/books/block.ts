// The core's memory past the frames. Tables (directories, hash tables) grow up from the start, blocks of 16 KiB grow down
// from the end, until they meet. Both share this room, so none is set aside for a use that may not come.
//
//   FRAME_DATA … │ bases │ tables ──▶            ◀── blocks │ end
//
// A block is a leaf of the page table, or holds records of the pools or of stored pages. Freed blocks are reused.
import { check } from '../check';
import {
  BLOCK_BASES_AT,
  BLOCK_BYTES,
  BLOCK_COUNT_AT,
  BLOCK_FREE_AT,
  BLOCK_LOWEST_AT,
  BLOCK_SHIFT,
  BLOCKS_AT,
  LEAF_LIMIT_AT,
  ANNEX_SLABS_AT,
  ANNEX_FROM_AT,
  TABLE_FREE_AT,
  TABLE_NEXT_AT,
} from '../layout';
import { annex } from './records';

/** Leaves that one step may take from the annex: 64 faults, the pages that they read ahead, 64 operations. */
const RESERVE_COUNT: u32 = 2048;

/** Lays tables and blocks out over [start, end). False if that is too small. */
export function beginBlocks(start: u64, end: u64): bool {
  if (start + ((<u64>1) << 23) > end) return false;
  const bases = (start + 63) & ~63;
  const limit = <u32>((end - bases) >> BLOCK_SHIFT);
  const tables = (bases + ((<u64>limit) << 3) + 4095) & ~4095;
  store<u32>(BLOCK_BASES_AT, <u32>bases);
  store<u32>(TABLE_NEXT_AT, <u32>tables);
  // The last page is left out, so that no offset is 2^32.
  store<u32>(BLOCKS_AT, <u32>(end - ((<u64>limit) << BLOCK_SHIFT) - 4096));
  store<u32>(BLOCK_LOWEST_AT, <u32>(end - 4096));
  // The last eighth is for the other records: a memory full of leaves could not write back a single page of theirs.
  store<u32>(LEAF_LIMIT_AT, limit - (limit >> 3));
  if (load<u32>(ANNEX_SLABS_AT) != 0) {
    annex.reservedBlocks = min<u32>(limit >> 4, RESERVE_COUNT);
    store<u32>(ANNEX_FROM_AT, (limit >> 1) + (limit >> 3));
  }
  return true;
}

/** In place of the first page of a block's leaf: no leaf is in it. */
export const NO_BASE: u32 = 0xffffffff;

/** Blocks that can still be taken, those of the reserve included, and those that are kept for seeded leaves not. */
export function blockRoom(): u32 {
  const gap = load<u32>(BLOCK_LOWEST_AT) - load<u32>(TABLE_NEXT_AT);
  const blocks = annex.vacantBlocks + (gap >> BLOCK_SHIFT);
  return blocks > annex.seededLeaves ? blocks - annex.seededLeaves : 0;
}

/** A block with undefined content; 0 if there is no room for another. */
export function takeBlock(): u32 {
  return blockRoom() > annex.reservedBlocks ? takeAnyBlock() : 0;
}

/** As `takeBlock`, but from the reserve, too: for a leaf that returns from the annex. */
export function takeAnyBlock(): u32 {
  const block = findBlock();
  if (block != 0) store<u32>(baseSlot(block), NO_BASE);
  return block;
}

function findBlock(): u32 {
  const free = load<u32>(BLOCK_FREE_AT);
  if (free != 0) {
    store<u32>(BLOCK_FREE_AT, load<u32>(free));
    annex.vacantBlocks = annex.vacantBlocks - 1;
    return free;
  }
  const lowest = load<u32>(BLOCK_LOWEST_AT);
  if (lowest - load<u32>(TABLE_NEXT_AT) < <u32>BLOCK_BYTES) return 0;
  store<u32>(BLOCK_COUNT_AT, load<u32>(BLOCK_COUNT_AT) + 1);
  store<u32>(BLOCK_LOWEST_AT, lowest - BLOCK_BYTES);
  return lowest - BLOCK_BYTES;
}

/** A block of zeros; 0 if there is no room for another. */
export function takeZeroBlock(): u32 {
  const block = takeBlock();
  if (block != 0) memory.fill(block, 0, BLOCK_BYTES);
  return block;
}

export function freeBlock(block: u32): void {
  store<u32>(baseSlot(block), NO_BASE);
  annex.vacantBlocks = annex.vacantBlocks + 1;
  store<u32>(block, load<u32>(BLOCK_FREE_AT));
  store<u32>(BLOCK_FREE_AT, block);
}

/** Address of the words that hold the first page of a block's leaf, and its tally; `at` may be any address in the block. */
// @ts-ignore: decorator
@inline
export function baseSlot(at: usize): usize {
  return load<u32>(BLOCK_BASES_AT) + (((<u32>at - load<u32>(BLOCKS_AT)) >> BLOCK_SHIFT) << 3);
}

/** log2 of the words in the smallest table, which is 4 KiB. */
const MIN_BITS: u32 = 10;

/** log2 of the words in the smallest table with room for `words`. */
export function tableBits(words: u32): u32 {
  return words <= 1 << MIN_BITS ? MIN_BITS : 32 - clz<u32>(words - 1);
}

/** A table of 2^bits words, all zero; 0 if there is no room for it. */
export function takeTable(bits: u32): u32 {
  check(bits >= MIN_BITS && bits < 30, 'a table has a size that there is a list for');
  const list: usize = TABLE_FREE_AT + (bits << 2);
  const free = load<u32>(list);
  if (free != 0) {
    store<u32>(list, load<u32>(free));
    store<u32>(free, 0);
    return free;
  }
  const at = load<u32>(TABLE_NEXT_AT);
  const bytes: u32 = 4 << bits;
  if (bytes > load<u32>(BLOCK_LOWEST_AT) - at) return 0;
  const kept = annex.reservedBlocks;
  if (kept != 0 && blockRoom() <= kept + (bytes >> BLOCK_SHIFT)) return 0;
  store<u32>(TABLE_NEXT_AT, at + bytes);
  return at;
}

/** Frees a table; its words must be zero again. */
export function freeTable(table: u32, bits: u32): void {
  const list: usize = TABLE_FREE_AT + (bits << 2);
  store<u32>(table, load<u32>(list));
  store<u32>(list, table);
}
