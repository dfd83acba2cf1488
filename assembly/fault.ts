// From messages to pages: what each message asks for, and what must happen.
import {
  COUNTER_COALESCED,
  COUNTER_MINOR,
  COUNTER_MISSING,
  COUNTER_WP,
  CAUSE_NO_TABLE,
  EVENT_PAGEFAULT,
  EVENT_REMOVE,
  EVENT_UNMAP,
  EVENT_REMAP,
  FAULT_MINOR,
  FAULT_WP,
  FAULT_WRITE,
  FRAME_AHEAD,
  MESSAGE_ADDRESS_AT,
  MESSAGE_END_AT,
  MESSAGE_EVENT_AT,
  MESSAGE_FLAGS_AT,
  MESSAGE_FROM_AT,
  MESSAGE_LENGTH_AT,
  MESSAGE_START_AT,
  MESSAGE_TO_AT,
  OP_CONTINUE,
  OP_UNPROTECT,
  OP_WAKE,
  OP_ZEROPAGE,
  OUTCOME_DONE,
  COMMAND_OUTCOME_AT,
  COMMAND_LENGTH_AT,
  COMMAND_REGION_AT,
  COMMAND_TARGET_AT,
  PAGE_CLEAN,
  PAGE_DIRTY,
  PAGE_EVICTING,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_SHIFT_AT,
  PAGE_STAGED,
  PAGE_WRITING,
  PURPOSE_NONE,
  PURPOSE_PROBE,
  REGION_SOURCE_AT,
  REGION_STORE_AT,
  REQUEST_FAIL,
  SOURCE_ASYNC,
  STORE_ASYNC,
} from './layout';
import { restore, share } from './evict';
import { remapped, removed } from './event';
import { joined } from './fill';
import { frameFlags, NO_FRAME } from './frame';
import { frameOf, makeEntry } from './page-table';
import { fetchAhead, passed } from './readahead';
import { count, findRegion, foundPage, pageAddress, regionAt, tick } from './region';
import { command, request } from './ring';
import { stateOf } from './states';

/** Takes a message that is a fault. Messages it does not know change nothing. */
export function take(message: usize): void {
  if (load<u8>(message, MESSAGE_EVENT_AT) != EVENT_PAGEFAULT) return;
  fault(load<u64>(message, MESSAGE_ADDRESS_AT), load<u64>(message, MESSAGE_FLAGS_AT));
}

/** Takes a message that is an event, once. */
export function takeEvent(message: usize): void {
  const event: u32 = load<u8>(message, MESSAGE_EVENT_AT);
  if (event == EVENT_PAGEFAULT) return;
  store<u8>(message, 0, MESSAGE_EVENT_AT);
  if (event == EVENT_REMOVE || event == EVENT_UNMAP) {
    removed(load<u64>(message, MESSAGE_START_AT), load<u64>(message, MESSAGE_END_AT), event == EVENT_UNMAP);
  } else if (event == EVENT_REMAP) {
    const from = load<u64>(message, MESSAGE_FROM_AT);
    remapped(from, load<u64>(message, MESSAGE_TO_AT), load<u64>(message, MESSAGE_LENGTH_AT));
  }
}

function fault(address: u64, flags: u64): void {
  const region = findRegion(address);
  if (region == 0) {
    // Memory that the kernel has added to a region, as mremap(2) does when it grows one: it holds zeros.
    const mask = ((<u64>1) << load<u32>(PAGE_SHIFT_AT)) - 1;
    look(COUNTER_MISSING, 0, address & ~mask);
    return;
  }
  const page = foundPage;
  const entry = makeEntry(region, page);
  if (entry == 0) {
    request(REQUEST_FAIL, region, page, 0, 0, CAUSE_NO_TABLE, 0);
    return;
  }
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
    look(kind, region, pageAddress(region, page));
    return;
  }
  if (state == PAGE_FAILED) {
    request(REQUEST_FAIL, region, page, 0, 0, 0, 0);
    return;
  }
  // A thread that met a victim on its way out (wp), or a page of the file that another process made (minor), waits for
  // the page like any other: where its bytes are there already, they stand.
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

// A fault on a page that is there. Missing: an old message of a thread that is long awake (the probe finds the page and
// wakes whoever waits), or a page the application dropped whose event is still to be read (zeros are then what it asked
// for). Minor: the memory file has it, this mapping does not yet. Write-protect: left over from a victim that stayed.
function look(kind: u32, region: u32, address: u64): void {
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  const op = kind == COUNTER_WP ? OP_UNPROTECT : kind == COUNTER_MINOR ? OP_CONTINUE : OP_ZEROPAGE;
  command(op, 0, PURPOSE_PROBE, region, 0, 1, NO_FRAME, address, 0, size);
}

/** EEXIST wakes nobody, and what else stood in the way is met again by who faults again. */
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
