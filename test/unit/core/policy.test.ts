import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Drive } from '../../support/world/core-drive.js';

const test = suite('policy');

/** Touches new pages until `page` leaves; the pages that are there, oldest forgotten. */
function fill(drive: Drive, from: number, count: number): void {
  for (let page = from; page < from + count; page++) drive.touch(page, page + 1);
}

test('fifo lets go what came first', () => {
  const drive = new Drive({ eviction: layout.EVICTION_FIFO, limit: 32 });
  fill(drive, 0, 40);
  const gone = Array.from({ length: 40 }, (_, page) => page).filter((page) => drive.state(page) === layout.PAGE_ABSENT);
  assert.ok(gone.length > 0);
  assert.deepEqual(
    gone,
    gone.map((_, index) => index),
  );
});

test('clock gives a page that was touched in staging another round', () => {
  const drive = new Drive({ eviction: layout.EVICTION_CLOCK, limit: 32 });
  let page = 0;
  for (; drive.state(0) !== layout.PAGE_STAGED; page++) drive.touch(page, page + 1);
  const soft = drive.counter(layout.COUNTER_FILL_SOFT);
  assert.equal(drive.touch(0), 1);
  assert.equal(drive.counter(layout.COUNTER_FILL_SOFT), soft + 1);
  // It came back as the youngest and referenced: two rounds of the others pass before it leaves.
  fill(drive, page, 30);
  const left = drive.state(0);
  const fifo = new Drive({ eviction: layout.EVICTION_FIFO, limit: 32 });
  fill(fifo, 0, page);
  fifo.touch(0);
  fill(fifo, page, 30);
  assert.ok(left === layout.PAGE_CLEAN || left === layout.PAGE_DIRTY);
  assert.ok(fifo.state(0) === layout.PAGE_ABSENT || fifo.state(0) === layout.PAGE_STAGED);
});

test('s3-fifo: a page that faults again soon after it left is not swept out by a scan', () => {
  const drive = new Drive({ eviction: layout.EVICTION_S3_FIFO, limit: 64 });
  fill(drive, 0, 100);
  const again = Array.from({ length: 100 }, (_, page) => page).findLast(
    (page) => drive.state(page) === layout.PAGE_ABSENT,
  );
  assert.ok(again !== undefined);
  drive.touch(again);
  const flags = drive.core.entry(drive.region, again)?.flags ?? 0;
  assert.ok((flags & layout.PAGE_IN_MAIN) !== 0, 'the ghost queue remembers it');
  fill(drive, 200, 200);
  const state = drive.state(again);
  assert.ok(state === layout.PAGE_CLEAN || state === layout.PAGE_DIRTY, 'the scan went through the small queue');
});

test('s3-fifo: a page that left long ago is new again', () => {
  const drive = new Drive({ eviction: layout.EVICTION_S3_FIFO, limit: 32 });
  fill(drive, 0, 400);
  assert.equal(drive.touch(0), 1);
  assert.equal((drive.core.entry(drive.region, 0)?.flags ?? 0) & layout.PAGE_IN_MAIN, 0);
});

test('pinned pages are never victims, and are again when unpinned', () => {
  for (const eviction of [layout.EVICTION_FIFO, layout.EVICTION_CLOCK, layout.EVICTION_S3_FIFO]) {
    const drive = new Drive({ eviction, limit: 32 });
    assert.equal(drive.operate(layout.OPERATION_LOAD, 0, 8, layout.OPERATION_PIN).status, layout.OPERATION_DONE);
    fill(drive, 100, 200);
    for (let page = 0; page < 8; page++) assert.equal(drive.resident().includes(page), true, `page ${page}`);
    drive.core.exports.unpinPages(drive.region, 0, 8);
    fill(drive, 400, 200);
    assert.equal(drive.resident().filter((page) => page < 8).length, 0);
  }
});

test.run();
