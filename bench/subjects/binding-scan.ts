// The written pages of a gibibyte, found and protected again; bench/peers/pagemap_scan.c does the same.
import { anonymous, scanWritten, Userfaultfd } from '../../src/userfaultfd/index.js';
import { median, PAGE_BYTES } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const stride = side.integer('stride');
const rounds = side.integer('rounds');
/** Not measured: until what runs here is compiled. */
const WARM_ROUNDS = 60;
const uffd = new Userfaultfd({ features: ['PAGEFAULT_FLAG_WP', 'WP_ASYNC'], via: 'syscall', userModeOnly: true });
const memory = anonymous(pages * PAGE_BYTES);
const range = { start: memory.address, byteLength: memory.byteLength };
memory.advise('NOHUGEPAGE');
const bytes = new Uint8Array(memory.buffer);
for (let at = 0; at < bytes.length; at += PAGE_BYTES) bytes[at] = 1;
uffd.register(range, { wp: true });
uffd.writeProtect(range.start, range.byteLength);

/** How many pages were written; they are protected again. */
function countWritten(): number {
  let found = 0;
  for (const { byteLength } of scanWritten(range, { clear: true })) found += byteLength / PAGE_BYTES;
  return found;
}

const samples: number[] = [];
let wrong = 0;
for (let round = 0; round < WARM_ROUNDS + rounds; round++) {
  let written = 0;
  for (let page = round % stride; page < pages; page += stride, written++) bytes[page * PAGE_BYTES] = round;
  const begin = performance.now();
  const found = countWritten();
  if (round >= WARM_ROUNDS) samples.push((performance.now() - begin) * 1000);
  if (found !== written) wrong++;
}
side.answer({ subject: 'binding-scan', count: rounds, usPerScan: median(samples), wrong });
uffd.close();
