// memoryStore: the compressed pool, and its plain form for direct calls.
import { checkOptions } from '../known-options.js';
import { formatSize, parseSize, type Size } from '../units.js';
import { type BuiltInStore, type PageRead, type PageWrite, SPEC, type Store, type StoreSpec } from './store.js';
import { closedError, StoreError } from './store-error.js';

/**
 * Compressed pool in memory (LZ4).
 *
 * Given to `map`, the pool is in the loop's thread. Called directly, it keeps plain copies in the caller's thread,
 * uncompressed, and `limit` counts their bytes.
 * @param options.compress default true
 * @param options.limit most bytes that it may hold; a write past it rejects with 'STORE_WRITE'. Default: no limit
 * @throws PagerError 'OPTION' if the limit is not a size
 */
export function memoryStore(options: { compress?: boolean; limit?: Size | null } = {}): BuiltInStore {
  checkOptions('memoryStore', options, { compress: 'boolean', limit: 'checked' });
  const { compress = true, limit = null } = options;
  return new MemoryStore({
    kind: 'memory',
    compress,
    limit: limit === null ? null : parseSize(limit, 'limit'),
  });
}

/** Whether a memory store was called directly: its spec does not carry the content that it then has. */
export function isUsedMemory(store: Store): boolean {
  return store instanceof MemoryStore && store.used;
}

class MemoryStore implements BuiltInStore {
  readonly writable = true;
  readonly [SPEC]: Extract<StoreSpec, { kind: 'memory' }>;
  readonly #pages = new Map<number, Uint8Array>();
  #heldBytes = 0;
  #used = false;
  #closed = false;

  constructor(spec: Extract<StoreSpec, { kind: 'memory' }>) {
    this[SPEC] = spec;
  }

  get used(): boolean {
    return this.#used;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    this.#begin();
    for (const { page, into } of pages) {
      const held = this.#pages.get(page);
      if (held === undefined) throw new StoreError('STORE_READ', false, `memory: holds no page ${page}`);
      if (held.byteLength !== into.byteLength) {
        const sizes = `${held.byteLength} bytes, not ${into.byteLength}`;
        throw new StoreError('STORE_READ', false, `memory: page ${page} holds ${sizes}`);
      }
      into.set(held);
    }
  }

  async write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    this.#begin();
    const before = new Map(pages.map(({ page }) => [page, this.#pages.get(page)?.byteLength ?? 0]));
    const after = new Map(pages.map(({ page, from }) => [page, from.byteLength]));
    const heldBytes = this.#heldBytes - sum(before.values()) + sum(after.values());
    const { limit } = this[SPEC];
    if (limit !== null && heldBytes > limit) {
      // Transient: a discard makes room.
      throw new StoreError('STORE_WRITE', true, `memory: full at its limit of ${formatSize(limit)}`, {
        errno: 'ENOSPC',
        hint: 'raise the limit of memoryStore, or keep evicted pages in a file or in Redis',
      });
    }
    for (const { page, from } of pages) this.#pages.set(page, new Uint8Array(from));
    this.#heldBytes = heldBytes;
  }

  async discard(pages: ReadonlyArray<number>): Promise<void> {
    this.#begin();
    for (const page of pages) {
      this.#heldBytes -= this.#pages.get(page)?.byteLength ?? 0;
      this.#pages.delete(page);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#pages.clear();
    this.#heldBytes = 0;
  }

  #begin(): void {
    if (this.#closed) throw closedError('memory:');
    this.#used = true;
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
