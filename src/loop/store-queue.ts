import { describeError, type PagerError } from '../errors.js';
import { retry } from '../store/retry.js';
import type { Store } from '../store/store.js';
import { isPermanent } from '../store/store-error.js';

/** A page in a frame, for the time of one request. */
export interface Ticket {
  page: number;
  frame: number;
  generation: number;
}

/** What a lane tells the loop. */
export interface LaneEvents {
  bytesOf(frame: number): Uint8Array;
  arrived(tickets: readonly Ticket[]): void;
  /** A page that cannot be had for good. */
  lost(ticket: Ticket, error: unknown): void;
  written(tickets: readonly Ticket[]): void;
  notWritten(tickets: readonly Ticket[], error: unknown): void;
  retried(error: unknown): void;
}

/**
 * One region's way to one store in the event loop: batches as the core asked for them, tried again while that may
 * help, and never two calls under way for the same page (a store need not keep their order).
 */
export class Lane {
  readonly #store: Store;
  readonly #events: LaneEvents;
  readonly #patience: number;
  readonly #closing = new AbortController();
  /** Writes and discards under way by page. */
  readonly #busy = new Map<number, Promise<void>>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(store: Store, patience: number, events: LaneEvents) {
    this.#store = store;
    this.#patience = patience;
    this.#events = events;
  }

  read(tickets: readonly Ticket[]): void {
    this.#track(this.#readAll(tickets));
  }

  write(tickets: readonly Ticket[]): void {
    this.#ordered(
      tickets.map(({ page }) => page),
      () => this.#writeAll(tickets),
    );
  }

  discard(pages: readonly number[]): void {
    if (this.#store.discard === undefined) return;
    // What a discard leaves behind is only room in the store: the page is known to be zeros either way.
    this.#ordered(pages, () => this.#attempt(async () => this.#store.discard?.(pages)).catch(this.#events.retried));
  }

  async flush(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
    if (this.#store.flush !== undefined) await this.#attempt(async () => this.#store.flush?.());
  }

  /** Ends the waiting for further attempts, then closes the store. */
  async close(): Promise<void> {
    this.#closing.abort();
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.#store.close();
  }

  #attempt<T>(work: () => Promise<T>): Promise<T> {
    const { retried } = this.#events;
    return retry(work, {
      patience: this.#patience,
      signal: this.#closing.signal,
      onRetry: (_count, error) => retried(error),
    });
  }

  async #readAll(tickets: readonly Ticket[]): Promise<void> {
    const events = this.#events;
    const pages = tickets.map(({ page, frame }) => ({ page, into: events.bytesOf(frame) }));
    try {
      await this.#attempt(() => this.#store.read(pages));
    } catch (error) {
      // One page that is gone must not take its batch with it.
      if (tickets.length > 1 && isPermanent(error) && !this.#closing.signal.aborted) {
        await Promise.all(tickets.map((ticket) => this.#readAll([ticket])));
      } else {
        for (const ticket of tickets) events.lost(ticket, error);
      }
      return;
    }
    // Not inside the try: what fails here is the core, not the store.
    events.arrived(tickets);
  }

  async #writeAll(tickets: readonly Ticket[]): Promise<void> {
    const events = this.#events;
    const pages = tickets.map(({ page, frame }) => ({ page, from: events.bytesOf(frame) }));
    try {
      await this.#attempt(async () => this.#store.write?.(pages));
    } catch (error) {
      return events.notWritten(tickets, error);
    }
    events.written(tickets);
  }

  #ordered(pages: readonly number[], work: () => Promise<void>): void {
    const before = pages.map((page) => this.#busy.get(page)).filter((each) => each !== undefined);
    const run = before.length === 0 ? work() : Promise.all(before).then(work);
    for (const page of pages) this.#busy.set(page, run);
    this.#track(
      run.finally(() => {
        for (const page of pages) if (this.#busy.get(page) === run) this.#busy.delete(page);
      }),
    );
  }

  #track(work: Promise<void>): void {
    this.#underWay.add(work);
    work.finally(() => this.#underWay.delete(work));
  }
}

/** One line about a failure, without a stack. */
export function failureLine(error: unknown): string {
  const { errno, hint } = (error ?? {}) as Partial<PagerError>;
  return `${describeError(error)}${errno === undefined ? '' : ` (${errno})`}${hint === undefined ? '' : `; ${hint}`}`;
}
