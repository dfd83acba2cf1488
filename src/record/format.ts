// The format of a record of a loop: a file of little-endian words (u32): a head, then entries.
//
//   head     16 bytes of MAGIC │ version │ layout hash │ pages of the core's memory │ 0 │ SHA-256 of the core's program │ sum
//   entry    kind, and from bit 8 on its words │ … │ sum
//   CALL     call's number, and from bit 16 on how many arguments │ arguments │ runs
//   RETURN   the call's result │ sum of the requests that it issued │ a sum for each command that it issued
//   MARK     SHA-256 of the core's memory │ runs; END is the last MARK
//   run      word's index in the core's memory │ how many │ words: written by others than the core since the last entry
//
// A call's entry is written before the call, so that a call in which the core aborts is recorded, too. An entry's first word
// is written last: a killed process leaves whole entries, then zeros.
import { createHash } from 'node:crypto';
import * as layout from '../../assembly/layout.js';
import { firstRequest, nextRequest, REQUEST_WORDS, requestWord } from '../core/requests.js';

export const MAGIC = 'farpage record\n\0';
export const VERSION = 1;
export const HEAD_VERSION = 4;
export const HEAD_LAYOUT = 5;
export const HEAD_PAGES = 6;
export const HEAD_PROGRAM = 8;
export const HEAD_SUM = 16;
export const HEAD_WORDS = 17;

export const KIND_CALL = 1;
export const KIND_RETURN = 2;
export const KIND_MARK = 3;
export const KIND_END = 4;
export const DIGEST_WORDS = 8;
/** More words than any entry has: all messages and gaps, a ring of completions with their digests, the header. */
export const ENTRY_LIMIT = 2 ** 17;
/** Words of an entry besides its content: the first and the sum. */
export const FRAMING = 2;

export const HEADER_WORD = layout.HEADER_AT >> 2;
export const HEADER_WORDS = layout.HEADER_BYTES >> 2;
export const PLAN_WORD = layout.PLAN_AT >> 2;
export const PLAN_WORDS = layout.REGION_BYTES >> 2;
export const MESSAGE_WORDS = layout.MESSAGE_BYTES >> 2;
export const COMMAND_WORDS = layout.COMMAND_BYTES >> 2;
/** Offsets of a completion in its command: outcome and errno, then the bytes done. */
export const COMPLETION_WORDS = 2;
export const BYTES_DONE_WORD = layout.COMMAND_BYTES_DONE_AT >> 2;

/** Bytes; a hash takes less than 2 GiB in one call. */
const HASHED_AT_ONCE = 2 ** 28;
const LOW_WORD = 0xffffffffn;
const PRIME = 0x9e3779b1;

/** Adds a word to a sum. Each step is invertible, so two rows that differ in only one word have different sums. */
export function mix(sum: number, word: number): number {
  const mixed = Math.imul(sum ^ word, PRIME);
  return mixed ^ (mixed >>> 15);
}

/** A call's result as one word; both halves of 64 bits count. */
export function wordOf(value: number | bigint | undefined): number {
  if (typeof value !== 'bigint') return (value ?? 0) >>> 0;
  return mix(Number(value & LOW_WORD), Number((value >> 32n) & LOW_WORD)) >>> 0;
}

/** The sum of an entry's words and its number, so that a lost or repeated entry is found. */
export function sumOf(words: Uint32Array, from: number, to: number, number: number): number {
  let sum = mix(PRIME, number);
  for (let at = from; at < to; at++) sum = mix(sum, words[at] ?? 0);
  return sum >>> 0;
}

/** The sum of one command as the core issued it. */
export function commandSum(u32: Uint32Array, number: number): number {
  return sumOf(u32, commandWord(number), commandWord(number) + COMMAND_WORDS, 0);
}

/**
 * The sum of the requests issued since the ring was at `from`. The core may lengthen a request after it was issued, so the
 * request before `from` is included.
 */
export function requestsSum(u32: Uint32Array, from: number): number {
  let sum = PRIME;
  const end = nextRequest(u32);
  const open = from !== firstRequest(u32) ? 1 : 0;
  for (let each = (from - open) >>> 0; each !== end; each = (each + 1) >>> 0) {
    const at = requestWord(each);
    for (let word = 0; word < REQUEST_WORDS; word++) sum = mix(sum, u32[at + word] ?? 0);
  }
  return sum >>> 0;
}

/** The index of a command's first word in the core memory. */
export function commandWord(number: number): number {
  return (layout.COMMANDS_AT >> 2) + (number & layout.COMMAND_MASK) * COMMAND_WORDS;
}

/**
 * SHA-256 of the core's state. Not included: the bytes of pages in frames and scratch, which the core never
 * reads, and the messages, which the kernel writes and the core takes once.
 */
export function digestOf(memory: WebAssembly.Memory): Uint32Array {
  const u32 = new Uint32Array(memory.buffer);
  const word = (at: number) => u32[at >> 2] ?? 0;
  const scratchEnd = word(layout.SCRATCH_AT) + word(layout.SCRATCH_COUNT_AT) * 2 ** word(layout.PAGE_SHIFT_AT);
  const hash = createHash('sha256');
  for (const [from, to] of [
    [0, layout.MESSAGES_AT],
    [layout.COMMANDS_AT, layout.FIXED_END],
    [scratchEnd, word(layout.TABLE_NEXT_AT)],
    [word(layout.BLOCK_LOWEST_AT), memory.buffer.byteLength],
  ] as const) {
    for (let at = from; at < to; at += HASHED_AT_ONCE) {
      hash.update(new Uint8Array(memory.buffer, at, Math.min(HASHED_AT_ONCE, to - at)));
    }
  }
  const digest = hash.digest();
  return new Uint32Array(digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.byteLength));
}
