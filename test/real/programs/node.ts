// What a program on Node.js may do with memory, every value checked: a Map, buffers, zlib, Workers, a WebAssembly memory
// that grows, another process. Prints its own account of how much of it can be paged, then `fine`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { gunzipSync, gzipSync } from 'node:zlib';

const ENTRIES = 150_000;
const MEBIBYTE = 2 ** 20;

interface Entry {
  number: number;
  text: string;
  list: number[];
}

const map = new Map<string, Entry>();
for (let i = 0; i < ENTRIES; i++) map.set(`key ${i}`, { number: i, text: `value ${i * 7}`, list: [i, i + 1, i + 2] });
const checkMap = (step: number) => {
  for (let i = 0; i < ENTRIES; i += step) {
    const entry = map.get(`key ${i}`);
    assert.ok(entry !== undefined && entry.number === i && entry.text === `value ${i * 7}` && entry.list[2] === i + 2);
  }
};
checkMap(1);

const buffers = Array.from({ length: 24 }, (_, i) => Buffer.alloc(MEBIBYTE, `buffer ${i} `));
const digest = (buffer: Buffer) => createHash('sha256').update(buffer).digest('hex');
const digests = buffers.map(digest);

const packed = buffers.slice(0, 8).map((buffer) => gzipSync(buffer));
for (const [i, bytes] of packed.entries()) assert.equal(digest(gunzipSync(bytes)), digests[i]);

// The types that farpage has are of shared memories alone.
const memory: { buffer: ArrayBuffer; grow(pages: number): number } = Reflect.construct(WebAssembly.Memory, [
  { initial: 16, maximum: 512 },
]);
for (let pages = 16; pages < 256; pages += 48) {
  new Uint32Array(memory.buffer).fill(pages, (pages - 16) * 16384, pages * 16384);
  memory.grow(48);
}
for (let pages = 16; pages < 256; pages += 48) {
  const words = new Uint32Array(memory.buffer).subarray((pages - 16) * 16384, pages * 16384);
  // The last one may have been grown over, the others not.
  assert.ok(words.slice(0, 1000).every((word) => word !== 0));
  assert.equal(words.at(-1), pages);
}

const shared = new SharedArrayBuffer(4 * MEBIBYTE);
const source = `
  const { workerData, parentPort } = require('node:worker_threads');
  const words = new Uint32Array(workerData.shared);
  const held = [];
  for (let i = 0; i < 20000; i++) held.push({ i, text: 'held ' + i });
  for (let i = workerData.id; i < words.length; i += 2) Atomics.add(words, i, i);
  parentPort.postMessage(held.every(({ i, text }) => text === 'held ' + i));
`;
const answers = await Promise.all(
  [0, 1].map(async (id) => {
    const worker = new Worker(source, { eval: true, workerData: { id, shared } });
    const answer = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    return answer;
  }),
);
assert.deepEqual(answers, [true, true]);
assert.ok(new Uint32Array(shared).every((word, i) => word === i));

const child = "const b = Buffer.alloc(16 * 2 ** 20, 'abc'); process.stdout.write(String(b[3 * 2 ** 20] + b.length))";
assert.equal(String(execFileSync(process.execPath, ['-e', child])), String(97 + 16 * MEBIBYTE));

assert.deepEqual(buffers.map(digest), digests);
checkMap(3);

// By the kernel's account: what is private and anonymous, and how much of that is the pager's (flag `um`).
const seen = { resident: 0, paged: 0 };
for (const mapping of readFileSync('/proc/self/smaps', 'latin1').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
  const kibibytes = Number(/^Anonymous:\s+(\d+) kB$/m.exec(mapping)?.[1] ?? 0);
  seen.resident += kibibytes;
  if (/^VmFlags:.* um( |$)/m.test(mapping)) seen.paged += kibibytes;
}
console.log(`${seen.paged} of ${seen.resident} KiB of what is resident are the pager's`);
console.log('fine');
