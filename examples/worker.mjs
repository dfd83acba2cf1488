// A pool of Workers over one region: each takes the next block, and touches it as it likes. A fault blocks only its own thread.
//   node examples/worker.mjs
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const BLOCK = 2 ** 20;
const BLOCKS = 64; // 64 MiB, of which 8 MiB are resident

if (isMainThread) {
  const { createPager } = await import('farpage');
  const pager = await createPager({ residentLimit: '8MiB' });
  const region = await pager.map({ byteLength: BLOCKS * BLOCK });
  const next = new Int32Array(new SharedArrayBuffer(4)); // the next block that nobody has taken
  const pool = [0, 1, 2, 3].map(
    () => new Worker(new URL(import.meta.url), { workerData: { buffer: region.buffer, next } }),
  );
  await Promise.all(
    pool.map((worker) => new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve))),
  );

  let wrong = 0;
  for (let block = 0; block < BLOCKS; block++) {
    await region.use(block * BLOCK, BLOCK, (bytes) => {
      if (bytes.some((byte) => byte !== block + 1)) wrong++;
    });
  }
  const { faults, residentBytesPeak } = pager.stats();
  console.log(
    `${BLOCKS} blocks filled, ${wrong} wrong; ${faults.missing > 0 ? 'pages were' : 'no page was'} loaded on touch;`,
  );
  console.log(`at most ${residentBytesPeak / 2 ** 20} MiB resident`);
  await pager.close();
} else {
  const { buffer, next } = workerData;
  for (let block = Atomics.add(next, 0, 1); block < BLOCKS; block = Atomics.add(next, 0, 1)) {
    new Uint8Array(buffer, block * BLOCK, BLOCK).fill(block + 1);
  }
}
