// covers: assembly/
// Regions that fit the resident limit: whatever is touched, and in whatever order, nothing is evicted.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';

const LIMIT = 64;
const test = suite('regions that fit the limit');

const EVICTIONS = [layout.EVICTION_FIFO, layout.EVICTION_CLOCK, layout.EVICTION_S3_FIFO];
const SOURCES = { zeros: layout.SOURCE_ZERO, 'a source': layout.SOURCE_FILE };
const STORES = { 'a pool': layout.STORE_POOL, 'a file': layout.STORE_FILE };

function evictions(drive: Drive): number {
  return drive.core.word(layout.EVICTION_SEQUENCE_AT) + drive.core.word(layout.STAGED_COUNT_AT);
}

/** Touches every page of `pages`, each some pages after the one before. */
function round(drive: Drive, pages: number, stride: number, write: boolean): void {
  for (let n = 0; n < pages; n++) {
    const page = (n * stride) % pages;
    drive.touch(page, write ? page + 7 : undefined);
  }
}

for (const eviction of EVICTIONS) {
  for (const [of, source] of Object.entries(SOURCES)) {
    for (const readahead of [layout.READAHEAD_OFF, layout.READAHEAD_SEQUENTIAL, layout.READAHEAD_STRIDE]) {
      test(`as large as the limit: eviction ${eviction}, readahead ${readahead}, pages of ${of}`, () => {
        const drive = new Drive({ eviction, readahead, limit: LIMIT }, LIMIT, layout.STORE_POOL, source);
        for (const stride of [1, 37, 63]) round(drive, LIMIT, stride, true);
        assert.equal(drive.core.word(layout.RESIDENT_PAGES_AT), LIMIT);
        assert.equal(evictions(drive), 0);
        assert.ok(drive.core.word(layout.RESIDENT_PEAK_AT) <= LIMIT);
      });
    }
  }
}

test('one page more than the limit: pages leave', () => {
  const drive = new Drive({ limit: LIMIT }, LIMIT + 1);
  for (const stride of [1, 37]) round(drive, LIMIT + 1, stride, true);
  assert.ok(evictions(drive) > 0);
  assert.ok(drive.core.word(layout.RESIDENT_PEAK_AT) <= LIMIT);
});

test('several regions count as one; when one is closed, the others have its room', () => {
  const half = LIMIT / 2;
  const drive = new Drive({ limit: LIMIT }, half);
  const { core, kernel } = drive;
  // Each begins where the one before ends.
  const add = (nth: number) => {
    const address = REGION_ADDRESS + nth * half * core.pageSize;
    const region = core.openRegion(half, address, { [layout.REGION_STORE_AT]: layout.STORE_POOL });
    kernel.registerRegion(address, half * core.pageSize);
    return { region, address };
  };
  const second = add(1);
  for (const stride of [1, 37]) round(drive, LIMIT, stride, true);
  assert.equal(evictions(drive), 0);
  add(2);
  drive.touch(LIMIT, 1);
  assert.ok(evictions(drive) > 0);
  for (let done = 0; done === 0; drive.run()) done = core.exports.closeRegion(second.region);
  kernel.unregisterRegion(second.address);
  core.exports.freeRegion(second.region);
  const touchBoth = () => {
    for (let page = 0; page < half; page++) for (const at of [page, LIMIT + page]) drive.touch(at, at + 7);
  };
  touchBoth();
  const before = evictions(drive);
  touchBoth();
  assert.equal(core.word(layout.RESIDENT_PAGES_AT), LIMIT);
  assert.equal(evictions(drive), before);
});

for (const [of, store] of Object.entries(STORES)) {
  test(`what was evicted on request comes back without an eviction, from ${of}`, () => {
    const drive = new Drive({ limit: LIMIT }, LIMIT, store);
    round(drive, LIMIT, 1, true);
    assert.equal(drive.operate(layout.OPERATION_EVICT, 0, LIMIT).status, layout.OPERATION_DONE);
    const before = evictions(drive);
    for (let page = 0; page < LIMIT; page++) assert.equal(drive.touch(page), page + 7);
    assert.equal(drive.operate(layout.OPERATION_LOAD, 0, LIMIT).status, layout.OPERATION_DONE);
    assert.equal(drive.core.word(layout.RESIDENT_PAGES_AT), LIMIT);
    assert.equal(evictions(drive), before);
  });
}

test.run();
