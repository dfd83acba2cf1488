import { type Answer, type Context, middle, type Question, row } from '../harness.js';

const SIZES = [
  ['1 GiB', 2 ** 30],
  ['64 GiB', 2 ** 36],
  ['1 TiB', 2 ** 40],
] as const;

async function run(context: Context): Promise<Answer> {
  const touchedRuns = context.quick ? 64 : 256;
  const sides = Object.fromEntries(
    SIZES.map(([name, bytes]) => [name, context.subject('scale', { bytes, runs: touchedRuns }, context.cpu)]),
  );
  const runs = await context.inTurn(sides);
  const [smallest] = SIZES[0];
  const rows = (['p50', 'usPerFault', 'bookkeepingPerPage'] as const).flatMap((field) => {
    const unit = field === 'bookkeepingPerPage' ? 'B' : 'µs';
    const label = { p50: 'fault p50', usPerFault: 'cost per fault', bookkeepingPerPage: 'bookkeeping a touched page' }[
      field
    ];
    const base = middle(runs[smallest], field);
    return SIZES.slice(1).map(([name]) => {
      const target = field === 'p50' ? null : ({ compare: '<=', value: 1.1 } as const);
      return row(`${label}, ${name}`, unit, middle(runs[name], field), { name: smallest, value: base }, target);
    });
  });
  const tables = SIZES.map(([name]) => `${middle(runs[name], 'kernelTablesPerPage').toFixed(1)} B at ${name}`).join(
    ', ',
  );
  const by =
    runs[smallest]?.[0]?.bookkeepingBy === 'stats'
      ? "the pager's own account"
      : 'growth of the process beside the touched pages';
  const notes = [
    `${touchedRuns * 512} pages touched in each, in runs of 512 (2 MiB, aligned) spread evenly over the space; one CPU`,
    `bookkeeping by ${by}; the kernel's page tables apart from it, a touched page: ${tables}`,
  ];
  return { rows, notes, runs };
}

export const scale: Question = {
  name: 'scale',
  title: 'the same touched pages in 1 GiB, 64 GiB and 1 TiB of address space',
  target: 'cost per fault and bookkeeping bytes per touched page within 10 % of each other',
  run,
};
