// markVolatile and unmarkVolatile, in the user's thread: see docs/volatile.md.
import { PagerError } from '../errors.js';
import type { KnownOptions } from '../known-options.js';
import type { PageRange, StoreHandle } from '../loop/requests.js';
import { isBuiltIn, type PageRead, SPEC, type Store } from '../store/store.js';
import type { Channel } from './channel.js';

/**
 * Fills every `into` whole with the content of page n of the region. It runs on the thread that marked the pages, so that
 * thread must `load` before it touches them. If it throws, the pages fail: a touch gets SIGBUS, never zeros.
 */
export type Regenerate = (pages: ReadonlyArray<PageRead>) => Promise<void> | void;

export interface VolatileOptions {
  /**
   * Regenerates reclaimed pages when they are touched: a function, or a store whose `read` does it (`moduleStore` runs in
   * the loop's thread, so any thread may touch). Default: none: they read as zeros, and 'reclaimed' is emitted.
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

/** The regenerators of one region in the loop, by the user's function or store. */
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

// A regenerator's error is final: it is not retried.
function asStore(regenerate: Regenerate | Store): Store {
  if (typeof regenerate === 'object' && regenerate !== null) {
    if (isBuiltIn(regenerate) && ['memory', 'file'].includes(regenerate[SPEC].kind)) {
      throw new PagerError('OPTION', 'regenerate: a memory or file store cannot regenerate pages', {
        hint: 'give a function, or moduleStore(url)',
      });
    }
    return regenerate;
  }
  if (typeof regenerate !== 'function') {
    throw new PagerError('OPTION', 'regenerate: the value is not a function or a store', {
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
