// A process in which a Worker joins a region and shares it, or attaches to it. It writes 'ready', and at the next line it ends the Worker. Then it
// touches page 1 of what its Worker was attached to, or stays.
//   node in-worker.js share|attach PATH [URL]
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { attachRegion, createPager, shareRegion } from '../../../src/index.js';

const PAGE = 4096;

async function begin([role = '', path = '', url = '']: readonly string[]): Promise<SharedArrayBuffer | null> {
  if (role === 'attach') return (await attachRegion(path)).buffer;
  const pager = await createPager();
  await shareRegion(await pager.join(url, { name: 'region', byteLength: 16 * PAGE, holdMs: 0 }), path);
  return null;
}

if (isMainThread) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: process.argv.slice(2) });
  const [buffer] = (await once(worker, 'message')) as [SharedArrayBuffer | null];
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  await worker.terminate();
  process.stdout.write(buffer === null ? 'ended\n' : `read ${new Int32Array(buffer)[PAGE / 4]}\n`);
} else {
  parentPort?.postMessage(await begin(workerData as string[]));
}
