// The core over much more than a machine holds: a stand-in for native that marks every command as done. Nothing is moved,
// read or written; pages compress to 64 bytes.
import * as layout from '../../../assembly/layout.js';
import { writeStorePlan } from '../../../src/core/plan.js';
import { CoreMachine } from './core-machine.js';

const CORE_ADDRESS = 0x7f00_0000_0000;
const ARENA = 0x6000_0000_0000;
const PACKED_BYTES = 64;
const DIGEST = 42n;
const ZERO_DIGEST = 7n;

export interface StandOptions {
  /** Pages that may be present, frames included. */
  limit: number;
  memoryPages: number;
  /** See `CoreOptions`. */
  annexSlabs?: number;
  annexFrom?: number;
}

export class Stand {
  readonly core: CoreMachine;
  readonly frames = 64;

  constructor({ memoryPages, ...given }: StandOptions) {
    const { EVICTION_CLOCK, READAHEAD_OFF } = layout;
    const options = { ...given, pageShift: 12, frames: this.frames, scratch: 8 };
    this.core = new CoreMachine(
      { ...options, eviction: EVICTION_CLOCK, readahead: READAHEAD_OFF },
      CORE_ADDRESS,
      memoryPages,
    );
    this.core.u64[layout.ZERO_DIGEST_AT >> 3] = ZERO_DIGEST;
    this.core.u64[layout.NOW_AT >> 3] = 1_000_000_000n;
    this.core.u64.fill(DIGEST, layout.DIGESTS_AT >> 3, (layout.DIGESTS_AT >> 3) + this.frames);
  }

  openPool(slabs: number): number {
    return this.core.exports.openPool(1, slabs, 0, ARENA / 2 ** 32);
  }

  /** A region of its own pool; 0 where there is no room. */
  openRegion(pages: number, address: number, slabs: number): number {
    const pool = this.openPool(slabs);
    if (pool === layout.POOL_LIMIT) return 0;
    return this.core.openRegion(pages, address, {
      [layout.REGION_STORE_AT]: layout.STORE_POOL,
      [layout.REGION_POOL_AT]: pool,
    });
  }

  /** One write fault at each address, by so many threads. */
  touch(addresses: readonly number[], space = 0, threads = layout.MESSAGE_LIMIT): void {
    const { core } = this;
    for (let at = 0; at < addresses.length; at += threads) {
      addresses.slice(at, at + threads).forEach((address, index) => {
        core.message(layout.EVENT_PAGEFAULT, [layout.FAULT_WRITE, address]);
        core.put(layout.MESSAGES_AT + index * layout.MESSAGE_BYTES + layout.MESSAGE_SPACE_AT, space);
      });
      this.turn();
    }
  }

  /** A space with the pool as its store. */
  openSpace(slots: number): number {
    const { exports } = this.core;
    this.openPool(layout.SLAB_LIMIT);
    if (exports.openSpaces(slots) === 0) throw new Error('there is no room for the tables of spaces');
    writeStorePlan(this.core, { kind: layout.STORE_POOL, fd: 0, pool: 0 });
    return exports.openSpace(layout.PLAN_AT);
  }

  /** A process forks; its child's number is free. It does not inherit the first `gaps` of the table of gaps. */
  fork(parent: number, child: number, gaps = 0): void {
    const { core } = this;
    core.message(layout.EVENT_FORK, [child]);
    core.put(layout.MESSAGES_AT + layout.MESSAGE_SPACE_AT, parent);
    core.put(layout.MESSAGES_AT + layout.MESSAGE_GAPS_AT, gaps * 2 ** 16);
    this.turn();
  }

  turn(): void {
    const { core } = this;
    for (let again = true; again; ) {
      // The next step serves pages that wait for a frame, as the loop does.
      again = core.exports.step() !== 0 || core.exports.starved() > 0;
      this.run();
    }
  }

  /** Runs what was commanded, to its end. */
  run(): void {
    const { core } = this;
    while (core.commanded) {
      this.#complete();
      core.exports.settle();
    }
  }

  close(region: number): void {
    for (let done = 0; done === 0; ) {
      done = this.core.exports.closeRegion(region);
      this.run();
    }
  }

  #complete(): void {
    const { core } = this;
    const head = core.word(layout.COMMAND_HEAD_AT);
    for (let done = core.word(layout.COMMAND_DONE_AT); done !== head; done = (done + 1) >>> 0) {
      const at = layout.COMMANDS_AT + (done & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const packs = core.bytes[at] === layout.OP_COMPRESS;
      core.bytes[at + layout.COMMAND_OUTCOME_AT] = layout.OUTCOME_DONE;
      core.bytes[at + layout.COMMAND_OUTCOME_AT + 1] = 0;
      core.put(at + layout.COMMAND_BYTES_DONE_AT, packs ? PACKED_BYTES : core.word(at + layout.COMMAND_LENGTH_AT));
      core.put(at + layout.COMMAND_BYTES_DONE_AT + 4, packs ? 0 : core.word(at + layout.COMMAND_LENGTH_AT + 4));
    }
    core.put(layout.COMMAND_DONE_AT, head);
  }
}
