import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { mix32, Random } from '../../../src/experiment/random.js';

const test = suite('cli random');

test('a seed and a stream give one sequence', () => {
  const take = (seed: number, stream: number): number[] => {
    const random = new Random(seed, stream);
    return Array.from({ length: 8 }, () => random.next());
  };
  assert.deepEqual(take(1, 0), take(1, 0));
  assert.notDeepEqual(take(1, 0), take(2, 0));
  assert.notDeepEqual(take(1, 0), take(1, 1));
});

test('numbers below a count are in range and even', () => {
  const random = new Random(7);
  const counts = new Array<number>(16).fill(0);
  for (let i = 0; i < 160_000; i++) {
    const value = random.below(16);
    counts[value] = (counts[value] ?? Number.NaN) + 1;
  }
  for (const count of counts) assert.ok(count > 9_500 && count < 10_500, `${count}`);
});

test('the finalizer maps no two numbers to one', () => {
  const seen = new Set(Array.from({ length: 100_000 }, (_, i) => mix32(i)));
  assert.equal(seen.size, 100_000);
});

test.run();
