import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Tickets } from '../../../src/run/tickets.js';

const test = suite('tickets');

test('no two children of one number that join at once have the same ticket', () => {
  const tickets = new Tickets(3);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => tickets.take(7)),
    [0, 1, 2, null],
  );
  assert.equal(tickets.take(8), 0, 'another number has tickets of its own');
  tickets.release(7, 1);
  assert.equal(tickets.take(7), 1);
  assert.equal(tickets.take(7), null);
});

test('one that was given back by all is as new', () => {
  const tickets = new Tickets(2);
  for (let round = 0; round < 3; round++) {
    assert.deepEqual([tickets.take(1), tickets.take(1)], [0, 1]);
    for (const ticket of [1, 0]) tickets.release(1, ticket);
  }
});

test.run();
