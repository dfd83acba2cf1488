// budget: 300 s
// parts: 4
// alone: it measures what is resident
// covers: native/programs/preload/, native/others/, src/run/
// One process's memory under a quarter of what it uses, and what the kernel does in it. Of the pitfalls in paging
// another process's memory, these are here; by number as in docs/run.md:
//   3 DONTNEED and FREE: 'advice'              4 dropped while on its way out: 'drop evicted'
//   5 no spinning while an event is unread: 'threads', 'drop evicted'     6 an address used again: 'reuse'
//   7 pinned pages: 'direct', 'registered'     8 locked pages: 'locked'
//   10 faults in the kernel: 'calls'           13 huge pages: 'huge pages'
//   15 a thread without libc: every scene      16 what is not covered: docs/run.md says it
//   18 a staging page in the way: nothing brings it about; 'threads' moves the most
// In processes.test.ts: 1, 2, 12. In endings.test.ts: 9, 11, 14.
import assert from 'node:assert/strict';
import { suite } from '../../support/parts.js';
import { type Server, startRedis } from '../../support/servers/servers.js';
import { Bench } from './kit.js';

const test = suite('memory under run');
const bench = new Bench();
const LIMIT = ['--resident', '8MiB'];
let memory = '';
let kernel = '';
let redis: Server | undefined;

test.before(async () => {
  memory = bench.compile('memory');
  kernel = bench.compile('kernel');
  redis = await startRedis({ args: ['--appendonly', 'no'] });
});
test.after(async () => {
  await redis?.stop();
  bench.remove();
});

const MEMORY = ['patterns', 'small blocks', 'threads', 'growth', 'advice', 'drop evicted', 'reuse'];
for (const scene of [...MEMORY, 'reservation', 'huge pages']) {
  test(`${scene}: four times the limit, and every byte is right`, async () => {
    const { stats, processes } = await bench.play(LIMIT, [memory, scene]);
    assert.equal(processes.length, 1);
    assert.ok(stats.evictions > 4000, `${stats.evictions} evictions`);
  });
}

for (const scene of ['calls', 'locked', 'direct', 'registered', 'own handler']) {
  test(`${scene}: the kernel's own accesses, and memory that it holds`, async () => {
    await bench.play(['--resident', '16MiB'], [kernel, scene]);
  });
}

test('a program with a userfaultfd of its own serves its own faults', async () => {
  // The kernel does not show whose userfaultfd a mapping has: the program's own megabyte is counted with ours.
  await bench.play(['--resident', '16MiB'], [kernel, 'own userfaultfd'], {}, 2 ** 20);
});

for (const scene of ['patterns', 'advice', 'growth']) {
  test(`${scene}: with pages in Redis`, async () => {
    const store = redis?.url ?? '';
    const { stats } = await bench.play([...LIMIT, '--store', store], [memory, scene], { env: { MB: '24' } });
    assert.ok(stats.store.bytesWritten > 8 * 2 ** 20, `${stats.store.bytesWritten} bytes written`);
  });
}

test('a store that is a file, smaller mappings, and a CPU', async () => {
  const file = `file:${bench.folder}/pages`;
  const options = [...LIMIT, '--store', file, '--min-mapping', '128KiB', '--cpu', '0'];
  const { placement } = await bench.play(options, [memory, 'patterns']);
  assert.deepEqual(placement, { cpu: 0, rides: 0, moves: 0, raised: 0 });
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
