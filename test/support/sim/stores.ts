// Stores in the event loop, in place of the queues of src/loop/store-queue.ts: each request is answered some time, in any order
// but for writes of one page. What a queue reports goes to the loop's own events. The queues themselves continue in promises, for
// which a simulation in one call of a function has no time: queues.ts drives them where a test awaits each step.
import * as layout from '../../../assembly/layout.js';
import type { Mapped } from '../../../src/loop/region.js';
import { StoreQueue, type StoreQueueEvents, type Ticket } from '../../../src/loop/store-queue.js';
import type { Store } from '../../../src/store/store.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { demand } from './audit.js';
import type { SimLoop } from './loop.js';
import type { Job, SimRegion, SimState } from './state.js';
import { TORN_TOKEN } from './tokens.js';

const FAILURE = new Error('the store of the simulation fails');
const NO_STORE: Store = { writable: true, read: () => Promise.reject(FAILURE), close: async () => {} };

/** What answers the loop's requests to stores. */
export interface StoreSide {
  /** @param readKind of the requests that are its reads */
  queue(home: SimRegion, readKind: number): StoreQueue;
  /** A store answers something, if there is anything; false: there is nothing to wait for. */
  reply(): boolean;
  /** The region ends, as by `forgetNow` in src/loop/closing.ts. */
  forget(home: SimRegion, mapped: Mapped): void;
}

/** A queue whose requests lie with the simulation until `Stores.reply` answers them. */
class SimQueue extends StoreQueue {
  constructor(
    readonly events: StoreQueueEvents,
    readonly ask: (kind: number, tickets: readonly Ticket[]) => void,
    readonly readKind: number,
  ) {
    super(NO_STORE, Number.POSITIVE_INFINITY, events, false, false);
  }

  override read(tickets: readonly Ticket[]): void {
    this.ask(this.readKind, tickets);
  }

  override write(tickets: readonly Ticket[]): void {
    this.ask(layout.REQUEST_WRITE, tickets);
  }

  override discard(pages: readonly number[]): void {
    const tickets = pages.map((page) => ({ page, frame: -1, generation: 0 }));
    this.ask(layout.REQUEST_DISCARD, tickets);
  }
}

/** Chance that an old reply comes once more with another. */
const STALE = 0.1;
/** Replies that are remembered. */
const MAX_REPLIES = 16;
interface Reply {
  tickets: readonly Ticket[];
  reply(): void;
}

const ORDERED: readonly number[] = [layout.REQUEST_WRITE, layout.REQUEST_DISCARD];

export class Stores implements StoreSide {
  #order = 0;
  /** Replies of late. They come again when their frames are in another use, which the frames' generations tell. */
  readonly #replies: Reply[] = [];

  constructor(
    readonly state: SimState,
    readonly loop: SimLoop,
  ) {}

  queue(home: SimRegion, readKind: number): StoreQueue {
    const events = this.loop.loop.eventsOf(home.region);
    const ask = (kind: number, tickets: readonly Ticket[]) => {
      // A batch is one call of the store, or it has been taken apart after a failure.
      const parts = this.state.random.chance(0.5) ? [tickets] : tickets.map((ticket) => [ticket]);
      for (const part of parts) this.#add(home, events, kind, part);
    };
    return new SimQueue(events, ask, readKind);
  }

  #add(home: SimRegion, events: StoreQueueEvents, kind: number, tickets: readonly Ticket[]): void {
    const held = kind === layout.REQUEST_WRITE ? tickets.map(({ frame }) => this.state.tokensOf(frame).join()) : [];
    this.state.jobs.push({ home, events, kind, tickets, held, returns: false, order: this.#order++ });
  }

  /** A store answers one request, if there is one that may be answered now. */
  reply(): boolean {
    const { random, jobs, calm, config } = this.state;
    if (!calm && random.chance(config.slow)) return jobs.length > 0;
    if (random.chance(STALE)) this.#replyAgain();
    const ready = jobs.filter((job) => !ORDERED.includes(job.kind) || !jobs.some((other) => isBefore(other, job)));
    if (ready.length === 0) return false;
    const job = random.pick(ready);
    const fails = this.#fails(job);
    // A transient failure: the queue tries again.
    if (fails && job.home.open && random.chance(0.7)) {
      job.events.retried(FAILURE);
      return true;
    }
    jobs.splice(jobs.indexOf(job), 1);
    const pages = () => job.tickets.map(({ page, frame }) => `${page} in frame ${frame}`).join(', ');
    this.state.say(
      () => `store answers ${job.kind} region ${job.home.region} page ${pages()}${fails ? ': fails' : ''}`,
    );
    if (job.returns) this.#give(job);
    else if (job.kind === layout.REQUEST_DISCARD) this.#discard(job, fails);
    else if (job.kind === layout.REQUEST_WRITE) this.#write(job, fails);
    else this.#read(job, fails);
    this.#forget(job.home);
    this.loop.settled();
    return true;
  }

  #replied(tickets: readonly Ticket[], reply: () => void): void {
    reply();
    this.#replies.push({ tickets, reply });
    if (this.#replies.length > MAX_REPLIES) this.#replies.shift();
  }

  #replyAgain(): void {
    const { core, random } = this.state;
    const isOld = ({ frame, generation }: Ticket) => core.frame(frame).generation !== generation;
    const old = this.#replies.filter(({ tickets }) => tickets.every(isOld));
    if (old.length === 0) return;
    random.pick(old).reply();
    this.loop.settled();
  }

  #fails({ kind, home, returns }: Job): boolean {
    const { random, config, calm, dead } = this.state;
    if (returns) return false;
    const writes = kind === layout.REQUEST_WRITE;
    if (writes && dead) return true;
    return !calm && (!home.open || random.chance(writes ? config.writeFails : config.readFails));
  }

  #discard({ home, tickets }: Job, fails: boolean): void {
    const perPage = this.state.core.pageSize / BASE_BYTES;
    for (const { page } of fails ? [] : tickets)
      for (let i = 0; i < perPage; i++) home.storeTokens.tokens.delete(page * perPage + i);
  }

  #write({ home, events, tickets, held }: Job, fails: boolean): void {
    const { core, random, config } = this.state;
    if (fails) {
      if (home.open) this.state.writeFailed();
      events.notWritten(tickets, FAILURE);
      return;
    }
    const perPage = core.pageSize / BASE_BYTES;
    tickets.forEach(({ page, frame }, index) => {
      const now = this.state.tokensOf(frame).join();
      demand(
        now === held[index],
        () => `frame ${frame} changed while the store was reading it: ${held[index]} → ${now}`,
      );
      home.storeTokens.save(page * perPage, this.state.frameBytes(frame));
      if (this.state.calm || !random.chance(config.torn)) return;
      home.storeTokens.tokens.set(page * perPage, TORN_TOKEN);
      home.mayFail.add(page);
    });
    this.#replied(tickets, () => events.written(tickets));
  }

  #read(job: Job, fails: boolean): void {
    const { home, events, tickets, kind } = job;
    const { random, core } = this.state;
    if (!fails) {
      const tokens = kind === layout.REQUEST_READ_SOURCE ? home.sourceTokens : home.storeTokens;
      for (const { page, frame } of tickets)
        tokens.load(page * (core.pageSize / BASE_BYTES), this.state.frameBytes(frame));
      this.#replied(tickets, () => events.arrived(tickets));
      return;
    }
    // One page that is gone must not take its batch with it.
    if (tickets.length > 1 && random.chance(0.5)) {
      for (const ticket of tickets) this.#add(home, events, kind, [ticket]);
      return;
    }
    if (home.open) for (const { page } of tickets) home.mayFail.add(page);
    // It may still put bytes into the frames, until it has returned them.
    const unanswered = random.chance(0.3);
    if (unanswered) this.state.jobs.push({ ...job, returns: true });
    for (const ticket of tickets) {
      if (unanswered) events.unanswered(ticket, FAILURE);
      else events.lost(ticket, FAILURE);
    }
  }

  // Too late: nobody waits for these pages in these frames, and the store has written to them all the same.
  #give({ events, tickets }: Job): void {
    for (const { frame } of tickets) this.state.frameBytes(frame).fill(0xee);
    events.returned(tickets);
  }

  // The steps of `forgetNow`, which awaits the stores between them: here the last reply frees the region's number.
  forget(home: SimRegion, mapped: Mapped): void {
    const { core, kernel } = this.state;
    mapped.closing = true;
    this.loop.loop.loads.forget(mapped);
    for (let done = 0; done === 0; ) {
      done = core.exports.closeRegion(home.region);
      this.loop.drain();
    }
    home.open = false;
    this.loop.loop.dispatch();
    kernel.unregisterRegion(home.address);
  }

  // A closed region's number is free when no store has a request of it.
  #forget({ region, open }: SimRegion): void {
    const { jobs, core } = this.state;
    if (open || jobs.some(({ home }) => home.region === region)) return;
    if (this.loop.loop.mapped.delete(region)) core.exports.freeRegion(region);
  }
}

/** Whether `other` is to be carried out before `job`: both change one page of a store. */
function isBefore(other: Job, job: Job): boolean {
  if (other.order >= job.order || other.home !== job.home || !ORDERED.includes(other.kind)) return false;
  return other.tickets.some(({ page }) => job.tickets.some((each) => each.page === page));
}
