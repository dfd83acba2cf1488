// Calls that wait for a page's state: each is looked at when a message may have changed it, and every LOOK_MS.
import type { PagerError } from '../errors.js';

/** A node's own threads write to pages without a message. */
const LOOK_MS = 2;

interface Waiter {
  /** True: it has been answered. */
  look(): boolean;
  reject(error: PagerError): void;
}

export class Waits {
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;
  #ended: PagerError | undefined;

  /** What `test` returns once it is not undefined. */
  until<T>(test: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      const waiter: Waiter = {
        look: () => {
          try {
            const result = test();
            if (result === undefined) return false;
            resolve(result);
          } catch (error) {
            reject(error);
          }
          return true;
        },
        reject,
      };
      if (waiter.look()) return;
      this.#waiters.add(waiter);
      this.#timer ??= setInterval(() => this.look(), LOOK_MS);
    });
  }

  look(): void {
    for (const waiter of [...this.#waiters]) if (waiter.look()) this.#waiters.delete(waiter);
    if (this.#waiters.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** All waits, open and later ones, reject with `error`. */
  end(error: PagerError): void {
    this.#ended ??= error;
    clearInterval(this.#timer);
    for (const waiter of this.#waiters) waiter.reject(this.#ended);
    this.#waiters.clear();
  }
}
