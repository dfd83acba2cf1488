// Loads, evictions, flushes and discards, and what must be true of each that has ended.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { demand, STATE_NAMES } from './audit.js';
import type { SimLoop } from './loop.js';
import type { RunningOperation, SimRegion, SimState } from './state.js';

export class Asker {
  readonly #pinnable: number;

  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
  ) {
    const { limit, frames } = state.config;
    const room = limit === undefined ? 1000 : Math.max(0, limit - frames - 4);
    this.#pinnable = room >> 1;
  }

  begin(): void {
    const { random, core } = this.state;
    const open = this.state.regions.filter((each) => each.open);
    if (open.length === 0 || this.state.running.length >= 6) return;
    const home = random.pick(open);
    const first = random.below(home.pages);
    const length = random.chance(0.2) ? home.pages : random.pick([1, 3, 10, 40]);
    let end = Math.min(home.pages, first + length);
    if (random.chance(0.3)) {
      this.state.say(() => `unpins region ${home.region} ${first}–${end}`);
      core.exports.unpinPages(home.region, first, end);
      this.loop.run();
      return;
    }
    const kind = random.pick([
      layout.OPERATION_LOAD,
      layout.OPERATION_EVICT,
      layout.OPERATION_FLUSH,
      layout.OPERATION_DISCARD,
    ]);
    const pin = kind === layout.OPERATION_LOAD && random.chance(0.3);
    if (pin) {
      const room = this.#pinnable - core.word(layout.PINNED_PAGES_AT) - this.#pinsComing();
      if (room <= 0) return;
      end = Math.min(end, first + room);
    }
    const operation = core.exports.beginOperation(kind, home.region, first, end, pin ? layout.OPERATION_PIN : 0);
    if (operation === layout.OPERATION_LIMIT) return;
    const perPage = core.pageSize / BASE_BYTES;
    const history = new Map<number, Set<number>>();
    for (let base = first * perPage; base < end * perPage; base++) {
      const allowed = home.allowed[base] ?? [];
      if (kind === layout.OPERATION_FLUSH) history.set(base, new Set(allowed));
      if (kind === layout.OPERATION_DISCARD) {
        home.allowed[base] = [...allowed, 0];
        for (const each of this.state.running) if (each.region === home.region) each.history.get(base)?.add(0);
      }
    }
    this.state.say(
      () => `operation ${operation} kind ${kind}${pin ? ' pin' : ''} region ${home.region} ${first}–${end}`,
    );
    const running: RunningOperation = {
      operation,
      kind,
      region: home.region,
      first,
      end,
      pin,
      history,
      written: new Set(),
      ended: (done) => this.#ended(running, done),
    };
    this.state.running.push(running);
    this.loop.run();
  }

  #pinsComing(): number {
    return this.state.running.reduce((sum, { pin, first, end }) => sum + (pin ? end - first : 0), 0);
  }

  #ended(each: RunningOperation, done: boolean): void {
    const { kind, region, first, end } = each;
    const home = this.state.regionOf(region);
    const { core } = this.state;
    const perPage = core.pageSize / BASE_BYTES;
    this.state.say(() => `operation ${each.operation} kind ${kind} ended ${done ? 'well' : 'badly'}`);
    if (!done) {
      const failed = [...home.failed].some((page) => page >= first && page < end);
      const unmapped = home.placement.isAnyUnmapped(first, end);
      const full = this.state.config.leaves !== undefined;
      demand(
        failed || unmapped || full || this.state.writeTrouble > 0 || this.state.config.refused > 0,
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
    demand(
      history.has(stored),
      () =>
        `flushed region ${home.region} page ${page} is stored as ${stored}, it was ${[...history].join(', ')} (${STATE_NAMES[entry.state]})`,
    );
  }
}
