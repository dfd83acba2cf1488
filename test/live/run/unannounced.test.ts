// budget: 300 s
// parts: 4
// alone: it measures what is resident
// What a program may do to its memory without an event of the kernel's: docs/program-memory.md has the table of it all, with
// the scenes here by their names.
import assert from 'node:assert/strict';
import { suite } from '../../support/parts.js';
import { Bench } from './kit.js';

const test = suite('what no event tells');
const bench = new Bench();
const LIMIT = ['--resident', '8MiB'];
const MEBIBYTE = 2 ** 20;
/** What a fork shares with its parent is resident in both, by the kernel's account. */
const TWICE = 8 * MEBIBYTE;
/** Locked memory is above the limit: all of it, in parent and child. */
const LOCKED = 32 * MEBIBYTE;
let program = '';

test.before(() => {
  program = bench.compile('unannounced');
});
test.after(() => bench.remove());

for (const by of ['libc', 'syscall']) {
  for (const scene of ['fork gaps', 'guards', 'hints', 'moves', 'replaced']) {
    test(`${scene}, by ${by}: every byte is what it would be without a pager`, async () => {
      await bench.play(LIMIT, [program, scene], { env: { BY: by } }, TWICE);
    });
  }

  for (const scene of by === 'libc' ? ['lock everything', 'lock touched'] : ['lock future', 'lock current']) {
    test(`${scene}, by ${by}: it works and forks; unlocked, the limit holds again`, async () => {
      const report = await bench.play(LIMIT, [program, scene], { env: { BY: by, MB: '10' } }, LOCKED);
      assert.equal(report.processes.filter(({ how }) => how === 'forked').length, 3);
      const [first] = report.processes;
      assert.ok((first?.immovablePeak ?? 0) > 4 * MEBIBYTE, JSON.stringify(first));
    });
  }
}

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
