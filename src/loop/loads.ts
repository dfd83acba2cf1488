// Loads and pins. A load keeps its pages resident until its caller has had its turn, else the next load might evict them
// before they are touched; a pin keeps them until it is released. Both must leave frames for other pages, so a load that
// does not fit beside kept pages waits, without delaying others.
import { OPERATION_LOAD, OPERATION_PIN } from '../../assembly/layout.js';
import type { LoopCore } from '../core/core.js';
import { PagerError } from '../errors.js';
import { formatSize } from '../units.js';
import type { Operations } from './operations.js';
import { Pins } from './pins.js';
import type { Mapped } from './region.js';
import type { PageRange } from './requests.js';

/** How a load ends. */
export interface LoadEvents {
  /** `kept`: until `release`. */
  done(kept: boolean): void;
  /** -1: the region was closed. */
  failed(page: number): void;
}

interface Waiting {
  mapped: Mapped;
  /** Pages that it needs beside those kept already. */
  pages: number;
  /** Begins the load; if it does not fit, it keeps no pages. */
  begin(fits: boolean): void;
  events: LoadEvents;
}

/** A pin whose pages are still on their way into memory. */
interface Pinning {
  mapped: Mapped;
  range: PageRange;
  /** What its caller has unpinned meanwhile. The core would pin those pages after that, for good. */
  unpinned: PageRange[];
}

interface Kept {
  /** Pinned by callers, until released. */
  pins: Pins;
  /** Kept by loads, until their callers have had their turn. */
  turns: Pins;
}

export class Loads {
  readonly #core: LoopCore;
  readonly #operations: Operations;
  /** Pages that may be kept in all; null: there is no limit, and nothing is evicted. */
  readonly #room: number | null;
  readonly #kept = new Map<Mapped, Kept>();
  readonly #waiting: Waiting[] = [];
  readonly #pinning = new Set<Pinning>();
  /** Pages that loads keep, counted once for each load. */
  #inTurn = 0;
  #pinned = 0;

  constructor(core: LoopCore, operations: Operations, room: number | null) {
    this.#core = core;
    this.#operations = operations;
    this.#room = room;
  }

  load(mapped: Mapped, range: PageRange, events: LoadEvents): void {
    const pages = range.end - range.first;
    if (this.#room === null || pages > this.#room - this.#pinned) {
      // Nothing is ever evicted, or the load is too big to keep.
      this.#run(mapped, range, 0, events);
      return;
    }
    const begin = (fits: boolean) => {
      if (!fits) return this.#run(mapped, range, 0, events);
      this.#inTurn += pages;
      this.#of(mapped).turns.add(range);
      const failed = (page: number) => {
        this.#endTurn(mapped, range);
        events.failed(page);
        this.#admit();
      };
      this.#run(mapped, range, OPERATION_PIN, { done: () => events.done(true), failed });
    };
    this.#waiting.push({ mapped, pages, begin, events });
    this.#admit();
  }

  /** @throws PagerError 'OPTION' if that cannot be pinned beside the present pins */
  pin(mapped: Mapped, range: PageRange, pageSize: number, events: LoadEvents): void {
    const { pins } = this.#of(mapped);
    const fresh = pins.fresh(range);
    if (this.#room !== null && this.#pinned + fresh > this.#room) {
      const size = (pages: number) => formatSize(pages * pageSize);
      const [wanted, allowed, used] = [range.end - range.first, this.#room, this.#pinned].map(size);
      throw new PagerError('OPTION', `load: ${wanted} more cannot be pinned`, {
        hint: `the resident limit lets ${allowed} be pinned in all, ${used} are: unpin, or raise the limit`,
      });
    }
    pins.add(range);
    this.#pinned += fresh;
    const pinning: Pinning = { mapped, range, unpinned: [] };
    this.#pinning.add(pinning);
    const failed = (page: number) => {
      this.#endPinning(pinning, [range]);
      events.failed(page);
    };
    const done = () => {
      this.#endPinning(pinning, []);
      events.done(false);
    };
    const begin = () => this.#run(mapped, range, OPERATION_PIN, { done, failed });
    // Its pages are counted already.
    if (this.#room === null) begin();
    else this.#waiting.push({ mapped, pages: 0, begin, events: { ...events, failed } });
    this.#admit();
  }

  /** Of a pin that is still under way: when that has ended. */
  unpin(mapped: Mapped, range: PageRange): void {
    for (const pinning of this.#pinning) {
      if (pinning.mapped !== mapped || range.first >= pinning.range.end || range.end <= pinning.range.first) continue;
      pinning.unpinned.push(range);
      return;
    }
    const { pins, turns } = this.#of(mapped);
    const before = pins.pages;
    pins.remove(range, (run) => this.#free(mapped, run, turns));
    this.#pinned -= before - pins.pages;
    this.#admit();
  }

  #endPinning(pinning: Pinning, also: readonly PageRange[]): void {
    this.#pinning.delete(pinning);
    for (const range of [...also, ...pinning.unpinned]) this.unpin(pinning.mapped, range);
  }

  /** The caller of a load has had its turn. */
  release(mapped: Mapped, range: PageRange): void {
    this.#endTurn(mapped, range);
    this.#admit();
  }

  /** The region is being closed. */
  forget(mapped: Mapped): void {
    for (let at = this.#waiting.length - 1; at >= 0; at--) {
      const waiting = this.#waiting[at];
      if (waiting?.mapped !== mapped) continue;
      this.#waiting.splice(at, 1);
      waiting.events.failed(-1);
    }
    this.#operations.abandon(mapped.region);
    const kept = this.#kept.get(mapped);
    if (kept === undefined) return;
    this.#kept.delete(mapped);
    this.#pinned -= kept.pins.pages;
    this.#inTurn -= kept.turns.total;
    this.#admit();
  }

  #of(mapped: Mapped): Kept {
    let kept = this.#kept.get(mapped);
    if (kept === undefined) {
      kept = { pins: new Pins(), turns: new Pins() };
      this.#kept.set(mapped, kept);
    }
    return kept;
  }

  #run(mapped: Mapped, { first, end }: PageRange, flags: number, { done, failed }: LoadEvents): void {
    const { region } = mapped;
    this.#operations.begin({ kind: OPERATION_LOAD, region, first, end, flags, done: () => done(false), failed });
  }

  #endTurn(mapped: Mapped, range: PageRange): void {
    const { pins, turns } = this.#of(mapped);
    const before = turns.total;
    turns.remove(range, (run) => this.#free(mapped, run, pins));
    this.#inTurn -= before - turns.total;
  }

  // A page released by one list may still be kept by the other.
  #free(mapped: Mapped, { first, end }: PageRange, others: Pins): void {
    const { unpinPages } = this.#core.exports;
    if (others.pages === 0) {
      unpinPages(mapped.region, first, end);
      return;
    }
    for (let page = first; page < end; page++) if (!others.has(page)) unpinPages(mapped.region, page, page + 1);
  }

  // In order: a small load must not overtake a large one for ever.
  #admit(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined) return;
      const fits = this.#pinned + this.#inTurn + next.pages <= (this.#room ?? 0);
      if (!fits && this.#inTurn > 0) return;
      this.#waiting.shift();
      // If no load keeps pages now, later pins leave no room for this one at all: it keeps nothing.
      next.begin(fits);
    }
  }
}
