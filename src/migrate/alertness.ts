// Keeps the event loop awake for a moment while an event is expected that came soon the last time. A thread that sleeps is woken
// late, and a page that a thread waits for needs such a wake-up at both ends.

/** Milliseconds that an event may take to count as one that comes soon, and for which the loop stays awake. */
const SPAN = 0.3;

export class Alertness {
  #expectedSince: number | undefined;
  #isSoon = false;
  #immediate: NodeJS.Immediate | undefined;

  expect(): void {
    this.#expectedSince = performance.now();
    if (this.#isSoon) this.#immediate ??= setImmediate(this.#stay);
  }

  /** The event has come. */
  came(): void {
    if (this.#expectedSince === undefined) return;
    this.#isSoon = performance.now() - this.#expectedSince < SPAN;
    this.#expectedSince = undefined;
  }

  readonly #stay = (): void => {
    const since = this.#expectedSince;
    const isOver = since === undefined || performance.now() - since >= SPAN;
    this.#immediate = isOver ? undefined : setImmediate(this.#stay);
  };
}
