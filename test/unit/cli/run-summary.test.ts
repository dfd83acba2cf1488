// What `farpage run` prints at its end.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { summarizeRun } from '../../../src/cli/run-summary.js';
import type { PagerStats } from '../../../src/index.js';
import type { PagedProcess } from '../../../src/run/processes.js';
import type { RunResult } from '../../../src/run/run.js';

const MIB = 2 ** 20;
const test = suite('the summary of run');

function stats(missing: number, poolBytesPeak: number): PagerStats {
  return {
    pages: 0,
    residentPages: 0,
    dirtyPages: 0,
    pinnedPages: 0,
    faults: { missing, minor: 0, wp: 0 },
    fills: { zero: 1, source: 0, store: 0, soft: 0 },
    readahead: { issued: 0, used: 0 },
    evictions: 0,
    writebacks: 0,
    volatile: { reclaimed: 0, regenerated: 0 },
    store: { reads: 0, writes: 0, bytesRead: 0, bytesWritten: 0, errors: 0, retries: 0, lanes: 0, laneReads: 0 },
    latency: { p50: 1, p90: 1, p99: 1, p999: 1, max: 1 },
    residentLimit: 0,
    residentBytesPeak: 0,
    overLimitBytes: 0,
    regions: 1,
    poolBytes: 0,
    poolBytesPeak,
    bookkeepingBytes: 0,
  };
}

function result(given: Partial<RunResult>): RunResult {
  return {
    program: { path: '/bin/sort', args: [], pid: 7 },
    exit: { code: 0, signal: null },
    core: 'native',
    seconds: 3.671,
    resident: { limit: 24 * MIB, peak: 20 * MIB, over: 0, counted: 19 * MIB, seen: 20 * MIB, looks: 9, frames: 0 },
    placement: { cpu: null } as RunResult['placement'],
    stats: stats(130_367, 50 * MIB),
    pager: { residentPeak: 112 * MIB },
    processes: [],
    unpaged: [],
    ...given,
  };
}

function paged(how: PagedProcess['how']): PagedProcess {
  const rest = { unregistered: { mappings: 0, errno: 0 }, stats: null, began: 0, ended: 1 };
  return { pid: 7, name: 'sort', command: 'sort', how, residentPeak: MIB, immovablePeak: 0, ...rest };
}

test('two lines, with the memory of the pager itself', () => {
  assert.equal(
    summarizeRun(result({}), false),
    'farpage: code 0 after 3.67 s; resident peak 20 MiB of 24 MiB\n' +
      '  the pager itself 112 MiB (evicted pages 50 MiB); 130,367 faults',
  );
  assert.match(summarizeRun(result({ stats: stats(1, 0) }), false), / {2}the pager itself 112 MiB; 1 faults$/);
});

test('they fit 80 columns with the longest figures', () => {
  const most = 1023 * MIB;
  const text = summarizeRun(
    result({
      exit: { code: null, signal: 'SIGVTALRM' },
      seconds: 86_400,
      resident: { limit: most, peak: most, over: 1, counted: most, seen: most, looks: 1, frames: 0 },
      stats: stats(999_999_999, most),
      pager: { residentPeak: most },
    }),
    false,
  );
  const lines = text.split('\n');
  assert.equal(lines.length, 2);
  for (const line of lines) assert.ok(line.length <= 80, `${line.length}: ${line}`);
  assert.match(text, /1023 MiB of 1023 MiB: OVER\n/);
});

test('OVER after a fork says that shared pages were counted twice', () => {
  const over = {
    limit: 24 * MIB,
    peak: 27 * MIB,
    over: 3 * MIB,
    counted: 27 * MIB,
    seen: 20 * MIB,
    looks: 9,
    frames: 0,
  };
  const summary = (...hows: Array<PagedProcess['how']>) =>
    summarizeRun(result({ resident: over, processes: hows.map((how) => paged(how)) }), false)
      .split('\n')
      .slice(2);
  const why = 'a page that parent and child share is counted in both';
  assert.deepEqual(summary('started'), []);
  assert.deepEqual(summary('started', 'forked'), [`  over by 3 MiB at most: a process is a fork, and ${why}`]);
  assert.deepEqual(summary('started', 'forked', 'forked'), [
    `  over by 3 MiB at most: 2 processes are forks, and ${why}`,
  ]);
  assert.equal(summarizeRun(result({ processes: [paged('forked')] }), false).split('\n').length, 2);
});

test('the table follows if it is asked for, with both counts', () => {
  const lines = summarizeRun(result({}), true).split('\n');
  assert.match(lines[2] ?? '', /^ {2}resident: 19 MiB counted by the pager, 20 MiB seen by the kernel's account$/);
  assert.match(lines[3] ?? '', /^ {2}pid +program +faults /);
});

test('what ran unpaged is said without the table', () => {
  const text = summarizeRun(result({ unpaged: [{ pid: 9, name: 'static' }] }), false);
  assert.match(text, /\n {2}static \(9\) ran unpaged/);
});

test.run();
