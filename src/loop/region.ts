// What the loop keeps of one mapped region beside the core's record: its stores, its failures, its regenerators.
import type { Opened } from './opened.js';
import { Places } from './passes/space-pages.js';
import { Regenerators } from './regenerators.js';
import type { StoreQueue } from './store-queue.js';

/** Why a page could not be read, or not be brought in. */
export interface PageFailure {
  /** Follows the page: 'cannot be read from file:/a: reading failed (EIO)'. */
  what: string;
  error: unknown;
}

/** Pages whose failures a region remembers: as many as operations can have under way, and more. */
const MAX_FAILURES = 4096;

/** One mapped region in the loop. */
export class Mapped {
  closing = false;
  /** Its faults come to this loop. */
  registered = false;
  storeQueue: StoreQueue | undefined;
  sourceQueue: StoreQueue | undefined;
  readonly regenerators = new Regenerators();
  /** Passes over its pages; they end with it. */
  readonly passes = new Set<{ drop(error: unknown): void }>();
  /** Id of the image that dirty tracking is relative to. */
  trackedImage: string | undefined;
  /** Pages of its process may have had long-term pins when that image was taken. */
  pinned = false;
  /** Another process has mapped it. */
  attached = false;
  /** Of a space: where images have its chunks of 2 MiB. */
  readonly places = new Places();
  /** By page, the latest last. */
  readonly #failures = new Map<number, PageFailure>();

  constructor(
    readonly region: number,
    readonly address: bigint,
    /** Number of pages; 0 for a space. */
    readonly pages: number,
    readonly source: Opened,
    readonly store: Opened,
    /** The core's number of the store's pool; -1 if the store is not a pool. */
    readonly pool: number,
  ) {}

  remember(page: number, failure: PageFailure): void {
    this.note(page, failure);
  }

  /** As `remember`, for a page that only a load asked for. */
  note(page: number, failure: PageFailure): void {
    this.#failures.delete(page);
    this.#failures.set(page, failure);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_FAILURES && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** Why the page could not be read or brought in, the last time. */
  failureOf(page: number): PageFailure | undefined {
    return this.#failures.get(page);
  }

  /** The names of what may have given the page. */
  whereFrom(page: number): string[] {
    const { source, store } = this;
    if (this.regenerators.failed.has(page)) return ['its regenerator'];
    if (source.kind === 0 || page >= source.pages) return [store.name];
    return [source.name, store.name];
  }
}
