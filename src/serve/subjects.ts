// The guests of a server, as `farpage snapshot` may ask for them.

import type { Host } from '../control/server.js';
import type { Subject } from '../control/take.js';
import type { Served } from '../wire/control.js';
import type { Guest } from './guest.js';

/** A guest that is served now. */
export interface ServedGuest {
  pid: number;
  name: string;
  guest: Guest;
}

export class Subjects implements Host {
  readonly #guests: () => readonly ServedGuest[];

  constructor(guests: () => readonly ServedGuest[]) {
    this.#guests = guests;
  }

  served(): readonly Served[] {
    return this.#guests().map(({ pid, name }) => ({ pid, name }));
  }

  /** By its process's number; the server's own stands for its only guest. */
  find(pid: number): Subject | undefined {
    const guests = this.#guests();
    const found = guests.findLast((each) => each.pid === pid);
    if (found !== undefined) return subjectOf(found);
    const [only] = guests;
    return pid === process.pid && only !== undefined && guests.length === 1 ? subjectOf(only) : undefined;
  }
}

function subjectOf({ pid, name, guest }: ServedGuest): Subject {
  return {
    pid,
    name,
    program: () => [pid],
    settled: () => guest.settled(),
    snapshot: (output, { incrementalFrom, onInstant, ...options }) => {
      const from = incrementalFrom === null ? {} : { incrementalFrom };
      // Who has asked for one that goes on from another will ask again.
      const track = incrementalFrom !== null;
      return guest.snapshot({ pid, name, onInstant }, output, { ...options, ...from, track });
    },
  };
}
