import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { retry } from '../../../src/store/retry.js';
import { errorCode, isPermanent, StoreError, settleAll, toStoreError } from '../../../src/store/store-error.js';
import { within } from '../../support/budget.js';

const BUDGET = 10_000;
const test = suite('retry');

const transient = () => new StoreError('STORE_READ', true, 'later');
const permanent = () => new StoreError('STORE_READ', false, 'never');

test('tries again until it succeeds, and counts', async () => {
  let calls = 0;
  const seen: number[] = [];
  const work = async () => {
    if (++calls < 5) throw transient();
    return calls;
  };
  const got = await within(BUDGET, retry(work, { firstDelay: 1, onRetry: (count) => seen.push(count) }), 'retry');
  assert.equal(got, 5);
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test('a permanent failure is thrown at once, as it is', async () => {
  let calls = 0;
  const error = permanent();
  const work = async () => {
    calls++;
    throw error;
  };
  await assert.rejects(within(BUDGET, retry(work), 'retry'), (thrown) => thrown === error);
  assert.equal(calls, 1);
});

test('patience ends it with the last failure', async () => {
  let calls = 0;
  const work = async () => {
    throw new StoreError('STORE_WRITE', true, `failure ${++calls}`);
  };
  const running = retry(work, { patience: 60, firstDelay: 1, maxDelay: 10 });
  await assert.rejects(within(BUDGET, running, 'retry'), (thrown: Error) => thrown.message === `failure ${calls}`);
  assert.ok(calls > 2);
});

test('a signal ends the waiting', async () => {
  const controller = new AbortController();
  const work = async () => {
    throw transient();
  };
  const running = retry(work, { firstDelay: 100_000, maxDelay: 100_000, patience: 1e9, signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(within(BUDGET, running, 'retry'), { code: 'CLOSED' });
  await assert.rejects(within(BUDGET, retry(work, { signal: controller.signal }), 'retry'), { code: 'CLOSED' });
});

test('what is permanent', () => {
  const withCode = (code: string) => Object.assign(new Error(code), { code });
  const lasting: Error[] = [
    permanent(),
    new PagerError('OPTION', 'x'),
    withCode('EACCES'),
    withCode('EBADF'),
    withCode('EIO'),
  ];
  lasting.push(withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), Object.assign(new Error(), { permanent: true }));
  for (const error of lasting) assert.equal(isPermanent(error), true, String(error));
  const passing: unknown[] = [
    transient(),
    new Error('x'),
    withCode('ECONNRESET'),
    withCode('ENOSPC'),
    'text',
    null,
    undefined,
  ];
  passing.push(Object.assign(new Error(), { permanent: false }), withCode('ETIMEDOUT'));
  for (const error of passing) assert.equal(isPermanent(error), false, String(error));
});

test('a system error keeps its errno and syscall; other codes are not errnos', () => {
  const system = Object.assign(new Error('read'), { code: 'EIO', syscall: 'pread' });
  const wrapped = toStoreError('STORE_READ', 'file /x', system, 'look');
  assert.deepEqual(
    [wrapped.code, wrapped.errno, wrapped.syscall, wrapped.hint],
    ['STORE_READ', 'EIO', 'pread', 'look'],
  );
  assert.equal(
    toStoreError('STORE_READ', 'x', Object.assign(new Error(), { code: 'UND_ERR_SOCKET' })).errno,
    undefined,
  );
  assert.equal(toStoreError('STORE_READ', 'x', wrapped), wrapped);
  const both = new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]);
  assert.equal(errorCode(both), 'ECONNREFUSED');
});

test('settleAll waits for every part, and prefers the permanent failure', async () => {
  let finished = false;
  const slow = new Promise<void>((resolve) => {
    setTimeout(() => {
      finished = true;
      resolve();
    }, 20);
  });
  const error = permanent();
  const parts = [Promise.reject(transient()), slow, Promise.reject(error)];
  await assert.rejects(within(BUDGET, settleAll(parts), 'settling'), (thrown) => thrown === error);
  assert.equal(finished, true);
});

test.run();
