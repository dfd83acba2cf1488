// Loads, evictions, flushes and discards, and what must be true of each that has ended.
import * as layout from '../../../assembly/layout.js';
import { PagerError } from '../../../src/errors.js';
import type { LoadEvents } from '../../../src/loop/loads.js';
import type { Mapped } from '../../../src/loop/region.js';
import type { PageRange } from '../../../src/loop/requests.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { demand, STATE_NAMES } from './audit.js';
import type { SimLoop } from './loop.js';
import type { RunningOperation, SimRegion, SimState } from './state.js';

/** Pages that a load keeps until its caller has had its turn. */
interface Kept {
  mapped: Mapped;
  range: PageRange;
}

export class Asker {
  readonly #kept: Kept[] = [];

  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
  ) {}

  /** The caller of a load has had its turn; false where there is none. */
  release(): boolean {
    if (this.#kept.length === 0) return false;
    const kept = this.state.random.pick(this.#kept);
    this.#kept.splice(this.#kept.indexOf(kept), 1);
    if (!kept.mapped.closing) this.loop.loop.loads.release(kept.mapped, kept.range);
    this.loop.run();
    return true;
  }

  begin(): void {
    const { random } = this.state;
    const open = this.state.regions.filter((each) => each.open);
    if (open.length === 0 || this.state.running.length >= 6) return;
    const home = random.pick(open);
    const mapped = this.loop.loop.mapped.get(home.region);
    if (mapped === undefined) return;
    const first = random.below(home.pages);
    const length = random.chance(0.2) ? home.pages : random.pick([1, 3, 10, 40]);
    const range = { first, end: Math.min(home.pages, first + length) };
    if (random.chance(0.3)) {
      this.state.say(() => `unpins region ${home.region} ${first}–${range.end}`);
      this.loop.loop.loads.unpin(mapped, range);
    } else {
      this.#begin(mapped, home, range);
    }
    this.loop.run();
  }

  #begin(mapped: Mapped, home: SimRegion, range: PageRange): void {
    const { random } = this.state;
    const kind = random.pick([
      layout.OPERATION_LOAD,
      layout.OPERATION_EVICT,
      layout.OPERATION_FLUSH,
      layout.OPERATION_DISCARD,
    ]);
    const running = this.#note(kind, home, range);
    const { loads, operations } = this.loop.loop;
    const failed = () => this.#ended(running, false);
    const done = (kept: boolean) => {
      if (kept) this.#kept.push({ mapped, range });
      this.#ended(running, true);
    };
    this.state.say(() => `begins kind ${kind} region ${home.region} ${range.first}–${range.end}`);
    if (kind !== layout.OPERATION_LOAD) {
      operations.begin({ kind, region: home.region, ...range, flags: 0, done: () => done(false), failed });
    } else if (random.chance(0.7)) {
      loads.load(mapped, range, { done, failed });
    } else {
      this.#pin(mapped, running, range, { done, failed });
    }
  }

  #pin(mapped: Mapped, running: RunningOperation, range: PageRange, events: LoadEvents): void {
    try {
      this.loop.loop.loads.pin(mapped, range, this.state.core.pageSize, events);
    } catch (error) {
      // More than the limit lets be pinned.
      if (!(error instanceof PagerError && error.code === 'OPTION')) throw error;
      this.#forget(running);
    }
  }

  /** What is under way, and what its pages may read as meanwhile. */
  #note(kind: number, home: SimRegion, { first, end }: PageRange): RunningOperation {
    const perPage = this.state.core.pageSize / BASE_BYTES;
    const history = new Map<number, Set<number>>();
    for (let base = first * perPage; base < end * perPage; base++) {
      const allowed = home.allowed[base] ?? [];
      if (kind === layout.OPERATION_FLUSH) history.set(base, new Set(allowed));
      if (kind === layout.OPERATION_DISCARD) {
        home.allowed[base] = [...allowed, 0];
        for (const each of this.state.running) if (each.region === home.region) each.history.get(base)?.add(0);
      }
    }
    const running = { kind, region: home.region, first, end, history, written: new Set<number>() };
    this.state.running.push(running);
    return running;
  }

  #forget(running: RunningOperation): boolean {
    const index = this.state.running.indexOf(running);
    if (index >= 0) this.state.running.splice(index, 1);
    return index >= 0;
  }

  #ended(each: RunningOperation, done: boolean): void {
    // Its region has been closed.
    if (!this.#forget(each)) return;
    const { kind, region, first, end } = each;
    const home = this.state.regionOf(region);
    const { core } = this.state;
    const perPage = core.pageSize / BASE_BYTES;
    this.state.say(() => `kind ${kind} region ${region} ${first}–${end} ended ${done ? 'well' : 'badly'}`);
    if (!done) {
      const failed = [...home.failed].some((page) => page >= first && page < end);
      const unmapped = home.placement.isAnyUnmapped(first, end);
      const full = this.state.config.leaves !== undefined;
      demand(
        failed || unmapped || full || this.state.writeTrouble > 0 || this.state.refuses,
        () => `operation of kind ${kind} failed without need`,
      );
    }
    for (let base = first * perPage; base < end * perPage; base++) {
      const page = Math.floor(base / perPage);
      if (kind === layout.OPERATION_DISCARD && done && !home.failed.has(page)) {
        if (!each.written.has(base) && !this.state.busyRange(home, base)) home.allowed[base] = [0];
      }
      if (kind === layout.OPERATION_FLUSH && done && !home.failed.has(page))
        this.#checkStored(home, base, each.history.get(base));
    }
  }

  #checkStored(home: SimRegion, base: number, history: Set<number> | undefined): void {
    if (history === undefined || this.state.busyRange(home, base)) return;
    const { core } = this.state;
    const perPage = core.pageSize / BASE_BYTES;
    const page = Math.floor(base / perPage);
    const entry = core.entry(home.region, page);
    if (entry === undefined || home.mayFail.has(page)) return;
    // Unmapped, and the core does not know yet: it stands as it was.
    if (this.state.moves.isLeaving(home.region, page)) return;
    let stored: number;
    if ((entry.flags & layout.PAGE_ZEROS) !== 0) stored = 0;
    else if ((entry.flags & layout.PAGE_STORED) !== 0) {
      if (home.pool) return; // seen by reading it back
      stored = home.storeTokens.get(base);
    } else stored = home.source === layout.SOURCE_ZERO || page >= home.sourcePages ? 0 : home.sourceTokens.get(base);
    // A page that another flush writes once more is in the store already, or as in the source.
    const writtenAgain = (entry.flags & layout.PAGE_FLUSHING) !== 0 && history.has(home.storeTokens.get(base));
    demand(
      writtenAgain || history.has(stored),
      () =>
        `flushed region ${home.region} page ${page} is stored as ${stored}, it was ${[...history].join(', ')} (${STATE_NAMES[entry.state]})`,
    );
  }
}
