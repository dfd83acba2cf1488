// budget: 240 s
// parts: 2
// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0, engine trap faults loop, memory shared, faults inline
// covers: native/endings/, native/engine/, src/loop/, src/pager/
import assert from 'node:assert/strict';
import { suite } from '../support/parts.js';
import type { ChildResult } from '../support/process/child.js';
import { startChild } from '../support/process/child.js';
import { describe, play, program, run, told } from './play.js';
import type { Failure } from './programs/kit.js';

const LOOP_DIED = 70;
/** One line, however many threads touch, in any process. */
const TOUCHED_AFTER_CLOSE =
  /^farpage: a thread touched byte \d+ of region 1 after the region was closed: [^\n]*; SIG(BUS|SEGV)\n$/;
const test = suite('endings');

const scene = (name: string, input: unknown = {}) => run('endings', name, input);

/** Ended as a process that meant to, and silently. */
function endedWith(result: ChildResult, code: number): void {
  assert.equal(result.signal, null, describe(result));
  assert.equal(result.code, code, describe(result));
  assert.doesNotMatch(result.stderr, /abort|Assertion|core dumped|FATAL/i);
}

test('closing a pager during faults ends the threads that touch what is gone, by SIGBUS', async () => {
  const result = await scene('close the pager during faults');
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(result.stderr, TOUCHED_AFTER_CLOSE);
});

test('closing a region leaves the others of its pager alone', async () => {
  const { regions } = await play<{ regions: number }>('endings', 'close a region while others are touched');
  assert.equal(regions, 2);
});

test('closing twice is closing once, and everything afterwards says CLOSED', async () => {
  const { failures, stats } = await play<{ failures: Failure[]; stats: number[] }>('endings', 'close twice');
  assert.equal(failures.length, 9);
  for (const failure of failures)
    assert.deepEqual([failure.name, failure.code], ['PagerError', 'CLOSED'], failure.message);
  assert.equal(stats[1], 2048);
});

test('closing region and pager at once, with operations under way, settles them all', async () => {
  const outcomes = await play<string[]>('endings', 'close both at once, with operations under way');
  assert.deepEqual(outcomes.slice(4), ['done', 'done', 'done', 'done']);
  for (const outcome of outcomes.slice(0, 4)) assert.ok(['done', 'CLOSED'].includes(outcome), outcome);
});

test('closing a pager that is mapping settles the maps', async () => {
  const outcomes = await play<string[]>('endings', 'close the pager while it maps');
  assert.equal(outcomes.at(-1), 'done');
  for (const outcome of outcomes) assert.ok(['done', 'CLOSED'].includes(outcome), outcome);
});

for (const who of ['region', 'pager']) {
  test(`after ${who}.close() what is resident is readable`, async () => {
    assert.equal(await play('endings', 'touch after close', { what: 'resident', who }), 'right');
  });

  test(`after ${who}.close() what was evicted is SIGBUS, never zeros`, async () => {
    const result = await scene('touch after close', { what: 'evicted', who });
    assert.equal(result.signal, 'SIGBUS', describe(result));
    assert.equal(result.stdout, 'touches\n');
    assert.match(result.stderr, TOUCHED_AFTER_CLOSE);
  });

  test(`${who}.close() while a thread is blocked in a fault ends in SIGBUS, not in a hang`, async () => {
    const result = await scene('close while a thread is blocked', { who });
    assert.equal(result.signal, 'SIGBUS', describe(result));
    assert.match(result.stderr, TOUCHED_AFTER_CLOSE);
  });
}

test('process.exit during faults', async () => endedWith(await scene('exit during faults'), 3));

for (const store of ['file', 'slow']) {
  test(`process.exit during write-back to a ${store} store`, async () => {
    endedWith(await scene('exit during write-back', { store }), 3);
  });
}

test('process.exit while a thread is blocked in a fault that nobody answers', async () => {
  endedWith(await scene('exit while a thread is blocked'), 3);
});

test('an error that nobody catches, while a thread is blocked in a fault', async () => {
  const result = await scene('throw while threads are blocked');
  endedWith(result, 1);
  assert.match(result.stderr, /nobody catches this/);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} while threads fault does what it does to any program`, async () => {
    const child = startChild(program('endings'), { args: ['wait for a signal while threads fault'] });
    await child.waitFor(/ready/);
    child.kill(signal);
    const result = await child.result;
    assert.equal(result.signal, signal, describe(result));
    assert.equal(result.stderr, '');
  });
}

test('a thread that is blocked in a fault can be terminated, and the page is there afterwards', async () => {
  // Every byte of page 256 is 257 mod 256.
  assert.equal(await play('endings', 'terminate a blocked thread'), 0x01010101);
});

for (const mode of ['throw', 'exit', 'reject']) {
  test(`the loop's thread dies (${mode}) while a thread waits: the process says why and ends`, async () => {
    const result = await scene('the loop fails', { mode });
    endedWith(result, LOOP_DIED);
    assert.match(result.stderr, /^farpage: /);
    assert.equal(result.stdout, '');
  });

  test(`the loop's thread dies (${mode}) during a load: nothing is read as zeros`, async () => {
    const result = await scene('the loop fails and nobody waits', { mode });
    endedWith(result, LOOP_DIED);
    assert.match(result.stderr, /^farpage: /);
    assert.doesNotMatch(result.stdout, /value|outlived/);
  });
}

test('a program that closes nothing ends by itself', async () => {
  endedWith(await scene('end without closing'), 0);
  endedWith(await scene('end without closing a second pager, with a store of its own thread'), 0);
});

for (const [how, code] of [
  ['close', 0],
  ['end', 0],
  ['exit', 0],
  ['throw', 1],
  ['terminate', 1],
] as const) {
  test(`a Worker that made a pager ends (${how}) and the process continues`, async () => {
    const result = await scene('a thread with its own pager ends', { how });
    endedWith(result, 0);
    assert.equal(told<{ code: number }>(result).code, code);
  });
}

test('a buffer that outlives the thread of its pager is never zeros', async () => {
  const result = await scene('a buffer outlives the thread of its pager');
  endedWith(result, LOOP_DIED);
  assert.match(result.stderr, /^farpage: a thread touched an absent page/);
  assert.equal(result.stdout, 'touches\n');
});

test.run();
