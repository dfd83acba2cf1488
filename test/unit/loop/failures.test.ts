// The words for a page that cannot be brought in: each names the store that failed, once.
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { suite } from 'uvu';
import { CAUSE_CONTENT, CAUSE_READ, SOURCE_ASYNC } from '../../../assembly/layout.js';
import { PagerError } from '../../../src/errors.js';
import { explainFailure, lineOf, noFrame, placed, unreadable, unwritable } from '../../../src/loop/failures.js';
import { NO_SOURCE } from '../../../src/loop/opened.js';
import { Mapped } from '../../../src/loop/region.js';
import { describeSpec } from '../../../src/store/open.js';
import { lostPageError, redisError } from '../../../src/store/redis-error.js';

const URL = 'redis://user:secret@127.0.0.1:6379';
const REDIS = describeSpec({ kind: 'redis', url: URL, prefix: 'a:', temporary: false, lane: true });
const HTTP = 'https://host/disk.img';
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
const NO_CONNECTION = redisError('STORE_READ', REDIS, refused);
const test = suite('failures of pages, in words');

function mapped(store: string, source?: string): Mapped {
  const from = source === undefined ? NO_SOURCE : { ...NO_SOURCE, kind: SOURCE_ASYNC, name: source, pages: 10 };
  return new Mapped(1, 0n, 10, from, { ...NO_SOURCE, name: store }, -1);
}

test('a read names the store once, with its hint', () => {
  const line = lineOf(unreadable(mapped(REDIS), 3, NO_CONNECTION));
  assert.equal(
    line,
    `cannot be read from ${REDIS}: no connection: connect ECONNREFUSED; start the server, or correct host and port in the URL`,
  );
  const lost = unreadable(mapped(REDIS), 3, lostPageError(REDIS, 3));
  assert.equal(lost.what, `cannot be read from ${REDIS}: Redis no longer has page 3`);
});

test('of a source and a store, the one that failed is named', () => {
  const both = mapped(REDIS, HTTP);
  assert.match(
    unreadable(both, 3, NO_CONNECTION).what,
    /^cannot be read from redis:\/\/127\.0\.0\.1:6379: no connection/,
  );
  const gone = new PagerError('STORE_READ', `${HTTP}: it answers 404`);
  assert.equal(unreadable(both, 3, gone).what, `cannot be read from ${HTTP}: it answers 404`);
  const unsaid = new PagerError('STORE_READ', 'it is gone');
  assert.equal(unreadable(both, 3, unsaid).what, `cannot be read from ${HTTP} or ${REDIS}: it is gone`);
  // A name that only begins like the store's is not the store's.
  const other = new PagerError('STORE_READ', `${REDIS}0: no connection`);
  assert.equal(placed([REDIS], other).where, REDIS);
});

test('bytes that are not the ones that were stored, and a disk that fails: the error says what to do', () => {
  const fail = (cause: number, errno: number) =>
    explainFailure({ cause, errno, page: 3 }, mapped('file:/a'), undefined);
  assert.equal(
    lineOf(fail(CAUSE_CONTENT, 0)),
    'cannot be read from file:/a: its bytes are not the ones that were stored; let nothing but this pager write to its store, ' +
      'and look at the disk and the memory (dmesg); what the page held is lost',
  );
  assert.equal(
    lineOf(fail(CAUSE_READ, constants.errno.EIO)),
    'cannot be read from file:/a: reading failed (EIO); look at the disk and its file system (dmesg)',
  );
});

test('a write names the store once, also where another one has its prefix', () => {
  assert.match(unwritable(REDIS, NO_CONNECTION), /^redis:\/\/127\.0\.0\.1:6379 cannot be written: no connection/);
  const taken = new PagerError('OPTION', `${REDIS}, prefix a:: process 7 of host b writes there already`);
  assert.equal(
    unwritable(REDIS, taken),
    `${REDIS}, prefix a: cannot be written: process 7 of host b writes there already`,
  );
  assert.equal(unwritable('memory:', new Error('the pool is full')), 'memory cannot be written: the pool is full');
  const { message } = noFrame('STORE_READ', { store: REDIS, error: NO_CONNECTION });
  assert.equal(message.split(REDIS).length, 2, message);
});

test.run();
