// budget: 200 s
// parts: 2
// GNU sort with the whole file in memory: the same output as unpaged.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Bench } from '../live/run/kit.js';
import { suite } from '../support/parts.js';
import { find } from '../support/process/packages.js';
import { runPaged, runTwin, Stores, type Twin } from '../support/process/real.js';

const test = suite('sort under run');
const bench = new Bench();
const stores = new Stores();
const env = { LC_ALL: 'C' };
const LINES = 110_000;
const lines = path.join(bench.folder, 'lines');
const digest = (name: string) =>
  createHash('md5')
    .update(readFileSync(path.join(bench.folder, name)))
    .digest('hex');
const program = (output: string) => {
  return [find('sort'), '-S', '400M', '--parallel=2', lines, '-o', path.join(bench.folder, output)];
};
let twin: Twin;

test.before(async () => {
  await stores.open();
  let state = 12345;
  const text: string[] = [];
  for (let i = 0; i < LINES; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text.push(`${state.toString(36).padStart(7, '0')} ${i.toString(36)} ${'-'.repeat(state % 197)}\n`);
  }
  writeFileSync(lines, text.join(''));
  twin = await runTwin(program('twin'), { env });
});
test.after(async () => {
  await stores.close();
  bench.remove();
});

for (const store of Stores.NAMES) {
  test(`the same output, store ${store}`, async () => {
    await runPaged(bench, { use: twin.use, store: stores.url(store) }, program(store), { env });
    assert.equal(digest(store), digest('twin'));
    assert.notEqual(digest(store), digest('lines'));
  });
}

test.run();
