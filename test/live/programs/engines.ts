// Scenes of the two engines: where one of them is not allowed, beside each other, and beside what else faults, signals and ends
// in a process.
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { createPager, moduleStore, type Pager, type PagerOptions, probe, type Region } from '../../../src/index.js';
import { native } from '../../../src/native/native.js';
import { viewOf } from '../../../src/userfaultfd/index.js';
import { instance, OWN_MEMORY, outOfBounds, THEIR_MEMORY } from './engines-wasm.js';
import { begun, check, ended, failure, fill, hand, hands, pause, perform, say, until, wordsOf } from './kit.js';

const MIB = 2 ** 20;
const STORES = new URL('./stores.js', import.meta.url);
const INNER = new URL('./engines-inner.js', import.meta.url);

/** An engine, the faulting threads themselves, or a trap without guard pages. */
type Engine = PagerOptions['engine'] | 'inline' | 'mprotect';

function servedBy(engine: Engine): PagerOptions {
  if (engine === undefined) return {};
  if (engine === 'mprotect') {
    // Before the addon looks, which it does once.
    process.env.FARPAGE_GUARD_PAGES = '0';
    return { engine: 'trap' };
  }
  return engine === 'inline' ? { engine: 'userfaultfd', faults: 'inline' } : { engine };
}
interface With {
  engine?: Engine;
}

async function open(engine: Engine, limit = MIB, bytes = 4 * MIB): Promise<{ pager: Pager; region: Region }> {
  const pager = await createPager({ residentLimit: limit, ...servedBy(engine) });
  return { pager, region: await pager.map({ byteLength: bytes }) };
}

/** Threads that write and check words of their own at random. */
function hammer(region: Region, threads: number, count: number): Promise<void> {
  const each = Math.floor(region.byteLength / 4096 / threads) * 1024;
  return hands(
    Array.from({ length: threads }, (_, at) => ({
      buffer: region.buffer,
      does: 'hammer' as const,
      seed: at,
      from: at * each,
      to: (at + 1) * each,
      count,
    })),
  );
}

/** Works until told to stop, in threads. */
async function storm(region: Region): Promise<() => Promise<void>> {
  const half = region.byteLength / 8;
  const workers = [0, 1].map((at) =>
    hand({ buffer: region.buffer, does: 'forever', from: at * half, to: (at + 1) * half }),
  );
  for (const worker of workers) worker.on('error', () => {});
  await Promise.all(workers.map(begun));
  return async () => void (await Promise.all(workers.map((worker) => worker.terminate())));
}

function counts(): { descriptors: number; mappings: number; threads: number } {
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    mappings: readFileSync('/proc/self/maps', 'latin1').split('\n').length,
    threads: readdirSync('/proc/self/task').length,
  };
}

/** Reads a file into a page that is absent, by the kernel. */
function readInto(region: Region, page: number): string {
  const zero = openSync('/dev/zero', 'r');
  try {
    readSync(zero, new Uint8Array(region.buffer, page * 4096, 4096));
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    closeSync(zero);
  }
}

await perform({
  /** Several pagers, in several threads, and what they are served by. */
  async verified({ engine, threads = 0 }: With & { threads?: number }) {
    const opened = await Promise.all([1, 2, 3].map(() => open(engine)));
    const workers = Array.from({ length: threads }, () => new Worker(INNER, { workerData: { engine } }));
    await Promise.all(workers.map(ended));
    for (const [seed, { region }] of opened.entries()) fill(wordsOf(region), seed);
    for (const [seed, { region }] of opened.entries()) check(wordsOf(region), seed);
    for (const { region } of opened) await region.discard(0, region.byteLength);
    await Promise.all(opened.map(({ region }) => hammer(region, 2, 4000)));
    const all = opened.map(({ pager }) => ({ engine: pager.engine, ...pager.stats() }));
    for (const { pager } of opened) await pager.close();
    const { userfaultfd } = await probe();
    const { available, kernelFaults, via } = userfaultfd;
    return {
      engines: all.map(({ engine }) => engine),
      evictions: all.map(({ evictions }) => evictions),
      kept: all.every(({ residentBytesPeak, residentLimit }) => residentBytesPeak <= (residentLimit ?? 0)),
      probe: { available, kernelFaults, via },
    };
  },

  async refused({ engine }: With) {
    return failure(() => open(engine));
  },

  /** A system call on a page that is absent, and again when it was loaded. */
  async 'a system call'({ engine }: With) {
    const { pager, region } = await open(engine);
    fill(wordsOf(region), 1);
    await region.evict();
    const absent = readInto(region, 9);
    // The page is as it was, where the call failed.
    if (absent !== 'read') check(wordsOf(region), 1);
    await region.load(9 * 4096, 4096, { pin: true });
    const loaded = readInto(region, 9);
    await pager.close();
    return { engine: pager.engine, absent, loaded };
  },

  async 'WebAssembly out of bounds'({ engine }: With) {
    const code = instance(OWN_MEMORY);
    outOfBounds(code, 50);
    for (let round = 0; round < 3; round++) {
      const { pager, region } = await open(engine);
      outOfBounds(code, 50);
      const stop = await storm(region);
      await until(() => pager.stats().evictions > 500);
      outOfBounds(code, 200);
      outOfBounds(instance(OWN_MEMORY), 200);
      await stop();
      await pager.close();
      outOfBounds(code, 50);
    }
  },

  /** Code that runs on paged memory: its faults are ours, its accesses out of bounds V8's. */
  async 'WebAssembly on paged memory'({ engine }: With) {
    const { pager, region } = await open(engine);
    const { memory } = region;
    if (memory === undefined) throw new Error('the region has no memory');
    const bytes = region.byteLength;
    // The limits of the import are those of the memory.
    const code = instance(THEIR_MEMORY, { m: { m: memory } });
    for (let round = 0; round < 3; round++) {
      for (let at = 0; at < bytes; at += 4096) code.put(at + 8, at + round);
      for (let at = 0; at < bytes; at += 4096) {
        if (code.get(at + 8) !== at + round) throw new Error(`${at} holds ${code.get(at + 8)}`);
        if (at % 65536 !== 0) continue;
        const outcome = await failure(() => code.get(bytes + at));
        if (outcome.name !== 'RuntimeError') throw new Error(outcome.message);
      }
    }
    const { evictions } = pager.stats();
    await pager.close();
    return evictions;
  },

  /** A fault that no handler takes ends the process as usual. */
  async 'a wild access'({ engine, how }: With & { how: 'null' | 'code' | 'sent' | 'closed' }) {
    const { pager, region } = await open(engine);
    fill(wordsOf(region), 1);
    const stop = await storm(region);
    if (how === 'closed') {
      await stop();
      await pager.close();
    }
    say('now');
    if (how === 'sent') {
      process.kill(process.pid, 'SIGSEGV');
      await pause(5000);
    }
    const text = /^([0-9a-f]+)-[0-9a-f]+ r-xp/m.exec(readFileSync('/proc/self/maps', 'latin1'))?.[1];
    const at = how === 'code' ? BigInt(`0x${text}`) : 4096n;
    new Uint8Array(viewOf(at, 4096))[8] = 1;
    say('still here');
  },

  /** Signals at a high rate, with a handler in JavaScript, while threads fault. */
  async 'a storm of signals'({ engine }: With) {
    const { pager, region } = await open(engine);
    let signals = 0;
    process.on('SIGUSR2', () => {
      signals++;
    });
    const script = `setInterval(() => { for (let n = 0; n < 50; n++) process.kill(${process.pid}, 'SIGUSR2'); }, 1)`;
    const sender = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
    await until(() => signals > 10);
    await hammer(region, 3, 20_000);
    const words = wordsOf(region);
    await region.discard(0, region.byteLength);
    // And by the thread whose signals these are.
    fill(words, 1);
    check(words, 1);
    const gone = new Promise((resolve) => sender.once('exit', resolve));
    sender.kill('SIGKILL');
    await gone;
    await pager.close();
    return { signals, evictions: pager.stats().evictions };
  },

  /** The wait ends when the page arrives; all other work continues meanwhile and afterwards. */
  async 'a thread that is terminated while it waits'({ engine }: With) {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off', ...servedBy(engine) });
    const source = moduleStore(STORES, { mode: 'slow', delay: 700 });
    const slow = await pager.map({ byteLength: 4 * MIB, source });
    const other = await pager.map({ byteLength: 4 * MIB });
    const worker = hand({ buffer: slow.buffer, does: 'byte', from: 4096 });
    await begun(worker);
    await until(() => slow.stats().faults.missing > 0);
    const ending = worker.terminate();
    fill(wordsOf(other), 1);
    check(wordsOf(other), 1);
    await ending;
    const value = new Uint8Array(slow.buffer)[3 * 4096];
    check(wordsOf(other), 1);
    await pager.close();
    return value;
  },

  async 'both engines beside each other'() {
    const engines: Engine[] = ['trap', 'userfaultfd', 'trap', 'userfaultfd'];
    const opened = await Promise.all(engines.map((engine) => open(engine)));
    const [leaver] = opened.splice(0, 1);
    const work = Promise.all(opened.map(({ region }) => hammer(region, 2, 20_000)));
    if (leaver !== undefined) {
      await hammer(leaver.region, 1, 3000);
      await leaver.pager.close();
    }
    await work;
    const found = opened.map(({ pager }) => pager.engine);
    for (const { pager } of opened) await pager.close();
    return found;
  },

  async 'eight threads'({ engine }: With) {
    const { pager, region } = await open(engine, 2 * MIB, 8 * MIB);
    await hammer(region, 8, 10_000);
    const { evictions, residentBytesPeak } = pager.stats();
    await pager.close();
    return { evictions, residentBytesPeak };
  },

  async 'children while threads fault'({ engine }: With) {
    const { pager, region } = await open(engine);
    const stop = await storm(region);
    const answers: string[] = [];
    for (let round = 0; round < 12; round++) {
      answers.push(
        await new Promise<string>((resolve, reject) => {
          execFile('/bin/sh', ['-c', 'echo $((1 + 2))'], (error, stdout) => (error ? reject(error) : resolve(stdout)));
        }),
      );
    }
    await stop();
    await region.discard(0, region.byteLength);
    await hammer(region, 2, 3000);
    await pager.close();
    return answers;
  },

  /**
   * Words of absent pages: the access brings the page in like any other. The pages are at hand: V8 holds a mutex of the whole
   * process while Atomics.wait reads its word, and a loop that needs JavaScript for the page may wait for that mutex.
   */
  async 'Atomics on absent pages'({ engine }: With) {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off', ...servedBy(engine) });
    const region = await pager.map({ byteLength: 4 * MIB });
    const words = new Int32Array(region.buffer, 0, region.byteLength / 4);
    // Every byte of page n is n + 1.
    for (let page = 0; page < 16; page++) new Uint8Array(region.buffer, page * 4096, 4096).fill(page + 1);
    await region.evict();
    const other = Atomics.wait(words, 4 * 1024, 0, 10_000);
    const late = Atomics.wait(words, 5 * 1024, 0x06060606, 100);
    const nobody = Atomics.notify(words, 6 * 1024);
    const worker = new Worker(
      `const { workerData, parentPort } = require('node:worker_threads');
       const words = new Int32Array(workerData);
       parentPort.postMessage(Atomics.wait(words, 7 * 1024, 0x08080808, 20000));`,
      { eval: true, workerData: region.buffer },
    );
    let woken = '';
    worker.once('message', (text: string) => {
      woken = text;
    });
    while (woken === '') {
      await region.evict();
      Atomics.notify(words, 7 * 1024);
      await pause(20);
    }
    const sum = Atomics.add(words, 9 * 1024, 1);
    await region.evict();
    const after = Atomics.load(words, 9 * 1024);
    await pager.close();
    return { other, late, nobody, woken, added: after - sum };
  },

  /** More than the system's mappings allow to be scattered. */
  async 'a limit by mappings'() {
    const mappings = Number(readFileSync('/proc/sys/vm/max_map_count', 'utf8'));
    const asked = 2 ** 40;
    const pager = await createPager({ engine: 'trap', residentLimit: asked });
    const limit = pager.stats().residentLimit ?? 0;
    const none = await failure(() => createPager({ engine: 'trap' }));
    const region = await pager.map({ byteLength: 4 * Math.ceil(limit / MIB) * MIB });
    const words = wordsOf(region);
    // Every other page, so that no two make one mapping.
    for (let at = 0; at < words.length; at += 2048) words[at] = at + 1;
    const most = counts().mappings;
    for (let at = 0; at < words.length; at += 2048) {
      if (words[at] !== at + 1) throw new Error(`word ${at} is ${words[at]}`);
    }
    // What closing it costs is another scene's.
    say(`told ${JSON.stringify({ mappings, asked, limit, none, most })}`);
    process.exit(0);
  },

  async 'no limit of its own'() {
    const pagers: Pager[] = [];
    for (let at = 0; at < 3; at++) pagers.push(await createPager({ engine: 'trap' }));
    const limits = pagers.map((pager) => pager.stats().residentLimit);
    for (const pager of pagers) await pager.close();
    const again = await createPager({ engine: 'trap' });
    limits.push(again.stats().residentLimit);
    await again.close();
    return limits;
  },

  /** As many mappings as there may be, and then the region is closed: what was evicted must not cost more of them. */
  async 'closing scattered pages'() {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const limits: (number | null)[] = [];
    for (let round = 0; round < 2; round++) {
      const pager = await createPager({ engine: 'trap', residentLimit: 2 ** 40 });
      const limit = pager.stats().residentLimit ?? 0;
      limits.push(limit);
      {
        const region = await pager.map({ byteLength: 4 * Math.ceil(limit / MIB) * MIB });
        const words = wordsOf(region);
        for (let at = 0; at < words.length; at += 2048) words[at] = at + 1;
      }
      await pager.close();
      for (let times = 0; times < 10; times++) {
        collect();
        await pause(20);
      }
    }
    return limits;
  },

  async 'thirty pagers'({ engine }: With) {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const round = async (): Promise<void> => {
      const { pager, region } = await open(engine);
      const words = wordsOf(region);
      for (let at = 0; at < words.length; at += 1024) words[at] = at;
      await pager.close();
    };
    const settled = async (): Promise<ReturnType<typeof counts>> => {
      for (let times = 0; times < 10; times++) {
        collect();
        await pause(20);
      }
      return counts();
    };
    for (let at = 0; at < 5; at++) await round();
    const before = await settled();
    for (let at = 0; at < 30; at++) await round();
    const after = await settled();
    return { before, after, budget: native().trapBudget() };
  },
});
