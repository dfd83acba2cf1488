// A thread that reads pages which another removes over and over: it sees what was written after the last removal, or zeros.
import { parentPort, workerData } from 'node:worker_threads';

export interface Watch {
  buffer: SharedArrayBuffer;
  /** Two words: the last round whose pages were removed, and whether this is the end. */
  told: SharedArrayBuffer;
  pages: number;
  /** Words of a page. */
  step: number;
}

const { buffer, told, pages, step } = workerData as Watch;
const words = new Uint32Array(buffer);
const said = new Int32Array(told);
parentPort?.postMessage('begins');
let seed = 1;
while (Atomics.load(said, 1) === 0) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  const page = (seed >>> 8) % pages;
  // The round whose pages were gone before this look; a later one writes to the word of its own number.
  const removed = Atomics.load(said, 0);
  for (let back = 0; back < 4; back++) {
    const round = removed - back;
    if (round < 1) break;
    const value = words[page * step + (round % 1024)] ?? 0;
    if (value !== 0) throw new Error(`page ${page} holds ${value} of round ${round}, removed in round ${removed}`);
  }
}
