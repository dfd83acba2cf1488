// Snapshots of regions that threads write to all the while.
import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import openSnapshot from '../../../src/image/store.js';
import type { MapOptions, PagerOptions, Region } from '../../../src/index.js';
import { ended, failure, pause, perform, say, until, wordAt, wordsOf } from './kit.js';
import { type Board, type CounterJob, FIRST_DONE, SEEN, STOP } from './snapshot-writer.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGE_WORDS = PAGE / 4;

/** Every page of an image, each checked against its digest. */
async function imageOf(file: string): Promise<Uint32Array> {
  const store = await openSnapshot({ where: file });
  const bytes = new Uint8Array(store.byteLength);
  const pages = Array.from({ length: bytes.length / PAGE }, (_, page) => ({
    page,
    into: bytes.subarray(page * PAGE, (page + 1) * PAGE),
  }));
  await store.read(pages);
  await store.close?.();
  return new Uint32Array(bytes.buffer);
}

interface Counting {
  folder: string;
  pages: number;
  rounds: number;
  bufferLimit: string;
  pager?: PagerOptions;
  map?: Omit<MapOptions, 'byteLength'>;
}

/**
 * Each thread raises a counter in its first page, then in its second, then in its last, where it also leaves what it had seen
 * finished of the others: any image that is of no one instant shows.
 */
async function counters({ folder, pages, rounds, bufferLimit, pager: options, map }: Counting) {
  const threads = 3;
  const pager = await createPager(options);
  const region = await pager.map({ byteLength: pages * PAGE, ...map });
  const board: Board = new Int32Array(new SharedArrayBuffer(256));
  const workers = startWriters(region, board, threads, pages);
  await until(() => Array.from({ length: threads }, (_, id) => Atomics.load(board, FIRST_DONE + id)).every(Boolean));
  const wrong: string[] = [];
  const each = Math.floor(pages / threads);
  let peak = 0;
  let last: string | undefined;
  for (let round = 0; round < rounds; round++) {
    const file = path.join(folder, `image-${round % 2}`);
    const before = Array.from({ length: threads }, (_, id) => Atomics.load(board, FIRST_DONE + id));
    const incremental = round % 2 === 1 && last !== undefined ? { incrementalFrom: last } : {};
    const report = await region.snapshot(file, { bufferLimit, track: round % 4 < 2, ...incremental });
    last = file;
    peak = Math.max(peak, report.bufferPeakBytes);
    const words = await imageOf(file);
    const at = (page: number, word: number) => words[page * PAGE_WORDS + word] ?? 0;
    const ends = Array.from({ length: threads }, (_, id) => at((id + 1) * each - 1, 0));
    for (let id = 0; id < threads; id++) {
      const [first, second, end] = [at(id * each, 0), at(id * each + 1, 0), ends[id] ?? 0];
      if (!(end <= second && second <= first && first <= end + 1)) wrong.push(`${round}: ${first} ${second} ${end}`);
      if (first < (before[id] ?? 0))
        wrong.push(`${round}: thread ${id} had done ${before[id]}, the image has ${first}`);
      for (let other = 0; other < threads; other++) {
        const seen = at((id + 1) * each - 1, SEEN + other);
        if ((ends[other] ?? 0) < seen)
          wrong.push(`${round}: ${id} had seen ${seen} of ${other}, there is ${ends[other]}`);
      }
    }
  }
  Atomics.store(board, STOP, 1);
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  await pager.close();
  return { wrong: wrong.slice(0, 5), peak, left: readdirSync(folder).length };
}

function startWriters(region: Region, board: Board, threads: number, pages: number): Worker[] {
  const each = Math.floor(pages / threads);
  return Array.from({ length: threads }, (_, id) => {
    const workerData: CounterJob = { buffer: region.buffer, board, id, threads, first: id * each, pages: each };
    return new Worker(new URL('./snapshot-writer.js', import.meta.url), { workerData });
  });
}

/** Writes, takes an incremental image, keeps a copy: every image of the chain is the region as it was. */
async function chain({ folder, residentLimit }: { folder: string; residentLimit?: string }) {
  const pages = 600;
  const pager = await createPager(residentLimit === undefined ? {} : { residentLimit });
  const region = await pager.map({ byteLength: pages * PAGE });
  const words = wordsOf(region);
  const copies: Uint32Array[] = [];
  const files: string[] = [];
  const same: number[] = [];
  for (let link = 0; link < 6; link++) {
    for (let i = 0; i < 40; i++) {
      const page = wordAt(i, link) % pages;
      words[page * PAGE_WORDS + (i % PAGE_WORDS)] = i % 7 === 0 ? 0 : wordAt(i, link + 77);
    }
    if (link === 3) await region.discard(20 * PAGE, 30 * PAGE);
    const from = files.at(-1);
    const file = path.join(folder, `link-${link}`);
    const report = await region.snapshot(file, { track: link % 3 !== 1, ...(from && { incrementalFrom: from }) });
    same.push(report.samePages);
    files.push(file);
    copies.push(words.slice());
  }
  for (const [link, file] of files.entries()) {
    const image = await imageOf(file);
    const copy = copies[link];
    for (let at = 0; at < words.length; at++) {
      if (image[at] !== copy?.[at]) throw new Error(`image ${link}, page ${at >> 10}: ${image[at]}, not ${copy?.[at]}`);
    }
  }
  await pager.close();
  return { images: files.length };
}

/** A stream whose consumer stalls, is ended by the caller, dies, or whose region is closed; the region still works. */
async function streams({ how }: { how: 'continues' | 'signal' | 'dies' | 'closed' | 'pager closed' }) {
  const pages = 512;
  const pager = await createPager();
  const region = await pager.map({ byteLength: pages * PAGE });
  const board: Board = new Int32Array(new SharedArrayBuffer(256));
  wordsOf(region).fill(1);
  // One of them may have ended before it is waited for.
  const writers = Promise.all(startWriters(region, board, 3, pages).map(ended));
  let goOn: ((error?: Error | null) => void) | undefined;
  let stalled = false;
  const stream = new Writable({
    write: (_chunk, _encoding, done) => {
      if (stalled) return done();
      goOn = done;
      stalled = true;
    },
  });
  stream.on('error', () => {});
  const ending = new AbortController();
  const taking = region.snapshot(stream, { bufferLimit: '64KiB', signal: ending.signal });
  const outcome = failure(() => taking).then(
    ({ code }) => ({ code: code ?? 'an error', peak: 0 }),
    async () => ({ code: 'done', peak: (await taking).bufferPeakBytes }),
  );
  await until(() => stalled);
  await pause(100);
  if (how === 'continues') goOn?.();
  else if (how === 'signal') ending.abort();
  else if (how === 'dies') stream.destroy(new Error('the consumer has died'));
  else if (how === 'closed') {
    Atomics.store(board, STOP, 1);
    await region.close();
  } else {
    Atomics.store(board, STOP, 1);
    await pager.close();
  }
  const told = await outcome;
  const done = Atomics.load(board, FIRST_DONE);
  if (how === 'continues' || how === 'signal' || how === 'dies') {
    // Writers are throttled no longer.
    await until(() => Atomics.load(board, FIRST_DONE) > done + 10);
    Atomics.store(board, STOP, 1);
  }
  await writers;
  await pager.close();
  return told;
}

/** Takes one image over the other until it is killed. */
async function overwrite({ folder }: { folder: string }) {
  const pages = 300;
  const pager = await createPager();
  const region = await pager.map({ byteLength: pages * PAGE });
  const words = wordsOf(region);
  for (let round = 1; ; round++) {
    for (let page = 0; page < pages; page++) words[page * PAGE_WORDS] = round;
    await region.snapshot(path.join(folder, 'image'), { track: round % 2 === 0 });
    say(`image ${round}`);
  }
}

/** Whether an image is whole and of one round; which. */
async function roundOf({ folder }: { folder: string }) {
  const words = await imageOf(path.join(folder, 'image'));
  const rounds = new Set<number>();
  for (let at = 0; at < words.length; at += PAGE_WORDS) rounds.add(words[at] ?? 0);
  return [...rounds];
}

/** A target that there is no room for; the image before stays, and the next to another place is whole. */
async function full({ folder, disk }: { folder: string; disk: string }) {
  const pager = await createPager();
  const region = await pager.map({ byteLength: 2048 * PAGE });
  const words = wordsOf(region);
  for (let at = 0; at < words.length; at++) words[at] = wordAt(at, 5);
  const failed = await failure(() => region.snapshot(path.join(disk, 'image')));
  await region.snapshot(path.join(folder, 'image'));
  const image = await imageOf(path.join(folder, 'image'));
  for (let at = 0; at < image.length; at++) if (image[at] !== wordAt(at, 5)) throw new Error(`word ${at} differs`);
  await pager.close();
  return { failure: failed, left: readdirSync(disk) };
}

/** Two at once are taken one after the other, and another in between of another region. */
async function twice({ folder }: { folder: string }) {
  const pager = await createPager();
  const region = await pager.map({ byteLength: 256 * PAGE });
  wordsOf(region).fill(7);
  const files = ['a', 'b', 'c'].map((name) => path.join(folder, name));
  await Promise.all(files.map((file) => region.snapshot(file)));
  for (const file of files) if (!(await imageOf(file)).every((word) => word === 7)) throw new Error(`${file} differs`);
  renameSync(files[0] ?? '', path.join(folder, 'moved'));
  await pager.close();
  return existsSync(path.join(folder, 'moved'));
}

await perform({ counters, chain, streams, overwrite, 'round of': roundOf, full, twice });
