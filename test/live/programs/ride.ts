// Touches a region at random, four times its limit, a batch at a time; standard input says when to pause, continue and end.
import { createInterface } from 'node:readline';
import { setImmediate as soon } from 'node:timers/promises';
import { createPager } from '../../../src/index.js';

const PAGES = 4096;
const PAGE_WORDS = 1024;
const BATCH = 256;
const most = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);

const pager = await createPager({ residentLimit: '4MiB', readahead: 'off', faults: 'loop' });
const region = await pager.map({ byteLength: PAGES * PAGE_WORDS * 4 });
const words = new Int32Array(region.buffer);
for (let page = 0; page < PAGES; page++) words[page * PAGE_WORDS] = page;

let state = 'go';
let changed = (): void => {};
createInterface({ input: process.stdin }).on('line', (line) => {
  state = line;
  changed();
});

let seed = 1;
let touched = 0;
let wrong = 0;
while (state !== 'end' && touched < most) {
  if (state === 'pause') {
    console.log('paused');
    await new Promise<void>((resolve) => {
      changed = resolve;
    });
    continue;
  }
  for (let i = 0; i < BATCH; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const page = (seed >>> 8) % PAGES;
    if (words[page * PAGE_WORDS] !== page) wrong++;
  }
  touched += BATCH;
  if (touched === BATCH) console.log('touching');
  await soon();
}
const { faults } = pager.stats();
await pager.close();
console.log(JSON.stringify({ touched, wrong, faults: faults.missing }));
process.exit();
