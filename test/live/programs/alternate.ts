// A thread that touches pages of a region in turn with the thread that started it, for the live tests: each page of its list in
// one turn of its own.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { wordAt } from './kit.js';

export interface Turns {
  buffer: SharedArrayBuffer;
  /** Whose turn it is: its one word counts turns, and the starter has the even ones. */
  turn: Int32Array;
  pages: Uint32Array;
}

/** Takes every other turn from `first` on; each touches one page. */
export function takeTurns({ buffer, turn, pages }: Turns, first: 0 | 1): void {
  const words = new Uint32Array(buffer);
  for (let at = first; at < pages.length; at += 2) {
    for (let now = Atomics.load(turn, 0); now !== at; now = Atomics.load(turn, 0)) Atomics.wait(turn, 0, now);
    const word = (pages[at] ?? 0) * 1024 + 5;
    const found = words[word];
    if (found !== wordAt(word, 1)) throw new Error(`word ${word} is ${found}`);
    Atomics.store(turn, 0, at + 1);
    Atomics.notify(turn, 0);
  }
}

if (!isMainThread) {
  takeTurns(workerData as Turns, 1);
  parentPort?.postMessage('done');
}
