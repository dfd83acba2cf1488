// Takes messages: finds the page of each fault and starts its fill; passes each event on.
import {
  PAGE_SHIFT_AT,
  FRAME_COUNT_AT,
  MESSAGE_EVENT_AT,
  MESSAGE_SPACE_AT,
  MESSAGE_CHILD_AT,
  MESSAGE_GAPS_AT,
  MESSAGE_FLAGS_AT,
  MESSAGE_ADDRESS_AT,
  MESSAGE_START_AT,
  MESSAGE_END_AT,
  MESSAGE_FROM_AT,
  MESSAGE_TO_AT,
  MESSAGE_LENGTH_AT,
  EVENT_PAGEFAULT,
  EVENT_FORK,
  EVENT_REMAP,
  EVENT_REMOVE,
  EVENT_UNMAP,
  FAULT_WRITE,
  FAULT_WP,
  FAULT_MINOR,
  COMMAND_OUTCOME_AT,
  COMMAND_TARGET_AT,
  COMMAND_LENGTH_AT,
  COMMAND_REGION_AT,
  OP_ZEROPAGE,
  OP_WAKE,
  OP_CONTINUE,
  OP_UNPROTECT,
  OUTCOME_DONE,
  PURPOSE_NONE,
  PURPOSE_PROBE,
  REQUEST_FAIL,
  CAUSE_NO_TABLE,
  FRAME_AHEAD,
  REGION_LIMIT,
  REGION_STATE_AT,
  REGION_OPEN,
  REGION_SOURCE_AT,
  REGION_STORE_AT,
  COUNTER_MISSING,
  COUNTER_MINOR,
  COUNTER_WP,
  COUNTER_COALESCED,
  SOURCE_ASYNC,
  STORE_ASYNC,
  PAGE_FILLING,
  PAGE_CLEAN,
  PAGE_DIRTY,
  PAGE_STAGED,
  PAGE_EVICTING,
  PAGE_WRITING,
  PAGE_FAILED,
} from '../layout';
import { writeFault } from '../pass/protection';
import { restore, share } from './evict';
import { openSpaceAt } from '../changes/close';
import { remapped, removed } from '../changes/event';
import { forked, remappedInSpace, removedInSpace } from '../changes/fork';
import { joined } from './fill';
import { frameFlags, NO_FRAME } from '../books/frame';
import { frameOf, makeEntry } from '../books/page-table';
import { fetchAhead, passed } from './readahead';
import { findRegion } from '../books/order';
import { count, isSpace, pageAddress, regionAt, tick } from '../books/region';
import { command, commandRoom, request } from '../ring';
import { makePage, NO_PAGE } from '../books/space';
import { stateOf } from '../books/states';
import { isHeld } from '../books/passes';
import { turn } from '../books/records';

/** Takes a message that is a fault; ignores messages that it does not know. */
export function take(message: usize): void {
  if (load<u8>(message, MESSAGE_EVENT_AT) != EVENT_PAGEFAULT) return;
  const address = load<u64>(message, MESSAGE_ADDRESS_AT);
  const flags = load<u64>(message, MESSAGE_FLAGS_AT);
  const space = load<u32>(message, MESSAGE_SPACE_AT);
  if (space == 0) return fault(address, flags);
  if (!isOpenSpace(space)) return; // of a process that has ended, or that could not be adopted
  const page = makePage(space, address);
  if (page == NO_PAGE) request(REQUEST_FAIL, space, NO_PAGE, 0, 0, CAUSE_NO_TABLE, 0);
  else touched(space, page, flags);
}

/** Takes a message that is an event, once. */
export function takeEvent(message: usize): void {
  const event: u32 = load<u8>(message, MESSAGE_EVENT_AT);
  store<u8>(message, 0, MESSAGE_EVENT_AT);
  const space = load<u32>(message, MESSAGE_SPACE_AT);
  if (space != 0) {
    if (isOpenSpace(space)) takeSpaceEvent(event, space, message);
    return;
  }
  if (event == EVENT_REMOVE || event == EVENT_UNMAP) {
    removed(load<u64>(message, MESSAGE_START_AT), load<u64>(message, MESSAGE_END_AT), event == EVENT_UNMAP);
  } else if (event == EVENT_REMAP) {
    const from = load<u64>(message, MESSAGE_FROM_AT);
    remapped(from, load<u64>(message, MESSAGE_TO_AT), load<u64>(message, MESSAGE_LENGTH_AT));
  }
}

function takeSpaceEvent(event: u32, space: u32, message: usize): void {
  if (event == EVENT_REMOVE || event == EVENT_UNMAP) {
    const start = load<u64>(message, MESSAGE_START_AT);
    removedInSpace(space, start, load<u64>(message, MESSAGE_END_AT), event == EVENT_UNMAP);
  } else if (event == EVENT_REMAP) {
    const from = load<u64>(message, MESSAGE_FROM_AT);
    remappedInSpace(space, from, load<u64>(message, MESSAGE_TO_AT), load<u64>(message, MESSAGE_LENGTH_AT));
  } else if (event == EVENT_FORK) {
    const child = load<u32>(message, MESSAGE_CHILD_AT);
    const gaps = load<u32>(message, MESSAGE_GAPS_AT);
    // A child that could not be copied must not be served: its first fault is reported as unanswerable.
    if (child != 0 && !(openSpaceAt(child) && forked(space, child, gaps & 0xffff, gaps >> 16))) {
      request(REQUEST_FAIL, child, NO_PAGE, 0, 0, CAUSE_NO_TABLE, 0);
    }
  }
}

/** Whether the rings have room for all commands that one event may need: a fork copies pages that are in frames. */
export function eventFits(): bool {
  return commandRoom() > load<u32>(FRAME_COUNT_AT) + 1024;
}

function isOpenSpace(space: u32): bool {
  return space < <u32>REGION_LIMIT && isSpace(space) && load<u32>(regionAt(space), REGION_STATE_AT) == REGION_OPEN;
}

function fault(address: u64, flags: u64): void {
  const region = findRegion(address);
  if (region == 0) {
    // Memory that the kernel added to a region, as mremap(2) does when it grows one: zeros.
    const mask = ((<u64>1) << load<u32>(PAGE_SHIFT_AT)) - 1;
    look(COUNTER_MISSING, 0, address & ~mask);
    return;
  }
  touched(region, turn.foundPage, flags);
}

function touched(region: u32, page: u32, flags: u64): void {
  const entry = makeEntry(region, page);
  if (entry == 0) {
    request(REQUEST_FAIL, region, page, 0, 0, CAUSE_NO_TABLE, 0);
    return;
  }
  // A thread that touches a held region re-faults at its release.
  if (isHeld(region)) return;
  const written = (flags & FAULT_WRITE) != 0;
  const state = stateOf(entry);
  if (state == PAGE_FILLING) {
    count(region, COUNTER_COALESCED, 1);
    joined(entry, written);
    return;
  }
  const kind = (flags & FAULT_WP) != 0 ? COUNTER_WP : (flags & FAULT_MINOR) != 0 ? COUNTER_MINOR : COUNTER_MISSING;
  if (state == PAGE_CLEAN || state == PAGE_DIRTY || state == PAGE_WRITING) {
    if (kind != COUNTER_MISSING) count(region, kind, 1);
    if (kind == COUNTER_WP && writeFault(region, page, entry)) return;
    look(kind, region, pageAddress(region, page));
    return;
  }
  if (state == PAGE_FAILED) {
    request(REQUEST_FAIL, region, page, 0, 0, 0, 0);
    return;
  }
  // A thread that wrote to a victim on its way out (write-protect), or touched a page of the memfile that another process
  // filled (minor), waits as for a missing page; bytes that are present already are kept.
  count(region, kind, 1);
  if (state == PAGE_STAGED) {
    const ahead = (frameFlags(frameOf(entry)) & FRAME_AHEAD) != 0;
    restore(entry, tick(), written);
    if (ahead) passed(region, page);
  } else if (state == PAGE_EVICTING) {
    share(entry, tick(), written);
  } else {
    const at = regionAt(region);
    const deferred = load<u32>(at, REGION_STORE_AT) == STORE_ASYNC || load<u32>(at, REGION_SOURCE_AT) == SOURCE_ASYNC;
    fetchAhead(region, page, entry, tick(), written, deferred);
  }
}

// A fault on a resident page. Missing: an old message of a thread that runs again (the probe finds the page and wakes any
// waiter), or a page that the application dropped, with the event still to be read (it gets zeros, as it asked for).
// Minor: the memfile has the page, this mapping does not map it yet. Write-protect: left over from a victim that stayed.
function look(kind: u32, region: u32, address: u64): void {
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  const op = kind == COUNTER_WP ? OP_UNPROTECT : kind == COUNTER_MINOR ? OP_CONTINUE : OP_ZEROPAGE;
  command(op, 0, PURPOSE_PROBE, region, 0, 1, NO_FRAME, address, 0, size);
}

/** EEXIST wakes no thread. Any other error resurfaces when the thread faults again. */
export function probed(at: usize): void {
  if (load<u16>(at, COMMAND_OUTCOME_AT) == OUTCOME_DONE) return;
  const target = load<u64>(at, COMMAND_TARGET_AT);
  command(
    OP_WAKE,
    0,
    PURPOSE_NONE,
    load<u32>(at, COMMAND_REGION_AT),
    0,
    1,
    0,
    target,
    0,
    load<u64>(at, COMMAND_LENGTH_AT),
  );
}
