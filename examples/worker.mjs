// Worker threads that touch a region as they please: each fault blocks its own thread alone.
//   node examples/worker.mjs
import { isMainThread, Worker, workerData } from 'node:worker_threads';

if (isMainThread) {
  const { createPager } = await import('farpage');
  const pager = await createPager({ residentLimit: '8MiB' });
  const region = await pager.map({ byteLength: '64MiB' });
  const workers = [0, 1, 2, 3].map(
    (part) => new Worker(new URL(import.meta.url), { workerData: { buffer: region.buffer, part } }),
  );
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.on('exit', resolve))));
  console.log(pager.stats().faults, 'resident at most', pager.stats().residentBytesPeak);
  await pager.close();
} else {
  const words = new Uint32Array(workerData.buffer);
  const first = (workerData.part * words.length) / 4;
  for (let i = 0; i < words.length / 4; i += 1024) words[first + i] = i;
}
