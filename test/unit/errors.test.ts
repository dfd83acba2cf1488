import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { describeError, PagerError, packError, unpackError } from '../../src/errors.js';

const test = suite('errors');

test('a PagerError carries what it is given, and no more', () => {
  const cause = new Error('below');
  const full = new PagerError('PERMISSION', 'no', {
    errno: 'EPERM',
    syscall: 'ioctl(UFFDIO_API)',
    hint: 'run as root',
    cause,
  });
  assert.ok(full instanceof Error);
  assert.equal(full.name, 'PagerError');
  assert.equal(full.code, 'PERMISSION');
  assert.equal(full.errno, 'EPERM');
  assert.equal(full.syscall, 'ioctl(UFFDIO_API)');
  assert.equal(full.hint, 'run as root');
  assert.equal(full.cause, cause);

  const bare = new PagerError('CLOSED', 'closed');
  assert.equal(bare.errno, undefined);
  assert.ok(bare.cause === undefined && bare.syscall === undefined && bare.hint === undefined);
});

test('a lack of descriptors has its hint in every error, also across threads', () => {
  const low = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE', errno: -24 });
  const thread = Object.assign(new Error('Worker initialization failure: EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' });
  for (const error of [
    new PagerError('REGION', 'no file', { cause: low }),
    new PagerError('INTERNAL', 'no file', { errno: 'EMFILE' }),
    new PagerError('INTERNAL', 'no thread', { cause: thread }),
    unpackError(packError(low)),
    unpackError(packError(new PagerError('REGION', 'no file', { cause: low }))),
  ]) {
    assert.equal(error.errno, 'EMFILE');
    assert.match(error.hint ?? '', /ulimit -n/);
  }
  assert.equal(new PagerError('OPTION', 'no', { errno: 'EMFILE', hint: 'another' }).hint, 'another');
});

test('describes whatever was thrown', () => {
  assert.equal(describeError(new Error('text')), 'text');
  assert.equal(describeError(new TypeError('')), 'TypeError');
  assert.equal(describeError('plain'), 'plain');
  assert.equal(describeError(undefined), 'undefined');
  assert.equal(describeError(new AggregateError([new Error('a'), 'b'])), 'a; b');
  assert.equal(describeError(new AggregateError([], 'none')), 'none');
});

test('crosses a thread boundary whole', () => {
  const before = new PagerError('STORE_READ', 'gone', {
    errno: 'EIO',
    syscall: 'read',
    hint: 'look',
    cause: new Error('why'),
  });
  const after = unpackError(structuredClone(packError(before)));
  assert.ok(after instanceof PagerError);
  assert.equal(after.code, before.code);
  assert.equal(after.message, before.message);
  assert.equal(after.errno, before.errno);
  assert.equal(after.syscall, before.syscall);
  assert.equal(after.hint, before.hint);
  assert.ok(after.cause instanceof Error);
  assert.equal(after.cause.message, 'why');
});

test('what it did not have it does not gain on the way', () => {
  const after = unpackError(structuredClone(packError(new PagerError('CLOSED', 'closed'))));
  assert.deepEqual(packError(after), packError(new PagerError('CLOSED', 'closed')));
  assert.equal(after.cause, undefined);
});

test('any other error arrives as INTERNAL, with its stack as the cause', () => {
  const after = unpackError(structuredClone(packError(new RangeError('odd'))));
  assert.equal(after.code, 'INTERNAL');
  assert.equal(after.message, 'odd');
  assert.ok(after.cause instanceof Error);
  assert.match(after.cause.message, /RangeError: odd[\s\S]*errors\.test/);
  assert.equal(unpackError(packError('text')).message, 'text');
});

test.run();
