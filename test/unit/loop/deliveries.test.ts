// Pages that arrive unasked use memory only while enough of it is left, where no resident limit says how much they may use.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { MemoryRoom } from '../../../src/loop/deliveries.js';

const MIB = 2 ** 20;
const test = suite('room for pages that arrive');

function machine(available: number) {
  const memory = { total: 1024 * MIB, available };
  let looks = 0;
  const room = new MemoryRoom(() => {
    looks++;
    return memory;
  });
  return { memory, room, looks: () => looks };
}

test('an eighth of the memory is left to others', () => {
  assert.equal(machine(160 * MIB).room.take(MIB), true);
  assert.equal(machine(144 * MIB).room.take(MIB), false);
});

test('it is looked at from time to time: memory that others take, and give back, counts', () => {
  const { memory, room, looks } = machine(512 * MIB);
  for (let i = 0; i < 15; i++) assert.equal(room.take(MIB), true);
  assert.equal(looks(), 1);
  memory.available = 100 * MIB;
  room.take(MIB);
  assert.equal(room.take(MIB), false);
  memory.available = 512 * MIB;
  for (let i = 0; i < 16; i++) room.take(MIB);
  assert.equal(room.take(MIB), true);
});

test.run();
