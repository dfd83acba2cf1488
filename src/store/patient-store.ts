// A read-only store whose lost connection is tried again for a time; after that no page of it comes any more.
import { describeError, failureLine, PagerError } from '../errors.js';
import { retry } from './retry.js';
import type { PageRead, Store } from './store.js';
import { closedError, isPermanent, StoreError } from './store-error.js';

export interface PatientEvents {
  /** A line for people: the store does not answer, answers again, or cannot give a page. */
  say(line: string): void;
  /** No page comes any more; the reason was said. */
  failed(): void;
}

const FIRST_DELAY = 50;

export class PatientStore implements Store {
  readonly writable = false;
  readonly #name: string;
  readonly #store: Store;
  readonly #patience: number;
  readonly #events: PatientEvents;
  readonly #stop = new AbortController();
  /** A read has failed since the last one that succeeded. */
  #isLost = false;
  /** That the store cannot give a page was said. */
  #isLacking = false;
  /** Why no page comes any more. */
  #over: PagerError | undefined;

  /** @param patience milliseconds for which a read is tried again */
  constructor(name: string, store: Store, patience: number, events: PatientEvents) {
    this.#name = name;
    this.#store = store;
    this.#patience = patience;
    this.#events = events;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const signal = this.#stop.signal;
    try {
      await retry(() => this.#attempt(pages), { patience: this.#patience, firstDelay: FIRST_DELAY, signal });
    } catch (error) {
      throw this.#over ?? this.#lasting(error);
    }
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#events.say(`${this.#name} answers again`);
  }

  /** Ends reads that are tried again, and refuses later ones. */
  abandon(): void {
    this.#over ??= closedError(this.#name);
    this.#stop.abort();
  }

  async close(): Promise<void> {
    this.abandon();
    await this.#store.close();
  }

  async #attempt(pages: ReadonlyArray<PageRead>): Promise<void> {
    if (this.#over !== undefined) throw this.#over;
    try {
      await this.#store.read(pages);
    } catch (error) {
      if (!isPermanent(error) && !this.#isLost && this.#over === undefined) {
        this.#isLost = true;
        const { say } = this.#events;
        say(`${failureLine(error)}; threads wait, and it is tried again for ${this.#patience / 1000} s`);
      }
      throw error;
    }
  }

  #lasting(error: unknown): unknown {
    if (isPermanent(error)) {
      // Said once: of a file that has changed, no page comes.
      if (!this.#isLacking) this.#events.say(failureLine(error));
      this.#isLacking = true;
      return error;
    }
    const errno = error instanceof PagerError ? error.errno : undefined;
    const hint = 'restore the checkpoint again, with the host of its images at hand';
    this.#over = new StoreError('STORE_READ', false, describeError(error), { errno, hint, cause: error });
    this.#events.say(`no page comes any more: ${failureLine(this.#over)}`);
    this.#events.failed();
    this.#stop.abort();
    return this.#over;
  }
}
