// A process under the pager forked, dropped, unmapped or moved memory: its space is copied, or pages of it are removed or
// change their address.
//
//   parent's page           child's page
//   resident                resident: shared until either writes, but the kernel counts it for both
//   absent, stored          absent, with the same slot of the store: one reference more
//   in its frame alone      copied into the child at once; a child whose fork the library has seen waits for that
//   not inherited (a gap)   absent, zeros: MADV_DONTFORK, MADV_WIPEONFORK
import { CHUNK_SHIFT } from '../codes';
import { admit, forget } from '../paging/policy';
import {
  CORE_ADDRESS_AT,
  PAGE_SHIFT_AT,
  RETRY_AT,
  LIST_STARVED_AT,
  LIST_PARKED_AT,
  QUEUE_STAGED_AT,
  COMMAND_OUTCOME_AT,
  COMMAND_ERRNO_AT,
  COMMAND_SOURCE_AT,
  COMMAND_REGION_AT,
  COMMAND_PAGE_AT,
  OP_COPY,
  OP_WAKE,
  OP_UNPROTECT,
  OUTCOME_DONE,
  OUTCOME_PRESENT,
  OUTCOME_CHANGING,
  OUTCOME_GONE,
  OUTCOME_EXITED,
  PURPOSE_NONE,
  PURPOSE_PROBE,
  PURPOSE_FORKED,
  REQUEST_FAIL,
  CAUSE_INSTALL,
  FRAME_ENTRY_AT,
  FRAME_FILLING,
  FRAME_AHEAD,
  GAPS_AT,
  GAP_BYTES,
  GAP_LIMIT,
  REGION_STORE_AT,
  REGION_POOL_AT,
  REGION_CHUNK_NEXT_AT,
  LEAF_SHIFT,
  LEAF_PAGES,
  ENTRY_BYTES,
  ENTRY_REGION_AT,
  ENTRY_DIGEST_AT,
  ENTRY_PREVIOUS_AT,
  ENTRY_SLOT_AT,
  ENTRY_SLOT_BYTES_AT,
  PAGE_ABSENT,
  PAGE_FILLING,
  PAGE_CLEAN,
  PAGE_STAGED,
  PAGE_EVICTING,
  PAGE_REMOVED,
  PAGE_FAILED,
  PAGE_STORED,
  PAGE_QUEUED,
  PAGE_WRITTEN,
  PAGE_ZEROS,
} from '../layout';
import { moving } from '../pass/protection';
import { check } from '../check';
import { chunkOf } from '../books/chunk';
import { removePage } from './event';
import {
  addResident,
  findVacant,
  frameAddress,
  frameAt,
  frameFlags,
  frameOffset,
  NO_FRAME,
  setFrame,
  takeFrames,
} from '../books/frame';
import { findEntry, frameOf, pageOf, setFrameOf, tidyLeaves } from '../books/page-table';
import { clearFlag, flagsOf, push, remove, setFlag } from '../books/queue';
import { pageAddress, regionAt, tick } from '../books/region';
import { command, request } from '../ring';
import { shareStored } from '../books/stored';
import {
  dropLeaf,
  findPage,
  hasLeaf,
  leafAt,
  leaveLeaf,
  makePage,
  NO_PAGE,
  SHARED,
  SHARED_NO_ROOM,
  shareLeaf,
} from '../books/space';
import {
  isResident,
  stateOf,
  tally,
  STEP_ABANDONED,
  STEP_FAILED,
  STEP_FILLED,
  STEP_FILLED_DIRTY,
  STEP_MISS,
  transition,
} from '../books/states';
import { stopWaiting, wait } from '../books/waiting';
import { turn } from '../books/records';

/** Copies the parent's pages into the child, an open space without a page. False if the tables have no room for that. */
export function forked(parent: u32, child: u32, gap: u32, gaps: u32): bool {
  if (gaps >= <u32>GAP_LIMIT) return false;
  for (let offset = REGION_STORE_AT; offset <= REGION_POOL_AT; offset += 4) {
    store<u32>(regionAt(child) + offset, load<u32>(regionAt(parent) + offset));
  }
  const leaves = load<u32>(regionAt(parent), REGION_CHUNK_NEXT_AT);
  for (let leaf: u32 = 0; leaf < leaves; leaf++) {
    tidyLeaves();
    if (!hasLeaf(parent, leaf)) continue;
    if (!meetsGap(pageAddress(parent, leaf << LEAF_SHIFT), gap, gaps)) {
      const shared = shareLeaf(parent, leaf, child);
      if (shared == SHARED_NO_ROOM) return false;
      if (shared == SHARED) continue;
    }
    const from = leafAt(parent, leaf);
    const first = makePage(child, pageAddress(parent, leaf << LEAF_SHIFT));
    if (first == NO_PAGE) return false;
    const to = leafAt(child, first >> LEAF_SHIFT);
    for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
      if (gaps > 0 && isInGap(pageAddress(child, first + i), gap, gaps)) continue;
      copyPage(from + i * ENTRY_BYTES, to + i * ENTRY_BYTES, child, first + i);
    }
  }
  return true;
}

// Whether the fork does not inherit some of a chunk.
function meetsGap(base: u64, gap: u32, gaps: u32): bool {
  let first = gap;
  let end = gap + gaps;
  while (first < end) {
    const middle = (first + end) >> 1;
    const at: usize = GAPS_AT + middle * GAP_BYTES;
    if (base + ((<u64>1) << CHUNK_SHIFT) <= load<u64>(at)) end = middle;
    else if (base >= load<u64>(at, 8)) first = middle + 1;
    else return true;
  }
  return false;
}

function isInGap(address: u64, gap: u32, gaps: u32): bool {
  let first = gap;
  let end = gap + gaps;
  while (first < end) {
    const middle = (first + end) >> 1;
    const at: usize = GAPS_AT + middle * GAP_BYTES;
    if (address < load<u64>(at)) end = middle;
    else if (address >= load<u64>(at, 8)) first = middle + 1;
    else return true;
  }
  return false;
}

function copyPage(from: usize, to: usize, child: u32, page: u32): void {
  const state = stateOf(from);
  if (isResident(state)) {
    transition(to, STEP_MISS);
    transition(to, state == PAGE_CLEAN ? STEP_FILLED : STEP_FILLED_DIRTY);
    if (state == PAGE_CLEAN) shareContent(from, to);
    addResident(1);
    admit(to);
  } else if (isInFrameAlone(from, state)) {
    copyBytes(frameOf(from), to, child, page);
  } else if (state == PAGE_FAILED) {
    transition(to, STEP_MISS);
    transition(to, STEP_FAILED);
  } else {
    shareContent(from, to);
  }
}

// A page that is being filled and is in no list has not got its bytes yet: the child fetches its own.
function isInFrameAlone(entry: usize, state: u32): bool {
  if (frameOf(entry) == NO_FRAME) return false;
  if (state == PAGE_FILLING) return (flagsOf(entry) & PAGE_QUEUED) != 0;
  return (state == PAGE_STAGED && (frameFlags(frameOf(entry)) & FRAME_AHEAD) == 0) || state == PAGE_EVICTING;
}

function shareContent(from: usize, to: usize): void {
  const flags = flagsOf(from);
  if ((flags & PAGE_ZEROS) != 0) setFlag(to, PAGE_ZEROS);
  if ((flags & PAGE_STORED) == 0) return;
  const slot = load<u32>(from, ENTRY_SLOT_AT);
  shareStored(slot);
  setFlag(to, PAGE_STORED);
  store<u32>(to, slot, ENTRY_SLOT_AT);
  store<u32>(to, load<u32>(from, ENTRY_SLOT_BYTES_AT), ENTRY_SLOT_BYTES_AT);
  store<u64>(to, load<u64>(from, ENTRY_DIGEST_AT), ENTRY_DIGEST_AT);
}

/** Whether copies into children are still under way. */
export function copiesUnderWay(): bool {
  return turn.forkCopies > 0;
}

function copyBytes(frame: u32, to: usize, child: u32, page: u32): void {
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  transition(to, STEP_MISS);
  setFrameOf(to, NO_FRAME);
  addResident(1);
  turn.forkCopies++;
  command(OP_COPY, 0, PURPOSE_FORKED, child, page, 1, NO_FRAME, pageAddress(child, page), frameAddress(frame), size);
}

/** Settles a copy into a child. */
export function copiedToChild(at: usize): void {
  turn.forkCopies--;
  const child = load<u32>(at, COMMAND_REGION_AT);
  const page = load<u32>(at, COMMAND_PAGE_AT);
  const entry = findEntry(child, page);
  const outcome: u32 = load<u16>(at, COMMAND_OUTCOME_AT);
  if (outcome == OUTCOME_DONE || outcome == OUTCOME_PRESENT) {
    transition(entry, STEP_FILLED_DIRTY);
    admit(entry);
    return;
  }
  addResident(-1);
  // The child runs as soon as the event is read; it may be changing its mappings already, or have unmapped the page.
  if (outcome == OUTCOME_CHANGING && keepForChild(at, entry)) return;
  // The frame is reused: a child that did not wait for its pages has lost this one, and its touch gets SIGBUS.
  if (outcome == OUTCOME_EXITED || outcome == OUTCOME_GONE) {
    transition(entry, STEP_ABANDONED);
    return;
  }
  // As if a thread waited: a page that only a load asked for would be abandoned, and read as zeros here.
  store<u32>(entry, tick(), ENTRY_PREVIOUS_AT);
  request(REQUEST_FAIL, child, page, 0, 0, CAUSE_INSTALL, load<u32>(at, COMMAND_ERRNO_AT));
}

// Copies the bytes into a frame of the child's, to install them from there once the child's events have been read. `step`
// has issued nothing else since the fork, so the parent's frame still holds them.
function keepForChild(at: usize, entry: usize): bool {
  let frame = takeFrames(1);
  // This may exceed the limit, as the fork itself does: frames of spaces always have their memory.
  if (frame == NO_FRAME) frame = findVacant(1);
  if (frame == NO_FRAME) return false;
  const source = <u32>(load<u64>(at, COMMAND_SOURCE_AT) - load<u64>(CORE_ADDRESS_AT));
  memory.copy(frameOffset(frame), source, 1 << load<u32>(PAGE_SHIFT_AT));
  setFrame(frame, FRAME_FILLING, entry);
  setFrameOf(entry, frame);
  setFlag(entry, PAGE_WRITTEN);
  store<u32>(RETRY_AT, 1);
  wait(LIST_PARKED_AT, entry);
  return true;
}

/** The process dropped [start, end), or unmapped it: `unmapped`. */
export function removedInSpace(space: u32, start: u64, end: u64, unmapped: bool): void {
  const leafBytes = (<u64>LEAF_PAGES) << load<u32>(PAGE_SHIFT_AT);
  const leaves = load<u32>(regionAt(space), REGION_CHUNK_NEXT_AT);
  // A program may unmap terabytes that it never touched: then its leaves are fewer than the range's chunks.
  if (chunkOf(end) - chunkOf(start) > leaves) {
    for (let leaf: u32 = 0; leaf < leaves; leaf++) {
      if (!hasLeaf(space, leaf)) continue;
      const base = pageAddress(space, leaf << LEAF_SHIFT);
      if (base < end && base + leafBytes > start) removeInLeaf(space, leaf, start, end, unmapped);
    }
  } else {
    for (let base = start & ~(leafBytes - 1); base < end; base += leafBytes) {
      const page = findPage(space, base);
      if (page != NO_PAGE) removeInLeaf(space, page >> LEAF_SHIFT, start, end, unmapped);
    }
  }
  // Threads blocked on one of the pages re-fault and get zeros.
  command(OP_WAKE, 0, PURPOSE_NONE, space, 0, 0, NO_FRAME, start, 0, end - start);
}

function removeInLeaf(space: u32, leaf: u32, start: u64, end: u64, unmapped: bool): void {
  const shift = load<u32>(PAGE_SHIFT_AT);
  const base = pageAddress(space, leaf << LEAF_SHIFT);
  const from: u32 = start <= base ? 0 : <u32>((start - base) >> shift);
  const last = (end - base + ((<u64>1) << shift) - 1) >> shift;
  const to: u32 = last < <u64>LEAF_PAGES ? <u32>last : LEAF_PAGES;
  tidyLeaves();
  if (unmapped && from == 0 && to == LEAF_PAGES && leaveLeaf(space, leaf)) return;
  const entries: usize = leafAt(space, leaf);
  for (let i = from; i < to; i++) removePage(entries + i * ENTRY_BYTES);
  if (unmapped && from == 0 && to == LEAF_PAGES) dropLeaf(space, leaf);
}

/** A space's process moved `length` bytes of its memory (mremap); the kernel unmapped what was at the target. */
export function remappedInSpace(space: u32, from: u64, to: u64, length: u64): void {
  const size = (<u64>1) << load<u32>(PAGE_SHIFT_AT);
  let guarded = false;
  for (let done: u64 = 0; done < length;) {
    if ((done & (((<u64>1) << CHUNK_SHIFT) - 1)) == 0) tidyLeaves();
    const page = findPage(space, from + done);
    if (page == NO_PAGE) {
      done += ((<u64>LEAF_PAGES) << load<u32>(PAGE_SHIFT_AT)) - ((from + done) & (((<u64>1) << 21) - 1));
      continue;
    }
    const entry = findEntry(space, page);
    if (holdsAnything(entry)) {
      const target = makePage(space, to + done);
      check(target != NO_PAGE, 'what a process has moved finds room in the page table');
      if (movePage(entry, findEntry(space, target), space)) guarded = true;
    }
    done += size;
  }
  // The kernel moved a pass's protection along. One command removes it; if that fails, the next write's fault does.
  if (guarded) command(OP_UNPROTECT, 0, PURPOSE_PROBE, space, 0, 0, NO_FRAME, to, 0, length);
  // Threads blocked at the old address re-fault, on unmapped memory: SIGSEGV, as without a pager.
  command(OP_WAKE, 0, PURPOSE_NONE, space, 0, 0, NO_FRAME, from, 0, length);
  // Threads that touched the new address before this event was read wait for zeros there: they re-fault too.
  command(OP_WAKE, 0, PURPOSE_NONE, space, 0, 0, NO_FRAME, to, 0, length);
}

function holdsAnything(entry: usize): bool {
  const state = stateOf(entry);
  return (state != PAGE_ABSENT && state != PAGE_REMOVED) || (flagsOf(entry) & PAGE_STORED) != 0;
}

// True if the page is write-protected at its new address.
function movePage(entry: usize, target: usize, space: u32): bool {
  if (holdsAnything(target)) removePage(target);
  const guarded = moving(entry);
  const state = stateOf(entry);
  const queued = (flagsOf(entry) & PAGE_QUEUED) != 0;
  const starved = state == PAGE_FILLING && stopWaiting(LIST_STARVED_AT, entry);
  const parked = state == PAGE_FILLING && !starved && stopWaiting(LIST_PARKED_AT, entry);
  if (state == PAGE_STAGED && queued) remove(QUEUE_STAGED_AT, entry);
  else if (isResident(state)) forget(entry);
  tally(entry, state, -1);
  tally(target, state, 1);
  memory.copy(target, entry, ENTRY_BYTES);
  memory.fill(entry, 0, ENTRY_BYTES);
  store<u16>(entry, space, ENTRY_REGION_AT);
  const frame = frameOf(target);
  if (frame != NO_FRAME) store<u32>(frameAt(frame), <u32>target, FRAME_ENTRY_AT);
  if (starved) wait(LIST_STARVED_AT, target);
  else if (parked) wait(LIST_PARKED_AT, target);
  else if (state == PAGE_STAGED && queued) push(QUEUE_STAGED_AT, target);
  else if (isResident(state) && queued) admit(target);
  return guarded;
}
