// Volatile pages, from the user's side: see docs/volatile.md.
import type { MessagePort } from 'node:worker_threads';
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
}

export const VOLATILE_OPTIONS: KnownOptions = { regenerate: 'checked' };

/** Bytes of the region. */
export interface ByteRange {
  byteOffset: number;
  byteLength: number;
}

export interface VolatileHome {
  channel: Channel;
  region: number;
  pageSize: number;
  handle(store: Store, name: string, ports: MessagePort[]): StoreHandle;
}

/** The regenerators that the loop knows of one region, by what the user gave. */
export class Volatile {
  readonly #home: VolatileHome;
  readonly #known = new Map<Regenerate | Store, number>();

  constructor(home: VolatileHome) {
    this.#home = home;
  }

  async mark(range: PageRange, { regenerate }: VolatileOptions): Promise<void> {
    const { channel, region } = this.#home;
    const regenerator = regenerate === undefined ? 0 : await this.#numberOf(regenerate);
    await channel.ask({ type: 'markVolatile', region, ...range, regenerator });
  }

  async #numberOf(regenerate: Regenerate | Store): Promise<number> {
    const known = this.#known.get(regenerate);
    if (known !== undefined) return known;
    const { channel, region, handle } = this.#home;
    const ports: MessagePort[] = [];
    const store = handle(asStore(regenerate), 'regenerate', ports);
    const number = await channel.ask({ type: 'addRegenerator', region, store }, ports);
    this.#known.set(regenerate, number);
    return number;
  }

  async unmark(range: PageRange): Promise<{ reclaimed: ByteRange[] }> {
    const { channel, region, pageSize } = this.#home;
    const bits = new SharedArrayBuffer(Math.ceil((range.end - range.first) / 8));
    await channel.ask({ type: 'unmarkVolatile', region, ...range, reclaimed: bits });
    const bytes = new Uint8Array(bits);
    const reclaimed: ByteRange[] = [];
    for (let page = range.first; page < range.end; page++) {
      const bit = page - range.first;
      if (((bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
      const last = reclaimed.at(-1);
      if (last !== undefined && last.byteOffset + last.byteLength === page * pageSize) last.byteLength += pageSize;
      else reclaimed.push({ byteOffset: page * pageSize, byteLength: pageSize });
    }
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
