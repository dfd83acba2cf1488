// budget: 300 s
// parts: 4
// alone: it measures what is resident
// variants: host v8
// covers: native/programs/preload/, native/others/, src/run/
// More than one process: forks see their own memory, others see theirs. Pitfalls 1 (the fork's event), 2 (pages that were
// shared stay so) and 12 (a child that inherits its parent's descriptor) are here.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from '../../support/parts.js';
import { startRedis } from '../../support/servers/servers.js';
import { Bench } from './kit.js';

const test = suite('processes under run');
const bench = new Bench();
const LIMIT = ['--resident', '8MiB'];
/** What a fork shares with its parent is resident in both, by the kernel's account: twice the limit until some has left. */
const TWICE = 8 * 2 ** 20;
let processes = '';

test.before(() => {
  processes = bench.compile('processes');
});
test.after(() => bench.remove());

for (const [scene, forks] of [
  ['modify both', 1],
  ['generations', 22],
  ['fork under load', 10],
  ['after fork', 1],
] as const) {
  test(`${scene}: each process has its own memory`, async () => {
    const report = await bench.play(LIMIT, [processes, scene], {}, TWICE);
    assert.equal(report.processes.filter(({ how }) => how === 'forked').length, forks);
    for (const { ended, stats } of report.processes) assert.ok(ended !== null && stats !== null);
  });
}

test('spawn, system, vfork, popen and exec: children are paged too, the parent is as it was', async () => {
  const report = await bench.play(LIMIT, [processes, 'spawns'], {}, TWICE);
  const names = new Set(report.processes.map(({ name }) => name));
  assert.ok(names.has('sh') || names.has('dash') || names.has('bash'), [...names].join());
  assert.deepEqual(report.unpaged, []);
});

test('a fork by a raw system call is noticed', async () => {
  await bench.play(LIMIT, [processes, 'raw clone'], {}, TWICE);
});

test('a daemon is served until its end, with every descriptor closed', async () => {
  const result = path.join(bench.folder, 'daemon');
  const run = bench.start(LIMIT, [processes, 'daemonise'], { env: { RESULT: result } });
  const { code, stderr } = await run.child.result;
  assert.equal(code, 0, stderr);
  assert.ok(existsSync(result), 'the pager has not waited for the daemon');
  assert.equal(readFileSync(result, 'utf8'), 'fine');
  assert.ok(run.report().stats.evictions > 0);
});

test('forks with their pages in Redis', async () => {
  const redis = await startRedis({ args: ['--appendonly', 'no'] });
  try {
    await bench.play([...LIMIT, '--store', redis.url], [processes, 'modify both'], { env: { MB: '24' } }, TWICE);
  } finally {
    await redis.stop();
  }
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
