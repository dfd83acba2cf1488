// The clock of the patience with stores. Time in which this thread did not run does not count: a process that was stopped
// (SIGSTOP, a frozen cgroup, a sleeping machine) could not have received a reply.

const TICK = 50;
/** A tick that is later than this shows that the thread did not run. */
const LONGEST_TICK = 4 * TICK;

interface Deadline {
  at: number;
  expired(): void;
}

/** Milliseconds for which the thread has run while a deadline was set. The timer runs only then. */
export class PatienceClock {
  /** Called at every tick while a deadline is set. */
  onTick: (() => void) | undefined;
  readonly #deadlines = new Set<Deadline>();
  #timer: NodeJS.Timeout | undefined;
  #counted = 0;
  #last = 0;

  /** Advances only while a deadline is set. */
  readonly now = (): number =>
    this.#counted + (this.#timer === undefined ? 0 : Math.min(performance.now() - this.#last, LONGEST_TICK));

  /** Calls back once after so much time; the returned function cancels that. */
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

/** The clock of this thread. */
export const patienceClock = new PatienceClock();

/** What a store queue knows of time and chance: the simulation has its own. */
export interface QueueTime {
  /** Milliseconds; they need to pass only while a deadline is set. */
  now(): number;
  /** Sets a deadline, which calls back once; the returned function cancels it. */
  after(milliseconds: number, expired: () => void): () => void;
  /** The pause before a retry; as `after`. */
  pause(milliseconds: number, over: () => void): () => void;
  /** From 0 to 1: see src/store/retry.ts. */
  random(): number;
}

export const THREAD_TIME: QueueTime = {
  now: patienceClock.now,
  after: (milliseconds, expired) => patienceClock.after(milliseconds, expired),
  pause: (milliseconds, over) => {
    const timeout = setTimeout(over, milliseconds);
    return () => clearTimeout(timeout);
  },
  random: Math.random,
};

/**
 * Waits for `work`, which cannot be interrupted, at most so many milliseconds: then it rejects with the result of `late`.
 * A later result of the work is dropped, unless `late` handles it.
 */
export function withTimeout<T>(
  milliseconds: number,
  work: Promise<T>,
  late: () => unknown,
  time: QueueTime = THREAD_TIME,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const takeBack = time.after(milliseconds, () => reject(late()));
    work.then(resolve, reject).finally(takeBack);
  });
}
