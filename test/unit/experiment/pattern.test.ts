import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { makePattern, permutation, WORKLOADS, type Workload, zeta } from '../../../src/experiment/pattern.js';
import { Random } from '../../../src/experiment/random.js';

const test = suite('cli pattern');

function take(workload: Workload, pages: number, residentPages: number, count: number): number[] {
  const next = makePattern(workload, { pages, residentPages, random: new Random(3) });
  return Array.from({ length: count }, next);
}

test('every workload stays inside its pages, whatever their number', () => {
  for (const workload of WORKLOADS) {
    for (const pages of [1, 2, 3, 4, 5, 7, 64, 1000, 4097]) {
      for (const page of take(workload, pages, 5, 500)) {
        assert.ok(Number.isInteger(page) && page >= 0 && page < pages, `${workload} of ${pages}: ${page}`);
      }
    }
  }
});

test('sequential goes round all pages, loop round a quarter more than the limit', () => {
  assert.deepEqual(take('sequential', 4, 2, 6), [0, 1, 2, 3, 0, 1]);
  assert.deepEqual(take('loop', 100, 4, 7), [0, 1, 2, 3, 4, 0, 1]);
  assert.deepEqual(take('loop', 3, 4, 4), [0, 1, 2, 0]);
});

test('strided meets every page once in a round', () => {
  assert.deepEqual(take('strided', 8, 2, 10), [0, 3, 6, 1, 4, 7, 2, 5, 0, 3]);
  for (const pages of [1, 2, 3, 4, 100]) {
    const round = take('strided', pages, 2, pages);
    assert.equal(new Set(round).size, pages);
  }
});

test('zipf draws as often as its law says, in an order that is not that of the pages', () => {
  const pages = 1000;
  const draws = 200_000;
  const counts = new Map<number, number>();
  for (const page of take('zipf', pages, 2, draws)) counts.set(page, (counts.get(page) ?? 0) + 1);
  const ranked = [...counts.values()].sort((a, b) => b - a);
  const first = draws / zeta(pages, 0.99);
  assert.ok(Math.abs((ranked[0] ?? 0) / first - 1) < 0.05, `most drawn: ${ranked[0]}, expected ${first}`);
  assert.ok(Math.abs((ranked[1] ?? 0) / (first / 2 ** 0.99) - 1) < 0.05);
  const hottest = [...counts].sort(([, a], [, b]) => b - a).slice(0, 10);
  const places = hottest.map(([page]) => page).sort((a, b) => a - b);
  assert.ok((places[9] ?? 0) - (places[0] ?? 0) > pages / 3, `the hot pages lie together: ${places}`);
});

test('zeta by an integral agrees with the sum', () => {
  let sum = 0;
  for (let i = 1; i <= 300_000; i++) sum += i ** -0.99;
  assert.ok(Math.abs(zeta(300_000, 0.99) - sum) < 1e-6);
});

test('a permutation is one', () => {
  for (const count of [1, 2, 3, 5, 64, 1000, 4097]) {
    const place = permutation(count, count);
    const places = new Set(Array.from({ length: count }, (_, i) => place(i)));
    assert.equal(places.size, count);
    for (const at of places) assert.ok(at >= 0 && at < count);
  }
});

test.run();
