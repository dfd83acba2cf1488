// budget: 100 s
// stress-ng's own patterns over its memory, each verified by it.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Bench } from '../live/run/kit.js';
import { find } from '../support/process/packages.js';
import { runPaged, runTwin, Stores } from '../support/process/real.js';

const test = suite('stress-ng under run');
const bench = new Bench();
const stores = new Stores();
/** Words of several versions. */
const PASSED = /passed: 1: vm \(1\)|successful run completed/;
const BYTES = 48 * 2 ** 20;
let program: string[] = [];

test.before(async () => {
  await stores.open();
  const options = ['--vm', '1', '--vm-bytes', String(BYTES), '--vm-method', 'all', '--verify', '--vm-ops', '12000'];
  // It keeps its files in the folder that it is started in.
  program = [find('stress-ng'), ...options, '--timeout', '20s', '--temp-path', bench.folder];
  const { result } = await runTwin(program);
  assert.match(`${result.stdout}${result.stderr}`, PASSED);
});
test.after(async () => {
  await stores.close();
  bench.remove();
});

for (const store of Stores.NAMES) {
  test(`it finds nothing wrong, store ${store}`, async () => {
    // It prints its own use; that is in its children, which are not watched in the twin.
    const { result } = await runPaged(bench, { use: BYTES, store: stores.url(store) }, program);
    const said = `${result.stdout}${result.stderr}`;
    assert.match(said, PASSED, said);
    assert.doesNotMatch(said, /fail|error/i, said);
  });
}

test.run();
