// Chooses the next victim. The kernel reports faults, not hits, so recency comes from faults alone: a page that is
// touched again while it waits in staging (a soft fault) is REFERENCED.
//
//   fifo     the page that came in first.
//   clock    as fifo, but a referenced page gets one more round (second chance).
//   s3-fifo  Yang et al., SOSP'23: new pages enter a small queue (a tenth); a victim of it that was referenced goes to
//            the main queue, the others leave; a page that faults again soon after it left (its number is among the
//            last evictions, as many as both queues hold: the ghost queue) enters the main queue at once.
import {
  ENTRY_PREVIOUS_AT,
  EVICTION_AT,
  EVICTION_FIFO,
  EVICTION_S3_FIFO,
  EVICTION_SEQUENCE_AT,
  PAGE_IN_MAIN,
  PAGE_QUEUED,
  PAGE_REFERENCED,
  QUEUE_MAIN_AT,
  QUEUE_SMALL_AT,
} from '../layout';
import { clearFlag, flagsOf, lengthOf, popOldest, push, pushOldest, remove, setFlag } from '../books/queue';

/** Most pages passed over for one victim: bounds the search however many are referenced. */
const CHANCES: u32 = 32;

// @ts-ignore: decorator
@inline
function queueOf(entry: usize): usize {
  const small = load<u32>(EVICTION_AT) == EVICTION_S3_FIFO && (flagsOf(entry) & PAGE_IN_MAIN) == 0;
  return small ? QUEUE_SMALL_AT : QUEUE_MAIN_AT;
}

/** Called when an absent page is missed, before anything else is written into its entry. */
// @ts-ignore: decorator
@inline
export function missed(entry: usize): void {
  const left = load<u32>(entry, ENTRY_PREVIOUS_AT);
  clearFlag(entry, PAGE_IN_MAIN | PAGE_REFERENCED);
  if (left == 0) return;
  const age = load<u32>(EVICTION_SEQUENCE_AT) - left;
  if (age < lengthOf(QUEUE_MAIN_AT) + lengthOf(QUEUE_SMALL_AT)) setFlag(entry, PAGE_IN_MAIN);
}

export function admit(entry: usize): void {
  push(queueOf(entry), entry);
}

/** Makes the page the next victim again. */
export function readmit(entry: usize): void {
  pushOldest(queueOf(entry), entry);
}

export function forget(entry: usize): void {
  if ((flagsOf(entry) & PAGE_QUEUED) != 0) remove(queueOf(entry), entry);
}

/** Removes the next victim from its queue; 0 if every resident page is pinned or in use by a store. */
export function victim(): usize {
  const policy = load<u32>(EVICTION_AT);
  for (let chance: u32 = 0; chance < CHANCES; chance++) {
    const small = lengthOf(QUEUE_SMALL_AT);
    const main = lengthOf(QUEUE_MAIN_AT);
    if (small + main == 0) return 0;
    const fromSmall = policy == EVICTION_S3_FIFO && (main == 0 || small * 10 >= small + main);
    const entry = popOldest(fromSmall ? QUEUE_SMALL_AT : QUEUE_MAIN_AT);
    if (policy == EVICTION_FIFO || (flagsOf(entry) & PAGE_REFERENCED) == 0) return entry;
    clearFlag(entry, PAGE_REFERENCED);
    setFlag(entry, PAGE_IN_MAIN);
    push(QUEUE_MAIN_AT, entry);
  }
  const entry = popOldest(QUEUE_MAIN_AT);
  return entry != 0 ? entry : popOldest(QUEUE_SMALL_AT);
}
