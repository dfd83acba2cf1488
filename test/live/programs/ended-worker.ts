// Workers that are ended in the middle of native calls that throw. Prints "fine" if the process outlives them.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { native } from '../../../src/native/native.js';

const WORKERS = 40;

if (isMainThread) {
  for (let i = 0; i < WORKERS; i++) {
    const worker = new Worker(new URL(import.meta.url));
    await once(worker, 'message');
    await sleep(i % 7);
    await worker.terminate();
  }
  console.log('fine');
} else {
  parentPort?.postMessage('begun');
  for (;;) {
    try {
      native().dropMemory(1n, 4096);
    } catch {
      // The thread is ended here.
    }
  }
}
