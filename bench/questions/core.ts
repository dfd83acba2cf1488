// Question: how long does the core take for a fault, an eviction and a scan, without the kernel?
import { createRequire } from 'node:module';
import { type Answer, type Context, middle, type Question, row, Skip } from '../harness.js';

/** Nanoseconds that V8 took for a fault in a batch of 64 before the core was trimmed: 85 to 88, on another day. */
const V8_BEFORE = 86.5;
const POLICIES = [
  ['fifo', 'fifo'],
  ['clock', 'clock'],
  ['s3-fifo', 's3fifo'],
  ['clock, half touched again', 'clockReferenced'],
  ['s3-fifo, half touched again', 's3fifoReferenced'],
] as const;

function requirePackage(): void {
  try {
    createRequire(import.meta.url).resolve('benchmark');
  } catch {
    throw new Skip("the package 'benchmark' is not installed (it is for development: npm ci in farpage's repository)");
  }
}

async function run(context: Context): Promise<Answer> {
  requirePackage();
  const side = context.subject('core', { milliseconds: context.quick ? 40 : 80 }, context.cpu);
  const runs = await context.inTurn({ core: side }, { rounds: context.quick ? 1 : 2 });
  const of = (field: string) => middle(runs.core, field);
  const alone = (what: string, field: string) => row(what, 'ns', of(field), null, null);
  const flat = POLICIES.flatMap(([label, field]) => {
    const small = { name: '1 Ki resident', value: of(`${field}1Ki`) };
    return [
      row(`a victim, ${label}, 32 Ki resident`, 'ns', of(`${field}32Ki`), small, null),
      row(`a victim, ${label}, 1 Mi resident`, 'ns', of(`${field}1Mi`), small, { compare: '<=', value: 1.1 }),
    ];
  });
  const shuffled = { name: '1 Ki resident', value: of('fifoShuffled1Ki') };
  const hasNative = of('hosts') === 2;
  const beside = (field: string) => ({ name: 'V8', value: of(`v8${field}`) });
  const before = { name: 'V8 before, a fixed figure', value: V8_BEFORE };
  const compiled = [
    row('compiled: a fault, batch of 64: step + settle', 'ns', of('nativeZeros16Ki'), beside('Zeros16Ki'), {
      compare: '<=',
      value: 0.6,
    }),
    row('compiled: the same', 'ns', of('nativeZeros16Ki'), before, { compare: '<=', value: 0.45 }),
    row('compiled: the same, step only', 'ns', of('nativeZeros16KiStep'), beside('Zeros16KiStep'), null),
    row('compiled: a fault read from a file, batch of 64', 'ns', of('nativeFile16Ki'), beside('File16Ki'), null),
    row('compiled: a fault, random over 1 Mi pages', 'ns', of('nativeZeros1Mi'), beside('Zeros1Mi'), null),
  ];
  const rows = [
    row('V8: a fault, batch of 64: step + settle', 'ns', of('v8Zeros16Ki'), before, { compare: '<=', value: 0.75 }),
    alone('V8: the same, step only', 'v8Zeros16KiStep'),
    alone('V8: the same, stand-in for native included', 'v8Zeros16KiWithStandIn'),
    alone('V8: a fault read from a file, batch of 64', 'v8File16Ki'),
    alone('V8: a fault, batch of 64, random over 1 Mi pages', 'v8Zeros1Mi'),
    ...(hasNative ? compiled : []),
    ...flat,
    row('a victim, fifo, random over 1 Mi resident', 'ns', of('fifoShuffled1Mi'), shuffled, null),
    row('digest of a page', 'µs', of('digest'), null, null),
    row('digest of a page of zeros', 'µs', of('digestZero'), null, null),
    alone('into native and back, nothing to do', 'crossing'),
  ];
  const notes = [
    'the core on a memory of its own, run by V8 or as the addon has it compiled: a stand-in for native marks every command as done; only step and settle are on the clock, less what a call with nothing to do costs',
    'measured once V8 has compiled the core for good: turns run until four windows of 60 ms in a row differ by at most 4 %',
    'the fixed figure: V8 took 85 to 88 ns before the core was trimmed, on another day; the ratio to V8 of the same run is the sounder one',
    'faults: 64 absent pages of 16 Ki in random order, zeros, no limit, no readahead; the row over 1 Mi pages adds what the processor pays for 32 MiB of page table; every fault of the row from a file reads the file, and the run fails otherwise',
    ...(hasNative ? [] : ['the addon has no compiled core of this core.wasm: its rows are missing']),
    'a victim: step and settle of a turn of 16 faults at the limit, by pages evicted, so it includes the fault that asked for it; pages of a file, in order, clean',
    '"half touched again": half of the pages are marked as a soft fault marks them, so the search passes over one for each it takes',
    'digests by the native executor, 32 pages a command, over 128 frames',
  ];
  return { rows, notes, runs };
}

export const core: Question = {
  name: 'core',
  minutes: 1.5,
  title: 'a step of the core, in V8 and compiled',
  target: 'a fault in a batch of 64: V8 ≤ 0.75 × V8 before, compiled ≤ 0.45 ×; victim search over 1 Mi pages flat',
  run,
};
