// The judges of litmus tests and of linearizability find what they are for.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { contradictions, FORBIDDEN, type Race } from '../../support/dsm/checks.js';

const race = (count: number, ...steps: number[][]): Race => ({ count, steps });
const idle = race(9, [1, 0, 0]);

const test = suite('judges of shared memory');

const CASES: ReadonlyArray<readonly [string, Race[], Race[]]> = [
  ['MP', [idle, race(9, [1, 3, 3], [2, 4, 5])], [idle, race(9, [1, 3, 2])]],
  ['CoRR', [idle, race(9, [1, 1, 1], [2, 1, 2])], [idle, race(9, [1, 1, 1], [2, 2, 1])]],
  ['CoRR', [idle, race(9, [1, 1, 1], [5, 2, 2])], [idle, race(9, [1, 2, 2], [2, 1, 1])]],
  // Thread 1 reads 2 from its first step on: so thread 0, whose step 3 comes later, must read at least 1 there.
  ['SB', [race(4, [1, 0, 0], [3, 5, 0]), race(5, [1, 2, 0])], [race(4, [1, 0, 0]), race(5, [1, 2, 0])]],
  ['LB', [race(4, [1, 0, 0], [2, 1, 0]), race(4, [1, 0, 0], [2, 2, 0])], [race(4, [1, 2, 0]), race(4, [1, 1, 0])]],
  ['CoWW', [idle, race(9, [1, 4, 0], [2, 6, 0])], [idle, race(9, [1, 6, 0], [2, 4, 0])]],
  // The reader sees 2 (thread 0's first), then 3 (the other's first): thread 0 cannot have read 3 before.
  [
    'CoRW',
    [race(9, [1, 0, 0]), idle, race(9, [1, 2, 0], [2, 3, 0])],
    [race(9, [1, 3, 0]), idle, race(9, [1, 2, 0], [2, 3, 0])],
  ],
  // The reader sees 3, then 4: thread 0 cannot read 3 after its second write.
  [
    'CoWR',
    [race(9, [1, 0, 0], [2, 5, 0]), idle, race(9, [1, 3, 0], [2, 4, 0])],
    [race(9, [1, 0, 0], [2, 3, 0]), idle, race(9, [1, 3, 0], [2, 4, 0])],
  ],
  ['CoWR', [race(9, [1, 0, 0]), idle, idle], [race(9, [1, -2, 0]), idle, idle]],
  // x: 3, then 4. The other thread read y before its first write of x.
  [
    'S',
    [idle, race(9, [1, 1, 0]), race(9, [1, 3, 0], [2, 4, 0])],
    [idle, race(9, [1, 2, 0]), race(9, [1, 3, 0], [2, 4, 0])],
  ],
  // y: 4, then 3. The other thread read x after its first write of y.
  [
    'R',
    [idle, race(9, [1, 2, 0]), race(9, [1, 0, 4], [2, 0, 3])],
    [idle, race(9, [1, 1, 0]), race(9, [1, 0, 4], [2, 0, 3])],
  ],
  ['2+2W', [idle, idle, race(9, [1, 2, 2], [2, 3, 3])], [idle, idle, race(9, [1, 3, 2], [2, 2, 3])]],
  // Thread 1 reads 2 up to its last step: the read of thread 0 after its second discard comes later.
  ['SB DISCARD', [race(4, [1, 0, 0], [2, 5, 0]), race(5, [1, 2, 0])], [race(4, [1, 4, 0]), race(5, [1, 2, 0])]],
  ['SB DISCARD', [race(4, [1, 0, 0]), race(5, [1, 0, 0])], [race(4, [1, 0, 0]), race(5, [1, 0, 0], [4, 1, 0])]],
  ['MP DISCARD', [idle, race(9, [1, 3, 0], [2, 3, 4])], [idle, race(9, [1, 3, 3])]],
  ['MP DISCARD', [idle, race(9, [1, 0, 1], [2, 0, 2])], [idle, race(9, [1, 0, 2], [2, 0, 0], [3, 0, 1])]],
  ['IRIW', [idle, idle, race(9, [1, 1, 0]), race(9, [1, 1, 1])], [idle, idle, race(9, [1, 1, 0]), race(9, [1, 0, 1])]],
];

for (const [index, [name, allowed, forbidden]] of CASES.entries()) {
  test(`${name}, case ${index}`, () => {
    assert.equal(FORBIDDEN[name]?.(...allowed), 0);
    assert.ok((FORBIDDEN[name]?.(...forbidden) ?? 0) > 0);
  });
}

test('a history that has an order has no contradiction', () => {
  assert.deepEqual(
    contradictions([
      [0, 0, 0, 1, 2],
      [1, 0, 7, 3, 6],
      [0, 0, 0, 4, 5],
      [0, 0, 7, 4, 5],
      [0, 0, 7, 7, 8],
    ]),
    [],
  );
});

test('a discard is a write of zeros: what was before it does not come back, and zeros do not come before it', () => {
  const write: [number, number, number, number, number] = [1, 0, 7, 1, 2];
  const discard: [number, number, number, number, number] = [1, 0, 0, 3, 6];
  assert.deepEqual(contradictions([write, discard, [0, 0, 7, 4, 5], [0, 0, 0, 5, 8]]), []);
  assert.match(contradictions([write, discard, [0, 0, 7, 7, 8]]).join(), /while|twice/);
  assert.match(contradictions([write, discard, [0, 0, 0, 4, 5], [0, 0, 7, 7, 8]]).join(), /while|twice/);
  assert.match(contradictions([write, [0, 0, 0, 1, 2], discard]).join(), /before it was written/);
});

test('old bytes, bytes from nowhere and bytes from the future are found', () => {
  const write: [number, number, number, number, number] = [1, 0, 7, 3, 4];
  assert.match(contradictions([write, [0, 0, 0, 5, 6], [0, 0, 7, 7, 8]]).join(), /while|twice/);
  assert.match(contradictions([write, [0, 0, 9, 5, 6]]).join(), /before it was written/);
  assert.match(contradictions([write, [0, 0, 7, 1, 2]]).join(), /before it was written/);
});

test.run();
