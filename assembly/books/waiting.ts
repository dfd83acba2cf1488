// Lists of pages that are being filled and wait: first in, first out, linked through ENTRY_NEXT alone, because
// ENTRY_PREVIOUS says since when a thread waits.
import { check } from '../check';
import { ENTRY_NEXT_AT, PAGE_QUEUED, QUEUE_COUNT_AT, QUEUE_HEAD_AT, QUEUE_TAIL_AT } from '../layout';
import { clearFlag, flagsOf, setFlag } from './queue';

export function wait(list: usize, entry: usize): void {
  check((flagsOf(entry) & PAGE_QUEUED) == 0, 'the page is in no queue');
  setFlag(entry, PAGE_QUEUED);
  store<u32>(entry, 0, ENTRY_NEXT_AT);
  const last = load<u32>(list, QUEUE_TAIL_AT);
  if (last != 0) store<u32>(last, <u32>entry, ENTRY_NEXT_AT);
  else store<u32>(list, <u32>entry, QUEUE_HEAD_AT);
  store<u32>(list, <u32>entry, QUEUE_TAIL_AT);
  store<u32>(list, load<u32>(list, QUEUE_COUNT_AT) + 1, QUEUE_COUNT_AT);
}

/** The page that has waited longest; 0 if none waits. */
// @ts-ignore: decorator
@inline
export function firstWaiting(list: usize): usize {
  return load<u32>(list, QUEUE_HEAD_AT);
}

// @ts-ignore: decorator
@inline
export function waitingCount(list: usize): u32 {
  return load<u32>(list, QUEUE_COUNT_AT);
}

export function takeWaiting(list: usize): usize {
  const entry = firstWaiting(list);
  if (entry != 0) unlink(list, 0, entry);
  return entry;
}

/** Removes the page if it is in the list (a scan: only when a waiting page is removed or its region closed). */
export function stopWaiting(list: usize, entry: usize): bool {
  let before: usize = 0;
  for (let at = firstWaiting(list); at != 0; at = load<u32>(at, ENTRY_NEXT_AT)) {
    if (at == entry) {
      unlink(list, before, entry);
      return true;
    }
    before = at;
  }
  return false;
}

function unlink(list: usize, before: usize, entry: usize): void {
  const next = load<u32>(entry, ENTRY_NEXT_AT);
  if (before != 0) store<u32>(before, next, ENTRY_NEXT_AT);
  else store<u32>(list, next, QUEUE_HEAD_AT);
  if (next == 0) store<u32>(list, <u32>before, QUEUE_TAIL_AT);
  store<u32>(list, load<u32>(list, QUEUE_COUNT_AT) - 1, QUEUE_COUNT_AT);
  clearFlag(entry, PAGE_QUEUED);
}
