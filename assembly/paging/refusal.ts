// An install that the kernel refuses, for lack of memory say. The page keeps its bytes, and the install is retried.
//
//   a thread waits for it   it keeps its frame, in the list of refused pages: retried every few milliseconds, given up
//                           when the patience has passed since the fault. The same for a pinned page, without an end
//   no thread waits         it goes back to staging, or stays absent. A load of it retries, and fails when the
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

/** Nanoseconds between two retries. */
const DELAY: u64 = 5_000_000;

/** Sets a refused page aside for a retry; false if no thread waits for it: the caller keeps its bytes out. */
export function setAside(entry: usize, errno: u32): bool {
  store<u32>(REFUSED_ERRNO_AT, errno);
  pauseRefused();
  noteForLoads(regionOf(entry), pageOf(entry));
  if (load<u32>(entry, ENTRY_PREVIOUS_AT) == 0 && (flagsOf(entry) & PAGE_PINNED) == 0) return false;
  wait(LIST_REFUSED_AT, entry);
  return true;
}

/** Whether it is too early for a retry. */
// @ts-ignore: decorator
@inline
export function isPaused(): bool {
  return load<u64>(NOW_AT) < load<u64>(REFUSED_UNTIL_AT);
}

/** The same for evictions, and for memory returned to the system. */
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

/** Whether the patience has passed since `since`, in ticks; 0: no thread waits. */
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
