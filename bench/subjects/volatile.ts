// A region larger than its limit is written, and then looked at, in order: with --volatile 1 all of it may be dropped and is
// regenerated, with 0 it goes to a file and comes back from there.
import { createPager, fileStore } from '../../src/index.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const chunk = 256;
const isVolatile = side.integer('volatile') === 1;

const pager = await createPager({ residentLimit: side.integer('limit') * PAGE_BYTES });
const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: fileStore(side.text('file')) });
const words = new Int32Array(region.buffer);

// Compiled over memory that is there.
const compiled = new Int32Array(PAGE_WORDS);
for (let page = 0; page < 20_000; page++) {
  fillPage(compiled, 0, page, false);
  if (wrongWords(compiled, 0, page, false) !== 0) throw new Error(`page ${page} is not what it was filled with`);
}

if (isVolatile) {
  await region.markVolatile(0, region.byteLength, {
    regenerate(asked) {
      for (const { page, into } of asked) {
        fillPage(new Int32Array(into.buffer, into.byteOffset, PAGE_WORDS), 0, page, false);
      }
    },
  });
}

const writing = performance.now();
for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
const writeSeconds = (performance.now() - writing) / 1000;
const written = region.stats();

let wrong = 0;
const reading = performance.now();
for (let first = 0; first < pages; first += chunk) {
  const count = Math.min(chunk, pages - first);
  // This thread is the one that makes them: it cannot wait for a page by touching it.
  await region.load(first * PAGE_BYTES, count * PAGE_BYTES, { pin: true });
  for (let page = first; page < first + count; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, false);
  region.unpin(first * PAGE_BYTES, count * PAGE_BYTES);
}
const readSeconds = (performance.now() - reading) / 1000;

const read = region.stats();
if (written.evictions === 0) throw new Error('nothing was evicted');
side.answer({
  subject: 'volatile',
  writeSeconds,
  readSeconds,
  storeWrites: read.store.writes,
  storeReads: read.store.reads,
  evictions: read.evictions,
  reclaimed: read.volatile.reclaimed,
  regenerated: read.volatile.regenerated,
  wrong,
  stats: side.account(pager),
});
await pager.close();
