// A peer in JavaScript: the Redis client that farpage connects with, pipelined GETs of the same pages, nothing else. Several batches are
// under way at once, so that neither the server nor the client waits for the other.
import { createClient, RESP_TYPES } from 'redis';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const batch = side.integer('batch', 128);
const depth = side.integer('depth', 2);
const client = createClient({ url: side.text('url') }).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
await client.connect();

const key = (page: number) => `pipeline:${page}`;
const words = new Int32Array(pages * PAGE_WORDS); // where the pages end up: a pager has to put them somewhere too
const bytes = new Uint8Array(words.buffer);

for (let page = 0; page < pages; page += batch) {
  const run = Math.min(batch, pages - page);
  for (let i = 0; i < run; i++) fillPage(words, (page + i) * PAGE_WORDS, page + i, false);
  await Promise.all(
    Array.from({ length: run }, (_, i) => {
      const at = (page + i) * PAGE_BYTES;
      return client.set(key(page + i), Buffer.from(bytes.buffer, at, PAGE_BYTES));
    }),
  );
}

async function fetchAll(end: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < end) {
      const first = next;
      const run = Math.min(batch, end - first);
      next += run;
      const replies = await Promise.all(Array.from({ length: run }, (_, i) => client.get(key(first + i))));
      replies.forEach((reply, i) => {
        if (reply) bytes.set(reply, (first + i) * PAGE_BYTES);
      });
    }
  };
  await Promise.all(Array.from({ length: depth }, worker));
}

await fetchAll(Math.min(pages, 8192)); // compiles the client
words.fill(0);
const begin = performance.now();
await fetchAll(pages);
const seconds = (performance.now() - begin) / 1000;

let wrong = 0;
let checksum = 0;
for (let page = 0; page < pages; page++) {
  wrong += wrongWords(words, page * PAGE_WORDS, page, false);
  checksum += (words[page * PAGE_WORDS] as number) >>> 0;
}
const mibPerSecond = (pages * PAGE_BYTES) / 2 ** 20 / seconds;
side.answer({ peer: 'redis-pipeline', batch, depth, count: pages, seconds, mibPerSecond, checksum, wrong });
await client.close();
