// covers: native/inline/, native/engine/, native/kernel/, src/pager/
// Faults that the faulting threads serve themselves. Most live tests run once more with them (variants: faults inline); here is
// what is theirs alone.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { describe, play, run } from './play.js';
import type { Failure } from './programs/kit.js';

const test = suite('inline faults');

test('a page at hand wakes no other thread', async () => {
  const found = await play<Record<string, number>>('inline', 'only the faulting thread runs');
  assert.equal(found['server'], 'inline');
  const { faults = 0, evictions = 0, woken = 0 } = found;
  assert.ok(faults > 3000 && evictions > 3000, JSON.stringify(found));
  assert.ok(woken < faults / 20, JSON.stringify(found));
});

test('a pager with inline faults beside one with a loop', async () => {
  const { served, evictions } = await play<{ served: string[]; evictions: number[] }>(
    'inline',
    'beside a pager with a loop',
  );
  assert.deepEqual(served, ['inline', 'loop']);
  assert.ok(evictions.every((count) => count > 0));
});

test('a bus error of other memory ends the process as it would have', async () => {
  const result = await run('inline', 'a bus error that is not ours');
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.equal(result.stdout, 'now\n');
  assert.equal(result.stderr, '');
});

test('memory that the program drops, moves and grows', async () => {
  const found = await play('inline', 'memory that moves and grows');
  assert.deepEqual(found, { zeros: true, grown: true, evicted: true });
});

test('the loop’s thread that touches its own region ends the process with the reason', async () => {
  const result = await run('inline', 'the loop touches its own region');
  assert.equal(result.code, 70, describe(result));
  assert.equal(result.stdout, 'now\n');
  assert.match(
    result.stderr,
    /^farpage: the loop's thread touched an absent page of a region that it serves; .* the process ends$/m,
  );
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

test.run();
