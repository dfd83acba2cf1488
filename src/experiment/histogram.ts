/**
 * A log-bucketed histogram of nanoseconds in shared memory: one thread counts, any thread reads. Each power of two is
 * cut into 64 buckets, so a value is known to 1 part in 64 (1.6 %), and to half of that from the bucket's middle.
 */
const PRECISION_BITS = 6;
const PER_OCTAVE = 1 << PRECISION_BITS;
const BUCKETS = (32 - PRECISION_BITS) * PER_OCTAVE + PER_OCTAVE;
/** The largest value told apart, 4.29 s; longer ones count in the last bucket, their longest kept in `max`. */
const LARGEST = 0xffff_ffff;
const COUNTS_AT = 8;

export const HISTOGRAM_BYTES = COUNTS_AT + BUCKETS * 4;

export class Histogram {
  readonly #max: Float64Array;
  readonly #counts: Uint32Array;

  /** Over HISTOGRAM_BYTES of `buffer` from `byteOffset`, a multiple of 8. */
  constructor(buffer: ArrayBufferLike = new ArrayBuffer(HISTOGRAM_BYTES), byteOffset = 0) {
    this.#max = new Float64Array(buffer, byteOffset, 1);
    this.#counts = new Uint32Array(buffer, byteOffset + COUNTS_AT, BUCKETS);
  }

  /** The longest value counted, exact, in nanoseconds; 0 if there is none. */
  get max(): number {
    return this.#max[0] ?? 0;
  }

  record(nanoseconds: number): void {
    const index = bucketOf(nanoseconds);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    if (nanoseconds > this.max) this.#max[0] = nanoseconds;
  }

  add(other: Histogram): void {
    for (let i = 0; i < BUCKETS; i++) this.#counts[i] = (this.#counts[i] ?? 0) + (other.#counts[i] ?? 0);
    this.#max[0] = Math.max(this.max, other.max);
  }

  count(): number {
    let total = 0;
    for (const count of this.#counts) total += count;
    return total;
  }

  /** The value in nanoseconds that the share `quantile` (0 to 1) of the values does not exceed; 0 if there is none. */
  quantile(quantile: number): number {
    const rank = Math.max(1, Math.ceil(quantile * this.count()));
    let seen = 0;
    for (let i = 0; i < BUCKETS; i++) {
      seen += this.#counts[i] ?? 0;
      if (seen >= rank) return Math.min(middleOf(i), this.max);
    }
    return 0;
  }

  /** The buckets that hold something: from `from` to less than `to` nanoseconds. */
  buckets(): Array<{ from: number; to: number; count: number }> {
    const found = [];
    for (let i = 0; i < BUCKETS; i++) {
      const count = this.#counts[i] ?? 0;
      if (count > 0) found.push({ from: lowOf(i), to: lowOf(i + 1), count });
    }
    return found;
  }
}

function bucketOf(nanoseconds: number): number {
  const value = nanoseconds >= LARGEST ? LARGEST : nanoseconds >>> 0;
  const shift = Math.max(0, 31 - PRECISION_BITS - Math.clz32(value));
  return shift * PER_OCTAVE + (value >>> shift);
}

function lowOf(index: number): number {
  const shift = Math.max(0, Math.floor(index / PER_OCTAVE) - 1);
  return (index - shift * PER_OCTAVE) * 2 ** shift;
}

function middleOf(index: number): number {
  const low = lowOf(index);
  return low + Math.floor((lowOf(index + 1) - low) / 2);
}
