// Where a region's pages lie once the application has moved or unmapped some of them: mremap(2), munmap(2).
//
//   mapped at   │ 0 … 99 │ 100 … 199 │ 200 … 999 │      pages 100 to 199 moved: one extent, and a hole where they were
//                             └──────▶ extent {address, 100, 100}
import { NOWHERE_SHIFT } from '../codes';
import {
  EXTENT_BYTES,
  EXTENT_COUNT_AT,
  EXTENT_FIRST_AT,
  EXTENT_LIMIT,
  EXTENT_PAGES_AT,
  PAGE_SHIFT_AT,
  REGION_ADDRESS_AT,
  REGION_PAGES_AT,
} from '../layout';
import { addToOrder, dropFromOrder } from './order';
import { extentAt, isSplit, pageAddress, regionAt } from './region';

/** An address that no process can map. */
export const NOWHERE: u64 = (<u64>1) << NOWHERE_SHIFT;

/** True if the page was unmapped: it can be neither filled nor touched. */
export function isUnmapped(region: u32, page: u32): bool {
  return isSplit(region) && pageAddress(region, page) >= NOWHERE;
}

/** Records that pages [first, end) are now at `address`. False if the region has no room for another extent. */
export function place(region: u32, first: u32, end: u32, address: u64): bool {
  const at = regionAt(region);
  if (first == 0 && end == load<u32>(at, REGION_PAGES_AT) && address != NOWHERE) {
    dropFromOrder(region);
    store<u64>(at, address, REGION_ADDRESS_AT);
    addToOrder(region);
    store<u32>(at, 0, EXTENT_COUNT_AT);
    return true;
  }
  // Cutting one extent in two and adding one needs at most two more.
  if (load<u32>(at, EXTENT_COUNT_AT) + 2 > <u32>EXTENT_LIMIT) return false;
  cut(region, first, end);
  const home = load<u64>(at, REGION_ADDRESS_AT) + ((<u64>first) << load<u32>(PAGE_SHIFT_AT));
  if (address != home) add(region, first, end - first, address);
  return true;
}

// Takes [first, end) out of every extent.
function cut(region: u32, first: u32, end: u32): void {
  const at = regionAt(region);
  let i: u32 = 0;
  while (i < load<u32>(at, EXTENT_COUNT_AT)) {
    const extent = extentAt(region, i);
    const from = load<u32>(extent, EXTENT_FIRST_AT);
    const to = from + load<u32>(extent, EXTENT_PAGES_AT);
    const address = load<u64>(extent);
    if (to <= first || from >= end) {
      i++;
      continue;
    }
    const last = load<u32>(at, EXTENT_COUNT_AT) - 1;
    memory.copy(extent, extentAt(region, last), EXTENT_BYTES);
    store<u32>(at, last, EXTENT_COUNT_AT);
    if (from < first) add(region, from, first - from, address);
    if (to > end) {
      const rest = address == NOWHERE ? NOWHERE : address + ((<u64>(end - from)) << load<u32>(PAGE_SHIFT_AT));
      add(region, end, to - end, rest);
    }
    i = 0;
  }
}

function add(region: u32, first: u32, pages: u32, address: u64): void {
  const at = regionAt(region);
  const count = load<u32>(at, EXTENT_COUNT_AT);
  // Adjacent unmapped ranges become one extent.
  for (let i: u32 = 0; i < count && address == NOWHERE; i++) {
    const extent = extentAt(region, i);
    if (load<u64>(extent) != NOWHERE) continue;
    const from = load<u32>(extent, EXTENT_FIRST_AT);
    const length = load<u32>(extent, EXTENT_PAGES_AT);
    if (from + length != first && first + pages != from) continue;
    store<u32>(extent, min(from, first), EXTENT_FIRST_AT);
    store<u32>(extent, length + pages, EXTENT_PAGES_AT);
    return;
  }
  const extent = extentAt(region, count);
  store<u64>(extent, address);
  store<u32>(extent, first, EXTENT_FIRST_AT);
  store<u32>(extent, pages, EXTENT_PAGES_AT);
  store<u32>(at, count + 1, EXTENT_COUNT_AT);
}
