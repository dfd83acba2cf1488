// Answers a miss: finds where the page's bytes are, fetches them into frames, installs them.
//
//   zeros         mapped on credit, else a frame is cleared and moved in
//   source file   fed by one command if no page has to leave (feed.ts), else read and install linked in one batch; the digest is
//                 recorded, or compared with the one recorded before
//   store file    read, compare the digest, then install: a torn copy is never shown
//   pool          decompress and install linked in one batch
//   async         a request to the loop; `arrived` when the bytes are in the frame
import {
  CONTENT_POOL,
  CONTENT_REGENERATE,
  CONTENT_SOURCE_FILE,
  CONTENT_STORE_ASYNC,
  CONTENT_STORE_FILE,
  CONTENT_ZERO,
  FLAG_DIGEST,
  FLAG_EXPECT,
  FLAG_LINK,
  FLAG_ZEROS,
} from '../codes';
import {
  PAGE_SHIFT_AT,
  READY_COUNT_AT,
  REFUSED_ERRNO_AT,
  CAUSE_INSTALL,
  FRAME_READY,
  WRITE_ERRNO_AT,
  LIST_STARVED_AT,
  LIST_PARKED_AT,
  LIST_REFUSED_AT,
  COMMAND_FD_AT,
  COMMAND_FLAGS_AT,
  COMMAND_NEEDED_AT,
  OP_READ_FILE,
  OP_DECOMPRESS,
  OP_ZERO_BYTES,
  PURPOSE_READ,
  PURPOSE_READ_CHECKED,
  PURPOSE_DECOMPRESS,
  PURPOSE_NONE,
  REQUEST_READ_SOURCE,
  REQUEST_READ_STORE,
  REQUEST_FAIL,
  CAUSE_NO_FRAME,
  REGION_SOURCE_FD_AT,
  REGION_STORE_FD_AT,
  COUNTER_STORE_READS,
  COUNTER_STORE_BYTES_READ,
  TICK_SHIFT,
  ENTRY_BYTES,
  ENTRY_NEXT_AT,
  ENTRY_PREVIOUS_AT,
  ENTRY_SLOT_BYTES_AT,
  LEAF_PAGES,
  PAGE_ABSENT,
  PAGE_FILLING,
  PAGE_REMOVED,
  PAGE_WRITTEN,
  OP_DIGEST,
  PURPOSE_ARRIVED,
  REQUEST_REGENERATE,
} from '../layout';
import { isLost } from './volatile';
import { mustSave } from '../pass/protection';
import { isUnmapped } from '../books/extent';
import { credit, frameAddress, frameGeneration, NO_FRAME, setFrame, takeFrames } from '../books/frame';
import { flushInstalls, install, installFrom, installRun, installZeros, keepOut } from './install';
import { findEntry, frameOf, makeEntry, pageOf, regionOf, setFrameOf } from '../books/page-table';
import { contentOf, storedAddress, storedPage } from '../books/content';
import { beginFill, beginRun } from './begin';
import { feed, feeds } from './feed';
import { expect, sourceBytes } from './expected';
import { isOver, isPaused, pauseRefused } from './refusal';
import { setFlag } from '../books/queue';
import { count, follows, isSpace, regionAt, tick } from '../books/region';
import { command, commandRoom, request, requestRoom } from '../ring';
import { stateOf, STEP_ABANDONED, transition } from '../books/states';
import { PAUSE } from '../books/patience';
import { firstWaiting, takeWaiting, wait, waitingCount } from '../books/waiting';
import { isHeld } from '../books/passes';
import { turn } from '../books/records';

/** Most ring records that one page of a fetch needs. */
const RECORDS_PER_PAGE: u32 = 3;
/** Pages of a run's first command: the blocked thread runs again before the rest is read. */
const FIRST_CHUNK: u32 = 16;
const CHUNK: u32 = 64;

// @ts-ignore: decorator
@inline
export function isAbsent(state: u32): bool {
  return state == PAGE_ABSENT || state == PAGE_REMOVED;
}

/** Whether the page may be fetched before a thread asks for it. */
export function mayPrefetch(entry: usize): bool {
  return isAbsent(stateOf(entry)) && !isLost(entry);
}

/**
 * Begins to fill `page`, for a thread that has waited since `since` (0: no thread waits), and up to `limit - 1` adjacent
 * absent pages after it whose bytes come the same way. Returns the pages begun. A page that a thread waits for is always
 * begun, if only by waiting for a frame. 0 if the page is unmapped, or its region is held and the pass does not need it.
 */
export function fetch(region: u32, page: u32, entry: usize, limit: u32, since: u32, written: bool): u32 {
  if (isUnmapped(region, page)) return 0;
  const content = contentOf(region, page, entry);
  const run: u32 = limit == 1 ? 1 : runOf(region, page, entry, limit, content);
  if (content == CONTENT_SOURCE_FILE && feeds(region)) {
    const fed = feed(region, page, entry, run, since, written);
    if (fed > 0) return fed;
  }
  if (run == 1) return fetchChunk(region, page, entry, 1, content, since, written);
  let begun: u32 = 0;
  while (begun < run) {
    const chunk = min(run - begun, begun == 0 ? FIRST_CHUNK : CHUNK);
    const first = begun == 0 ? entry : findEntry(region, page + begun);
    const filledNow = fetchChunk(
      region,
      page + begun,
      first,
      chunk,
      content,
      begun == 0 ? since : 0,
      begun == 0 && written,
    );
    if (filledNow == 0) break;
    begun += filledNow;
  }
  return begun;
}

// How many pages from `page` on, at most `limit`, can be fetched with it: absent ones whose bytes come the same way.
function runOf(region: u32, page: u32, entry: usize, limit: u32, content: u32): u32 {
  const room = min(commandRoom() / RECORDS_PER_PAGE, requestRoom());
  let run: u32 = 1;
  let next = entry;
  while (run < limit && run < room) {
    const number = page + run;
    if (!follows(region, number) || isUnmapped(region, number)) break;
    next = (number & (LEAF_PAGES - 1)) != 0 ? next + ENTRY_BYTES : makeEntry(region, number);
    if (next == 0 || !mayPrefetch(next) || contentOf(region, number, next) != content) break;
    run++;
  }
  return run;
}

function fetchChunk(region: u32, page: u32, entry: usize, limit: u32, content: u32, since: u32, written: bool): u32 {
  if (isHeld(region)) {
    // Zeros are reported to the sink without a copy, so they need no save first.
    if (content == CONTENT_ZERO || !mustSave(entry)) {
      if (stateOf(entry) == PAGE_FILLING) keepOut(entry);
      return 0;
    }
    limit = 1;
  }
  if (content == CONTENT_ZERO) {
    const affordable = min(limit, credit());
    if (affordable > 0) {
      beginRun(region, page, entry, affordable, NO_FRAME, since, written);
      installZeros(region, page, affordable, written);
      return affordable;
    }
  }
  if (
    content == CONTENT_POOL &&
    limit == 1 &&
    credit() > 0 &&
    !mustSave(entry) &&
    load<u32>(entry, ENTRY_SLOT_BYTES_AT) == <u32>(1 << load<u32>(PAGE_SHIFT_AT))
  ) {
    // Stored uncompressed, and there is credit: copy from its slot straight into the region.
    beginFill(entry, NO_FRAME, since, written);
    copyFromSlot(region, page, entry);
    return 1;
  }
  const frame = takeFrames(limit);
  if (frame == NO_FRAME) {
    if (since == 0) return 0;
    beginFill(entry, NO_FRAME, since, written);
    wait(LIST_STARVED_AT, entry);
    return 1;
  }
  const pages = turn.framesFound;
  beginRun(region, page, entry, pages, frame, since, written);
  read(region, page, entry, pages, frame, content);
  return pages;
}

function copyFromSlot(region: u32, page: u32, entry: usize): void {
  const bytes = load<u32>(entry, ENTRY_SLOT_BYTES_AT);
  count(region, COUNTER_STORE_READS, 1);
  count(region, COUNTER_STORE_BYTES_READ, bytes);
  installFrom(region, page, CONTENT_POOL, storedAddress(region, entry));
}

/** Issues the reads of pages that have their frames. */
function read(region: u32, page: u32, entry: usize, pages: u32, frame: u32, content: u32): void {
  const at = regionAt(region);
  const shift = load<u32>(PAGE_SHIFT_AT);
  const length = (<u64>pages) << shift;
  if (content == CONTENT_ZERO) {
    command(OP_ZERO_BYTES, 0, PURPOSE_NONE, region, page, pages, frame, frameAddress(frame), 0, length);
    // COPY would replace a guard page (MADV_GUARD_INSTALL) further on in the run.
    const flags = pages > 1 && isSpace(region) ? FLAG_LINK | FLAG_ZEROS : FLAG_LINK;
    installRun(region, page, pages, frame, content, flags);
    return;
  }
  if (pages > 1 && anyToSave(entry, pages)) {
    for (let i: u32 = 0; i < pages; i++) {
      read(region, page + i, i == 0 ? entry : findEntry(region, page + i), 1, frame + i, content);
    }
    return;
  }
  if (content == CONTENT_POOL) {
    for (let i: u32 = 0; i < pages; i++) {
      const each = i == 0 ? entry : findEntry(region, page + i);
      const slot = storedAddress(region, each);
      const bytes = load<u32>(each, ENTRY_SLOT_BYTES_AT);
      const flag = i == 0 ? 0 : FLAG_LINK;
      command(
        OP_DECOMPRESS,
        flag,
        PURPOSE_DECOMPRESS,
        region,
        page + i,
        1,
        frame + i,
        frameAddress(frame + i),
        slot,
        bytes,
      );
      count(region, COUNTER_STORE_BYTES_READ, bytes);
    }
    count(region, COUNTER_STORE_READS, pages);
    if (mustSave(entry)) showLater(region, page, frame);
    else installRun(region, page, pages, frame, content, FLAG_LINK);
    return;
  }
  const fromStore = content == CONTENT_STORE_FILE || content == CONTENT_STORE_ASYNC;
  if (fromStore && pages > 1 && isSpace(region)) {
    // The stored copies of adjacent pages need not be adjacent.
    for (let i: u32 = 0; i < pages; i++) {
      read(region, page + i, i == 0 ? entry : findEntry(region, page + i), 1, frame + i, content);
    }
    return;
  }
  if (fromStore) {
    count(region, COUNTER_STORE_READS, pages);
    count(region, COUNTER_STORE_BYTES_READ, <i32>length);
  }
  if (content == CONTENT_SOURCE_FILE || content == CONTENT_STORE_FILE) {
    const purpose = fromStore ? PURPOSE_READ_CHECKED : PURPOSE_READ;
    const offset = (<u64>(fromStore ? storedPage(region, page, entry) : page)) << shift;
    const record = command(
      OP_READ_FILE,
      FLAG_DIGEST,
      purpose,
      region,
      page,
      pages,
      frame,
      frameAddress(frame),
      offset,
      length,
    );
    store<u32>(
      record,
      fromStore ? load<u32>(at, REGION_STORE_FD_AT) : load<u32>(at, REGION_SOURCE_FD_AT),
      COMMAND_FD_AT,
    );
    store<u64>(record, fromStore ? length : sourceBytes(region, offset, length), COMMAND_NEEDED_AT);
    if (!fromStore && expect(region, page, pages, frame)) {
      store<u8>(record, FLAG_DIGEST | FLAG_EXPECT, COMMAND_FLAGS_AT);
    }
    if (!fromStore && mustSave(entry)) showLater(region, page, frame);
    else if (!fromStore) installRun(region, page, pages, frame, content, FLAG_LINK);
    return;
  }
  const regenerates = content == CONTENT_REGENERATE;
  const kind = regenerates ? REQUEST_REGENERATE : fromStore ? REQUEST_READ_STORE : REQUEST_READ_SOURCE;
  const first = fromStore ? storedPage(region, page, entry) : page;
  for (let i: u32 = 0; i < pages; i++) request(kind, region, first + i, frame + i, frameGeneration(frame + i), 0, 0);
}

// Installed only after a pass has saved it: the digest is taken first, as for a page that comes through the loop.
function showLater(region: u32, page: u32, frame: u32): void {
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  command(OP_DIGEST, FLAG_LINK, PURPOSE_ARRIVED, region, page, 1, frame, frameAddress(frame), 0, size);
}

function anyToSave(entry: usize, pages: u32): bool {
  const region = regionOf(entry);
  const page = pageOf(entry);
  for (let i: u32 = 0; i < pages; i++) if (mustSave(findEntry(region, page + i))) return true;
  return false;
}

/** Fills a page of a run that could not be read once more, alone; if no thread waits for it, it stays absent. */
export function fetchAlone(entry: usize): void {
  const since = load<u32>(entry, ENTRY_PREVIOUS_AT);
  const region = regionOf(entry);
  const page = pageOf(entry);
  const content = contentOf(region, page, entry);
  if (fetchChunk(region, page, entry, 1, content, since, false) != 0 || since != 0) return;
  if (stateOf(entry) == PAGE_FILLING) transition(entry, STEP_ABANDONED);
}

/** A second thread touches a page that is being filled: the first thread's start time is kept. */
export function joined(entry: usize, written: bool): void {
  if (load<u32>(entry, ENTRY_PREVIOUS_AT) == 0) store<u32>(entry, tick(), ENTRY_PREVIOUS_AT);
  if (written) setFlag(entry, PAGE_WRITTEN);
}

/** Retries fills that met a changing address space: once per step, after the events were read. */
export function serveParked(): void {
  let parked = waitingCount(LIST_PARKED_AT);
  while (parked > 0 && commandRoom() > 64) {
    parked--;
    const entry = takeWaiting(LIST_PARKED_AT);
    if (frameOf(entry) == NO_FRAME) fetchAlone(entry);
    else install(entry, contentOf(regionOf(entry), pageOf(entry), entry));
  }
  flushInstalls();
}

/** Retries fills that the kernel refused, and gives up those that a thread has waited for longer than the patience. */
export function serveRefused(): void {
  let refused = waitingCount(LIST_REFUSED_AT);
  if (refused == 0 || isPaused()) return;
  pauseRefused();
  while (refused > 0 && commandRoom() > 64 && requestRoom() > 1) {
    refused--;
    const entry = takeWaiting(LIST_REFUSED_AT);
    const frame = frameOf(entry);
    if (isOver(load<u32>(entry, ENTRY_PREVIOUS_AT))) {
      if (frame != NO_FRAME) setFrame(frame, FRAME_READY, 0);
      setFrameOf(entry, NO_FRAME);
      request(REQUEST_FAIL, regionOf(entry), pageOf(entry), 0, 0, CAUSE_INSTALL, load<u32>(REFUSED_ERRNO_AT));
    } else if (frame == NO_FRAME) {
      fetchAlone(entry);
    } else {
      install(entry, contentOf(regionOf(entry), pageOf(entry), entry));
    }
  }
  flushInstalls();
}

/** Gives free frames to the pages that wait for one. */
export function serveStarved(): void {
  let starved = waitingCount(LIST_STARVED_AT);
  while (starved > 0 && commandRoom() > 64 && (load<u32>(READY_COUNT_AT) > 0 || credit() > 0)) {
    starved--;
    const entry = takeWaiting(LIST_STARVED_AT);
    const since = load<u32>(entry, ENTRY_PREVIOUS_AT);
    fetchChunk(
      regionOf(entry),
      pageOf(entry),
      entry,
      1,
      contentOf(regionOf(entry), pageOf(entry), entry),
      since,
      false,
    );
  }
}

/** Gives up pages that have waited for a frame longer than the patience. */
export function giveUpStarved(): void {
  let entry = firstWaiting(LIST_STARVED_AT);
  const asked = turn.lookedAt;
  turn.lookedAt = entry == 0 ? 0 : tick();
  if (entry == 0) return;
  // Time in which the loop did not run (the process was stopped) counts against no wait.
  if (asked != 0 && turn.lookedAt - asked > PAUSE) {
    const gap = turn.lookedAt - asked;
    for (let each = entry; each != 0; each = load<u32>(each, ENTRY_NEXT_AT)) {
      // A page that began to wait meanwhile waits from now on.
      const since = load<u32>(each, ENTRY_PREVIOUS_AT);
      const waited = turn.lookedAt - since;
      store<u32>(each, max<u32>(1, waited < gap ? turn.lookedAt : since + gap), ENTRY_PREVIOUS_AT);
    }
  }
  while (entry != 0 && isOver(load<u32>(entry, ENTRY_PREVIOUS_AT)) && requestRoom() > 0) {
    takeWaiting(LIST_STARVED_AT);
    request(REQUEST_FAIL, regionOf(entry), pageOf(entry), 0, 0, CAUSE_NO_FRAME, load<u32>(WRITE_ERRNO_AT));
    entry = firstWaiting(LIST_STARVED_AT);
  }
}
