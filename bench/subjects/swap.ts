// The access list that peers/swap.c runs under the kernel's swap, under farpage: same data, same ops, same limit.
import { createPager, memoryStore } from '../../src/index.js';
import { residentBytes } from '../../src/linux/smaps.js';
import { pagerRanges } from '../../src/pager/pager.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, patternWord, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const limit = side.integer('limit');
const warm = side.integer('warm');
const ops = side.readList(side.text('ops'));
const model = new Int32Array(pages);
let badReads = 0;

function operate(words: Int32Array, known: Int32Array, begin: number, end: number, samples: Float64Array): number {
  let sum = 0;
  for (let i = begin; i < end; i++) {
    const op = ops[i] as number;
    const page = op >>> 1;
    const at = page * PAGE_WORDS + 1;
    const before = performance.now();
    let value: number;
    if (op & 1) {
      value = (i ^ 0x5bd1e995) | 0;
      Atomics.store(words, at, value);
      known[page] = value;
    } else {
      value = Atomics.load(words, at);
      if (value !== known[page]) badReads++;
    }
    samples[i - begin] = performance.now() - before;
    sum += value >>> 0;
  }
  return sum;
}

// Compiled over memory that is there; its model is of the same zeros.
const compiled = new Int32Array(new SharedArrayBuffer(pages * PAGE_WORDS * 4));
const compileOps = Math.min(ops.length, 20_000);
operate(compiled, new Int32Array(pages), 0, compileOps, new Float64Array(compileOps));

const pager = await createPager({
  residentLimit: limit,
  readahead: 'sequential',
  ...side.placement(),
  ...side.served(),
});
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore() });
const words = new Int32Array(region.buffer);

let kernelPeak = 0;
let kernelSamples = 0;
/** The kernel's account of the region and the frames; exact, because the one thread that touches is here. */
async function look(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2)); // the loop ends its turn
  kernelPeak = Math.max(kernelPeak, residentBytes(pagerRanges(pager)));
  kernelSamples++;
}

const LOOK_EVERY = 8192;
for (let page = 0; page < pages; page++) {
  fillPage(words, page * PAGE_WORDS, page, true);
  model[page] = patternWord(page, 1, true);
  if (page % LOOK_EVERY === LOOK_EVERY - 1) await look();
}
const warmSamples = new Float64Array(LOOK_EVERY);
for (let from = 0; from < warm; from += LOOK_EVERY) {
  operate(words, model, from, Math.min(warm, from + LOOK_EVERY), warmSamples);
  await look();
}

const samples = new Float64Array(ops.length - warm);
const statsBefore = side.account(pager);
const phasesNow = side.stampPhases();
const begin = performance.now();
const checksum = operate(words, model, warm, ops.length, samples);
const seconds = (performance.now() - begin) / 1000;
const stats = side.account(pager);
const phases = phasesNow();
await look();

let wrong = badReads;
for (let page = 0; page < pages; page++) {
  const at = page * PAGE_WORDS;
  if (words[at + 1] !== model[page]) wrong++;
  words[at + 1] = patternWord(page, 1, true);
  wrong += wrongWords(words, at, page, true);
}
const usPerOp = (seconds * 1e6) / samples.length;
side.answer({
  subject: 'swap',
  ...side.summarize(samples),
  seconds,
  usPerOp,
  limit,
  kernelPeak,
  kernelSamples,
  residentPeak: pager.stats().residentBytesPeak,
  rssPeak: side.statusBytes('VmHWM'),
  checksum,
  wrong,
  phases,
  statsBefore,
  stats,
});
await pager.close();
