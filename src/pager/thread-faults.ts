// The faults of each thread in a region, where the faulting thread serves them itself: the native side counts by address.

import { PagerError } from '../errors.js';
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

/** In one process: as many places as native/inline/tally.h has. */
const MOST = 32;

export class ThreadFaultCounter {
  #tally: FaultTally | undefined;
  #kept: ThreadFaults[] = [];

  /** @throws PagerError 'OPTION' if as many as this process may have are open */
  constructor(address: bigint, byteLength: number) {
    try {
      this.#tally = new (native().FaultTally)(address, byteLength);
    } catch (cause) {
      if ((cause as { errno?: unknown }).errno !== 'ENOSPC') throw cause;
      throw new PagerError('OPTION', `trackFaults: ${MOST} trackers of regions with inline faults are open`, {
        errno: 'ENOSPC',
        hint: 'stop() those that are done',
        cause,
      });
    }
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
