// Samples a running experiment: counters often, resident bytes by the kernel's count as often as that stays cheap.
import { type Gate, sleepHere } from './gate.js';

/** What was resident, by the kernel's own account. */
export interface ResidentLook {
  bytes: number;
  /** Whether no page came or went while the kernel counted. */
  still: boolean;
}

/** What one look at a running experiment saw. */
export interface Sample {
  /** Seconds since the experiment's first phase began. */
  seconds: number;
  /** Taken at some looks only, for its cost. */
  resident?: ResidentLook;
  /** Faults since the pager was made. */
  faults: number;
  /** Operations of the workload done. */
  operations: number;
}

/** Where a sampler gets its numbers from. */
export interface Sources {
  residentBytes(): number;
  faults(): number;
  operations(): number;
  /** A number that changes whenever a page comes or goes. */
  moves(): number;
}

/** Milliseconds between two looks. */
const INTERVAL = 50;
/** At most 1 part in COST_SHARE of the time goes into counting what is resident. */
const COST_SHARE = 20;
/** Milliseconds that touching threads have to stand still; one that waits for a slow store moves nothing either. */
const STAND_BUDGET = 5;
/** Milliseconds in which the pager finishes what the last fault set off, looked at every SETTLE_STEP. */
const SETTLE_BUDGET = 5;
const SETTLE_STEP = 0.5;

/**
 * Looks again and again, on the thread that made it, until stopped. The kernel counts a process' pages one after the
 * other, so that a page which moves meanwhile counts twice or not at all: thousands of them in a busy run. So each
 * count has the touching threads stand still, waits until the pager has come to rest, and says whether it did.
 */
export class Sampler {
  readonly samples: Sample[] = [];
  readonly #sources: Sources;
  readonly #gate: Gate;
  readonly #start = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #nextCount = 0;

  constructor(gate: Gate, sources: Sources) {
    this.#gate = gate;
    this.#sources = sources;
    this.#again();
  }

  /** The looks that count for the peak: those at a moment of rest, or all where there was none. */
  get counted(): ResidentLook[] {
    const counts = this.samples.flatMap(({ resident }) => resident ?? []);
    const still = counts.filter((count) => count.still);
    return still.length > 0 ? still : counts;
  }

  /** The most that was resident at any counted look, in bytes. */
  get peak(): number {
    return this.counted.reduce((peak, { bytes }) => Math.max(peak, bytes), 0);
  }

  /** Looks once more and stops. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#nextCount = 0;
    this.#look();
  }

  #again(): void {
    this.#look();
    this.#timer = setTimeout(() => this.#again(), INTERVAL);
  }

  #look(): void {
    const { faults, operations } = this.#sources;
    const start = performance.now();
    const seconds = (start - this.#start) / 1000;
    if (start < this.#nextCount) {
      this.samples.push({ seconds, faults: faults(), operations: operations() });
      return;
    }
    const resident = this.#count();
    this.samples.push({ seconds, resident, faults: faults(), operations: operations() });
    const end = performance.now();
    this.#nextCount = end + (end - start) * COST_SHARE;
  }

  #count(): ResidentLook {
    const { residentBytes, moves } = this.#sources;
    this.#gate.close(STAND_BUDGET);
    try {
      this.#settle();
      const before = moves();
      const bytes = residentBytes();
      return { bytes, still: moves() === before };
    } finally {
      this.#gate.open();
    }
  }

  #settle(): void {
    const end = performance.now() + SETTLE_BUDGET;
    for (let last = -1; performance.now() < end; sleepHere(SETTLE_STEP)) {
      const now = this.#sources.moves();
      if (now === last) return;
      last = now;
    }
  }
}
