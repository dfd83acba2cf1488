// A cache of decoded blocks in volatile pages: over its limit it forgets, and writes nothing. Each page begins with a word
// that is never zero there; a page that was dropped reads as zeros.
//   node examples/cache.mjs
import { deflateSync, inflateSync } from 'node:zlib';
import { createPager } from 'farpage';

const PAGE = 4096;
const BLOCKS = 8192;
const BODY = PAGE - 4;

// What is kept for good: every block, deflated.
const packed = Array.from({ length: BLOCKS }, (_, block) =>
  deflateSync(Buffer.alloc(BODY, `block ${block} says what it always says; `)),
);

const pager = await createPager({ residentLimit: '8MiB' }); // a quarter of the cache
const cache = await pager.map({ byteLength: BLOCKS * PAGE });
await cache.markVolatile(0, cache.byteLength);

const words = new Int32Array(cache.buffer);
const bytes = new Uint8Array(cache.buffer);
let [hits, misses] = [0, 0];

async function blockOf(block) {
  await cache.load(block * PAGE, PAGE); // does not block the event loop; a thread of its own could just touch
  const header = (block * PAGE) / 4;
  const body = bytes.subarray(block * PAGE + 4, (block + 1) * PAGE);
  if (words[header] === block + 1) {
    hits++;
  } else {
    misses++;
    body.set(inflateSync(packed[block]));
    words[header] = block + 1; // last: it says that the body is there
  }
  return body;
}

// Most of the traffic is for few of the blocks.
for (let request = 0; request < 20_000; request++) {
  const block = Math.floor(Math.random() ** 4 * BLOCKS);
  const start = Buffer.from(await blockOf(block)).toString('latin1', 0, 12);
  if (!start.startsWith(`block ${block}`)) throw new Error(`block ${block} reads '${start}'`);
}

const { volatile, store } = cache.stats();
console.log(`${hits} hits, ${misses} misses; ${volatile.reclaimed} pages dropped, ${store.writes} written`);
await pager.close();
