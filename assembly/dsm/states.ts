// The states of a page at a node of distributed shared memory, and every legal step between them; an illegal one stops it.
//
//   I  absent                    IS waits for bytes to read        SI invalidated, kept until Δ has passed
//   S  present, write-protected  IM waits for bytes to write       MS readable, its bytes on the way to the home
//   M  present, writable         SM readable, waits to write       MI saved and unmapped, its bytes on the way to the home
//   F  frozen: was M, saved and unmapped                           L  lost: each touch is SIGBUS
//
//              read            share                 write            grant
//      I ────────────▶ IS ────────────▶ S ────────────────────▶ SM ────────────▶ M
//      │                                │ hold                   │ inv, freeze   ▲
//      │ write                          ▼                        ▼               │ grant
//      └────────────────────────────── SI ── inv, freeze ─▶ I   IM ──────────────┘
//                                                                ▲
//      S, SI, MS, MI ── inv ──▶ I      S ── drop, freeze ──▶ I   └── write ── I
//
//      M ── recall-s, put ──▶ MS ── kept ──▶ S         M ── freeze ──▶ F ── thaw ──▶ M
//      M ── recall-i ───────▶ MI ── kept ──▶ I         F ── recall-s, recall-i ──▶ MI
//      F ── put ────────────▶ MI                       MS ── recall-i, freeze ──▶ MI
//      M, F ── discard ─────▶ MI (its content is zeros)
//      IS ── pass ──▶ I (it was asked for ahead, and the home would have to wait)
//      IS, IM ── lost ──▶ L       I, IS, IM, MI, F ── fence ──▶ L (a node is frozen before it is fenced)
import { check } from '../check';
import {
  NODE_F,
  NODE_I,
  NODE_IM,
  NODE_IS,
  NODE_L,
  NODE_M,
  NODE_MI,
  NODE_MS,
  NODE_S,
  NODE_SI,
  NODE_SM,
  NODE_STATE_AT,
  NODE_STATE_COUNT,
} from './layout';

export const STEP_READ = 0;
export const STEP_WRITE = 1;
export const STEP_SHARE = 2;
export const STEP_GRANT = 3;
export const STEP_HOLD = 4;
export const STEP_INV = 5;
export const STEP_RECALL_S = 6;
export const STEP_RECALL_I = 7;
export const STEP_PUT = 8;
export const STEP_KEPT = 9;
export const STEP_DROP = 10;
export const STEP_LOST = 11;
export const STEP_FREEZE = 12;
export const STEP_THAW = 13;
export const STEP_FENCE = 14;
export const STEP_PASS = 15;
export const STEP_DISCARD = 16;
export const STEP_COUNT = 17;

const __ = 255;

// prettier-ignore
const TABLE: usize = memory.data<i32>([
  // read  write    share   grant   hold     inv      recall-s recall-i put      kept    drop    lost    freeze   thaw    fence   pass    discard
  NODE_IS,NODE_IM, __,     __,     __,      __,      __,      __,      __,      __,     __,     __,     __,      __,     NODE_L, __,     __,      // I
  __,     NODE_SM, __,     __,     NODE_SI, NODE_I,  __,      __,      __,      __,     NODE_I, __,     NODE_I,  __,     __,     __,     __,      // S
  __,     __,      __,     __,     __,      __,      NODE_MS, NODE_MI, NODE_MS, __,     __,     __,     NODE_F,  __,     __,     __,     NODE_MI, // M
  __,     __,      NODE_S, __,     __,      __,      __,      __,      __,      __,     __,     NODE_L, __,      __,     NODE_L, NODE_I, __,      // IS
  __,     __,      __,     NODE_M, __,      __,      __,      __,      __,      __,     __,     NODE_L, __,      __,     NODE_L, __,     __,      // IM
  __,     __,      __,     NODE_M, __,      NODE_IM, __,      __,      __,      __,     __,     __,     NODE_IM, __,     __,     __,     __,      // SM
  __,     __,      __,     __,     __,      NODE_I,  __,      __,      __,      __,     __,     __,     NODE_I,  __,     __,     __,     __,      // SI
  __,     __,      __,     __,     __,      NODE_I,  __,      NODE_MI, __,      NODE_S, __,     __,     NODE_MI, __,     __,     __,     __,      // MS
  __,     __,      __,     __,     __,      NODE_I,  __,      __,      __,      NODE_I, __,     __,     __,      __,     NODE_L, __,     __,      // MI
  __,     __,      __,     __,     __,      __,      NODE_MI, NODE_MI, NODE_MI, __,     __,     __,     __,      NODE_M, NODE_L, __,     NODE_MI, // F
  __,     __,      __,     __,     __,      __,      __,      __,      __,      __,     __,     __,     __,      __,     __,     __,     __,      // L
]);

// @ts-ignore: decorator
@inline
export function stateOf(entry: usize): u32 {
  return load<u8>(entry, NODE_STATE_AT);
}

/** The state that `step` leads to from `state`; 255 if the step is not legal. */
export function stepFrom(state: u32, step: u32): u32 {
  check(state < <u32>NODE_STATE_COUNT && step < <u32>STEP_COUNT, 'the table has this state and step');
  return load<u32>(TABLE + ((state * STEP_COUNT + step) << 2));
}

/** Set by `transition`: byte n for edge n = state * STEP_COUNT + step, so that a run can tell which it never took. */
const TAKEN: usize = memory.data(NODE_STATE_COUNT * STEP_COUNT);

/** The only writer of a page's state. */
export function transition(entry: usize, step: u32): void {
  const from = stateOf(entry);
  const to = stepFrom(from, step);
  check(to != __, 'the step is legal from the page’s state');
  store<u8>(TAKEN + from * STEP_COUNT + step, 1);
  store<u8>(entry, to, NODE_STATE_AT);
}

export function edgeTaken(state: u32, step: u32): bool {
  return load<u8>(TAKEN + state * STEP_COUNT + step) != 0;
}
