// A thread of stress.ts: it writes and checks its own part of the region, and reads and writes files with it.
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { buffer, from, to, seed, milliseconds } = workerData as {
  buffer: SharedArrayBuffer;
  from: number;
  to: number;
  seed: number;
  milliseconds: number;
};
const PAGE_WORDS = 1024;
const words = new Uint32Array(buffer, from, (to - from) / 4);
/** What each page's own word must hold. */
const model = new Uint32Array(words.length / PAGE_WORDS);
const name = path.join(tmpdir(), `farpage-stress-${process.pid}-${seed}`);
const file = openSync(name, 'w+', 0o600);
unlinkSync(name);

let state = Math.imul(seed, 2654435761) | 1;
function random(): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}

function placeOf(page: number): number {
  return page * PAGE_WORDS + (page % 1000);
}

function verify(page: number): void {
  const held = words[placeOf(page)];
  if (held !== model[page]) throw new Error(`thread ${seed}, page ${page}: ${held}, not ${model[page]}`);
}

// Some pages go to the file, are cleared, and come back.
function throughFile(): void {
  const pages = 1 + (random() % 40);
  const first = random() % (model.length - pages);
  const bytes = new Uint8Array(buffer, from + first * PAGE_WORDS * 4, pages * PAGE_WORDS * 4);
  const written = writeSync(file, bytes, 0, bytes.length, 0);
  bytes.fill(0);
  const read = readSync(file, bytes, 0, bytes.length, 0);
  if (written !== bytes.length || read !== bytes.length) throw new Error(`thread ${seed}: ${written}, then ${read}`);
  for (let page = first; page < first + pages; page++) verify(page);
}

const end = Date.now() + milliseconds;
let touches = 0;
while (Date.now() < end) {
  for (let turn = 0; turn < 1000; turn++) {
    const page = random() % model.length;
    verify(page);
    if (random() % 3 === 0) {
      model[page] = random();
      words[placeOf(page)] = model[page] ?? 0;
    }
    touches++;
  }
  throughFile();
}
for (let page = 0; page < model.length; page++) verify(page);
closeSync(file);
parentPort?.postMessage(touches);
