// The table of `farpage top`, as wide and as high as the terminal.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { frameOf, type TopRow, tableOf } from '../../../src/cli/top.js';

const test = suite('the table of top');

function row(pid: number): TopRow {
  return {
    pid,
    name: 'node',
    seconds: 1,
    residentBytes: 64 * 2 ** 20,
    limitBytes: 64 * 2 ** 20,
    poolBytes: 34 * 2 ** 20,
    regions: 1,
    faults: 18_500,
    fills: { zero: 0, source: 0, store: 18_200, soft: 0 },
    evictions: 18_200,
    writebacks: 3,
    faultTimes: { p50: 4990, p99: 143_000, max: 1e6 },
  };
}

const ROWS = [row(24_102), row(4077)];

test('a wide table has all columns', () => {
  const [head = '', first = ''] = tableOf(ROWS);
  assert.deepEqual(head.split(/ {2,}/), [
    ...['pid', 'program', 'resident', 'limit', 'pool', 'faults/s', 'p50', 'p99', 'store/s', 'evicted/s', 'written/s'],
  ]);
  assert.deepEqual(first.split(/ {2,}/), [
    ...['24102', 'node', '64 MiB', '64 MiB', '34 MiB', '18.5k', '4.99 µs', '143 µs', '18.2k', '18.2k', '3'],
  ]);
});

test('a narrow one leaves columns out, and no line is wider than it', () => {
  for (let width = 120; width > 0; width--) {
    for (const line of tableOf(ROWS, width)) assert.ok(line.length <= width, `${width}: ${line}`);
  }
  assert.match(tableOf(ROWS, 72)[0] ?? '', /^pid +program +resident +limit +faults\/s +p50 +p99 +store\/s$/);
  assert.match(tableOf(ROWS, 40)[0] ?? '', /^pid +program +resident +faults\/s$/);
  assert.match(tableOf(ROWS, 28)[1] ?? '', /^24102 +64 MiB +18\.5k$/);
});

test('a low screen says how many rows it leaves out', () => {
  const rows = Array.from({ length: 30 }, (_, index) => row(index + 1));
  const size = { columns: 100, rows: 10, hasKeys: true };
  const frame = frameOf(rows, size, 2);
  assert.equal(frame.length, 10);
  assert.equal(frame[0], 'farpage top: 30 pagers, every 2 s; q ends');
  assert.match(frame[1] ?? '', /^pid /);
  // Of 31 lines eight are there.
  assert.equal(frame[9], 'and 23 more');
  assert.equal(frameOf(rows, { ...size, rows: 32 }, 2).length, 32);
  for (let height = 1; height < 5; height++) {
    assert.ok(frameOf(rows, { ...size, rows: height }, 2).length <= height, String(height));
  }
  assert.equal(frameOf(undefined, { ...size, hasKeys: false }, 2)[0], 'farpage top: looking, every 2 s; Ctrl-C ends');
});

test.run();
