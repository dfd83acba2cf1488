// Scenes of the pager on every kind of memory and both engines: content, limits, operations, endings.
import { fstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPager, fileStore, type MapOptions, moduleStore, type Region } from '../../../src/index.js';
import { fileOf, type Kind, limitOf, open, rangesOf, zeros } from './kinds-kit.js';
import { check, ended, failure, fill, hand, pause, perform, say, until, wordsOf } from './kit.js';

const MIB = 2 ** 20;
const STORES = new URL('./stores.js', import.meta.url);

interface Stored {
  kind: Kind;
  store?: 'memory' | 'file' | 'module';
}

async function withStore<T>(
  store: Stored['store'],
  work: (options: Pick<MapOptions, 'store'>) => Promise<T>,
): Promise<T> {
  if (store === undefined || store === 'memory') return work({});
  if (store === 'module') return work({ store: moduleStore(STORES, { mode: 'good' }) });
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-kinds-'));
  try {
    return await work({ store: fileStore(path.join(folder, 'pages')) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await perform({
  /** The test looks at this process's memory while a thread goes through it. */
  async passes({ kind, store }: Stored) {
    return withStore(store, async (options) => {
      const { pager, region, words } = await open(kind, 3, options);
      say(`ranges ${JSON.stringify(rangesOf(pager))}`);
      const { buffer } = region;
      const half = words.length / 2;
      await ended(hand({ buffer, does: 'fill', seed: 1, to: words.length }));
      await ended(hand({ buffer, does: 'check', seed: 1, to: words.length }));
      await ended(hand({ buffer, does: 'fill', seed: 2, to: half }));
      await Promise.all([
        ended(hand({ buffer, does: 'check', seed: 2, to: half })),
        ended(hand({ buffer, does: 'check', seed: 1, from: half, to: words.length })),
      ]);
      await region.flush();
      const dropped = await region.evict();
      const held = pager.stats();
      check(words, 2, 0, half);
      check(words, 1, half);
      const stats = pager.stats();
      await pager.close();
      return { engine: pager.engine, pageSize: region.pageSize, held, stats, dropped };
    });
  },

  async operations({ kind, store }: Stored) {
    return withStore(store, async (options) => {
      const { pager, region, words, step, pages } = await open(kind, 3, options);
      const page = region.pageSize;
      fill(words, 1);
      // Pinned pages stay while everything else goes by.
      await region.load(2 * page, 4 * page, { pin: true });
      const pinned = region.stats().pinnedPages;
      await region.evict();
      const stay = region.stats().residentPages;
      check(words, 1);
      check(words, 1, 2 * step, 6 * step);
      region.unpin(2 * page, 4 * page);
      await until(() => region.stats().pinnedPages === 0);
      await region.evict();
      const left = region.stats().residentPages;
      // One page back without a fault.
      await region.load(7 * page, page);
      const loaded = region.stats().residentPages;
      const faults = region.stats().faults.missing + region.stats().faults.minor;
      check(words, 1, 7 * step, 8 * step);
      const faultless = region.stats().faults.missing + region.stats().faults.minor === faults;
      // What is resident, what is dirty, and what only the store has.
      fill(words, 3, 7 * step, 8 * step);
      await region.discard(5 * page, 4 * page);
      zeros(words, 5 * step, 9 * step);
      check(words, 1, 0, 5 * step);
      check(words, 1, 9 * step);
      zeros(words, 5 * step, 9 * step);
      fill(words, 4, 6 * step, 7 * step);
      await region.flush();
      await region.evict();
      zeros(words, 5 * step, 6 * step);
      check(words, 4, 6 * step, 7 * step);
      zeros(words, 7 * step, 9 * step);
      await region.discard(0, pages * page);
      zeros(words, 0, words.length);
      const stats = pager.stats();
      await region.close();
      await pager.close();
      return { pinned, stay, left, loaded, faultless, stats };
    });
  },

  /** As much memory as the limit, in one region or in several: nothing has to leave. */
  async fits({ kind, regions }: { kind: Kind; regions: number }) {
    const { memory, engine } = kind;
    const limit = limitOf(kind);
    const pageSize = memory === 'huge' ? 2 * MIB : 4096;
    const pager = await createPager({ engine, pageSize, residentLimit: limit * pageSize });
    const source = moduleStore(STORES, { mode: 'good' });
    const byteLength = (limit * pageSize) / regions;
    const all: Region[] = [];
    // The first has content from the start, so that pages come through frames.
    for (let n = 0; n < regions; n++) all.push(await pager.map({ byteLength, memory, ...(n === 0 && { source }) }));
    const each = all.map(wordsOf);
    for (const seed of [1, 2, 3]) {
      for (const [n, words] of each.entries()) fill(words, seed + n);
      // Against the order in which they came.
      for (const [n, words] of [...each.entries()].reverse()) {
        const step = pageSize / 4;
        for (let at = words.length - step; at >= 0; at -= step) check(words, seed + n, at, at + step);
      }
    }
    // A thread continues before the loop has counted its page: the loop has ended that turn once it answers.
    for (const region of all) await region.load(0, pageSize);
    const stats = pager.stats();
    await pager.close();
    return stats;
  },

  /** Threads write to pinned pages while they are flushed again and again. */
  async 'flushes of pinned pages'({ kind }: { kind: Kind }) {
    const { pager, region, words, step } = await open(kind, 2);
    const pinned = 4;
    const byteLength = pinned * region.pageSize;
    await region.load(0, byteLength, { pin: true });
    let flushes = 0;
    for (const seed of [1, 2, 3]) {
      const writing = ended(hand({ buffer: region.buffer, does: 'fill', seed, to: pinned * step }));
      let done = false;
      void writing.finally(() => {
        done = true;
      });
      for (; !done; flushes++) await region.flush();
      await writing;
      await region.flush();
      check(words, seed, 0, pinned * step);
    }
    const { pinnedPages, residentPages } = region.stats();
    region.unpin(0, byteLength);
    await until(() => region.stats().pinnedPages === 0);
    await region.evict();
    check(words, 3, 0, pinned * step);
    await pager.close();
    return { flushes, pinnedPages, residentPages };
  },

  /** A page that leaves unchanged is written once, one that was changed again. */
  async dirtiness({ kind }: { kind: Kind }) {
    const store = moduleStore(STORES, { mode: 'good' });
    const { pager, region, words, step, pages } = await open(kind, 2, { store }, { readahead: 'off' });
    fill(words, 1);
    await region.flush();
    await region.evict();
    const first = region.stats().store.writes;
    check(words, 1);
    await region.evict();
    const unchanged = region.stats().store.writes;
    // Written over with what it held already, which no page table could tell.
    fill(words, 1, 0, step);
    fill(words, 2, 3 * step, 5 * step);
    await region.evict();
    const changed = region.stats().store.writes;
    check(words, 1, 0, 3 * step);
    check(words, 2, 3 * step, 5 * step);
    check(words, 1, 5 * step);
    await pager.close();
    return { pages, first, unchanged, changed };
  },

  async 'discard gives memory back'({ kind }: { kind: Kind }) {
    const { pager, region, words, step } = await open(kind, 2, {}, { readahead: 'off' });
    const file = fileOf(pager);
    const bytes = () => fstatSync(file).blocks * 512;
    fill(words, 1, 0, 8 * step);
    const before = bytes();
    await region.discard(2 * region.pageSize, 4 * region.pageSize);
    const after = bytes();
    check(words, 1, 0, 2 * step);
    check(words, 1, 6 * step, 8 * step);
    await region.evict();
    const evicted = bytes();
    await pager.close();
    return { before, after, evicted, page: region.pageSize };
  },

  async 'switches to huge pages'() {
    const pager = await createPager({ residentLimit: 32 * MIB });
    const first = pager.stats().residentLimit;
    const region = await pager.map({ byteLength: 64 * MIB, memory: 'huge' });
    const words = wordsOf(region);
    fill(words, 1);
    check(words, 1);
    const small = await failure(async () => {
      const other = await createPager({ residentLimit: 32 * MIB });
      await other.map({ byteLength: MIB });
      try {
        await other.map({ byteLength: 64 * MIB, memory: 'huge' });
      } finally {
        // The region works as before.
        const again = await other.map({ byteLength: MIB });
        fill(wordsOf(again), 2);
        check(wordsOf(again), 2);
        await other.close();
      }
    });
    const asked = await failure(async () => {
      const other = await createPager({ pageSize: 4096 });
      await other.map({ byteLength: 64 * MIB, memory: 'huge' }).finally(() => other.close());
    });
    const trapped = await failure(async () => {
      const other = await createPager({ engine: 'trap' });
      await other.map({ byteLength: 64 * MIB, memory: 'huge' }).finally(() => other.close());
    });
    // Two at once on a fresh pager.
    const both = await createPager({ residentLimit: 32 * MIB });
    const two = await Promise.all([1, 2].map(() => both.map({ byteLength: 34 * MIB, memory: 'huge' })));
    two.forEach((each, at) => void fill(wordsOf(each), at));
    two.forEach((each, at) => void check(wordsOf(each), at));
    await both.close();
    const { residentLimit } = pager.stats();
    await pager.close();
    return { first, residentLimit, pageSize: region.pageSize, small, asked, trapped };
  },

  async 'more huge pages than there are'() {
    const pager = await createPager();
    const refused = await failure(() => pager.map({ byteLength: 2 ** 40, memory: 'huge' }));
    await pager.close();
    return refused;
  },

  /** The test looks at the system's pages: while some are out, and after. */
  async 'huge pages out'({ how }: { how: 'close' | 'region' | 'exit' | 'kill' }) {
    const { pager, region, words } = await open({ memory: 'huge', engine: 'userfaultfd' }, 2);
    fill(words, 1);
    // Victims of the last faults may still be leaving.
    const blocks = () => fstatSync(fileOf(pager)).blocks;
    for (let last = -1; last !== blocks(); await pause(100)) last = blocks();
    say(`out ${blocks() / 4096}`);
    process.stdin.resume();
    await new Promise((resolve) => process.stdin.once('data', resolve));
    process.stdin.pause();
    if (how === 'exit') process.exit(0);
    if (how === 'kill') process.kill(process.pid, 'SIGKILL');
    if (how === 'region') await region.close();
    else await pager.close();
    say('closed');
    await pager.close();
  },

  async 'a store that fails'({ kind, touch }: { kind: Kind; touch: boolean }) {
    const source = moduleStore(STORES, { mode: 'gone' });
    const { region, words, step } = await open(kind, 2, { source }, { readahead: 'off' });
    const refused = await failure(() => region.load(3 * region.pageSize, 1));
    if (touch) say(`value ${words[5 * step]}`);
    return refused;
  },

  async 'a store that takes nothing'({ kind }: { kind: Kind }) {
    const store = moduleStore(STORES, { mode: 'flaky', failures: 6 });
    const { pager, region, words } = await open(kind, 3, { store });
    await ended(hand({ buffer: region.buffer, does: 'fill', seed: 1, to: words.length }));
    check(words, 1);
    const { errors, retries } = region.stats().store;
    const { residentBytesPeak, residentLimit } = pager.stats();
    await pager.close();
    return { errors, retries, residentBytesPeak, residentLimit };
  },
});
