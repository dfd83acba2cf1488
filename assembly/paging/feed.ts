// Feeds pages of a file, a region's source or what a checkpoint has of a space: the shim reads a few at a time into a few frames, and
// installs each part while it is hot in the cache. No digest is taken. So this serves only where no page has to leave its region; one that
// leaves nevertheless, by an operation or under a lower limit, is compared with the source first (see writeback.ts). Of a space only pages
// whose digest is not known are fed, so that none is ever compared.
import { CONTENT_STORE_FILE, FEED_FRAMES } from '../codes';
import { contentOf } from '../books/content';
import { NO_FRAME, addResident, credit, setFrame, takeBuffer } from '../books/frame';
import { entryAfter, findEntry, frameOf } from '../books/page-table';
import { clearFlag, flagsOf } from '../books/queue';
import { count, isSpace, isSplit, pageAddress, regionAt } from '../books/region';
import { turn } from '../books/records';
import { stateOf, STEP_ABANDONED, transition } from '../books/states';
import { UNKNOWN_DIGEST } from '../books/stored';
import { wait } from '../books/waiting';
import {
  COMMAND_FD_AT,
  COMMAND_FRAME_AT,
  COMMAND_NEEDED_AT,
  COUNTER_STORE_BYTES_READ,
  COUNTER_STORE_READS,
  ENTRY_BYTES,
  ENTRY_DIGEST_AT,
  ENTRY_SLOT_AT,
  ENTRY_PREVIOUS_AT,
  FRAME_COUNT_AT,
  FRAME_READY,
  LIMIT_PAGES_AT,
  LIST_PARKED_AT,
  OP_FEED,
  PAGE_ABSENT,
  PAGE_FILLING,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_SHIFT_AT,
  PAGE_SOURCED,
  PAGE_WRITTEN,
  PASS_MASK_AT,
  PURPOSE_FILL,
  REGION_FEED_AT,
  REGION_SOURCE_AT,
  REGION_SOURCE_FD_AT,
  REGION_STORE_FD_AT,
  RETRY_AT,
  SOURCE_FILE,
  TOTAL_PAGES_AT,
} from '../layout';
import { command } from '../ring';
import { beginRun } from './begin';
import { sourceBytes } from './expected';

/** Values of REGION_FEED, beside 0. */
const FED: u32 = 1;
const FEED_FAILED: u32 = 2;

/** Whether pages of the region's source file are fed. */
export function feeds(region: u32): bool {
  const at = regionAt(region);
  if (load<u32>(at, REGION_SOURCE_AT) != SOURCE_FILE || load<u32>(at, REGION_FEED_AT) == FEED_FAILED) return false;
  return load<u32>(PASS_MASK_AT) == 0 && !isSplit(region) && allFit();
}

/** Whether all pages of all regions fit the limit at once, with all frames. */
export function allFit(): bool {
  const limit = load<u32>(LIMIT_PAGES_AT);
  return limit == 0xffffffff || load<u64>(TOTAL_PAGES_AT) + load<u32>(FRAME_COUNT_AT) <= limit;
}

/** Begins up to `pages` pages of the source file; returns how many: 0 if there is no frame, or the page must be what it was before. */
export function feed(region: u32, page: u32, entry: usize, pages: u32, since: u32, written: bool): u32 {
  const fed = issue(region, page, withoutDigest(region, page, entry, pages), page, REGION_SOURCE_FD_AT);
  if (fed == 0) return 0;
  beginRun(region, page, entry, fed, NO_FRAME, since, written);
  store<u32>(regionAt(region), FED, REGION_FEED_AT);
  return fed;
}

/**
 * As `feed`, for pages of a space in one leaf that are in the store's file from the start, one after the other there, too. No
 * thread waits for them.
 */
export function feedStored(space: u32, page: u32, entry: usize, pages: u32): u32 {
  if (load<u32>(regionAt(space), REGION_FEED_AT) == FEED_FAILED || load<u32>(PASS_MASK_AT) != 0) return 0;
  const slot = load<u32>(entry, ENTRY_SLOT_AT);
  let run: u32 = 0;
  for (let next = entry; run < pages && isUnread(space, page + run, next, slot + run); next += ENTRY_BYTES) run++;
  const fed = issue(space, page, run, slot, REGION_STORE_FD_AT);
  if (fed == 0) return 0;
  beginRun(space, page, entry, fed, NO_FRAME, 0, false);
  count(space, COUNTER_STORE_READS, fed);
  count(space, COUNTER_STORE_BYTES_READ, fed << load<u32>(PAGE_SHIFT_AT));
  return fed;
}

function isUnread(space: u32, page: u32, entry: usize, slot: u32): bool {
  if (stateOf(entry) != PAGE_ABSENT || contentOf(space, page, entry) != CONTENT_STORE_FILE) return false;
  return load<u32>(entry, ENTRY_SLOT_AT) == slot && load<u64>(entry, ENTRY_DIGEST_AT) == UNKNOWN_DIGEST;
}

// Returns how many of the run's pages are read, from page `at` of the file on: 0 if there is no frame.
function issue(region: u32, page: u32, run: u32, at: u32, file: usize): u32 {
  if (run == 0) return 0;
  const frame = takeBuffer(min<u32>(run, FEED_FRAMES));
  if (frame == NO_FRAME) return 0;
  const frames = turn.framesFound;
  if (frames < <u32>FEED_FRAMES) run = frames;
  if (credit() < run) {
    release(frame, run);
    return 0;
  }
  addResident(run);
  const shift = load<u32>(PAGE_SHIFT_AT);
  const length = (<u64>run) << shift;
  const offset = (<u64>at) << shift;
  const target = pageAddress(region, page);
  const record = command(OP_FEED, 0, PURPOSE_FILL, region, page, run, frame, target, offset, length);
  store<u32>(record, load<u32>(regionAt(region) + file), COMMAND_FD_AT);
  store<u64>(record, isSpace(region) ? length : sourceBytes(region, offset, length), COMMAND_NEEDED_AT);
  return run;
}

// A page whose digest is known must have the same bytes again.
function withoutDigest(region: u32, page: u32, entry: usize, pages: u32): u32 {
  let run: u32 = 0;
  while (run < pages && (flagsOf(entry) & PAGE_SOURCED) == 0) {
    run++;
    if (run < pages) entry = entryAfter(entry, region, page + run);
  }
  return run;
}

function release(frame: u32, pages: u32): void {
  const end = frame + min<u32>(pages, FEED_FRAMES);
  for (; frame < end; frame++) setFrame(frame, FRAME_READY, 0);
}

/** The command has run: its frames are free. */
export function releaseFeed(at: usize, pages: u32): void {
  release(load<u32>(at, COMMAND_FRAME_AT), pages);
}

/** From now on the region's source, or the space's store, is read page by page, with a digest: it could not be read, and that way says what is wrong. */
export function giveUpFeeding(region: u32): void {
  store<u32>(regionAt(region), FEED_FAILED, REGION_FEED_AT);
}

/**
 * Pages [first, end) of a space are behind one that the kernel refused: it may take them. The rest of those that cannot be begun
 * again stays absent.
 */
export function feedRest(space: u32, first: u32, end: u32): void {
  let run: u32 = 0;
  while (first + run < end && isOnItsWay(findEntry(space, first + run))) run++;
  const slot = run == 0 ? 0 : load<u32>(findEntry(space, first), ENTRY_SLOT_AT);
  notReached(space, first + issue(space, first, run, slot, REGION_STORE_FD_AT), end);
}

function isOnItsWay(entry: usize): bool {
  return stateOf(entry) == PAGE_FILLING && frameOf(entry) == NO_FRAME && (flagsOf(entry) & PAGE_QUEUED) == 0;
}

/** Pages [first, end) were not reached. Those that a thread waits for are begun again, one by one, in the next step. */
export function notReached(region: u32, first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const entry = findEntry(region, page);
    if (!isOnItsWay(entry)) continue;
    if (load<u32>(entry, ENTRY_PREVIOUS_AT) != 0 || (flagsOf(entry) & PAGE_PINNED) != 0) {
      store<u32>(RETRY_AT, 1);
      wait(LIST_PARKED_AT, entry);
    } else {
      clearFlag(entry, PAGE_WRITTEN);
      transition(entry, STEP_ABANDONED);
    }
  }
}
