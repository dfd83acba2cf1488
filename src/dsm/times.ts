// Until when a node's lease lets its pages be used, in memory that attached processes read: a node that is stopped cannot tell them.
import { viewOf } from '../userfaultfd/index.js';

/** Two words of native/others/lease-watch.cc, in nanoseconds of CLOCK_MONOTONIC, which all processes of a host share. */
export const TIMES_BYTES = 16;
const USABLE = 0;
const END = 1;
const NS_A_MS = 1e6;

export class Times {
  #words: BigUint64Array | undefined;
  #usable = 0;
  #end = 0;

  /** @param address of memory that is shared with the attached processes */
  open(address: bigint): void {
    this.#words ??= new BigUint64Array(viewOf(address, TIMES_BYTES));
    this.#write();
  }

  /** @param usable, end as performance.now(): when pages may be used no more, and when the node gives up */
  extend(usable: number, end: number): void {
    this.#usable = usable;
    this.#end = end;
    this.#write();
  }

  #write(): void {
    if (this.#words === undefined) return;
    // The end first: it is never before the other.
    Atomics.store(this.#words, END, clockAt(this.#end));
    Atomics.store(this.#words, USABLE, clockAt(this.#usable));
  }
}

function clockAt(time: number): bigint {
  return process.hrtime.bigint() + BigInt(Math.floor((time - performance.now()) * NS_A_MS));
}
