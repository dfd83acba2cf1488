// What the loop keeps of one mapped region beside the core's record: its stores, its failures, its regenerators.
import type { Opened } from './opened.js';
import { Places } from './passes/space-pages.js';
import { Regenerators } from './regenerators.js';
import type { StoreQueue } from './store-queue.js';

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
  /** The last failure, and its page if it was about one page. */
  lastFailure: { page: number | null; error: unknown } | undefined;

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

  remember(page: number | null, error: unknown): void {
    this.note(page, error);
  }

  /** As `remember`, for a page that only a load asked for. */
  note(page: number | null, error: unknown): void {
    this.lastFailure = { page, error };
  }

  whereFrom(page: number): string {
    const { source, store } = this;
    if (this.regenerators.failed.has(page)) return 'its regenerator';
    if (source.kind === 0 || page >= source.pages) return store.name;
    return `${source.name} or ${store.name}`;
  }
}
