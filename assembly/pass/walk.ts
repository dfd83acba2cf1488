// What the parts of a pass share: how far its walk through the region has come, and how zero pages are reported to the sink.
import { CONTENT_REGENERATE, CONTENT_ZERO, PASS_CHANGED_ONLY, PASS_RUNS, PASS_SETTLE } from '../codes';
import { contentOf } from '../books/content';
import { isAbsent } from '../paging/fill';
import { NO_FRAME } from '../books/frame';
import { failPass } from './protection';
import {
  CAUSE_NO_TABLE,
  PAGE_FILLING,
  REGION_SOURCE_AT,
  REGION_SOURCE_PAGES_AT,
  REQUEST_SAVED,
  SOURCE_ZERO,
} from '../layout';
import { findEntry, frameOf, makeEntry } from '../books/page-table';
import { regionAt } from '../books/region';
import { request } from '../ring';
import { stateOf } from '../books/states';
import { sharePerPass } from '../books/passes';
import { Pass } from '../books/records';

// Under PASS_SETTLE a page that is saved right after it was protected is not KEPT yet: the kernel may still write to it
// through an earlier pin, which no protection stops. By the next pass such a write has ended.

/** Cost that one step may spend on scanning pages, for all passes, so that faults are served in between. */
const SCAN_BUDGET: u32 = 8192;
/** Cost of a page that the walk changes; one that stays as it is costs 1. */
export const SCAN_COST_CHANGED: u32 = 8;

/** The part of it that is one pass's. */
export function scanBudget(): u32 {
  return sharePerPass(SCAN_BUDGET);
}

export function beginWalk(pass: Pass, flags: u32): void {
  pass.options = flags;
  pass.cursor = 0;
}

/** The page's entry; in a region with a source, created for pages that were never touched. */
export function entryOf(pass: Pass, page: u32): usize {
  const region = pass.region;
  const at = regionAt(region);
  const sourced = load<u32>(at, REGION_SOURCE_AT) != SOURCE_ZERO && page < load<u32>(at, REGION_SOURCE_PAGES_AT);
  if (!sourced) return findEntry(region, page);
  const entry = makeEntry(region, page);
  if (entry == 0) failPass(pass, page, CAUSE_NO_TABLE, 0);
  return entry;
}

/** Reports a page of zeros to the sink; needed if an earlier pass took bytes of it. */
export function reportZeros(pass: Pass, page: u32): void {
  if ((pass.options & (PASS_CHANGED_ONLY | PASS_RUNS)) == 0) return;
  if (pass.zeroCount > 0 && page != pass.zeroFirst + pass.zeroCount) flushZeros(pass);
  if (pass.zeroCount == 0) pass.zeroFirst = page;
  pass.zeroCount++;
}

/** Reports the run gathered so far; call at the end of a batch. */
export function flushZeros(pass: Pass): void {
  if (pass.zeroCount > 0) request(REQUEST_SAVED, pass.region, pass.zeroFirst, NO_FRAME, pass.zeroCount, 0, 0);
  pass.zeroCount = 0;
}

/** Whether the page reads as zeros and has no copy anywhere. */
export function isZeros(pass: Pass, entry: usize, page: u32): bool {
  const state = stateOf(entry);
  if (!isAbsent(state) && (state != PAGE_FILLING || frameOf(entry) != NO_FRAME)) return false;
  const content = contentOf(pass.region, page, entry);
  return content == CONTENT_ZERO || content == CONTENT_REGENERATE;
}
