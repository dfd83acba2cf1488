// budget: 300 s
// parts: 2
// alone: a thousand processes at once
// covers: native/others/, src/run/, src/loop/spaces.ts, assembly/books/
// What a run holds: many processes at once, and much address space. docs/limits.md has the figures.
import assert from 'node:assert/strict';
import { suite } from '../../support/parts.js';
import { Bench, tell } from './kit.js';

const test = suite('limits of a run');
const bench = new Bench();
const budget = 200_000;
let program = '';

test.before(() => {
  program = bench.compile('limits');
});
test.after(() => bench.remove());

test('a thousand processes at once each have their own memory', async () => {
  const run = bench.start(['--resident', '32MiB'], [program, 'crowd'], { budget, env: { CHILDREN: '1000' } });
  const result = await run.child.result;
  assert.equal(result.code, 0, tell(result));
  assert.match(result.stdout, /fine\n$/);
  const { processes } = run.report();
  assert.equal(processes.filter(({ how }) => how === 'forked').length, 1000);
  for (const { pid, ended } of processes) assert.ok(pid !== null && ended !== null);
});

test('a pool that may hold more than this machine has is begun, and evicts', async () => {
  const options = ['--resident', '8MiB', '--store', 'memory:?limit=256GiB'];
  const run = bench.start(options, [program, 'sparse'], { budget, env: { CHUNKS: '4096' } });
  const result = await run.child.result;
  assert.equal(result.code, 0, tell(result));
  assert.ok(run.report().stats.evictions > 4096);
});

test('a pool beyond what its books can name is refused, with the most that is possible', async () => {
  const { code, stderr } = await bench.start(['--store', 'memory:?limit=257GiB'], ['true']).child.result;
  assert.equal(code, 2, stderr);
  assert.match(stderr, /limit: 257 GiB is not at most 256 GiB/);
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
