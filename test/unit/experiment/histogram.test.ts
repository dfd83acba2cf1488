import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { HISTOGRAM_BYTES, Histogram } from '../../../src/experiment/histogram.js';
import { Random } from '../../../src/experiment/random.js';

const test = suite('cli histogram');

test('quantiles are within 1 % of the sorted values', () => {
  const random = new Random(5);
  const histogram = new Histogram();
  const values = Array.from({ length: 50_000 }, () => Math.round(2 ** (random.fraction() * 30)));
  for (const value of values) histogram.record(value);
  values.sort((a, b) => a - b);
  for (const quantile of [0.01, 0.5, 0.9, 0.99, 0.999]) {
    const exact = values[Math.ceil(quantile * values.length) - 1] ?? 0;
    const error = Math.abs(histogram.quantile(quantile) - exact) / exact;
    assert.ok(error < 0.01 || exact < 64, `p${quantile * 100}: ${histogram.quantile(quantile)} for ${exact}`);
  }
  assert.equal(histogram.max, values.at(-1));
  assert.equal(histogram.count(), values.length);
});

test('every value falls into the bucket that is said to hold it', () => {
  for (const value of [0, 1, 63, 64, 127, 128, 129, 1000, 65_535, 65_536, 2 ** 31, 2 ** 32 - 2]) {
    const histogram = new Histogram();
    histogram.record(value);
    const [bucket] = histogram.buckets();
    assert.ok(bucket && bucket.from <= value && value < bucket.to, `${value}: ${JSON.stringify(bucket)}`);
  }
});

test('longer than any bucket is kept as the most', () => {
  const histogram = new Histogram();
  histogram.record(9e9);
  assert.equal(histogram.max, 9e9);
  assert.equal(histogram.count(), 1);
});

test('nothing counted gives zeros', () => {
  const histogram = new Histogram();
  assert.equal(histogram.quantile(0.5), 0);
  assert.deepEqual(histogram.buckets(), []);
});

test('adds up, and is seen through shared memory', () => {
  const buffer = new SharedArrayBuffer(HISTOGRAM_BYTES + 8);
  const written = new Histogram(buffer, 8);
  written.record(1000);
  const seen = new Histogram(buffer, 8);
  const total = new Histogram();
  total.record(10);
  total.add(seen);
  assert.equal(total.count(), 2);
  assert.equal(total.max, 1000);
});

test.run();
