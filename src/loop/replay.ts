// Brings in, before the push, the pages of restored tasks that an earlier restore has touched first, in the order of its touches.
import { LEAF_PAGES } from '../../assembly/layout.js';
import { NextTurn } from './next-turn.js';
import type { PushCore, PushLoop } from './push.js';
import type { SeedRequest } from './requests.js';

/** Pages that are asked for at once, of each space: a fault that comes meanwhile waits for them. */
const BATCH = 64;
/** Milliseconds until the next turn when no frame is free. */
const PAUSE = 1;
/** Numbers of one run in a SeedRequest. */
const SEED_WORDS = 3;
const PAGE_SHIFT = 12;

/** What a replay needs of the core. */
export interface ReplayCore extends PushCore {
  readonly exports: PushCore['exports'] & { addressOf(space: number, page: number): bigint };
}

export class Replay {
  readonly #core: ReplayCore;
  readonly #loop: PushLoop;
  readonly #done: (space: number) => void;
  /** By slot, from 1 on: which page of the recording it is; 0: none. */
  readonly #ranks: Uint32Array;
  /** The pages of each space, in the order of the recording. */
  readonly #orders = new Map<number, Uint32Array>();
  /** How many of them each space that is brought in now has had. */
  readonly #begun = new Map<number, number>();
  readonly #next = new NextTurn(() => this.#turn());

  /**
   * @param slots in the order of the recording
   * @param count of all slots
   * @param done all pages of a space were asked for
   */
  constructor(
    core: ReplayCore,
    loop: PushLoop,
    { slots, count }: { slots: Uint32Array; count: number },
    done: (space: number) => void,
  ) {
    this.#core = core;
    this.#loop = loop;
    this.#done = done;
    this.#ranks = new Uint32Array(count);
    // A recording of another checkpoint may name more slots than this one has.
    for (const [at, slot] of slots.entries()) if (slot < count) this.#ranks[slot] = at + 1;
  }

  /** A space was seeded just now: its pages are where the seed says. */
  seeded(space: number, runs: SeedRequest['runs']): void {
    const { exports } = this.#core;
    const leaves = new Map<number, number>();
    const end = exports.endOf(space);
    for (let page = 0; page < end; page += LEAF_PAGES) {
      leaves.set(Number(exports.addressOf(space, page) >> BigInt(PAGE_SHIFT)), page);
    }
    const found: Array<{ rank: number; page: number }> = [];
    for (let i = 0; i < runs.length; i += SEED_WORDS) {
      const [address = 0, pages = 0, slot = 0] = runs.subarray(i, i + SEED_WORDS);
      for (let at = 0; at < pages; at++) {
        const rank = this.#ranks[slot + at] ?? 0;
        if (rank === 0) continue;
        const number = address / 2 ** PAGE_SHIFT + at;
        const leaf = leaves.get(number - (number % LEAF_PAGES));
        if (leaf !== undefined) found.push({ rank, page: leaf + (number % LEAF_PAGES) });
      }
    }
    found.sort((a, b) => a.rank - b.rank);
    this.#orders.set(
      space,
      Uint32Array.from(found, ({ page }) => page),
    );
  }

  /** Begins to bring them in; false: there are none left to begin with. */
  begin(space: number): boolean {
    if (this.#begun.has(space)) return true;
    if (!this.#orders.has(space)) return false;
    this.#begun.set(space, 0);
    this.#schedule(0);
    return true;
  }

  /** The space has ended. */
  forget(space: number): void {
    this.#orders.delete(space);
    this.#begun.delete(space);
  }

  close(): void {
    this.#orders.clear();
    this.#begun.clear();
    this.#next.cancel();
  }

  #schedule(pause: number): void {
    if (this.#begun.size === 0) this.#next.cancel();
    else this.#next.in(pause);
  }

  #turn(): void {
    let isStuck = true;
    for (const [space, from] of [...this.#begun]) {
      const order = this.#orders.get(space) ?? new Uint32Array(0);
      const to = this.#bring(space, order, from);
      if (to > from) isStuck = false;
      if (to < order.length) {
        this.#begun.set(space, to);
        continue;
      }
      this.forget(space);
      this.#done(space);
    }
    this.#loop.dispatch();
    this.#loop.run();
    this.#schedule(isStuck ? PAUSE : 0);
  }

  // Returns how many of the order's pages were asked for, or were there already.
  #bring(space: number, order: Uint32Array, from: number): number {
    const last = Math.min(order.length, from + BATCH);
    let at = from;
    while (at < last) {
      const page = order[at] ?? 0;
      let run = 1;
      while (at + run < last && order[at + run] === page + run) run++;
      const asked = this.#core.exports.bringStored(space, page, run, run) - page;
      at += Math.min(asked, run);
      // No frame is free: replies are on their way.
      if (asked < run) break;
    }
    return at;
  }
}
