// budget: 150 s
// parts: 2
// Node.js itself: its heap is mapped in pieces of 256 KiB, hence the smaller --min-mapping.
import assert from 'node:assert/strict';
import path from 'node:path';
import { Bench } from '../live/run/kit.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { runPaged, runTwin, Stores, type Twin } from '../support/process/real.js';

const test = suite('node under run');
const bench = new Bench();
const stores = new Stores();
const program = [process.execPath, path.join(ROOT, 'dist/test/real/programs/node.js')];
let twin: Twin;

test.before(async () => {
  await stores.open();
  twin = await runTwin(program);
});
test.after(async () => {
  await stores.close();
  bench.remove();
});

for (const store of Stores.NAMES) {
  test(`its checks hold, store ${store}`, async () => {
    const { result } = await runPaged(
      bench,
      { use: twin.use, store: stores.url(store), options: ['--min-mapping', '256KiB'] },
      program,
    );
    assert.match(result.stdout, /\nfine\n$/);
    console.log(result.stdout.trim());
  });
}

test.run();
