/** What one look at a running experiment saw. */
export interface Sample {
  /** Seconds since the experiment's first phase began. */
  seconds: number;
  /** By the kernel's own account. */
  residentBytes: number;
  /** Faults since the pager was made. */
  faults: number;
  /** Operations of the workload done. */
  operations: number;
}

const LEAST_INTERVAL = 50;
/** An account of a large process takes milliseconds: at most 1 part in COST_SHARE of the time goes into taking it. */
const COST_SHARE = 10;

/** Looks again and again, on the thread that made it, until stopped. */
export class Sampler {
  readonly samples: Sample[] = [];
  readonly #look: () => Omit<Sample, 'seconds'>;
  readonly #start = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(look: () => Omit<Sample, 'seconds'>) {
    this.#look = look;
    this.#again();
  }

  /** The most that was resident at any look, in bytes. */
  get peak(): number {
    return this.samples.reduce((most, sample) => Math.max(most, sample.residentBytes), 0);
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
    const seconds = (performance.now() - this.#start) / 1000;
    this.samples.push({ seconds, ...this.#look() });
  }
}
