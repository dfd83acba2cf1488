// One thread of touchers.ts: touches its pages at each start, and reports when it began and ended.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { compileTouch, touchPages } from './common.js';

/** The word of `shared` that counts the starts. */
export const START = 0;

export interface Task {
  shared: Int32Array;
  buffer: SharedArrayBuffer;
  order: Uint32Array;
}

if (!isMainThread) {
  const { shared, buffer, order } = workerData as Task;
  const words = new Int32Array(buffer);
  const samples = new Float64Array(order.length);
  compileTouch();
  parentPort?.postMessage('ready');
  for (let round = 0; ; round++) {
    Atomics.wait(shared, START, round);
    const begin = Number(process.hrtime.bigint());
    touchPages(words, order, samples);
    parentPort?.postMessage({ begin, end: Number(process.hrtime.bigint()) });
  }
}
