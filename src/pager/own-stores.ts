// Stores that are objects of the user's thread: the loop calls them over the wire. Each call has buffers of its own, so a
// store that uses one late cannot write into a frame.
import type { Handlers } from '../call/contract.js';
import { Moved } from '../call/contract.js';
import { PagerError, packError } from '../errors.js';
import type { StoreHandle, StoreOutcome, UserSide } from '../loop/requests.js';
import type { Store } from '../store/store.js';
import { errnoOf, errorSyscall, isPermanent } from '../store/store-error.js';

type Own = Extract<StoreHandle, { kind: 'own' }>;

export class OwnStores {
  readonly #stores = new Map<number, Store>();
  #next = 1;

  readonly handlers: Handlers<UserSide>['requests'] = {
    storeRead: async ({ store, pages, pageSize }) => {
      const buffers = pages.map((page) => ({ page, buffer: new ArrayBuffer(pageSize) }));
      const outcome = await this.#attempt(store, async (own) => {
        await own.read(buffers.map(({ page, buffer }) => ({ page, into: new Uint8Array(buffer) })));
        return buffers.map(({ buffer }) => buffer);
      });
      return new Moved(outcome, 'done' in outcome ? outcome.done : []);
    },
    storeWrite: ({ store, pages, bytes }) =>
      this.#attempt(store, async (own) => {
        const parts = pages.map((page, at) => ({ page, from: new Uint8Array(bytes[at] ?? new ArrayBuffer(0)) }));
        await own.write?.(parts);
        return null;
      }),
    storeDiscard: ({ store, pages }) =>
      this.#attempt(store, async (own) => {
        await own.discard?.(pages);
        return null;
      }),
    storeFlush: ({ store }) =>
      this.#attempt(store, async (own) => {
        await own.flush?.();
        return null;
      }),
    storeClose: ({ store }) =>
      this.#attempt(store, async (own) => {
        this.#stores.delete(store);
        await own.close();
        return null;
      }),
  };

  /** The store's number, until the loop closes it or it is withdrawn. */
  offer(store: Store, can: Omit<Own, 'kind' | 'store'>): Own {
    const number = this.#next++;
    this.#stores.set(number, store);
    return { kind: 'own', store: number, ...can };
  }

  /** The loop has not opened it. */
  withdraw(handle: StoreHandle | null): void {
    if (handle?.kind === 'own') this.#stores.delete(handle.store);
  }

  async #attempt<T>(number: number, work: (store: Store) => Promise<T>): Promise<StoreOutcome<T>> {
    try {
      const store = this.#stores.get(number);
      if (store === undefined) throw new PagerError('CLOSED', 'the store is closed');
      return { done: await work(store) };
    } catch (error) {
      const packed = packError(error);
      const errno = packed.errno ?? errnoOf(error);
      const syscall = packed.syscall ?? errorSyscall(error);
      return { failed: { ...packed, errno, syscall, permanent: isPermanent(error) } };
    }
  }
}
