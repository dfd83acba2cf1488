// A fill and an eviction, by kind of memory (--memory) and page size (--page, bytes). The bytes are at hand, in an
// uncompressed pool. Each pass: evict what was written, load all, evict it unchanged, touch page by page, write again.
import { createPager, type MapOptions, memoryStore } from '../../src/index.js';
import { fillPage, median, PAGE_BYTES, PAGE_WORDS, permutation, wrongWords } from '../data.js';
import * as side from './common.js';

const memory = side.text('memory') as NonNullable<MapOptions['memory']>;
const pageSize = side.integer('page');
const byteLength = side.integer('bytes');
const passes = side.integer('passes');
const pages = byteLength / pageSize;
const basePages = byteLength / PAGE_BYTES;
const step = pageSize / PAGE_BYTES;
const order = permutation(pages, 20_261_122).map((page) => page * step);
side.compileTouch();

const pager = await createPager({ engine: 'userfaultfd', pageSize, readahead: 'off', ...side.placement() });
const region = await pager.map({ byteLength, memory, store: memoryStore({ compress: false }) });
const words = new Int32Array(region.buffer);

/** Microseconds a page. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return ((performance.now() - begin) * 1000) / pages;
}

async function evictAll(): Promise<void> {
  await region.evict();
  const { residentPages } = region.stats();
  if (residentPages !== 0) throw new Error(`${residentPages} of ${pages} pages are resident after evict()`);
}

async function loadAll(): Promise<void> {
  await region.load(0, byteLength);
  const { residentPages } = region.stats();
  if (residentPages !== pages) throw new Error(`${residentPages} of ${pages} pages are resident after load()`);
}

/** Whole pages differ from generation to generation: an eviction finds a page that is as it was in the pool, and drops it. */
const fillAll = (generation: number) => {
  for (let page = 0; page < basePages; page++) {
    fillPage(words, page * PAGE_WORDS, generation * basePages + page, false);
  }
};

const measured: Record<'evictDirty' | 'load' | 'evictClean', number[]> = { evictDirty: [], load: [], evictClean: [] };
const samples = new Float64Array(pages * passes);
let checksum = 0;
let wrong = 0;
fillAll(-1);
// The first pass, unmeasured, compiles the loop's code.
for (let pass = -1; pass < passes; pass++) {
  const evictDirty = await timed(evictAll);
  const load = await timed(loadAll);
  const evictClean = await timed(evictAll);
  const before = region.stats().faults.missing;
  const into = pass < 0 ? new Float64Array(pages) : samples.subarray(pass * pages, (pass + 1) * pages);
  checksum = side.touchPages(words, order, into);
  await new Promise((resolve) => setTimeout(resolve, 20)); // the loop ends its turn
  const faults = region.stats().faults.missing - before;
  if (faults < pages) throw new Error(`${faults} faults for ${pages} touches`);
  if (pass >= 0) {
    measured.evictDirty.push(evictDirty);
    measured.load.push(load);
    measured.evictClean.push(evictClean);
  }
  for (let page = 0; page < basePages; page++) {
    wrong += wrongWords(words, page * PAGE_WORDS, pass * basePages + page, false);
  }
  fillAll(pass + 1);
}
const { writebacks } = region.stats();
side.answer({
  subject: 'kinds',
  memory,
  pageSize,
  pages,
  ...side.summarize(samples),
  evictDirty: median(measured.evictDirty),
  load: median(measured.load),
  evictClean: median(measured.evictClean),
  writebacks,
  checksum,
  wrong,
  stats: side.account(pager),
});
await pager.close();
