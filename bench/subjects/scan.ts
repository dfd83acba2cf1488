// A first sequential scan of a file: one word of every page, in order, untimed one by one so that only paging counts.
import { createPager, fileStore } from '../../src/index.js';
import { PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const file = side.text('file');

function scan(words: Int32Array, count: number): number {
  let sum = 0;
  for (let page = 0; page < count; page++) sum += Atomics.load(words, page * PAGE_WORDS) >>> 0;
  return sum;
}

const compiled = new Int32Array(new SharedArrayBuffer(256 * PAGE_BYTES));
for (let i = 0; i < 200; i++) scan(compiled, 256);

const pager = await createPager({ readahead: 'sequential', ...side.placement(), ...side.served() });
// A small region of the same file first: the loop's code is compiled by it.
const first = await pager.map({ byteLength: 16 * 2 ** 20, source: fileStore(file, { readOnly: true }) });
scan(new Int32Array(first.buffer), 4096);
await first.close();

const region = await pager.map({ byteLength: pages * PAGE_BYTES, source: fileStore(file, { readOnly: true }) });
const words = new Int32Array(region.buffer);
const phasesNow = side.stampPhases();
const begin = performance.now();
const checksum = scan(words, pages);
const seconds = (performance.now() - begin) / 1000;
const phases = phasesNow();

let wrong = 0;
for (let page = 0; page < pages; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, false);
const mibPerSecond = (pages * PAGE_BYTES) / 2 ** 20 / seconds;
const usPerPage = (seconds * 1e6) / pages;
side.answer({
  subject: 'scan',
  count: pages,
  seconds,
  mibPerSecond,
  usPerPage,
  phases,
  checksum,
  wrong,
  stats: side.account(pager),
});
await pager.close();
