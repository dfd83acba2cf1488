/**
 * Deterministic numbers in 32-bit arithmetic: the same seed gives the same run on every machine, and nothing is
 * allocated per number.
 */

/** One step of a 32-bit finalizer (Prospecting for Hash Functions, C. Wellons: lowbias32): a bijection on 32 bits. */
export function mix32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** xoshiro128** of Blackman and Vigna, seeded through a splitmix sequence so that near seeds give far streams. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** @param stream tells apart generators of one seed, one a thread */
  constructor(seed: number, stream = 0) {
    let state = mix32(seed) ^ Math.imul(stream + 1, 0x85ebca6b);
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      return mix32(state) | 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    // All four words zero is the one state that xoshiro never leaves.
    this.#d = next() | 1;
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** A number from 0 to less than 1, of 32 bits. */
  fraction(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A whole number from 0 to less than `count`, which is at most 2^32. The bias is below count / 2^32. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }
}
