// Pages at hand, touched by several threads at once: each has a part of the region of its own, in random order. --touchers, --engine,
// --faults. Everything was written and evicted before each round; the rate is of all touches, from the first thread's start to
// the last one's end.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createPager, memoryStore, type PagerOptions } from '../../src/index.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';
import { START, type Task } from './touchers-thread.js';

/** A trap takes two mappings a page of vm.max_map_count, 65530 by default. */
const LIMIT_PAGES = 20_480;
const pages = side.integer('pages');
const rounds = side.integer('rounds');
const touchers = side.integer('touchers');
const engine = side.text('engine') as NonNullable<PagerOptions['engine']>;

const residentLimit = LIMIT_PAGES * PAGE_BYTES;
const pager = await createPager({ engine, residentLimit, readahead: 'off', ...side.placement(), ...side.served() });
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore({ compress: false }) });
const words = new Int32Array(region.buffer);
for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);

const shared = new Int32Array(new SharedArrayBuffer(8));
const order = side.readList(side.text('order'));
const module = new URL('./touchers-thread.js', import.meta.url);
const threads = Array.from({ length: touchers }, (_, at) => {
  const task: Task = { shared, buffer: region.buffer, order: order.filter((page) => page % touchers === at) };
  return new Worker(module, { workerData: task });
});
await Promise.all(threads.map((thread) => once(thread, 'message')));

const faultsBefore = region.stats().faults.missing;
let nanoseconds = 0;
for (let round = 0; round <= rounds; round++) {
  await region.evict();
  const ends = threads.map((thread) => once(thread, 'message'));
  Atomics.add(shared, START, 1);
  Atomics.notify(shared, START);
  const times = (await Promise.all(ends)).map(([time]) => time as { begin: number; end: number });
  const first = Math.min(...times.map(({ begin }) => begin));
  const last = Math.max(...times.map(({ end }) => end));
  // The first round compiles the threads' code.
  if (round > 0) nanoseconds += last - first;
}
const faults = region.stats().faults.missing - faultsBefore;
if (faults < pages * (rounds + 1)) throw new Error(`${faults} faults for ${pages * (rounds + 1)} touches`);
for (const thread of threads) await thread.terminate();

let wrong = 0;
for (let page = 0; page < pages; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, false);
const seconds = nanoseconds / 1e9;
side.answer({
  subject: 'touchers',
  seconds,
  perSecond: (pages * rounds) / seconds,
  faults,
  wrong,
  stats: side.account(pager),
});
await pager.close();
