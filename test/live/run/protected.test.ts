// budget: 300 s
// parts: 3
// alone: it measures what is resident
// covers: native/programs/preload/, native/others/, src/run/
// Memory that is read-only, inaccessible or executable leaves as any other, and no byte of it is lost or made up meanwhile.
import assert from 'node:assert/strict';
import { suite } from '../../support/parts.js';
import { Bench } from './kit.js';

const test = suite('protected memory under run');
const bench = new Bench();
const LIMIT = ['--resident', '8MiB'];
const MEBIBYTE = 2 ** 20;
let program = '';

test.before(() => {
  program = bench.compile('protected');
});
test.after(() => bench.remove());

for (const scene of ['kinds', 'compilers', 'drops', 'unmaps']) {
  test(`${scene}: the limit holds, and every byte is right`, async () => {
    const { stats, processes } = await bench.play(LIMIT, [program, scene]);
    assert.ok(stats.evictions > 4000, `${stats.evictions} evictions`);
    assert.equal(processes[0]?.immovablePeak, 0, 'nothing was locked');
  });
}

test('forks, by libc and past it, while threads change protections: each process has its own bytes', async () => {
  // What a fork shares with its parent is resident in both, by the kernel's account.
  const { processes } = await bench.play(LIMIT, [program, 'forks'], {}, 8 * MEBIBYTE);
  assert.equal(processes.filter(({ how }) => how === 'forked').length, 12);
});

test('pins: what the kernel writes into pinned pages of read-only memory is seen', async () => {
  await bench.play(['--resident', '16MiB'], [program, 'pins']);
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
