// A process whose node of a shared region ends as the first argument says, and which touches the region then as the second says. It
// writes 'ready', waits for a line, and survives only if a touch gave bytes: then it writes them.
//   node ending.js terminate|exit|throw|memory|close|joiner-exit|joiner-terminate|pager-close|process-exit present|absent|waiting URL
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread, MessageChannel, parentPort, Worker, workerData } from 'node:worker_threads';
import { Wire } from '../../../src/call/wire.js';
import { Counters } from '../../../src/dsm/counters.js';
import type { NodeSide, UserSide } from '../../../src/dsm/requests.js';
import { createPager } from '../../../src/index.js';
import { sharedMemory, viewOf } from '../../../src/userfaultfd/index.js';
import { until } from '../servers/servers.js';

const PAGES = 8;
const PAGE = 4096;
const PLACES = { present: 1, absent: 5, waiting: 6 } as const;
const EXIT_CODE = 7;
/** Longer than the half second after which an exit does not wait for a blocked thread. */
const LONG = 60_000;

/** How the node ends, and where its memory is. */
interface Joined {
  address: bigint;
  load(page: number): Promise<void>;
  end(): Promise<void>;
}

async function joinAsTheRegionDoes(how: string, url: string): Promise<Joined> {
  const memory = sharedMemory(PAGES * PAGE);
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fileURLToPath(new URL('ending-worker.js', import.meta.url)), {
    workerData: { port: port2 },
    transferList: [port2],
    resourceLimits: how === 'memory' ? { maxOldGenerationSizeMb: 32 } : {},
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let onFenced = () => {};
  const fenced = new Promise<void>((resolve) => (onFenced = resolve));
  worker.on('error', () => {});
  const notices = { lost: () => {}, fenced: () => onFenced() };
  const wire = new Wire<UserSide, NodeSide>(worker, { requests: {}, notices });
  const { address, alias, fd = -1 } = memory;
  const places = { address, alias: alias?.address ?? 0n, file: fd, counters: new Counters().buffer };
  const rest = {
    tls: null,
    token: '',
    rollBack: false,
    interval: null,
    through: false,
    resident: null,
    holdMs: 0,
    leaseMs: null,
    patience: LONG,
  };
  await wire.call('join', { urls: [url], name: 'region', pages: PAGES, ...places, ...rest });
  return {
    address,
    load: (page) => wire.call('load', { first: page, end: page + 1, write: true }),
    end: async () => {
      if (how === 'terminate') await worker.terminate();
      else port1.postMessage(how);
      if (how === 'close' || how === 'throw') await fenced;
      else await ended;
    },
  };
}

async function joinInAWorker(how: string, url: string): Promise<Joined> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { joins: url } });
  worker.on('error', () => {});
  const address = await new Promise<bigint>((resolve) => worker.once('message', resolve));
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return {
    address,
    load: async (page) => {
      worker.postMessage(page);
      await new Promise((resolve) => worker.once('message', resolve));
    },
    end: async () => {
      if (how === 'joiner-terminate') await worker.terminate();
      else worker.postMessage('exit');
      await ended;
    },
  };
}

async function joinWithAPager(how: string, url: string): Promise<Joined> {
  const pager = await createPager();
  const region = await pager.join(url, { name: 'region', byteLength: PAGES * PAGE, holdMs: 0, patienceMs: 500 });
  return {
    address: region.address,
    load: (page) => region.load(page * PAGE, PAGE, { write: true }),
    end: async () => (how === 'process-exit' ? process.exit(EXIT_CODE) : await pager.close()),
  };
}

function touchInAnotherThread(address: bigint, page: number): void {
  new Worker(fileURLToPath(import.meta.url), { workerData: { touches: address + BigInt(page * PAGE) } });
}

/** Resolves when a thread waits for a userfaultfd of this process. */
async function untilBlocked(): Promise<void> {
  await until(() => {
    for (const name of readdirSync('/proc/self/fd')) {
      try {
        if (readlinkSync(`/proc/self/fd/${name}`) !== 'anon_inode:[userfaultfd]') continue;
        if (/^total:\t[1-9]/m.test(readFileSync(`/proc/self/fdinfo/${name}`, 'latin1'))) return true;
      } catch {
        // Closed meanwhile.
      }
    }
    return false;
  }, 'a thread waits');
}

async function main([how = '', touch = '', url = '']: string[]): Promise<void> {
  const join = how.startsWith('joiner') ? joinInAWorker : how.startsWith('p') ? joinWithAPager : joinAsTheRegionDoes;
  const { address, load, end } = await join(how, url);
  await load(PLACES.present);
  new Uint8Array(viewOf(address, PAGES * PAGE)).fill(9, PLACES.present * PAGE, (PLACES.present + 1) * PAGE);
  process.stdout.write('ready\n');
  await new Promise((resolve) => createInterface({ input: process.stdin }).once('line', resolve));
  if (touch === 'waiting') {
    touchInAnotherThread(address, PLACES.waiting);
    await untilBlocked();
  }
  await end();
  if (touch !== 'waiting') touchInAnotherThread(address, touch === 'present' ? PLACES.present : PLACES.absent);
  // The other thread ends the process, or writes what it read.
  await sleep(LONG);
}

async function joinHere(url: string): Promise<void> {
  const pager = await createPager();
  const region = await pager.join(url, { name: 'region', byteLength: PAGES * PAGE, holdMs: 0 });
  parentPort?.on('message', async (page: number | 'exit') => {
    if (page === 'exit') process.exit(3);
    await region.load(page * PAGE, PAGE, { write: true });
    parentPort?.postMessage(page);
  });
  parentPort?.postMessage(region.address);
}

if (isMainThread) await main(process.argv.slice(2));
else if ('joins' in workerData) await joinHere(workerData.joins as string);
else {
  const [byte] = new Uint8Array(viewOf(workerData.touches as bigint, 1));
  process.stdout.write(`read ${byte}\n`);
}
