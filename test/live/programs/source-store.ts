// A file as a store whose code runs in the loop's thread, and that checks nothing.
import { open } from 'node:fs/promises';
import type { Store } from '../../../src/index.js';

export default async function make({ file }: { file: string }): Promise<Store & { byteLength: number }> {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  return {
    writable: false,
    byteLength: size,
    async read(pages) {
      for (const { page, into } of pages) {
        const { bytesRead } = await handle.read(into, 0, into.byteLength, page * into.byteLength);
        if (bytesRead < Math.min(into.byteLength, size - page * into.byteLength)) {
          throw Object.assign(new Error(`page ${page} is not whole`), { permanent: true });
        }
        into.fill(0, bytesRead);
      }
    },
    async close() {
      await handle.close();
    },
  };
}
