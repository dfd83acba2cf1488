// Scenes of how a pager, a region, a thread or the process ends.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fileStore, memoryStore, moduleStore, type Region } from '../../../src/index.js';
import { begun, check, ended, failure, fill, hand, pause, perform, say, until, wordsOf } from './kit.js';
import { createPager } from './variant.js';

const MIB = 2 ** 20;
const WORKERS = 4;

async function open(limit = 2 * MIB, bytes = 8 * MIB) {
  const pager = await createPager({ residentLimit: limit });
  const region = await pager.map({ byteLength: bytes });
  return { pager, region };
}

/** Threads that fault for ever. */
async function storm(region: Region): Promise<Worker[]> {
  const words = region.byteLength / 4;
  const each = words / WORKERS;
  const workers = Array.from({ length: WORKERS }, (_, at) =>
    hand({ buffer: region.buffer, does: 'forever', from: at * each, to: (at + 1) * each }),
  );
  await Promise.all(workers.map(begun));
  return workers;
}

const slow = (delay: number, mode = 'slow') => moduleStore(new URL('./stores.js', import.meta.url), { mode, delay });

/** A thread that is blocked in a fault which nobody answers for a while. */
async function blocked(mode = 'never') {
  const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
  const region = await pager.map({ byteLength: 4 * MIB, source: slow(100_000, mode) });
  const worker = hand({ buffer: region.buffer, does: 'byte', from: 4096 });
  await begun(worker);
  await until(() => region.stats().faults.missing > 0);
  return { pager, region, worker };
}

await perform({
  async 'close the pager during faults'() {
    const { pager, region } = await open();
    const workers = await storm(region);
    await until(() => pager.stats().evictions > 1000);
    for (const worker of workers) worker.on('error', () => {});
    await pager.close();
    say('closed');
    await pause(1000);
    process.exit(0);
  },

  async 'close a region while others are touched'() {
    const pager = await createPager({ residentLimit: 2 * MIB });
    const doomed = await pager.map({ byteLength: 4 * MIB });
    const kept = await pager.map({ byteLength: 4 * MIB });
    const others = [0, 1, 2].map((at) =>
      ended(hand({ buffer: kept.buffer, does: 'hammer', seed: at, from: at << 18, to: (at + 1) << 18, count: 60_000 })),
    );
    fill(wordsOf(doomed), 1);
    const { buffer } = doomed;
    await doomed.close();
    const again = await pager.map({ byteLength: 4 * MIB });
    fill(wordsOf(again), 2);
    await Promise.all(others);
    check(wordsOf(again), 2);
    const regions = pager.stats().regions;
    await pager.close();
    return { regions, bytes: buffer.byteLength };
  },

  async 'close twice'() {
    const { pager, region } = await open();
    wordsOf(region)[0] = 1;
    await Promise.all([region.close(), region.close()]);
    await region.close();
    await Promise.all([pager.close(), pager.close()]);
    await pager.close();
    await region.close();
    const stats = [pager.stats().pages, region.stats().pages];
    return {
      stats,
      failures: [
        await failure(() => region.load(0, 1)),
        await failure(() => region.buffer),
        await failure(() => region.view(Uint8Array)),
        await failure(() => region.unpin(0, 1)),
        await failure(() => region.prefetch(0, 1)),
        await failure(() => region.flush()),
        await failure(() => region.evict()),
        await failure(() => region.discard(0, 4096)),
        await failure(() => pager.map({ byteLength: 1 })),
      ],
    };
  },

  async 'close both at once, with operations under way'() {
    const { pager, region } = await open();
    fill(wordsOf(region), 3);
    const work = [region.flush(), region.evict(), region.load(0, MIB), region.discard(0, 4096), region.close()];
    const outcomes = await Promise.allSettled([...work, pager.close(), region.close(), pager.close()]);
    return outcomes.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code));
  },

  async 'close the pager while it maps'() {
    const pager = await createPager({ residentLimit: MIB });
    const maps = Array.from({ length: 5 }, () => pager.map({ byteLength: MIB }));
    const closing = pager.close();
    const outcomes = await Promise.allSettled([...maps, closing]);
    return outcomes.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code));
  },

  async 'touch after close'({ what, who }: { what: 'resident' | 'evicted' | 'fresh'; who: 'region' | 'pager' }) {
    const { pager, region } = await open(4 * MIB, 4 * MIB);
    const words = wordsOf(region);
    fill(words, 4, 0, words.length / 2);
    await region.evict(0, MIB);
    await (who === 'region' ? region.close() : pager.close());
    if (what === 'resident') {
      check(words, 4, MIB / 4 + 1024 * 4, words.length / 2);
      return 'right';
    }
    say('touches');
    return words[what === 'evicted' ? 5 : words.length - 5];
  },

  async 'exit during faults'() {
    const { pager, region } = await open();
    await storm(region);
    await until(() => pager.stats().evictions > 500);
    process.exit(3);
  },

  async 'exit during write-back'({ store }: { store: 'file' | 'slow' }) {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'farpage-live-')), 'pages');
    const pager = await createPager({ residentLimit: MIB });
    const made = store === 'file' ? fileStore(file) : slow(5);
    const region = await pager.map({ byteLength: 8 * MIB, store: made });
    const workers = await storm(region);
    await until(() => pager.stats().writebacks > 64);
    void workers;
    void region.flush().catch(() => {});
    void region.evict().catch(() => {});
    process.exit(3);
  },

  async 'throw while threads are blocked'() {
    await blocked();
    setTimeout(() => {
      throw new Error('nobody catches this');
    }, 10);
    await pause(60_000);
  },

  async 'exit while a thread is blocked'() {
    await blocked();
    process.exit(3);
  },

  async 'wait for a signal while threads fault'() {
    const { pager, region } = await open();
    await storm(region);
    await until(() => pager.stats().evictions > 500);
    say('ready');
    await pause(60_000);
  },

  async 'terminate a blocked thread'() {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, source: slow(1500) });
    const worker = hand({ buffer: region.buffer, does: 'byte', from: 4096 });
    await begun(worker);
    await until(() => region.stats().faults.missing > 0);
    await worker.terminate();
    await region.load(MIB, 4096);
    const value = new Uint32Array(region.buffer)[MIB / 4];
    await pager.close();
    return value;
  },

  async 'close while a thread is blocked'({ who }: { who: 'region' | 'pager' }) {
    const { pager, region } = await blocked(who === 'region' ? 'late' : 'never');
    await (who === 'region' ? region.close() : pager.close());
    say('closed');
    await pause(1000);
    process.exit(0);
  },

  async 'the loop fails'({ mode }: { mode: string }) {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, source: slow(20, mode) });
    const worker = hand({ buffer: region.buffer, does: 'byte', from: 4096 });
    worker.on('message', (message: unknown) => {
      if (typeof message === 'object') say(`read ${JSON.stringify(message)}`);
    });
    await pause(20_000);
    return 'outlived';
  },

  async 'the loop fails and nobody waits'({ mode }: { mode: string }) {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, source: slow(20, mode) });
    const outcome = await failure(() => region.load(0, 4096));
    say(`load: ${outcome.code}`);
    const later = [await failure(() => region.load(0, 4096)), await failure(() => pager.map({ byteLength: 1 }))];
    say(`later: ${later.map(({ code }) => code).join(' ')}`);
    say(`value ${new Uint32Array(region.buffer)[4096]}`);
    return 'outlived';
  },

  async 'end without closing'() {
    const { region } = await open();
    fill(wordsOf(region), 5);
    check(wordsOf(region), 5);
    await region.flush();
  },

  async 'end without closing a second pager, with a store of its own thread'() {
    const pages = new Map<number, Uint8Array>();
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({
      byteLength: 2 * MIB,
      store: {
        writable: true,
        async read(batch) {
          for (const { page, into } of batch) into.set(pages.get(page) ?? new Uint8Array(into.byteLength));
        },
        async write(batch) {
          for (const { page, from } of batch) pages.set(page, from);
        },
        async close() {},
      },
    });
    await region.load(0, 4096);
    new Uint32Array(region.buffer)[1] = 7;
    await region.flush();
  },

  async 'a buffer outlives the thread of its pager'() {
    const inner = new Worker(new URL('./inner.js', import.meta.url), { workerData: { how: 'end', post: true } });
    const buffer = await new Promise<SharedArrayBuffer>((resolve) => inner.once('message', resolve));
    await new Promise((resolve) => inner.once('exit', resolve));
    await pause(200);
    say('touches');
    const words = new Uint32Array(buffer);
    let sum = 0;
    for (let at = 0; at < words.length; at += 1024) sum += words[at] ?? 0;
    return sum;
  },

  async 'a thread with its own pager ends'({ how }: { how: string }) {
    const inner = new Worker(new URL('./inner.js', import.meta.url), { workerData: { how } });
    const told = new Promise((resolve) => inner.once('message', resolve));
    const code = new Promise<number>((resolve) => inner.once('exit', resolve));
    inner.on('error', (error) => say(`error ${error.message}`));
    await told;
    if (how === 'terminate') await inner.terminate();
    return { code: await code, others: memoryStore().writable };
  },
});
