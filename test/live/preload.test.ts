// budget: 240 s
// parts: 3
// covers: native/programs/preload/
// The library in unmodified programs, with a pager of the tests' own: what goes in and out, and every way to end.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { type Child, startChild, startProgram } from '../support/process/child.js';
import type { PagerCounts, PagerPlan } from '../support/process/preload-pager.js';
import { skipUnless } from '../support/skip.js';
import { describe, program } from './play.js';

const LIBRARY = path.join(ROOT, 'build/Release/farpage-preload.so');
const SCENES = path.join(ROOT, 'test/support/process/preload');
const LIMIT = 1000;
const MIN_MAPPING = 128 * 1024;
const UNPAGED = 70;
const budget = 60_000;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-preload-'));
const binary = path.join(folder, 'program');

const suiteOf = suite('the library in a program');
suiteOf.before(() => {
  const sources = readdirSync(SCENES).filter((name) => name.endsWith('.c'));
  execFileSync('cc', ['-O2', '-pthread', '-o', binary, ...sources.map((name) => path.join(SCENES, name))]);
});
suiteOf.after(() => rmSync(folder, { recursive: true }));
const isRoot = process.getuid?.() === 0;
const test = skipUnless(suiteOf, isRoot && existsSync(LIBRARY), 'needs root, for events of fork, and x86-64');

let sockets = 0;

interface Running {
  pager: Child;
  env: Record<string, string>;
}

async function startPager(plan: Partial<PagerPlan> = {}): Promise<Running> {
  const socket = path.join(folder, `${++sockets}`);
  const whole: PagerPlan = { path: socket, limit: LIMIT, minMapping: MIN_MAPPING, ...plan };
  const pager = startChild(program('preload-pager'), { args: [JSON.stringify(whole)], budget });
  await pager.waitFor(/listening/);
  return { pager, env: { LD_PRELOAD: LIBRARY, FARPAGE_RUN: socket } };
}

async function endPager({ pager }: Running): Promise<PagerCounts> {
  pager.write('end\n');
  const result = await pager.result;
  assert.equal(result.code, 0, describe(result));
  return JSON.parse(result.stdout.trimEnd().split('\n').at(-1) ?? '') as PagerCounts;
}

/** Runs a scene under the tests' pager: it must end well, and print nothing but that. */
async function play(args: readonly string[], plan: Partial<PagerPlan> = {}, also = ''): Promise<PagerCounts> {
  const running = await startPager(plan);
  const result = await startProgram(binary, { args, env: running.env, budget }).result;
  if (result.code !== 0) running.pager.kill('SIGTERM');
  assert.equal(
    result.code,
    0,
    result.code === 0 ? '' : `${describe(result)}\nthe pager ${describe(await running.pager.result)}`,
  );
  assert.equal(result.stderr, '');
  // One line for each of the scene's own processes that it starts.
  assert.match(result.stdout, new RegExp(`^(good patterns\n)*${also}good ${args[0]}\n$`));
  const counts = await endPager(running);
  assert.equal(counts.unregistered, 0, `errno ${counts.unregisteredErrno}`);
  return counts;
}

for (const [scene, forks, starts] of [
  ['growth', 0, 1],
  ['drops', 0, 1],
  ['threads', 0, 1],
  ['fork', 3, 1],
  ['rawfork', 3, 1],
  ['spawns', 1, 6],
  ['descriptors', 1, 1],
  ['kernel', 0, 1],
  ['locked', 0, 1],
  ['signals', 0, 1],
  ['own', 0, 1],
] as const) {
  test(`${scene}: every byte is right over the limit`, async () => {
    const counts = await play([scene]);
    assert.ok(counts.moved > LIMIT && counts.back > LIMIT, JSON.stringify(counts));
    assert.equal(counts.forks, forks);
    assert.equal(counts.forkEvents, forks);
    // A shell may start the command in its own place, or in a child's.
    assert.ok(counts.starts >= starts, `${counts.starts} starts`);
    // What a fork shares is EBUSY until it is the process's own: the agent sees to that. EAGAIN stays the pager's.
    assert.equal(counts.errors['EBUSY'], undefined, JSON.stringify(counts.errors));
    if (scene === 'locked') assert.ok((counts.errors['EINVAL'] ?? 0) > 0, 'pages that are locked stay');
    // The stand-in notices after each batch of faults, and a fork doubles what is there.
    if (forks === 0 && scene !== 'locked') assert.ok(counts.peak <= LIMIT + 64, `${counts.peak} pages`);
  });
}

test('malloc, calloc and small blocks are caught: nearly all of a program is paged', async () => {
  const counts = await play(['patterns', '16'], { limit: 100_000 });
  const pages = (16 * 2 ** 20) / 4096;
  assert.ok(counts.faults > pages + (4096 * 2048) / 4096 && counts.moved === 0, JSON.stringify(counts));
});

test('small blocks are paged where mappings have to be large for it', async () => {
  const counts = await play(['small'], { minMapping: 2 ** 20 });
  assert.ok(counts.faults > 40_000 / 8 && counts.moved > LIMIT, JSON.stringify(counts));
});

test('pages given up by MADV_FREE are gone at once: no unseen page stays over the limit', async () => {
  await play(['frees'], {}, 'present 0\n');
});

test('an event that nobody has read yet stops a request with EAGAIN, and nothing is lost', async () => {
  const counts = await play(['threads'], { limit: 500 });
  assert.ok((counts.errors['EAGAIN'] ?? 0) > 0, JSON.stringify(counts.errors));
});

test('what a program sees of itself is as without the library', async () => {
  const bare = await startProgram(binary, { args: ['looks'], budget }).result;
  const running = await startPager();
  const paged = await startProgram(binary, { args: ['looks'], env: running.env, budget }).result;
  assert.deepEqual(paged, bare);
  await endPager(running);
});

test('a request that comes before the welcome waits for the agent', async () => {
  const counts = await play(['fork'], { early: true });
  assert.equal(counts.forks, 3);
});

test('a daemon that has left its parent and its descriptors is paged to its end', async () => {
  const running = await startPager();
  const file = path.join(folder, 'daemon');
  const result = await startProgram(binary, { args: ['daemon', file], env: running.env, budget }).result;
  assert.equal(result.code, 0, describe(result));
  for (const until = performance.now() + budget; !existsSync(file) && performance.now() < until; ) await sleep(20);
  await sleep(100);
  assert.equal(readFileSync(file, 'utf8'), 'daemon good\n');
  const counts = await endPager(running);
  assert.ok(counts.forks === 2 && counts.moved > LIMIT, JSON.stringify(counts));
});

for (const scene of ['endless', 'endless after close'] as const) {
  test(`${scene}: the pager's death is the program's, with a line`, async () => {
    const running = await startPager();
    const child = startProgram(binary, { args: scene.split(' '), env: running.env, budget });
    await child.waitFor(/ready/);
    running.pager.kill('SIGKILL');
    const result = await child.result;
    assert.equal(result.signal, 'SIGKILL', describe(result));
    assert.doesNotMatch(result.stdout, /bad/);
    // At the pager's standard error: the program may have closed its own, or given it to somebody else.
    const { stderr } = await running.pager.result;
    assert.match(stderr, /^farpage: the pager has ended[^\n]*\n$/);
  });
}

for (const answer of ['refuse', 'hang up', 'nobody'] as const) {
  test(`${answer}: the program does not begin, or runs unpaged where that is allowed`, async () => {
    const running = await startPager(answer === 'nobody' ? {} : { answer });
    if (answer === 'nobody') running.env['FARPAGE_RUN'] += '.none';
    const args = ['patterns', '8'];
    const refused = await startProgram(binary, { args, env: running.env, budget }).result;
    assert.equal(refused.code, UNPAGED, describe(refused));
    assert.equal(refused.stdout, '');
    assert.match(refused.stderr, /^farpage: process \d+: the pager [^\n]*; it is ended[^\n]*\n$/);
    const env = { ...running.env, FARPAGE_UNPAGED: '1' };
    const unpaged = await startProgram(binary, { args, env, budget }).result;
    assert.equal(unpaged.code, 0, describe(unpaged));
    assert.equal(unpaged.stdout, 'good patterns\n');
    assert.match(unpaged.stderr, /^farpage: process \d+: the pager [^\n]*; it runs unpaged\n$/);
    await endPager(running);
  });
}

test('a forked child that the pager refuses is killed with a line: it never reads what is not its memory', async () => {
  const running = await startPager({ forkAnswer: 'refuse' });
  const result = await startProgram(binary, { args: ['fork'], env: running.env, budget }).result;
  // The parent sees its child's end.
  assert.match(result.stdout, /^bad: WIFEXITED[^\n]*\n$/);
  assert.match(result.stderr, /^farpage: process \d+: the pager refuses this process; this child [^\n]*SIGKILL\)\n$/);
  await endPager(running);
});

test('without a pager named the library does nothing', async () => {
  const env = { LD_PRELOAD: LIBRARY };
  const result = await startProgram(binary, { args: ['patterns', '8'], env, budget }).result;
  assert.deepEqual(result, { code: 0, signal: null, stdout: 'good patterns\n', stderr: '' });
});

suiteOf.run();
