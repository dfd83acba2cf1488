// Acts as a virtual machine monitor for `farpage doctor`: hands memory over, and has another thread touch it.
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { PagerError } from '../errors.js';
import type { DescriptorSocket } from '../userfaultfd/index.js';
import { errorLines } from './exit.js';

const BYTES = 65_536;
const PAUSE = 50;

if (isMainThread) {
  try {
    await handOver(process.argv[2] ?? '');
  } catch (error) {
    console.error(errorLines(error).join('\n'));
    process.exitCode = 1;
  }
} else await touch(workerData);

// Loaded where its error is reported: where the native part does not fit, it throws.
function userfaultfds() {
  return import('../userfaultfd/index.js');
}

async function touch(address: bigint): Promise<void> {
  const { viewOf } = await userfaultfds();
  if (new Uint8Array(viewOf(address, BYTES)).some((byte) => byte !== 0)) throw new Error('not zeros');
}

async function handOver(path: string): Promise<void> {
  const { anonymous, Userfaultfd } = await userfaultfds();
  const memory = anonymous(BYTES);
  const userfaultfd = new Userfaultfd();
  userfaultfd.register({ start: memory.address, byteLength: BYTES }, { missing: true });
  const socket = await connect(path);
  const region = { base_host_virt_addr: Number(memory.address), size: BYTES, offset: 0, page_size: 4096 };
  await socket.send(Buffer.from(JSON.stringify([region])), [userfaultfd.fd]);
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: memory.address });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}

/** Retries: the server may not listen yet. The starter of this process limits the time. */
async function connect(path: string): Promise<DescriptorSocket> {
  const { DescriptorSocket } = await userfaultfds();
  for (;;) {
    try {
      return await DescriptorSocket.connect(path, { type: 'stream' });
    } catch (error) {
      if (!(error instanceof PagerError) || (error.errno !== 'ENOENT' && error.errno !== 'ECONNREFUSED')) throw error;
      await sleep(PAUSE);
    }
  }
}
