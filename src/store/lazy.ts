// Built-in stores that open at their first direct call.
import { type BuiltInStore, type PageRead, type PageWrite, SPEC, type Store, type StoreSpec } from './store.js';
import { closedError, StoreError } from './store-error.js';

/** A built-in store that opens on its first call when used directly; `map` takes only its spec. */
export function lazyStore(spec: StoreSpec, name: string, writable: boolean, open: () => Promise<Store>): BuiltInStore {
  return new LazyStore(spec, name, writable, open);
}

class LazyStore implements BuiltInStore {
  declare readonly [SPEC]: StoreSpec;
  readonly writable: boolean;
  readonly #name: string;
  readonly #open: () => Promise<Store>;
  #opening: Promise<Store> | undefined;
  #closed = false;

  constructor(spec: StoreSpec, name: string, writable: boolean, open: () => Promise<Store>) {
    // Not enumerable: printing a store must not print its password.
    Object.defineProperty(this, SPEC, { value: spec });
    this.writable = writable;
    this.#name = name;
    this.#open = open;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    await (await this.#live()).read(pages);
  }

  async write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    const store = this.writable ? await this.#live() : undefined;
    if (store?.write === undefined) throw new StoreError('STORE_WRITE', false, `${this.#name}: read-only`);
    await store.write(pages);
  }

  async discard(pages: ReadonlyArray<number>): Promise<void> {
    await (await this.#live()).discard?.(pages);
  }

  async flush(): Promise<void> {
    await (await this.#live()).flush?.();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const store = await this.#opening?.catch(() => undefined);
    await store?.close();
  }

  #live(): Promise<Store> {
    if (this.#closed) return Promise.reject(closedError(this.#name));
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }
}
