// A store object of the user's thread as the loop calls it, over the wire.
import type { Wire } from '../call/wire.js';
import type { PageRead, PageWrite, Store } from '../store/store.js';
import { StoreError } from '../store/store-error.js';
import type { LoopSide, StoreHandle, StoreOutcome, UserSide } from './requests.js';

/** The loop's end of the wire. */
export type LoopWire = Wire<LoopSide, UserSide>;

/** A store whose object is in the user's thread. */
export function ownStore(wire: LoopWire, handle: Extract<StoreHandle, { kind: 'own' }>): Store {
  const { store } = handle;

  async function read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const pageSize = pages[0]?.into.byteLength ?? 0;
    const asked = { store, pages: pages.map(({ page }) => page), pageSize };
    const buffers = doneOf('STORE_READ', await wire.call('storeRead', asked));
    for (const [index, { into }] of pages.entries()) into.set(new Uint8Array(buffers[index] ?? new ArrayBuffer(0)));
  }
  async function write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    const bytes = pages.map(({ from }) => copyOf(from));
    const asked = { store, pages: pages.map(({ page }) => page), bytes };
    doneOf('STORE_WRITE', await wire.call('storeWrite', asked, { transfer: bytes }));
  }
  async function discard(pages: readonly number[]): Promise<void> {
    doneOf('STORE_WRITE', await wire.call('storeDiscard', { store, pages: [...pages] }));
  }
  async function flush(): Promise<void> {
    doneOf('STORE_WRITE', await wire.call('storeFlush', { store }));
  }
  return {
    writable: handle.writable,
    read,
    ...(handle.writable ? { write } : {}),
    ...(handle.discards ? { discard } : {}),
    ...(handle.flushes ? { flush } : {}),
    async close() {
      doneOf('STORE_WRITE', await wire.call('storeClose', { store }));
    },
  };
}

/** @throws StoreError with what the store threw */
function doneOf<T>(code: 'STORE_READ' | 'STORE_WRITE', outcome: StoreOutcome<T>): T {
  if ('done' in outcome) return outcome.done;
  const { message, errno, syscall, hint, permanent } = outcome.failed;
  throw new StoreError(code, !permanent, message, { errno, syscall, hint });
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
