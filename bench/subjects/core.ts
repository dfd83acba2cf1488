// The core's micro-benchmarks. The `benchmark` package decides how often each is run and times the whole of it, the
// stand-in for native included; step and settle alone are on the stand's own clock.
import { createRequire } from 'node:module';
import type BenchmarkConstructor from 'benchmark';
import * as layout from '../../assembly/layout.js';
import { Core, createCoreMemory } from '../../src/core/core.js';
import { native } from '../../src/native/native.js';
import { CoreStand, type Host, hasCompiledCore } from '../core-stand.js';
import { permutation, random32 } from '../data.js';
import * as side from './common.js';

const Benchmark = createRequire(import.meta.url)('benchmark') as typeof BenchmarkConstructor;
const seconds = side.integer('milliseconds', 150) / 1000;
const BATCH = 64;
const figures: Record<string, number> = {};

/** Runs `fn` as often as the package sees fit; nanoseconds of one call. */
function measure(name: string, fn: () => void): number {
  let failure: unknown;
  const bench = new Benchmark(name, { fn, maxTime: seconds, minSamples: 5 });
  bench.on('error', () => {
    failure = bench.error;
  });
  bench.run();
  if (failure) throw failure;
  return bench.stats.mean * 1e9;
}

const STEADY_WINDOW = 60; // ms
const STEADY_WINDOWS = 4;
const STEADY_SPREAD = 1.04;
const STEADY_BUDGET = 4000; // ms

/**
 * Runs turns until V8 has compiled the core for good: it replaces its first code function by function, in a thread of its own,
 * and the time of a fault falls until it has. Done once some windows in a row take equally long, or at the end of the budget.
 */
function warmUp(stand: CoreStand, turn: () => void): void {
  const begin = performance.now();
  const last: number[] = [];
  for (;;) {
    const until = performance.now() + STEADY_WINDOW;
    stand.restart();
    while (performance.now() < until) turn();
    last.push(stand.result().perFault);
    const windows = last.slice(-STEADY_WINDOWS);
    const steady = Math.max(...windows) / Math.min(...windows) <= STEADY_SPREAD;
    if ((windows.length === STEADY_WINDOWS && steady) || performance.now() - begin > STEADY_BUDGET) return;
  }
}

/** Faults in batches of 64 on absent pages in random order, no limit: nothing has to leave. */
function faultsInBatch(name: string, host: Host, pages: number, file: boolean): void {
  const stand = new CoreStand({ host, pages, file });
  const order = permutation(pages, 17);
  let next = 0;
  let faults = 0;
  const turn = () => {
    if (next === pages) {
      if (file) stand.evictAll(pages);
      else stand.removeAll(pages);
      next = 0;
    }
    for (let i = 0; i < BATCH; i++) stand.message(i, order[next++] as number);
    stand.turn(BATCH);
    faults += BATCH;
  };
  // The first pass makes the table's leaves.
  for (let batch = 0; batch < pages / BATCH; batch++) turn();
  warmUp(stand, turn);
  stand.restart();
  figures[`${name}WithStandIn`] = measure(name, turn) / BATCH;
  const { perFault, stepPerFault, samples } = stand.result();
  figures[name] = perFault;
  figures[`${name}Step`] = stepPerFault;
  figures[`${name}Samples`] = samples;
  if (stand.fileReads !== (file ? faults : 0))
    throw new Error(`${name}: ${faults} faults, ${stand.fileReads} file reads`);
}

const VICTIM_BATCH = 16;
const ALTERNATIONS = 4;

/** A core at its limit: each fault makes one of `resident` pages leave. The function returned measures it for a while. */
function victims(
  name: string,
  eviction: number,
  resident: number,
  options: { shuffled?: boolean; referenced?: boolean } = {},
): () => void {
  const pages = resident * 2;
  const stand = new CoreStand({ host: 'v8', pages, resident, eviction, file: true });
  const order = options.shuffled ? permutation(pages, 99) : Uint32Array.from({ length: pages }, (_, page) => page);
  const draw = random32(5);
  const touched = new Uint32Array(BATCH);
  let next = 0;
  const turn = (batch: number) => {
    for (let i = 0; i < batch; ) {
      const page = order[next] as number;
      next = next + 1 === pages ? 0 : next + 1;
      if (!stand.isAbsent(page)) continue; // it has had a second chance
      touched[i] = page;
      stand.message(i++, page);
    }
    stand.turn(batch);
    // Every other page will have been touched again by the time it is looked at.
    if (options.referenced) for (let i = 0; i < batch; i++) if (draw() & 1) stand.reference(touched[i] as number);
  };
  for (let filled = 0; filled < resident; filled += BATCH) turn(BATCH);
  // Long enough to compile everything, and to have the first pages out that came in before the others.
  for (let batch = 0; batch < Math.max(8192, resident / VICTIM_BATCH); batch++) turn(VICTIM_BATCH);
  stand.restart();
  return () => {
    measure(name, () => turn(VICTIM_BATCH));
    figures[name] = stand.result().perVictim;
  };
}

/** Measures several in turn, a little at a time: what drifts on the machine reaches all of them. */
function alternate(cases: Array<() => void>): void {
  for (let round = 0; round < ALTERNATIONS; round++) for (const each of round % 2 ? cases.toReversed() : cases) each();
}

/** Digests by the real native executor, and what crossing into it costs. */
function digests(): void {
  const core = new Core(createCoreMemory());
  const engine = new (native().Engine)(core.bytes, 0, false);
  const frames = 256;
  const { exports } = core;
  const u32 = new Uint32Array(core.memory.buffer);
  const u64 = new BigUint64Array(core.memory.buffer);
  exports.begin(16384, 12, 0xffffffff, frames, 32, 0, 0);
  const data = u32[layout.FRAME_DATA_AT >> 2] as number;
  engine.registerFrames(data, frames * 4096);
  const next = random32(3);
  const half = frames / 2; // the first half holds noise, the other zeros that were written
  for (let i = 0; i < (half * 4096) / 4; i++) u32[(data >> 2) + i] = next();
  u32.fill(0, (data + half * 4096) >> 2, (data + frames * 4096) >> 2);
  const run = 32;
  let frame = 0;
  const digest = (from: number) => {
    const head = u32[layout.COMMAND_HEAD_AT >> 2] as number;
    const at = layout.COMMANDS_AT + (head & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
    core.bytes.fill(0, at, at + layout.COMMAND_BYTES);
    core.bytes[at] = layout.OP_DIGEST;
    const target = (u64[layout.CORE_ADDRESS_AT >> 3] as bigint) + BigInt(data + (from + frame) * 4096);
    u64[(at + layout.COMMAND_TARGET_AT) >> 3] = target;
    u64[(at + layout.COMMAND_LENGTH_AT) >> 3] = BigInt(run * 4096);
    u32[(at + layout.COMMAND_COUNT_AT) >> 2] = run;
    u32[(at + layout.COMMAND_FRAME_AT) >> 2] = from + frame;
    frame = (frame + run) % half;
    u32[layout.COMMAND_HEAD_AT >> 2] = (head + 1) >>> 0;
    engine.execute();
    if (core.bytes[at + layout.COMMAND_OUTCOME_AT] !== layout.OUTCOME_DONE) throw new Error('a digest failed');
    u32[layout.COMMAND_SETTLED_AT >> 2] = u32[layout.COMMAND_DONE_AT >> 2] as number;
  };
  const crossing = measure('crossing', () => engine.execute());
  figures.crossing = crossing;
  figures.digest = measure('digest', () => digest(0)) / run / 1000;
  figures.digestZero = measure('digest of zeros', () => digest(half)) / run / 1000;
  const zero = u64[layout.ZERO_DIGEST_AT >> 3];
  if (u64[(layout.DIGESTS_AT >> 3) + half] !== zero) throw new Error('a page of zeros has another digest');
  if (u64[layout.DIGESTS_AT >> 3] === zero) throw new Error('a page of noise has the digest of zeros');
  engine.close();
}

const hosts: readonly Host[] = hasCompiledCore() ? ['v8', 'native'] : ['v8'];
for (const host of hosts) {
  faultsInBatch(`${host}Zeros16Ki`, host, 1 << 14, false);
  faultsInBatch(`${host}File16Ki`, host, 1 << 14, true);
  faultsInBatch(`${host}Zeros1Mi`, host, 1 << 20, false);
}
const policies = [
  ['fifo', layout.EVICTION_FIFO],
  ['clock', layout.EVICTION_CLOCK],
  ['s3fifo', layout.EVICTION_S3_FIFO],
] as const;
const sizes = [
  ['1Ki', 1 << 10],
  ['32Ki', 1 << 15],
  ['1Mi', 1 << 20],
] as const;
for (const [policy, number] of policies) {
  alternate(sizes.map(([size, resident]) => victims(`${policy}${size}`, number, resident)));
  if (policy === 'fifo') continue;
  const touchedAgain = { referenced: true };
  alternate(sizes.map(([size, resident]) => victims(`${policy}Referenced${size}`, number, resident, touchedAgain)));
}
alternate([
  victims('fifoShuffled1Ki', layout.EVICTION_FIFO, 1 << 10, { shuffled: true }),
  victims('fifoShuffled1Mi', layout.EVICTION_FIFO, 1 << 20, { shuffled: true }),
]);
digests();
side.answer({ subject: 'core', wrong: 0, hosts: hosts.length, ...figures });
