// Scenes of ordinary use: what is written comes back, within the limit.
import { execFile, execFileSync, fork, spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect, promisify } from 'node:util';
import {
  fileStore,
  httpStore,
  type MapOptions,
  memoryStore,
  moduleStore,
  openStore,
  type PagerOptions,
  type Store,
} from '../../../src/index.js';
import { begun, check, ended, failure, fill, hand, hands, pause, perform, until, wordsOf } from './kit.js';
import { redisHolds } from './redis-check.js';
import { createPager } from './variant.js';

const MIB = 2 ** 20;
const STORES = new URL('./stores.js', import.meta.url);

type StoreKind = 'plain' | 'own' | 'module' | { url: string };

function storeOf(kind: StoreKind | undefined): Store | undefined {
  if (kind === undefined) return undefined;
  if (kind === 'plain') return memoryStore({ compress: false });
  if (kind === 'own') return ownStore();
  if (kind === 'module') return moduleStore(STORES, { mode: 'good' });
  return openStore(kind.url);
}

/** A user's own object, with errors that pass and errors that do not. */
function ownStore(failures = 0, gone = -1) {
  const kept = new Map<number, Uint8Array>();
  const calls = { reads: 0, writes: 0, flushes: 0, discards: 0, closed: 0 };
  let left = failures;
  const store: Store = {
    writable: true,
    async read(batch) {
      calls.reads++;
      await pause(1);
      if (left-- > 0) throw new Error('not this time');
      for (const { page, into } of batch) {
        if (page === gone) throw Object.assign(new Error('this page is gone'), { permanent: true });
        into.set(kept.get(page) ?? new Uint8Array(into.byteLength).fill(page + 1));
      }
    },
    async write(batch) {
      calls.writes++;
      await pause(1);
      if (left-- > 0) throw new Error('not this time');
      for (const { page, from } of batch) kept.set(page, from);
    },
    async flush() {
      calls.flushes++;
    },
    async discard(pages) {
      calls.discards++;
      for (const page of pages) kept.delete(page);
    },
    async close() {
      calls.closed++;
    },
  };
  return Object.assign(store, { kept, calls });
}

async function withFile<T>(bytes: Uint8Array | number, work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-live-'));
  const file = path.join(folder, 'data');
  try {
    writeFileSync(file, typeof bytes === 'number' ? patterned(bytes) : bytes);
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function patterned(bytes: number, seed = 9): Uint8Array {
  const words = new Uint32Array(bytes / 4);
  fill(words, seed);
  return new Uint8Array(words.buffer);
}

await perform({
  /** Written over, read back, several passes, the later ones by a thread. */
  async passes({ pager: options, store, times = 4 }: { pager: PagerOptions; store?: StoreKind; times?: number }) {
    const pager = await createPager(options);
    const bytes = (pager.stats().residentLimit ?? 0) * times;
    const made = storeOf(store);
    const region = await pager.map({ byteLength: bytes, ...(made === undefined ? {} : { store: made }) });
    const { buffer } = region;
    // The thread that made a store of its own may not touch.
    await hands([{ buffer, does: 'fill', seed: 1 }]);
    await hands([{ buffer, does: 'check', seed: 1 }]);
    await hands([{ buffer, does: 'fill', seed: 2, from: 0, to: buffer.byteLength >> 3 }]);
    await hands([{ buffer, does: 'check', seed: 2, from: 0, to: buffer.byteLength >> 3 }]);
    await hands([{ buffer, does: 'check', seed: 1, from: buffer.byteLength >> 3 }]);
    if (store !== 'own') check(wordsOf(region), 2, 0, buffer.byteLength >> 3);
    await region.flush();
    await region.evict();
    const after = region.stats().residentPages;
    await hands([{ buffer, does: 'check', seed: 1, from: buffer.byteLength >> 3 }]);
    // It makes room ahead of faults for a moment longer.
    let evictions = -1;
    while (evictions !== pager.stats().evictions) {
      evictions = pager.stats().evictions;
      await pause(50);
    }
    const stats = pager.stats();
    const one = region.stats();
    await pager.close();
    return { stats, one, after, closed: pager.stats().evictions };
  },

  async 'a file bigger than the limit, as a source'({ size, pageSize }: { size: number; pageSize: number }) {
    return withFile(size, async (file) => {
      const pager = await createPager({ residentLimit: Math.max(MIB, 16 * pageSize), pageSize });
      const region = await pager.map({ byteLength: size + 3 * pageSize, source: fileStore(file, { readOnly: true }) });
      const words = wordsOf(region);
      check(words, 9, 0, size / 4);
      check(words, 9, 0, size / 4);
      const clean = pager.stats();
      for (let at = size / 4; at < words.length; at++)
        if (words[at] !== 0) throw new Error(`byte ${at * 4} is not zero`);
      fill(words, 10, 0, 4096);
      await region.evict();
      check(words, 10, 0, 4096);
      check(words, 9, 4096, size / 4);
      const held = new Uint32Array(readFileSync(file).buffer.slice(0, size));
      check(held, 9);
      await pager.close();
      return clean;
    });
  },

  async 'a file over http, as a source'({ url, size }: { url: string; size: number }) {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: size, source: httpStore(url) });
    check(wordsOf(region), 9);
    await hands(
      [0, 1, 2, 3].map((at) => ({
        buffer: region.buffer,
        does: 'check' as const,
        seed: 9,
        from: at * 1000,
        to: size / 4,
      })),
    );
    const stats = pager.stats();
    await pager.close();
    return stats;
  },

  async 'a store object of the user'({ failures, gone }: { failures: number; gone: number }) {
    const store = ownStore(failures, gone);
    const pager = await createPager({ residentLimit: MIB, storePatience: 3000, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, store: ownStore(), source: store });
    const outcome = gone < 0 ? undefined : await failure(() => region.load(gone * 4096, 4096));
    await region.load(0, 64 * 4096);
    const bytes = new Uint8Array(region.buffer);
    const values = [bytes[0], bytes[4096], bytes[63 * 4096 + 5]];
    const stats = region.stats();
    await region.close();
    await pager.close();
    return { outcome, values, stats, calls: store.calls };
  },

  async 'several threads, regions and pagers'() {
    const pagers = await Promise.all([0, 1].map(() => createPager({ residentLimit: MIB })));
    const regions = await Promise.all(
      pagers.flatMap((pager) => [0, 1, 2].map(() => pager.map({ byteLength: 2 * MIB }))),
    );
    const words = MIB / 2;
    await hands(
      regions.flatMap(({ buffer }, seed) =>
        [0, 1].map((at) => ({
          buffer,
          does: 'fill' as const,
          seed,
          from: (at * words) / 2,
          to: ((at + 1) * words) / 2,
        })),
      ),
    );
    await hands(regions.flatMap(({ buffer }, seed) => [0, 1].map(() => ({ buffer, does: 'check' as const, seed }))));
    const stats = pagers.map((pager) => pager.stats());
    await regions[1]?.close();
    check(wordsOf(regions[2] ?? never()), 2);
    const left = pagers.map((pager) => pager.stats().regions);
    const closedEvictions = [stats[0]?.evictions, pagers[0]?.stats().evictions];
    await Promise.all(pagers.map((pager) => pager.close()));
    return { stats, left, closedEvictions };
  },

  async 'a region of 4 GiB'() {
    const pager = await createPager({ residentLimit: '8MiB' });
    const region = await pager.map({ byteLength: '4GiB' });
    const { memory } = region;
    const bytes = new Uint8Array(region.buffer);
    for (let at = 0; at < 2 ** 32; at += 2 ** 20) bytes[at] = 1 + (at >>> 20);
    let wrong = 0;
    for (let at = 0; at < 2 ** 32; at += 2 ** 20) if (bytes[at] !== ((1 + (at >>> 20)) & 255)) wrong++;
    bytes[2 ** 32 - 1] = 77;
    const stats = pager.stats();
    await pager.close();
    return { wrong, stats, isMemory: memory?.buffer === region.memory?.buffer, last: bytes[2 ** 32 - 1] };
  },

  async 'a region over 4 GiB'({ gib }: { gib: number }) {
    const pager = await createPager({ residentLimit: '4MiB' });
    const region = await pager.map({ byteLength: gib * 2 ** 30 });
    const step = region.byteLength / 4096;
    const at = (page: number) => page * step + (page % 500) * 8;
    for (let page = 0; page < 4096; page++) region.view(Float64Array, at(page), 2).fill(page + 0.5);
    let wrong = 0;
    for (let page = 4095; page >= 0; page--) {
      const view = region.view(Float64Array, at(page), 2);
      if (view[0] !== page + 0.5 || view[1] !== page + 0.5) wrong++;
    }
    const buffer = await failure(() => region.buffer);
    const big = await failure(() => region.view(Uint8Array));
    const outside = await failure(() => region.view(Uint8Array, region.byteLength - 1, 2));
    await region.load(region.byteLength - 4096, 4096);
    const stats = pager.stats();
    await region.close();
    await pager.close();
    return { wrong, stats, buffer, big, outside, memory: region.memory === undefined };
  },

  async 'system calls'() {
    return withFile(4 * MIB, async (file) => {
      const pager = await createPager({ residentLimit: MIB });
      const region = await pager.map({ byteLength: 4 * MIB });
      const bytes = new Uint8Array(region.buffer);
      const from = openSync(file, 'r');
      let got = 0;
      while (got < bytes.length) {
        const read = readSync(from, bytes, got, bytes.length - got, got);
        if (read === 0) break;
        got += read;
      }
      closeSync(from);
      check(wordsOf(region), 9);
      await region.evict();
      const into = openSync(`${file}.copy`, 'w');
      let put = 0;
      while (put < bytes.length) put += writeSync(into, bytes, put, bytes.length - put);
      closeSync(into);
      const same = readFileSync(file).equals(readFileSync(`${file}.copy`));
      const stats = pager.stats();
      await pager.close();
      return { got, put, same, stats };
    });
  },

  async 'load, pin, prefetch, evict'() {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB });
    const words = wordsOf(region);
    fill(words, 1);
    await region.load(0, 64 * 4096);
    const before = region.stats().faults.missing;
    check(words, 1, 0, 64 * 1024);
    const afterLoad = region.stats().faults.missing - before;
    await region.load(0, 32 * 4096, { pin: true });
    // The first load keeps its pages until its caller had its turn; the loop learns of that a little later.
    await until(() => region.stats().pinnedPages < 64);
    const pinned = region.stats().pinnedPages;
    check(words, 1, 64 * 1024);
    const beforePinned = region.stats().faults.missing;
    check(words, 1, 0, 32 * 1024);
    const afterPressure = region.stats().faults.missing - beforePinned;
    const stayed = await region.evict(0, 32 * 4096);
    check(words, 1, 0, 32 * 1024);
    const afterEvict = region.stats().faults.missing - beforePinned;
    region.unpin(0, 32 * 4096);
    const dropped = await region.evict(0, 32 * 4096);
    const unpinned = region.stats().pinnedPages;
    const beforeTouch = region.stats().faults.missing;
    check(words, 1, 0, 32 * 1024);
    const afterUnpin = region.stats().faults.missing - beforeTouch;
    await region.evict();
    const none = region.stats().residentPages;
    region.prefetch(MIB, 64 * 4096);
    await until(() => region.stats().residentPages >= 64);
    const beforeFetched = region.stats().faults.missing;
    check(words, 1, MIB / 4, MIB / 4 + 64 * 1024);
    const afterPrefetch = region.stats().faults.missing - beforeFetched;
    const tooMuch = await failure(() => region.load(0, MIB, { pin: true }));
    const pinnedAfter = region.stats().pinnedPages;
    const outside = await failure(() => region.load(4 * MIB - 1, 2));
    const negative = await failure(() => region.load(-1, 2));
    const whole = await region.load(0, 4 * MIB).then(() => 'done');
    check(words, 1);
    await pager.close();
    return {
      ...{ afterLoad, pinned, afterPressure, stayed, afterEvict, dropped, unpinned, afterUnpin, none, afterPrefetch },
      ...{ tooMuch, pinnedAfter, outside, negative, whole },
    };
  },

  async 'pins are counted over many loads at once'() {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB });
    const loads = Array.from({ length: 8 }, (_, at) => region.load(at * 64 * 4096, 64 * 4096, { pin: true }));
    const outcomes = await Promise.race([
      Promise.allSettled(loads).then((all) => all.map(({ status }) => status)),
      pause(5000).then(() => ['hangs']),
    ]);
    const stats = pager.stats();
    return { outcomes, pinned: stats.pinnedPages, peak: stats.residentBytesPeak };
  },

  async flush({ url, file }: { url: string; file?: string }) {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 4 * MIB, store: openStore(url) });
    fill(wordsOf(region), 3);
    await region.flush();
    let held = true;
    if (file !== undefined) check(new Uint32Array(readFileSync(file).buffer), 3);
    else held = await redisHolds(url, 1024);
    fill(wordsOf(region), 4, 5, 6);
    wordsOf(region)[500_000] = 1;
    await region.flush();
    const second = file === undefined ? 1 : new Uint32Array(readFileSync(file).buffer)[500_000];
    const writes = region.stats().store.writes;
    await region.flush();
    const again = region.stats().store.writes - writes;
    const { dirtyPages } = region.stats();
    await pager.close();
    return { held, second, again, dirtyPages };
  },

  async discard({ source }: { source: boolean }) {
    return withFile(4 * MIB, async (file) => {
      const pager = await createPager({ residentLimit: MIB });
      const options: MapOptions = { byteLength: 4 * MIB, ...(source ? { source: fileStore(file) } : {}) };
      const region = await pager.map(options);
      const words = wordsOf(region);
      if (!source) fill(words, 9);
      check(words, 9, 0, MIB / 2);
      // Pages evicted, resident, and never touched.
      await region.discard(4096, 2 * MIB);
      await region.discard(3 * MIB, MIB);
      const zeros = () => {
        check(words, 9, 0, 1024);
        for (let at = 1024; at < 1024 + MIB / 2; at++)
          if (words[at] !== 0) throw new Error(`word ${at} is ${words[at]}`);
        check(words, 9, 1024 + MIB / 2, (3 * MIB) / 4);
        for (let at = (3 * MIB) / 4; at < MIB; at++) if (words[at] !== 0) throw new Error(`word ${at} is ${words[at]}`);
      };
      zeros();
      await region.evict();
      zeros();
      fill(words, 5, 1024, 4096);
      await region.evict();
      check(words, 5, 1024, 4096);
      const partly = await failure(() => region.discard(1, 4096));
      const stats = region.stats();
      await pager.close();
      return { partly, stats };
    });
  },

  async 'zero pages are not stored'() {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 4 * MIB });
    const words = wordsOf(region);
    for (let at = 0; at < words.length; at += 512) words[at] = 0;
    let sum = 0;
    for (let at = 0; at < words.length; at += 512) sum += words[at] ?? 0;
    fill(words, 1, 0, 4096);
    words.fill(0, 0, 4096);
    await region.evict();
    for (let at = 0; at < words.length; at += 512) sum += words[at] ?? 0;
    const stats = region.stats();
    await pager.close();
    return { sum, stats };
  },

  async 'child processes'() {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 4 * MIB });
    const { buffer } = region;
    const each = region.byteLength / 16;
    const workers = [0, 1].map((at) =>
      hand({ buffer, does: 'hammer', seed: at, from: at * each, to: (at + 1) * each, count: 60_000 }),
    );
    const working = Promise.all(workers.map(ended));
    await Promise.all(workers.map(begun));
    const outputs: string[] = [];
    const run = promisify(execFile);
    for (let at = 0; at < 20; at++) outputs.push((await run('/bin/echo', [`child ${at}`])).stdout);
    outputs.push(String(execFileSync('/bin/echo', ['sync'])), String(spawnSync('/bin/echo', ['spawned']).stdout));
    const forked = fork(new URL('./stores.js', import.meta.url), { stdio: 'ignore' });
    const forkedCode = await new Promise((resolve) => forked.once('exit', resolve));
    await working;
    const stats = pager.stats();
    await pager.close();
    return { outputs: outputs.length, last: outputs.at(-1), forkedCode, stats };
  },

  async 'a thread with limits, and a region that is printed'() {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 4 * MIB });
    console.error = () => {};
    const printed =
      inspect(region, { depth: 9, showHidden: true }) + JSON.stringify(region) + inspect(pager, { depth: 9 });
    const touched = region.stats().faults.missing;
    await ended(
      hand(
        { buffer: region.buffer, does: 'fill', seed: 3 },
        { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
      ),
    );
    await ended(hand({ buffer: region.buffer, does: 'check', seed: 3 }, { maxOldGenerationSizeMb: 8, stackSizeMb: 1 }));
    await pager.close();
    return { touched, printed: printed.length, mention: /[0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2}/.test(printed) };
  },

  async 'a corrupted file'() {
    return withFile(1, async (file) => {
      rmSync(file);
      const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
      const region = await pager.map({ byteLength: 2 * MIB, store: fileStore(file) });
      fill(wordsOf(region), 1);
      await region.evict();
      const fd = openSync(file, 'r+');
      writeSync(fd, Uint8Array.of(1, 2, 3), 0, 3, 8192 + 100);
      ftruncateSync(fd, 2 * MIB);
      closeSync(fd);
      const outcome = await failure(() => region.load(8192, 4096));
      await region.load(0, 4096);
      check(wordsOf(region), 1, 0, 1024);
      const again = await failure(() => region.load(8192, 1));
      writeSync(1, `failed ${outcome.code} ${again.code} ${outcome.message}\n`);
      return wordsOf(region)[2048 + 30];
    });
  },
});

function never(): never {
  throw new Error('cannot be');
}
