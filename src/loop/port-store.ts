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

  async function call(
    code: 'STORE_READ' | 'STORE_WRITE',
    message: Ask,
    transfer: ArrayBuffer[] = [],
  ): Promise<ArrayBuffer[]> {
    const id = next++;
    const answer = await new Promise<FromStore>((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ ...message, id }, transfer);
    });
    if (answer.error === null) return answer.bytes;
    const { message: text, errno, syscall, hint, permanent } = answer.error;
    const from: PagerErrorCode = code;
    throw new StoreError(from, !permanent, text, { errno, syscall, hint });
  }

  // Bytes travel in buffers of their own: whatever the other thread does with a call, and however late, it reaches no frame.
  async function read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const pageSize = pages[0]?.into.byteLength ?? 0;
    const bytes = await call('STORE_READ', { type: 'read', pages: pages.map(({ page }) => page), pageSize });
    for (const [index, { into }] of pages.entries()) into.set(new Uint8Array(bytes[index] ?? new ArrayBuffer(0)));
  }
  async function write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    const bytes = pages.map(({ from }) => copyOf(from));
    await call('STORE_WRITE', { type: 'write', pages: pages.map(({ page }) => page), bytes }, bytes);
  }
  const tell = async (message: Ask) => void (await call('STORE_WRITE', message));
  return {
    writable: handle.writable,
    read,
    ...(handle.writable ? { write } : {}),
    ...(handle.discards ? { discard: (pages) => tell({ type: 'discard', pages: [...pages] }) } : {}),
    ...(handle.flushes ? { flush: () => tell({ type: 'flush' }) } : {}),
    async close() {
      try {
        await tell({ type: 'close' });
      } finally {
        port.close();
      }
    },
  };
}

/** The user's end: answers calls for `store`. */
export function serveStore(port: MessagePort, store: Store): void {
  const run = async (call: ToStore): Promise<ArrayBuffer[]> => {
    if (call.type === 'read') {
      const buffers = call.pages.map(() => new ArrayBuffer(call.pageSize));
      await store.read(
        call.pages.map((page, index) => ({ page, into: new Uint8Array(buffers[index] ?? new ArrayBuffer(0)) })),
      );
      return buffers;
    }
    if (call.type === 'write') {
      await store.write?.(
        call.pages.map((page, index) => ({ page, from: new Uint8Array(call.bytes[index] ?? new ArrayBuffer(0)) })),
      );
    } else if (call.type === 'discard') {
      await store.discard?.(call.pages);
    } else if (call.type === 'flush') {
      await store.flush?.();
    } else {
      await store.close();
    }
    return [];
  };
  const answer = async (call: ToStore): Promise<void> => {
    try {
      const bytes = await run(call);
      port.postMessage({ id: call.id, error: null, bytes } satisfies FromStore, bytes);
    } catch (error) {
      const packed = { ...packError(error), permanent: isPermanent(error) };
      port.postMessage({ id: call.id, error: packed } satisfies FromStore);
    }
  };
  port.on('message', (call: ToStore) => void answer(call));
  port.unref();
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
