// Queues of pages, doubly linked through the entries: O(1) to push, pop and remove from the middle. A page is in at
// most one queue; QUEUED tells whether.
//
//   head ─▶ newest ◀─▶ … ◀─▶ oldest ◀─ tail
import { check } from '../check';
import {
  ENTRY_FLAGS_AT,
  ENTRY_NEXT_AT,
  ENTRY_PREVIOUS_AT,
  PAGE_QUEUED,
  QUEUE_COUNT_AT,
  QUEUE_HEAD_AT,
  QUEUE_TAIL_AT,
} from '../layout';

// @ts-ignore: decorator
@inline
export function flagsOf(entry: usize): u32 {
  return load<u16>(entry, ENTRY_FLAGS_AT);
}

// @ts-ignore: decorator
@inline
export function setFlag(entry: usize, flag: u32): void {
  store<u16>(entry, <u16>(flagsOf(entry) | flag), ENTRY_FLAGS_AT);
}

// @ts-ignore: decorator
@inline
export function clearFlag(entry: usize, flag: u32): void {
  store<u16>(entry, <u16>(flagsOf(entry) & ~flag), ENTRY_FLAGS_AT);
}

// @ts-ignore: decorator
@inline
export function lengthOf(queue: usize): u32 {
  return load<u32>(queue, QUEUE_COUNT_AT);
}

// @ts-ignore: decorator
@inline
export function oldest(queue: usize): usize {
  return load<u32>(queue, QUEUE_TAIL_AT);
}

/** The next younger page. */
// @ts-ignore: decorator
@inline
export function younger(entry: usize): usize {
  return load<u32>(entry, ENTRY_PREVIOUS_AT);
}

// @ts-ignore: decorator
@inline
function begin(queue: usize, entry: usize): void {
  const flags = flagsOf(entry);
  check((flags & PAGE_QUEUED) == 0, 'the page is in no queue');
  store<u16>(entry, <u16>(flags | PAGE_QUEUED), ENTRY_FLAGS_AT);
  store<u32>(queue, lengthOf(queue) + 1, QUEUE_COUNT_AT);
}

/** Puts the page at the young end. */
export function push(queue: usize, entry: usize): void {
  begin(queue, entry);
  const head = load<u32>(queue, QUEUE_HEAD_AT);
  store<u32>(entry, head, ENTRY_NEXT_AT);
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
  if (head != 0) store<u32>(head, <u32>entry, ENTRY_PREVIOUS_AT);
  else store<u32>(queue, <u32>entry, QUEUE_TAIL_AT);
  store<u32>(queue, <u32>entry, QUEUE_HEAD_AT);
}

/** Puts the page at the old end: `popOldest` returns it next. */
export function pushOldest(queue: usize, entry: usize): void {
  begin(queue, entry);
  const tail = load<u32>(queue, QUEUE_TAIL_AT);
  store<u32>(entry, tail, ENTRY_PREVIOUS_AT);
  store<u32>(entry, 0, ENTRY_NEXT_AT);
  if (tail != 0) store<u32>(tail, <u32>entry, ENTRY_NEXT_AT);
  else store<u32>(queue, <u32>entry, QUEUE_HEAD_AT);
  store<u32>(queue, <u32>entry, QUEUE_TAIL_AT);
}

export function remove(queue: usize, entry: usize): void {
  check((flagsOf(entry) & PAGE_QUEUED) != 0, 'the page is in a queue');
  clearFlag(entry, PAGE_QUEUED);
  store<u32>(queue, lengthOf(queue) - 1, QUEUE_COUNT_AT);
  const next = load<u32>(entry, ENTRY_NEXT_AT);
  const previous = load<u32>(entry, ENTRY_PREVIOUS_AT);
  if (next != 0) store<u32>(next, previous, ENTRY_PREVIOUS_AT);
  else store<u32>(queue, previous, QUEUE_TAIL_AT);
  if (previous != 0) store<u32>(previous, next, ENTRY_NEXT_AT);
  else store<u32>(queue, next, QUEUE_HEAD_AT);
  store<u32>(entry, 0, ENTRY_NEXT_AT);
  store<u32>(entry, 0, ENTRY_PREVIOUS_AT);
}

/** Removes and returns the oldest page; 0 if the queue is empty. */
export function popOldest(queue: usize): usize {
  const entry = oldest(queue);
  if (entry != 0) remove(queue, entry);
  return entry;
}
