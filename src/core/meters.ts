// Times of calls to stores, in shared memory beside the core's: who takes the turn writes, any thread reads. A record of a core
// does not hold them: they differ from run to run.
import {
  METER_BUCKETS_AT,
  METER_BYTES,
  METER_MAX_AT,
  METER_STORE_READ,
  METER_STORE_WRITE,
  METERS_BYTES,
  METERS_FILES,
  METERS_ON_AT,
} from '../../assembly/codes.js';
import { HISTOGRAM_COUNT } from '../../assembly/layout.js';
import { addTime, bucketOf, type CountedTimes, NANOSECONDS_PER_TICK, noTimes } from './histogram.js';

const METERS = { 'store.read': METER_STORE_READ, 'store.write': METER_STORE_WRITE } as const;
export type MeterName = keyof typeof METERS;

export function createMeters(): SharedArrayBuffer {
  return new SharedArrayBuffer(METERS_BYTES);
}

/** The meters as one thread uses them. */
export class Meters {
  readonly #values: Float64Array;
  readonly #words: Int32Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    this.#values = new Float64Array(buffer);
    this.#words = new Int32Array(buffer);
  }

  /** Only by the loop's thread, in its turn. An aligned double is written whole. */
  record(name: MeterName, milliseconds: number): void {
    const ticks = Math.max(0, Math.round((milliseconds * 1e6) / NANOSECONDS_PER_TICK));
    const at = (METERS[name] * METER_BYTES) / 8;
    const bucket = at + METER_BUCKETS_AT / 8 + bucketOf(ticks);
    const values = this.#values;
    values[bucket] = (values[bucket] ?? 0) + 1;
    values[at] = (values[at] ?? 0) + ticks;
    const max = at + METER_MAX_AT / 8;
    if (ticks > (values[max] ?? 0)) values[max] = ticks;
  }

  read(name: MeterName): CountedTimes {
    const at = (METERS[name] * METER_BYTES) / 8;
    const first = at + METER_BUCKETS_AT / 8;
    const buckets = this.#values.slice(first, first + HISTOGRAM_COUNT);
    return { buckets: new Float64Array(buckets), sum: this.#values[at] ?? 0, max: this.#values[at + 1] ?? 0 };
  }

  /** From now on the shim takes the times of local files, too: the clock costs more than what a page cache's read may. */
  watchFiles(): void {
    Atomics.or(this.#words, METERS_ON_AT >> 2, METERS_FILES);
  }
}

/** Times of one thread's own calls. */
export class Times {
  readonly #counted = noTimes();

  record(milliseconds: number): void {
    addTime(this.#counted, (milliseconds * 1e6) / NANOSECONDS_PER_TICK);
  }

  read(): CountedTimes {
    return { ...this.#counted, buckets: this.#counted.buckets.slice() };
  }
}
