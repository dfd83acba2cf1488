// Spaces: the paged memory of another process. A process maps memory anywhere, so a space's pages are found
// not from one base but by chunk, the 2 MiB of addresses that a leaf of 512 pages covers:
//
//   (space, address >> 21) ──hash──▶ leaf number ──directory──▶ leaf       page = leaf number << 9 | index
//                                              └──directory's second half──▶ chunk: the way back to the address
//
// The table of chunks is open addressing with linear probing (Knuth, volume 3, 6.4); a record taken out closes its gap
// (algorithm R). The table doubles when it is half full, and so does a space's directory when it is full. Only where the core's
// memory has no room for a table of twice the size may it become fuller.
//
//   record  │ u32 chunk │ u32 space << 20 | leaf number + 1 │       second word 0: free
import { CHUNK_SHIFT } from '../codes';
import { freeTable, takeTable } from './block';
import { check } from '../check';
import {
  CHUNKS_AT,
  CHUNK_BITS_AT,
  CHUNK_USED_AT,
  LEAF_SHIFT,
  REGION_PAGES_AT,
  REGION_CHUNK_NEXT_AT,
  REGION_CHUNK_FREE_AT,
  REGION_DIRECTORY_AT,
} from '../layout';
import { chunkSlot, leafRoom, regionAt } from './region';
import { passOf } from './passes';

/** Leaves of one space: 2 TiB of chunks that were touched. A record of a chunk has 20 bits for it. */
const SPACE_LEAVES: u32 = 1048575;

const SPACE_SHIFT: u32 = 20;
const NUMBER_MASK: u32 = (1 << SPACE_SHIFT) - 1;
export const NO_LEAF: u32 = 0xffffffff;
/** The table begins with 2^12 records. */
const FIRST_BITS: u32 = 12;
const MAX_BITS: u32 = 26;
/** Leaves that a space's directory has room for at first. */
export const SPACE_LEAVES_FIRST: u32 = 512;

// @ts-ignore: decorator
@inline
function recordAt(record: u32): usize {
  return load<u32>(CHUNKS_AT) + (record << 3);
}

// @ts-ignore: decorator
@inline
function mask(): u32 {
  return (1 << load<u32>(CHUNK_BITS_AT)) - 1;
}

function homeOf(space: u32, chunk: u32): u32 {
  // Fibonacci hashing: neighbours spread, and spaces with the same chunks (forks) do not collide.
  return ((chunk + space * 0x9e3779b1) * 0x9e3779b1) >> (32 - load<u32>(CHUNK_BITS_AT));
}

// The record of a chunk, or the free one where it belongs.
function seek(space: u32, chunk: u32): u32 {
  const all = mask();
  let record = homeOf(space, chunk);
  while (load<u32>(recordAt(record), 4) != 0 && !isOf(record, space, chunk)) record = (record + 1) & all;
  return record;
}

/** Creates the table of chunks; false if there is no room for it. */
export function beginChunks(): bool {
  const table = takeTable(FIRST_BITS + 1);
  store<u32>(CHUNKS_AT, table);
  store<u32>(CHUNK_BITS_AT, FIRST_BITS);
  return table != 0;
}

// Doubles the table; false if there is no room for that.
function growChunks(): bool {
  const bits = load<u32>(CHUNK_BITS_AT);
  const before = load<u32>(CHUNKS_AT);
  const table = bits < MAX_BITS ? takeTable(bits + 2) : 0;
  if (table == 0) return false;
  store<u32>(CHUNKS_AT, table);
  store<u32>(CHUNK_BITS_AT, bits + 1);
  for (let i: u32 = 0; i < 1 << bits; i++) {
    const at = before + (i << 3);
    const owner = load<u32>(at, 4);
    if (owner != 0) store<u64>(recordAt(seek(owner >> SPACE_SHIFT, load<u32>(at))), load<u64>(at));
  }
  memory.fill(before, 0, 8 << bits);
  freeTable(before, bits + 1);
  return true;
}

// Whether one more chunk may be added. Above half full a search is slower; in a full table it would not end.
function hasRoom(): bool {
  const used = load<u32>(CHUNK_USED_AT);
  const records = mask() + 1;
  return used < records >> 1 || growChunks() || used < records - (records >> 3);
}

/** Allocates the directory of a new space; 0 if there is no room for it. */
export function makeSpaceDirectory(): u32 {
  return takeTable(directoryBits(SPACE_LEAVES_FIRST));
}

/** Frees the directory of a space; the space must have no leaf left. */
export function freeSpaceDirectory(space: u32): void {
  clearDirectory(load<u32>(regionAt(space), REGION_DIRECTORY_AT), leafRoom(space));
}

// The directory's second half leads back from leaves to chunks.
function directoryBits(leaves: u32): u32 {
  return ctz<u32>(leaves) + 1;
}

function clearDirectory(directory: u32, leaves: u32): void {
  memory.fill(directory, 0, leaves << 3);
  freeTable(directory, directoryBits(leaves));
}

function growDirectory(space: u32): bool {
  const at = regionAt(space);
  const leaves = leafRoom(space);
  if (leaves > SPACE_LEAVES) return false;
  const before = load<u32>(at, REGION_DIRECTORY_AT);
  const directory = takeTable(directoryBits(leaves << 1));
  if (directory == 0) return false;
  memory.copy(directory, before, leaves << 2);
  memory.copy(directory + (leaves << 3), before + (leaves << 2), leaves << 2);
  store<u32>(at, directory, REGION_DIRECTORY_AT);
  store<u32>(at, (leaves << 1) << LEAF_SHIFT, REGION_PAGES_AT);
  clearDirectory(before, leaves);
  return true;
}

// @ts-ignore: decorator
@inline
function isOf(record: u32, space: u32, chunk: u32): bool {
  return load<u32>(recordAt(record)) == chunk && load<u32>(recordAt(record), 4) >> SPACE_SHIFT == space;
}

// @ts-ignore: decorator
@inline
export function chunkOf(address: u64): u32 {
  return <u32>(address >> CHUNK_SHIFT);
}

/** The number of the leaf that covers a chunk of a space; NO_LEAF if there is none. */
export function findLeaf(space: u32, chunk: u32): u32 {
  const word = load<u32>(recordAt(seek(space, chunk)), 4);
  return word == 0 ? NO_LEAF : (word & NUMBER_MASK) - 1;
}

/** Allocates a leaf number for a chunk that has none; NO_LEAF if the tables are full. */
export function takeLeaf(space: u32, chunk: u32): u32 {
  if (!hasRoom()) return NO_LEAF;
  const at = regionAt(space);
  const free = load<u32>(at, REGION_CHUNK_FREE_AT);
  let leaf: u32;
  if (free != 0) {
    leaf = free - 1;
    store<u32>(at, load<u32>(chunkSlot(space, leaf)), REGION_CHUNK_FREE_AT);
  } else {
    leaf = load<u32>(at, REGION_CHUNK_NEXT_AT);
    if (leaf >= SPACE_LEAVES || (leaf == leafRoom(space) && !growDirectory(space))) return NO_LEAF;
    store<u32>(at, leaf + 1, REGION_CHUNK_NEXT_AT);
  }
  const record = recordAt(seek(space, chunk));
  check(load<u32>(record, 4) == 0, 'a chunk has one leaf');
  store<u32>(record, chunk);
  store<u32>(record, (space << SPACE_SHIFT) | (leaf + 1), 4);
  store<u32>(CHUNK_USED_AT, load<u32>(CHUNK_USED_AT) + 1);
  store<u32>(chunkSlot(space, leaf), chunk);
  return leaf;
}

/** Frees a leaf number: the leaf no longer covers its chunk. */
export function freeLeafNumber(space: u32, leaf: u32): void {
  const slot = chunkSlot(space, leaf);
  const all = mask();
  let gap = seek(space, load<u32>(slot));
  check(load<u32>(recordAt(gap), 4) != 0, 'the chunk has its leaf');
  store<u32>(recordAt(gap), 0, 4);
  store<u32>(CHUNK_USED_AT, load<u32>(CHUNK_USED_AT) - 1);
  for (let next = (gap + 1) & all; load<u32>(recordAt(next), 4) != 0; next = (next + 1) & all) {
    const home = homeOf(load<u32>(recordAt(next), 4) >> SPACE_SHIFT, load<u32>(recordAt(next)));
    // It may move to the gap only if its home is not between the two.
    if (((next - home) & all) < ((next - gap) & all)) continue;
    store<u64>(recordAt(gap), load<u64>(recordAt(next)));
    store<u32>(recordAt(next), 0, 4);
    gap = next;
  }
  // While a pass runs each leaf number names one chunk.
  if (passOf(space) === null) linkFree(space, leaf);
}

function linkFree(space: u32, leaf: u32): void {
  const at = regionAt(space);
  store<u32>(chunkSlot(space, leaf), load<u32>(at, REGION_CHUNK_FREE_AT));
  store<u32>(at, leaf + 1, REGION_CHUNK_FREE_AT);
}

/** Leaf numbers that were freed meanwhile can be reused. */
export function releaseLeaves(space: u32): void {
  const at = regionAt(space);
  const directory = load<u32>(at, REGION_DIRECTORY_AT);
  const leaves = load<u32>(at, REGION_CHUNK_NEXT_AT);
  store<u32>(at, 0, REGION_CHUNK_FREE_AT);
  for (let leaf = leaves; leaf-- > 0;) if (load<u32>(directory + (leaf << 2)) == 0) linkFree(space, leaf);
}
