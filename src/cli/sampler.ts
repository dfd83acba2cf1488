import { type Gate, sleepHere } from './gate.js';

/** What one look at a running experiment saw. */
export interface Sample {
  /** Seconds since the experiment's first phase began. */
  seconds: number;
  /** By the kernel's own account. */
  residentBytes: number;
  /** Whether no page came or went while the kernel counted. */
  still: boolean;
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

const LEAST_INTERVAL = 50;
/** At most 1 part in COST_SHARE of the time goes into looking. */
const COST_SHARE = 20;
/** Milliseconds that touching threads have to stand still; one that waits for a slow store moves nothing either. */
const STAND_BUDGET = 5;
/** Milliseconds in which the pager finishes what the last fault set off, looked at in steps of one SETTLE_STEP. */
const SETTLE_BUDGET = 5;
const SETTLE_STEP = 0.5;

/**
 * Looks again and again, on the thread that made it, until stopped. The kernel counts a process' pages one after the
 * other, so that a page which moves meanwhile counts twice or not at all: thousands of them in a busy run. So each
 * look has the touching threads stand still, waits until the pager has come to rest, and says whether it did.
 */
export class Sampler {
  readonly samples: Sample[] = [];
  readonly #sources: Sources;
  readonly #gate: Gate;
  readonly #start = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(gate: Gate, sources: Sources) {
    this.#gate = gate;
    this.#sources = sources;
    this.#again();
  }

  /** The looks that count for the peak: those at a moment of rest, or all where there was none. */
  get counted(): Sample[] {
    const still = this.samples.filter((sample) => sample.still);
    return still.length > 0 ? still : this.samples;
  }

  /** The most that was resident at any counted look, in bytes. */
  get peak(): number {
    return this.counted.reduce((most, sample) => Math.max(most, sample.residentBytes), 0);
  }

  /** Looks once more and stops. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#take();
  }

  #again(): void {
    const start = performance.now();
    this.#take();
    const cost = performance.now() - start;
    this.#timer = setTimeout(() => this.#again(), Math.max(LEAST_INTERVAL, cost * COST_SHARE));
  }

  #take(): void {
    const { residentBytes, faults, operations, moves } = this.#sources;
    const seconds = (performance.now() - this.#start) / 1000;
    this.#gate.close(STAND_BUDGET);
    try {
      this.#settle();
      const before = moves();
      const resident = residentBytes();
      const still = moves() === before;
      this.samples.push({ seconds, residentBytes: resident, still, faults: faults(), operations: operations() });
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
