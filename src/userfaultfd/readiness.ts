// Waits until a descriptor is readable or writable, and keeps the process alive only while a caller waits.
import { PagerError } from '../errors.js';
import { errnoName } from './failure.js';
import { door, type NativeWatcher } from './native.js';

export const READABLE = 1;
export const WRITABLE = 2;

interface Waiter {
  events: number;
  settle(ready: boolean, error?: PagerError): void;
}

/** A wait, and the function that ends it early. */
export interface Waiting {
  end?: () => void;
}

/**
 * Waits for a descriptor on the event loop. It stays watched between consecutive waits, so that a wait needs no system
 * call of its own; it keeps the process alive only while a caller waits.
 */
export class Readiness {
  readonly #fd: number;
  readonly #what: string;
  readonly #waiters = new Set<Waiter>();
  #watcher: NativeWatcher | undefined;
  #closed = false;

  constructor(fd: number, what: string) {
    this.#fd = fd;
    this.#what = what;
  }

  /** Resolves to true when perhaps ready (read, and wait again if there is nothing), to false when closed or ended. */
  wait(events: number, waiting: Waiting = {}): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        events,
        settle: (ready, error) => {
          this.#waiters.delete(waiter);
          delete waiting.end;
          if (error === undefined) resolve(ready);
          else reject(error);
        },
      };
      waiting.end = () => {
        waiter.settle(false);
        this.#rearm();
      };
      this.#waiters.add(waiter);
      this.#watcher ??= new door.Watcher(this.#fd, (status, ready) => this.#onEvents(status, ready), false);
      this.#rearm();
    });
  }

  close(): void {
    this.#closed = true;
    this.#watcher?.close();
    this.#watcher = undefined;
    for (const waiter of [...this.#waiters]) waiter.settle(false);
  }

  #onEvents(status: number, ready: number): void {
    if (status < 0) {
      const errno = errnoName(-status);
      const error = new PagerError('INTERNAL', `${this.#what} cannot be waited for: poll ${errno}`, {
        errno,
        syscall: 'poll',
        hint: 'a userfaultfd is polled once its handshake is done, and only if it was opened with nonblock',
      });
      for (const waiter of [...this.#waiters]) waiter.settle(false, error);
      return;
    }
    // Ready again without a wait in between: stop watching, or it would fire again and again.
    if (this.#waiters.size === 0) {
      this.#watcher?.stop();
      return;
    }
    for (const waiter of [...this.#waiters]) if ((waiter.events & ready) !== 0) waiter.settle(true);
    this.#rearm();
  }

  #rearm(): void {
    let events = 0;
    for (const waiter of this.#waiters) events |= waiter.events;
    if (events === 0) this.#watcher?.rest();
    else this.#watcher?.arm(events);
  }
}
