// Scenes in which the application itself calls madvise, mremap or munmap on a region, through farpage/userfaultfd.
import { Worker } from 'node:worker_threads';
import { type MapOptions, moduleStore, type Pager, type Region } from '../../../src/index.js';
import { native } from '../../../src/native/native.js';
import { advise, remap, unmap, viewOf } from '../../../src/userfaultfd/index.js';
import { type Kind, type Opened, open, zeros } from './kinds-kit.js';
import type { Watch } from './kinds-watcher.js';
import { begun, check, ended, failure, fill, hand, pause, perform, wordAt } from './kit.js';

const MIB = 2 ** 20;
const STORES = new URL('./stores.js', import.meta.url);

type Advice = 'DONTNEED' | 'REMOVE';

interface Stood {
  kind: Kind;
  advice: Advice;
  /** The backing stores: a source whose pages are never zeros, a store that takes its time. */
  source?: boolean;
  delay?: number;
  readahead?: 'off' | 'sequential';
  /** Default true. */
  prefetch?: boolean;
  evict?: boolean;
}

function behind({ source = false, delay = 0 }: Stood): Pick<MapOptions, 'source' | 'store'> {
  return {
    ...(source && { source: moduleStore(STORES, { mode: 'slow', delay }) }),
    ...(delay > 0 && { store: moduleStore(STORES, { mode: 'slow', delay }) }),
  };
}

function range(region: Region, page: number, count: number): { start: bigint; byteLength: number } {
  return { start: region.address + BigInt(page * region.pageSize), byteLength: count * region.pageSize };
}

/** Room for so many bytes at a multiple of 2 MiB, mapped. */
function room(byteLength: number): bigint {
  const huge = BigInt(2 * MIB);
  const start = native().mapMemory(byteLength + 2 * MIB);
  return ((start + huge - 1n) / huge) * huge;
}

/** At rest the pager holds no more than it may. */
function within(pager: Pager): void {
  const { residentBytesPeak, residentLimit } = pager.stats();
  if (residentBytesPeak > (residentLimit ?? 0)) throw new Error(`${residentBytesPeak} bytes, limit ${residentLimit}`);
}

/** What was removed reads as zeros, whatever the pages' states were; the others hold what they held. */
async function removes(stood: Stood, { pager, region, words, step, pages, limit }: Opened): Promise<void> {
  const { advice } = stood;
  fill(words, 1);
  await region.load((pages - 4) * region.pageSize, 4 * region.pageSize, { pin: true });
  // Touched long ago, not long ago, just now, pinned; parts of one and the same leaf, and one page alone.
  const spans: [first: number, end: number][] = [
    [0, 3],
    [Math.floor(pages / 3), Math.floor(pages / 3) + limit],
    [pages - Math.floor(limit / 2), pages - Math.floor(limit / 4)],
    [pages - 2, pages - 1],
  ];
  for (const [first, end] of spans) advise(range(region, first, end - first), advice);
  const look = () => {
    let at = 0;
    for (const [first, end] of spans) {
      check(words, 1, at, first * step);
      zeros(words, first * step, end * step);
      at = end * step;
    }
    check(words, 1, at);
  };
  look();
  look();
  await region.flush();
  await region.evict();
  look();
  // And hold what is written from now on.
  for (const [first, end] of spans) fill(words, 7, first * step, end * step);
  await region.flush();
  await region.evict();
  for (const [first, end] of spans) check(words, 7, first * step, end * step);
  for (const [first, end] of spans) advise(range(region, first, end - first), advice);
  look();
  within(pager);
}

/** Rounds of write, push out, bring in, remove; a thread looks on, others take the memory away. */
async function races(stood: Stood, { pager, region, words, step, pages }: Opened): Promise<number> {
  const mine = Math.max(8, Math.floor(pages / 8));
  const shared = new SharedArrayBuffer(8);
  const told = new Int32Array(shared);
  const watch: Watch = { buffer: region.buffer, told: shared, pages: mine, step };
  const watcher = new Worker(new URL('./kinds-watcher.js', import.meta.url), { workerData: watch });
  const watched = ended(watcher);
  watched.catch(() => {});
  await begun(watcher);
  const others = [0, 1].map((at) =>
    hand({ buffer: region.buffer, does: 'forever', from: (mine + at * 2) * step, to: words.length }),
  );
  for (const other of others) other.on('error', () => {});
  const rounds = stood.kind.memory === 'huge' ? 12 : 40;
  for (let round = 1; round <= rounds; round++) {
    for (let page = 0; page < mine; page++) words[page * step + (round % 1024)] = round;
    if (round % 3 === 0) await pause(stood.delay ?? 1);
    if (round % 4 === 0 && stood.evict !== false) void region.evict(0, mine * region.pageSize);
    if (round % 2 === 0 && stood.prefetch !== false) region.prefetch(0, mine * region.pageSize);
    if (round % 5 === 0) await pause(1);
    advise(range(region, 0, mine), stood.advice);
    Atomics.store(told, 0, round);
    zeros(words, 0, mine * step);
  }
  Atomics.store(told, 1, 1);
  await watched;
  for (const other of others) await other.terminate();
  await region.flush();
  await region.evict();
  zeros(words, 0, mine * step);
  within(pager);
  return rounds;
}

await perform({
  async removed(stood: Stood) {
    const opened = await open(stood.kind, 4, behind(stood), { readahead: stood.readahead ?? 'sequential' });
    await removes(stood, opened);
    await opened.pager.close();
  },

  /** Pages that nobody touched, in front of a source that would have filled them. */
  async 'removed before a touch'(stood: Stood) {
    const { pager, region, words, step, pages } = await open(stood.kind, 2, behind({ ...stood, source: true }));
    advise(range(region, 2, pages - 4), stood.advice);
    zeros(words, 2 * step, (pages - 2) * step);
    const bytes = new Uint8Array(region.buffer);
    const ends = [0, 1, pages - 2, pages - 1].map((page) => bytes[page * region.pageSize + 9]);
    await region.evict();
    zeros(words, 2 * step, (pages - 2) * step);
    await pager.close();
    return { ends, wanted: [0, 1, pages - 2, pages - 1].map((page) => (page + 1) & 255) };
  },

  async 'removed while threads fault'(stood: Stood) {
    const opened = await open(stood.kind, 4, behind(stood), { readahead: stood.readahead ?? 'sequential' });
    const rounds = await races(stood, opened);
    await opened.pager.close();
    return rounds;
  },

  /** Part of it elsewhere and back, the whole of it, over another part of itself, and longer than it was. */
  async moved({ kind }: { kind: Kind }) {
    const { pager, region, words, step, pages, limit } = await open(kind, 4);
    fill(words, 1);
    const first = Math.floor(pages / 3);
    const count = limit;
    const away = remap(range(region, first, count), count * region.pageSize, { to: room(count * region.pageSize) });
    const there = new Uint32Array(viewOf(away, count * region.pageSize));
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < there.length; at++) {
        if (there[at] !== wordAt(first * step + at, 1)) throw new Error(`moved word ${at} is ${there[at]}`);
      }
      check(words, 1, 0, first * step);
      check(words, 1, (first + count) * step);
    }
    for (let at = 0; at < there.length; at++) there[at] = wordAt(first * step + at, 2);
    check(words, 1, 0, first * step);
    await region.flush();
    await region.evict();
    // Removed there.
    advise({ start: away + BigInt(2 * region.pageSize), byteLength: 3 * region.pageSize }, 'DONTNEED');
    zeros(there, 2 * step, 5 * step);
    const back = { start: away, byteLength: count * region.pageSize };
    remap(back, back.byteLength, { to: region.address + BigInt(first * region.pageSize) });
    check(words, 1, 0, first * step);
    check(words, 2, first * step, (first + 2) * step);
    zeros(words, (first + 2) * step, (first + 5) * step);
    check(words, 2, (first + 5) * step, (first + count) * step);
    check(words, 1, (first + count) * step);
    await region.discard(0, 2 * region.pageSize);
    zeros(words, 0, 2 * step);
    // The last pages take the place of the first ones.
    remap(range(region, pages - 4, 4), 4 * region.pageSize, { to: region.address });
    for (let at = 0; at < 4 * step; at++) {
      const wanted = wordAt((pages - 4) * step + at, 1);
      if (words[at] !== wanted) throw new Error(`word ${at} is ${words[at]}, not ${wanted}`);
    }
    check(words, 1, 4 * step, first * step);
    await region.flush();
    await region.evict();
    check(words, 1, 4 * step, first * step);
    within(pager);
    await region.close();
    await pager.close();
  },

  async 'moved whole'({ kind }: { kind: Kind }) {
    const { pager, region, words, pages } = await open(kind, 3);
    fill(words, 1);
    const bytes = pages * region.pageSize;
    let at = region.address;
    for (let round = 0; round < 8; round++) {
      const to = round % 2 === 1 ? region.address : room(bytes);
      at = remap({ start: at, byteLength: bytes }, bytes, { to });
      const there = new Uint32Array(viewOf(at, bytes));
      check(there, 1 + round);
      fill(there, 2 + round);
    }
    check(words, 9);
    await pager.close();
  },

  /** The tail of anonymous memory is new memory, and no part of the region; that of a file's lies past its end. */
  async grown({ kind }: { kind: Kind }) {
    const { pager, region, words, step, pages, limit } = await open(kind, 4);
    fill(words, 1);
    const bytes = limit * region.pageSize;
    const first = pages - limit;
    const at = remap(range(region, first, limit), 2 * bytes, { to: room(2 * bytes) });
    const there = new Uint32Array(viewOf(at, 2 * bytes));
    for (let word = 0; word < limit * step; word++) {
      if (there[word] !== wordAt(first * step + word, 1)) throw new Error(`moved word ${word} is ${there[word]}`);
    }
    const tail = kind.memory === 'anonymous';
    if (tail) zeros(there, limit * step, 2 * limit * step);
    if (tail) fill(there, 3, limit * step, 2 * limit * step);
    check(words, 1, 0, first * step);
    if (tail) check(there, 3, limit * step, 2 * limit * step);
    await region.flush();
    await region.evict();
    for (let word = 0; word < limit * step; word++) {
      if (there[word] !== wordAt(first * step + word, 1)) throw new Error(`then word ${word} is ${there[word]}`);
    }
    await pager.close();
  },

  /** The kernel does not grow a mapping of huge pages; nothing has changed then. */
  async 'not grown'({ kind }: { kind: Kind }) {
    const { pager, region, words, limit } = await open(kind, 3);
    fill(words, 1);
    const bytes = limit * region.pageSize;
    const refused = await failure(() => remap(range(region, 0, limit), 2 * bytes));
    check(words, 1);
    await pager.close();
    return refused;
  },

  /** More parts than a region can be followed in: refused, or followed, and never the end of the process. */
  async 'moved in many parts'({ kind, parts }: { kind: Kind; parts: number }) {
    const { pager, region, words, step } = await open(kind, 4);
    fill(words, 1);
    const moved: bigint[] = [];
    for (let part = 0; part < parts; part++) {
      moved.push(remap(range(region, part * 4, 2), 2 * region.pageSize, { to: room(2 * region.pageSize) }));
    }
    for (const [part, at] of moved.entries()) {
      const there = new Uint32Array(viewOf(at, 2 * region.pageSize));
      for (let word = 0; word < there.length; word++) {
        if (there[word] !== wordAt(part * 4 * step + word, 1)) throw new Error(`part ${part}: word ${word}`);
      }
      check(words, 1, (part * 4 + 2) * step, (part * 4 + 4) * step);
    }
    check(words, 1, parts * 4 * step);
    await pager.close();
  },

  async 'a trap’s region does not move'({ kind }: { kind: Kind }) {
    const { pager, region, words } = await open(kind, 2);
    fill(words, 1);
    const refused = await failure(() => remap(range(region, 1, 4), 4 * region.pageSize));
    check(words, 1);
    await pager.close();
    return refused;
  },

  async unmapped({ kind }: { kind: Kind }) {
    const { pager, region, words, step, pages, limit } = await open(kind, 4);
    fill(words, 1);
    const first = Math.floor(pages / 3);
    const last = pages - limit;
    unmap(range(region, first, limit));
    unmap(range(region, last, limit));
    check(words, 1, 0, first * step);
    check(words, 1, (first + limit) * step, last * step);
    const { residentPages } = region.stats();
    // Asked for as if it were there: nothing hangs, nothing is invented.
    const loaded = await region.load(first * region.pageSize, region.pageSize).then(
      () => 'loaded',
      (error: { code: string }) => error.code,
    );
    await region.flush();
    await region.evict();
    const left = region.stats().residentPages;
    check(words, 1, 0, first * step);
    await region.discard(0, pages * region.pageSize);
    zeros(words, 0, first * step);
    await region.close();
    zeros(words, 0, step);
    await pager.close();
    return { residentPages, limit, loaded, left };
  },

  /** What is unmapped of a region stays taken: the kernel fills the highest hole that is big enough. */
  async 'others in the hole'({ kind, big }: { kind: Kind; big: boolean }) {
    const pager = (await open(kind, 2)).pager;
    const region = await pager.map({ byteLength: (big ? 6144 : 64) * MIB, memory: kind.memory });
    const words = region.view(Uint32Array, 0, 1024);
    fill(words, 1);
    const hole = { start: region.address + BigInt(8 * MIB), byteLength: (big ? 3072 : 32) * MIB };
    unmap(hole);
    const bytes = 16 * MIB;
    for (let tries = 0; tries < 4000; tries++) {
      const at = native().mapMemory(bytes);
      if (at >= hole.start && at < hole.start + BigInt(hole.byteLength)) return 'some';
      if (at < region.address) break;
    }
    check(words, 1);
    await pager.close();
    return 'none';
  },
});
