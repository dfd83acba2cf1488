// One simulated pager: the core, a fake kernel, threads that touch pages, stores in the event loop, and the loop itself
// (src/loop/loop.ts). Everything that happens follows from one seed.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { FakeKernel } from '../kernel/fake-kernel.js';
import { NO_MISCHIEF } from '../kernel/mischief.js';
import { CoreMachine, type OpenCore, openCore } from '../world/core-machine.js';
import { Arrivals } from './arrivals.js';
import { demand, isResident, STATE_NAMES } from './audit.js';
import { Changes } from './changes.js';
import { check } from './checks.js';
import { closeOne } from './closing.js';
import type { SimConfig } from './config.js';
import { SimLoop } from './loop.js';
import { Asker } from './operations.js';
import { Opener } from './regions.js';
import { SimState } from './state.js';
import { type StoreSide, Stores } from './stores.js';
import { Touchers } from './threads.js';
import { mischiefOf } from './trouble.js';
import { changeMarks } from './volatile.js';

const CORE_ADDRESS = 0x7f00_0000_3000;

function runAll(rounds: Generator<void>): void {
  while (rounds.next().done !== true);
}

export class Simulation {
  readonly state: SimState;
  readonly loop: SimLoop;
  readonly stores: StoreSide;
  readonly arrivals: Arrivals;
  readonly changes: Changes;
  readonly asker: Asker;
  readonly touchers: Touchers;

  /** `strict`: everything is checked after every step of the core. */
  constructor(
    seed: bigint,
    config: SimConfig,
    verbose = false,
    strict = false,
    open: OpenCore = openCore,
    makeStores: (state: SimState, loop: SimLoop) => StoreSide = (state, loop) => new Stores(state, loop),
  ) {
    const core = new CoreMachine(config, CORE_ADDRESS, undefined, open);
    if (config.patience !== undefined) core.u64[layout.PATIENCE_AT >> 3] = BigInt(config.patience);
    if (config.leaves !== undefined) core.put(layout.LEAF_LIMIT_AT, config.leaves);
    this.state = new SimState(seed, config, core, new FakeKernel(core), verbose, strict);
    this.loop = new SimLoop(this.state);
    this.stores = makeStores(this.state, this.loop);
    this.changes = new Changes(this.state);
    this.arrivals = new Arrivals(this.state, this.loop, seed);
    this.asker = new Asker(this.state, this.loop);
    this.touchers = new Touchers(this.state);
    this.state.kernel.mischief = mischiefOf(this.state, this.changes, this.touchers);
    const opener = new Opener(this.state, this.loop, this.stores);
    for (const each of config.regions) opener.open(each);
  }

  get core(): CoreMachine {
    return this.state.core;
  }

  step(): void {
    const { random, config, kernel } = this.state;
    this.state.stepped++;
    this.arrivals.step();
    const choice = random.below(1000) / 1000;
    if (config.passes > 0 && random.chance(config.passes)) {
      const open = this.state.regions.filter((each) => each.open);
      if (open.length > 0 && this.state.pass.act(random.pick(open))) this.loop.run();
    } else if (config.moves > 0 && random.chance(config.moves)) this.changes.startMove();
    else if (config.minors > 0 && random.chance(config.minors)) this.changes.unmapSome();
    else if (random.chance(config.operations)) this.asker.begin();
    else if (random.chance(config.removals)) this.changes.startRemoval();
    else if (config.volatile !== undefined && random.chance(config.volatile)) changeMarks(this.state);
    else if (random.chance(config.closes)) closeOne(this.state, this.loop, this.stores);
    else if (choice < 0.45) this.touchers.go();
    else if (choice < 0.65) this.loop.poll();
    else if (choice < 0.75) this.loop.comeBack();
    else if (choice < 0.9) this.stores.reply();
    else if (choice < 0.97) {
      if (random.chance(0.4) && this.asker.release()) return;
      if (!this.changes.goOnRemoving()) this.changes.goOnMoving();
      else if (random.chance(0.5)) this.changes.goOnMoving();
    } else kernel.pass(random.below(3_000_000));
  }

  /** Nothing goes wrong any more, no thread begins anything: everything must come to rest. */
  drain(): void {
    runAll(this.draining());
  }

  /** As `drain`; it yields where promises may run. */
  *draining(): Generator<void> {
    this.state.calm = true;
    let idle = 0;
    // A store may answer one page a turn.
    const pages = this.state.config.regions.reduce((sum, each) => sum + each.pages, 0);
    for (let turns = 0; ; turns++) {
      // With a store that is dead, a pass gets on by what each try to write shows to be unchanged.
      demand(turns < (this.state.dead ? 20_000 : 3000) + pages, () => 'it does not come to rest');
      let busy = false;
      for (const thread of this.state.threads)
        if (thread.waiter !== undefined && this.touchers.goOn(thread)) busy = true;
      if (this.state.inline?.meetNow() === true) busy = true;
      if (this.loop.poll()) busy = true;
      if (this.loop.comeBack()) busy = true;
      if (this.stores.reply()) busy = true;
      if (this.asker.release()) busy = true;
      if (this.state.pass.finish()) {
        this.loop.run();
        busy = true;
      }
      if (this.changes.goOnRemoving()) busy = true;
      if (this.changes.goOnMoving()) busy = true;
      yield;
      idle = busy ? 0 : idle + 1;
      if (idle > 1) break;
      // A store that is dead leaves operations, but no thread, waiting for it.
      if (this.state.dead && turns > 300 && this.state.threads.every(({ waiter }) => waiter === undefined)) break;
    }
    check(this.state);
    if (this.state.dead) {
      demand(
        this.state.threads.every(({ waiter }) => waiter === undefined),
        () => 'a thread waits for a store that is dead',
      );
      return;
    }
    demand(
      this.state.core.exports.inFlight() === 0,
      () => `${this.state.core.exports.inFlight()} frames are in flight at rest`,
    );
    const blocked = this.state.threads.some(({ waiter }) => waiter !== undefined);
    demand(!blocked && this.state.running.length === 0, () => 'nothing is under way, yet something waits');
    for (const { region, pages, failed } of this.state.regions.filter((each) => each.open)) {
      // A pass needed the frames of its pinned pages: they come back with the release where there is room, else when touched.
      if (this.state.pass.wasHeld(region)) continue;
      for (let page = 0; page < pages; page++) {
        const entry = this.state.core.entry(region, page);
        if (entry === undefined || failed.has(page) || (entry.flags & layout.PAGE_PINNED) === 0) continue;
        const gone = entry.state === layout.PAGE_REMOVED || entry.state === layout.PAGE_ABSENT;
        demand(
          isResident(entry.state) || (gone && (entry.flags & layout.PAGE_ZEROS) !== 0),
          () => `region ${region} page ${page} is pinned and ${STATE_NAMES[entry.state]}`,
        );
      }
    }
  }

  /** Reads every page once: nothing may be lost. */
  readBack(): void {
    runAll(this.readingBack());
  }

  /** As `readBack`; it yields as `draining` does. */
  *readingBack(): Generator<void> {
    const { file } = this.state.kernel.mischief;
    this.state.kernel.mischief = this.state.dead ? { ...NO_MISCHIEF, file } : NO_MISCHIEF;
    const thread = this.state.threads[0];
    if (thread === undefined) return;
    for (const home of this.state.regions.filter((each) => each.open)) {
      for (let base = 0; base < home.allowed.length; base++) {
        Object.assign(thread, { region: home.region, base, write: false, token: 0 });
        this.touchers.access(thread);
        let turns = 0;
        for (; thread.waiter !== undefined; turns++) {
          demand(turns < 1000, () => `region ${home.region} base ${base} is not read back`);
          this.loop.poll();
          this.touchers.act(thread);
          if (turns > 2) this.loop.comeBack();
          if (turns > 2) this.stores.reply();
          if (turns > 2 && this.state.pass.finish()) this.loop.run();
          yield;
        }
        // A page that is given up because the store is dead takes a whole patience: some of them are enough.
        if (this.state.dead && turns > 100) base += 63;
      }
    }
    yield* this.draining();
  }

  describe(): string {
    const { core } = this.state;
    const threads = this.state.threads.map(({ waiter, region, base }) => {
      if (waiter === undefined) return 'idle';
      const page = Math.floor((base * BASE_BYTES) / core.pageSize);
      return `blocked at ${region}:${page} ${STATE_NAMES[core.exports.pageState(region, page)]}${waiter.read ? '' : ' unread'}`;
    });
    const operations = this.state.running.map(
      ({ kind, region, first, end }) => `kind ${kind} region ${region} ${first}–${end}`,
    );
    const frames = [
      `vacant ${core.word(layout.VACANT_COUNT_AT)}`,
      `ready ${core.word(layout.READY_COUNT_AT)}`,
      `staged ${core.word(layout.STAGED_COUNT_AT)}`,
      `in flight ${core.word(layout.IN_FLIGHT_COUNT_AT)}`,
    ];
    return [
      `threads: ${threads.join('; ')}`,
      `operations: ${operations.join('; ')}`,
      `frames: ${frames.join(', ')}`,
      `resident ${core.word(layout.RESIDENT_PAGES_AT)} of ${core.options.limit}, pinned ${core.word(layout.PINNED_PAGES_AT)}`,
      `jobs ${this.state.jobs.length}, starved ${core.exports.starved()}, parked ${core.word(layout.LIST_PARKED_AT + 8)}`,
      `write errno ${core.word(layout.WRITE_ERRNO_AT)}, ${this.loop.describe()}`,
    ].join('\n  ');
  }
}
