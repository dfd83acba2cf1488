// Finds the region of an address. ORDER holds the regions (not spaces), sorted by the address at which they were mapped,
// so a binary search finds one among thousands. A region whose pages were moved (extent.ts) may have pages elsewhere: if
// the search fails, all regions are tried.
import { check } from '../check';
import {
  EXTENT_COUNT_AT,
  EXTENT_FIRST_AT,
  EXTENT_PAGES_AT,
  ORDER_AT,
  ORDER_COUNT_AT,
  PAGE_SHIFT_AT,
  REGION_ADDRESS_AT,
  REGION_OPEN,
  REGION_PAGES_AT,
  REGION_STATE_AT,
  REGION_TOP_AT,
} from '../layout';
import { extentAt, extentOf, isSpace, regionAt } from './region';
import { turn } from './records';

// @ts-ignore: decorator
@inline
function inOrder(index: u32): u32 {
  return load<u32>(ORDER_AT + (index << 2));
}

// @ts-ignore: decorator
@inline
function addressOf(region: u32): u64 {
  return load<u64>(regionAt(region), REGION_ADDRESS_AT);
}

// The number of regions that begin at or below the address.
function below(address: u64): u32 {
  let from: u32 = 0;
  let to = load<u32>(ORDER_COUNT_AT);
  while (from < to) {
    const middle = (from + to) >> 1;
    if (addressOf(inOrder(middle)) <= address) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Adds an open region at its address. */
export function addToOrder(region: u32): void {
  const count = load<u32>(ORDER_COUNT_AT);
  const index = below(addressOf(region));
  const at: usize = ORDER_AT + (index << 2);
  memory.copy(at + 4, at, (count - index) << 2);
  store<u32>(at, region);
  store<u32>(ORDER_COUNT_AT, count + 1);
  if (region >= load<u32>(REGION_TOP_AT)) store<u32>(REGION_TOP_AT, region + 1);
}

/** Removes a region that is about to close or to change its address. */
export function dropFromOrder(region: u32): void {
  const count = load<u32>(ORDER_COUNT_AT);
  let index: u32 = 0;
  while (index < count && inOrder(index) != region) index++;
  check(index < count, 'an open region is in the order');
  const at: usize = ORDER_AT + (index << 2);
  memory.copy(at, at + 4, (count - index - 1) << 2);
  store<u32>(ORDER_COUNT_AT, count - 1);
}

/** The open region that holds the address, with its page in `foundPage`; 0 if none does. */
export function findRegion(address: u64): u32 {
  if (turn.lastRegion != 0 && holds(turn.lastRegion, address)) return turn.lastRegion;
  const index = below(address);
  if (index > 0 && holds(inOrder(index - 1), address)) {
    turn.lastRegion = inOrder(index - 1);
    return turn.lastRegion;
  }
  for (let i: u32 = 0; i < load<u32>(ORDER_COUNT_AT); i++) {
    if (!holds(inOrder(i), address)) continue;
    turn.lastRegion = inOrder(i);
    return turn.lastRegion;
  }
  return 0;
}

function holds(region: u32, address: u64): bool {
  const at = regionAt(region);
  if (load<u32>(at, REGION_STATE_AT) != REGION_OPEN || isSpace(region)) return false;
  const shift = load<u32>(PAGE_SHIFT_AT);
  const extents = load<u32>(at, EXTENT_COUNT_AT);
  if (inRun(address, load<u64>(at, REGION_ADDRESS_AT), load<u32>(at, REGION_PAGES_AT), shift)) {
    if (extents == 0 || extentOf(region, turn.foundPage) == 0) return true;
  }
  for (let i: u32 = 0; i < extents; i++) {
    const extent = extentAt(region, i);
    if (!inRun(address, load<u64>(extent), load<u32>(extent, EXTENT_PAGES_AT), shift)) continue;
    turn.foundPage += load<u32>(extent, EXTENT_FIRST_AT);
    return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function inRun(address: u64, from: u64, pages: u32, shift: u32): bool {
  if (address < from || address - from >= (<u64>pages) << shift) return false;
  turn.foundPage = <u32>((address - from) >> shift);
  return true;
}
