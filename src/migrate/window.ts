// Limits the bytes in flight. An urgent page cannot overtake bytes sent before it, so these must be few, and yet enough to
// keep the connection busy: twice what it carries in one unloaded round trip.
const MIN_BYTES = 1024 * 1024;
/** Bytes in flight while a thread waits for a page: both ends handle little else then. */
const URGENT = 16 * 1024;
/** Milliseconds of a round trip that the ends take. The rest is the line's length, and bytes that fill it delay no other byte. */
const ENDS = 1;
/** Milliseconds after an urgent page in which the next one is likely. */
const URGENT_SPAN = 10;
/** Least milliseconds of a round trip, for ends that are busy with other work. */
const MIN_ROUND_TRIP = 2;
const MAX_BYTES = 64 * 2 ** 20;
/** Milliseconds over which the rate is taken. */
const SPAN = 20;
/** The share of the best rate that is kept from one span to the next: a connection may become slower. */
const KEPT_SHARE = 0.95;

export class Window {
  #size = MIN_BYTES;
  #urgentSize = URGENT;
  #urgentAt = Number.NEGATIVE_INFINITY;
  #acknowledged = 0;
  #written: Array<{ end: number; at: number }> = [];
  #shortest = Number.POSITIVE_INFINITY;
  #best = 0;
  #since: number;
  #idleSince: number;
  #before = 0;
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#since = now();
    this.#idleSince = this.#since;
  }

  /** Bytes a second of the best recent span; infinite before the first span has ended. */
  get rate(): number {
    return this.#best === 0 ? Number.POSITIVE_INFINITY : this.#best * 1000;
  }

  /** @param sent bytes written to the connection so far */
  isOpen(sent: number): boolean {
    return sent - this.#acknowledged < (this.isUrgent ? this.#urgentSize : this.#size);
  }

  /** A thread waits for a page, or has just got one. */
  get isUrgent(): boolean {
    return this.#now() - this.#urgentAt < URGENT_SPAN;
  }

  /** A thread waits for a page. */
  urgent(): void {
    this.#urgentAt = this.#now();
  }

  wrote(sent: number): void {
    const now = this.#now();
    // Idle time says nothing about the connection's speed.
    if (this.#written.length === 0) this.#since += now - Math.max(this.#since, this.#idleSince);
    this.#written.push({ end: sent, at: now });
  }

  /** @param bytes that have arrived, in all */
  acknowledge(bytes: number): void {
    const now = this.#now();
    this.#acknowledged = Math.max(this.#acknowledged, bytes);
    let at = 0;
    for (let next = this.#written[at]; next !== undefined && next.end <= bytes; next = this.#written[++at]) {
      this.#shortest = Math.min(this.#shortest, now - next.at);
    }
    this.#written.splice(0, at);
    if (at > 0 && this.#written.length === 0) this.#idleSince = now;
    if (now - this.#since < SPAN) return;
    this.#best = Math.max(this.#best * KEPT_SHARE, (this.#acknowledged - this.#before) / (now - this.#since));
    this.#since = now;
    this.#before = this.#acknowledged;
    if (Number.isFinite(this.#shortest)) {
      this.#size = Math.min(MAX_BYTES, Math.max(MIN_BYTES, 2 * this.#best * Math.max(MIN_ROUND_TRIP, this.#shortest)));
      this.#urgentSize = Math.min(MAX_BYTES, Math.max(URGENT, 2 * this.#best * (this.#shortest - ENDS)));
    }
  }
}
