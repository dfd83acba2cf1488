// parts: 2
// covers: native/inline/, native/engine/, native/kernel/, native/trap/, src/pager/
// Faults that the faulting threads serve themselves. Most live tests run once more with them (variants: faults inline); here is
// what is theirs alone.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { describe, play, run } from './play.js';
import type { Failure } from './programs/kit.js';

const test = suite('inline faults');

for (const engine of ['userfaultfd', 'trap'] as const) {
  test(`${engine}: a page at hand wakes no other thread`, async () => {
    const found = await play<Record<string, number>>('inline', 'only the faulting thread runs', { engine });
    assert.equal(found['server'], 'inline');
    const { faults = 0, evictions = 0, woken = 0 } = found;
    assert.ok(faults > 3000 && evictions > 3000, JSON.stringify(found));
    assert.ok(woken < faults / 20, JSON.stringify(found));
  });

  test(`${engine}: a pager with inline faults beside one with a loop`, async () => {
    const { served, evictions } = await play<{ served: string[]; evictions: number[] }>(
      'inline',
      'beside a pager with a loop',
      { engine },
    );
    assert.deepEqual(served, ['inline', 'loop']);
    assert.ok(evictions.every((count) => count > 0));
  });

  test(`${engine}: a bus error of other memory ends the process as it would have`, async () => {
    const result = await run('inline', 'a bus error that is not ours', { engine });
    assert.equal(result.signal, 'SIGBUS', describe(result));
    assert.equal(result.stdout, 'now\n');
    assert.equal(result.stderr, '');
  });

  test(`${engine}: the loop’s thread that touches its own region ends the process with the reason`, async () => {
    const result = await run('inline', 'the loop touches its own region', { engine });
    assert.equal(result.code, 70, describe(result));
    assert.equal(result.stdout, 'now\n');
    assert.match(
      result.stderr,
      /^farpage: the loop's thread touched an absent page of a region that it serves; .* the process ends$/m,
    );
  });

  test(`${engine}: memory that is dropped while other threads fault`, async () => {
    const found = await play('inline', 'memory that is dropped while other threads fault', { engine });
    assert.deepEqual(found, { wrong: 0, evicted: true });
  });

  test(`${engine}: two threads that fault in turn get their pages by copying, a single one by moving`, async () => {
    interface Installs {
      moved: number;
      copied: number;
    }
    const { alone, inTurn, inLimit, evicted } = await play<
      Record<'alone' | 'inTurn', Installs> & Record<string, boolean>
    >(
      'inline',
      'threads in turn',
      { engine, cli: path.join(ROOT, 'bin/farpage.js') },
      { env: { FARPAGE_PHASES: '1' } },
    );
    assert.ok(inLimit && evicted);
    assert.ok(alone.moved > 10 * alone.copied, JSON.stringify(alone));
    assert.ok(inTurn.copied > 10 * inTurn.moved, JSON.stringify(inTurn));
  });
}

test('memory that the program drops, moves and grows', async () => {
  const found = await play('inline', 'memory that moves and grows');
  assert.deepEqual(found, { zeros: true, grown: true, evicted: true });
});

test('what inline faults do not go with is refused, with what to give', async () => {
  const { refused, loop } = await play<{ refused: Failure[]; loop: string }>('inline', 'with what it does not go');
  assert.deepEqual(
    refused.map(({ code }) => code),
    ['OPTION', 'OPTION'],
  );
  assert.ok(refused.every(({ hint }) => hint));
  assert.equal(loop, 'loop');
});

test('a trap’s faults are served inline, unless its core is one that cannot', async () => {
  assert.deepEqual(await play('inline', 'by itself'), ['inline', 'loop']);
});

test.run();
