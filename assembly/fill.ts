// Answers a miss: finds what the page's bytes are, fetches them into frames, has them installed.
//
//   zeros         mapped on credit, else a frame is cleared and moved in
//   source file   read and install linked in one batch; the digest is recorded
//   store file    read, compare the digest, then install: a torn copy is never shown
//   pool          decompress and install linked in one batch
//   async         a request to the loop; `arrived` when the bytes are in the frame
import {
  CAUSE_CONTENT,
  CAUSE_NO_FRAME,
  CAUSE_READ,
  COMMAND_BYTES_DONE_AT,
  COMMAND_COUNT_AT,
  COMMAND_ERRNO_AT,
  COMMAND_FD_AT,
  COMMAND_FRAME_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_PAGE_AT,
  COMMAND_REGION_AT,
  CONTENT_POOL,
  CONTENT_SOURCE_ASYNC,
  CONTENT_SOURCE_FILE,
  CONTENT_STORE_ASYNC,
  CONTENT_STORE_FILE,
  CONTENT_ZERO,
  COUNTER_STORE_BYTES_READ,
  COUNTER_STORE_ERRORS,
  COUNTER_STORE_READS,
  ENTRY_DIGEST_AT,
  ENTRY_PREVIOUS_AT,
  ENTRY_SLOT_AT,
  ENTRY_SLOT_BYTES_AT,
  FLAG_DIGEST,
  FLAG_LINK,
  FRAME_AHEAD,
  FRAME_FILLING,
  FRAME_READY,
  FRAME_STAGED,
  LIST_PARKED_AT,
  LIST_STARVED_AT,
  OP_DECOMPRESS,
  OP_DIGEST,
  OP_READ_FILE,
  OP_ZERO_BYTES,
  OUTCOME_DONE,
  PAGE_ABSENT,
  PAGE_FILLING,
  PAGE_REMOVED,
  PAGE_SHIFT_AT,
  PAGE_SOURCED,
  PAGE_STORED,
  PAGE_WRITTEN,
  PATIENCE_AT,
  PURPOSE_ARRIVED,
  PURPOSE_DECOMPRESS,
  PURPOSE_NONE,
  PURPOSE_READ,
  PURPOSE_READ_CHECKED,
  QUEUE_STAGED_AT,
  READY_COUNT_AT,
  REGION_POOL_AT,
  REGION_SOURCE_FD_AT,
  REGION_STORE_FD_AT,
  REQUEST_FAIL,
  REQUEST_READ_SOURCE,
  REQUEST_READ_STORE,
  TICK_SHIFT,
  WRITE_ERRNO_AT,
} from './layout';
import {
  credit,
  frameAddress,
  frameDigest,
  frameEntry,
  frameGeneration,
  NO_FRAME,
  runFound,
  setFrame,
  setFrameFlags,
  takeFrames,
} from './frame';
import { flushInstalls, install, installFrom, installRun, installZeros } from './install';
import { findEntry, frameOf, makeEntry, pageOf, regionOf, setFrameOf } from './page-table';
import { contentOf } from './content';
import { missed } from './policy';
import { slotAddress } from './pool';
import { flagsOf, push, setFlag } from './queue';
import { count, regionAt, tick } from './region';
import { command, commandRoom, request, requestRoom } from './ring';
import { stateOf, STEP_HELD, STEP_MISS, transition } from './states';
import { firstWaiting, takeWaiting, wait, waitingCount } from './waiting';

/** Ring records one page of a fetch may need at the most. */
const RECORDS_PER_PAGE: u32 = 3;
/** Pages of the first command of a run: the thread that waits goes on before the rest is read. */
const FIRST_CHUNK: u32 = 16;
const CHUNK: u32 = 64;

// @ts-ignore: decorator
@inline
export function isAbsent(state: u32): bool {
  return state == PAGE_ABSENT || state == PAGE_REMOVED;
}

/**
 * Begins to fill `page`, for a thread that waits since `since` (0: nobody waits), and up to `most - 1` adjacent absent
 * pages after it whose bytes come the same way. Returns the pages begun; a page somebody waits for is begun at any
 * rate, if need be by waiting for a frame.
 */
export function fetch(region: u32, page: u32, entry: usize, most: u32, since: u32, written: bool): u32 {
  const content = contentOf(region, page, entry);
  let run: u32 = 1;
  const room = min(commandRoom() / RECORDS_PER_PAGE, requestRoom());
  if (most > room) most = max<u32>(room, 1);
  while (run < most) {
    const next = makeEntry(region, page + run);
    if (next == 0 || !isAbsent(stateOf(next)) || contentOf(region, page + run, next) != content) break;
    run++;
  }
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

function beginFill(entry: usize, frame: u32, since: u32, written: bool): void {
  if (stateOf(entry) != PAGE_FILLING) {
    missed(entry);
    transition(entry, STEP_MISS);
  }
  store<u32>(entry, since, ENTRY_PREVIOUS_AT);
  if (written) setFlag(entry, PAGE_WRITTEN);
  setFrameOf(entry, frame);
  if (frame != NO_FRAME) setFrame(frame, FRAME_FILLING, entry);
}

function fetchChunk(region: u32, page: u32, entry: usize, most: u32, content: u32, since: u32, written: bool): u32 {
  if (content == CONTENT_ZERO) {
    const affordable = min(most, credit());
    if (affordable > 0) {
      for (let i: u32 = 0; i < affordable; i++) {
        beginFill(i == 0 ? entry : findEntry(region, page + i), NO_FRAME, i == 0 ? since : 0, i == 0 && written);
      }
      installZeros(region, page, affordable);
      return affordable;
    }
  }
  if (
    content == CONTENT_POOL &&
    most == 1 &&
    credit() > 0 &&
    load<u32>(entry, ENTRY_SLOT_BYTES_AT) == <u32>(1 << load<u32>(PAGE_SHIFT_AT))
  ) {
    // Kept as it is, and there is credit: from its slot straight into the region.
    beginFill(entry, NO_FRAME, since, written);
    copyFromSlot(region, page, entry);
    return 1;
  }
  const frame = takeFrames(most);
  if (frame == NO_FRAME) {
    if (since == 0) return 0;
    beginFill(entry, NO_FRAME, since, written);
    wait(LIST_STARVED_AT, entry);
    return 1;
  }
  const pages = runFound;
  for (let i: u32 = 0; i < pages; i++) {
    beginFill(i == 0 ? entry : findEntry(region, page + i), frame + i, i == 0 ? since : 0, i == 0 && written);
  }
  read(region, page, entry, pages, frame, content);
  return pages;
}

function copyFromSlot(region: u32, page: u32, entry: usize): void {
  const bytes = load<u32>(entry, ENTRY_SLOT_BYTES_AT);
  const slot = slotAddress(load<u32>(regionAt(region), REGION_POOL_AT), load<u32>(entry, ENTRY_SLOT_AT));
  count(region, COUNTER_STORE_READS, 1);
  count(region, COUNTER_STORE_BYTES_READ, bytes);
  installFrom(region, page, CONTENT_POOL, slot);
}

/** Reads the bytes of pages that have their frames. */
function read(region: u32, page: u32, entry: usize, pages: u32, frame: u32, content: u32): void {
  const at = regionAt(region);
  const shift = load<u32>(PAGE_SHIFT_AT);
  const length = (<u64>pages) << shift;
  if (content == CONTENT_ZERO) {
    command(OP_ZERO_BYTES, 0, PURPOSE_NONE, region, page, pages, frame, frameAddress(frame), 0, length);
    installRun(region, page, pages, frame, content, FLAG_LINK);
    return;
  }
  if (content == CONTENT_POOL) {
    const pool = load<u32>(at, REGION_POOL_AT);
    for (let i: u32 = 0; i < pages; i++) {
      const each = i == 0 ? entry : findEntry(region, page + i);
      const slot = slotAddress(pool, load<u32>(each, ENTRY_SLOT_AT));
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
    installRun(region, page, pages, frame, content, FLAG_LINK);
    return;
  }
  const fromStore = content == CONTENT_STORE_FILE || content == CONTENT_STORE_ASYNC;
  if (fromStore) {
    count(region, COUNTER_STORE_READS, pages);
    count(region, COUNTER_STORE_BYTES_READ, <i32>length);
  }
  if (content == CONTENT_SOURCE_FILE || content == CONTENT_STORE_FILE) {
    const purpose = fromStore ? PURPOSE_READ_CHECKED : PURPOSE_READ;
    const offset = (<u64>page) << shift;
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
    if (!fromStore) installRun(region, page, pages, frame, content, FLAG_LINK);
    return;
  }
  const kind = fromStore ? REQUEST_READ_STORE : REQUEST_READ_SOURCE;
  for (let i: u32 = 0; i < pages; i++) request(kind, region, page + i, frame + i, frameGeneration(frame + i), 0, 0);
}

/** Fills again, alone, a page whose run could not be read; nobody waits for it: then it may as well stay absent. */
export function fetchAlone(entry: usize): void {
  const region = regionOf(entry);
  const page = pageOf(entry);
  const content = contentOf(region, page, entry);
  fetchChunk(region, page, entry, 1, content, max<u32>(load<u32>(entry, ENTRY_PREVIOUS_AT), 1), false);
}

function failRead(at: usize, entry: usize, frame: u32, cause: u32): void {
  const region = regionOf(entry);
  count(region, COUNTER_STORE_ERRORS, 1);
  setFrame(frame, FRAME_READY, 0);
  setFrameOf(entry, NO_FRAME);
  request(REQUEST_FAIL, region, pageOf(entry), 0, 0, cause, load<u32>(at, COMMAND_ERRNO_AT));
}

/** A source file's pages are in their frames; their install is linked to this read. */
export function sourceRead(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE) {
    for (let i: u32 = 0; i < pages; i++) recordDigest(findEntry(region, page + i), frame + i);
  } else if (pages == 1) {
    failRead(at, findEntry(region, page), frame, CAUSE_READ);
  }
}

function recordDigest(entry: usize, frame: u32): void {
  store<u64>(entry, frameDigest(frame), ENTRY_DIGEST_AT);
  setFlag(entry, PAGE_SOURCED);
}

/** A store file's pages are in their frames: shown only if they are what was written. */
export function storeRead(at: usize): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const pages = load<u32>(at, COMMAND_COUNT_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const done = load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE;
  for (let i: u32 = 0; i < pages; i++) {
    const entry = findEntry(region, page + i);
    if (frameEntry(frame + i) != entry || stateOf(entry) != PAGE_FILLING) {
      setFrame(frame + i, FRAME_READY, 0);
    } else if (!done) {
      if (pages == 1) {
        failRead(at, entry, frame, CAUSE_READ);
      } else {
        setFrame(frame + i, FRAME_READY, 0);
        setFrameOf(entry, NO_FRAME);
        fetchAlone(entry);
      }
    } else if (frameDigest(frame + i) != load<u64>(entry, ENTRY_DIGEST_AT)) {
      failRead(at, entry, frame + i, CAUSE_CONTENT);
    } else {
      install(entry, CONTENT_STORE_FILE);
    }
  }
}

/** A slot that does not decompress is a bug or broken memory: the page fails, and says so. */
export function decompressed(at: usize): void {
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE) return;
  if (load<i64>(at, COMMAND_BYTES_DONE_AT) >= 0) return; // only skipped
  const entry = findEntry(load<u32>(at, COMMAND_REGION_AT), load<u32>(at, COMMAND_PAGE_AT));
  failRead(at, entry, load<u32>(at, COMMAND_FRAME_AT), CAUSE_CONTENT);
}

/** The loop has put a page's bytes into its frame. Its digest is taken, then it is shown. */
export function arrived(frame: u32, generation: u32): void {
  if (frameGeneration(frame) != generation) return;
  const entry = frameEntry(frame);
  if (entry == 0) {
    setFrame(frame, FRAME_READY, 0);
    return;
  }
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  command(OP_DIGEST, 0, PURPOSE_ARRIVED, regionOf(entry), pageOf(entry), 1, frame, frameAddress(frame), 0, size);
}

/** The digest of a page that arrived is known. `mark` is the page to hold back in its frame (readahead), or 0. */
export function arrivedChecked(at: usize, held: (region: u32, page: u32) => bool): void {
  const region = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const frame = load<u32>(at, COMMAND_FRAME_AT);
  const entry = findEntry(region, page);
  if (frameEntry(frame) != entry || stateOf(entry) != PAGE_FILLING) {
    setFrame(frame, FRAME_READY, 0);
    return;
  }
  const fromStore = (flagsOf(entry) & PAGE_STORED) != 0;
  if (fromStore && frameDigest(frame) != load<u64>(entry, ENTRY_DIGEST_AT)) {
    failRead(at, entry, frame, CAUSE_CONTENT);
    return;
  }
  if (!fromStore) recordDigest(entry, frame);
  if (load<u32>(entry, ENTRY_PREVIOUS_AT) == 0 && held(region, page)) {
    transition(entry, STEP_HELD);
    setFrame(frame, FRAME_STAGED, entry);
    setFrameFlags(frame, FRAME_AHEAD);
    push(QUEUE_STAGED_AT, entry);
    return;
  }
  install(entry, fromStore ? CONTENT_STORE_ASYNC : CONTENT_SOURCE_ASYNC);
}

/** A second thread touches a page that is being filled: the first asker's time stands. */
export function joined(entry: usize, written: bool): void {
  if (load<u32>(entry, ENTRY_PREVIOUS_AT) == 0) store<u32>(entry, tick(), ENTRY_PREVIOUS_AT);
  if (written) setFlag(entry, PAGE_WRITTEN);
}

/** Tries again what found the address space changing: once a step, after the events have been read. */
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

/** Gives frames that have become free to the pages that wait for one. */
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

/** Reports pages that have waited for a frame longer than the pager's patience. */
export function giveUpStarved(): void {
  const patience = <u32>(load<u64>(PATIENCE_AT) >> TICK_SHIFT);
  let entry = firstWaiting(LIST_STARVED_AT);
  while (entry != 0 && tick() - load<u32>(entry, ENTRY_PREVIOUS_AT) > patience && requestRoom() > 0) {
    takeWaiting(LIST_STARVED_AT);
    request(REQUEST_FAIL, regionOf(entry), pageOf(entry), 0, 0, CAUSE_NO_FRAME, load<u32>(WRITE_ERRNO_AT));
    entry = firstWaiting(LIST_STARVED_AT);
  }
}
