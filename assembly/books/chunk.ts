// Spaces: the paged memory of one process whose address space is not ours. A process maps where it likes, so a space's
// pages are found not from one base but by chunk, the 2 MiB of addresses that a leaf of 512 pages covers:
//
//   (space, address >> 21) ──hash──▶ leaf number ──directory──▶ leaf       page = leaf number << 9 | index
//                                              └──directory's second half──▶ chunk: the way back to the address
//
// The table of chunks is open addressing with linear probing (Knuth, volume 3, 6.4), at most half full; a record taken
// out closes its gap (algorithm R).
//
//   record  │ u32 chunk │ u32 space << 24 | leaf number + 1 │       second word 0: free
import { check } from '../check';
import {
  CHUNKS_AT,
  REGION_CHUNK_NEXT_AT,
  REGION_CHUNK_FREE_AT,
  REGION_DIRECTORY_AT,
  CHUNK_SHIFT,
  CHUNK_COUNT,
  SPACE_LEAVES,
} from '../layout';
import { chunkSlot, regionAt } from './region';

const MASK: u32 = CHUNK_COUNT - 1;
const NUMBER_MASK: u32 = 0xffffff;
export const NO_LEAF: u32 = 0xffffffff;

// @ts-ignore: decorator
@inline
function recordAt(record: u32): usize {
  return load<u32>(CHUNKS_AT) + (record << 3);
}

function homeOf(space: u32, chunk: u32): u32 {
  // Fibonacci hashing: neighbours spread, and spaces with the same chunks (forks) do not collide.
  return ((chunk + space * 0x9e3779b1) * 0x9e3779b1) >> 16;
}

// The record of a chunk, or the free one where it belongs.
function seek(space: u32, chunk: u32): u32 {
  let record = homeOf(space, chunk);
  while (load<u32>(recordAt(record), 4) != 0 && !isOf(record, space, chunk)) record = (record + 1) & MASK;
  return record;
}

// @ts-ignore: decorator
@inline
function isOf(record: u32, space: u32, chunk: u32): bool {
  return load<u32>(recordAt(record)) == chunk && load<u32>(recordAt(record), 4) >> 24 == space;
}

// @ts-ignore: decorator
@inline
export function chunkOf(address: u64): u32 {
  return <u32>(address >> CHUNK_SHIFT);
}

/** The number of the leaf that covers a chunk of a space; NO_LEAF where it has none. */
export function findLeaf(space: u32, chunk: u32): u32 {
  const word = load<u32>(recordAt(seek(space, chunk)), 4);
  return word == 0 ? NO_LEAF : (word & NUMBER_MASK) - 1;
}

/** A number for a leaf that will cover the chunk, which has none; NO_LEAF where the space has used all. */
export function takeLeaf(space: u32, chunk: u32): u32 {
  const at = regionAt(space);
  const free = load<u32>(at, REGION_CHUNK_FREE_AT);
  let leaf: u32;
  if (free != 0) {
    leaf = free - 1;
    store<u32>(at, load<u32>(chunkSlot(space, leaf)), REGION_CHUNK_FREE_AT);
  } else {
    leaf = load<u32>(at, REGION_CHUNK_NEXT_AT);
    if (leaf >= <u32>SPACE_LEAVES) return NO_LEAF;
    store<u32>(at, leaf + 1, REGION_CHUNK_NEXT_AT);
  }
  const record = recordAt(seek(space, chunk));
  check(load<u32>(record, 4) == 0, 'a chunk has one leaf');
  store<u32>(record, chunk);
  store<u32>(record, (space << 24) | (leaf + 1), 4);
  store<u32>(chunkSlot(space, leaf), chunk);
  return leaf;
}

/** The leaf covers its chunk no more. */
export function giveLeafBack(space: u32, leaf: u32): void {
  const slot = chunkSlot(space, leaf);
  let gap = seek(space, load<u32>(slot));
  check(load<u32>(recordAt(gap), 4) != 0, 'the chunk has its leaf');
  store<u32>(recordAt(gap), 0, 4);
  for (let next = (gap + 1) & MASK; load<u32>(recordAt(next), 4) != 0; next = (next + 1) & MASK) {
    const home = homeOf(load<u32>(recordAt(next), 4) >> 24, load<u32>(recordAt(next)));
    // It may move to the gap only if its home is not between the two.
    if (((next - home) & MASK) < ((next - gap) & MASK)) continue;
    store<u64>(recordAt(gap), load<u64>(recordAt(next)));
    store<u32>(recordAt(next), 0, 4);
    gap = next;
  }
  if (space != keptSpace) linkFree(space, leaf);
}

function linkFree(space: u32, leaf: u32): void {
  const at = regionAt(space);
  store<u32>(chunkSlot(space, leaf), load<u32>(at, REGION_CHUNK_FREE_AT));
  store<u32>(at, leaf + 1, REGION_CHUNK_FREE_AT);
}

let keptSpace: u32 = 0;

/** From now on the number of a leaf of this space says for good which chunk it covers, or covered: a pass relies on it. */
export function keepLeaves(space: u32): void {
  keptSpace = space;
}

/** Numbers of leaves that were given back meanwhile can be taken again. */
export function releaseLeaves(): void {
  if (keptSpace == 0) return;
  const at = regionAt(keptSpace);
  const directory = load<u32>(at, REGION_DIRECTORY_AT);
  const leaves = load<u32>(at, REGION_CHUNK_NEXT_AT);
  store<u32>(at, 0, REGION_CHUNK_FREE_AT);
  for (let leaf = leaves; leaf-- > 0;) if (load<u32>(directory + (leaf << 2)) == 0) linkFree(keptSpace, leaf);
  keptSpace = 0;
}
