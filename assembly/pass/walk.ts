// What the parts of a pass share: how far its walk through the region has come, and how zero pages are reported to the sink.
import { CONTENT_REGENERATE, CONTENT_ZERO, PASS_CHANGED_ONLY, PASS_RUNS, PASS_SETTLE } from '../codes';
import { contentOf } from '../books/content';
import { isAbsent } from '../paging/fill';
import { NO_FRAME } from '../books/frame';
import { failPass } from './protection';
import {
  CAUSE_NO_TABLE,
  LEAF_SHIFT,
  PAGE_FILLING,
  REGION_CHUNK_NEXT_AT,
  REGION_PAGES_AT,
  REGION_SOURCE_AT,
  REGION_SOURCE_PAGES_AT,
  REQUEST_SAVED,
  SOURCE_ZERO,
} from '../layout';
import { findEntry, frameOf, makeEntry } from '../books/page-table';
import { isSpace, regionAt } from '../books/region';
import { request } from '../ring';
import { stateOf } from '../books/states';
import { pass } from '../books/records';

// Under PASS_SETTLE a page that is saved right after it was protected is not KEPT yet. The kernel may still write to it
// through a pin from before, which no protection stops. By the next pass that write has ended.

/** Looks at pages in one step, so that faults are served in between. */
export const SCAN_BUDGET: u32 = 8192;
/** Of a page that something is done about; of one that stays as it is, 1. */
export const SCAN_COST_CHANGED: u32 = 8;

export function beginWalk(flags: u32): void {
  pass.options = flags;
  pass.cursor = 0;
}

export function endOf(region: u32): u32 {
  const at = regionAt(region);
  return isSpace(region) ? load<u32>(at, REGION_CHUNK_NEXT_AT) << LEAF_SHIFT : load<u32>(at, REGION_PAGES_AT);
}

/** The page's entry; pages that were never touched have one where they are the source's. */
export function entryOf(region: u32, page: u32): usize {
  const at = regionAt(region);
  const sourced = load<u32>(at, REGION_SOURCE_AT) != SOURCE_ZERO && page < load<u32>(at, REGION_SOURCE_PAGES_AT);
  if (!sourced) return findEntry(region, page);
  const entry = makeEntry(region, page);
  if (entry == 0) failPass(page, CAUSE_NO_TABLE, 0);
  return entry;
}

export function nextLeaf(page: u32): u32 {
  return ((page >> LEAF_SHIFT) + 1) << LEAF_SHIFT;
}

/** Tells that the page is zeros, where the sink may think otherwise: an earlier pass took bytes of it. */
export function reportZeros(page: u32): void {
  if ((pass.options & (PASS_CHANGED_ONLY | PASS_RUNS)) == 0) return;
  if (pass.zeroCount > 0 && page != pass.zeroFirst + pass.zeroCount) flushZeros();
  if (pass.zeroCount == 0) pass.zeroFirst = page;
  pass.zeroCount++;
}

/** Call it when the batch is complete. */
export function flushZeros(): void {
  if (pass.zeroCount > 0) request(REQUEST_SAVED, pass.region, pass.zeroFirst, NO_FRAME, pass.zeroCount, 0, 0);
  pass.zeroCount = 0;
}

/** Whether the page's bytes are zeros that nothing stands for. */
export function isZeros(entry: usize, page: u32): bool {
  const state = stateOf(entry);
  if (!isAbsent(state) && (state != PAGE_FILLING || frameOf(entry) != NO_FRAME)) return false;
  const content = contentOf(pass.region, page, entry);
  return content == CONTENT_ZERO || content == CONTENT_REGENERATE;
}
