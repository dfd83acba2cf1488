// covers: assembly/ src/core/
// Histograms: those of perf_hooks over the same values agree, within a bucket; differences; the core's buckets past 2^32.
import assert from 'node:assert/strict';
import { createHistogram } from 'node:perf_hooks';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { statsSince } from '../../../src/core/difference.js';
import { addTime, bucketOf, lowOf, noTimes, PagerHistogram } from '../../../src/core/histogram.js';
import { createMeters, Meters } from '../../../src/core/meters.js';
import { readerOf } from '../../../src/core/reader.js';
import { StatsReader } from '../../../src/core/stats.js';
import { Drive } from '../../support/world/core-drive.js';
import { regionAt } from '../../support/world/core-machine.js';

const test = suite('histograms');
const TICK = 64;

function histogramOf(values: readonly number[]): PagerHistogram {
  const counted = noTimes();
  for (const value of values) addTime(counted, value / TICK);
  return new PagerHistogram(counted);
}

/** Within a bucket, and half a tick by rounding. */
function near(found: number, wanted: number): boolean {
  return Math.abs(found - wanted) <= wanted / 16 + TICK;
}

const TIMES = fc.array(fc.integer({ min: 1, max: 2 ** 37 }), { minLength: 1, maxLength: 300 });

test('a bucket holds the times from its low end to the next bucket', () => {
  for (let bucket = 0; bucket < layout.HISTOGRAM_COUNT; bucket++) {
    assert.equal(bucketOf(lowOf(bucket)), bucket);
    assert.equal(bucketOf(lowOf(bucket + 1) - 1), bucket);
  }
  assert.equal(bucketOf(2 ** 40), layout.HISTOGRAM_COUNT - 1);
});

test('count, min, max, mean, stddev and percentiles agree with those of perf_hooks', () => {
  fc.assert(
    fc.property(TIMES, (values) => {
      const theirs = createHistogram({ figures: 3, highest: 2 ** 40 });
      for (const value of values) theirs.record(value);
      const ours = histogramOf(values);
      assert.equal(ours.count, theirs.count);
      assert.equal(ours.exceeds, 0);
      for (const name of ['min', 'max', 'mean'] as const) {
        assert.ok(near(ours[name], theirs[name]), `${name}: ${ours[name]} beside ${theirs[name]}`);
      }
      // Each value is off by less than a sixteenth: so is their spread, of the greatest.
      assert.ok(Math.abs(ours.stddev - theirs.stddev) <= theirs.max / 16 + 2 * TICK);
      // By rank: perf_hooks rounds it half up, so its percentile may be the next value.
      const sorted = values.toSorted((a, b) => a - b);
      for (const percentile of [1, 50, 90, 99, 100]) {
        const wanted = sorted[Math.ceil((percentile / 100) * values.length) - 1] ?? Number.NaN;
        assert.ok(near(ours.percentile(percentile), wanted), `percentile ${percentile}`);
      }
      assert.equal(ours.percentiles.get(100), ours.max);
    }),
    { numRuns: 30 },
  );
});

test('without values everything is 0, and no percentile is outside 0 to 100', () => {
  const { count, min, max, mean, stddev, exceeds } = histogramOf([]);
  assert.deepEqual(
    { count, min, max, mean, stddev, exceeds },
    { count: 0, min: 0, max: 0, mean: 0, stddev: 0, exceeds: 0 },
  );
  assert.equal(histogramOf([]).percentile(50), 0);
  for (const wrong of [0, -1, 100.1, Number.NaN])
    assert.throws(() => histogramOf([64]).percentile(wrong), { code: 'OPTION' });
});

test('what came since an earlier histogram is what was counted after it', () => {
  fc.assert(
    fc.property(TIMES, TIMES, (before, after) => {
      const since = histogramOf([...before, ...after]).since(histogramOf(before));
      const alone = histogramOf(after);
      assert.equal(since.count, alone.count);
      assert.ok(Math.abs(since.sum - alone.sum) < 1);
      assert.ok(near(since.max, alone.max));
      assert.ok(near(since.percentile(50), alone.percentile(50)));
    }),
  );
});

test('a limit that is a bucket’s end counts the values below it', () => {
  const histogram = histogramOf([64, 128, 1024, 2048]);
  assert.deepEqual(
    [64, 1024, 2048, 4096].map((limit) => histogram.countBelow(limit)),
    [0, 2, 3, 4],
  );
});

test('meters are read by another view of their memory', () => {
  const buffer = createMeters();
  const meters = new Meters(buffer);
  for (const milliseconds of [0.5, 1, 2]) meters.record('store.read', milliseconds);
  meters.record('store.write', 7);
  const reads = new PagerHistogram(new Meters(buffer).read('store.read'));
  const writes = new PagerHistogram(new Meters(buffer).read('store.write'));
  assert.deepEqual([reads.count, reads.max, writes.count], [3, 2e6, 1]);
  assert.ok(near(reads.mean, 3.5e6 / 3));
});

test('a bucket of the core counts past 2^32, also when its region has closed', () => {
  const drive = new Drive({ limit: undefined });
  const reader = new StatsReader(readerOf(drive.core.memory.buffer));
  drive.touch(0, 1);
  const at = regionAt(drive.region) + layout.REGION_HISTOGRAM_AT;
  const bucket = reader.faultTimes().buckets.indexOf(1);
  const words = drive.core.u32;
  words[(at >> 2) + bucket] = 0xffffffff;
  drive.touch(1, 1);
  assert.equal(reader.faultTimes().buckets[bucket], 2 ** 32);
  // The sums of closed regions are in region 0: two buckets that are nearly full.
  words[(at >> 2) + bucket] = 0xfffffff0;
  words[((regionAt(0) + layout.REGION_HISTOGRAM_AT) >> 2) + bucket] = 0x20;
  drive.core.exports.closeRegion(drive.region);
  assert.equal(reader.faultTimes().buckets[bucket], 2 ** 33 + 0x10);
});

test('counters of a later time, minus those of an earlier one; states are the later ones', () => {
  const drive = new Drive({ limit: undefined });
  const reader = new StatsReader(readerOf(drive.core.memory.buffer));
  drive.touch(0, 1);
  const earlier = reader.pager();
  drive.touch(1, 1);
  drive.touch(2, 1);
  const later = reader.pager();
  const since = statsSince(later, earlier);
  assert.deepEqual([since.faults.missing, since.fills.zero, since.store.reads], [2, 2, 0]);
  assert.deepEqual([since.residentPages, since.regions], [later.residentPages, later.regions]);
  assert.equal('latency' in since, false);
  // Never less than 0.
  assert.equal(statsSince(earlier, later).faults.missing, 0);
});

test.run();
