// Where pages lie once mremap(2) and munmap(2) have been at a region: extents, cut and joined; and what follows from them.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { NOWHERE_SHIFT } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../../support/kernel/address-space.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';
import { regionAt } from '../../support/world/core-machine.js';

const ELSEWHERE = 0x5800_0000_0000;
const NOWHERE = 2 ** NOWHERE_SHIFT;

const test = suite('extents');

const addressOf = (page: number) => REGION_ADDRESS + page * BASE_BYTES;

/** [first page, pages, address] of each extent, by page. */
function extents(drive: Drive): [number, number, number][] {
  const region = regionAt(drive.region);
  return Array.from({ length: drive.core.word(region + layout.EXTENT_COUNT_AT) }, (_, i): [number, number, number] => {
    const at = region + layout.REGION_EXTENTS_AT + i * layout.EXTENT_BYTES;
    return [
      drive.core.word(at + layout.EXTENT_FIRST_AT),
      drive.core.word(at + layout.EXTENT_PAGES_AT),
      drive.core.number(at),
    ];
  }).sort(([a], [b]) => a - b);
}

/** The application moves or, with no `to`, unmaps memory; its call has returned. */
function move(drive: Drive, from: number, pages: number, to?: number): void {
  const call = drive.kernel.move(from, from + pages * BASE_BYTES, to, false, false);
  while (!drive.kernel.goOnMoving(call)) {
    drive.kernel.read();
    drive.run();
  }
}

test('a part that moves is an extent, and stops being one when it moves back', () => {
  const drive = new Drive();
  move(drive, addressOf(100), 50, ELSEWHERE);
  assert.deepEqual(extents(drive), [[100, 50, ELSEWHERE]]);
  move(drive, ELSEWHERE, 50, addressOf(100));
  assert.deepEqual(extents(drive), []);
});

test('the middle of an extent that moves on leaves two parts of it', () => {
  const drive = new Drive();
  move(drive, addressOf(100), 50, ELSEWHERE);
  move(drive, ELSEWHERE + 20 * BASE_BYTES, 10, ELSEWHERE + 2 ** 24);
  assert.deepEqual(extents(drive), [
    [100, 20, ELSEWHERE],
    [120, 10, ELSEWHERE + 2 ** 24],
    [130, 20, ELSEWHERE + 30 * BASE_BYTES],
  ]);
});

test('one unmapping beside the other makes one extent', () => {
  const drive = new Drive();
  for (const page of [100, 110, 90]) move(drive, addressOf(page), 10);
  assert.deepEqual(extents(drive), [[90, 30, NOWHERE]]);
});

test('a whole region that moves has no extents, and serves faults at its new place', () => {
  const drive = new Drive({ limit: 32 });
  for (let page = 0; page < 100; page++) drive.touch(page, page + 1);
  move(drive, REGION_ADDRESS, 1000, ELSEWHERE);
  assert.deepEqual(extents(drive), []);
  assert.equal(drive.core.number(regionAt(drive.region) + layout.REGION_ADDRESS_AT), ELSEWHERE);
  const beyond = (ELSEWHERE - REGION_ADDRESS) / BASE_BYTES;
  for (let page = 0; page < 100; page++) assert.equal(drive.touch(beyond + page), page + 1);
});

test('a move that needs more extents than there may be ends the core, loudly', () => {
  const drive = new Drive();
  // Room for two more is asked for: a move may cut an extent in two besides.
  const most = layout.EXTENT_LIMIT - 1;
  for (let i = 0; i < most; i++) move(drive, addressOf(10 * (i + 1)), 5, ELSEWHERE + i * 2 ** 24);
  assert.equal(extents(drive).length, most);
  assert.throws(() => move(drive, addressOf(900), 5, ELSEWHERE + 2 ** 34), /parts at most/);
});

test('threads that wait where the pages were are woken', () => {
  const drive = new Drive({}, 1000, layout.STORE_ASYNC, layout.SOURCE_ASYNC);
  const waiter = drive.kernel.fault(addressOf(100), false);
  drive.kernel.read();
  drive.run();
  assert.equal(waiter.woken, false);
  move(drive, addressOf(100), 10, ELSEWHERE);
  assert.equal(waiter.woken, true);
});

test('a fault read with the event of a move is asked for where the page lies now', () => {
  const drive = new Drive({ limit: 16 }, 1000, layout.STORE_FILE);
  for (let page = 0; page < 100; page++) drive.touch(page, page + 1);
  assert.equal(drive.state(3), layout.PAGE_ABSENT);
  const call = drive.kernel.move(addressOf(0), addressOf(10), ELSEWHERE, false, false);
  drive.kernel.goOnMoving(call);
  const waiter = drive.kernel.fault(ELSEWHERE + 3 * BASE_BYTES, false);
  drive.kernel.read();
  // The caller returns before the core has done anything: nothing is changing any more.
  assert.equal(drive.kernel.goOnMoving(call), true);
  drive.run();
  assert.equal(waiter.woken, true);
  drive.kernel.leave(waiter);
  assert.equal(drive.touch((ELSEWHERE - REGION_ADDRESS) / BASE_BYTES + 3), 4);
});

test('readahead and loads leave alone what is unmapped', () => {
  const drive = new Drive({ limit: 64, frames: 32, readahead: layout.READAHEAD_SEQUENTIAL });
  move(drive, addressOf(20), 10);
  for (let page = 0; page < 20; page++) drive.touch(page);
  assert.equal(drive.core.requested, false, 'no page is given up');
  for (let page = 20; page < 30; page++) assert.notEqual(drive.state(page), layout.PAGE_FILLING);
  assert.equal(drive.operate(layout.OPERATION_LOAD, 25, 26).status, layout.OPERATION_FAILED);
});

test('a victim moved in the moment of its command is not taken for gone', () => {
  const drive = new Drive({ limit: 64 }, 1000, layout.STORE_FILE);
  drive.touch(5, 77);
  drive.core.exports.beginOperation(layout.OPERATION_EVICT, drive.region, 5, 6, 0);
  drive.core.exports.step();
  const call = drive.kernel.move(addressOf(5), addressOf(6), ELSEWHERE, false, true);
  for (let rounds = 0; drive.core.commanded && rounds < 10; rounds++) {
    drive.kernel.execute();
    drive.core.exports.settle();
  }
  assert.equal(drive.state(5), layout.PAGE_DIRTY);
  drive.kernel.goOnMoving(call);
  drive.kernel.read();
  drive.run();
  drive.kernel.goOnMoving(call);
  drive.run();
  assert.equal(drive.touch((ELSEWHERE - REGION_ADDRESS) / BASE_BYTES + 5 - 5), 77);
});

test('an event that empties more slabs than the ring has records is taken', () => {
  const pages = 36_000;
  const drive = new Drive({ limit: 64, frames: 16 }, pages);
  for (let page = 0; page < pages; page++) drive.touch(page, (page + 1) * 7); // tokens that do not compress
  const removal = drive.kernel.remove(REGION_ADDRESS, addressOf(pages));
  drive.kernel.read();
  drive.run();
  assert.equal(drive.kernel.goOn(removal), true);
  assert.equal(drive.touch(100), 0);
});

test.run();
