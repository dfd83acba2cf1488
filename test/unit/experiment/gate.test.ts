import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import { Gate } from '../../../src/experiment/gate.js';
import { Sampler } from '../../../src/experiment/sampler.js';
import { within } from '../../support/budget.js';

const test = suite('cli gate and sampler');

test('nobody busy: closed at once', () => {
  const gate = new Gate();
  assert.equal(gate.close(0), true);
  gate.open();
});

test('a thread that does not come by is waited for no longer than the budget', () => {
  const gate = new Gate();
  gate.enter();
  const start = performance.now();
  assert.equal(gate.close(20), false);
  assert.ok(performance.now() - start < 1000);
  gate.open();
  gate.leave();
  assert.equal(gate.close(0), true);
});

test('a busy thread waits while the gate is closed, and continues when it opens', async () => {
  const gate = new Gate();
  const counter = new Int32Array(new SharedArrayBuffer(8));
  const source = `
    const { workerData } = require('node:worker_threads');
    import(workerData.module).then(({ Gate }) => {
      const gate = new Gate(workerData.gate);
      gate.enter();
      while (Atomics.load(workerData.counter, 1) === 0) { gate.pass(); Atomics.add(workerData.counter, 0, 1); }
      gate.leave();
    });`;
  const module = new URL('../../../src/experiment/gate.js', import.meta.url).href;
  const worker = new Worker(source, { eval: true, workerData: { module, gate: gate.buffer, counter } });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  try {
    const started = (async () => {
      while (Atomics.load(counter, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    })();
    await within(10_000, started, 'the thread to begin');
    for (let round = 0; round < 20; round++) {
      assert.equal(gate.close(5000), true);
      const before = Atomics.load(counter, 0);
      await new Promise((resolve) => setTimeout(resolve, 2));
      assert.equal(Atomics.load(counter, 0), before);
      gate.open();
      while (Atomics.load(counter, 0) === before) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } finally {
    Atomics.store(counter, 1, 1);
    gate.open();
    await within(10_000, ended, 'the thread to end');
  }
});

test('looks in motion do not count for the peak, unless there are no others', () => {
  let moves = 0;
  let step = 0;
  let resident = 100;
  const sources = {
    residentBytes: () => {
      moves += step;
      return resident;
    },
    faults: () => 1,
    operations: () => 2,
    moves: () => moves,
  };
  const calm = new Sampler(new Gate(), sources);
  step = 1;
  resident = 900;
  calm.stop();
  assert.equal(calm.samples.length, 2);
  assert.equal(calm.peak, 100);
  const restless = new Sampler(new Gate(), sources);
  restless.stop();
  assert.equal(restless.peak, 900);
});

test.run();
