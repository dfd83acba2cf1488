// A source, in the loop's thread, whose every word is its page's number plus one. It holds one page back.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../src/index.js';
import { say } from './kit.js';

export interface Gate {
  held: number;
  /** Word 0 becomes 1 when the page may go. */
  open: SharedArrayBuffer;
}

export default function make({ held, open }: Gate): Store {
  const word = new Int32Array(open);
  return {
    writable: false,
    async read(pages) {
      for (const { page, into } of pages) {
        if (page === held && Atomics.load(word, 0) === 0) {
          say('asked');
          while (Atomics.load(word, 0) === 0) await sleep(2);
        }
        new Uint32Array(into.buffer, into.byteOffset, into.byteLength / 4).fill(page + 1);
      }
    },
    async close() {},
  };
}
