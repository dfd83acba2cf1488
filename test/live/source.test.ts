// budget: 240 s
// variants: engine trap, memory shared, faults inline
// Sources that change while a region is open, and numbers of pages and bytes at the edges of 31, 32 and 44 bits.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { describe, play, run, told } from './play.js';
import type { Failure } from './programs/kit.js';

const PAGE = 4096;
const budget = 60_000;
const test = suite('sources');
const KINDS = ['native', 'loop'] as const;

for (const kind of KINDS) {
  test(`${kind}: a page that was read, has left and has changed in its source is an error, and only that page`, async () => {
    const result = await run('source', 'a page that changes', { kind, passes: false }, { budget });
    const { failed, right } = told<{ failed: Failure; right: object }>(result);
    assert.deepEqual([failed.code, right], ['STORE_READ', { same: true, own: true, fresh: true }], describe(result));
    assert.match(failed.message, /page 4 .*other bytes than it gave before/);
    // No thread touched it: the rejected load says all.
    assert.equal(result.stderr, '');
  });

  test(`${kind}: a snapshot of such a page fails`, async () => {
    const result = await run('source', 'a page that changes', { kind, passes: true }, { budget });
    const { failed } = told<{ failed: Failure }>(result);
    assert.equal(failed.code, 'STORE_READ', describe(result));
    assert.match(failed.message, /page 4/);
  });

  test(`${kind}: a source that is cut short is an error where it was, and zeros where it never was`, async () => {
    const result = await run('source', 'a file cut short', { kind }, { budget });
    const { failed, right } = told<{ failed: Failure[]; right: boolean }>(result);
    assert.deepEqual(
      failed.map(({ code }) => code),
      ['STORE_READ', 'STORE_READ', 'STORE_READ'],
      describe(result),
    );
    assert.ok(right);
    if (kind === 'native') assert.match(failed[0]?.message ?? '', /the file ends before it/);
  });

  // 2^32 pages are as many as 32 bits do not hold.
  for (const bytes of [2 ** 31, 2 ** 32, 2 ** 44 - PAGE, 2 ** 44, 2 ** 44 + 4 * PAGE, 2 ** 45]) {
    test(`${kind}: the beginning of a source of ${bytes} bytes`, async () => {
      assert.equal(await play('source', 'a source longer than any region', { kind, bytes }, { budget }), true);
    });
  }
}

test('of a run with such a page all others come', async () => {
  const result = await run('source', 'a run with a page that changes', {}, { budget });
  const { failed, others } = told<{ failed: Failure; others: number[] }>(result);
  assert.match(failed.message, /page 40 /, describe(result));
  assert.deepEqual(others, []);
});

test('what is added to a source file after it was opened is not there', async () => {
  assert.deepEqual(await play('source', 'a file that grows', {}, { budget }), { right: true, after: true });
});

test('pages at 2^31, 2^32 and 2^43 bytes have their own places', async () => {
  const edges = [2 ** 31, 2 ** 32, 2 ** 33, 2 ** 41, 2 ** 42];
  assert.deepEqual(await play('source', 'a region as long as can be', { edges }, { budget }), []);
});

test.run();
