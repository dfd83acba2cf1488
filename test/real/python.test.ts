// budget: 150 s
// parts: 2
// python3: big lists and dicts, threads, a subprocess and forks, with checks of its own.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Bench } from '../live/run/kit.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { find } from '../support/process/packages.js';
import { runPaged, runTwin, Stores, type Twin } from '../support/process/real.js';

const test = suite('python3 under run');
const bench = new Bench();
const stores = new Stores();
let program: string[] = [];
let twin: Twin;

test.before(async () => {
  await stores.open();
  // The system's own: what comes first in PATH may be a script that starts another.
  const system = '/usr/bin/python3';
  program = [existsSync(system) ? system : find('python3'), path.join(ROOT, 'test/real/programs/python.py')];
  twin = await runTwin(program);
});
test.after(async () => {
  await stores.close();
  bench.remove();
});

for (const store of Stores.NAMES) {
  test(`its checks hold, store ${store}`, async () => {
    const { result, report } = await runPaged(
      bench,
      { use: twin.use, store: stores.url(store), processes: 2 },
      program,
    );
    assert.match(result.stdout, /\nfine\n$/);
    assert.equal(result.stdout, twin.result.stdout);
    // The parent, a fork, a fork's fork and the subprocess.
    const paged = report.processes.filter(({ stats }) => (stats?.evictions ?? 0) > 0);
    assert.ok(paged.length >= 4, `${paged.length} processes were paged`);
  });
}

test.run();
