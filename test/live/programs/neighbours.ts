// Scenes of what runs beside faults in a Node.js process: profilers, the debugger, the garbage collector, signals.
import { close as closeInspector, url as inspectorUrl, open as openInspector } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { WebSocket } from 'undici';
import { createPager, type PagerOptions } from '../../../src/index.js';
import { check, ended, fill, perform, until, wordAt } from './kit.js';

const MIB = 2 ** 20;
const SEED = 5;

interface Work {
  buffer: SharedArrayBuffer;
  seed: number;
  rounds: number;
}

/** Writes and checks its part of the region, while the thread's own profiler sends it SIGPROF as fast as V8 allows. */
async function profiled({ buffer, seed, rounds }: Work): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 50 });
  await session.post('Profiler.start');
  const part = buffer.byteLength / 4;
  const words = new Uint32Array(buffer, seed * part, part / 4);
  for (let round = 0; round < rounds; round++) {
    fill(words, seed + round);
    check(words, seed + round);
  }
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  parentPort?.postMessage(profile.samples?.length ?? 0);
}

const PAUSES = 20;

interface Debugging {
  url: string;
  /** Word 0: 1 when it has ended; word 1: pauses so far. */
  state: Int32Array;
}

interface Answer {
  id?: number;
  method?: string;
  params?: { callFrames: Array<{ callFrameId: string }> };
  result?: { result?: { value?: number } };
}

/** Pauses the main thread, touches each page of the region from there, and lets it run, over and over. */
async function debug({ url, state }: Debugging): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const waiting = new Map<number, (answer: Answer) => void>();
  const heard = new Map<string, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer: Answer = JSON.parse(String(data));
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    else heard.get(answer.method ?? '')?.(answer);
  });
  let id = 0;
  const post = (method: string, params: object = {}) =>
    new Promise<Answer>((resolve) => {
      waiting.set(++id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  const next = (method: string) => new Promise<Answer>((resolve) => heard.set(method, resolve));
  await post('Debugger.enable');
  for (let pauses = 1; pauses <= PAUSES; pauses++) {
    const pause = next('Debugger.paused');
    await post('Debugger.pause');
    const [frame] = (await pause).params?.callFrames ?? [];
    const expression =
      'let pages = 0; for (let at = 0; at < words.length; at += 1024) pages += words[at] === 0 ? 0 : 1; pages';
    const { result } = await post('Debugger.evaluateOnCallFrame', { callFrameId: frame?.callFrameId, expression });
    if (!((result?.result?.value ?? 0) > 0)) throw new Error(`the debugger read ${JSON.stringify(result)}`);
    // A pause that is asked for before the thread runs again is none.
    const resumed = next('Debugger.resumed');
    await post('Debugger.resume');
    await resumed;
    Atomics.store(state, 1, pauses);
  }
  Atomics.store(state, 0, 1);
  socket.close();
}

function start(work: object): Worker {
  return new Worker(new URL(import.meta.url), { workerData: work });
}

async function open(options: PagerOptions) {
  const pager = await createPager({ residentLimit: 2 * MIB, readahead: 'off', ...options });
  const region = await pager.map({ byteLength: 8 * MIB });
  return { pager, region, words: new Uint32Array(region.buffer) };
}

const scenes = {
  async profilers(options: PagerOptions) {
    const { pager, region } = await open(options);
    const workers = [0, 1, 2, 3].map((seed) => start({ buffer: region.buffer, seed, rounds: 4 }));
    const samples: number[] = [];
    for (const worker of workers) worker.on('message', (count: number) => samples.push(count));
    await Promise.all(workers.map(ended));
    const { evictions } = pager.stats();
    await pager.close();
    return { samples, evictions };
  },

  async 'the debugger'(options: PagerOptions) {
    const { pager, words } = await open(options);
    Object.assign(globalThis, { words });
    fill(words, SEED);
    openInspector(0, '127.0.0.1');
    const state = new Int32Array(new SharedArrayBuffer(8));
    const debugging = ended(start({ url: inspectorUrl(), state }));
    for (let round = 0; Atomics.load(state, 0) === 0; round++) {
      fill(words, SEED + round, 0, words.length / 2);
      check(words, SEED + round, 0, words.length / 2);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await debugging;
    closeInspector();
    check(words, SEED, words.length / 2);
    const { evictions } = pager.stats();
    await pager.close();
    return { pauses: Atomics.load(state, 1), evictions };
  },

  /** New code each round: it is compiled, optimized, and thrown away while it faults; between its accesses garbage is collected. */
  async 'the garbage collector'(options: PagerOptions) {
    const { pager, words } = await open(options);
    setFlagsFromString('--expose-gc');
    setFlagsFromString('--allow-natives-syntax');
    const collect = runInNewContext('gc') as () => void;
    const deoptimize = new Function('f', '%DeoptimizeFunction(f)') as (work: unknown) => void;
    fill(words, SEED);
    for (let round = 0; round < 12; round++) {
      const sum = new Function(
        'words',
        'collect',
        `let sum = ${round}; const kept = [];
         for (let at = 0; at < words.length; at += 511) {
           sum = (sum + words[at]) >>> 0;
           if (at % 1022 === 0) kept.push({ at, sum });
           if (at % 500000 < 511) collect();
         }
         return kept.length > 0 ? sum : -1;`,
      ) as (from: Uint32Array, between: () => void) => number;
      let expected = round;
      for (let at = 0; at < words.length; at += 511) expected = (expected + wordAt(at, SEED)) >>> 0;
      for (let turn = 0; turn < 2; turn++) {
        if (sum(words, collect) !== expected) throw new Error(`round ${round}`);
        deoptimize(sum);
      }
    }
    const { evictions } = pager.stats();
    await pager.close();
    return evictions;
  },

  /** Signals with a listener, as fast as a thread can send them, while this thread and others fault. */
  async signals(options: PagerOptions) {
    const { pager, region, words } = await open(options);
    let heard = 0;
    for (const signal of ['SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const) process.on(signal, () => heard++);
    const stop = new Int32Array(new SharedArrayBuffer(8));
    const sending = ended(start({ sends: stop }));
    const others = [1, 2, 3].map((seed) => start({ buffer: region.buffer, seed, rounds: 3 }));
    const faulting = Promise.all(others.map(ended));
    await until(() => Atomics.load(stop, 1) > 0);
    for (let round = 0; round < 6; round++) {
      fill(words, SEED + round, 0, words.length / 4);
      check(words, SEED + round, 0, words.length / 4);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await faulting;
    await until(() => heard > 100);
    Atomics.store(stop, 0, 1);
    await sending;
    await pager.close();
    return { heard, sent: Atomics.load(stop, 1) };
  },
};

function send(stop: Int32Array): void {
  for (let count = 1; Atomics.load(stop, 0) === 0; count++) {
    for (const signal of ['SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const) process.kill(process.pid, signal);
    Atomics.store(stop, 1, count);
  }
}

if (isMainThread) await perform(scenes);
else if ('sends' in workerData) send((workerData as { sends: Int32Array }).sends);
else if ('url' in workerData) await debug(workerData as Debugging);
else await profiled(workerData as Work);
