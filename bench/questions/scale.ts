// Question: does time or memory per page grow with the size of the address space?
import { type Answer, type Context, middle, type Question, type Row, row } from '../harness.js';

const SIZES = [
  ['1 GiB', 2 ** 30],
  ['64 GiB', 2 ** 36],
  ['1 TiB', 2 ** 40],
] as const;
/** Each size against one before it, so that all three are held to each other. */
const PAIRS = [
  ['64 GiB', '1 GiB'],
  ['1 TiB', '1 GiB'],
  ['1 TiB', '64 GiB'],
] as const;
const RUN_PAGES = 4096;
const WITHIN = { compare: 'within', value: 1.1 } as const;

async function run(context: Context): Promise<Answer> {
  const touchedRuns = context.quick ? 16 : 32;
  const sides = Object.fromEntries(
    SIZES.map(([name, bytes]) => [name, context.subject('scale', { bytes, runs: touchedRuns }, context.cpu)]),
  );
  const runs = await context.inTurn(sides);
  const compare = (what: string, unit: string, field: string, target: typeof WITHIN | null): Row[] =>
    PAIRS.map(([one, other]) => {
      const peer = { name: other, value: middle(runs[other], field) };
      return row(`${what}, ${one}`, unit, middle(runs[one], field), peer, target);
    });
  const rows = [
    ...compare('cost per fault', 'µs', 'usPerFault', WITHIN),
    ...compare('bookkeeping a touched page', 'B', 'bookkeepingPerPage', WITHIN),
    ...compare("growth of the core's memory a touched page", 'B', 'coreGrowthPerPage', null),
    ...compare('fault p50', 'µs', 'p50', null),
  ];
  const tables = SIZES.map(([name]) => `${middle(runs[name], 'kernelTablesPerPage').toFixed(1)} B at ${name}`);
  const maps = SIZES.map(([name]) => `${(middle(runs[name], 'mapSeconds') * 1000).toFixed(1)} ms for ${name}`);
  const notes = [
    `${touchedRuns * RUN_PAGES} pages touched in each, in ${touchedRuns} runs of ${RUN_PAGES} (16 MiB, aligned) spread evenly over the space; one CPU`,
    "cost per fault: a run's time by its faults, median over runs",
    "bookkeeping is the pager's own account (stats().bookkeepingBytes); the growth of the core's memory is the kernel's (Rss), directories and all",
    `the kernel's page tables, a touched page: ${tables.join(', ')}; to map: ${maps.join(', ')}`,
  ];
  return { rows, notes, runs };
}

export const scale: Question = {
  name: 'scale',
  minutes: 1,
  title: 'the same touched pages in 1 GiB, 64 GiB and 1 TiB of address space',
  target: 'cost per fault and bookkeeping bytes per touched page within 10 % of each other',
  run,
};
