// Brings in, behind the faults, the pages of a checkpoint that no thread has asked for yet, and notices when none is left.
import {
  COUNTER_FILL_STORE,
  IN_FLIGHT_COUNT_AT,
  LEAF_PAGES,
  REGION_BYTES,
  REGION_COUNTERS_AT,
  REGIONS_AT,
} from '../../assembly/layout.js';
import type { CoreExports } from '../core/core.js';
import type { Words } from '../core/words.js';
import { NextTurn } from './next-turn.js';

/**
 * Pages that are asked for at once, of all spaces, and at least one of each: a fault that comes meanwhile waits for them. `min` at first,
 * and from then on twice as many with each batch. With a store in the event loop, whose pages take long, `min` again after a fault.
 */
const BATCH = { min: 16, max: 128 } as const;
/**
 * Faults that are served in a row before the next batch, and milliseconds for which the next one is waited for: most threads fault again at
 * once. So most faults do not wait for a batch, and batches can be large.
 */
const ROW = { faults: 4, wait: 0.02 } as const;
/** Pages that are looked at for them, of all spaces, and at least a leaf of each. */
const SCAN = 65536;
/** Milliseconds after which the event loop runs. */
const TURN = 1;
/** Milliseconds until the next turn when pages are on their way, or do not come. */
const PAUSE = { min: 1, max: 50 } as const;
/**
 * Rounds in a row, each after a pause, in which no store owed a page and not one came: the process does not map what is left, or it cannot
 * be read.
 */
const IDLE_ROUNDS = 100;

/** What a push needs of the core. */
export interface PushCore {
  readonly exports: Pick<CoreExports, 'bringStored' | 'nextStored' | 'endOf'>;
  readonly u32: Words<number>;
  readonly u64: Words<bigint>;
  /** There are requests for the stores. */
  readonly requested: boolean;
}

/** What a push does with its loop. */
export interface PushLoop {
  /** Takes a turn, and sends the requests of the core to the stores. True if a thread has faulted, or another message has come. */
  run(): boolean;
  dispatch(): void;
}

/** The pages of one space. */
interface Progress {
  cursor: number;
  /** Where the search for what is left has come to; null: not searching. */
  search: number | null;
  idle: number;
  pause: number;
  /** Pages that came from the store, at the last round's end. */
  filled: bigint;
}

/** Loads the stored pages of spaces in the order of their addresses, batch by batch. */
export class Push {
  readonly #core: PushCore;
  readonly #loop: PushLoop;
  readonly #drained: (space: number, left: boolean) => void;
  readonly #spaces = new Map<number, Progress>();
  readonly #next = new NextTurn(() => this.#turn());
  #idleRounds = IDLE_ROUNDS;
  /** Pages of the next batch. */
  #most: number = BATCH.min;

  /** @param drained a space has no page left, or only such as its process does not map, or as cannot be read: `left` */
  constructor(core: PushCore, loop: PushLoop, drained: (space: number, left: boolean) => void) {
    this.#core = core;
    this.#loop = loop;
    this.#drained = drained;
  }

  begin(space: number): void {
    if (this.#spaces.has(space)) return;
    this.#spaces.set(space, { cursor: 0, search: null, idle: 0, pause: 0, filled: this.#filled(space) });
    this.#schedule(0);
  }

  /** What cannot be read now cannot be read later: one round in which no page comes is enough from now on. */
  giveUpSoon(): void {
    this.#idleRounds = 1;
  }

  /** The space has ended. */
  forget(space: number): void {
    this.#spaces.delete(space);
  }

  close(): void {
    this.#spaces.clear();
    this.#next.cancel();
  }

  #schedule(pause: number): void {
    if (this.#spaces.size === 0) this.#next.cancel();
    else this.#next.in(pause);
  }

  // Faults are served between two batches. Pages of files are there after each; stores in the event loop have to answer first.
  #turn(): void {
    const end = performance.now() + TURN;
    let pause = 0;
    for (let goesOn = true; goesOn; ) {
      pause = this.#batch();
      const asked = this.#core.requested;
      this.#loop.dispatch();
      const faulted = this.#loop.run();
      if (faulted && !asked) this.#serveMore();
      this.#most = faulted && asked ? BATCH.min : Math.min(BATCH.max, this.#most * 2);
      goesOn = pause === 0 && !asked && this.#spaces.size > 0 && performance.now() < end;
    }
    this.#schedule(pause);
  }

  #serveMore(): void {
    for (let row = 1; row < ROW.faults && this.#another(); row++);
  }

  #another(): boolean {
    const end = performance.now() + ROW.wait;
    do {
      if (this.#loop.run()) return true;
    } while (performance.now() < end);
    return false;
  }

  // Each space has its share: a small process does not wait for a large one. Returns the milliseconds until the next batch.
  #batch(): number {
    let pause: number = PAUSE.max;
    const most = Math.max(1, Math.floor(this.#most / this.#spaces.size));
    const scan = Math.max(LEAF_PAGES, Math.floor(SCAN / this.#spaces.size));
    for (const [space, progress] of [...this.#spaces]) {
      if (progress.search === null) this.#bring(space, progress, most, scan);
      else this.#search(space, progress, progress.search, scan);
      pause = Math.min(pause, progress.pause);
    }
    return pause;
  }

  #bring(space: number, progress: Progress, most: number, scan: number): void {
    const { exports } = this.#core;
    const { cursor } = progress;
    progress.cursor = exports.bringStored(space, cursor, most, scan);
    // No frame is free: replies are on their way.
    progress.pause = progress.cursor === cursor ? PAUSE.min : 0;
    if (progress.cursor >= exports.endOf(space)) progress.search = 0;
  }

  #search(space: number, progress: Progress, from: number, scan: number): void {
    const { exports } = this.#core;
    const found = exports.nextStored(space, from, scan);
    if (found >= exports.endOf(space)) {
      this.#spaces.delete(space);
      this.#drained(space, false);
      return;
    }
    progress.pause = 0;
    progress.search = found;
    if (found >= from + scan) return;
    // One more round, from the first page that is left.
    const filled = this.#filled(space);
    const came = filled !== progress.filled;
    // A store that takes long, or has lost its server and tries again, owes its answer: that round says nothing.
    const isOwed = (this.#core.u32[IN_FLIGHT_COUNT_AT >> 2] ?? 0) !== 0;
    if (came) progress.idle = 0;
    else if (!isOwed) progress.idle++;
    progress.pause = came ? 0 : Math.min(PAUSE.max, Math.max(PAUSE.min, progress.idle));
    Object.assign(progress, { cursor: found, search: null, filled });
    if (progress.idle < this.#idleRounds) return;
    this.#spaces.delete(space);
    this.#drained(space, true);
  }

  #filled(space: number): bigint {
    const at = REGIONS_AT + space * REGION_BYTES + REGION_COUNTERS_AT + COUNTER_FILL_STORE * 8;
    return this.#core.u64[at >> 3] ?? 0n;
  }
}
