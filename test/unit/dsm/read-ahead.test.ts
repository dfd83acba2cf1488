// Which pages a node asks for ahead of a thread that reads page after page.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { ReadAhead } from '../../../src/dsm/read-ahead.js';

const test = suite('pages asked for ahead');

test('a reader of neighbours gets twice as many at each wait, up to 64', () => {
  const ahead = new ReadAhead();
  const counts = [];
  for (let page = 10; counts.length < 8; ) {
    const count = ahead.after(page);
    counts.push(count);
    page += 1 + count;
  }
  assert.deepEqual(counts, [0, 4, 8, 16, 32, 64, 64, 64]);
});

test('under a resident limit a reader is an eighth of it ahead at most, and nobody under one of a few pages', () => {
  const counts = (resident: number) => {
    const ahead = new ReadAhead(resident);
    const all = [];
    for (let page = 0; all.length < 4; page += 1 + (all.at(-1) ?? 0)) all.push(ahead.after(page));
    return all;
  };
  assert.deepEqual(
    [counts(80), counts(16), counts(7)],
    [
      [0, 4, 8, 10],
      [0, 2, 2, 2],
      [0, 0, 0, 0],
    ],
  );
});

test('nothing is asked for ahead of single touches, or of a reader that goes back', () => {
  const ahead = new ReadAhead();
  for (const page of [5, 90, 3, 1000, 2, 77, 50, 49, 48]) assert.equal(ahead.after(page), 0);
});

test('a reader that waits for a page under way is followed from the end of what was asked for', () => {
  const ahead = new ReadAhead();
  assert.deepEqual(
    [0, 1, 3, 4, 6].map((page) => ahead.after(page)),
    [0, 4, 0, 0, 8],
  );
});

test('four readers are followed at once, and a fifth takes the place of the one that waited longest ago', () => {
  const ahead = new ReadAhead();
  const starts = [0, 1000, 2000, 3000];
  for (const start of starts) ahead.after(start);
  for (const start of starts) assert.equal(ahead.after(start + 1), 4);
  ahead.after(9000);
  assert.equal(ahead.after(1006), 8);
  assert.equal(ahead.after(6), 0);
});

test.run();
