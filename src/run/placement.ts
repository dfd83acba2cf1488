import { PagerError } from '../errors.js';
import { cpuOf } from '../linux/proc.js';
import type { ProcessPager } from '../pager/process-pager.js';

/** Milliseconds between looks while faults come; and while none do, or after a move. */
const BUSY = 25;
const IDLE = 200;

/**
 * Keeps the loop's thread on the CPU of the thread that faults: a wake-up on another CPU costs several times the fault.
 * A thread that is seen twice on one CPU is taken to stay there.
 */
export class Placement {
  /** Times that the loop's thread was moved. */
  moves = 0;
  readonly #pager: ProcessPager;
  readonly #refused = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #here: number | null = null;
  #next: number | null = null;
  #faults = -1;
  #closed = false;

  constructor(pager: ProcessPager, faults: () => number) {
    this.#pager = pager;
    const look = async (): Promise<void> => {
      const count = faults();
      const busy = count !== this.#faults;
      this.#faults = count;
      const { moves } = this;
      if (busy) await this.#follow();
      // After a move it rests: two that follow each other would never settle.
      const pause = busy && moves === this.moves ? BUSY : IDLE;
      if (!this.#closed) this.#timer = setTimeout(() => void look(), pause).unref();
    };
    this.#timer = setTimeout(() => void look(), BUSY).unref();
  }

  /** The CPU that the loop's thread is kept on, null: none yet. */
  get cpu(): number | null {
    return this.#here;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #follow(): Promise<void> {
    try {
      const cpu = cpuOf(await this.#pager.lastThread());
      if (this.#closed || cpu === null || cpu === this.#here || this.#refused.has(cpu)) return;
      const settled = this.#next === cpu;
      this.#next = cpu;
      if (!settled) return;
      await this.#pager.pin(cpu).catch((error: unknown) => {
        // Programs may run on CPUs that we may not.
        if (!(error instanceof PagerError) || error.code !== 'OPTION') throw error;
        this.#refused.add(cpu);
      });
      if (this.#refused.has(cpu)) return;
      this.#here = cpu;
      this.moves++;
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }
}
