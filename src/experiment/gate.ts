// Pauses the touching threads between two operations, so that resident pages can be counted.
const CLOSED_AT = 0;
const STANDING_AT = 1;
const BUSY_AT = 2;

/** Pauses touching threads briefly, between two operations. */
export class Gate {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(12)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Adds a touching thread. */
  enter(): void {
    Atomics.add(this.#words, BUSY_AT, 1);
  }

  /** Removes a touching thread. */
  leave(): void {
    Atomics.sub(this.#words, BUSY_AT, 1);
    Atomics.notify(this.#words, STANDING_AT);
  }

  /** Called by touching threads: waits while the gate is closed. */
  pass(): void {
    if (Atomics.load(this.#words, CLOSED_AT) === 0) return;
    Atomics.add(this.#words, STANDING_AT, 1);
    Atomics.notify(this.#words, STANDING_AT);
    while (Atomics.load(this.#words, CLOSED_AT) === 1) Atomics.wait(this.#words, CLOSED_AT, 1);
    Atomics.sub(this.#words, STANDING_AT, 1);
  }

  /** Closes the gate. Returns whether all busy threads wait at it within `budget` milliseconds. */
  close(budget: number): boolean {
    const end = performance.now() + budget;
    Atomics.store(this.#words, CLOSED_AT, 1);
    for (;;) {
      const standing = Atomics.load(this.#words, STANDING_AT);
      if (standing >= Atomics.load(this.#words, BUSY_AT)) return true;
      const left = end - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#words, STANDING_AT, standing, left);
    }
  }

  open(): void {
    Atomics.store(this.#words, CLOSED_AT, 0);
    Atomics.notify(this.#words, CLOSED_AT);
  }
}

const CLOCK = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the calling thread for some milliseconds. */
export function sleepHere(milliseconds: number): void {
  Atomics.wait(CLOCK, 0, 0, milliseconds);
}
