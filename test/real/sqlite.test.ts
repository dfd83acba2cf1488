// budget: 150 s
// parts: 2
// sqlite3 with its database in memory: the same answers as unpaged, and its own check of the database's integrity.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Bench } from '../live/run/kit.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { find } from '../support/process/packages.js';
import { runPaged, runTwin, Stores, type Twin } from '../support/process/real.js';

const test = suite('sqlite3 under run');
const bench = new Bench();
const stores = new Stores();
const input = readFileSync(path.join(ROOT, 'test/real/programs/sqlite.sql'), 'utf8');
let program: string[] = [];
let twin: Twin;

test.before(async () => {
  await stores.open();
  program = [find('sqlite3'), '-batch', ':memory:'];
  twin = await runTwin(program, { input });
});
test.after(async () => {
  await stores.close();
  bench.remove();
});

test('the twin finds its database whole', () => {
  assert.match(twin.result.stdout, /^memory\nok\n/);
  assert.equal(twin.result.stdout.match(/^ok$/gm)?.length, 2);
});

for (const store of Stores.NAMES) {
  test(`the same answers, store ${store}`, async () => {
    const { result } = await runPaged(bench, { use: twin.use, store: stores.url(store) }, program, { input });
    assert.equal(result.stdout, twin.result.stdout);
  });
}

test.run();
