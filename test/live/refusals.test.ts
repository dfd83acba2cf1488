// budget: 300 s
// parts: 2
// uses: hugepages
// A kernel that refuses to take pages, or to let them go: nothing is lost, a blocked thread gets its page when the refusal is over, or is
// told when the patience is.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { reserveHugePages } from '../../src/conformance/huge-pages.js';
import { suite } from '../support/parts.js';
import type { ChildResult } from '../support/process/child.js';
import { makeRefusal, takeBack } from '../support/process/refuse.js';
import { skipUnless } from '../support/skip.js';
import { describe, linesOf, run as runScene, told } from './play.js';
import type { Kind } from './programs/kinds-kit.js';
import type { Failure } from './programs/kit.js';

const { ENOMEM, EINVAL, EBUSY, EFAULT } = constants.errno;
const budget = 60_000;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-refusals-'));
const env = makeRefusal(folder);

function run(
  name: string,
  scene: string,
  input: unknown,
  options: { budget: number; env: typeof env },
): Promise<ChildResult> {
  takeBack(env);
  return runScene(name, scene, input, options);
}

const pool = await reserveHugePages(24, () => {});
const test = suite('what the kernel refuses');
test.after(async () => {
  rmSync(folder, { recursive: true });
  assert.equal(await pool.release(), undefined);
});
const withHuge = skipUnless(test, pool.lacking === undefined, pool.lacking ?? '');
const KINDS: Kind[] = [
  { memory: 'anonymous', engine: 'userfaultfd' },
  { memory: 'shared', engine: 'userfaultfd' },
  { memory: 'huge', engine: 'userfaultfd' },
  { memory: 'anonymous', engine: 'trap' },
  { memory: 'anonymous', engine: 'trap', mprotect: true },
];

for (const kind of KINDS) {
  const on = kind.memory === 'huge' ? withHuge : test;
  const name = `${kind.memory} by ${kind.engine}${kind.mprotect === true ? ', mprotect' : ''}`;
  for (const errno of kind.memory === 'anonymous' ? [ENOMEM, EINVAL, EBUSY, EFAULT] : [ENOMEM, EINVAL]) {
    on(`${name}: errno ${errno} for a while: loads and a touch wait, and nothing is lost`, async () => {
      const result = await run('refusals', 'for a while', { kind, errno }, { budget, env });
      assert.equal(result.code, 0, describe(result));
      const { right, failed } = told<{ right: boolean; failed: number }>(result);
      assert.deepEqual([right, failed], [true, 0]);
      const lines = linesOf(result.stderr);
      assert.equal(lines.length, 1, describe(result));
      assert.match(
        lines[0] ?? '',
        /\[FARPAGE_PAGES_REFUSED\] FarpageWarning: the kernel (has no memory for|refuses) pages .*bytes are kept/,
      );
    });
  }

  on(`${name}: longer than the patience: load rejects, and a later one has the page`, async () => {
    const result = await run('refusals', 'longer than the patience', { kind, errno: ENOMEM }, { budget, env });
    assert.equal(result.code, 0, describe(result));
    for (const { code, errno, message, hint } of Object.values(told<Record<string, Failure>>(result))) {
      assert.deepEqual([code, errno], ['STORE_READ', 'ENOMEM']);
      assert.match(message, /the kernel has no memory for pages/);
      assert.match(hint ?? '', /load again/);
    }
  });

  on(`${name}: a touch longer than the patience is a line and SIGBUS, never zeros`, async () => {
    const result = await run('refusals', 'a touch longer than the patience', { kind, errno: ENOMEM }, { budget, env });
    assert.equal(result.signal, 'SIGBUS', describe(result));
    assert.match(result.stderr, /page 7: cannot be brought in: the kernel has no memory for pages .*SIGBUS/);
    assert.doesNotMatch(result.stdout, /told/);
  });
}

test('a flush that failed fails until all that the file holds was written to it once more', async () => {
  const file = path.join(folder, 'flushed');
  const result = await run('refusals', 'a flush that fails', { file }, { budget, env });
  const { first, second, written, calm } = told<{ first: Failure; second: Failure; written: number; calm: number }>(
    result,
  );
  assert.deepEqual([first.code, first.errno, second.code, second.errno], ['STORE_WRITE', 'EIO', 'STORE_WRITE', 'EIO']);
  assert.ok(written >= 1024, `${written} pages of 1024 were written again`);
  assert.ok(calm < 512, `${calm} pages were written by the flush after that`);
  assert.equal(result.code, 0, describe(result));
});

test('a flush after one that failed says which page the file has lost', async () => {
  const file = path.join(folder, 'lost');
  const result = await run('refusals', 'a flush that fails', { file, losesPage: 9 }, { budget, env });
  const { third } = told<{ third: Failure }>(result);
  assert.equal(third.code, 'STORE_WRITE', describe(result));
  assert.match(`${third.message}\n${result.stderr}`, /page 9/);
});

test.run();
