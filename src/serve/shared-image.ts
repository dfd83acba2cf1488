// Shares one remote image among sessions: a page is fetched once, however many ask for it.
import { failureLine } from '../errors.js';
import type { PageRead, Store } from '../store/store.js';
import { settleAll } from '../store/store-error.js';

/** Bytes that are fetched in one piece ahead of time. */
const RUN_BYTES = 2 ** 20;
/** Pages between two wanted ones that are rather fetched along than asked around. */
const MAX_GAP = 16;

export interface ImageCounts {
  /** Pages that sessions asked for. */
  asked: number;
  /** Of these, pages that were cached, or in flight for another session. */
  shared: number;
  /** Pages fetched from the image. */
  fetched: number;
  bytesFetched: number;
}

/**
 * An image behind a network, for many sessions: a page is fetched once while it is kept, however many ask for it at the
 * same time. Sessions call it through a port each, so all of it happens in one thread.
 */
export class SharedImage implements Store {
  readonly writable = false;
  readonly byteLength: number | undefined;
  /** Of the images of a chain that it reads: see `placeOf`. */
  readonly places: readonly string[];
  readonly counts: ImageCounts = { asked: 0, shared: 0, fetched: 0, bytesFetched: 0 };
  readonly #store: Store;
  readonly #ahead: Store;
  readonly #pageSize: number;
  readonly #maxPages: number;
  /** In the order of their last use. */
  readonly #kept = new Map<number, Uint8Array>();
  readonly #coming = new Map<number, Promise<Uint8Array>>();

  /**
   * @param store the image
   * @param ahead the image once more, on connections of its own: prefetches must not delay faults
   * @param cacheBytes most bytes that are kept
   */
  constructor(store: Store, ahead: Store, pageSize: number, cacheBytes: number) {
    this.#store = store;
    this.#ahead = ahead;
    this.#pageSize = pageSize;
    this.#maxPages = Math.max(1, Math.floor(cacheBytes / pageSize));
    const { byteLength, places } = store as { byteLength?: unknown; places?: unknown };
    this.byteLength = typeof byteLength === 'number' ? byteLength : undefined;
    this.places = Array.isArray(places) ? places.map(String) : [];
  }

  get keptBytes(): number {
    return this.#kept.size * this.#pageSize;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const missing: number[] = [];
    this.counts.asked += pages.length;
    for (const { page } of pages) {
      if (this.#kept.has(page) || this.#coming.has(page)) this.counts.shared++;
      else missing.push(page);
    }
    if (missing.length > 0) this.#fetch(this.#store, missing);
    await settleAll(pages.map(({ page, into }) => this.#give(page, into)));
  }

  /** Fetches what is not here yet, in big runs; resolves when it is. A run that fails is left to the faults. */
  async prefetch(pages: readonly number[], say: (line: string) => void): Promise<void> {
    const missing = pages.filter((page) => !this.#kept.has(page) && !this.#coming.has(page));
    // For a store of unknown length, fetch only requested pages.
    const gap = this.byteLength === undefined ? 0 : MAX_GAP;
    const runs = inRuns(missing, RUN_BYTES / this.#pageSize, gap).map((run) =>
      run.filter((page) => !this.#kept.has(page) && !this.#coming.has(page)),
    );
    for (const run of runs) if (run.length > 0) this.#fetch(this.#ahead, run);
    const outcomes = await Promise.allSettled(pages.map((page) => this.#coming.get(page)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) say(`not all pages could be fetched ahead: ${failureLine(failed.reason)}`);
  }

  async close(): Promise<void> {
    this.#kept.clear();
    await Promise.all([this.#store.close(), this.#ahead.close()]);
  }

  async #give(page: number, into: Uint8Array): Promise<void> {
    const kept = this.#kept.get(page);
    if (kept !== undefined) {
      // Again the one used last.
      this.#kept.delete(page);
      this.#kept.set(page, kept);
    }
    into.set(kept ?? (await this.#coming.get(page)) ?? missingBytes(page));
  }

  // No await between the check for missing pages and here: no other call can have begun them.
  #fetch(store: Store, pages: readonly number[]): void {
    const reads = pages.map((page) => ({ page, into: new Uint8Array(this.#pageSize) }));
    const whole = store.read(reads);
    for (const { page, into } of reads) {
      const one = whole.then(
        () => {
          this.#coming.delete(page);
          this.#keep(page, into);
          return into;
        },
        (error: unknown) => {
          this.#coming.delete(page);
          throw error;
        },
      );
      one.catch(() => {}); // its waiters get the error; there may be none
      this.#coming.set(page, one);
    }
    whole.then(
      () => {
        this.counts.fetched += reads.length;
        this.counts.bytesFetched += reads.length * this.#pageSize;
      },
      () => {},
    );
  }

  #keep(page: number, bytes: Uint8Array): void {
    this.#kept.set(page, bytes);
    if (this.#kept.size <= this.#maxPages) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}

function missingBytes(page: number): never {
  throw new Error(`page ${page} was neither kept nor asked for`);
}

/** Pages in ascending order, cut into runs whose gaps are small; what lies in a gap is in its run too. */
export function inRuns(pages: readonly number[], maxRun: number, maxGap: number): number[][] {
  const runs: number[][] = [];
  for (const page of pages.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    const first = run?.[0];
    const last = run?.at(-1);
    const joins = first !== undefined && last !== undefined && page - last <= maxGap + 1 && page - first < maxRun;
    if (run === undefined || !joins) {
      runs.push([page]);
      continue;
    }
    for (let between = last + 1; between <= page; between++) run.push(between);
  }
  return runs;
}

/** A store whose page 0 is another's page `first`. */
export function shifted(store: Store, first: number): Store {
  const { byteLength } = store as { byteLength?: unknown };
  return {
    writable: false,
    ...(typeof byteLength === 'number' && { byteLength }),
    read: (pages) => store.read(pages.map(({ page, into }) => ({ page: page + first, into }))),
    close: async () => {}, // the other one is its owner's to close
  };
}
