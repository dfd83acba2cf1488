// A thread that counts in pages at random until it is asked to stop; then it reports each count.
import { parentPort, workerData } from 'node:worker_threads';

const { buffer, stop, seed } = workerData as { buffer: SharedArrayBuffer; stop: SharedArrayBuffer; seed: number };
const words = new Uint32Array(buffer);
const told = new Int32Array(stop);
const pages = words.length >> 10;
const counts = new Uint32Array(pages);
let state = seed;
parentPort?.postMessage('begins');
while (Atomics.load(told, 0) === 0) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  const page = (state >>> 8) % pages;
  const at = page * 1024;
  // A page is written to in two places: half of it would be seen.
  if (words[at + 7] !== counts[page] || words[at + 1000] !== counts[page]) {
    throw new Error(`page ${page}: ${words[at + 7]} and ${words[at + 1000]}, not ${counts[page]}`);
  }
  counts[page] = (counts[page] ?? 0) + 1;
  words[at + 7] = counts[page] ?? 0;
  words[at + 1000] = counts[page] ?? 0;
}
parentPort?.postMessage(counts);
