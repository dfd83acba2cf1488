// Pages of a space that its store has from the start, as those of a checkpoint. They are stored copies (stored.ts) whose digest
// is not known yet; each is recorded when the page first arrives.
//
//   slot 0 … count - 1     the pages of the store; `holdSlots` keeps a reference to each, so that none is ever reused
//   seed                   says of pages of a process which slots they have; a leaf of nothing else is a record in the annex
//   bringStored            loads pages that no thread has asked for
import {
  ENTRY_BYTES,
  LEAF_PAGES,
  LEAF_SHIFT,
  PAGE_ABSENT,
  PAGE_EVICTING,
  PAGE_FILLING,
  PAGE_SHIFT_AT,
  PAGE_STAGED,
  PAGE_STORED,
} from '../layout';
import { check } from '../check';
import { enterSeeded } from '../books/annex';
import { restore, supply } from '../paging/evict';
import { feedStored } from '../paging/feed';
import { fetch } from '../paging/fill';
import { flushInstalls } from '../paging/install';
import { endOf, findEntry, nextLeaf, tidyLeaves } from '../books/page-table';
import { NO_SLOT } from '../books/pool';
import { flagsOf } from '../books/queue';
import { hasLeaf, makePage, NO_PAGE, seedLeaf } from '../books/space';
import { stateOf } from '../books/states';
import { takeStored } from '../books/stored';
import { commandRoom, requestRoom } from '../ring';

/** Takes the first `count` slots, for good; 0 if there is no room for their records. No slot may have been taken before. */
export function holdSlots(count: u32): u32 {
  for (let slot: u32 = 0; slot < count; slot++) {
    const taken = takeStored(0);
    if (taken == NO_SLOT) return 0;
    check(taken == slot, 'the slots of the store are the first ones');
  }
  return 1;
}

/**
 * The store has the first content of `pages` pages, from an address on, in slots from `slot` on. None of them may have been
 * touched. Returns the number of pages that the page table has room for.
 */
export function seed(space: u32, addressLow: u32, addressHigh: u32, pages: u32, slot: u32): u32 {
  const shift = load<u32>(PAGE_SHIFT_AT);
  const address = ((<u64>addressHigh) << 32) | (<u64>addressLow);
  let done: u32 = 0;
  while (done < pages) {
    tidyLeaves();
    const at = address + ((<u64>done) << shift);
    const count = min(pages - done, LEAF_PAGES - <u32>((at >> shift) % LEAF_PAGES));
    if (count < <u32>LEAF_PAGES || !seedLeaf(space, at, slot + done)) {
      const page = makePage(space, at);
      if (page == NO_PAGE) return done;
      enter(findEntry(space, page), count, slot + done);
    }
    done += count;
  }
  return pages;
}

// Pages of one leaf.
function enter(first: usize, count: u32, slot: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const entry = first + i * ENTRY_BYTES;
    check(stateOf(entry) == PAGE_ABSENT && (flagsOf(entry) & PAGE_STORED) == 0, 'a page is seeded once');
    enterSeeded(entry, slot + i);
  }
}

/**
 * Begins to load up to `most` stored pages that no thread has asked for, from page `from` of the space on and at most `scan`
 * pages further, as far as there are frames and room for requests. Returns the page that it has come to.
 */
export function bringStored(space: u32, from: u32, most: u32, scan: u32): u32 {
  const end = endOf(space);
  const last = <u32>min<u64>(end, <u64>from + <u64>scan);
  let page = from;
  let left = most;
  while (page < last && left > 0) {
    const entry = entryIn(space, page);
    if (entry == 0) {
      page = nextLeaf(page);
      continue;
    }
    const state = stateOf(entry);
    const isStaged = state == PAGE_STAGED;
    if (!isStaged && (state != PAGE_ABSENT || (flagsOf(entry) & PAGE_STORED) == 0)) {
      page++;
      continue;
    }
    if (commandRoom() <= 1024 || requestRoom() <= 256 || (!isStaged && supply() == 0)) break;
    if (isStaged) restore(entry, 0, false);
    const begun = isStaged ? 1 : bring(space, page, entry, min(left, nextLeaf(page) - page));
    if (begun == 0) break;
    page += begun;
    left -= begun;
  }
  flushInstalls();
  return min(page, end);
}

function bring(space: u32, page: u32, entry: usize, pages: u32): u32 {
  const fed = feedStored(space, page, entry, pages);
  return fed > 0 ? fed : fetch(space, page, entry, pages, 0, false);
}

/**
 * The first page from `from` on, and at most `scan` pages further, whose content is in the store or on its way, but not in its
 * process; else the page where the search ended.
 */
export function nextStored(space: u32, from: u32, scan: u32): u32 {
  const end = endOf(space);
  const last = <u32>min<u64>(end, <u64>from + <u64>scan);
  let page = from;
  while (page < last) {
    const entry = entryIn(space, page);
    if (entry == 0) {
      page = nextLeaf(page);
      continue;
    }
    if (isOutside(entry)) return page;
    page++;
  }
  return min(page, end);
}

function isOutside(entry: usize): bool {
  const state = stateOf(entry);
  if (state == PAGE_FILLING || state == PAGE_STAGED || state == PAGE_EVICTING) return true;
  return state == PAGE_ABSENT && (flagsOf(entry) & PAGE_STORED) != 0;
}

function entryIn(space: u32, page: u32): usize {
  if ((page & (LEAF_PAGES - 1)) == 0) tidyLeaves();
  return hasLeaf(space, page >> LEAF_SHIFT) ? findEntry(space, page) : 0;
}
