// How long stores are waited for. Time in which this thread did not run is not counted: of a process that was stopped
// (SIGSTOP, a frozen cgroup, a machine that slept) no store could have been heard.

const TICK = 50;
/** A tick that comes later than this has been kept from running. */
const LONGEST_TICK = 4 * TICK;

interface Deadline {
  at: number;
  expired(): void;
}

/** Milliseconds for which the thread has run, while somebody waits. It wakes the thread only then. */
export class PatienceClock {
  /** Called at every tick, while somebody waits. */
  onTick: (() => void) | undefined;
  readonly #deadlines = new Set<Deadline>();
  #timer: NodeJS.Timeout | undefined;
  #counted = 0;
  #last = 0;

  /** Moves on only while there is a deadline. */
  readonly now = (): number =>
    this.#counted + (this.#timer === undefined ? 0 : Math.min(performance.now() - this.#last, LONGEST_TICK));

  /** Calls back once after so much time; the function that it returns takes that back. */
  after(milliseconds: number, expired: () => void): () => void {
    if (this.#timer === undefined) {
      this.#last = performance.now();
      this.#timer = setInterval(this.#tick, TICK);
    }
    const deadline = { at: this.now() + milliseconds, expired };
    this.#deadlines.add(deadline);
    return () => this.#deadlines.delete(deadline);
  }

  readonly #tick = (): void => {
    this.#counted = this.now();
    this.#last = performance.now();
    for (const deadline of this.#deadlines) {
      if (deadline.at > this.#counted) continue;
      this.#deadlines.delete(deadline);
      deadline.expired();
    }
    this.onTick?.();
    if (this.#deadlines.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  };
}

/** This thread's. */
export const patienceClock = new PatienceClock();

/**
 * Waits for `work`, which cannot be interrupted, but no longer than so many milliseconds: then it rejects with what `late`
 * gives. What comes of the work later is nobody's, unless `late` sees to it.
 */
export function withTimeout<T>(milliseconds: number, work: Promise<T>, late: () => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const takeBack = patienceClock.after(milliseconds, () => reject(late()));
    work.then(resolve, reject).finally(takeBack);
  });
}
