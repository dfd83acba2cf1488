// Counters and the stop flag that touching threads and the main thread share without messages.
import { HISTOGRAM_BYTES, Histogram } from './histogram.js';

/** Most cells of the page map; a region of fewer pages has one per page. */
export const MAP_CELLS = 4096;

const COUNTERS = 8;
const COUNTER_BYTES = COUNTERS * 8;

/**
 * The progress of one touching thread: counters that only it writes and the main thread reads, since it is too busy for
 * messages. Aligned 64-bit stores do not tear on Node.js's machines, and slightly old counters are fine.
 */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly latency: Histogram;
  /** Faulting accesses by cell of the whole region. */
  readonly cells: Uint32Array;
  readonly #counters: Float64Array;

  static create(): Control {
    return new Control(new SharedArrayBuffer(COUNTER_BYTES + HISTOGRAM_BYTES + MAP_CELLS * 4));
  }

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#counters = new Float64Array(buffer, 0, COUNTERS);
    this.latency = new Histogram(buffer, COUNTER_BYTES);
    this.cells = new Uint32Array(buffer, COUNTER_BYTES + HISTOGRAM_BYTES, MAP_CELLS);
  }

  /** Units done in the phase under way: pages of `populate` and `sweep`, operations of `run`. */
  get done(): number {
    return this.#counters[0] ?? 0;
  }
  set done(count: number) {
    this.#counters[0] = count;
  }

  get operations(): number {
    return this.#counters[1] ?? 0;
  }
  set operations(count: number) {
    this.#counters[1] = count;
  }

  /** Bytes read and compared with the model, in all phases. */
  get bytesChecked(): number {
    return this.#counters[2] ?? 0;
  }
  set bytesChecked(count: number) {
    this.#counters[2] = count;
  }

  /** Reads of a slot that differed from the model. */
  get mismatches(): number {
    return this.#counters[3] ?? 0;
  }
  set mismatches(count: number) {
    this.#counters[3] = count;
  }

  /** Pages that the final sweep checked. */
  get sweptPages(): number {
    return this.#counters[4] ?? 0;
  }
  set sweptPages(count: number) {
    this.#counters[4] = count;
  }
}

/** Asks every touching thread to stop at its next check, every few hundred operations. */
export class StopFlag {
  readonly buffer: SharedArrayBuffer;
  readonly #flag: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.#flag = new Int32Array(buffer);
  }

  get raised(): boolean {
    return Atomics.load(this.#flag, 0) === 1;
  }
  raise(): void {
    Atomics.store(this.#flag, 0, 1);
  }
  lower(): void {
    Atomics.store(this.#flag, 0, 0);
  }
}
