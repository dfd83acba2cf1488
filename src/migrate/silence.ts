// Time-outs and the liveness of the other end, by a count of intervals. A thread that was busy for seconds has not read what arrived
// meanwhile: by a clock the time-out would be over before the first read, by a count that time is one interval.

const INTERVALS = 5;

/** Calls `over` once, after at least so much time; the returned function cancels that. */
export function countdown(milliseconds: number, over: () => void): () => void {
  let left = INTERVALS;
  const timer = setInterval(() => {
    if (--left > 0) return;
    clearInterval(timer);
    over();
  }, milliseconds / INTERVALS);
  return () => clearInterval(timer);
}

/** How long an other end may be silent; the numbers are intervals without a received byte. */
export interface Silence {
  /** Milliseconds. */
  interval: number;
  /** For so long at least, before TCP is asked. */
  short: number;
  /** For so long while the other machine answers: the process there is busy, or waits for its disk. */
  long: number;
}

/** For ends that do nothing but answer. */
export const SHORT_SILENCE: Silence = { interval: 1000, short: 5, long: 5 };
/** For ends that write and read files, and serve faults, in the thread that answers. */
export const LONG_SILENCE: Silence = { interval: 1000, short: 5, long: 15 };

/** Counts the intervals of an other end's silence. */
export class Listening {
  readonly #silence: Silence;
  #count = 0;

  constructor(silence: Silence) {
    this.#silence = silence;
  }

  heard(): void {
    this.#count = 0;
  }

  /**
   * Whether it has been silent for too long: call once each interval.
   * @param unanswered milliseconds for which its machine has not acknowledged what TCP has sent again
   */
  isOver(unanswered: () => number): boolean {
    const { interval, short, long } = this.#silence;
    if (++this.#count <= short) return false;
    return this.#count > long || unanswered() >= short * interval;
  }
}
