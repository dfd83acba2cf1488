// Question: how long does the core take for a fault, an eviction and a scan, without the kernel?
import { createRequire } from 'node:module';
import { type Answer, type Context, middle, type Question, row, Skip } from '../harness.js';

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
  const runs = await context.inTurn({ core: side }, { rounds: context.quick ? 1 : 3 });
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
  const rows = [
    row('a fault, batch of 64: step + settle', 'ns', of('zeros16Ki'), null, { compare: '<=', value: 60 }),
    alone('the same, step only', 'zeros16KiStep'),
    alone('the same, stand-in for native included', 'zeros16KiWithStandIn'),
    alone('a fault read from a file, batch of 64', 'file16Ki'),
    alone('a fault, batch of 64, random over 1 Mi pages', 'zeros1Mi'),
    ...flat,
    row('a victim, fifo, random over 1 Mi resident', 'ns', of('fifoShuffled1Mi'), shuffled, null),
    row('digest of a page', 'µs', of('digest'), null, null),
    row('digest of a page of zeros', 'µs', of('digestZero'), null, null),
    alone('into native and back, nothing to do', 'crossing'),
  ];
  const notes = [
    'the Wasm core on a memory of its own: a stand-in for native marks every command as done; only step and settle are on the clock, unless the row says otherwise',
    'faults: 64 absent pages of 16 Ki in random order, zeros, no limit, no readahead; the row over 1 Mi pages adds what the processor pays for 32 MiB of page table',
    'a victim: step and settle of a turn of 16 faults at the limit, by pages evicted, so it includes the fault that asked for it; pages of a file, in order, clean',
    '"half touched again": half of the pages are marked as a soft fault marks them, so the search passes over one for each it takes',
    'digests by the native executor, 32 pages a command, over 128 frames',
  ];
  return { rows, notes, runs };
}

export const core: Question = {
  name: 'core',
  title: 'a step of the core, in Wasm',
  target: '≤ 60 ns a fault in a batch of 64; victim search over 1 Mi pages flat',
  run,
};
