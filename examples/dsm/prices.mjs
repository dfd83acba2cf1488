// A price table in four processes: one writes it, three read it. Each reader has a copy of the pages that it reads, and reads them as
// plain memory until the writer changes them.
//   node examples/dsm/prices.mjs
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPager } from 'farpage';
import { startHome } from './home.mjs';

const ROUNDS = 200;
const READERS = 3;
const PAGE_INTS = 1024;
const PAGES = 64;
/** Page 0 has the number of the last round; each other page a list of prices. */
const table = { name: 'prices', byteLength: PAGES * PAGE_INTS * 4 };
const pageOf = (round) => 1 + (round % (PAGES - 1));

async function read(url) {
  const pager = await createPager();
  const region = await pager.join(url, table);
  const prices = new Int32Array(region.buffer);
  console.log('joined');
  let round = 0;
  let checked = 0;
  while (round < ROUNDS) {
    round = await region.changed(0, round);
    // The round is written after its prices: a reader that sees the round sees them.
    const at = pageOf(round) * PAGE_INTS;
    await region.load(at * 4, PAGE_INTS * 4);
    for (const price of prices.subarray(at, at + PAGE_INTS)) {
      if (price < round) throw new Error(`round ${round}: a price of round ${price}`);
    }
    checked++;
  }
  console.log(`saw ${checked} rounds, each with its prices`);
  await pager.close();
}

async function write() {
  const home = await startHome();
  const readers = Array.from({ length: READERS }, () => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), home.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  const pager = await createPager();
  const region = await pager.join(home.url, table);
  const prices = new Int32Array(region.buffer);
  for (const { lines } of readers) await lines.next();
  for (let round = 1; round <= ROUNDS; round++) {
    const at = pageOf(round) * PAGE_INTS;
    await region.load(at * 4, PAGE_INTS * 4, { write: true });
    prices.fill(round, at, at + PAGE_INTS);
    await region.load(0, 4, { write: true });
    Atomics.store(prices, 0, round);
    // Let the readers in; a table that changes without pause belongs to its writer.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  for (const [index, { lines }] of readers.entries()) {
    const { value = 'it failed' } = await lines.next();
    console.log(`reader ${index}: ${value}`);
  }
  const { grants, recalls } = region.stats().dsm;
  console.log(`writer: ${ROUNDS} rounds, ${grants} pages granted, ${recalls} recalled`);
  await pager.close();
  home.stop();
}

const [url] = process.argv.slice(2);
await (url === undefined ? write() : read(url));
