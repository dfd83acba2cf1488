// The annex: memory outside the core memory, which ends at 4 GiB, for leaves of the page table of which no page is in memory
// or under way. Forks share a leaf in the annex until one of them needs a page of it. A seeded leaf is in no memory at all: its pages
// are stored in slots that follow each other, so its record says everything.
//
//   directory's word   0: no leaf · below FIXED_END: number of a record · else: offset of a leaf in the core memory
//   record             │ u32 slot in the annex's pool │ u32 owners │ u32 bytes │ u32 1: may be shared │
//   of a seeded leaf   │ u32 slot of its first page   │ u32 owners │ 0         │ 1                    │
//   packed leaf        │ u16 runs │ u16 pages with content │ u32 1: with slots │ runs │ digests u64 │ slots │
//                        run: u32 state and flags, u32 pages      slot: u32 slot, u32 bytes in it
//
// Only pages whose flags say STORED or SOURCED have content. The number of a page's eviction is not kept: it is long past.
import { check } from '../check';
import { ANNEX_UNIT_SHIFT } from '../codes';
import { annexWrite, annexRead } from '../host';
import {
  ENTRY_BYTES,
  ENTRY_DIGEST_AT,
  ENTRY_FRAME_AT,
  ENTRY_SLOT_AT,
  FIXED_END,
  LEAF_COUNT_AT,
  LEAF_LIMIT_AT,
  LEAF_PAGES,
  PAGE_ABSENT,
  PAGE_FAILED,
  PAGE_FLUSHING,
  PAGE_GUARDED,
  PAGE_IN_MAIN,
  PAGE_PINNED,
  PAGE_QUEUED,
  PAGE_REFERENCED,
  PAGE_REMOVED,
  PAGE_SAVING,
  PAGE_SOURCED,
  PAGE_STORED,
  PAGE_WRITTEN,
  PAGE_ZEROS,
  ANNEX_COUNT_AT,
  ANNEX_SLABS_AT,
  PAGE_SHIFT_AT,
  ENTRY_SLOT_BYTES_AT,
} from '../layout';
import { blockRoom, freeBlock, takeAnyBlock, takeBlock, takeTable } from './block';
import { freeSlot, NO_SLOT, openAnnexPool, ANNEX_POOL, slotPlace, takeSlot } from './pool';
import { annex } from './records';
import { shareStored, UNKNOWN_DIGEST } from './stored';

const RECORD_SHIFT: u32 = 4;
const GROUP_SHIFT: u32 = 10; // records of one block
const GROUP_MASK: u32 = (1 << GROUP_SHIFT) - 1;
const GROUP_BITS: u32 = 12; // log2 of the groups: 2^22 records, 8 TiB of chunks
const RECORD_SLOT_AT: usize = 0; // free: the next free record
const RECORD_OWNERS_AT: usize = 4;
const RECORD_PACKED_AT: usize = 8;
const RECORD_PLAIN_AT: usize = 12;

const PACKED_HEAD_BYTES: u32 = 8;
const RUN_BYTES: u32 = 8;
const WITH_SLOTS_AT: usize = 4;

/** A page with one of these flags is under way, or pinned: its leaf stays in the core memory. */
const STAYS: u32 = PAGE_PINNED | PAGE_QUEUED | PAGE_FLUSHING | PAGE_GUARDED | PAGE_SAVING;
/** Flags that mean the same for a fork's page as for its parent's. */
const PLAIN: u32 = PAGE_STORED | PAGE_SOURCED | PAGE_ZEROS | PAGE_REFERENCED | PAGE_IN_MAIN | PAGE_WRITTEN;
const WITH_CONTENT: u32 = PAGE_STORED | PAGE_SOURCED;

/** Opens the annex, if the shim has one. */
export function beginAnnex(): void {
  const slabs = load<u32>(ANNEX_SLABS_AT);
  if (slabs != 0) openAnnexPool(slabs);
}

/** Whether a directory's word names a leaf in the annex. */
// @ts-ignore: decorator
@inline
export function isInAnnex(word: u32): bool {
  return word != 0 && word < <u32>FIXED_END;
}

// @ts-ignore: decorator
@inline
function groupOf(record: u32): usize {
  return annex.table + ((record >> GROUP_SHIFT) << 2);
}

// @ts-ignore: decorator
@inline
function recordAt(record: u32): usize {
  return load<u32>(groupOf(record)) + ((record & GROUP_MASK) << RECORD_SHIFT);
}

// A free record; 0 if there is no room for one.
function takeRecord(): u32 {
  const free = annex.free;
  if (free != 0) {
    annex.free = load<u32>(recordAt(free), RECORD_SLOT_AT);
    return free;
  }
  if (annex.table == 0) {
    annex.table = takeTable(GROUP_BITS);
    if (annex.table == 0) return 0;
    annex.next = 1;
  }
  const record = annex.next;
  if (record >> GROUP_SHIFT >= 1 << GROUP_BITS) return 0;
  if (load<u32>(groupOf(record)) == 0) store<u32>(groupOf(record), takeBlock());
  if (load<u32>(groupOf(record)) == 0) return 0;
  annex.next = record + 1;
  return record;
}

function freeRecord(record: u32): void {
  store<u32>(recordAt(record), annex.free, RECORD_SLOT_AT);
  annex.free = record;
}

// @ts-ignore: decorator
@inline
function placeOf(slot: u32, bytes: u32): u32 {
  return <u32>(slotPlace(ANNEX_POOL, slot, bytes) >> ANNEX_UNIT_SHIFT);
}

// Whether a page's leaf can leave the core memory. `head` is the entry's first word: state and flags.
// @ts-ignore: decorator
@inline
function mayLeave(entry: usize, head: u32): bool {
  const state = head & 0xff;
  if (state != PAGE_ABSENT && state != PAGE_REMOVED && state != PAGE_FAILED) return false;
  return load<u16>(entry, ENTRY_FRAME_AT) == 0 && ((head >> 16) & STAYS) == 0;
}

/** Copies a leaf to the annex. The word for it; 0 if one of its pages must stay, or there is no room. */
export function putIntoAnnex(leaf: u32): u32 {
  if (load<u32>(ANNEX_SLABS_AT) == 0) return 0;
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
    const entry: usize = leaf + i * ENTRY_BYTES;
    if (!mayLeave(entry, load<u32>(entry))) return 0;
  }
  const packed = takeAnyBlock();
  if (packed == 0) return 0;
  const bytes = pack(leaf, packed);
  const record = takeRecord();
  const slot = record == 0 ? NO_SLOT : takeSlot(ANNEX_POOL, bytes);
  if (slot == NO_SLOT) {
    if (record != 0) freeRecord(record);
    freeBlock(packed);
    return 0;
  }
  const written = annexWrite(packed, placeOf(slot, bytes), bytes);
  freeBlock(packed);
  if (written == 0) {
    freeSlot(ANNEX_POOL, slot, bytes);
    freeRecord(record);
    return 0;
  }
  note(record, slot, bytes, isPlain(leaf));
  return record;
}

function note(record: u32, slot: u32, bytes: u32, plain: bool): void {
  const at = recordAt(record);
  store<u32>(at, slot, RECORD_SLOT_AT);
  store<u32>(at, 1, RECORD_OWNERS_AT);
  store<u32>(at, bytes, RECORD_PACKED_AT);
  store<u32>(at, plain ? 1 : 0, RECORD_PLAIN_AT);
  store<u32>(ANNEX_COUNT_AT, load<u32>(ANNEX_COUNT_AT) + 1);
}

function forget(record: u32): void {
  freeRecord(record);
  store<u32>(ANNEX_COUNT_AT, load<u32>(ANNEX_COUNT_AT) - 1);
}

/**
 * The word for a leaf whose pages are stored in the slots from `slot` on, and were never read; 0 if there is no room for it. A block is
 * kept for it. It holds no reference to the slots before it is in the core memory: call it only for slots that are never freed.
 */
export function seedInAnnex(slot: u32): u32 {
  if (!canSeed()) return 0;
  const record = takeRecord();
  if (record == 0) return 0;
  note(record, slot, 0, true);
  annex.seededLeaves = annex.seededLeaves + 1;
  return record;
}

// Whether there is a block to keep for one more seeded leaf. Without an annex there is no reserve, and none is seeded.
function canSeed(): bool {
  if (annex.reservedBlocks == 0 || blockRoom() <= annex.reservedBlocks) return false;
  return load<u32>(LEAF_COUNT_AT) + annex.seededLeaves < load<u32>(LEAF_LIMIT_AT);
}

// @ts-ignore: decorator
@inline
function isSeeded(record: u32): bool {
  return load<u32>(recordAt(record), RECORD_PACKED_AT) == 0;
}

function takeSeeded(record: u32, leaf: u32): void {
  const slot = load<u32>(recordAt(record), RECORD_SLOT_AT);
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) enterSeeded(leaf + i * ENTRY_BYTES, slot + i);
  leaveSeeded(record);
}

function leaveSeeded(record: u32): void {
  const owners = load<u32>(recordAt(record), RECORD_OWNERS_AT) - 1;
  annex.seededLeaves = annex.seededLeaves - 1;
  if (owners == 0) forget(record);
  else store<u32>(recordAt(record), owners, RECORD_OWNERS_AT);
}

/** Says of a page that its first content is in a slot of the store, and its digest not known. */
export function enterSeeded(entry: usize, slot: u32): void {
  shareStored(slot);
  store<u32>(entry, PAGE_ABSENT | (PAGE_STORED << 16));
  store<u32>(entry, slot, ENTRY_SLOT_AT);
  store<u32>(entry, 1 << load<u32>(PAGE_SHIFT_AT), ENTRY_SLOT_BYTES_AT);
  store<u64>(entry, UNKNOWN_DIGEST, ENTRY_DIGEST_AT);
}

function isPlain(leaf: u32): bool {
  let flags: u32 = 0;
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) flags |= load<u32>(leaf + i * ENTRY_BYTES) >> 16;
  return (flags & ~PLAIN) == 0;
}

// Packs a leaf into a block; returns the bytes that it has there.
function pack(leaf: u32, packed: u32): u32 {
  let run = packed + PACKED_HEAD_BYTES - RUN_BYTES;
  let runs: u32 = 0;
  let last: u32 = 0;
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
    const head = load<u32>(leaf + i * ENTRY_BYTES);
    if (runs == 0 || head != last) {
      runs++;
      run += RUN_BYTES;
      store<u32>(run, head);
      store<u32>(run, 0, 4);
      last = head;
    }
    store<u32>(run, load<u32>(run, 4) + 1, 4);
  }
  const digests = run + RUN_BYTES;
  let at = digests;
  let slots: u64 = 0;
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
    const entry: usize = leaf + i * ENTRY_BYTES;
    if (((load<u32>(entry) >> 16) & WITH_CONTENT) == 0) continue;
    store<u64>(at, load<u64>(entry, ENTRY_DIGEST_AT));
    slots |= load<u64>(entry, ENTRY_SLOT_AT);
    at += 8;
  }
  store<u16>(packed, runs);
  store<u16>(packed, (at - digests) >> 3, 2);
  store<u32>(packed, slots == 0 ? 0 : 1, WITH_SLOTS_AT);
  if (slots == 0) return at - packed;
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
    const entry: usize = leaf + i * ENTRY_BYTES;
    if (((load<u32>(entry) >> 16) & WITH_CONTENT) == 0) continue;
    store<u64>(at, load<u64>(entry, ENTRY_SLOT_AT));
    at += 8;
  }
  return at - packed;
}

/** Takes a leaf from the annex into an empty one. If it has other owners, its stored copies have one reference more. */
export function takeFromAnnex(record: u32, leaf: u32): void {
  const at = recordAt(record);
  const slot = load<u32>(at, RECORD_SLOT_AT);
  const bytes = load<u32>(at, RECORD_PACKED_AT);
  const owners = load<u32>(at, RECORD_OWNERS_AT);
  check(owners > 0, 'a leaf in the annex has an owner');
  if (isSeeded(record)) {
    takeSeeded(record, leaf);
    return;
  }
  const packed = takeAnyBlock();
  check(packed != 0, 'a leaf that returns from the annex finds room');
  annexRead(placeOf(slot, bytes), packed, bytes);
  unpack(packed, leaf, owners > 1);
  freeBlock(packed);
  if (owners > 1) {
    store<u32>(at, owners - 1, RECORD_OWNERS_AT);
    return;
  }
  freeSlot(ANNEX_POOL, slot, bytes);
  forget(record);
}

function unpack(packed: u32, leaf: u32, shared: bool): void {
  const runs: u32 = load<u16>(packed);
  let digest = packed + PACKED_HEAD_BYTES + runs * RUN_BYTES;
  let slot = digest + ((<u32>load<u16>(packed, 2)) << 3);
  const withSlots = load<u32>(packed, WITH_SLOTS_AT) != 0;
  let entry: usize = leaf;
  for (let i: u32 = 0; i < runs; i++) {
    const run = packed + PACKED_HEAD_BYTES + i * RUN_BYTES;
    const head = load<u32>(run);
    const end: usize = entry + load<u32>(run, 4) * ENTRY_BYTES;
    const content = ((head >> 16) & WITH_CONTENT) != 0;
    const counted = shared && ((head >> 16) & PAGE_STORED) != 0;
    for (; entry < end; entry += ENTRY_BYTES) {
      store<u32>(entry, head);
      if (!content) continue;
      store<u64>(entry, load<u64>(digest), ENTRY_DIGEST_AT);
      digest += 8;
      if (withSlots) {
        store<u64>(entry, load<u64>(slot), ENTRY_SLOT_AT);
        slot += 8;
      }
      if (counted) shareStored(load<u32>(entry, ENTRY_SLOT_AT));
    }
  }
}

/** Adds an owner to a leaf in the annex. False if its pages would not mean the same to both. */
export function shareInAnnex(record: u32): bool {
  const at = recordAt(record);
  if (load<u32>(at, RECORD_PLAIN_AT) == 0) return false;
  if (isSeeded(record)) {
    if (!canSeed()) return false;
    annex.seededLeaves = annex.seededLeaves + 1;
  }
  store<u32>(at, load<u32>(at, RECORD_OWNERS_AT) + 1, RECORD_OWNERS_AT);
  return true;
}

/**
 * Drops an owner of a leaf that has others, or that is a seeded one. False if it has none: then its pages are to be removed one by
 * one.
 */
export function leaveInAnnex(record: u32): bool {
  if (isSeeded(record)) {
    leaveSeeded(record);
    return true;
  }
  const at = recordAt(record);
  const owners = load<u32>(at, RECORD_OWNERS_AT);
  if (owners < 2) return false;
  store<u32>(at, owners - 1, RECORD_OWNERS_AT);
  return true;
}
