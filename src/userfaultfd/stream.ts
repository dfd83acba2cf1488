// The async iterator over messages, which takes without waiting while there are any.
import type { Waiting } from './readiness.js';

/** The origin of a stream of messages. */
export interface Origin<T> {
  readonly closed: boolean;
  /** Takes what is available now; undefined if nothing is. */
  take(): T | undefined;
  /** Waits until there may be something; false when closed or ended. */
  wait(waiting: Waiting): Promise<boolean>;
}

/** Most results in a row without a round of the event loop, so that timers and other events are not delayed longer. */
const MAX_AT_ONCE = 64;

/** An iterator over an origin's values, which takes without waiting while there are any. */
export class Stream<T> implements AsyncIterableIterator<T> {
  readonly #origin: Origin<T>;
  readonly #waits = new Set<Waiting>();
  #atOnce = 0;
  #ended = false;

  constructor(origin: Origin<T>) {
    this.#origin = origin;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#atOnce < MAX_AT_ONCE) {
      const done = this.#ended || this.#origin.closed;
      const value = done ? undefined : this.#origin.take();
      if (value !== undefined) {
        this.#atOnce++;
        return Promise.resolve({ value, done: false });
      }
      if (done) return Promise.resolve({ value: undefined, done: true });
    }
    return this.#later();
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#ended = true;
    for (const waiting of [...this.#waits]) waiting.end?.();
    return Promise.resolve({ value: undefined, done: true });
  }

  async #later(): Promise<IteratorResult<T, undefined>> {
    if (this.#atOnce >= MAX_AT_ONCE) await new Promise((resolve) => setImmediate(resolve));
    this.#atOnce = 0;
    const waiting: Waiting = {};
    this.#waits.add(waiting);
    try {
      while (!this.#ended && !this.#origin.closed) {
        const value = this.#origin.take();
        if (value !== undefined) return { value, done: false };
        if (!(await this.#origin.wait(waiting))) break;
      }
    } finally {
      this.#waits.delete(waiting);
    }
    return { value: undefined, done: true };
  }
}
