// Eight threads on one pager, and all that a pager does beside them. By hand for longer:
//   node dist/test/live/programs/stress.js everything '{"seconds": 600}'
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createPager, fileStore, type PagerOptions, type Region } from '../../../src/index.js';
import { check, ended, fill, pause, perform } from './kit.js';

const MIB = 2 ** 20;
const PAGE = 4096;
const THREADS = 8;

interface Task {
  seconds: number;
  pager?: PagerOptions;
}

await perform({
  async everything({ seconds, pager: options = {} }: Task) {
    const folder = mkdtempSync(path.join(tmpdir(), 'farpage-stress-'));
    const pager = await createPager({ residentLimit: 8 * MIB, faults: 'inline', ...options });
    const shared = await pager.map({ byteLength: 64 * MIB, store: fileStore(path.join(folder, 'pages')) });
    const own = await pager.map({ byteLength: 8 * MIB });
    const part = shared.byteLength / THREADS;
    const counts = { touches: 0, snapshots: 0, pins: 0, flushes: 0, discards: 0, loads: 0, evictions: 0, maps: 0 };
    const workers = Array.from({ length: THREADS }, (_, at) => {
      const work = {
        buffer: shared.buffer,
        from: at * part,
        to: (at + 1) * part,
        seed: at + 1,
        milliseconds: seconds * 1000,
      };
      const worker = new Worker(new URL('./stress-hand.js', import.meta.url), { workerData: work });
      worker.on('message', (touches: number) => {
        counts.touches += touches;
      });
      return worker;
    });
    let running = true;
    const hands = Promise.all(workers.map(ended)).finally(() => {
      running = false;
    });
    const forever = async (work: () => Promise<void>) => {
      while (running) {
        await work();
        await pause(5);
      }
    };
    const place = (length: number) => Math.floor(Math.random() * ((shared.byteLength - length) / PAGE)) * PAGE;
    await Promise.all([
      hands,
      forever(async () => {
        await shared.snapshot(path.join(folder, 'image'));
        counts.snapshots++;
      }),
      forever(async () => {
        using _pin = await shared.pin(place(64 * PAGE), 64 * PAGE);
        await pause(2);
        counts.pins++;
      }),
      forever(async () => {
        await shared.load(place(32 * PAGE), 32 * PAGE);
        shared.prefetch(place(32 * PAGE), 32 * PAGE);
        counts.loads++;
      }),
      forever(async () => {
        await shared.flush();
        counts.flushes++;
        await pause(50);
      }),
      forever(async () => {
        await shared.evict(place(256 * PAGE), 256 * PAGE);
        counts.evictions++;
      }),
      forever(() => discardSome(own, counts)),
      forever(async () => {
        const third = await pager.map({ byteLength: MIB });
        fill(new Uint32Array(third.buffer), 3);
        check(new Uint32Array(third.buffer), 3);
        await third.close();
        counts.maps++;
      }),
    ]);
    const { residentBytesPeak } = pager.stats();
    await pager.close();
    rmSync(folder, { recursive: true });
    return { ...counts, residentBytesPeak };
  },
});

async function discardSome(region: Region, counts: { discards: number }): Promise<void> {
  const words = new Uint32Array(region.buffer);
  fill(words, counts.discards);
  check(words, counts.discards);
  await region.discard(MIB, 2 * MIB);
  const gone = words.subarray(MIB / 4, (3 * MIB) / 4);
  if (gone.some((word) => word !== 0)) throw new Error('a discarded page holds bytes');
  check(words, counts.discards, (3 * MIB) / 4);
  counts.discards++;
}
