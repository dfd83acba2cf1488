// The guests of a server, as `farpage snapshot` may ask for them.

import type { Host } from '../control/server.js';
import type { Subject } from '../control/take.js';
import { identityOf } from '../linux/identity.js';
import type { Served } from '../wire/control.js';
import type { Guest } from './guest.js';

/** A guest that is served now. */
export interface ServedGuest {
  identity: string;
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
    return this.#guests().map(({ identity, pid, name }) => ({ identity, pid, name }));
  }

  /** By its process; the server's own stands for its only guest. */
  find(identity: string): Subject | undefined {
    const guests = this.#guests();
    const found = guests.findLast((each) => each.identity === identity);
    if (found !== undefined) return subjectOf(found);
    const [only] = guests;
    return identity === identityOf('self') && only !== undefined && guests.length === 1 ? subjectOf(only) : undefined;
  }
}

function subjectOf({ identity, pid, name, guest }: ServedGuest): Subject {
  return {
    identity,
    pid,
    name,
    dump: () => guest.dump(),
    program: () => [pid],
    settled: () => guest.settled(),
    snapshot: (output, { incrementalFrom, onInstant, ...options }) => {
      const from = incrementalFrom === null ? {} : { incrementalFrom };
      // A client that took an incremental image will take another.
      const track = incrementalFrom !== null;
      const isSame = () => identityOf(pid) === identity;
      return guest.snapshot({ pid, name, isSame, onInstant }, output, { ...options, ...from, track });
    },
  };
}
