// Calls one store for one region: in batches, with retries, writes of one page in order, each call ended within the patience.
import { retry } from '../store/retry.js';
import type { Store } from '../store/store.js';
import { isPermanent, StoreError, type StoreErrorCode } from '../store/store-error.js';
import { type QueueTime, THREAD_TIME, withTimeout } from './patience.js';

/** A page and its frame, for the duration of one request. */
export interface Ticket {
  page: number;
  frame: number;
  generation: number;
}

/** What a store queue reports to the loop. */
export interface StoreQueueEvents {
  bytesOf(frame: number): Uint8Array;
  arrived(tickets: readonly Ticket[]): void;
  /** The page cannot be read, for good. */
  lost(ticket: Ticket, error: unknown): void;
  /** As `lost`, but the store may still write to the frame: it is free only after `returned`. */
  unanswered(ticket: Ticket, error: unknown): void;
  returned(tickets: readonly Ticket[]): void;
  written(tickets: readonly Ticket[]): void;
  notWritten(tickets: readonly Ticket[], error: unknown): void;
  retried(error: unknown): void;
  /** A call has succeeded, retries included. */
  took(what: 'store.read' | 'store.write', milliseconds: number): void;
}

/** Least milliseconds for a call, for a shorter patience: the limit is for calls that never settle, not for slow ones. */
const MIN_CALL_PATIENCE = 1000;

/** A call that has not settled within the patience. */
class Unanswered extends StoreError {
  constructor(
    code: StoreErrorCode,
    milliseconds: number,
    readonly lastFailure: unknown,
  ) {
    super(code, true, `it has not answered within ${milliseconds} ms`, {
      hint: 'give each call of the store a time-out of its own, or raise storePatienceMs',
    });
  }
}

/** The error of a call; if it timed out on a retry, that of the earlier attempt. */
function reasonOf(error: unknown): unknown {
  return error instanceof Unanswered ? (error.lastFailure ?? error) : error;
}

/** `ended` settles within the patience; `tried` when the store has finished with the call, which may be later. */
interface Call {
  ended: Promise<void>;
  tried: Promise<unknown>;
}

/** What a call's retries and its end share. */
interface Attempt {
  /** Ends the pause before a retry. */
  retrying: AbortController | undefined;
  isOver: boolean;
  lastFailure: unknown;
}

/** Resolves when the work has settled, either way. */
function settled(work: Promise<unknown>): Promise<void> {
  return work.then(
    () => undefined,
    () => undefined,
  );
}

// A store of the user's may throw where it should reject.
function begun(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * One region's calls to one store in the event loop: batches as the core requested them, retried while the failure is
 * transient, never two writes or discards of one page under way (a store need not keep their order; the core reads no page
 * whose write it has not seen end). Whatever the store does, each call ends within the patience.
 */
export class StoreQueue {
  readonly #store: Store;
  readonly #events: StoreQueueEvents;
  readonly #patience: number;
  readonly #time: QueueTime;
  readonly #own: boolean;
  readonly #onUsersThread: boolean;
  /** Aborted at the close, so that no call is retried. */
  readonly #calls = new Set<Attempt>();
  #closing = false;
  /** Writes and discards by page, until they have settled. */
  readonly #busy = new Map<number, Promise<unknown>>();
  readonly #underWay = new Set<Promise<void>>();
  /** Pages that the user's code reads or writes now. */
  readonly #asked = new Map<number, { ticket: Ticket; writes: boolean }>();

  /**
   * @param own the store is the user's code and may never settle: it reads into buffers of its own
   * @param onUsersThread the store answers on the thread that created the pager
   */
  constructor(
    store: Store,
    patience: number,
    events: StoreQueueEvents,
    own: boolean,
    onUsersThread: boolean,
    time: QueueTime = THREAD_TIME,
  ) {
    this.#time = time;
    this.#store = store;
    this.#onUsersThread = onUsersThread;
    this.#patience = patience;
    this.#events = events;
    this.#own = own;
  }

  /** The request for the page that the user's thread has not answered yet. */
  askedOf(page: number): { ticket: Ticket; writes: boolean } | undefined {
    return this.#onUsersThread ? this.#asked.get(page) : undefined;
  }

  /** Whether the user's thread has pages to write. */
  get writing(): boolean {
    if (!this.#onUsersThread) return false;
    for (const { writes } of this.#asked.values()) if (writes) return true;
    return false;
  }

  /** Gives the page's request up: a page to be written stays in memory, a page to be read is lost. */
  giveUp({ ticket, writes }: { ticket: Ticket; writes: boolean }, error: unknown): void {
    this.#asked.delete(ticket.page);
    if (writes) this.#events.notWritten([ticket], error);
    else this.#events.lost(ticket, error);
  }

  #ask(tickets: readonly Ticket[], writes: boolean): void {
    if (this.#own) for (const ticket of tickets) this.#asked.set(ticket.page, { ticket, writes });
  }

  #answered(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) if (this.#asked.get(ticket.page)?.ticket === ticket) this.#asked.delete(ticket.page);
  }

  /** `waited`: milliseconds of the patience that are over. */
  read(tickets: readonly Ticket[], waited = 0): void {
    this.#track(this.#readAll(tickets, Math.max(0, this.#patience - waited)));
  }

  write(tickets: readonly Ticket[]): void {
    const events = this.#events;
    const batch = tickets.map(({ page, frame }) => ({ page, from: events.bytesOf(frame) }));
    const pages = tickets.map(({ page }) => page);
    const began = this.#time.now();
    const { ended } = this.#ordered(pages, async () => this.#store.write?.(batch));
    this.#ask(tickets, true);
    const done = () => {
      events.took('store.write', this.#time.now() - began);
      this.#answered(tickets);
      events.written(tickets);
    };
    const failed = (error: unknown) => {
      this.#answered(tickets);
      events.notWritten(tickets, reasonOf(error));
    };
    this.#track(ended.then(done, failed));
  }

  discard(pages: readonly number[]): void {
    if (this.#store.discard === undefined) return;
    // A failed discard only wastes room in the store: the page is known to be zeros either way.
    this.#track(this.#ordered(pages, async () => this.#store.discard?.(pages)).ended.catch(this.#events.retried));
  }

  /** Flushes the store after all earlier writes, all within one patience. */
  async flush(): Promise<void> {
    const before = [...new Set(this.#busy.values())];
    if (before.length === 0 && this.#store.flush === undefined) return;
    const call = this.#attempt('STORE_WRITE', this.#patience, async () => this.#store.flush?.(), before);
    await call.ended.catch((error: unknown) => Promise.reject(reasonOf(error)));
  }

  /** Cancels retries, then closes the store, all within one patience. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { retrying } of this.#calls) retrying?.abort();
    const limit = Math.max(this.#patience, MIN_CALL_PATIENCE);
    const clock = this.#time.after(limit, () => {});
    const began = this.#time.now();
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    const left = limit - (this.#time.now() - began);
    clock();
    const closed = this.#store.close();
    await withTimeout(left, closed, () => new Unanswered('STORE_WRITE', this.#patience, undefined), this.#time);
  }

  #ordered(pages: readonly number[], work: () => Promise<unknown>): Call {
    const before = pages.map((page) => this.#busy.get(page)).filter((each) => each !== undefined);
    const call = this.#attempt('STORE_WRITE', this.#patience, work, before);
    const over = settled(call.tried);
    for (const page of pages) this.#busy.set(page, over);
    over.then(() => {
      for (const page of pages) if (this.#busy.get(page) === over) this.#busy.delete(page);
    });
    return call;
  }

  // Costs what an attempt costs if the store answers the first time: no signal, no retry and no timer of its own.
  #attempt(code: StoreErrorCode, left: number, work: () => Promise<unknown>, before: Promise<unknown>[] = []): Call {
    const call: Attempt = { retrying: undefined, isOver: false, lastFailure: undefined };
    this.#calls.add(call);
    const began = this.#time.now();
    // A call that waited for others for too long is not begun.
    const once = () => (call.isOver ? Promise.reject(new Error('it was given up')) : begun(work));
    const first = before.length === 0 ? once() : Promise.all(before).then(once);
    const tried = first.catch((error: unknown) => this.#again(call, left - (this.#time.now() - began), error, once));
    const ended = new Promise<void>((resolve, reject) => {
      const end = () => {
        takeBack();
        call.isOver = true;
        call.retrying?.abort();
        this.#calls.delete(call);
      };
      const takeBack = this.#time.after(Math.max(left, MIN_CALL_PATIENCE), () => {
        end();
        reject(new Unanswered(code, this.#patience, call.lastFailure));
      });
      tried.then(
        () => {
          end();
          resolve();
        },
        (error: unknown) => {
          end();
          reject(error);
        },
      );
    });
    return { ended, tried };
  }

  // After a first attempt that failed.
  #again(call: Attempt, patience: number, error: unknown, once: () => Promise<unknown>): Promise<unknown> {
    const retrying = new AbortController();
    call.retrying = retrying;
    if (call.isOver || this.#closing) retrying.abort();
    let isFirst = true;
    const work = () => {
      if (!isFirst) return once();
      isFirst = false;
      return Promise.reject(error);
    };
    const onRetry = (_count: number, reason: unknown) => {
      call.lastFailure = reason;
      this.#events.retried(reason);
    };
    const { now, pause, random } = this.#time;
    return retry(work, { patience, now, pause, random, signal: retrying.signal, onRetry });
  }

  async #readAll(tickets: readonly Ticket[], left: number): Promise<void> {
    const events = this.#events;
    const pages = tickets.map(({ page, frame }) => {
      const bytes = events.bytesOf(frame);
      return { page, into: this.#own ? new Uint8Array(bytes.length) : bytes };
    });
    const began = this.#time.now();
    const call = this.#attempt('STORE_READ', left, () => this.#store.read(pages));
    this.#ask(tickets, false);
    try {
      await call.ended;
    } catch (error) {
      this.#answered(tickets);
      if (error instanceof Unanswered && !this.#own) {
        for (const ticket of tickets) events.unanswered(ticket, reasonOf(error));
        settled(call.tried).then(() => events.returned(tickets));
      } else if (tickets.length > 1 && isPermanent(error) && !this.#closing) {
        // One lost page must not fail its whole batch.
        const rest = Math.max(0, left - (this.#time.now() - began));
        await Promise.all(tickets.map((ticket) => this.#readAll([ticket], rest)));
      } else {
        for (const ticket of tickets) events.lost(ticket, reasonOf(error));
      }
      return;
    }
    events.took('store.read', this.#time.now() - began);
    // Outside the try: an error here is the core's, not the store's.
    if (!this.#own) return events.arrived(tickets);
    // Pages that were given up meanwhile have lost their frames.
    const awaited = tickets.filter((ticket) => this.#asked.get(ticket.page)?.ticket === ticket);
    this.#answered(tickets);
    for (const [index, ticket] of tickets.entries()) {
      const into = pages[index]?.into;
      if (into !== undefined && awaited.includes(ticket)) events.bytesOf(ticket.frame).set(into);
    }
    events.arrived(awaited);
  }

  #track(work: Promise<void>): void {
    this.#underWay.add(work);
    work.finally(() => this.#underWay.delete(work));
  }
}
