// Tables, pools, histogram and layout: the core's book-keeping, through the exported machine.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../../support/kernel/address-space.js';
import { Random } from '../../support/sim/random.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';
import { NO_LIMIT, regionAt } from '../../support/world/core-machine.js';

const test = suite('books');

test('the parts of the layout follow each other, aligned, without a gap too small', () => {
  const parts = [
    [layout.HEADER_AT, layout.HEADER_BYTES],
    [layout.MESSAGES_AT, layout.MESSAGE_BYTES * layout.MESSAGE_LIMIT],
    [layout.COMMANDS_AT, layout.COMMAND_BYTES * layout.COMMAND_LIMIT],
    [layout.REQUESTS_AT, layout.REQUEST_BYTES * layout.REQUEST_LIMIT],
    [layout.FRAMES_AT, layout.FRAME_BYTES * layout.FRAME_LIMIT],
    [layout.DIGESTS_AT, layout.DIGEST_BYTES * layout.FRAME_LIMIT],
    [layout.BITMAP_VACANT_AT, layout.FRAME_LIMIT / 8],
    [layout.BITMAP_READY_AT, layout.FRAME_LIMIT / 8],
    [layout.OPERATIONS_AT, layout.OPERATION_BYTES * layout.OPERATION_LIMIT],
    [layout.POOLS_AT, layout.POOL_BYTES * layout.POOL_LIMIT],
    [layout.REGIONS_AT, layout.REGION_BYTES * layout.REGION_LIMIT],
    [layout.ORDER_AT, 4 * layout.REGION_LIMIT],
    [layout.FIXED_END, 0],
  ] as const;
  parts.forEach(([at, bytes], index) => {
    assert.equal(at % 8, 0);
    const next = parts[index + 1];
    if (next !== undefined) assert.ok(at + bytes <= next[0], `part ${index} ends after the next begins`);
  });
  for (const limit of [layout.COMMAND_LIMIT, layout.REQUEST_LIMIT]) assert.equal(limit & (limit - 1), 0);
});

test('the table costs a leaf for 512 pages touched, whatever the region’s size', () => {
  const drive = new Drive({ limit: undefined, frames: 8 }, 2 ** 22, layout.STORE_FILE);
  for (let i = 0; i < 20; i++) drive.touch(i * 200_000, i + 1);
  assert.equal(drive.core.word(regionAt(drive.region) + layout.REGION_LEAVES_AT), 20);
  for (let i = 0; i < 20; i++) assert.equal(drive.touch(i * 200_000), i + 1);
});

test('leaves, directories and numbers of closed regions are used again', () => {
  const drive = new Drive({ limit: undefined }, 3000, layout.STORE_FILE);
  const { core, kernel } = drive;
  let leaves = 0;
  let next = 0;
  for (let round = 0; round < 20; round++) {
    for (let page = 0; page < 3000; page += 100) drive.touch(page, round * 1000 + page + 1);
    const used = [core.word(layout.BLOCK_COUNT_AT), core.word(layout.TABLE_NEXT_AT)];
    if (round === 0) [leaves = 0, next = 0] = used;
    else assert.deepEqual(used, [leaves, next]);
    for (let done = 0; done === 0; ) {
      done = core.exports.closeRegion(drive.region);
      while (core.commanded) {
        kernel.execute();
        core.exports.settle();
      }
    }
    core.exports.freeRegion(drive.region);
    assert.equal(core.word(layout.RESIDENT_PAGES_AT), 0);
    for (const page of [...kernel.pages.keys()]) kernel.forget(page * BASE_BYTES);
    kernel.poisoned.clear();
    const region = core.openRegion(3000, REGION_ADDRESS, {
      [layout.REGION_STORE_AT]: layout.STORE_FILE,
      [layout.REGION_STORE_FD_AT]: 4,
    });
    assert.equal(region, drive.region);
    assert.equal(drive.touch(0), 0, 'nothing of the old region is left');
  }
});

test('the number of a closed region is not reused before it is freed', () => {
  const drive = new Drive({ limit: undefined }, 16, layout.STORE_FILE);
  const { core } = drive;
  assert.equal(core.exports.closeRegion(drive.region), 1);
  const other = core.openRegion(16, 2 * REGION_ADDRESS, {});
  assert.notEqual(other, drive.region);
  core.exports.freeRegion(drive.region);
  assert.equal(core.openRegion(16, 3 * REGION_ADDRESS, {}), drive.region);
});

test('every page of a pool comes back, and its slots go back', () => {
  const random = new Random(7n);
  const drive = new Drive({ limit: 32 }, 600);
  const model = new Map<number, number>();
  for (let i = 0; i < 4000; i++) {
    const page = random.below(600);
    if (random.chance(0.5)) model.set(page, i + 1);
    assert.equal(drive.touch(page, model.get(page) === i + 1 ? i + 1 : undefined), model.get(page) ?? 0);
  }
  assert.ok(drive.core.long(layout.POOLS_AT + layout.POOL_BYTES_USED_AT) > 0n);
  drive.operate(layout.OPERATION_DISCARD, 0, 600);
  assert.equal(drive.core.long(layout.POOLS_AT + layout.POOL_BYTES_USED_AT), 0n);
  assert.equal(drive.core.word(layout.POOLS_AT + layout.POOL_SLAB_USED_AT), 0);
});

test('evict empties a region of any size beside few frames, flush leaves it there', () => {
  const drive = new Drive({ limit: 256, frames: 8 }, 200);
  for (let page = 0; page < 200; page++) drive.touch(page, page + 1);
  assert.equal(drive.operate(layout.OPERATION_FLUSH, 0, 200).status, layout.OPERATION_DONE);
  assert.equal(drive.resident().length, 200);
  assert.deepEqual(drive.operate(layout.OPERATION_EVICT, 0, 200), { status: layout.OPERATION_DONE, result: 200 });
  assert.equal(drive.resident().length, 0);
  for (let page = 0; page < 200; page++) assert.equal(drive.touch(page), page + 1);
});

test('faults are counted in the bucket of their time', () => {
  const drive = new Drive({ limit: undefined });
  const ticksOf = (bucket: number) => (bucket < 16 ? bucket : (16 + (bucket & 15)) * 2 ** ((bucket >> 4) - 1));
  for (const ticks of [0, 1, 15, 16, 17, 31, 32, 33, 100, 1000, 65_535, 1_000_000]) {
    drive.kernel.mischief = { ...drive.kernel.mischief, time: () => 0 };
    const page = ticks % 1000;
    const before = histogram(drive);
    const waiter = drive.kernel.fault(REGION_ADDRESS + page * BASE_BYTES, false);
    drive.kernel.read();
    drive.core.exports.step();
    drive.kernel.pass(ticks * 2 ** layout.TICK_SHIFT);
    while (drive.core.commanded) {
      drive.kernel.execute();
      drive.core.exports.settle();
    }
    drive.kernel.leave(waiter);
    const bucket = histogram(drive).findIndex((count, index) => count !== before[index]);
    assert.ok(ticksOf(bucket) <= ticks && ticks < ticksOf(bucket + 1), `${ticks} ticks in bucket ${bucket}`);
    drive.operate(layout.OPERATION_DISCARD, page, page + 1);
  }
});

function histogram(drive: Drive): number[] {
  const at = regionAt(drive.region) + layout.REGION_HISTOGRAM_AT;
  return Array.from({ length: layout.HISTOGRAM_COUNT }, (_, bucket) => drive.core.word(at + bucket * 4));
}

test('the limit holds at its least, whatever the policy', () => {
  assert.equal(NO_LIMIT, 0xffffffff);
  for (const eviction of [0, 1, 2]) {
    const drive = new Drive({ eviction, limit: 16, frames: 8 }, 300);
    for (let i = 0; i < 1000; i++) drive.touch((i * 7) % 300, i + 1);
    assert.ok(drive.kernel.peak <= 16, `${drive.kernel.peak} pages at the peak`);
    assert.equal(drive.core.word(layout.RESIDENT_PEAK_AT) <= 16, true);
  }
});

test.run();
