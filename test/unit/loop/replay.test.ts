// covers: src/loop/replay.ts
// A replay asks for recorded pages in the order of the recording, adjacent ones together, and waits for frames.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { LEAF_PAGES } from '../../../assembly/layout.js';
import { Replay } from '../../../src/loop/replay.js';

const test = suite('replay');
const SPACE = 3;
/** Where the chunks of the two leaves begin. */
const CHUNKS = [0x7f0000200000, 0x7f0000000000];

interface Asked {
  page: number;
  pages: number;
}

/** Resolves to what was asked for, when all was. @param free frames that are free at each turn */
function replayed(slots: number[], runs: number[], free = Number.POSITIVE_INFINITY): Promise<Asked[]> {
  const asked: Asked[] = [];
  let left = free;
  const core = {
    requested: false,
    u32: new Uint32Array(0),
    u64: new BigUint64Array(0),
    exports: {
      bringStored(space: number, page: number, most: number, scan: number): number {
        assert.equal(space, SPACE);
        assert.equal(most, scan);
        const pages = Math.min(most, left);
        left -= pages;
        if (pages > 0) asked.push({ page, pages });
        return page + pages;
      },
      nextStored: () => 0,
      endOf: () => CHUNKS.length * LEAF_PAGES,
      addressOf: (_space: number, page: number) => BigInt(CHUNKS[page / LEAF_PAGES] ?? 0),
    },
  };
  const loop = {
    dispatch() {},
    run() {
      left = free;
      return false;
    },
  };
  return new Promise((resolve) => {
    const replay = new Replay(core, loop, { slots: Uint32Array.from(slots), count: 1000 }, (space) => {
      assert.equal(space, SPACE);
      assert.equal(replay.begin(SPACE), false);
      resolve(asked);
    });
    replay.seeded(SPACE, Float64Array.from(runs));
    assert.equal(replay.begin(SPACE + 1), false);
    assert.equal(replay.begin(SPACE), true);
  });
}

/** Slots 0 to 99 are 100 pages from the fifth page of the upper chunk on, 100 to 199 those of the lower chunk. */
const RUNS = [(CHUNKS[0] ?? 0) + 4 * 4096, 100, 0, CHUNKS[1] ?? 0, 100, 100];

test('recorded pages come in their order, adjacent ones in one request', async () => {
  const asked = await replayed([150, 151, 152, 7, 100, 99], RUNS);
  assert.deepEqual(asked, [
    { page: LEAF_PAGES + 50, pages: 3 },
    { page: 11, pages: 1 },
    { page: LEAF_PAGES, pages: 1 },
    { page: 103, pages: 1 },
  ]);
});

test('slots that the checkpoint or the task does not have are left out', async () => {
  assert.deepEqual(await replayed([5000, 999, 3], RUNS), [{ page: 7, pages: 1 }]);
  assert.deepEqual(await replayed([5000], RUNS), []);
});

test('without a free frame a replay continues later, where it was', async () => {
  const slots = Array.from({ length: 150 }, (_, i) => i);
  const asked = await replayed(slots, RUNS, 10);
  assert.equal(
    asked.reduce((sum, { pages }) => sum + pages, 0),
    150,
  );
  assert.deepEqual(asked.slice(0, 2), [
    { page: 4, pages: 10 },
    { page: 14, pages: 10 },
  ]);
});

test.run();
