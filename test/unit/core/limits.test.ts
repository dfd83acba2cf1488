// covers: assembly/
// How much the core's books hold, at and beyond each limit: docs/limits.md has the figures.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { regionAt } from '../../support/world/core-machine.js';
import { Stand } from '../../support/world/stand.js';

const test = suite('limits of the core');
const GIB = 2 ** 30;
const PAGE = 4096;
/** 64 KiB pages of a core's memory as a pager has it. */
const WHOLE = 61440;

test('there are 4,095 regions with a pool each, of what memory stores of 24 GiB take; the next is refused', () => {
  const stand = new Stand({ limit: 512, memoryPages: WHOLE });
  const { core } = stand;
  const slabs = (24 * GIB) / (8 * PAGE);
  const bytes = 64 * GIB;
  const most = layout.REGION_LIMIT - 1;
  const addressOf = (region: number) => 2 ** 44 + ((region * 1009) % most) * bytes;
  for (let number = 1; number <= most; number++) {
    assert.equal(stand.openRegion(bytes / PAGE, addressOf(number), slabs), number);
  }
  assert.equal(stand.openPool(slabs) < layout.POOL_LIMIT, true);
  assert.equal(core.openRegion(1, 2 ** 46, {}), 0);
  // The last page of each, in an order that is not a region's neighbour's, and again once all have left.
  const touched = Array.from({ length: most }, (_, index) => addressOf(((index * 1009) % most) + 1) + bytes - PAGE);
  for (const round of [0, 1]) {
    stand.touch(touched);
    for (let number = 1; number <= most; number++) {
      const missing = core.number(regionAt(number) + layout.REGION_COUNTERS_AT + layout.COUNTER_MISSING * 8);
      assert.equal(missing, round + 1, `faults of region ${number}`);
    }
  }
  // All of it is given back, and is enough for the next ones.
  const made = core.word(layout.BLOCK_COUNT_AT);
  const top = core.word(layout.TABLE_NEXT_AT);
  for (let number = 1; number <= most; number++) {
    stand.close(number);
    core.exports.closePool(number - 1);
    core.exports.freeRegion(number);
  }
  assert.equal(core.word(layout.LEAF_COUNT_AT), 0);
  assert.equal(core.word(layout.RESIDENT_PAGES_AT), 0);
  for (let number = 1; number <= most; number++) {
    assert.equal(stand.openRegion(bytes / PAGE, addressOf(number), slabs), number);
  }
  stand.touch(touched);
  assert.equal(core.word(layout.BLOCK_COUNT_AT), made);
  assert.equal(core.word(layout.TABLE_NEXT_AT), top);
});

test('a pager’s books hold 209,000 touched chunks of 2 MiB, 408 GiB; the page of the next one fails', () => {
  const whole = new Stand({ limit: 512, memoryPages: WHOLE }).core.word(layout.LEAF_LIMIT_AT);
  assert.ok(whole > 209_000 && whole < 215_000, `${whole}`);
  // The same with books of 128 MiB, so that they can be filled.
  const stand = new Stand({ limit: 512, memoryPages: 2048 });
  const { core } = stand;
  const most = core.word(layout.LEAF_LIMIT_AT);
  const chunk = 2 ** 21;
  const base = 2 ** 44;
  const region = stand.openRegion((most + 2) * layout.LEAF_PAGES, base, 1024);
  assert.notEqual(region, 0);
  const all = Array.from({ length: most }, (_, index) => base + index * chunk);
  stand.touch(all);
  assert.equal(core.word(layout.LEAF_COUNT_AT), most);
  assert.equal(core.requested, false);
  stand.touch([base + most * chunk]);
  const at = layout.REQUESTS_AT + (core.word(layout.REQUEST_TAIL_AT) & layout.REQUEST_MASK) * layout.REQUEST_BYTES;
  assert.equal(core.word(at + layout.REQUEST_KIND_AT), layout.REQUEST_FAIL);
  assert.equal(core.word(at + layout.REQUEST_PAGE_AT), most * layout.LEAF_PAGES);
  assert.equal(core.word(at + layout.REQUEST_CAUSE_AT), layout.CAUSE_NO_TABLE);
  // The others come and go as before.
  const head = core.word(layout.REQUEST_HEAD_AT);
  stand.touch(all);
  assert.equal(core.word(layout.REQUEST_HEAD_AT), head);
});

test.run();
