// What one copy of a page costs through the binding; bench/peers/uffd_copy.c does the same.
import { anonymous, Userfaultfd } from '../../src/userfaultfd/index.js';
import { fillPage, PAGE_BYTES, PAGE_WORDS, percentile, wrongWords } from '../data.js';
import * as side from './common.js';

const CHUNK = 256;
const PAGE = BigInt(PAGE_BYTES);

const pages = side.integer('pages');
const passes = side.integer('passes');
const uffd = new Userfaultfd();
const source = anonymous(PAGE_BYTES);
fillPage(new Int32Array(source.buffer), 0, 7, false);
const region = anonymous(pages * PAGE_BYTES);
uffd.register({ start: region.address, byteLength: region.byteLength }, { missing: true });
const words = new Int32Array(region.buffer);

const samples: number[] = [];
let wrong = 0;
for (let pass = 0; pass <= passes; pass++) {
  let target = region.address;
  for (let page = 0; page + CHUNK <= pages; page += CHUNK) {
    const begin = performance.now();
    for (let i = 0; i < CHUNK; i++) {
      const { outcome } = uffd.copy(target, source.address, PAGE_BYTES);
      if (outcome !== 'done') wrong++;
      target += PAGE;
    }
    if (pass > 0) samples.push(((performance.now() - begin) * 1000) / CHUNK);
  }
  for (let page = 0; page < pages; page += CHUNK) wrong += wrongWords(words, page * PAGE_WORDS, 7, false);
  region.advise('DONTNEED');
}
const sorted = Float64Array.from(samples).sort();
side.answer({
  subject: 'binding-copy',
  count: sorted.length * CHUNK,
  usPerCall: percentile(sorted, 0.5),
  usPerCallP90: percentile(sorted, 0.9),
  wrong,
});
uffd.close();
