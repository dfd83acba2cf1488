// Loads ahead the pages that an earlier guest touched first, in the order of its touches: in windows, each sorted and cut
// into runs, so that a remote store gets large requests. Faults are served independently meanwhile.
//
// A touch of a page that was loaded ahead causes no fault and goes unseen. To estimate how many were of use, a sample is
// left absent: a touch of these is seen. Their bytes are kept here, or in the page cache.
import { failureLine } from '../errors.js';
import type { GuestSession } from '../pager/session.js';
import { inRuns, type SharedImage } from './shared-image.js';

/** Pages in one window; the next one is fetched while this one is loaded. */
const WINDOW_PAGES = 4096;
/** Pages in one call. */
const RUN_PAGES = 64;
/** Most runs being loaded at a time: faults need frames, too. */
const RUNS_AT_ONCE = 4;
/** One page in so many is left absent; more of a small set, whose sample would be too small. */
const SAMPLE_STEP = 16;
const MIN_SAMPLE = 64;

export interface ReplayCounts {
  /** Pages of the working set that this guest has. */
  pages: number;
  /** Of these, loaded ahead. */
  loaded: number;
  /** Touched before they were loaded. */
  late: number;
  /** Touched, and not in the working set. */
  misses: number;
  /** Left out on purpose, and never touched: of `sampled`. */
  unused: number;
  sampled: number;
}

export class Replay {
  readonly #pages: readonly number[];
  readonly #sampled: ReadonlySet<number>;
  readonly #loaded = new Set<number>();
  #stopped = false;

  /** @param pages in the order of their touches, numbered as the session's; those past `limit` are left to faults */
  constructor(pages: readonly number[], limit: number) {
    const wanted = pages.slice(0, limit);
    const step = Math.max(2, Math.min(SAMPLE_STEP, Math.floor(wanted.length / MIN_SAMPLE)));
    this.#pages = wanted;
    this.#sampled = new Set(wanted.filter((_, at) => at % step === step - 1));
  }

  /**
   * Resolves when everything is loaded, or `stop` was called.
   * @param image where it is fetched from first, and by how many pages its numbers are ahead of the session's
   */
  async run(
    guest: GuestSession,
    image: { shared: SharedImage; ahead: number } | null,
    say: (line: string) => void,
  ): Promise<void> {
    const windows: number[][] = [];
    for (let at = 0; at < this.#pages.length; at += WINDOW_PAGES) {
      windows.push(this.#pages.slice(at, at + WINDOW_PAGES));
    }
    const fetch = async (pages: readonly number[]): Promise<void> => {
      if (image !== null)
        await image.shared.prefetch(
          pages.map((page) => page + image.ahead),
          say,
        );
    };
    let fetching = fetch(windows[0] ?? []);
    for (const [at, window] of windows.entries()) {
      await fetching;
      if (this.#stopped) return;
      fetching = fetch(windows[at + 1] ?? []);
      await this.#load(guest, window, say);
    }
    await fetching;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** @param touched every page that a thread faulted on */
  counts(touched: Uint32Array): ReplayCounts {
    const set = new Set(this.#pages);
    let late = 0;
    let misses = 0;
    let used = 0;
    for (const page of touched) {
      if (this.#sampled.has(page)) used++;
      else if (set.has(page)) late++;
      else misses++;
    }
    const sampled = this.#sampled.size;
    return { pages: set.size, loaded: this.#loaded.size, late, misses, unused: sampled - used, sampled };
  }

  /** The pages that this guest is known to have touched, for the next working set. */
  touchedWith(touched: Uint32Array): Uint32Array {
    const faulted = new Set(touched);
    const kept = this.#pages.filter((page) => this.#loaded.has(page) || faulted.has(page));
    const before = new Set(kept);
    return Uint32Array.from([...kept, ...[...touched].filter((page) => !before.has(page))]);
  }

  async #load(guest: GuestSession, window: readonly number[], say: (line: string) => void): Promise<void> {
    const runs = inRuns(
      window.filter((page) => !this.#sampled.has(page)),
      RUN_PAGES,
      0,
    );
    const next = async (): Promise<void> => {
      for (let run = runs.shift(); run !== undefined && !this.#stopped; run = runs.shift()) {
        const [first = 0] = run;
        await guest.load(first, first + run.length);
        for (const page of run) this.#loaded.add(page);
      }
    };
    try {
      await Promise.all(Array.from({ length: RUNS_AT_ONCE }, next));
    } catch (error) {
      if (!this.#stopped) say(`not all pages could be fetched ahead: ${failureLine(error)}`);
      this.#stopped = true;
    }
  }
}
