// The states of a page, and every legal step between them; an illegal one stops the core.
//
// Invariants
//  1. A page in CLEAN, DIRTY or WRITING is mapped in its region and counts as resident; no other page does.
//  2. A page in STAGED or EVICTING has its only bytes in its frame; the frame is STAGED or WRITING, and points back.
//  3. A page in WRITING has a second copy in a frame that a store is reading; it is in no queue and never a victim.
//  4. STORED: the store's copy has the digest in the entry. SOURCED: the source's bytes have it. Never both.
//  5. REMOVED reads as zeros, whatever source and store hold. ABSENT reads as the store's copy if STORED, else as the
//     source's bytes, else as zeros.
//  6. A page with a frame in flight to a store is not written again before that write has ended.
//
//            miss                 filled           staged (victim)         verify
//   ABSENT ───────▶ FILLING ───────────────▶ CLEAN ──────────────▶ STAGED ────────▶ EVICTING ──┐
//     ▲ ▲            │  │ ▲ ▲  filled, written ▶ DIRTY ──staged──▶ ▲ │ ▲                │ │ │  │ dropped
//     │ └──abandoned─┘  │ │ └──────────── touched ─────────────────│─┘ └─write failed───┘ │ │  │ (unchanged, or
//     │                 │ │                                   held │  touched (flush ended) │  │  now stored)
//     │          failed ▼ └──────────────────────────────────◀─────┼────────────────────────┘  │
//     │              FAILED                FILLING ─────held───────┘      shared │             │
//     └──────────────────────────────────────────────────────────────────────────│─────────────┘
//                                 CLEAN ◀── written ── WRITING ◀─────────────────┘
//                                 DIRTY ◀── failed ────┘
//
//   any ── removed, or found to be all zeros ──▶ REMOVED ── miss ──▶ FILLING (with zeros)     (FAILED: in a space alone)
//
// CLEAN is a presumption: the bytes equalled the store's copy when last seen. A write leaves no trace, so a
// victim's digest decides (decisions/0007). DIRTY is known to differ from what is stored, or was never stored.
import { baseSlot } from './block';
import { check } from '../check';
import { BASE_TALLY_AT, TALLY_DIRTY, TALLY_RESIDENT, TALLY_UNDER_WAY } from '../codes';
import {
  COUNTER_DIRTY,
  COUNTER_RESIDENT,
  ENTRY_REGION_AT,
  ENTRY_STATE_AT,
  PAGE_ABSENT,
  PAGE_CLEAN,
  PAGE_DIRTY,
  PAGE_EVICTING,
  PAGE_FAILED,
  PAGE_FILLING,
  PAGE_REMOVED,
  PAGE_STAGED,
  PAGE_STATE_COUNT,
  PAGE_WRITING,
} from '../layout';
import { count } from './region';

export const STEP_MISS = 0;
export const STEP_FILLED = 1;
export const STEP_FILLED_DIRTY = 2;
export const STEP_HELD = 3;
export const STEP_ABANDONED = 4;
export const STEP_FAILED = 5;
export const STEP_STAGED = 6;
export const STEP_TOUCHED = 7;
export const STEP_VERIFY = 8;
export const STEP_DROPPED = 9;
export const STEP_SHARED = 10;
export const STEP_WRITTEN = 11;
export const STEP_WRITE_FAILED = 12;
export const STEP_REMOVED = 13;
export const STEP_COUNT = 14;

const __ = 255;

// One row a state, one column a step, in the order of their numbers; the head of each column stands above it.
// prettier-ignore
const TABLE: usize = memory.data<i32>([
  // miss       filled      dirty       held         abandoned    failed       staged       touched       verify         dropped      shared        written     not written removed
  PAGE_FILLING, __,         __,         __,          __,          __,          __,          __,           __,            __,          __,           __,         __,          PAGE_REMOVED, // ABSENT
  __,           PAGE_CLEAN, PAGE_DIRTY, PAGE_STAGED, PAGE_ABSENT, PAGE_FAILED, __,          __,           __,            __,          __,           __,         __,          PAGE_REMOVED, // FILLING
  __,           __,         __,         __,          __,          __,          PAGE_STAGED, __,           __,            __,          __,           __,         __,          PAGE_REMOVED, // CLEAN
  __,           __,         __,         __,          __,          __,          PAGE_STAGED, __,           __,            __,          __,           __,         __,          PAGE_REMOVED, // DIRTY
  __,           __,         __,         __,          __,          __,          __,          PAGE_FILLING, PAGE_EVICTING, PAGE_ABSENT, __,           __,         __,          PAGE_REMOVED, // STAGED
  __,           __,         __,         __,          __,          __,          __,          PAGE_FILLING, __,            PAGE_ABSENT, PAGE_WRITING, __,         PAGE_STAGED, PAGE_REMOVED, // EVICTING
  __,           __,         __,         __,          __,          __,          __,          __,           __,            __,          __,           PAGE_CLEAN, PAGE_DIRTY,  PAGE_REMOVED, // WRITING
  PAGE_FILLING, __,         __,         __,          __,          __,          __,          __,           __,            __,          __,           __,         __,          __,           // REMOVED
  __,           __,         __,         __,          __,          __,          __,          __,           __,            __,          __,           __,         __,          PAGE_REMOVED, // FAILED
]);

// @ts-ignore: decorator
@inline
export function stateOf(entry: usize): u32 {
  return load<u8>(entry, ENTRY_STATE_AT);
}

/** A bit for each state in which a page counts as resident. */
const RESIDENT: u32 = (1 << PAGE_CLEAN) | (1 << PAGE_DIRTY) | (1 << PAGE_WRITING);

// @ts-ignore: decorator
@inline
export function isResident(state: u32): bool {
  return ((RESIDENT >> state) & 1) != 0;
}

/** The state that `step` leads to from `state`; 255 if the step is not legal. */
export function stepFrom(state: u32, step: u32): u32 {
  check(state < <u32>PAGE_STATE_COUNT && step < <u32>STEP_COUNT, 'the table has this state and step');
  return load<u32>(TABLE + ((state * STEP_COUNT + step) << 2));
}

/** Set by `transition`: byte n for edge n = state * STEP_COUNT + step, so that a run can tell which it never took. */
const TAKEN: usize = memory.data(PAGE_STATE_COUNT * STEP_COUNT);

// What a page counts for in its leaf's tally, by state.
// prettier-ignore
const TALLIES: usize = memory.data<u32>([
  0,                                 // of ABSENT
  TALLY_UNDER_WAY,                   // of FILLING
  TALLY_RESIDENT,                    // of CLEAN
  TALLY_RESIDENT + TALLY_DIRTY,      // of DIRTY
  TALLY_UNDER_WAY,                   // of STAGED
  TALLY_UNDER_WAY,                   // of EVICTING
  TALLY_RESIDENT + TALLY_UNDER_WAY,  // of WRITING
  0,                                 // of REMOVED
  0,                                 // of FAILED
]);

// @ts-ignore: decorator
@inline
function tallyOf(state: u32): u32 {
  return load<u32>(TALLIES + (state << 2));
}

/** Counts a page with `state` in the leaf that `entry` is in; `by` is 1, or -1 if it leaves that leaf. */
export function tally(entry: usize, state: u32, by: i32): void {
  const slot = baseSlot(entry);
  store<u32>(slot, load<u32>(slot, BASE_TALLY_AT) + <u32>by * tallyOf(state), BASE_TALLY_AT);
}

/** The only writer of a page's state. Keeps the counts of resident and dirty pages, and its leaf's tally. */
export function transition(entry: usize, step: u32): void {
  const from = stateOf(entry);
  const edge = from * STEP_COUNT + step;
  const to = load<u32>(TABLE + (edge << 2));
  check(to != __, 'the step is legal from the page’s state');
  store<u8>(TAKEN + edge, 1);
  store<u8>(entry, to, ENTRY_STATE_AT);
  const slot = baseSlot(entry);
  store<u32>(slot, load<u32>(slot, BASE_TALLY_AT) + tallyOf(to) - tallyOf(from), BASE_TALLY_AT);
  // Most steps change neither count.
  if ((((RESIDENT >> from) | (RESIDENT >> to)) & 1) != 0) recount(load<u16>(entry, ENTRY_REGION_AT), from, to);
}

function recount(region: u32, from: u32, to: u32): void {
  const resident = <i32>isResident(to) - <i32>isResident(from);
  if (resident != 0) count(region, COUNTER_RESIDENT, resident);
  const dirty = <i32>(to == PAGE_DIRTY) - <i32>(from == PAGE_DIRTY);
  if (dirty != 0) count(region, COUNTER_DIRTY, dirty);
}

export function edgeTaken(state: u32, step: u32): bool {
  return load<u8>(TAKEN + state * STEP_COUNT + step) != 0;
}
