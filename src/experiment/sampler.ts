// Samples a running experiment: counters often, resident bytes by the kernel's count as often as that stays cheap.
import { type Gate, sleepHere } from './gate.js';

/** Resident bytes, by the kernel's count. */
export interface ResidentLook {
  bytes: number;
  /** Whether no page was filled or evicted during the count. */
  still: boolean;
}

/** One sample of a running experiment. */
export interface Sample {
  /** Seconds since the experiment's first phase began. */
  seconds: number;
  /** Only in some samples, because it is expensive. */
  resident?: ResidentLook;
  /** Faults since the pager was made. */
  faults: number;
  /** Operations of the workload done. */
  operations: number;
}

/** The sources of a sampler's numbers. */
export interface Sources {
  residentBytes(): number;
  faults(): number;
  operations(): number;
  /** A number that changes whenever a page is filled or evicted. */
  moves(): number;
}

/** Milliseconds between two samples. */
const INTERVAL = 50;
/** At most 1 part in COST_SHARE of the time goes into counting what is resident. */
const COST_SHARE = 20;
/** Milliseconds within which touching threads must pause; one that is blocked on a slow store moves no page either. */
const STAND_BUDGET = 5;
/** Milliseconds for the pager to finish the work of the last fault, checked every SETTLE_STEP. */
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

  /** The samples that count for the peak: those without moves, or all if there are none. */
  get counted(): ResidentLook[] {
    const counts = this.samples.flatMap(({ resident }) => resident ?? []);
    const still = counts.filter((count) => count.still);
    return still.length > 0 ? still : counts;
  }

  /** The most that was resident at any counted look, in bytes. */
  get peak(): number {
    return this.counted.reduce((peak, { bytes }) => Math.max(peak, bytes), 0);
  }

  /** Takes a last sample and stops. */
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
