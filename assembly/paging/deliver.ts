// Pages whose bytes come unasked, as a migration sends them: they go straight from the caller's buffer into their region, without a
// frame and without a digest. So, as in feed.ts, only where no page has to leave its region; one that leaves nevertheless is
// written to the store, since the caller does not keep what the region has taken.
import { CONTENT_SOURCE_ASYNC } from '../codes';
import { contentOf } from '../books/content';
import { NO_FRAME, addResident, credit, frameAt, frameState } from '../books/frame';
import { findEntry, frameOf, makeEntry, setFrameOf, tidyLeaves } from '../books/page-table';
import { flagsOf, setFlag } from '../books/queue';
import { isSpace, isSplit, pageAddress } from '../books/region';
import { isResident, stateOf } from '../books/states';
import {
  COMMAND_CONTENT_AT,
  ENTRY_PREVIOUS_AT,
  FRAME_ENTRY_AT,
  FRAME_FILLING,
  LEAF_PAGES,
  OP_COPY,
  PAGE_ABSENT,
  PAGE_FILLING,
  PAGE_QUEUED,
  PAGE_SHIFT_AT,
  PAGE_SOURCED,
  PAGE_WRITTEN,
  PASS_MASK_AT,
  PURPOSE_FILL,
} from '../layout';
import { command, commandRoom } from '../ring';
import { beginFill } from './begin';
import { allFit } from './feed';

/**
 * Begins to install up to `pages` pages, whose bytes begin at `address`: call when no command is under way, and run the commands
 * before the bytes change. Returns how many of the first it has begun. A page that a thread waits for is begun alone.
 */
export function deliver(region: u32, page: u32, pages: u32, addressLow: u32, addressHigh: u32): u32 {
  if (load<u32>(PASS_MASK_AT) != 0 || isSplit(region) || isSpace(region) || !allFit()) return 0;
  if (commandRoom() == 0) return 0;
  const run = beginPages(region, page, min(pages, credit()));
  if (run == 0) return 0;
  addResident(run);
  const address = ((<u64>addressHigh) << 32) | (<u64>addressLow);
  const length = (<u64>run) << load<u32>(PAGE_SHIFT_AT);
  const at = command(OP_COPY, 0, PURPOSE_FILL, region, page, run, NO_FRAME, pageAddress(region, page), address, length);
  store<u32>(at, CONTENT_SOURCE_ASYNC, COMMAND_CONTENT_AT);
  return run;
}

/** How many of these pages, from the first on, are in their region. */
export function delivered(region: u32, page: u32, pages: u32): u32 {
  for (let i: u32 = 0; i < pages; i++) if (!isResident(stateOf(findEntry(region, page + i)))) return i;
  return pages;
}

function beginPages(region: u32, page: u32, most: u32): u32 {
  for (let i: u32 = 0; i < most; i++) {
    if (i == 0 || ((page + i) & (LEAF_PAGES - 1)) == 0) tidyLeaves();
    const entry = makeEntry(region, page + i);
    if (entry == 0 || !isLacking(region, page + i, entry)) return i;
    const waits = stateOf(entry) == PAGE_FILLING && load<u32>(entry, ENTRY_PREVIOUS_AT) != 0;
    if (waits && i > 0) return i;
    begin(entry);
    if (waits) return 1;
  }
  return most;
}

// A page that was read from the source before is left to it: the source keeps it.
function isLacking(region: u32, page: u32, entry: usize): bool {
  if ((flagsOf(entry) & (PAGE_SOURCED | PAGE_QUEUED)) != 0) return false;
  if (contentOf(region, page, entry) != CONTENT_SOURCE_ASYNC) return false;
  const state = stateOf(entry);
  if (state != PAGE_FILLING) return state == PAGE_ABSENT;
  const frame = frameOf(entry);
  return frame != NO_FRAME && frameState(frame) == FRAME_FILLING;
}

// It counts as written: the store never had it, and the source does not keep it.
function begin(entry: usize): void {
  if (stateOf(entry) == PAGE_FILLING) {
    // Its read is under way: the frame stays in use until the reply, which then finds no page.
    store<u32>(frameAt(frameOf(entry)), 0, FRAME_ENTRY_AT);
    setFrameOf(entry, NO_FRAME);
    setFlag(entry, PAGE_WRITTEN);
  } else {
    beginFill(entry, NO_FRAME, 0, true);
  }
}
