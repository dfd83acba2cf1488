// Scenes of faults that the faulting threads serve themselves.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { ftruncateSync, readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { CoreDump } from '../../../src/core/dump.js';
import { createPager, moduleStore, type PagerOptions } from '../../../src/index.js';
import { advise, remap, sharedMemory, unmap, viewOf } from '../../../src/userfaultfd/index.js';
import { type Turns, takeTurns } from './alternate.js';
import { check, ended, failure, fill, hand, perform, say } from './kit.js';

const MIB = 2 ** 20;

interface With {
  engine: 'userfaultfd' | 'trap';
}

function open(options: PagerOptions = {}) {
  return createPager({ residentLimit: 2 * MIB, readahead: 'off', faults: 'inline', ...options });
}

/** How often each thread of this process has blocked, by its number. */
function blockings(): Map<string, number> {
  const found = new Map<string, number>();
  for (const thread of readdirSync('/proc/self/task')) {
    const status = readFileSync(`/proc/self/task/${thread}/status`, 'utf8');
    found.set(thread, Number(/^voluntary_ctxt_switches:\s*(\d+)$/m.exec(status)?.[1]));
  }
  return found;
}

await perform({
  async 'only the faulting thread runs'({ engine }: With) {
    const before = new Set(blockings().keys());
    const pager = await open({ engine });
    const region = await pager.map({ byteLength: 16 * MIB });
    const words = new Uint32Array(region.buffer);
    fill(words, 1);
    const counts = blockings();
    const { evictions, faults } = pager.stats();
    check(words, 1);
    const after = pager.stats();
    // Threads that the pager has started: its loop's, and those that V8 starts for it.
    const woken = [...blockings()]
      .filter(([thread]) => !before.has(thread))
      .reduce((sum, [thread, count]) => sum + count - (counts.get(thread) ?? 0), 0);
    const result = {
      faults: after.faults.missing - faults.missing,
      evictions: after.evictions - evictions,
      woken,
      server: pager.faults,
    };
    await pager.close();
    return result;
  },

  async 'beside a pager with a loop'({ engine }: With) {
    const [inline, loop] = [await open({ engine }), await open({ engine, faults: 'loop' })];
    const regions = [await inline.map({ byteLength: 8 * MIB }), await loop.map({ byteLength: 8 * MIB })];
    await Promise.all(regions.map(({ buffer }, seed) => ended(hand({ buffer, does: 'hammer', seed, count: 20_000 }))));
    const evictions = [inline, loop].map((pager) => pager.stats().evictions);
    await inline.close();
    await loop.close();
    return { served: [inline.faults, loop.faults], evictions };
  },

  async 'a bus error that is not ours'({ engine }: With) {
    const pager = await open({ engine });
    const region = await pager.map({ byteLength: 4 * MIB });
    fill(new Uint32Array(region.buffer), 1);
    const foreign = sharedMemory(MIB);
    ftruncateSync(foreign.fd ?? -1, 0);
    say('now');
    return new Uint8Array(foreign.buffer)[4096];
  },

  async 'memory that moves and grows'() {
    const pager = await open({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 4 * MIB });
    const words = new Uint32Array(region.buffer);
    fill(words, 1);
    const bytes = { start: region.address, byteLength: 4 * MIB };
    // Three pages of the middle are dropped: zeros from now on.
    advise({ start: region.address + BigInt(MIB), byteLength: 3 * 4096 }, 'DONTNEED');
    const zeros = words.subarray(MIB / 4, MIB / 4 + 3 * 1024).every((word) => word === 0);
    check(words, 1, 0, MIB / 4);
    check(words, 1, MIB / 4 + 3 * 1024, MIB);
    // To where nothing is mapped, with a page that is new at its end.
    const place = sharedMemory(8 * MIB);
    const to = place.address;
    unmap({ start: to, byteLength: 8 * MIB });
    remap(bytes, 4 * MIB + 4096, { to });
    const moved = new Uint32Array(viewOf(to, 4 * MIB + 4096));
    check(moved, 1, 0, MIB / 4);
    check(moved, 1, MIB / 4 + 3 * 1024, MIB);
    const grown = moved.subarray(MIB).every((word) => word === 0);
    const { evictions } = pager.stats();
    await pager.close();
    return { zeros, grown, evicted: evictions > 0 };
  },

  async 'memory that is dropped while other threads fault'({ engine }: With) {
    const pager = await open({ engine, residentLimit: MIB });
    const region = await pager.map({ byteLength: 8 * MIB });
    const words = new Uint32Array(region.buffer);
    const half = words.length / 2;
    const busy = ended(
      hand({ buffer: region.buffer, does: 'hammer', seed: 1, from: half, to: 2 * half, count: 100_000 }),
    );
    let wrong = 0;
    for (let round = 1; round <= 20; round++) {
      fill(words, round, 0, half);
      check(words, round, 0, half);
      advise({ start: region.address, byteLength: 4 * MIB }, 'DONTNEED');
      for (let page = 0; page < half; page += 1024) if (words[page] !== 0) wrong++;
    }
    await busy;
    const { evictions } = pager.stats();
    await pager.close();
    return { wrong, evicted: evictions > 0 };
  },

  // With FARPAGE_PHASES=1: how often pages were moved in and copied in, by one thread and by two that take turns.
  async 'threads in turn'({ cli, engine }: With & { cli: string }) {
    const pager = await open({ engine });
    const region = await pager.map({ byteLength: 8 * MIB });
    fill(new Uint32Array(region.buffer), 1);
    const pages = Uint32Array.from({ length: 4096 }, (_, at) => (at * 1021) % 2048);
    const installs = async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        cli,
        'dump',
        '--json',
        '--pid',
        `${process.pid}`,
      ]);
      const { phases } = JSON.parse(stdout) as CoreDump;
      const count = (kind: string) => phases?.phases.find(({ name }) => name === `install by ${kind}`)?.count ?? 0;
      return { moved: count('move'), copied: count('copy') };
    };
    const since = async (before: { moved: number; copied: number }) => {
      const { moved, copied } = await installs();
      return { moved: moved - before.moved, copied: copied - before.copied };
    };
    const start = await installs();
    for (const page of pages) check(new Uint32Array(region.buffer), 1, page * 1024, page * 1024 + 8);
    const alone = await since(start);
    const shared: Turns = { buffer: region.buffer, turn: new Int32Array(new SharedArrayBuffer(4)), pages };
    const other = new Worker(new URL('./alternate.js', import.meta.url), { workerData: shared });
    const done = once(other, 'message');
    const between = await installs();
    takeTurns(shared, 0);
    await done;
    const inTurn = await since(between);
    check(new Uint32Array(region.buffer), 1);
    const { residentBytesPeak, evictions } = pager.stats();
    await pager.close();
    return { alone, inTurn, inLimit: residentBytesPeak <= 2 * MIB, evicted: evictions > 4096 };
  },

  async 'the loop touches its own region'({ engine }: With) {
    const pager = await open({ engine });
    const { address } = await pager.map({ byteLength: MIB });
    const source = moduleStore(new URL('./inline-source.js', import.meta.url), { address: String(address) });
    const region = await pager.map({ byteLength: MIB, source });
    say('now');
    return new Uint8Array(region.buffer)[0];
  },

  async 'with what it does not go'() {
    const refused = [];
    for (const engine of ['userfaultfd', 'trap'] as const) {
      refused.push(await failure(() => open({ engine, core: 'v8' })));
    }
    const pager = await createPager({ faults: 'loop' });
    await pager.close();
    return { refused, loop: pager.faults };
  },

  // With a trap a system call on an absent page always fails.
  async 'by itself'() {
    const pagers = [await createPager({ engine: 'trap' }), await createPager({ engine: 'trap', core: 'v8' })];
    for (const pager of pagers) await pager.close();
    return pagers.map(({ faults }) => faults);
  },
});
