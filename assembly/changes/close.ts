// Opens and closes regions and spaces; a closed region's missing pages are poisoned or sealed, never zeros.
import { CONTENT_ZERO } from '../codes';
import {
  PAGE_SHIFT_AT,
  PINNED_PAGES_AT,
  REGION_COUNT_AT,
  REGION_END_AT,
  COMMAND_LIMIT,
  OP_POISON,
  OP_SEAL,
  PURPOSE_NONE,
  REGION_BYTES,
  REGION_LIMIT,
  REGION_STATE_AT,
  REGION_CLOSED,
  REGION_FREE,
  REGION_OPEN,
  REGION_PAGES_AT,
  REGION_DIRECTORY_AT,
  REGION_SOURCE_AT,
  REGION_SPACE_AT,
  REGION_CHUNK_NEXT_AT,
  REGION_COUNTERS_AT,
  COUNTER_RESIDENT,
  COUNTER_DIRTY,
  COUNTER_PINNED,
  COUNTER_WAIT_MAX,
  COUNTER_LIMIT,
  REGION_HISTOGRAM_AT,
  REGION_CARRIES_AT,
  HISTOGRAM_COUNT,
  SOURCE_ZERO,
  TOTAL_PAGES_AT,
  LEAF_SHIFT,
  LEAF_PAGES,
  ENTRY_BYTES,
  PAGE_STAGED,
  PAGE_EVICTING,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_PINNED,
} from '../layout';
import { removePage } from './event';
import { flagsOf } from '../books/queue';
import { addToOrder, dropFromOrder } from '../books/order';
import { NO_FRAME } from '../books/frame';
import { frameOf, freeDirectory, freeLeaf, makeDirectory, bringLeafBack } from '../books/page-table';
import { isInAnnex } from '../books/annex';
import { isZero } from '../paging/writeback';
import { contentOf } from '../books/content';
import { check } from '../check';
import { beginChunks, freeSpaceDirectory, makeSpaceDirectory, SPACE_LEAVES_FIRST } from '../books/chunk';
import { carryBucket, isSpace, isSplit, pageAddress, regionAt } from '../books/region';
import { beginSlots } from '../books/stored';
import { dropLeaf, leafAt, leaveLeaf } from '../books/space';
import { command, commandRoom } from '../ring';
import { isResident, stateOf } from '../books/states';
import { planPages, takePlan, takeStores } from '../books/plan';
import { forgetPass } from '../books/passes';
import { turn } from '../books/records';

/** Allocates the tables of spaces with up to `slots` pages in their store; 0 if there is no room for them. */
export function openSpaces(slots: u32): u32 {
  return beginSlots(slots) && beginChunks() ? 1 : 0;
}

/** Opens a space with the store of a plan; 0 if as many regions are open as there may be. */
export function openSpace(plan: u32): u32 {
  for (let space: u32 = 1; space < <u32>REGION_LIMIT; space++) {
    if (load<u32>(regionAt(space), REGION_STATE_AT) != REGION_FREE) continue;
    if (!openSpaceAt(space)) return 0;
    takeStores(space, plan);
    return space;
  }
  return 0;
}

/** Opens a space under a number that is free. */
export function openSpaceAt(space: u32): bool {
  const at = regionAt(space);
  check(load<u32>(at, REGION_STATE_AT) == REGION_FREE, 'the number of a new space is free');
  if (!occupy(space, makeSpaceDirectory(), SPACE_LEAVES_FIRST << LEAF_SHIFT)) return false;
  store<u32>(at, 1, REGION_SPACE_AT);
  return true;
}

function occupy(region: u32, directory: u32, pages: u32): bool {
  if (directory == 0) return false;
  const at = regionAt(region);
  memory.fill(at, 0, REGION_BYTES);
  store<u32>(at, directory, REGION_DIRECTORY_AT);
  store<u32>(at, pages, REGION_PAGES_AT);
  store<u32>(at, REGION_OPEN, REGION_STATE_AT);
  store<u32>(REGION_COUNT_AT, load<u32>(REGION_COUNT_AT) + 1);
  store<u32>(REGION_END_AT, max<u32>(load<u32>(REGION_END_AT), region + 1));
  return true;
}

/** Opens the region that a plan describes; 0 if no region number is free, or there is no room for its directory. */
export function openRegion(plan: u32): u32 {
  const pages = planPages(plan);
  for (let region: u32 = 1; region < <u32>REGION_LIMIT; region++) {
    const at = regionAt(region);
    if (load<u32>(at, REGION_STATE_AT) != REGION_FREE) continue;
    if (!occupy(region, makeDirectory(pages), pages)) return 0;
    takePlan(region, plan);
    addToOrder(region);
    store<u64>(TOTAL_PAGES_AT, load<u64>(TOTAL_PAGES_AT) + <u64>pages);
    return region;
  }
  return 0;
}

/**
 * Drops a region's pages, a part at a time: call until it returns true, running the commands in between. Resident pages
 * stay readable; others are poisoned or sealed, so that no thread reads zeros in their place. A region's number stays
 * taken until `freeRegion`; a space's is free at once.
 */
export function closeRegion(region: u32): bool {
  forgetPass(region);
  if (isSpace(region)) return closeSpace(region);
  const at = regionAt(region);
  const pages = load<u32>(at, REGION_PAGES_AT);
  const directory = load<u32>(at, REGION_DIRECTORY_AT);
  const leaves = (pages + LEAF_PAGES - 1) >> LEAF_SHIFT;
  const sourced = load<u32>(at, REGION_SOURCE_AT) != SOURCE_ZERO;
  while (turn.closingLeaf < leaves) {
    if (commandRoom() < <u32>(COMMAND_LIMIT >> 1)) return false;
    let leaf = load<u32>(directory + (turn.closingLeaf << 2));
    if (isInAnnex(leaf)) leaf = bringLeafBack(region, turn.closingLeaf);
    if (leaf != 0) {
      closeLeaf(region, turn.closingLeaf << LEAF_SHIFT, leaf, pages);
      store<u32>(directory + (turn.closingLeaf << 2), 0);
      freeLeaf(leaf);
    } else if (sourced) {
      const first = turn.closingLeaf;
      while (turn.closingLeaf + 1 < leaves && load<u32>(directory + ((turn.closingLeaf + 1) << 2)) == 0)
        turn.closingLeaf++;
      const end = min(pages, (turn.closingLeaf + 1) << LEAF_SHIFT);
      seal(OP_SEAL, region, first << LEAF_SHIFT, end);
    }
    turn.closingLeaf++;
  }
  turn.closingLeaf = 0;
  freeDirectory(directory, pages);
  dropFromOrder(region);
  store<u64>(TOTAL_PAGES_AT, load<u64>(TOTAL_PAGES_AT) - <u64>pages);
  retire(at, REGION_CLOSED);
  return true;
}

// Its process has ended, and its memory with it.
function closeSpace(space: u32): bool {
  const at = regionAt(space);
  const leaves = load<u32>(at, REGION_CHUNK_NEXT_AT);
  while (turn.closingLeaf < leaves) {
    if (commandRoom() < <u32>(COMMAND_LIMIT >> 1)) return false;
    const leaf: usize = leaveLeaf(space, turn.closingLeaf) ? 0 : leafAt(space, turn.closingLeaf);
    if (leaf != 0) {
      for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) removePage(leaf + i * ENTRY_BYTES);
      dropLeaf(space, turn.closingLeaf);
    }
    turn.closingLeaf++;
  }
  turn.closingLeaf = 0;
  freeSpaceDirectory(space);
  retire(at, REGION_FREE);
  return true;
}

function seal(op: u32, region: u32, page: u32, end: u32): void {
  if (isSplit(region) && end - page > 1) {
    for (; page < end; page++) seal(op, region, page, page + 1);
    return;
  }
  const length = (<u64>(end - page)) << load<u32>(PAGE_SHIFT_AT);
  command(op, 0, PURPOSE_NONE, region, page, end - page, 0, pageAddress(region, page), 0, length);
}

function closeLeaf(region: u32, base: u32, leaf: u32, pages: u32): void {
  let from: u32 = 0xffffffff;
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
    const page = base + i;
    if (page >= pages) break;
    const entry: usize = leaf + i * ENTRY_BYTES;
    const gone = isElsewhere(region, page, entry);
    if ((flagsOf(entry) & PAGE_PINNED) != 0) store<u32>(PINNED_PAGES_AT, load<u32>(PINNED_PAGES_AT) - 1);
    if (gone && from == 0xffffffff) from = page;
    if (!gone && from != 0xffffffff) {
      seal(OP_POISON, region, from, page);
      from = 0xffffffff;
    }
    removePage(entry);
  }
  if (from != 0xffffffff) seal(OP_POISON, region, from, min(pages, base + LEAF_PAGES));
}

// Whether the page has content that a thread would read as zeros if nothing were done.
function isElsewhere(region: u32, page: u32, entry: usize): bool {
  const state = stateOf(entry);
  if (state == PAGE_FAILED || isResident(state)) return false;
  if (state == PAGE_STAGED || state == PAGE_EVICTING) return true;
  // Being restored from staging, and refused by the kernel so far: the frame may hold the page's only bytes.
  if (state == PAGE_FILLING && frameOf(entry) != NO_FRAME && !isZero(frameOf(entry))) return true;
  return contentOf(region, page, entry) != CONTENT_ZERO;
}

// Region 0 keeps the sums of closed regions' counters.
function retire(at: usize, state: u32): void {
  const total = regionAt(0);
  for (let counter: u32 = 0; counter < <u32>COUNTER_LIMIT; counter++) {
    const place = REGION_COUNTERS_AT + (counter << 3);
    const value = load<u64>(at + place);
    if (counter == COUNTER_RESIDENT || counter == COUNTER_DIRTY || counter == COUNTER_PINNED) continue;
    const before = load<u64>(total + place);
    store<u64>(total + place, counter == COUNTER_WAIT_MAX ? max(before, value) : before + value);
  }
  for (let bucket: u32 = 0; bucket < <u32>HISTOGRAM_COUNT; bucket++) {
    const place = REGION_HISTOGRAM_AT + (bucket << 2);
    const sum = <u64>load<u32>(total + place) + <u64>load<u32>(at + place);
    store<u32>(total + place, <u32>sum);
    carryBucket(total, bucket, load<u8>(at + REGION_CARRIES_AT + bucket) + <u8>(sum >> 32));
  }
  store<u32>(at, state, REGION_STATE_AT);
  store<u32>(REGION_COUNT_AT, load<u32>(REGION_COUNT_AT) - 1);
}

/** Frees a closed region's number, once nothing outside the core uses it any more. */
export function freeRegion(region: u32): void {
  const at = regionAt(region);
  check(load<u32>(at, REGION_STATE_AT) == REGION_CLOSED, 'only a closed region’s number is given back');
  store<u32>(at, REGION_FREE, REGION_STATE_AT);
}
