// A missing fault, page by page in random order, with room for all of it and no readahead. --work
//   hand   everything was written and evicted, and comes back (default)
//   zeros  the first write to each page of a fresh region
import { createPager, memoryStore } from '../../src/index.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, patternWord, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const order = side.readList(side.text('order'));
side.compileTouch();

const pager = await createPager({ readahead: 'off', ...side.placement(), ...side.served() });
const open = () => pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore({ compress: false }) });
// An unmeasured quarter: the loop's code is compiled by it, and the C side does the same.
const warm = order.subarray(0, order.length >> 2);
const work = side.text('work', 'hand');
const { region, touch, warmSum } = work === 'zeros' ? await zeros() : await hand();

async function hand() {
  const region = await open();
  const words = new Int32Array(region.buffer);
  for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
  await region.evict();
  const warmSum = side.touchPages(words, warm, new Float64Array(warm.length));
  await region.evict();
  return { region, touch: side.touchPages, warmSum };
}

/** As `touchPages`, but each touch writes the page's word of the pattern. */
function writePages(words: Int32Array, order: Uint32Array, samples: Float64Array): number {
  for (let i = 0; i < order.length; i++) {
    const page = order[i] as number;
    const value = patternWord(page, 0, false);
    const before = performance.now();
    Atomics.store(words, page * PAGE_WORDS, value);
    samples[i] = performance.now() - before;
  }
  return order.length;
}

async function zeros() {
  const present = new Int32Array(new SharedArrayBuffer(256 * PAGE_BYTES));
  for (let i = 0; i < 400; i++)
    writePages(
      present,
      Uint32Array.from({ length: 256 }, (_, k) => k),
      new Float64Array(256),
    );
  const first = await open();
  const warmSum = writePages(new Int32Array(first.buffer), warm, new Float64Array(warm.length));
  await first.close();
  return { region: await open(), touch: writePages, warmSum };
}

const words = new Int32Array(region.buffer);
const resident = region.stats().residentPages;
const faultsBefore = region.stats().faults.missing;
const samples = new Float64Array(order.length);
const phasesNow = side.stampPhases();
const begin = performance.now();
const checksum = touch(words, order, samples);
const seconds = (performance.now() - begin) / 1000;
// The loop may still be counting: let it finish the turn it is in.
await new Promise((resolve) => setTimeout(resolve, 20));
const faults = region.stats().faults.missing - faultsBefore;
const phases = phasesNow();

let wrong = 0;
for (let page = 0; page < pages; page++) {
  const at = page * PAGE_WORDS;
  if (work === 'hand') wrong += wrongWords(words, at, page, false);
  else wrong += words.subarray(at + 1, at + PAGE_WORDS).reduce((sum, word) => sum + Number(word !== 0), 0);
  if (words[at] !== patternWord(page, 0, false)) wrong++;
}
if (faults < order.length) throw new Error(`${faults} faults for ${order.length} touches: ${resident} were resident`);
side.answer({
  subject: 'missing',
  work,
  ...side.summarize(samples),
  seconds,
  faults,
  checksum,
  wrong,
  warmSum,
  phases,
  stats: side.account(pager),
});
await pager.close();
