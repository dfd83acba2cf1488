// covers: src/loop/push.ts
// How much a push asks for at once, with few spaces and with many, with faults and without.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { IN_FLIGHT_COUNT_AT, REGION_BYTES, REGIONS_AT } from '../../../assembly/layout.js';
import { Push } from '../../../src/loop/push.js';
import { until } from '../../support/servers/servers.js';

const test = suite('push');
const BATCH = { min: 16, max: 128 };
/** Faults in a row. */
const ROW = 4;
const SCAN = 65536;
const PAGES = 1000;

interface Batch {
  asked: number;
  looked: number;
  spaces: Set<number>;
}

interface World {
  spaces: number;
  /** A thread faults during each batch. */
  faults?: boolean;
  /** The pages are in a store that answers in the event loop. */
  requested?: boolean;
}

/** Pushes spaces of PAGES pages each, whose pages all come at once. Resolves to what each batch asked for. */
function pushed({ spaces, faults = false, requested = false }: World): Promise<Batch[]> {
  const batches: Batch[] = [];
  let batch: Batch = { asked: 0, looked: 0, spaces: new Set() };
  let isBusy = false;
  const exports = {
    bringStored(space: number, from: number, most: number, scan: number) {
      assert.equal(isBusy && requested, false, 'the event loop runs before the next request');
      batch.asked += most;
      batch.looked += scan;
      batch.spaces.add(space);
      return Math.min(PAGES, from + most);
    },
    nextStored(space: number, _from: number, scan: number) {
      batch.looked += scan;
      batch.spaces.add(space);
      return PAGES;
    },
    endOf: () => PAGES,
  };
  const loop = {
    dispatch() {},
    run() {
      batches.push(batch);
      batch = { asked: 0, looked: 0, spaces: new Set() };
      isBusy = true;
      queueMicrotask(() => {
        isBusy = false;
      });
      return faults;
    },
  };
  return new Promise((resolve) => {
    const drained = new Set<number>();
    const words = new ArrayBuffer(REGIONS_AT + (spaces + 1) * REGION_BYTES);
    const core = { exports, requested, u32: new Uint32Array(words), u64: new BigUint64Array(words) };
    const push = new Push(core, loop, (space, left) => {
      assert.equal(left, false);
      drained.add(space);
      if (drained.size === spaces) setImmediate(() => resolve(batches));
    });
    for (let space = 1; space <= spaces; space++) push.begin(space);
  });
}

const asked = (batches: readonly Batch[]) => batches.map((batch) => batch.asked).filter((pages) => pages > 0);

test('a batch without a fault is followed by a larger one', async () => {
  const { min, max } = BATCH;
  const pages = asked(await pushed({ spaces: 1 }));
  assert.deepEqual(pages.slice(0, 5), [min, 2 * min, 4 * min, max, max]);
  assert.ok(pages.every((each) => each <= max));
});

test('faults are served in a row, and batches grow nevertheless', async () => {
  const { min, max } = BATCH;
  const turns = await pushed({ spaces: 1, faults: true });
  assert.deepEqual(asked(turns).slice(0, 5), [min, 2 * min, 4 * min, max, max]);
  const first = turns.slice(0, ROW + 1).map((batch) => batch.asked);
  assert.deepEqual(first, [min, ...Array.from({ length: ROW - 1 }, () => 0), 2 * min]);
});

test('a thread that faults waits for the smallest batch of a store in the event loop', async () => {
  const pages = asked(await pushed({ spaces: 1, faults: true, requested: true }));
  assert.deepEqual(
    pages,
    Array.from({ length: Math.ceil(PAGES / BATCH.min) }, () => BATCH.min),
  );
});

test('stores that answer in the event loop are asked once in a turn of it', async () => {
  assert.ok((await pushed({ spaces: 1, requested: true })).length > 2);
});

test('several spaces share a batch, and each is in every one', async () => {
  const batches = await pushed({ spaces: 8 });
  assert.ok(batches.every((batch) => batch.asked <= BATCH.max && batch.looked <= SCAN));
  assert.ok(batches.every((batch) => batch.spaces.size === 8));
});

test('of many spaces each gets one page in a batch', async () => {
  const batches = await pushed({ spaces: 200 });
  assert.equal(batches[0]?.asked, 200);
  assert.equal(batches[0]?.spaces.size, 200);
});

test('a page that a store owes is waited for; what is left when none does is given up', async () => {
  const u32 = new Uint32Array((REGIONS_AT + 2 * REGION_BYTES) / 4);
  u32[IN_FLIGHT_COUNT_AT >> 2] = 1;
  const exports = { bringStored: () => 0x200, nextStored: () => 0, endOf: () => 0x200 };
  const loop = { dispatch() {}, run: () => false };
  let left: boolean | undefined;
  const core = { exports, requested: false, u32, u64: new BigUint64Array(u32.buffer) };
  const push = new Push(core, loop, (_, some) => {
    left = some;
  });
  push.giveUpSoon();
  push.begin(1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(left, undefined);
  u32[IN_FLIGHT_COUNT_AT >> 2] = 0;
  await until(() => left !== undefined, 'it is given up');
  assert.equal(left, true);
});

test.run();
