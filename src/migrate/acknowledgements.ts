// Reports to the sender how much of its push connection has arrived: often while a thread waits for a page, since the sender
// keeps little in flight then, and else seldom, since each report costs both ends as much as some pages.

import { type Connection, PACKET } from './packet.js';

type Reported = Pick<Connection, 'received' | 'write'>;

/** Bytes between two reports, while no thread waits, and while one does. */
const SELDOM_BYTES = 256 * 1024;
const OFTEN_BYTES = 16 * 1024;
/** Milliseconds after a request for a page in which the next one is likely; and after which what came is reported in any case. */
const OFTEN_SPAN = 10;
const MAX_DELAY = 10;

export class Acknowledgements {
  #connection: Reported | undefined;
  #reported = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param connection a new push connection; undefined: none is left */
  begin(connection: Reported | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#connection = connection;
    this.#reported = 0;
  }

  /** A packet has arrived. */
  arrived(): void {
    const unreported = this.#unreported;
    if (unreported < OFTEN_BYTES) return;
    if (unreported >= SELDOM_BYTES || performance.now() - this.#askedAt < OFTEN_SPAN) this.#report();
    // The sender may wait for it: its idea of when pages are urgent ends later than this one.
    else this.#timer ??= setTimeout(() => this.#report(), MAX_DELAY);
  }

  /** A page was requested: from now on the sender counts on frequent reports. */
  asked(): void {
    this.#askedAt = performance.now();
    if (this.#unreported >= OFTEN_BYTES) this.#report();
  }

  get #unreported(): number {
    return (this.#connection?.received ?? 0) - this.#reported;
  }

  #report(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#connection === undefined) return;
    this.#reported = this.#connection.received;
    const body = Buffer.alloc(8);
    body.writeDoubleLE(this.#reported);
    this.#connection.write(PACKET.taken, [body]);
  }
}
