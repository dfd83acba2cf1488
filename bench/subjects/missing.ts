// A missing fault with the page at hand: everything was written, evicted, and comes back page by page, in random
// order, with room for all of it and no readahead.
import { createPager, memoryStore } from '../../src/index.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const order = side.readList(side.text('order'));
side.compileTouch();

const pager = await createPager({ readahead: 'off', ...side.placement(), ...side.served() });
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore({ compress: false }) });
const words = new Int32Array(region.buffer);
for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
await region.evict();

// An unmeasured quarter: the loop's code is compiled by it, and the C side does the same.
const warm = order.subarray(0, order.length >> 2);
const warmSum = side.touchPages(words, warm, new Float64Array(warm.length));
const dropped = await region.evict();
const resident = region.stats().residentPages;

const faultsBefore = region.stats().faults.missing;
const samples = new Float64Array(order.length);
const begin = performance.now();
const checksum = side.touchPages(words, order, samples);
const seconds = (performance.now() - begin) / 1000;
// The loop may still be counting: let it finish the turn it is in.
await new Promise((resolve) => setTimeout(resolve, 20));
const faults = region.stats().faults.missing - faultsBefore;

let wrong = 0;
for (let page = 0; page < pages; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, false);
if (faults < order.length) {
  throw new Error(`${faults} faults for ${order.length} touches: dropped ${dropped}, still resident ${resident}`);
}
side.answer({
  subject: 'missing',
  ...side.summarize(samples),
  seconds,
  faults,
  checksum,
  wrong,
  warmSum,
  stats: side.account(pager),
});
await pager.close();
