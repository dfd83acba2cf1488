// The async iterator over messages, which takes without waiting while there are any.
import type { Waiting } from './readiness.js';

/** Where a stream of messages comes from. */
export interface Origin<T> {
  readonly closed: boolean;
  /** What is there now; undefined where nothing is. */
  take(): T | undefined;
  /** Until there may be something: false when closed or ended. */
  wait(waiting: Waiting): Promise<boolean>;
}

/** So many answers in a row without going round the event loop: timers and others are not held up for longer. */
const MAX_AT_ONCE = 64;

/** An iterator over what an origin gives, which takes without waiting while there is something. */
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
