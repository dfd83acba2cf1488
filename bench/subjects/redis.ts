// Pages that live in Redis: random faults one at a time without readahead, or a sequential scan with it.
import { createPager, redisStore } from '../../src/index.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const sequential = side.text('mode') === 'sequential';
const order = sequential ? Uint32Array.from({ length: pages }, (_, page) => page) : side.readList(side.text('order'));
side.compileTouch();

const pager = await createPager({
  readahead: sequential ? 'sequential' : 'off',
  ...side.placement(),
  ...side.served(),
});
const store = redisStore(side.text('url'), { prefix: 'bench:' });
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store });
const words = new Int32Array(region.buffer);
for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
await region.evict();

// An unmeasured eighth: the client's code is compiled by it.
const warm = order.subarray(0, order.length >> 3);
side.touchPages(words, warm, new Float64Array(warm.length));
await region.evict();

const before = region.stats();
const samples = new Float64Array(order.length);
const begin = performance.now();
const checksum = side.touchPages(words, order, samples);
const seconds = (performance.now() - begin) / 1000;
await new Promise((resolve) => setTimeout(resolve, 20));
const after = region.stats();
const bytesRead = after.store.bytesRead - before.store.bytesRead;
const faults = after.faults.missing - before.faults.missing;
// A figure for pages that did not come from Redis would be no figure.
if (bytesRead < (order.length * PAGE_BYTES) / 2 || (!sequential && faults < order.length)) {
  throw new Error(`${faults} faults and ${bytesRead} bytes from Redis for ${order.length} touches`);
}

let wrong = 0;
for (let page = 0; page < pages; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, false);
side.answer({
  subject: 'redis',
  ...side.summarize(samples),
  seconds,
  mibPerSecond: (order.length * PAGE_BYTES) / 2 ** 20 / seconds,
  faults,
  bytesRead,
  checksum,
  wrong,
  stats: side.account(pager),
});
await pager.close();
