// The bytes that an experiment writes, and the check that a page holds exactly the bytes it should.
import { mix32 } from './random.js';

/**
 * What the experiment writes. The unit is a slot of 512 bytes; its bytes are a pure function of (seed, slot, version):
 *
 * ```
 * word 0      1         2 … 63                        64 … 127
 *      slot   version   random words of the triple    one word of the triple, again and again
 * ```
 *
 * Slot and version identify the bytes of a wrong slot. Two slots share a random word only by
 * chance, so a stale, torn, mixed or zeroed page shows in every slot; the repeated half makes LZ4 store it in about
 * half its size.
 */
export const SLOT_BYTES = 512;
export const SLOT_WORDS = SLOT_BYTES / 4;
const RANDOM_AT = 2;
const REPEAT_AT = SLOT_WORDS / 2;

/** The word that a slot of this version repeats, and that its random words grow from. Never 0. */
function keyOf(seed: number, slot: number, version: number): number {
  return mix32(mix32(mix32(seed) ^ slot) ^ version) | 1;
}

/** Writes a slot whole at `at`, an index in 32-bit words. */
export function writeSlot(words: Uint32Array, at: number, seed: number, slot: number, version: number): void {
  const key = keyOf(seed, slot, version);
  words[at] = slot;
  words[at + 1] = version;
  let x = key;
  for (let i = at + RANDOM_AT; i < at + REPEAT_AT; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    words[i] = x;
  }
  words.fill(key, at + REPEAT_AT, at + SLOT_WORDS);
}

/** The first word, 0 to 127, in which the slot at `at` differs from what this version holds; -1 where all agree. */
export function checkSlot(words: Uint32Array, at: number, seed: number, slot: number, version: number): number {
  const key = keyOf(seed, slot, version) >>> 0;
  if (words[at] !== slot) return 0;
  if (words[at + 1] !== version) return 1;
  let x = key;
  for (let i = RANDOM_AT; i < REPEAT_AT; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    if (words[at + i] !== x >>> 0) return i;
  }
  for (let i = REPEAT_AT; i < SLOT_WORDS; i++) if (words[at + i] !== key) return i;
  return -1;
}

/** The first word in which the slot at `at` differs from `expected`'s SLOT_WORDS; -1 where all agree. */
export function compareSlot(words: Uint32Array, at: number, expected: Uint32Array): number {
  for (let i = 0; i < SLOT_WORDS; i++) if (words[at + i] !== expected[i]) return i;
  return -1;
}

/** Describes what a slot seems to hold, for people. */
export function describeSlot(words: Uint32Array, at: number, seed: number): string {
  const copy = words.slice(at, at + SLOT_WORDS);
  if (copy.every((word) => word === 0)) return 'zeros';
  const slot = copy[0] ?? 0;
  const version = copy[1] ?? 0;
  if (checkSlot(copy, 0, seed, slot, version) === -1) return `slot ${slot} version ${version}`;
  const head = Array.from(copy.subarray(0, 4), (word) => word.toString(16).padStart(8, '0'));
  return `bytes that were never written (${head.join(' ')} …)`;
}
