// A thread that touches a region, for the live tests.
import { parentPort, workerData } from 'node:worker_threads';
import { check, fill, type Job, wordAt } from './kit.js';

const { buffer, does, seed = 0, from = 0, to = buffer.byteLength >> 2, count = 0 } = workerData as Job;
const words = new Uint32Array(buffer);
parentPort?.postMessage('begins');
if (does === 'fill') fill(words, seed, from, to);
else if (does === 'check') check(words, seed, from, to);
else if (does === 'byte') parentPort?.postMessage({ value: words[from] });
else if (does === 'hammer') hammer(count);
else for (let round = 0; ; round++) for (let at = from; at < to; at += 1024) words[at] = wordAt(at, round);

function hammer(touches: number): void {
  const pages = (to - from) >> 10;
  const rounds = new Uint32Array(pages);
  let state = seed + 1;
  for (let touch = 0; touch < touches; touch++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const page = (state >>> 8) % pages;
    const at = from + page * 1024 + (state & 1023);
    // One word of each page counts how often it was written: what it held before must still be there.
    const head = from + page * 1024 + 7;
    const was = words[head];
    if (was !== rounds[page]) throw new Error(`page ${page} of ${from}: ${was}, not ${rounds[page]}`);
    if ((state & 0x3000) === 0) continue;
    rounds[page] = (rounds[page] ?? 0) + 1;
    words[head] = rounds[page] ?? 0;
    if (at !== head) words[at] = state;
  }
  for (let page = 0; page < pages; page++) {
    const held = words[from + page * 1024 + 7];
    if (held !== rounds[page]) throw new Error(`at the end page ${page} of ${from}: ${held}, not ${rounds[page]}`);
  }
}
