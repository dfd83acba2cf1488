// Pages that arrive without a request, as a migration's do: they go into their region at once where that makes no other page leave.
import { freemem, totalmem } from 'node:os';
import type { Deliver } from '../migrate/types.js';
import type { LoopContext } from './context.js';
import type { Mapped } from './region.js';

const LOW_WORD = 0xffffffffn;
/** Bytes of pages between two looks at the machine's memory. */
const LOOK_INTERVAL = 16 * 2 ** 20;
/** The share of the machine's memory, or of what its cgroup allows the process, that is left to others. */
const KEPT_SHARE = 1 / 8;

/** Bytes. */
export interface MachineMemory {
  total: number;
  available: number;
}

/** What the process may use: of the machine, and of its cgroup. */
function machineMemory(): MachineMemory {
  const allowed = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return { total: allowed, available: Math.min(freemem(), allowed - process.memoryUsage.rss()) };
}

/** Whether memory is left, where no resident limit says how much may be used. */
export class MemoryRoom {
  readonly #look: () => MachineMemory;
  #left = 0;
  #isRoom = false;

  constructor(look: () => MachineMemory = machineMemory) {
    this.#look = look;
  }

  /** Whether so many bytes more may be used. */
  take(bytes: number): boolean {
    this.#left -= bytes;
    if (this.#left <= 0) {
      const { total, available } = this.#look();
      this.#left = LOOK_INTERVAL;
      this.#isRoom = available - LOOK_INTERVAL - bytes > total * KEPT_SHARE;
    }
    return this.#isRoom;
  }
}

/** Puts pages into the region; see assembly/paging/deliver.ts. */
export function deliverInto({ core, loop, native, options }: LoopContext, mapped: Mapped): Deliver {
  const room = options.limitPages === null ? new MemoryRoom() : null;
  return (first, count, bytes) => {
    if (mapped.closing || room?.take(bytes.length) === false) return 0;
    // What earlier replies asked for is settled first.
    loop.carryOut();
    const address = native.addressOf(bytes);
    const words = [Number(address & LOW_WORD), Number(address >> 32n)] as const;
    const begun = core.exports.deliver(mapped.region, first, count, ...words);
    if (begun === 0) return 0;
    loop.carryOut();
    const taken = core.exports.delivered(mapped.region, first, begun);
    // The others are tried again, from where the caller keeps them.
    if (taken < begun) loop.runSoon();
    return taken;
  };
}
