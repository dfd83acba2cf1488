// budget: 120 s
// uses: hugepages
// covers: src/userfaultfd/, native/door/, native/kernel/
// farpage/userfaultfd on the real kernel: every call done and refused, faults and events, descriptors that travel.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { describe, play, run } from './play.js';

const POOL = '/proc/sys/vm/nr_hugepages';
const HUGE_PAGES = 16;
const CALLS = 'userfaultfd-calls';
const FAULTS = 'userfaultfd-faults';

const isRoot = process.getuid?.() === 0;
const poolBefore = readFileSync(POOL, 'utf8').trim();
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-userfaultfd-'));
// A folder inside the package, where 'farpage/userfaultfd' means this checkout.
const inside = path.join(ROOT, 'dist', 'userfaultfd-examples');

const test = suite('farpage/userfaultfd');
test.after(() => {
  if (isRoot) writeFileSync(POOL, poolBefore);
  for (const one of [folder, inside]) rmSync(one, { recursive: true, force: true });
});

for (const scene of [
  'handshake',
  'register',
  'copy',
  'zeropage',
  'move',
  'continue',
  'poison',
  'writeProtect',
  'wake',
  'while the mapping changes',
  'written pages',
]) {
  test(`done and refused: ${scene}`, () => play(CALLS, scene));
}

test('a touch of poison is SIGBUS', async () => {
  const result = await run(CALLS, 'a touch of poison');
  assert.equal(result.signal, 'SIGBUS', describe(result));
});

skipUnless(
  test,
  isRoot && poolBefore === '0',
  'needs root, and no huge pages reserved',
)('no huge page is reserved: the hint says how', async () => {
  assert.deepEqual(await play(CALLS, 'no huge pages'), { code: 'REGION', errno: 'ENOMEM', hint: true });
});

skipUnless(
  test,
  isRoot,
  'needs root, to reserve huge pages',
)('done and refused: huge pages', async () => {
  writeFileSync(POOL, String(Math.max(Number(poolBefore), HUGE_PAGES)));
  assert.ok(Number(readFileSync(POOL, 'utf8')) >= HUGE_PAGES, 'the kernel found no room for huge pages');
  await play(CALLS, 'huge pages');
});

for (const scene of [
  'a missing fault',
  'events',
  'forks of another process',
  'a minor fault',
  'a write-protect fault',
  'a fault of user mode alone',
  'an iteration left early',
  'a close while it iterates',
  'a thread that waits at the close',
  'open and forgotten',
  'a thread that ends while it iterates',
  'another process',
  'sockets',
  'memory',
]) {
  test(scene, () => play(FAULTS, scene, { folder }));
}

test('batches: filled without a wake, then woken with one', async () => {
  assert.deepEqual(await play(FAULTS, 'batches'), [4, 2]);
});

test('an exit does not wait for a thread that waits, and lets it see no zeros', async () => {
  const result = await run(FAULTS, 'an exit while a thread waits');
  assert.equal(result.code, 3, describe(result));
  assert.equal(result.stdout + result.stderr, '');
});

skipUnless(
  test,
  isRoot,
  'needs root, to become somebody else',
)('without privilege: refusals with a hint, and faults of user mode', async () => {
  const { answers, userModeOnly } = await play<{ answers: unknown[][]; userModeOnly: boolean }>(
    FAULTS,
    'without privilege',
  );
  const refused = [
    ['PERMISSION', 'EACCES', true],
    ['PERMISSION', 'EPERM', true],
  ];
  for (const [at, answer] of answers.entries()) {
    if (answer[0] !== 'allowed') assert.deepEqual(answer, refused[at]);
  }
  assert.equal(
    userModeOnly,
    answers.every(([code]) => code !== 'allowed'),
  );
});

test('the example runs', async () => {
  const result = await runChild(path.join(ROOT, 'examples', 'userfaultfd.mjs'));
  assert.equal(result.code, 0, describe(result));
  assert.match(result.stdout, /^334 pages/);
});

test('the examples of the page run', async () => {
  mkdirSync(inside, { recursive: true });
  const page = readFileSync(path.join(ROOT, 'docs', 'userfaultfd.md'), 'utf8');
  const blocks = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
  assert.ok(blocks.length >= 4, `${blocks.length} examples`);
  if (isRoot) writeFileSync(POOL, String(Math.max(Number(poolBefore), HUGE_PAGES)));
  for (const [at, block] of blocks.entries()) {
    const script = path.join(inside, `${at}.mjs`);
    writeFileSync(script, block);
    const result = await runChild(script, { cwd: inside });
    assert.equal(result.code, 0, `${block}\n${describe(result)}`);
    assert.equal(result.stderr, '', `${block}\n${describe(result)}`);
  }
});

test.run();
