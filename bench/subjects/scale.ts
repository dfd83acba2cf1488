import { readFileSync } from 'node:fs';
import { createPager } from '../../src/index.js';
import { PAGE_BYTES, PAGE_WORDS } from '../data.js';
import * as side from './common.js';

// The same touched pages in an address space of any size: runs of 512 pages (2 MiB, aligned), spread evenly.

const RUN_PAGES = 512;
const bytes = side.integer('bytes');
const runs = side.integer('runs');
const stride = Math.floor(bytes / runs / (RUN_PAGES * PAGE_BYTES)) * RUN_PAGES * PAGE_BYTES;

/** Writes one word of every page of a run. */
function touchRun(words: Int32Array, samples: Float64Array, from: number, stamp: number): void {
  for (let page = 0; page < RUN_PAGES; page++) {
    const before = performance.now();
    Atomics.store(words, page * PAGE_WORDS, stamp + page);
    samples[from + page] = performance.now() - before;
  }
}

const compiled = new Int32Array(new SharedArrayBuffer(RUN_PAGES * PAGE_BYTES));
const samples = new Float64Array(runs * RUN_PAGES).fill(1); // filled: its own pages are no bookkeeping of the pager's
for (let i = 0; i < 400; i++) touchRun(compiled, samples, 0, i);

const pager = await createPager({ readahead: 'off', ...side.placement() });
// Another region first, faulted and closed: the loop's code is compiled by it.
const first = await pager.map({ byteLength: 32 * RUN_PAGES * PAGE_BYTES });
for (let run = 0; run < 32; run++) {
  touchRun(first.view(Int32Array, run * RUN_PAGES * PAGE_BYTES, RUN_PAGES * PAGE_WORDS), samples, 0, run);
}
await first.close();
globalThis.gc?.();

/** Resident bytes that are neither the touched pages nor V8's: anonymous and shared, the core's memory among them. */
function footprint(): number {
  const rss = Number(/^Rss:\s*(\d+)/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1] ?? 0) * 1024;
  const { heapTotal } = process.memoryUsage();
  return rss - heapTotal;
}

const footprintBefore = footprint();
const tablesBefore = side.statusBytes('VmPTE');
const mapBegin = performance.now();
const region = await pager.map({ byteLength: bytes });
const mapSeconds = (performance.now() - mapBegin) / 1000;
const windows = Array.from({ length: runs }, (_, run) => {
  return region.view(Int32Array, run * stride, RUN_PAGES * PAGE_WORDS);
});

const begin = performance.now();
windows.forEach((words, run) => {
  touchRun(words, samples, run * RUN_PAGES, run * RUN_PAGES);
});
const seconds = (performance.now() - begin) / 1000;
await new Promise((resolve) => setTimeout(resolve, 50));
globalThis.gc?.();

const touched = runs * RUN_PAGES;
const stats = pager.stats();
// The pager's own account where it keeps one; else what the kernel says grew beside the touched pages.
const own = (stats as { bookkeepingBytes?: unknown }).bookkeepingBytes;
const grown = footprint() - footprintBefore - touched * PAGE_BYTES;
let wrong = 0;
windows.forEach((words, run) => {
  for (let page = 0; page < RUN_PAGES; page++) {
    if (words[page * PAGE_WORDS] !== run * RUN_PAGES + page || words[page * PAGE_WORDS + 1] !== 0) wrong++;
  }
});
side.answer({
  subject: 'scale',
  ...side.summarize(samples),
  bytes,
  seconds,
  mapSeconds,
  usPerFault: (seconds * 1e6) / touched,
  bookkeepingPerPage: (typeof own === 'number' ? own : grown) / touched,
  bookkeepingBy: typeof own === 'number' ? 'stats' : 'rss',
  residentGrowthPerPage: grown / touched,
  kernelTablesPerPage: (side.statusBytes('VmPTE') - tablesBefore) / touched,
  wrong,
  stats: side.account(pager),
});
await pager.close();
