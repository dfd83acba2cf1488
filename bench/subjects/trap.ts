// The same work on either engine: --engine, and --work
//   hand    pages that were written and evicted come back one by one in random order (`missing` with a limit)
//   zeros   the first write to pages of a fresh region, in random order
//   random  the access list of `--ops` over a region four times the limit
//   scan    one word of every page of a file, in order, readahead on
// The limit is given, so that both engines have the same: a trap's is bounded by vm.max_map_count.
import { createPager, fileStore, memoryStore } from '../../src/index.js';
import type { PagerOptions } from '../../src/options.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const WORKS = { hand, zeros, random, scan };
const pages = side.integer('pages');
const byteLength = pages * PAGE_BYTES;
const engine = side.text('engine') as NonNullable<PagerOptions['engine']>;
const residentLimit = side.integer('limit');

const open = (readahead: NonNullable<PagerOptions['readahead']>) =>
  createPager({ engine, residentLimit, readahead, ...side.placement(), ...side.served() });

/** Reads or writes word 1 of the page of each op, timing each; a read that is not what was written last is bad. */
function operate(words: Int32Array, known: Int32Array, ops: Uint32Array, samples: Float64Array): number {
  let bad = 0;
  for (let i = 0; i < ops.length; i++) {
    const op = ops[i] as number;
    const page = op >>> 1;
    const at = page * PAGE_WORDS + 1;
    const before = performance.now();
    if (op & 1) {
      Atomics.store(words, at, i);
      known[page] = i;
    } else if (Atomics.load(words, at) !== known[page]) bad++;
    samples[i] = performance.now() - before;
  }
  return bad;
}

/** Over memory that is there until V8 has surely compiled it. */
function compileOperate(): void {
  const words = new Int32Array(new SharedArrayBuffer(256 * PAGE_BYTES));
  const known = new Int32Array(256);
  const ops = Uint32Array.from({ length: 1024 }, (_, i) => i & 511);
  const samples = new Float64Array(ops.length);
  for (let i = 0; i < 200; i++) operate(words, known, ops, samples);
}

function wrongPages(words: Int32Array, compressible: boolean): number {
  let wrong = 0;
  for (let page = 0; page < pages; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, compressible);
  return wrong;
}

/** The loop may still be counting: let it finish the turn it is in. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

function report(figures: { samples: Float64Array; milliseconds: number; faults: number; wrong: number }) {
  const { samples, milliseconds, faults, wrong } = figures;
  const perSecond = (samples.length * 1000) / milliseconds;
  return { ...side.summarize(samples), seconds: milliseconds / 1000, perSecond, faults, wrong };
}

async function hand() {
  const order = side.readList(side.text('order'));
  side.compileTouch();
  const pager = await open('off');
  const region = await pager.map({ byteLength, store: memoryStore({ compress: false }) });
  const words = new Int32Array(region.buffer);
  for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
  await region.evict();
  const warm = order.subarray(0, order.length >> 2);
  const warmSum = side.touchPages(words, warm, new Float64Array(warm.length));
  await region.evict();
  const before = region.stats().faults.missing;
  const samples = new Float64Array(order.length);
  const begin = performance.now();
  const checksum = side.touchPages(words, order, samples);
  const milliseconds = performance.now() - begin;
  await settled();
  const faults = region.stats().faults.missing - before;
  if (faults < order.length) throw new Error(`${faults} faults for ${order.length} touches`);
  const wrong = wrongPages(words, false);
  return { pager, ...report({ samples, milliseconds, faults, wrong }), checksum, warmSum };
}

async function zeros() {
  const order = side.readList(side.text('order'));
  compileOperate();
  const pager = await open('off');
  const known = new Int32Array(pages);
  const ops = order.map((page) => (page << 1) | 1);
  // A region of its own first: the loop's code is compiled by it.
  const first = await pager.map({ byteLength, store: memoryStore() });
  const some = ops.subarray(0, ops.length >> 2);
  operate(new Int32Array(first.buffer), known, some, new Float64Array(some.length));
  await first.close();
  const region = await pager.map({ byteLength, store: memoryStore() });
  const words = new Int32Array(region.buffer);
  const samples = new Float64Array(ops.length);
  const begin = performance.now();
  operate(words, known, ops, samples);
  const milliseconds = performance.now() - begin;
  await settled();
  const faults = region.stats().faults.missing;
  if (faults < order.length) throw new Error(`${faults} faults for ${order.length} touches`);
  let wrong = 0;
  for (let i = 0; i < words.length; i++) {
    const written = i % PAGE_WORDS === 1 ? known[Math.floor(i / PAGE_WORDS)] : 0;
    if (words[i] !== written) wrong++;
  }
  return { pager, ...report({ samples, milliseconds, faults, wrong }) };
}

const patternOfOne = new Int32Array(PAGE_WORDS);

async function random() {
  const ops = side.readList(side.text('ops'));
  const warm = side.integer('warm');
  compileOperate();
  const pager = await open('sequential');
  const region = await pager.map({ byteLength, store: memoryStore() });
  const words = new Int32Array(region.buffer);
  const known = new Int32Array(pages);
  for (let page = 0; page < pages; page++) {
    fillPage(words, page * PAGE_WORDS, page, true);
    known[page] = words[page * PAGE_WORDS + 1] as number;
  }
  let wrong = operate(words, known, ops.subarray(0, warm), new Float64Array(warm));
  const before = region.stats().faults.missing;
  const measured = ops.subarray(warm);
  const samples = new Float64Array(measured.length);
  const begin = performance.now();
  wrong += operate(words, known, measured, samples);
  const milliseconds = performance.now() - begin;
  await settled();
  const faults = region.stats().faults.missing - before;
  for (let page = 0; page < pages; page++) {
    const at = page * PAGE_WORDS;
    // What was written goes back to the pattern, so that whole pages can be compared.
    if (words[at + 1] !== known[page]) wrong++;
    fillPage(patternOfOne, 0, page, true);
    words[at + 1] = patternOfOne[1] as number;
    wrong += wrongWords(words, at, page, true);
  }
  return { pager, ...report({ samples, milliseconds, faults, wrong }) };
}

async function scan() {
  const file = side.text('file');
  side.compileTouch();
  const order = Uint32Array.from({ length: pages }, (_, page) => page);
  const samples = new Float64Array(pages);
  const pager = await open('sequential');
  const first = await pager.map({ byteLength: byteLength / 4, source: fileStore(file, { readOnly: true }) });
  side.touchPages(new Int32Array(first.buffer), order.subarray(0, pages / 4), samples);
  await first.close();
  const region = await pager.map({ byteLength, source: fileStore(file, { readOnly: true }) });
  const words = new Int32Array(region.buffer);
  const begin = performance.now();
  const checksum = side.touchPages(words, order, samples);
  const milliseconds = performance.now() - begin;
  await settled();
  const faults = region.stats().faults.missing;
  return { pager, ...report({ samples, milliseconds, faults, wrong: wrongPages(words, false) }), checksum };
}

const work = side.text('work') as keyof typeof WORKS;
const { pager, ...figures } = await WORKS[work]();
if (pager.engine !== engine) throw new Error(`asked for engine '${engine}', served by '${pager.engine}'`);
side.answer({ subject: 'trap', work, engine, ...figures, stats: side.account(pager) });
await pager.close();
