// Pools: slots for compressed pages in an arena that the shim maps. The arena is cut into slabs of 8 pages, each slab
// into slots of one class, class k holding up to k/64 of a page; as in zsmalloc and Bonwick's slab allocator
// (USENIX Summer '94). The core decides which slot, the shim moves the bytes.
//
//   arena   │ slab 0: class 33, 15 slots │ slab 1: class 64, 8 slots │ slab 2: empty │ …
//   slot handle = slab << 9 | slot
//
// Slab records are allocated as pages are stored: one block holds the records of 128 slabs, and is allocated when the
// first of them is used. The pool's record leads to it through one more block:
//
//   pool: 16 × u32 ──slab >> 19──▶ block: 4096 × u32 ──slab >> 7 & 4095──▶ block: 128 slab records
import { clearBit, setBit, testBit } from '../bitmap';
import { ANNEX_SHIFT, ANNEX_UNIT_SHIFT } from '../codes';
import { freeBlock, takeBlock, takeZeroBlock } from './block';
import { check } from '../check';
import {
  COMMAND_LENGTH_AT,
  COMMAND_OP_AT,
  COMMAND_TARGET_AT,
  OP_RELEASE,
  PAGE_SHIFT_AT,
  POOL_BYTES,
  POOL_BYTES_USED_AT,
  POOL_LIMIT,
  POOL_SLAB_USED_AT,
  POOL_SLABS_AT,
  POOL_SLABS_PEAK_AT,
  POOLS_AT,
  PURPOSE_NONE,
  SLAB_LIMIT,
} from '../layout';
import { annexVacate } from '../host';
import { command, commandRoom, lastCommand } from '../ring';

// Fields of a pool that only this file reads; the others are in layout.ts.
const POOL_STATE_AT: usize = 0; // 1 in use
const POOL_COMPRESS_AT: usize = 4;
const POOL_ADDRESS_AT: usize = 8; // u64
const POOL_SHIFT_AT: usize = 16; // log2 of the largest slot's bytes: a page's, but for the annex
const POOL_SLAB_LIMIT_AT: usize = 20;
const POOL_SLAB_NEXT_AT: usize = 24; // slabs ever used
const POOL_SLAB_FREE_AT: usize = 28; // list of empty slabs, number + 1
const POOL_PARTIAL_AT: usize = 128; // u32 for each class: list of slabs with room, number + 1
const POOL_ROOT_AT: usize = 384; // the tree of slab records
const ROOT_COUNT: u32 = (SLAB_LIMIT >> 19) + 1;
const ROOT_SHIFT: u32 = 19; // slabs below one word of the root
const NODE_SHIFT: u32 = 7; // slabs whose records are in one block
const NODE_COUNT: u32 = 4096; // words of a block
const SLAB_BYTES_SHIFT: u32 = 7;
const SLAB_BYTES: u32 = 1 << SLAB_BYTES_SHIFT;

const CLASS_COUNT: u32 = 64; // slots of 1/64, 2/64 … 64/64 of a page
const SLAB_PAGE_SHIFT: u32 = 3; // a slab is 8 pages
const SLAB_SLOT_SHIFT: u32 = 9; // 512 slots of the smallest class in a slab
const SLAB_CLASS_AT: usize = 0;
const SLAB_FREE_AT: usize = 4; // slots free
const SLAB_NEXT_AT: usize = 8; // number + 1
const SLAB_PREVIOUS_AT: usize = 12;
const SLAB_BITMAP_AT: usize = 32; // 512 bits, set: in use

/** The pool whose slots are in the annex; it comes after all others. */
export const ANNEX_POOL: u32 = POOL_LIMIT;
export const NO_SLOT: u32 = 0xffffffff;
/** Records of the command ring that are kept free for other commands. */
const ROOM_KEPT: u32 = 2048;

// @ts-ignore: decorator
@inline
export function poolAt(pool: u32): usize {
  return POOLS_AT + pool * POOL_BYTES;
}

// @ts-ignore: decorator
@inline
function isAnnex(pool: usize): bool {
  return pool == poolAt(ANNEX_POOL);
}

// @ts-ignore: decorator
@inline
function nodeSlot(slab: u32): u32 {
  return ((slab >> NODE_SHIFT) & (NODE_COUNT - 1)) << 2;
}

// @ts-ignore: decorator
@inline
function rootSlot(pool: usize, slab: u32): usize {
  return pool + POOL_ROOT_AT + ((slab >> ROOT_SHIFT) << 2);
}

// The record of a slab; it must have been used before.
// @ts-ignore: decorator
@inline
function slabAt(pool: usize, slab: u32): usize {
  const records = load<u32>(load<u32>(rootSlot(pool, slab)) + nodeSlot(slab));
  return records + ((slab & ((1 << NODE_SHIFT) - 1)) << SLAB_BYTES_SHIFT);
}

// Allocates the record of a slab; false if there is no room for it.
function makeSlab(pool: usize, slab: u32): bool {
  const root = rootSlot(pool, slab);
  if (load<u32>(root) == 0) store<u32>(root, takeZeroBlock());
  if (load<u32>(root) == 0) return false;
  const node = load<u32>(root) + nodeSlot(slab);
  if (load<u32>(node) == 0) store<u32>(node, takeBlock());
  return load<u32>(node) != 0;
}

/** Opens a pool of at most `slabs` slabs; POOL_LIMIT if as many pools are open as there may be. */
export function openPool(compress: u32, slabs: u32, addressLow: u32, addressHigh: u32): u32 {
  for (let pool: u32 = 0; pool < <u32>POOL_LIMIT; pool++) {
    const at = poolAt(pool);
    if (load<u32>(at, POOL_STATE_AT) != 0) continue;
    layOut(at, load<u32>(PAGE_SHIFT_AT), min<u32>(slabs, SLAB_LIMIT));
    store<u32>(at, compress, POOL_COMPRESS_AT);
    store<u64>(at, ((<u64>addressHigh) << 32) | (<u64>addressLow), POOL_ADDRESS_AT);
    return pool;
  }
  return POOL_LIMIT;
}

/** Opens the pool whose slots are in the annex. */
export function openAnnexPool(slabs: u32): void {
  layOut(poolAt(ANNEX_POOL), ANNEX_SHIFT, slabs);
}

function layOut(at: usize, shift: u32, slabs: u32): void {
  memory.fill(at, 0, POOL_BYTES);
  store<u32>(at, shift, POOL_SHIFT_AT);
  store<u32>(at, slabs, POOL_SLAB_LIMIT_AT);
  store<u32>(at, 1, POOL_STATE_AT);
}

/** Closes a pool and frees its records; no page of an open region may be in it. The shim unmaps the arena afterwards. */
export function closePool(pool: u32): void {
  const at = poolAt(pool);
  store<u32>(POOL_SLABS_AT, load<u32>(POOL_SLABS_AT) - load<u32>(at, POOL_SLAB_USED_AT));
  store<u32>(at, 0, POOL_SLAB_USED_AT);
  for (let i: u32 = 0; i < ROOT_COUNT; i++) {
    const node = load<u32>(at + POOL_ROOT_AT + (i << 2));
    if (node == 0) continue;
    for (let j: u32 = 0; j < NODE_COUNT; j++) {
      const records = load<u32>(node + (j << 2));
      if (records != 0) freeBlock(records);
    }
    freeBlock(node);
  }
  store<u32>(at, 0, POOL_STATE_AT);
}

// @ts-ignore: decorator
@inline
export function isCompressed(pool: u32): bool {
  return load<u32>(poolAt(pool), POOL_COMPRESS_AT) != 0;
}

// @ts-ignore: decorator
@inline
function slotsOf(sizeClass: u32): u32 {
  return ((CLASS_COUNT as u32) << SLAB_PAGE_SHIFT) / sizeClass;
}

/** The smallest class that holds so many bytes. */
// @ts-ignore: decorator
@inline
function classFor(pool: usize, bytes: u32): u32 {
  const unit = load<u32>(pool, POOL_SHIFT_AT) - 6;
  return max<u32>(1, (bytes + (1 << unit) - 1) >> unit);
}

/** The address of a slot that was taken for so many bytes. */
export function slotAddress(pool: u32, slot: u32, bytes: u32): u64 {
  return load<u64>(poolAt(pool), POOL_ADDRESS_AT) + slotPlace(pool, slot, bytes);
}

/** Bytes of the arena before a slot. The bytes give the slot's class: its slab's record is rarely in the cache. */
// @ts-ignore: decorator
@inline
export function slotPlace(pool: u32, slot: u32, bytes: u32): u64 {
  const at = poolAt(pool);
  const slab = slot >> SLAB_SLOT_SHIFT;
  const sizeClass = classFor(at, bytes);
  const shift = load<u32>(at, POOL_SHIFT_AT);
  const inside = (slot & ((1 << SLAB_SLOT_SHIFT) - 1)) * (sizeClass << (shift - 6));
  return ((<u64>slab) << (shift + SLAB_PAGE_SHIFT)) + <u64>inside;
}

/** Takes a slot for so many bytes, at most a page's, 16 KiB in the annex; NO_SLOT if the pool is full, or the core has no room for a slab record. */
export function takeSlot(pool: u32, bytes: u32): u32 {
  const at = poolAt(pool);
  const sizeClass = classFor(at, bytes);
  check(sizeClass <= <u32>CLASS_COUNT, 'the bytes fit the largest slot');
  const partial = at + POOL_PARTIAL_AT + ((sizeClass - 1) << 2);
  let link = load<u32>(partial);
  if (link == 0) {
    link = takeSlab(at);
    if (link == 0) return NO_SLOT;
    const fresh = slabAt(at, link - 1);
    memory.fill(fresh, 0, SLAB_BYTES);
    store<u32>(fresh, sizeClass, SLAB_CLASS_AT);
    store<u32>(fresh, slotsOf(sizeClass), SLAB_FREE_AT);
    // The bitmap has ones past the last slot, so that a search finds only slots.
    setFrom(fresh + SLAB_BITMAP_AT, slotsOf(sizeClass));
    addPartial(at, partial, link);
  }
  const slab = slabAt(at, link - 1);
  const slot = findClear(slab + SLAB_BITMAP_AT);
  setBit(slab + SLAB_BITMAP_AT, slot);
  const free = load<u32>(slab, SLAB_FREE_AT) - 1;
  store<u32>(slab, free, SLAB_FREE_AT);
  if (free == 0) removePartial(at, partial, link);
  store<u64>(at, load<u64>(at, POOL_BYTES_USED_AT) + <u64>bytes, POOL_BYTES_USED_AT);
  return ((link - 1) << SLAB_SLOT_SHIFT) | slot;
}

export function freeSlot(pool: u32, slot: u32, bytes: u32): void {
  const at = poolAt(pool);
  const link = (slot >> SLAB_SLOT_SHIFT) + 1;
  const slab = slabAt(at, link - 1);
  const bit = slot & ((1 << SLAB_SLOT_SHIFT) - 1);
  check(testBit(slab + SLAB_BITMAP_AT, bit), 'the slot is in use');
  clearBit(slab + SLAB_BITMAP_AT, bit);
  const sizeClass = load<u32>(slab, SLAB_CLASS_AT);
  check(sizeClass == classFor(at, bytes), 'a slot was taken for the bytes that it is freed with');
  const partial = at + POOL_PARTIAL_AT + ((sizeClass - 1) << 2);
  const free = load<u32>(slab, SLAB_FREE_AT) + 1;
  store<u32>(slab, free, SLAB_FREE_AT);
  if (free == 1) addPartial(at, partial, link);
  if (free == slotsOf(sizeClass)) {
    removePartial(at, partial, link);
    releaseSlab(at, link);
  }
  store<u64>(at, load<u64>(at, POOL_BYTES_USED_AT) - <u64>bytes, POOL_BYTES_USED_AT);
}

// Sets all bits of a slab's map from `bit` on.
function setFrom(map: usize, bit: u32): void {
  if (bit == 512) return;
  const word = bit >> 5;
  store<u32>(map + (word << 2), 0xffffffff << (bit & 31));
  memory.fill(map + ((word + 1) << 2), 0xff, (15 - word) << 2);
}

function findClear(map: usize): u32 {
  for (let word: u32 = 0; word < 16; word++) {
    const bits = ~load<u32>(map + (word << 2));
    if (bits != 0) return (word << 5) + ctz<u32>(bits);
  }
  abort('a slab with room has a free slot');
  return 0;
}

function takeSlab(pool: usize): u32 {
  const used = load<u32>(pool, POOL_SLAB_USED_AT);
  if (used >= load<u32>(pool, POOL_SLAB_LIMIT_AT)) return 0;
  let link = load<u32>(pool, POOL_SLAB_FREE_AT);
  if (link != 0) {
    store<u32>(pool, load<u32>(slabAt(pool, link - 1), SLAB_NEXT_AT), POOL_SLAB_FREE_AT);
  } else {
    const fresh = load<u32>(pool, POOL_SLAB_NEXT_AT);
    if (!makeSlab(pool, fresh)) return 0;
    link = fresh + 1;
    store<u32>(pool, link, POOL_SLAB_NEXT_AT);
  }
  store<u32>(pool, used + 1, POOL_SLAB_USED_AT);
  if (isAnnex(pool)) return link;
  const slabs = load<u32>(POOL_SLABS_AT) + 1;
  store<u32>(POOL_SLABS_AT, slabs);
  if (slabs > load<u32>(POOL_SLABS_PEAK_AT)) store<u32>(POOL_SLABS_PEAK_AT, slabs);
  return link;
}

// Returns an empty slab's memory to the system; the next new slab reuses its addresses.
function releaseSlab(pool: usize, link: u32): void {
  store<u32>(slabAt(pool, link - 1), load<u32>(pool, POOL_SLAB_FREE_AT), SLAB_NEXT_AT);
  store<u32>(pool, link, POOL_SLAB_FREE_AT);
  store<u32>(pool, load<u32>(pool, POOL_SLAB_USED_AT) - 1, POOL_SLAB_USED_AT);
  const shift = load<u32>(pool, POOL_SHIFT_AT) + SLAB_PAGE_SHIFT;
  if (isAnnex(pool)) {
    // At once, by no command: a leaf returns from the annex while commands are issued that depend on each other.
    annexVacate((link - 1) << (shift - ANNEX_UNIT_SHIFT), 1 << shift);
    return;
  }
  store<u32>(POOL_SLABS_AT, load<u32>(POOL_SLABS_AT) - 1);
  const address = load<u64>(pool, POOL_ADDRESS_AT) + ((<u64>(link - 1)) << shift);
  // One event may empty more slabs than the ring has records: adjacent slabs share one command, and if the ring is nearly
  // full the memory stays until the slab is reused.
  const last = lastCommand();
  if (last != 0 && load<u8>(last, COMMAND_OP_AT) == OP_RELEASE) {
    const length = load<u64>(last, COMMAND_LENGTH_AT);
    if (load<u64>(last, COMMAND_TARGET_AT) + length == address) {
      store<u64>(last, length + ((<u64>1) << shift), COMMAND_LENGTH_AT);
      return;
    }
  }
  if (commandRoom() < ROOM_KEPT) return;
  command(OP_RELEASE, 0, PURPOSE_NONE, 0, 0, 0, 0, address, 0, (<u64>1) << shift);
}

function addPartial(pool: usize, partial: usize, link: u32): void {
  const first = load<u32>(partial);
  const slab = slabAt(pool, link - 1);
  store<u32>(slab, first, SLAB_NEXT_AT);
  store<u32>(slab, 0, SLAB_PREVIOUS_AT);
  if (first != 0) store<u32>(slabAt(pool, first - 1), link, SLAB_PREVIOUS_AT);
  store<u32>(partial, link);
}

function removePartial(pool: usize, partial: usize, link: u32): void {
  const slab = slabAt(pool, link - 1);
  const next = load<u32>(slab, SLAB_NEXT_AT);
  const previous = load<u32>(slab, SLAB_PREVIOUS_AT);
  if (next != 0) store<u32>(slabAt(pool, next - 1), previous, SLAB_PREVIOUS_AT);
  if (previous != 0) store<u32>(slabAt(pool, previous - 1), next, SLAB_NEXT_AT);
  else store<u32>(partial, next);
}
