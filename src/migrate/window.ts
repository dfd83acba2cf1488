// How much may be on its way. A page that is wanted cannot overtake itself: what is ahead of it on the line must be little,
// and yet enough to keep the line busy, which is twice what it carries in one round trip while nothing waits in it.
const LEAST = 1024 * 1024;
/** Bytes, while somebody waits for a page: it has both ends' loops to itself but for these. */
const URGENT = 16 * 1024;
/** Milliseconds after a page that was waited for in which the next is likely. */
const URGENT_SPAN = 10;
/** Milliseconds of a round trip at the least, where an end has more to do than this. */
const SHORTEST = 2;
const MOST = 64 * 2 ** 20;
/** Milliseconds over which the rate is taken. */
const SPAN = 20;
/** Of the best rate, that is kept from one span to the next: a line may become slower. */
const MEMORY = 0.95;

export class Window {
  #size = LEAST;
  #urgentAt = Number.NEGATIVE_INFINITY;
  #acknowledged = 0;
  #written: Array<{ end: number; at: number }> = [];
  #shortest = Number.POSITIVE_INFINITY;
  #best = 0;
  #since = performance.now();
  #before = 0;

  /** Bytes a second of the best span of late; infinite while none is over. */
  get rate(): number {
    return this.#best === 0 ? Number.POSITIVE_INFINITY : this.#best * 1000;
  }

  /** @param sent bytes written to the line so far */
  isOpen(sent: number): boolean {
    return sent - this.#acknowledged < (this.isUrgent ? URGENT : this.#size);
  }

  /** Somebody waits for a page, or has just got one. */
  get isUrgent(): boolean {
    return performance.now() - this.#urgentAt < URGENT_SPAN;
  }

  /** Somebody waits for a page. */
  urgent(): void {
    this.#urgentAt = performance.now();
  }

  wrote(sent: number): void {
    const now = performance.now();
    // Time in which nothing was on its way says nothing of how much the line carries.
    if (this.#written.length === 0) {
      this.#since = now;
      this.#before = this.#acknowledged;
    }
    this.#written.push({ end: sent, at: now });
  }

  /** @param bytes that have arrived, in all */
  acknowledge(bytes: number): void {
    const now = performance.now();
    this.#acknowledged = Math.max(this.#acknowledged, bytes);
    let at = 0;
    for (let next = this.#written[at]; next !== undefined && next.end <= bytes; next = this.#written[++at]) {
      this.#shortest = Math.min(this.#shortest, now - next.at);
    }
    this.#written.splice(0, at);
    if (now - this.#since < SPAN) return;
    this.#best = Math.max(this.#best * MEMORY, (this.#acknowledged - this.#before) / (now - this.#since));
    this.#since = now;
    this.#before = this.#acknowledged;
    if (Number.isFinite(this.#shortest)) {
      this.#size = Math.min(MOST, Math.max(LEAST, 2 * this.#best * Math.max(SHORTEST, this.#shortest)));
    }
  }
}
