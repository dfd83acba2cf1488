// budget: 120 s
// variants: memory shared, engine trap, faults inline
// covers: src/pager/, src/core/, src/metrics/, native/engine/meters.cc, native/inline/tally.cc
// What a pager tells of itself: histograms that agree with its counters.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import type { ThreadFaults, TrackedFaults } from '../../src/index.js';
import { play } from './play.js';

const test = suite('what a pager tells of itself');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-observe-'));
test.after(() => rmSync(folder, { recursive: true }));

interface Told {
  wrong: number;
  counts: Record<string, number>;
  after: Record<string, number>;
  faults: number;
  sinceStart: number;
  agree: Array<[number, number]>;
  ordered: boolean;
  store: { reads: number; writes: number };
}

test('histograms count what the counters count, also after their region was closed', async () => {
  const told = await play<Told>('observe', 'a region of a file is read and written at random', {
    path: path.join(folder, 'store'),
  });
  assert.equal(told.wrong, 0);
  assert.equal(told.counts['load'], 257);
  // A fault that finds its page installed meanwhile is answered, too.
  assert.ok(Number(told.counts['fault']) > 0 && Number(told.counts['fault']) <= told.faults, JSON.stringify(told));
  assert.equal(told.sinceStart, told.counts['fault']);
  for (const [histogram, stats] of told.agree) assert.equal(Math.round(histogram), Math.round(stats));
  assert.equal(told.ordered, true);
  // One call may be of several pages.
  const [reads, writes] = [Number(told.counts['store.read']), Number(told.counts['store.write'])];
  assert.ok(reads > 0 && reads <= told.store.reads, JSON.stringify(told));
  assert.ok(writes > 0 && writes <= told.store.writes, JSON.stringify(told));
  for (const name of ['fault', 'load', 'store.read']) assert.ok(Number(told.after[name]) >= Number(told.counts[name]));
});

test('a name that no histogram has is refused, with those that there are', async () => {
  const told = await play<{ code: string; message: string; hint: string }>('observe', 'a name that is none');
  assert.equal(told.code, 'OPTION');
  assert.match(told.message, /^histogram: 'faults' is not the name of a histogram$/);
  assert.match(told.hint, /fault, store\.read, store\.write, load/);
});

test('each place in the code that calls load has a row, with the pages that it waited for', async () => {
  const told = await play<{ report: TrackedFaults; text: string; thinned: TrackedFaults; refused: string }>(
    'observe',
    'loads are tracked by their places',
  );
  const { loads, sampled, stacks } = told.report;
  assert.deepEqual([loads, sampled, stacks.length], [13, 13, 2]);
  const start = stacks.find(({ stack }) => /^atStart \(/.test(stack[0] ?? ''));
  const others = stacks.find(({ stack }) => /^everywhere \(/.test(stack[0] ?? ''));
  // The second and third load of the same pages waited for none.
  assert.deepEqual([start?.loads, start?.pages, start?.absentPages], [3, 12, 4]);
  assert.deepEqual([start?.byteOffset, start?.byteLength], [0, 4 * 4096]);
  assert.deepEqual([others?.loads, others?.pages, others?.absentPages], [10, 10, 10]);
  assert.deepEqual([others?.byteOffset, others?.byteLength], [100 * 4096, 10 * 4096]);
  for (const { stack, milliseconds, longest } of stacks) {
    assert.ok(milliseconds > 0 && longest <= milliseconds);
    assert.equal(
      stack.some((frame) => /dist\/src\/|node:internal/.test(frame)),
      false,
      stack.join('\n'),
    );
  }
  assert.match(told.text, /^13 loads, 13 of them looked at\n/);
  assert.match(told.text, /10 loads, 10 of 10 pages absent; .* bytes 409600 to 450560\n {4}at everywhere \(/);
  assert.deepEqual([told.thinned.loads, told.thinned.sampled], [14, 4]);
  assert.equal(told.refused, 'every: 0 is not a whole number from 1');
});

test('touches without a load are counted by thread, where the faulting thread serves itself', async () => {
  interface Counted {
    main: number;
    faults: string;
    threads: ThreadFaults[] | null;
    text: string;
    second: ThreadFaults[] | null;
  }
  const { main, faults, threads, text, second } = await play<Counted>('observe', 'faults are counted by thread');
  if (faults === 'loop') {
    assert.deepEqual([threads, second], [null, null]);
    return;
  }
  const [own, others] = [true, false].map((isMain) => threads?.filter(({ thread }) => (thread === main) === isMain));
  // The four pages that were loaded did not fault; engine trap notes their first writes.
  const isCount = (count: number | undefined, pages: number) =>
    count !== undefined && count >= pages && count <= 2 * pages;
  assert.equal(own?.length, 1);
  assert.ok(isCount(own?.[0]?.faults, 10), JSON.stringify(threads));
  assert.equal(others?.length, 1, JSON.stringify(threads));
  assert.ok(isCount(others?.[0]?.faults, 32), JSON.stringify(threads));
  for (const { milliseconds, longest } of threads ?? []) assert.ok(milliseconds > 0 && longest <= milliseconds);
  assert.notEqual(own?.[0]?.name, '');
  assert.match(text, /^1 loads, 1 of them looked at\n[\s\S]*\ntouches without a load, by thread\n/);
  assert.match(text, new RegExp(`^ {2}thread ${main} \\(.+\\): \\d+ faults; [\\d.]+ ms, longest [\\d.]+ ms$`, 'm'));
  assert.deepEqual(
    second?.map(({ thread }) => thread),
    [main],
  );
});

test('trackers of a process are limited where faults are inline, and a stopped one makes room', async () => {
  const { faults, open, refused } = await play<{ faults: string; open: number; refused: unknown }>(
    'observe',
    'trackers without end',
  );
  if (faults === 'loop') {
    assert.equal(open, 100);
    return;
  }
  assert.equal(open, 32);
  assert.deepEqual(refused, {
    code: 'OPTION',
    errno: 'ENOSPC',
    message: 'trackFaults: 32 trackers of regions with inline faults are open',
    hint: 'stop() those that are done',
  });
});

test.run();
