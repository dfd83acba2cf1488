// covers: assembly/
// Pages of a source file that are fed: read a few at a time into their region, without a digest, where no page has to leave.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { NO_MISCHIEF } from '../../support/kernel/mischief.js';
import { Drive } from '../../support/world/core-drive.js';

const PAGES = 600;
const EIO = 5;
const test = suite('fed pages');

const drive = (limit?: number) =>
  new Drive(
    { readahead: layout.READAHEAD_SEQUENTIAL, limit, frames: 128 },
    PAGES,
    layout.STORE_POOL,
    layout.SOURCE_FILE,
  );

function touchAll(target: Drive): number[] {
  return Array.from({ length: PAGES }, (_, page) => target.touch(page));
}

const sourceTokens = Array.from({ length: PAGES }, (_, page) => page + 1);

test('a scan takes few commands, and every page has its bytes', () => {
  const target = drive();
  assert.deepEqual(touchAll(target), sourceTokens);
  assert.equal(target.counter(layout.COUNTER_FILL_SOURCE), PAGES);
  assert.ok(target.kernel.executed < 20, `${target.kernel.executed} commands`);
});

test('a page that leaves nevertheless is written only if it differs from the source', () => {
  const target = drive();
  touchAll(target);
  target.touch(7, 4711);
  target.operate(layout.OPERATION_EVICT, 0, PAGES);
  assert.deepEqual(target.resident(), []);
  assert.equal(target.counter(layout.COUNTER_STORE_WRITES), 1);
  assert.deepEqual(
    touchAll(target),
    sourceTokens.map((token, page) => (page === 7 ? 4711 : token)),
  );
  // Now their digests are known.
  target.operate(layout.OPERATION_EVICT, 0, PAGES);
  assert.equal(target.counter(layout.COUNTER_STORE_WRITES), 1);
});

test('under a lower limit fed pages leave and return', () => {
  const target = drive();
  touchAll(target);
  target.core.exports.setLimit(300);
  target.run();
  assert.ok(target.core.word(layout.RESIDENT_PAGES_AT) <= 300);
  assert.deepEqual(touchAll(target), sourceTokens);
  assert.equal(target.counter(layout.COUNTER_STORE_WRITES), 0);
});

test('a limit that can be reached: no page is fed, and each one has its digest', () => {
  const target = drive(PAGES);
  let reads = 0;
  target.kernel.mischief = {
    ...NO_MISCHIEF,
    file: (_fd, _write, _offset, length) => {
      reads += length / target.core.pageSize;
      return 0;
    },
  };
  touchAll(target);
  const before = reads;
  target.operate(layout.OPERATION_EVICT, 0, PAGES);
  assert.equal(target.counter(layout.COUNTER_STORE_WRITES), 0);
  assert.equal(reads, before, 'no page is compared with its source');
});

test('of a window with a page that cannot be read all others come', () => {
  const target = drive();
  const bad = 40 * target.core.pageSize;
  const file = (_fd: number, _write: boolean, offset: number, length: number) =>
    offset <= bad && bad < offset + length ? EIO : 0;
  target.kernel.mischief = { ...NO_MISCHIEF, file };
  for (let page = 0; page < PAGES; page++) if (page !== 40) assert.equal(target.touch(page), page + 1);
  assert.throws(() => target.touch(40), /does not come/);
});

test('a load of pages of which one cannot be read comes to rest, and says which', () => {
  const target = drive();
  const bad = 40 * target.core.pageSize;
  const file = (_fd: number, _write: boolean, offset: number, length: number) =>
    offset <= bad && bad < offset + length ? EIO : 0;
  target.kernel.mischief = { ...NO_MISCHIEF, file };
  target.operate(layout.OPERATION_LOAD, 0, 64);
  const { core } = target;
  assert.equal(core.word(layout.REQUEST_HEAD_AT), 1);
  const [kind, page, cause, errno] = [
    layout.REQUEST_KIND_AT,
    layout.REQUEST_PAGE_AT,
    layout.REQUEST_CAUSE_AT,
    layout.REQUEST_ERRNO_AT,
  ].map((field) => core.word(layout.REQUESTS_AT + field));
  assert.deepEqual([kind, page, cause, errno], [layout.REQUEST_FAIL, 40, layout.CAUSE_READ, EIO]);
});

test.run();
