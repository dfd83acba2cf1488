// Writes an image into the blocks of a store: the header last, when all else is durable.

import path from 'node:path';
import { PagerError } from '../errors.js';
import { isUrl, pathOf } from '../store/local-path.js';
import type { ImageHeader } from './layout.js';
import { openStoreAt, publicUrl } from './media.js';
import type { ImageMedium } from './medium.js';

export async function storeMedium(url: string, { pageSize }: Pick<ImageHeader, 'pageSize'>): Promise<ImageMedium> {
  const { store, name } = await openStoreAt(url);
  const write = store.write?.bind(store);
  if (!store.writable || write === undefined) {
    await store.close();
    throw new PagerError('OPTION', `${name} is read-only`, { hint: 'write the snapshot to a file, or to redis://' });
  }
  const put = async (block: number, bytes: Uint8Array): Promise<void> => {
    const writes = [];
    for (let at = 0; at < bytes.length; at += pageSize) {
      writes.push({ page: block + at / pageSize, from: bytes.subarray(at, at + pageSize) });
    }
    await write(writes);
  };
  const whole = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & (pageSize - 1))]);
  // The first overwritten page destroys an earlier image there, so invalidate its header first.
  await put(0, new Uint8Array(pageSize)).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return {
    writePages: (_first, slot, bytes) => put(1 + slot, bytes),
    nameParent: (parent) => [isUrl(parent) ? publicUrl(parent) : path.resolve(pathOf(parent))],
    async finish({ at, parts }, header) {
      await put(at / pageSize, whole(Buffer.concat(parts)));
      await store.flush?.();
      await put(0, whole(await header()));
      await store.flush?.();
      await store.close();
    },
    abort: () => store.close(),
  };
}
