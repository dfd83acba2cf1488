// The same touched pages in an address space of any size: runs of 4096 pages (16 MiB, aligned), spread evenly. A
// page of a directory (4 KiB) covers 2 GiB, so in a wide space every run has one to itself: over 4096 pages that is
// 1 byte a page, beside an entry's 32.
import { readFileSync } from 'node:fs';
import { createPager } from '../../src/index.js';
import { pagerRanges } from '../../src/pager/pager.js';
import { median, PAGE_BYTES, PAGE_WORDS } from '../data.js';
import * as side from './common.js';

const RUN_PAGES = 4096;
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
const samples = new Float64Array(runs * RUN_PAGES).fill(1); // filled: its own pages are not bookkeeping of the pager's
for (let i = 0; i < 60; i++) touchRun(compiled, samples, 0, i);

const pager = await createPager({ readahead: 'off', ...side.placement() });
// Another region first: the loop's code is compiled by it. It stays, so that the one measured makes leaves of its own.
const first = await pager.map({ byteLength: 8 * RUN_PAGES * PAGE_BYTES });
for (let run = 0; run < 8; run++) {
  touchRun(first.view(Int32Array, run * RUN_PAGES * PAGE_BYTES, RUN_PAGES * PAGE_WORDS), samples, 0, run);
}
globalThis.gc?.();

/** Resident bytes of the core's memory by the kernel's account: the mappings around the frames that touch them. */
function coreResident(): number {
  const { start = 0n, end = 0n } = pagerRanges(pager)[0] ?? {};
  const mappings = readFileSync('/proc/self/smaps', 'latin1').matchAll(
    /^([0-9a-f]+)-([0-9a-f]+) rw(?:.*\n)*?Rss: +(\d+) kB/gm,
  );
  let total = 0;
  let run = { start: 0n, end: -1n, bytes: 0 };
  for (const [, from, to, kib] of mappings) {
    const next = { start: BigInt(`0x${from}`), end: BigInt(`0x${to}`), bytes: Number(kib) * 1024 };
    run = next.start === run.end ? { start: run.start, end: next.end, bytes: run.bytes + next.bytes } : next;
    if (run.start <= start && run.end >= end) total = run.bytes;
  }
  return total;
}

const coreBefore = coreResident();
const ownBefore = pager.stats().bookkeepingBytes;
const tablesBefore = side.statusBytes('VmPTE');
const mapBegin = performance.now();
const region = await pager.map({ byteLength: bytes });
const mapSeconds = (performance.now() - mapBegin) / 1000;
const windows = Array.from({ length: runs }, (_, run) => {
  return region.view(Int32Array, run * stride, RUN_PAGES * PAGE_WORDS);
});

// By run: a run that the scheduler broke into is one of many.
const seconds = windows.map((words, run) => {
  const begin = performance.now();
  touchRun(words, samples, run * RUN_PAGES, run * RUN_PAGES);
  return (performance.now() - begin) / 1000;
});
await new Promise((resolve) => setTimeout(resolve, 50));
globalThis.gc?.();

const touched = runs * RUN_PAGES;
const stats = pager.stats();
const grown = coreResident() - coreBefore;
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
  seconds: seconds.reduce((total, each) => total + each, 0),
  mapSeconds,
  usPerFault: (median(seconds) * 1e6) / RUN_PAGES,
  bookkeepingPerPage: (stats.bookkeepingBytes - ownBefore) / touched,
  coreGrowthPerPage: grown / touched,
  kernelTablesPerPage: (side.statusBytes('VmPTE') - tablesBefore) / touched,
  wrong,
  stats: side.account(pager),
});
await pager.close();
