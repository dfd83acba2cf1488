import type { MessagePort } from 'node:worker_threads';
import { type PagerErrorCode, packError } from '../errors.js';
import type { PageRead, PageWrite, Store } from '../store/store.js';
import { isPermanent, StoreError } from '../store/store-error.js';
import type { FromStore, ToStore } from './messages.js';
import type { StoreHandle } from './requests.js';

type Unnumbered<T> = T extends { id: number } ? Omit<T, 'id'> : never;
type Ask = Unnumbered<ToStore>;

/** The loop's end of a store that lives in the user's thread. */
export function portStore(handle: Extract<StoreHandle, { kind: 'port' }>): Store {
  const { port } = handle;
  const waiting = new Map<number, (answer: FromStore) => void>();
  let next = 0;
  port.on('message', (answer: FromStore) => {
    const resolve = waiting.get(answer.id);
    waiting.delete(answer.id);
    resolve?.(answer);
  });
  port.on('close', () => {
    for (const [id, resolve] of waiting) {
      const cause = packError(new StoreError('STORE_READ', false, 'the thread that made the store has ended'));
      resolve({ id, error: { ...cause, permanent: true } });
    }
    waiting.clear();
  });

  async function call(code: 'STORE_READ' | 'STORE_WRITE', message: Ask): Promise<void> {
    const id = next++;
    const answer = await new Promise<FromStore>((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ ...message, id });
    });
    if (answer.error === null) return;
    const { message: text, errno, syscall, hint, permanent } = answer.error;
    const from: PagerErrorCode = code;
    throw new StoreError(from, !permanent, text, { errno, syscall, hint });
  }

  const bytesOf = (pages: ReadonlyArray<PageRead | PageWrite>) =>
    pages.map((each) => ('into' in each ? each.into : each.from));
  const transfer = (type: 'read' | 'write', pages: ReadonlyArray<PageRead | PageWrite>): Ask => {
    const bytes = bytesOf(pages);
    return {
      type,
      pages: pages.map(({ page }) => page),
      offsets: bytes.map((each) => each.byteOffset),
      pageSize: bytes[0]?.byteLength ?? 0,
    };
  };
  return {
    writable: handle.writable,
    read: (pages) => call('STORE_READ', transfer('read', pages)),
    ...(handle.writable ? { write: (pages) => call('STORE_WRITE', transfer('write', pages)) } : {}),
    ...(handle.discards ? { discard: (pages) => call('STORE_WRITE', { type: 'discard', pages: [...pages] }) } : {}),
    ...(handle.flushes ? { flush: () => call('STORE_WRITE', { type: 'flush' }) } : {}),
    async close() {
      await call('STORE_WRITE', { type: 'close' });
      port.close();
    },
  };
}

/**
 * The user's end: answers calls for `store` with private copies of the pages, so that a store that keeps a buffer
 * after its promise has settled cannot reach a frame that holds another page by then.
 */
export function serveStore(port: MessagePort, store: Store, core: Uint8Array): void {
  const run = async (call: ToStore): Promise<void> => {
    if (call.type === 'read') {
      const copies = call.pages.map((page) => ({ page, into: new Uint8Array(call.pageSize) }));
      await store.read(copies);
      for (const [index, { into }] of copies.entries()) core.set(into, call.offsets[index]);
    } else if (call.type === 'write') {
      const from = (offset: number) => core.slice(offset, offset + call.pageSize);
      const copies = call.pages.map((page, index) => ({ page, from: privateCopy(from(call.offsets[index] ?? 0)) }));
      await store.write?.(copies);
    } else if (call.type === 'discard') {
      await store.discard?.(call.pages);
    } else if (call.type === 'flush') {
      await store.flush?.();
    } else {
      await store.close();
    }
  };
  port.on('message', (call: ToStore) => {
    run(call).then(
      () => port.postMessage({ id: call.id, error: null } satisfies FromStore),
      (error: unknown) => {
        const packed = { ...packError(error), permanent: isPermanent(error) };
        port.postMessage({ id: call.id, error: packed } satisfies FromStore);
      },
    );
  });
  port.unref();
}

// slice() of a view over shared memory gives a buffer of its own already; this says so to the type checker.
function privateCopy(bytes: Uint8Array): Uint8Array {
  return bytes.buffer instanceof SharedArrayBuffer ? new Uint8Array(bytes) : bytes;
}
