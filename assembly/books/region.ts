// A region's record: its address, its counters, the addresses of its pages.
import { CHUNK_SHIFT } from '../codes';
import {
  NOW_AT,
  PAGE_SHIFT_AT,
  REGIONS_AT,
  REGION_BYTES,
  REGION_ADDRESS_AT,
  REGION_PAGES_AT,
  REGION_DIRECTORY_AT,
  REGION_SPACE_AT,
  EXTENT_COUNT_AT,
  REGION_EXTENTS_AT,
  EXTENT_BYTES,
  EXTENT_FIRST_AT,
  EXTENT_PAGES_AT,
  REGION_COUNTERS_AT,
  COUNTER_WAIT_MAX,
  COUNTER_WAIT_SUM,
  REGION_CARRIES_AT,
  REGION_HISTOGRAM_AT,
  HISTOGRAM_COUNT,
  TICK_SHIFT,
  LEAF_SHIFT,
  LEAF_PAGES,
} from '../layout';

// @ts-ignore: decorator
@inline
export function regionAt(region: u32): usize {
  return REGIONS_AT + region * REGION_BYTES;
}

// @ts-ignore: decorator
@inline
export function pageAddress(region: u32, page: u32): u64 {
  if (isSplit(region)) return movedAddress(region, page);
  if (isSpace(region)) return spaceAddress(region, page);
  return load<u64>(regionAt(region), REGION_ADDRESS_AT) + ((<u64>page) << load<u32>(PAGE_SHIFT_AT));
}

/** Whether some of its pages lie elsewhere (mremap): adjacent pages need not have adjacent addresses then. */
// @ts-ignore: decorator
@inline
export function isSplit(region: u32): bool {
  return load<u32>(regionAt(region), EXTENT_COUNT_AT) != 0;
}

/** Whether its pages are found by chunk: the memory of another process (see chunk.ts). */
// @ts-ignore: decorator
@inline
export function isSpace(region: u32): bool {
  return load<u32>(regionAt(region), REGION_SPACE_AT) != 0;
}

/** Where the chunk of one of a space's leaves is kept: in the directory's second half. */
// @ts-ignore: decorator
@inline
export function chunkSlot(space: u32, leaf: u32): usize {
  return load<u32>(regionAt(space), REGION_DIRECTORY_AT) + ((leafRoom(space) + leaf) << 2);
}

/** Leaves that a space's directory has room for now. */
// @ts-ignore: decorator
@inline
export function leafRoom(space: u32): u32 {
  return load<u32>(regionAt(space), REGION_PAGES_AT) >> LEAF_SHIFT;
}

function spaceAddress(space: u32, page: u32): u64 {
  const chunk = load<u32>(chunkSlot(space, page >> LEAF_SHIFT));
  return ((<u64>chunk) << CHUNK_SHIFT) | ((<u64>(page & (LEAF_PAGES - 1))) << load<u32>(PAGE_SHIFT_AT));
}

/** True if `page` is address-contiguous with `page - 1`, so one command can cover both. */
// @ts-ignore: decorator
@inline
export function follows(region: u32, page: u32): bool {
  return !isSpace(region) || (page & (LEAF_PAGES - 1)) != 0;
}

// @ts-ignore: decorator
@inline
export function extentAt(region: u32, extent: u32): usize {
  return regionAt(region) + REGION_EXTENTS_AT + extent * EXTENT_BYTES;
}

/** The extent that holds the page; 0 if it lies where the region was mapped. */
export function extentOf(region: u32, page: u32): usize {
  const extents = load<u32>(regionAt(region), EXTENT_COUNT_AT);
  for (let i: u32 = 0; i < extents; i++) {
    const at = extentAt(region, i);
    const first = load<u32>(at, EXTENT_FIRST_AT);
    if (page >= first && page - first < load<u32>(at, EXTENT_PAGES_AT)) return at;
  }
  return 0;
}

function movedAddress(region: u32, page: u32): u64 {
  const shift = load<u32>(PAGE_SHIFT_AT);
  const at = extentOf(region, page);
  if (at == 0) return load<u64>(regionAt(region), REGION_ADDRESS_AT) + ((<u64>page) << shift);
  return load<u64>(at) + ((<u64>(page - load<u32>(at, EXTENT_FIRST_AT))) << shift);
}

// @ts-ignore: decorator
@inline
export function count(region: u32, counter: u32, by: i32): void {
  const at = regionAt(region) + REGION_COUNTERS_AT + (counter << 3);
  // Other threads read counters with Atomics; only this thread writes them. An aligned 64-bit store is one instruction on
  // every 64-bit machine, so readers see whole values without the fence of an atomic store.
  store<u64>(at, load<u64>(at) + <u64>(<i64>by));
}

// @ts-ignore: decorator
@inline
export function counter(region: u32, counter: u32): u64 {
  return load<u64>(regionAt(region) + REGION_COUNTERS_AT + (counter << 3));
}

/** Now in ticks of 64 ns, modulo 2^32 (275 s), never 0: 0 means that no thread waits. */
// @ts-ignore: decorator
@inline
export function tick(): u32 {
  const now = <u32>(load<u64>(NOW_AT) >> TICK_SHIFT);
  return now == 0 ? 1 : now;
}

/** Counts one answered fault that was read at `since`. */
export function recordLatency(region: u32, since: u32): void {
  const ticks = tick() - since;
  let bucket = ticks;
  if (ticks >= 16) {
    const exponent: u32 = 31 - clz<u32>(ticks);
    bucket = ((exponent - 3) << 4) + ((ticks >> (exponent - 4)) & 15);
  }
  if (bucket >= <u32>HISTOGRAM_COUNT) bucket = HISTOGRAM_COUNT - 1;
  const at = regionAt(region) + REGION_HISTOGRAM_AT + (bucket << 2);
  const counted = load<u32>(at) + 1;
  store<u32>(at, counted);
  if (counted == 0) carryBucket(regionAt(region), bucket, 1);
  const sum = regionAt(region) + REGION_COUNTERS_AT + (COUNTER_WAIT_SUM << 3);
  store<u64>(sum, load<u64>(sum) + <u64>ticks);
  const longest = regionAt(region) + REGION_COUNTERS_AT + (COUNTER_WAIT_MAX << 3);
  if (<u64>ticks > load<u64>(longest)) atomic.store<u64>(longest, <u64>ticks);
}

/** Adds `by` times 2^32 to a bucket of the region's record at `at`. */
export function carryBucket(at: usize, bucket: u32, by: u8): void {
  const place = at + REGION_CARRIES_AT + bucket;
  store<u8>(place, load<u8>(place) + by);
}
