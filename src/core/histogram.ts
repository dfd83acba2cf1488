// Histograms of times in the shape of perf_hooks, over log-linear buckets: 16 an octave, so a value is known to 1 part in 16.
import { HISTOGRAM_COUNT, TICK_SHIFT } from '../../assembly/layout.js';
import { PagerError } from '../errors.js';

export const NANOSECONDS_PER_TICK = 2 ** TICK_SHIFT;
const PER_OCTAVE = 16;
/** Longer times count in the last bucket. */
const MAX_TICKS = 2 ** 32 - 1;

/** Times as they were counted, in ticks. */
export interface CountedTimes {
  buckets: Float64Array;
  sum: number;
  max: number;
}

export function noTimes(): CountedTimes {
  return { buckets: new Float64Array(HISTOGRAM_COUNT), sum: 0, max: 0 };
}

/** Counts one time. */
export function addTime(counted: CountedTimes, ticks: number): void {
  const whole = Math.max(0, Math.round(ticks));
  const bucket = bucketOf(whole);
  counted.buckets[bucket] = (counted.buckets[bucket] ?? 0) + 1;
  counted.sum += whole;
  counted.max = Math.max(counted.max, whole);
}

/** The bucket of a time, as `recordLatency` in assembly/books/region.ts finds it. */
export function bucketOf(ticks: number): number {
  const value = Math.min(ticks, MAX_TICKS);
  if (value < PER_OCTAVE) return value;
  const exponent = 31 - Math.clz32(value);
  return (exponent - 3) * PER_OCTAVE + (Math.floor(value / 2 ** (exponent - 4)) & (PER_OCTAVE - 1));
}

/** The least time of a bucket, in ticks; of the number after the last one, the end of all. */
export function lowOf(bucket: number): number {
  if (bucket < PER_OCTAVE) return bucket;
  const exponent = (bucket >> 4) + 3;
  return 2 ** exponent + (bucket & (PER_OCTAVE - 1)) * 2 ** (exponent - 4);
}

/** The time, in ticks, that the share of all times does not exceed; 0 if there are none. */
export function percentileOf({ buckets, max }: CountedTimes, share: number): number {
  const total = countOf(buckets);
  let left = Math.max(1, Math.ceil(total * share));
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    left -= buckets[bucket] ?? 0;
    if (left <= 0) return Math.min(middleOf(bucket), max);
  }
  return 0;
}

function middleOf(bucket: number): number {
  return bucket < PER_OCTAVE ? bucket : (lowOf(bucket) + lowOf(bucket + 1)) / 2;
}

export function countOf(buckets: Float64Array): number {
  let total = 0;
  for (const count of buckets) total += count;
  return total;
}

/**
 * Times in nanoseconds, with the fields of perf_hooks' `Histogram`; as counted when it was made. `min`, `stddev` and the
 * percentiles are of buckets, within 6 % of the values; `max`, `mean` and `count` are exact.
 */
export class PagerHistogram {
  readonly #counted: CountedTimes;
  readonly count: number;

  constructor(counted: CountedTimes) {
    this.#counted = counted;
    this.count = countOf(counted.buckets);
  }

  /** Values of 266 seconds and more: the last bucket, which has no end. */
  get exceeds(): number {
    return this.#counted.buckets[HISTOGRAM_COUNT - 1] ?? 0;
  }

  /** 0 if there are no values, as all others here: perf_hooks has its greatest number, and NaN, for that. */
  get min(): number {
    const first = this.#counted.buckets.findIndex((count) => count > 0);
    return first < 0 ? 0 : nanoseconds(lowOf(first));
  }

  get max(): number {
    return nanoseconds(this.#counted.max);
  }

  get sum(): number {
    return nanoseconds(this.#counted.sum);
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  get stddev(): number {
    if (this.count === 0) return 0;
    const mean = this.#counted.sum / this.count;
    let squares = 0;
    for (const [bucket, count] of this.#counted.buckets.entries()) squares += count * (middleOf(bucket) - mean) ** 2;
    return nanoseconds(Math.sqrt(squares / this.count));
  }

  /** @param percentile more than 0, at most 100 */
  percentile(percentile: number): number {
    if (!(percentile > 0 && percentile <= 100)) {
      throw new PagerError('OPTION', `percentile: ${percentile} is not more than 0 and at most 100`);
    }
    return nanoseconds(percentileOf(this.#counted, percentile / 100));
  }

  /** Halves the rest again and again, as perf_hooks does: 0, 50, 75, 87.5 … 100. */
  get percentiles(): Map<number, number> {
    const found = new Map([[0, this.min]]);
    let percentile = 50;
    for (let rest = 50; rest * this.count >= 50 && this.count > 0; rest /= 2) {
      found.set(percentile, this.percentile(percentile));
      percentile += rest / 2;
    }
    return found.set(100, this.max);
  }

  /** Values of at most so many nanoseconds, which should be a power of two of 64: a bucket counts as a whole. */
  countBelow(limit: number): number {
    const ticks = limit / NANOSECONDS_PER_TICK;
    let below = 0;
    for (const [bucket, count] of this.#counted.buckets.entries()) if (lowOf(bucket) < ticks) below += count;
    return below;
  }

  /**
   * The values counted since an earlier histogram of the same name and pager. The longest of them is known as exactly as
   * their bucket, unless it is the longest of all.
   */
  since(earlier: PagerHistogram): PagerHistogram {
    const { buckets, sum, max } = this.#counted;
    const before = earlier.#counted;
    const left = buckets.map((count, bucket) => Math.max(0, count - (before.buckets[bucket] ?? 0)));
    const last = left.findLastIndex((count) => count > 0);
    const longest = max > before.max ? max : Math.min(max, last < 0 ? 0 : Math.max(lowOf(last), lowOf(last + 1) - 1));
    return new PagerHistogram({ buckets: left, sum: Math.max(0, sum - before.sum), max: longest });
  }

  toJSON(): Record<string, unknown> {
    const { count, min, max, mean, stddev, exceeds } = this;
    return { count, min, max, mean, stddev, exceeds, percentiles: Object.fromEntries(this.percentiles) };
  }
}

function nanoseconds(ticks: number): number {
  return ticks * NANOSECONDS_PER_TICK;
}
