// The store queues of src/loop/store-queue.ts under a seed: stores that answer when the seed says so, and a clock that it
// advances. A queue continues in promises, so somebody must await `rest` after each step: `Stores` is for all who cannot.
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as layout from '../../../assembly/layout.js';
import { forgetNow } from '../../../src/loop/closing.js';
import type { QueueTime } from '../../../src/loop/patience.js';
import type { Mapped } from '../../../src/loop/region.js';
import { StoreQueue, type StoreQueueEvents, type Ticket } from '../../../src/loop/store-queue.js';
import type { Store } from '../../../src/store/store.js';
import { StoreError } from '../../../src/store/store-error.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { readToken } from '../kernel/content.js';
import { demand } from './audit.js';
import type { SimLoop } from './loop.js';
import { Random } from './random.js';
import type { SimRegion, SimState } from './state.js';
import type { StoreSide } from './stores.js';
import type { TokenStore } from './tokens.js';

/** Milliseconds. */
const PATIENCE = 1000;
/** A call that hangs answers only after this time, when the queue has given it up. */
const HANGS = 3 * PATIENCE;

interface Deadline {
  at: number;
  run(): void;
}

/** Time and chance of the queues. */
class SimTime implements QueueTime {
  #now = 0;
  readonly #deadlines = new Set<Deadline>();
  readonly now = (): number => this.#now;

  constructor(readonly chance: Random) {}

  get isAwaited(): boolean {
    return this.#deadlines.size > 0;
  }

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const deadline = { at: this.#now + milliseconds, run };
    this.#deadlines.add(deadline);
    return () => this.#deadlines.delete(deadline);
  };

  readonly pause = this.after;
  readonly random = (): number => this.chance.below(1000) / 1000;

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [first] = [...this.#deadlines].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (first === undefined) break;
      this.#deadlines.delete(first);
      this.#now = Math.max(this.#now, first.at);
      first.run();
    }
    this.#now = end;
  }
}

/** A call of a store that it has not answered. */
interface Call {
  home: SimRegion;
  of: TokenStore;
  kind: 'read' | 'write' | 'discard';
  pages: readonly number[];
  began: number;
  /** The queue waits for it no more: what it was given may be in another use. */
  isGivenUp: boolean;
  /** It answers no sooner. */
  until: number;
  /** Does what the store does; then the call resolves. */
  carryOut(call: Call): void;
  resolve(): void;
  reject(error: Error): void;
}

export class QueueStores implements StoreSide {
  /** What the queues have reported. */
  readonly seen = {
    arrived: 0,
    written: 0,
    retried: 0,
    lost: 0,
    notWritten: 0,
    unanswered: 0,
    closed: 0,
    closedBusy: 0,
  };
  readonly #calls: Call[] = [];
  readonly #time: SimTime;
  /** Requests that have no answer yet. */
  readonly #open = new Set<Ticket>();
  /** Of reads that were given up: the store may still write to their frames. */
  readonly #detached = new Set<Ticket>();
  /** Regions that are being closed. */
  #closing = 0;
  #isBusy = false;
  #hasRun = false;
  #violation: unknown;

  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
    seed: bigint,
  ) {
    this.#time = new SimTime(new Random(seed ^ 0x71e5n));
  }

  /** Runs what is due after a step, until only stores and time can make it continue. */
  async rest(): Promise<void> {
    if (!this.#isBusy) return;
    this.#isBusy = false;
    await nextTurn();
    if (this.#violation !== undefined) throw this.#violation;
    if (this.#hasRun) this.loop.settled();
    this.#hasRun = false;
  }

  // A queue would take an error for one of the store.
  #guard(work: () => void): void {
    this.#isBusy = true;
    try {
      work();
    } catch (error) {
      this.#violation ??= error;
    }
  }

  // The loop has run when it returns, and what it knows can be checked.
  #report(work: () => void): void {
    this.#guard(work);
    this.#hasRun = true;
  }

  // ---- queues and their stores ------------------------------------------------------------------------------------

  queue(home: SimRegion, readKind: number): StoreQueue {
    const tokens = readKind === layout.REQUEST_READ_SOURCE ? home.sourceTokens : home.storeTokens;
    const own = this.#time.chance.chance(0.3);
    const events = this.#events(home, tokens);
    const queue = new StoreQueue(this.#store(home, tokens), PATIENCE, events, own, false, this.#time);
    const [read, write] = [queue.read.bind(queue), queue.write.bind(queue)];
    const ask = (call: (tickets: readonly Ticket[]) => void) => (tickets: readonly Ticket[]) => {
      this.#isBusy = true;
      for (const ticket of tickets) this.#open.add(ticket);
      call(tickets);
    };
    return Object.assign(queue, { read: ask(read), write: ask(write) });
  }

  #events(home: SimRegion, tokens: TokenStore): StoreQueueEvents {
    const events = this.loop.loop.eventsOf(home.region);
    const answered = (ticket: Ticket) =>
      demand(this.#open.delete(ticket), () => `region ${home.region} page ${ticket.page} is answered twice`);
    const givenUp = ({ page }: Ticket) => {
      for (const call of this.#calls) if (call.of === tokens && call.pages.includes(page)) call.isGivenUp = true;
    };
    return {
      bytesOf: (frame) => this.state.frameBytes(frame),
      arrived: (tickets) =>
        this.#report(() => {
          this.seen.arrived++;
          tickets.forEach(answered);
          events.arrived(tickets);
        }),
      lost: (ticket, error) =>
        this.#report(() => {
          this.seen.lost++;
          answered(ticket);
          givenUp(ticket);
          events.lost(ticket, error);
        }),
      unanswered: (ticket, error) =>
        this.#report(() => {
          this.seen.unanswered++;
          answered(ticket);
          givenUp(ticket);
          this.#detached.add(ticket);
          events.unanswered(ticket, error);
        }),
      returned: (tickets) =>
        this.#report(() => {
          for (const ticket of tickets)
            demand(this.#detached.delete(ticket), () => `page ${ticket.page} is returned, and was answered`);
          events.returned(tickets);
        }),
      written: (tickets) =>
        this.#report(() => {
          this.seen.written++;
          tickets.forEach(answered);
          events.written(tickets);
        }),
      notWritten: (tickets, error) =>
        this.#report(() => {
          this.seen.notWritten++;
          tickets.forEach(answered);
          tickets.forEach(givenUp);
          if (home.open) this.state.writeFailed();
          events.notWritten(tickets, error);
        }),
      retried: () =>
        this.#guard(() => {
          this.seen.retried++;
          events.retried();
        }),
      took: events.took,
    };
  }

  #store(home: SimRegion, tokens: TokenStore): Store {
    const perPage = this.state.core.pageSize / BASE_BYTES;
    const words = (bytes: Uint8Array) =>
      Array.from({ length: perPage }, (_, base) => readToken(bytes.subarray(base * BASE_BYTES))).join();
    const call = (kind: Call['kind'], pages: readonly number[], carryOut: Call['carryOut']): Promise<void> => {
      this.#guard(() => {
        const meets = ({ of: other, kind: what, pages: those }: Call) =>
          other === tokens && kind !== 'read' && what !== 'read' && those.some((page) => pages.includes(page));
        demand(
          !this.#calls.some(meets),
          () => `region ${home.region}: two calls are under way for one page of ${pages}`,
        );
      });
      return new Promise((resolve, reject) => {
        const began = this.#time.now();
        const call = { home, of: tokens, kind, pages, began, until: began, isGivenUp: false, resolve, reject };
        this.#calls.push({ ...call, carryOut });
      });
    };
    return {
      writable: true,
      read: (pages) =>
        call(
          'read',
          pages.map(({ page }) => page),
          () => {
            for (const { page, into } of pages) tokens.load(page * perPage, into);
          },
        ),
      write: (pages) => {
        const held = pages.map(({ from }) => words(from));
        return call(
          'write',
          pages.map(({ page }) => page),
          (call) =>
            pages.forEach(({ page, from }, index) => {
              demand(
                call.isGivenUp || words(from) === held[index],
                () => `page ${page} changed while the store was reading it`,
              );
              tokens.save(page * perPage, from);
            }),
        );
      },
      discard: (pages) =>
        call('discard', pages, () => {
          for (const page of pages) for (let i = 0; i < perPage; i++) tokens.tokens.delete(page * perPage + i);
        }),
      close: async () =>
        this.#guard(() => {
          const early = this.#calls.filter(
            ({ of, kind, isGivenUp }) => of === tokens && kind !== 'discard' && !isGivenUp,
          );
          demand(early.length === 0, () => `region ${home.region}: its store is closed during ${early.length} calls`);
        }),
    };
  }

  // ---- what the seed decides --------------------------------------------------------------------------------------

  reply(): boolean {
    const { random, calm, config } = this.state;
    if (!calm && random.chance(config.slow)) return this.#calls.length > 0;
    const ready = this.#calls.filter(({ until }) => calm || until <= this.#time.now());
    if (ready.length === 0 || (!calm && random.chance(0.05))) return this.#passTime();
    this.#answer(random.pick(ready));
    return true;
  }

  #passTime(): boolean {
    const { random, calm } = this.state;
    if (!this.#time.isAwaited && this.#calls.length === 0) return this.#closing > 0;
    // A deadline may come: whatever is under way then may fail.
    for (const call of this.#calls) this.#mayFail(call);
    this.#guard(() => this.#time.advance(calm ? 100 : random.pick([1, 10, 100, 700, 1100])));
    return true;
  }

  #mayFail({ home, kind, pages }: Call): void {
    if (!home.open) return;
    if (kind === 'read') for (const page of pages) home.mayFail.add(page);
    else if (kind === 'write') this.state.writeFailed();
  }

  #answer(call: Call): void {
    const { random, config, calm } = this.state;
    const fails = !calm && random.chance(call.kind === 'read' ? config.readFails : config.writeFails);
    this.state.say(() => `store answers ${call.kind} region ${call.home.region} page ${call.pages}: ${!fails}`);
    if (fails && random.chance(0.2) && call.until === call.began) {
      call.until = this.#time.now() + HANGS;
      return;
    }
    this.#calls.splice(this.#calls.indexOf(call), 1);
    this.#guard(() => {
      if (!fails) {
        call.carryOut(call);
        call.resolve();
        return;
      }
      this.#mayFail(call);
      const code = call.kind === 'read' ? 'STORE_READ' : 'STORE_WRITE';
      call.reject(new StoreError(code, random.chance(0.6), 'the store of the simulation fails'));
    });
  }

  // ---- the end of a region ----------------------------------------------------------------------------------------

  forget(home: SimRegion, mapped: Mapped): void {
    const { core, kernel } = this.state;
    const { exports, u32, u64 } = core;
    const freeRegion = (region: number): void => {
      const left = this.#calls.filter((call) => call.home === home && call.kind !== 'discard' && !call.isGivenUp);
      demand(left.length === 0, () => `the number ${region} is free, and ${left.length} calls of stores have it`);
      exports.freeRegion(region);
    };
    const closing = forgetNow(
      {
        native: { rememberGone: () => {}, unmapMemory: () => {} },
        core: {
          exports: { ...exports, freeRegion },
          u32,
          u64,
          get commanded() {
            return core.commanded;
          },
        },
        engine: { execute: () => kernel.execute(), unregisterRegion: () => kernel.unregisterRegion(home.address) },
        loop: this.loop.loop,
        options: { limitPages: null },
      },
      mapped,
    );
    home.open = false;
    this.#closing++;
    this.seen.closed++;
    if (this.#calls.some((call) => call.home === home)) this.seen.closedBusy++;
    this.#isBusy = true;
    const ended = () => {
      this.#isBusy = true;
      this.#closing--;
    };
    closing.then(ended, (error: unknown) => {
      this.#violation ??= error;
      ended();
    });
  }

  /** At the end: every request has had its answer. */
  demandNothingOpen(): void {
    demand(this.#open.size === 0, () => `${this.#open.size} requests have no answer`);
    demand(this.#closing === 0, () => `${this.#closing} regions are still being closed`);
    demand(this.#detached.size === 0, () => `${this.#detached.size} frames are not returned`);
  }
}
