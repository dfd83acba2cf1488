// covers: src/loop/push.ts
// How much a push asks for in one turn of the loop, with few spaces and with many.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { REGION_BYTES, REGIONS_AT } from '../../../assembly/layout.js';
import { Push } from '../../../src/loop/push.js';

const test = suite('push');
const BATCH = 32;
const SCAN = 65536;
const PAGES = 100;

interface Turn {
  asked: number;
  looked: number;
  spaces: Set<number>;
}

/** Pushes so many spaces of PAGES pages each, whose pages all come at once. Resolves to what each turn asked for. */
function pushed(spaces: number): Promise<Turn[]> {
  const turns: Turn[] = [];
  let turn: Turn = { asked: 0, looked: 0, spaces: new Set() };
  const exports = {
    bringStored(space: number, from: number, most: number, scan: number) {
      turn.asked += most;
      turn.looked += scan;
      turn.spaces.add(space);
      return Math.min(PAGES, from + most);
    },
    nextStored(space: number, _from: number, scan: number) {
      turn.looked += scan;
      turn.spaces.add(space);
      return PAGES;
    },
    endOf: () => PAGES,
  };
  const loop = {
    dispatch() {},
    run() {
      turns.push(turn);
      turn = { asked: 0, looked: 0, spaces: new Set() };
    },
  };
  return new Promise((resolve) => {
    const drained = new Set<number>();
    const core = { exports, u64: new BigUint64Array((REGIONS_AT + (spaces + 1) * REGION_BYTES) / 8) };
    const push = new Push(core, loop, (space, left) => {
      assert.equal(left, false);
      drained.add(space);
      if (drained.size === spaces) setImmediate(() => resolve(turns));
    });
    for (let space = 1; space <= spaces; space++) push.begin(space);
  });
}

test('one space gets the whole batch of a turn', async () => {
  const turns = await pushed(1);
  assert.deepEqual(
    turns.map(({ asked }) => asked),
    [BATCH, BATCH, BATCH, BATCH, 0],
  );
});

test('several spaces share it, and each is in every turn', async () => {
  const turns = await pushed(8);
  assert.ok(turns.every(({ asked, looked }) => asked <= BATCH && looked <= SCAN));
  assert.ok(turns.every(({ spaces }) => spaces.size === 8));
});

test('of many spaces each gets one page in a turn', async () => {
  const turns = await pushed(200);
  assert.equal(turns[0]?.asked, 200);
  assert.equal(turns[0]?.spaces.size, 200);
});

test.run();
