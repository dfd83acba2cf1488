// How written pages of a node reach the home without being asked for, how pages are given back, and how they are discarded.
import { NODE_F, NODE_L, NODE_M, NODE_MI, NODE_MS } from '../../assembly/dsm/layout.js';
import type { Entries } from './entries.js';
import { lostError } from './page-states.js';
import type { Waits } from './waits.js';

/** Pages on the way at once, of one call. */
export const WINDOW = 64;

export interface Writer {
  readonly pages: number;
  readonly waits: Waits;
  readonly entries: Entries;
  /** Sends what was written to the page to the home. */
  put(page: number): void;
  /** Returns 1 if it has dropped a copy. */
  drop(page: number): number;
  /** Begins to make the page zeros. */
  discard(page: number): void;
}

export class WriteBack {
  readonly #writer: Writer;
  #timer: NodeJS.Timeout | undefined;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Resolves when the home has every byte written before. */
  async flush(): Promise<void> {
    const { pages } = this.#writer;
    for (let first = 0; first < pages; first += WINDOW) await this.#putRange(first, Math.min(first + WINDOW, pages));
  }

  /** One flush after the other, however long each takes. @param interval milliseconds between them */
  flushEvery(interval: number): void {
    this.#timer = setTimeout(() => {
      // It fails only when the node ends, and `fenced` says then which bytes the home does not have.
      this.flush().then(
        () => this.flushEvery(interval),
        () => {},
      );
    }, interval);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Gives back pages; resolves to how many were dropped. */
  async evict(first: number, end: number): Promise<number> {
    let dropped = 0;
    for (let page = first; page < end; page++) {
      if ((page - first) % WINDOW === 0) await this.#putRange(page, Math.min(end, page + WINDOW));
      dropped += this.#writer.drop(page);
    }
    return dropped;
  }

  /** Resolves when the home knows that the pages are zeros. @throws (rejects) PagerError 'STORE_READ': one is lost */
  async discard(first: number, end: number): Promise<void> {
    const { entries, waits, discard } = this.#writer;
    for (let from = first; from < end; from += WINDOW) {
      const until = Math.min(end, from + WINDOW);
      for (let page = from; page < until; page++) discard(page);
      for (let page = from; page < until; page++) {
        await waits.until(() => {
          if (entries.state(page) === NODE_L) throw lostError(page);
          return entries.isDiscarding(page) ? undefined : true;
        });
      }
    }
  }

  /** Resolves when the home has what was written to the pages before. */
  async #putRange(first: number, end: number): Promise<void> {
    const { entries, waits, put } = this.#writer;
    const leaving: Array<{ page: number; version: bigint }> = [];
    for (let page = first; page < end; page++) {
      const state = entries.state(page);
      if (state === NODE_M || state === NODE_F) put(page);
      if (this.#isLeaving(page)) leaving.push({ page, version: entries.version(page) });
    }
    for (const { page, version } of leaving) {
      // Another version: the bytes have been with another node since.
      await waits.until(() => (entries.version(page) === version && this.#isLeaving(page) ? undefined : true));
    }
  }

  /** Bytes of the page are on their way to the home, or wait for Δ to leave. */
  #isLeaving(page: number): boolean {
    const { entries } = this.#writer;
    const state = entries.state(page);
    return state === NODE_MS || state === NODE_MI || (state === NODE_M && entries.isDue(page));
  }
}
