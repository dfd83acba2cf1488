// budget: 240 s
// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0, engine trap faults loop, memory shared, faults inline
// covers: assembly/, native/engine/, native/endings/, src/loop/
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import type { RegionStats } from '../../src/index.js';
import { ROOT } from '../support/paths.js';
import { startChild } from '../support/process/child.js';
import { startNginx, startRedis } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';
import { describe, linesOf, play, program, run, told } from './play.js';
import type { Failure } from './programs/kit.js';

const MIB = 2 ** 20;
const budget = 60_000;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-live-'));
const disk = path.join(folder, 'disk');
const isRoot = process.getuid?.() === 0;
const canMount = isRoot && mounts();

const test = suite('what fails');
test.after(() => {
  if (canMount) spawnSync('umount', [disk]);
  rmSync(folder, { recursive: true });
});

function mounts(): boolean {
  mkdirSync(disk);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'farpage', disk]).status === 0;
}

test('Redis killed and started again with its data: the run ends verified', async () => {
  const redis = await startRedis();
  try {
    const args = ['a server that restarts', JSON.stringify({ url: redis.url })];
    const child = startChild(program('failures'), { args, budget });
    await child.waitFor(/kill it/);
    await redis.kill('SIGKILL');
    await child.waitFor(/start it/);
    await redis.restart();
    const result = await child.result;
    assert.equal(result.code, 0, describe(result));
    const stats = told<RegionStats>(result);
    assert.ok(stats.store.retries > 0 && stats.store.errors > 0);
    assert.equal(result.stderr, '');
  } finally {
    await redis.stop();
  }
});

for (const touch of [false, true]) {
  test(`Redis gone for good: ${touch ? 'a touch is one line and SIGBUS' : 'load rejects'}`, async () => {
    const redis = await startRedis();
    try {
      const args = ['a server that is gone', JSON.stringify({ url: redis.url, touch })];
      const child = startChild(program('failures'), { args, budget });
      await child.waitFor(/kill it/);
      await redis.kill('SIGKILL');
      child.write('killed\n');
      const result = await child.result;
      const [line = '', ...others] = linesOf(result.stderr);
      assert.equal(others.length, 0, describe(result));
      if (touch) assert.match(line, /^farpage: region 1, page 7: cannot be read from redis:\/\/.*SIGBUS$/);
      // Closing cannot remove the keys any more, and says so.
      else assert.match(line, /\[FARPAGE_STORE_CLOSE\] FarpageWarning: redis:\/\/.*keys .* could not be removed/);
      if (touch) {
        assert.equal(result.signal, 'SIGBUS', describe(result));
        assert.doesNotMatch(result.stdout, /value/);
      } else {
        const answer = told<{ outcome: Failure; again: Failure; stats: RegionStats; code: string }>(result);
        const { outcome, again, stats, code } = answer;
        assert.equal(code, 'CLOSED');
        assert.deepEqual([outcome.code, again.code], ['STORE_READ', 'STORE_READ']);
        assert.match(outcome.message, /region 1.* page 0 .*redis:\/\//);
        assert.ok(stats.store.retries > 0);
      }
    } finally {
      await redis.stop();
    }
  });
}

for (const thread of [false, true]) {
  test(`a page that is gone: one line, then SIGBUS of ${thread ? 'a Worker' : 'the main thread'}`, async () => {
    const result = await run('failures', 'a page that is gone', { thread });
    assert.equal(result.signal, 'SIGBUS', describe(result));
    assert.match(
      result.stderr,
      /^farpage: region 1, page 5: cannot be read from module [^\n]*the page is gone[^\n]*SIGBUS\n$/,
    );
    assert.equal(result.stdout, '');
  });
}

test('a memory store at its limit: the writer waits, then SIGBUS with a reason', async () => {
  const result = await run('failures', 'a memory store at its limit', { patience: 1000 }, { budget });
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(
    result.stderr,
    /farpage: region 1, page \d+: cannot be brought in: [^\n]*: memory cannot be written: [^\n]*SIGBUS\n$/,
  );
  assert.match(result.stdout, /^flush STORE_WRITE /);
});

for (const [what, discard, rest] of [
  ['what was stored', [0, 1.5 * MIB], [0, 2.25 * MIB]],
  ['what is resident', [1.75 * MIB, 3.5 * MIB], [1.75 * MIB, 4 * MIB]],
] as const) {
  test(`a memory store at its limit: nothing is lost, and a discard of ${what} makes room`, async () => {
    const result = await run(
      'failures',
      'a memory store at its limit',
      { patience: 60_000, discard, rest },
      { budget },
    );
    assert.equal(result.code, 0, describe(result));
    assert.match(result.stdout, /discarded\n/);
  });
}

skipUnless(
  test,
  canMount,
  'needs root, to mount a tmpfs',
)('a full disk: continues when there is room again', async () => {
  const filler = path.join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(3 * MIB));
  const args = ['a full disk', JSON.stringify({ file: path.join(disk, 'pages') })];
  const child = startChild(program('failures'), { args, budget });
  await child.waitFor(/make room/);
  rmSync(filler);
  execFileSync('mount', ['-o', 'remount,size=32m', disk]);
  const result = await child.result;
  assert.equal(result.code, 0, describe(result));
  const stats = told<RegionStats>(result);
  assert.ok(stats.store.errors > 0 && stats.writebacks > 0);
});

const WRONG_OPTIONS = [
  { residentLimit: 'lots' },
  { residentLimit: 0 },
  { residentLimit: -1 },
  { residentLimit: '60KiB' },
  { residentLimit: '31MiB', pageSize: '2MiB' },
  { pageSize: 1024 },
  { pageSize: 12288 },
  { pageSize: '4MiB' },
  { eviction: 'lru' },
  { readahead: 'yes' },
  { engine: 'magic' },
  { cpu: -1 },
  { cpu: 0.5 },
  { storePatience: -1 },
  { storePatience: 1e9 },
  { residentlimit: '1MiB' },
  'text',
  null,
];

test('wrong options of createPager say what to give', async () => {
  const failures = await play<Failure[]>('failures', 'bad options of createPager', { options: WRONG_OPTIONS });
  for (const [at, { name, code, hint, message }] of failures.entries()) {
    const what = JSON.stringify(WRONG_OPTIONS[at]);
    assert.deepEqual([name, code], ['PagerError', 'OPTION'], `${what}: ${message}`);
    assert.ok(hint, `${what}: no hint`);
  }
});

test('a CPU that the machine has not', async () => {
  const [outcome] = await play<Failure[]>('failures', 'bad options of createPager', { options: [{ cpu: 1000 }] });
  assert.equal(outcome?.name, 'PagerError');
  assert.equal(outcome?.code, 'OPTION', outcome?.message);
  assert.ok(outcome?.hint);
});

test('wrong options of map, and stores that cannot be opened, map nothing and say what to do', async () => {
  writeFileSync(path.join(folder, 'data'), 'data');
  const [nginx, redis] = await Promise.all([
    startNginx({ root: folder }),
    startRedis({ args: ['--requirepass', 'right'] }),
  ]);
  try {
    const input = { folder, http: nginx.url, redis: redis.url };
    const { failures, regions } = await play<{ failures: Record<string, Failure>; regions: number }>(
      'failures',
      'bad options of map',
      input,
      { budget },
    );
    const wrong = Object.entries(failures).filter(
      ([, { name, code, hint }]) =>
        name !== 'PagerError' || !hint || !['OPTION', 'STORE_READ', 'STORE_WRITE', 'UNSUPPORTED'].includes(code ?? ''),
    );
    assert.deepEqual(wrong, []);
    assert.equal(regions, 1, 'a failed map left a region');
    for (const { message, hint } of Object.values(failures)) assert.doesNotMatch(`${message}${hint}`, /me:wrong/);
  } finally {
    await Promise.all([nginx.stop(), redis.stop()]);
  }
});

skipUnless(
  test,
  isRoot,
  'needs root, to become somebody else',
)('a user without privileges gets PERMISSION with a hint, or a pager that works', async () => {
  // A copy that this user may read.
  const copy = path.join(folder, 'copy');
  mkdirSync(copy);
  for (const name of ['dist/src', 'dist/assembly', 'dist/core.wasm', 'build/Release/farpage.node', 'package.json']) {
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  cpSync(path.join(ROOT, 'node_modules/@assemblyscript'), path.join(copy, 'node_modules/@assemblyscript'), {
    recursive: true,
  });
  for (const name of ['redis', '@redis', 'undici', 'cluster-key-slot']) {
    const from = path.join(ROOT, 'node_modules', name);
    if (existsSync(from)) cpSync(from, path.join(copy, 'node_modules', name), { recursive: true });
  }
  const script = path.join(copy, 'try.mjs');
  writeFileSync(
    script,
    `import { createPager, probe } from './dist/src/index.js';
try {
  const pager = await createPager({ residentLimit: '1MiB' });
  const region = await pager.map({ byteLength: '2MiB' });
  new Uint8Array(region.buffer).fill(7);
  await pager.close();
  console.log('works');
} catch (error) {
  console.log(JSON.stringify({ name: error.name, code: error.code, errno: error.errno, hint: error.hint, advice: (await probe()).advice }));
}
`,
  );
  for (const name of [folder, copy]) chmodSync(name, 0o755);
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], {
    uid: 65534,
    gid: 65534,
    encoding: 'utf8',
    timeout: 30_000,
    cwd: copy,
  });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  if (stdout === 'works\n') return;
  const outcome = JSON.parse(stdout) as Failure & { advice: string[] };
  assert.deepEqual([outcome.name, outcome.code], ['PagerError', 'PERMISSION'], stdout);
  assert.match(outcome.hint ?? '', /root|userfaultfd/);
  assert.match(outcome.advice.join(), /not permitted/);
});

test.run();
