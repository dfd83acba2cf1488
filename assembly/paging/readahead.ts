// Decides which pages to fetch beside the one that was missed.
//
//   sequential  four streams a region, found by their next page: a fault where one was expected doubles its window
//               (4, 8 … the limit), as Linux's on-demand readahead does; a fault elsewhere begins a new stream.
//   stride      the majority of the last strides between faults, by Boyer and Moore's vote over growing parts of the
//               history (Al Maruf and Chowdhury, “Effectively Prefetching Remote Memory with Leap”, USENIX ATC 2020).
//
// With stores in the event loop a page in the middle of each window is held back in its frame: when a thread touches
// it, the stream has reached it, and the next window is requested while the rest of this one is still in use.
import {
  COUNTER_AHEAD_ISSUED,
  COUNTER_AHEAD_USED,
  FRAME_COUNT_AT,
  READAHEAD_AT,
  READAHEAD_OFF,
  READAHEAD_STRIDE,
  REGION_CLOCK_AT,
  REGION_HISTORY_AT,
  REGION_HISTORY_NEXT_AT,
  REGION_LAST_AT,
  REGION_PAGES_AT,
  REGION_STREAMS_AT,
  WINDOW_AT,
} from '../layout';
import { feeds } from './feed';
import { fetch, mayPrefetch } from './fill';
import { makeEntry } from '../books/page-table';
import { count, regionAt } from '../books/region';

const STREAM_COUNT: u32 = 4;
const STREAM_BYTES: u32 = 24;
const STREAM_NEXT_AT: usize = 0; // the page at which the stream is expected to fault next
const STREAM_WINDOW_AT: usize = 4; // pages fetched last time, 0: no stream yet
const STREAM_MARK_AT: usize = 8; // a page held back in its frame, whose fault shows that the stream reached it; plus 1
const STREAM_UNUSED_AT: usize = 12; // pages of the window not yet known to be used
const STREAM_STRIDE_AT: usize = 16; // i32
const STREAM_AGE_AT: usize = 20;
const HISTORY_COUNT: u32 = 32;

const FIRST_WINDOW: u32 = 4;
const WINDOW_LIMIT: u32 = 128;
/** Of pages that are fed: they need few frames. */
const FEED_WINDOW_LIMIT: u32 = 512;
const STRIDE_WINDOW_LIMIT: u32 = 16;

function windowLimit(region: u32): u32 {
  if (feeds(region)) return FEED_WINDOW_LIMIT;
  return max<u32>(1, min<u32>(WINDOW_LIMIT, load<u32>(FRAME_COUNT_AT) >> 2));
}

function streamAt(region: u32, stream: u32): usize {
  return regionAt(region) + REGION_STREAMS_AT + stream * STREAM_BYTES;
}

/** Fetches a missed page and what the stream it belongs to will touch next. */
export function fetchAhead(region: u32, page: u32, entry: usize, since: u32, written: bool, deferred: bool): void {
  const mode = load<u32>(READAHEAD_AT);
  if (mode == READAHEAD_OFF) {
    fetch(region, page, entry, 1, since, written);
    return;
  }
  const stride = mode == READAHEAD_STRIDE ? strideOf(region, page) : 1;
  const stream = streamFor(region, page, stride);
  const grown = grow(region, stream, stride);
  if (stride == 1) {
    const left = load<u32>(regionAt(region), REGION_PAGES_AT) - page;
    const begun = fetch(region, page, entry, min(grown + 1, left), since, written);
    sent(region, stream, page, begun == 0 ? 0 : begun - 1, 1, deferred);
    return;
  }
  fetch(region, page, entry, 1, since, written);
  let issued: u32 = 0;
  for (let i: u32 = 1; i <= grown; i++) {
    const next = <i64>page + <i64>stride * <i64>i;
    if (next < 0 || next >= <i64>load<u32>(regionAt(region), REGION_PAGES_AT)) break;
    const target = makeEntry(region, <u32>next);
    if (target == 0 || !mayPrefetch(target) || fetch(region, <u32>next, target, 1, 0, false) == 0) break;
    issued++;
  }
  sent(region, stream, page, issued, stride, false);
}

/** A thread touched a page that was held back: fetches the window after the one in use. */
export function passed(region: u32, page: u32): void {
  for (let i: u32 = 0; i < <u32>STREAM_COUNT; i++) {
    const stream = streamAt(region, i);
    if (load<u32>(stream, STREAM_MARK_AT) != page + 1) continue;
    store<u32>(stream, 0, STREAM_MARK_AT);
    used(region, stream);
    const first = load<u32>(stream, STREAM_NEXT_AT);
    const pages = load<u32>(regionAt(region), REGION_PAGES_AT);
    if (first >= pages) return;
    const entry = makeEntry(region, first);
    if (entry == 0 || !mayPrefetch(entry)) return;
    const grown = grow(region, stream, 1);
    const begun = fetch(region, first, entry, min(grown, pages - first), 0, false);
    if (begun > 0) {
      sent(region, stream, first, begun - 1, 1, true);
      count(region, COUNTER_AHEAD_ISSUED, 1);
      store<u32>(stream, load<u32>(stream, STREAM_UNUSED_AT) + 1, STREAM_UNUSED_AT);
    }
    return;
  }
}

/** Whether this page, read ahead, stays in its frame until a thread touches it. */
export function isMark(region: u32, page: u32): bool {
  for (let i: u32 = 0; i < <u32>STREAM_COUNT; i++) {
    if (load<u32>(streamAt(region, i), STREAM_MARK_AT) == page + 1) return true;
  }
  return false;
}

// The stream that expected this page, else the least recently used one, reset.
function streamFor(region: u32, page: u32, stride: i32): usize {
  const clock = load<u32>(regionAt(region), REGION_CLOCK_AT) + 1;
  store<u32>(regionAt(region), clock, REGION_CLOCK_AT);
  let oldest = streamAt(region, 0);
  for (let i: u32 = 0; i < <u32>STREAM_COUNT; i++) {
    const stream = streamAt(region, i);
    if (load<u32>(stream, STREAM_NEXT_AT) == page && load<i32>(stream, STREAM_STRIDE_AT) == stride && stride != 0) {
      store<u32>(stream, clock, STREAM_AGE_AT);
      used(region, stream);
      if (load<u32>(stream, STREAM_WINDOW_AT) == 0) store<u32>(stream, 1, STREAM_WINDOW_AT);
      return stream;
    }
    if (load<u32>(stream, STREAM_AGE_AT) < load<u32>(oldest, STREAM_AGE_AT)) oldest = stream;
  }
  memory.fill(oldest, 0, STREAM_BYTES);
  store<u32>(oldest, clock, STREAM_AGE_AT);
  return oldest;
}

// A new stream fetches nothing ahead; one that was right before, twice as much as last time.
function grow(region: u32, stream: usize, stride: i32): u32 {
  const window = load<u32>(stream, STREAM_WINDOW_AT);
  if (window == 0 || stride == 0) return 0;
  const limit = stride == 1 ? windowLimit(region) : min(STRIDE_WINDOW_LIMIT, windowLimit(region));
  return min(limit, max(FIRST_WINDOW, window << 1));
}

function sent(region: u32, stream: usize, page: u32, ahead: u32, stride: i32, deferred: bool): void {
  const next = <i64>page + <i64>stride * <i64>(ahead + 1);
  store<u32>(stream, next < 0 ? 0xffffffff : <u32>next, STREAM_NEXT_AT);
  store<i32>(stream, stride, STREAM_STRIDE_AT);
  if (load<u32>(stream, STREAM_WINDOW_AT) != 0) store<u32>(stream, max<u32>(ahead, 1), STREAM_WINDOW_AT);
  store<u32>(stream, ahead, STREAM_UNUSED_AT);
  store<u32>(stream, deferred && ahead >= 2 ? page + 1 + (ahead >> 1) : 0, STREAM_MARK_AT);
  store<u32>(WINDOW_AT, stride == 1 ? ahead : 0);
  if (ahead > 0) count(region, COUNTER_AHEAD_ISSUED, ahead);
}

// The stream passed its window: the pages fetched ahead were used.
function used(region: u32, stream: usize): void {
  const pages = load<u32>(stream, STREAM_UNUSED_AT);
  if (pages == 0) return;
  count(region, COUNTER_AHEAD_USED, pages);
  store<u32>(stream, 0, STREAM_UNUSED_AT);
}

// The stride that most of the recent faults were apart, 0 if there is no majority.
function strideOf(region: u32, page: u32): i32 {
  const at = regionAt(region);
  for (let i: u32 = 0; i < <u32>STREAM_COUNT; i++) {
    const stream = streamAt(region, i);
    // If the stream continues as expected, the gap is its own window, not the application's stride.
    const stride = load<i32>(stream, STREAM_STRIDE_AT);
    if (load<u32>(stream, STREAM_NEXT_AT) == page && stride != 0 && load<u32>(stream, STREAM_WINDOW_AT) != 0) {
      remember(at, page, stride);
      return stride;
    }
  }
  const last = load<u32>(at, REGION_LAST_AT);
  remember(at, page, last == 0 ? 0 : <i32>(page - (last - 1)));
  return majority(at);
}

function remember(at: usize, page: u32, stride: i32): void {
  const next = load<u32>(at, REGION_HISTORY_NEXT_AT);
  store<i32>(at + REGION_HISTORY_AT + ((next % HISTORY_COUNT) << 2), stride);
  store<u32>(at, next + 1, REGION_HISTORY_NEXT_AT);
  store<u32>(at, page + 1, REGION_LAST_AT);
}

function majority(at: usize): i32 {
  const next = load<u32>(at, REGION_HISTORY_NEXT_AT);
  for (let span: u32 = 4; span <= <u32>HISTORY_COUNT && span <= next; span <<= 1) {
    let candidate: i32 = 0;
    let votes: i32 = 0;
    for (let i: u32 = 1; i <= span; i++) {
      const stride = load<i32>(at + REGION_HISTORY_AT + (((next - i) % HISTORY_COUNT) << 2));
      if (votes == 0) candidate = stride;
      votes += stride == candidate ? 1 : -1;
    }
    let support: u32 = 0;
    for (let i: u32 = 1; i <= span; i++) {
      if (load<i32>(at + REGION_HISTORY_AT + (((next - i) % HISTORY_COUNT) << 2)) == candidate) support++;
    }
    if (candidate != 0 && support * 2 > span) return candidate;
  }
  return 0;
}
