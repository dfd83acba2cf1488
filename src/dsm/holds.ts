// When pages are due that were held until Δ had passed: one time a page, the last that the machine has named.
export class Holds {
  readonly #due: (page: number) => void;
  readonly #timers = new Map<number, NodeJS.Timeout>();

  constructor(due: (page: number) => void) {
    this.#due = due;
  }

  /** @param time as performance.now() */
  set(page: number, time: number): void {
    clearTimeout(this.#timers.get(page));
    const wait = () => {
      this.#timers.delete(page);
      this.#due(page);
    };
    this.#timers.set(page, setTimeout(wait, Math.max(0, time - performance.now())));
  }

  end(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
