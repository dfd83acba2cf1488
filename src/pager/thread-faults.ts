// The faults of each thread in a region, where the faulting thread serves them itself: the native side counts by address.

import { nameOfThread } from '../linux/proc.js';
import { type FaultTally, native } from '../native/native.js';

/** Faults of one thread: touches of absent pages without a `load`, and first writes to clean pages. */
export interface ThreadFaults {
  /** As in /proc; 0: the threads beyond the first 256 that faulted, together. */
  thread: number;
  /** As ps shows it; empty if the thread has ended. */
  name: string;
  faults: number;
  /** Milliseconds that they took together, waiting included, and the longest. */
  milliseconds: number;
  longest: number;
}

export class ThreadFaultCounter {
  #tally: FaultTally | undefined;
  #kept: ThreadFaults[] = [];

  /** @throws PagerError 'OPTION' if very many are open */
  constructor(address: bigint, byteLength: number) {
    this.#tally = new (native().FaultTally)(address, byteLength);
  }

  /** Those that waited longest first. */
  read(): ThreadFaults[] {
    if (this.#tally === undefined) return this.#kept;
    const rows = this.#tally.read().map(([thread = 0, faults = 0, time = 0, longest = 0]) => {
      return { thread, name: nameOfThread(thread), faults, milliseconds: time / 1e6, longest: longest / 1e6 };
    });
    return rows.toSorted((a, b) => b.milliseconds - a.milliseconds);
  }

  stop(): void {
    this.#kept = this.read();
    this.#tally?.close();
    this.#tally = undefined;
  }
}
