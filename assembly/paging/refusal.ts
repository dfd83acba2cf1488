// An install that the kernel refuses, for want of memory say. The page's bytes stay where they are, and it is tried again.
//
//   a thread waits for it   it keeps its frame, in the list of refused pages: tried again every few milliseconds, given up
//                           when the patience has passed since the fault. The same for a pinned page, without an end
//   nobody waits            it goes back to staging, or stays out. A load that asks for it tries again, and fails when the
//                           patience has passed since the first refusal
import {
  ENTRY_PREVIOUS_AT,
  LIST_REFUSED_AT,
  NOW_AT,
  OPERATIONS_AT,
  OPERATION_BYTES,
  OPERATION_COUNT_AT,
  OPERATION_CURSOR_AT,
  OPERATION_END_AT,
  OPERATION_KIND_AT,
  OPERATION_LIMIT,
  OPERATION_LOAD,
  OPERATION_REFUSED_AT,
  OPERATION_REGION_AT,
  PAGE_PINNED,
  PATIENCE_AT,
  REFUSED_ERRNO_AT,
  REFUSED_UNTIL_AT,
  TICK_SHIFT,
  VICTIMS_UNTIL_AT,
} from '../layout';
import { pageOf, regionOf } from '../books/page-table';
import { flagsOf } from '../books/queue';
import { tick } from '../books/region';
import { wait } from '../books/waiting';

/** Nanoseconds between two tries. */
const DELAY: u64 = 5_000_000;

/** Sets a refused page aside; false where nobody waits for it: then its bytes stand back. */
export function setAside(entry: usize, errno: u32): bool {
  store<u32>(REFUSED_ERRNO_AT, errno);
  pauseRefused();
  noteForLoads(regionOf(entry), pageOf(entry));
  if (load<u32>(entry, ENTRY_PREVIOUS_AT) == 0 && (flagsOf(entry) & PAGE_PINNED) == 0) return false;
  wait(LIST_REFUSED_AT, entry);
  return true;
}

/** Whether it is too early to try again. */
// @ts-ignore: decorator
@inline
export function isPaused(): bool {
  return load<u64>(NOW_AT) < load<u64>(REFUSED_UNTIL_AT);
}

/** The same of what goes out of regions, and of memory that is given back. */
// @ts-ignore: decorator
@inline
export function isEvictionPaused(): bool {
  return load<u64>(NOW_AT) < load<u64>(VICTIMS_UNTIL_AT);
}

export function pauseEviction(): void {
  store<u64>(VICTIMS_UNTIL_AT, load<u64>(NOW_AT) + DELAY);
}

export function pauseRefused(): void {
  store<u64>(REFUSED_UNTIL_AT, load<u64>(NOW_AT) + DELAY);
}

/** Whether the patience has passed since `since`, in ticks; 0: nobody waits. */
export function isOver(since: u32): bool {
  return since != 0 && tick() - since > <u32>(load<u64>(PATIENCE_AT) >> TICK_SHIFT);
}

function noteForLoads(region: u32, page: u32): void {
  if (load<u32>(OPERATION_COUNT_AT) == 0) return;
  for (let operation: u32 = 0; operation < <u32>OPERATION_LIMIT; operation++) {
    const at: usize = OPERATIONS_AT + operation * OPERATION_BYTES;
    if (load<u32>(at, OPERATION_KIND_AT) != OPERATION_LOAD || load<u32>(at, OPERATION_REGION_AT) != region) continue;
    if (page < load<u32>(at, OPERATION_CURSOR_AT) || page >= load<u32>(at, OPERATION_END_AT)) continue;
    if (load<u32>(at, OPERATION_REFUSED_AT) == 0) store<u32>(at, tick(), OPERATION_REFUSED_AT);
  }
}
