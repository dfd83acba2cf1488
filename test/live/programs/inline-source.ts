// A store of the user's that touches a region of the loop that calls it.
import type { PageRead, Store } from '../../../src/index.js';
import { viewOf } from '../../../src/userfaultfd/index.js';

export default function source({ address }: { address: string }): Store {
  return {
    writable: false,
    async read(pages: readonly PageRead[]) {
      const [byte = 0] = new Uint8Array(viewOf(BigInt(address), 4096));
      for (const { into } of pages) into.fill(byte);
    },
    async close() {},
  };
}
