// Faults and loads beside channels of node:diagnostics_channel. --listen
//   out      the channels are taken out before farpage is loaded: what faults and loads cost without them
//   nobody   nobody subscribes
//   all      somebody subscribes to each channel
//   tracked  nobody subscribes, and region.trackFaults() looks at each load
import diagnostics, { type Channel } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import { fillPage, PAGE_BYTES, PAGE_WORDS, patternWord } from '../data.js';
import * as side from './common.js';

const SUMS = ['farpage:fault', 'farpage:evict', 'farpage:store', 'farpage:pass'];
const TRACED = ['farpage:load', 'farpage:evict', 'farpage:snapshot', 'farpage:migrate'];
const pages = side.integer('pages');
const loads = side.integer('loads');
const order = side.readList(side.text('order'));
const listen = side.text('listen');

if (listen === 'out') {
  const silent = { hasSubscribers: false };
  const traced = { start: silent, end: silent, asyncStart: silent, asyncEnd: silent, error: silent };
  diagnostics.channel = () => silent as Channel;
  diagnostics.tracingChannel = () => traced as never;
  syncBuiltinESMExports();
}
let heard = 0;
if (listen === 'all') {
  const note = () => void heard++;
  for (const name of SUMS) diagnostics.subscribe(name, note);
  for (const name of TRACED) {
    diagnostics
      .tracingChannel(name)
      .subscribe({ start: note, end: note, asyncStart: note, asyncEnd: note, error: note });
  }
}

// After the channels are as this side is to have them.
const { createPager, memoryStore } = await import('../../src/index.js');
side.compileTouch();
const pager = await createPager({ readahead: 'off', ...side.placement(), ...side.served() });
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore({ compress: false }) });
const tracker = listen === 'tracked' ? region.trackFaults() : undefined;
const words = new Int32Array(region.buffer);
for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
await region.evict();
// An unmeasured quarter, as in `missing`.
const warm = order.subarray(0, order.length >> 2);
side.touchPages(words, warm, new Float64Array(warm.length));
await region.evict();
const samples = new Float64Array(order.length);
side.touchPages(words, order, samples);
const fault = side.summarize(samples);
const before = region.stats().faults.missing;
if (before < order.length) throw new Error(`${before} faults for ${order.length} touches`);

/** Loads of pages that are resident: nothing but the call. */
async function loadPages(times: Float64Array): Promise<void> {
  for (let i = 0; i < times.length; i++) {
    const page = order[i % order.length] as number;
    const began = performance.now();
    await region.load(page * PAGE_BYTES, 1);
    times[i] = performance.now() - began;
  }
}

await loadPages(new Float64Array(loads >> 2));
const times = new Float64Array(loads);
await loadPages(times);
const load = side.summarize(times);

let wrong = 0;
for (let page = 0; page < pages; page++) wrong += Number(words[page * PAGE_WORDS] !== patternWord(page, 0, false));
if (listen === 'all' && heard === 0) wrong++;
tracker?.stop();
side.answer({
  subject: 'channels',
  listen,
  fault: fault.p50,
  faultMean: fault.mean,
  load: load.p50,
  loadMean: load.mean,
  clock: fault.clock,
  heard,
  wrong,
});
await pager.close();
