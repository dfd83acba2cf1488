/** Deterministic numbers from one 64-bit seed: splitmix64 seeds sfc32. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(readonly seed: bigint) {
    const words: number[] = [];
    let state = BigInt.asUintN(64, seed);
    for (let i = 0; i < 2; i++) {
      state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
      let z = state;
      z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
      z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
      z ^= z >> 31n;
      words.push(Number(z & 0xffffffffn), Number(z >> 32n));
    }
    [this.#a = 0, this.#b = 0, this.#c = 0] = words;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A u32. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number below `end`. */
  below(end: number): number {
    return this.next() % end;
  }

  /** From `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  pick<T>(among: readonly T[]): T {
    const found = among[this.below(among.length)];
    if (found === undefined && among.length === 0) throw new Error('nothing to pick from');
    return found as T;
  }
}
