// budget: 120 s
// covers: src/pager/, src/core/, src/metrics/, native/engine/meters.cc
// What a pager tells of itself: histograms that agree with its counters.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
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

test.run();
