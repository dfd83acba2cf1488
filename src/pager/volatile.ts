// Volatile pages, from the user's side: see docs/volatile.md.
import { PagerError } from '../errors.js';
import type { KnownOptions } from '../known-options.js';
import type { PageRange, StoreHandle } from '../loop/requests.js';
import { isBuiltIn, type PageRead, SPEC, type Store } from '../store/store.js';
import type { Channel } from './channel.js';

/**
 * Fills every `into` whole with what page n of the region is to hold. It runs on the thread that marked the pages, so that
 * thread must `load` before it touches them. What it throws makes the pages fail: who touches them gets SIGBUS, never zeros.
 */
export type Regenerate = (pages: ReadonlyArray<PageRead>) => Promise<void> | void;

export interface VolatileOptions {
  /**
   * Makes pages anew that were reclaimed, when they are touched: a function, or a store whose `read` does it (`moduleStore`
   * lives in the loop's thread: any thread may touch then). Default: none: they read as zeros, and 'reclaimed' is told.
   */
  regenerate?: Regenerate | Store;
  /** Ends the call: it rejects with 'CLOSED'; a part of the range may be marked by then. */
  signal?: AbortSignal;
}

export const VOLATILE_OPTIONS: KnownOptions = { regenerate: 'checked', signal: 'signal' };

/** Bytes of the region. */
export interface ByteRange {
  byteOffset: number;
  byteLength: number;
}

export interface VolatileHome {
  channel: Channel;
  region: number;
  pageSize: number;
  handle(store: Store, name: string): StoreHandle;
}

/** The regenerators that the loop knows of one region, by what the user gave. */
export class Volatile {
  readonly #home: VolatileHome;
  readonly #known = new Map<Regenerate | Store, number>();

  constructor(home: VolatileHome) {
    this.#home = home;
  }

  async mark(range: PageRange, { regenerate, signal }: VolatileOptions): Promise<void> {
    const { channel, region } = this.#home;
    const regenerator = regenerate === undefined ? 0 : await this.#numberOf(regenerate, signal);
    await channel.call('markVolatile', { region, ...range, regenerator }, { signal, what: 'markVolatile' });
  }

  async #numberOf(regenerate: Regenerate | Store, signal: AbortSignal | undefined): Promise<number> {
    const known = this.#known.get(regenerate);
    if (known !== undefined) return known;
    const { channel, region, handle } = this.#home;
    const store = handle(asStore(regenerate), 'regenerate');
    try {
      const number = await channel.call('addRegenerator', { region, store }, { signal, what: 'markVolatile' });
      this.#known.set(regenerate, number);
      return number;
    } catch (error) {
      channel.stores.withdraw(store);
      throw error;
    }
  }

  async unmark(range: PageRange, signal: AbortSignal | undefined): Promise<{ reclaimed: ByteRange[] }> {
    const { channel, region, pageSize } = this.#home;
    const ranges = await channel.call('unmarkVolatile', { region, ...range }, { signal, what: 'unmarkVolatile' });
    const reclaimed = ranges.map(({ first, end }) => ({
      byteOffset: first * pageSize,
      byteLength: (end - first) * pageSize,
    }));
    return { reclaimed };
  }
}

// What a regenerator throws is its last word: the page could not be told from another by asking again.
function asStore(regenerate: Regenerate | Store): Store {
  if (typeof regenerate === 'object' && regenerate !== null) {
    if (isBuiltIn(regenerate) && ['memory', 'file'].includes(regenerate[SPEC].kind)) {
      throw new PagerError('OPTION', 'regenerate: a memory or file store makes nothing anew', {
        hint: 'give a function, or moduleStore(url)',
      });
    }
    return regenerate;
  }
  if (typeof regenerate !== 'function') {
    throw new PagerError('OPTION', 'regenerate: neither a function nor a store', {
      hint: 'give (pages) => { for (const { page, into } of pages) … }',
    });
  }
  return {
    writable: false,
    async read(pages) {
      try {
        await regenerate(pages);
      } catch (error) {
        throw Object.assign(error instanceof Error ? error : new Error(String(error)), { permanent: true });
      }
    },
    async close() {},
  };
}
