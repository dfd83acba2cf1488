// A plan says what region the loop opens: it has those fields of a region that the loop decides.
import { check } from '../check';
import {
  EXTENT_BYTES,
  EXTENT_COUNT_AT,
  EXTENT_LIMIT,
  REGION_ADDRESS_AT,
  REGION_EXTENTS_AT,
  REGION_FILE_AT,
  REGION_PAGES_AT,
  REGION_POOL_AT,
  REGION_SOURCE_AT,
  REGION_SOURCE_BYTES_AT,
  REGION_SOURCE_FD_AT,
  REGION_SOURCE_PAGES_AT,
  REGION_STORE_AT,
  REGION_STORE_FD_AT,
} from '../layout';
import { regionAt } from './region';

export function planPages(plan: u32): u32 {
  return load<u32>(plan, REGION_PAGES_AT);
}

/** Copies a plan into a region, all but the page count, for which the region has its directory already. */
export function takePlan(region: u32, plan: u32): void {
  const at = regionAt(region);
  const extents = load<u32>(plan, EXTENT_COUNT_AT);
  check(extents <= <u32>EXTENT_LIMIT, 'a plan has no more extents than a region');
  store<u64>(at, load<u64>(plan, REGION_ADDRESS_AT), REGION_ADDRESS_AT);
  takeStores(region, plan);
  copyWord(at, plan, REGION_SOURCE_AT);
  copyWord(at, plan, REGION_SOURCE_FD_AT);
  copyWord(at, plan, REGION_SOURCE_PAGES_AT);
  copyWord(at, plan, REGION_FILE_AT);
  store<u64>(at, load<u64>(plan, REGION_SOURCE_BYTES_AT), REGION_SOURCE_BYTES_AT);
  memory.copy(at + REGION_EXTENTS_AT, <usize>plan + REGION_EXTENTS_AT, extents * EXTENT_BYTES);
  store<u32>(at, extents, EXTENT_COUNT_AT);
}

/** Copies only the store's fields, for a space. */
export function takeStores(region: u32, plan: u32): void {
  const at = regionAt(region);
  copyWord(at, plan, REGION_STORE_AT);
  copyWord(at, plan, REGION_STORE_FD_AT);
  copyWord(at, plan, REGION_POOL_AT);
}

function copyWord(to: usize, from: usize, field: usize): void {
  store<u32>(to + field, load<u32>(from + field));
}
