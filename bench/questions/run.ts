// Question: how does `farpage run` compare with the kernel's swap on zram?
import { join } from 'node:path';
import { operations, PAGE_BYTES, writeList } from '../data.js';
import { evictingReport, needRun, runWords } from '../farpage.js';
import {
  type Answer,
  type Context,
  middle,
  type Question,
  type Row,
  type Run,
  row,
  type Side,
  values,
} from '../harness.js';
import { type Cgroup, makeCgroup, startZramSwap } from '../kernel-swap.js';
import { limitOf, makeSortFiles, type SortFiles } from '../sort-files.js';

const MIB = 2 ** 20;
const PAGES = (512 * MIB) / PAGE_BYTES;
const LIMIT = 128 * MIB;
const KINDS = ['random', 'sequential'] as const;
/** To reach, of the kernel's time an access. */
const TARGETS = {
  random: { 'one CPU': 1, 'default placement': 1.1 },
  sequential: { 'one CPU': 0.8, 'default placement': 0.4 },
} as const;
type Place = keyof (typeof TARGETS)['random'];
/** Smaller mappings than the area, the model and the list among them, are left to the program, as the group's limit does. */
const MIN_MAPPING = '16MiB';

type Runs = Record<string, Run[]>;

/** Of the last run. */
const reportOf = (context: Context): string => join(context.folder, 'run.json');

/** One C program over an area four times its limit: under `farpage run`, and in a cgroup with swap on zram. */
async function accesses(context: Context, cgroup: Cgroup): Promise<{ rows: Row[]; runs: Runs }> {
  const randomWarm = PAGES / 2;
  const lists = {
    random: {
      ops: writeList(join(context.folder, 'random'), operations(randomWarm + PAGES, PAGES, false, 70_30)),
      warm: randomWarm,
    },
    sequential: {
      ops: writeList(join(context.folder, 'sequential'), operations(PAGES * 3, PAGES, true, 30_70)),
      warm: PAGES,
    },
  };
  const common = { pages: PAGES, limit: LIMIT };
  const at = (where: string, cpu: number | undefined, rounds: number): Promise<Runs> => {
    const paged = { resident: LIMIT, store: 'memory:', 'min-mapping': MIN_MAPPING, json: reportOf(context) };
    const under = runWords(cpu === undefined ? paged : { ...paged, cpu });
    const kernel = { ...common, cgroup: cgroup.path, version: cgroup.version };
    const sides = KINDS.flatMap(
      (kind): Array<[string, Side]> => [
        [`farpage run, ${kind}, ${where}`, { ...context.peer('swap', { ...common, ...lists[kind] }, cpu), under }],
        [`kernel swap, ${kind}, ${where}`, context.peer('swap', { ...kernel, ...lists[kind] }, cpu)],
      ],
    );
    return context.inTurn(Object.fromEntries(sides), { rounds });
  };
  const runs = {
    ...(await at('one CPU', context.cpu, context.quick ? 1 : 3)),
    ...(await at('default placement', undefined, context.quick ? 1 : 3)),
  };
  const { frames } = evictingReport(reportOf(context)).resident;
  const rows = (['one CPU', 'default placement'] satisfies Place[]).flatMap((where) =>
    KINDS.flatMap((kind) => {
      const of = (side: string, field: string) => middle(runs[`${side}, ${kind}, ${where}`], field);
      const line = (what: string, field: string, target: Row['target']) =>
        row(
          `${kind}, ${what} (${where})`,
          'µs',
          of('farpage run', field),
          { name: 'kernel swap', value: of('kernel swap', field) },
          target,
        );
      const target = { compare: '<=', value: TARGETS[kind][where] } as const;
      return [line('per access', 'usPerOp', target), line('p99', 'p99', null), line('p99.9', 'p999', null)];
    }),
  );
  const paged = Object.entries(runs).filter(([name]) => name.startsWith('farpage run'));
  const most = paged.flatMap(([, list]) =>
    values(list, 'rssPeak').map((peak, i) => peak - (values(list, 'ownRss')[i] as number)),
  );
  rows.push(
    row(
      'resident, most of any run',
      'MiB',
      (Math.max(...most) + frames) / MIB,
      { name: 'the limit', value: LIMIT / MIB },
      null,
    ),
  );
  return { rows, runs };
}

/** GNU sort under a quarter of what it uses, by the kernel's account of a run without a limit. */
async function sorting(context: Context, cgroup: Cgroup, files: SortFiles) {
  const { cpu } = context;
  const files_ = { output: files.output, expect: files.expected };
  const bare: Side = { ...context.peer('launch', files_, cpu), words: files.words };
  const first = await context.once(bare);
  const limit = limitOf(first);
  const sides: Record<string, Side> = {
    'farpage run, sort': {
      ...bare,
      words: [...runWords({ resident: limit, store: 'memory:', cpu, json: reportOf(context) }), ...files.words],
    },
    'kernel swap, sort': {
      // Its page tables, and memory that is not its data, come on top, as for the program above.
      ...context.peer(
        'launch',
        { ...files_, cgroup: cgroup.path, version: cgroup.version, limit: limit + limit / 128 + MIB },
        cpu,
      ),
      words: files.words,
    },
    'bare, sort': bare,
  };
  const runs = await context.inTurn(sides, { rounds: context.quick ? 1 : 2 });
  const { resident } = evictingReport(reportOf(context));
  const of = (name: string) => middle(runs[`${name}, sort`], 'seconds');
  const rows = [
    row(
      'sort, wall time (one CPU)',
      's',
      of('farpage run'),
      { name: 'kernel swap', value: of('kernel swap') },
      { compare: '<=', value: 1 },
    ),
    row('sort, wall time (one CPU)', 's', of('farpage run'), { name: 'no limit', value: of('bare') }, null),
  ];
  return { rows, runs, limit, peak: resident.peak, uses: middle([first], 'rssPeak') };
}

async function run(context: Context): Promise<Answer> {
  needRun();
  const device = startZramSwap(context, PAGES * PAGE_BYTES * 2);
  const cgroup = makeCgroup(context);
  const access = await accesses(context, cgroup);
  const files = makeSortFiles(context);
  const sorted = await sorting(context, cgroup, files);
  const mib = (bytes: number) => (bytes / MIB).toFixed(1);
  const swapped = (field: string) => middle(access.runs['kernel swap, random, one CPU'], field);
  const notes = [
    `random and sequential: one C program (\`peers/swap.c\`) over ${mib(PAGES * PAGE_BYTES)} MiB, ${mib(LIMIT)} MiB resident at most, 70 % reads, data that LZ4 halves, every read checked; it runs under \`farpage run --store memory:\`, and in a cgroup`,
    `kernel: ${device} (lz4), cgroup v${cgroup.version}, swappiness 100; limit in force ${mib(swapped('limitInForce'))} MiB (with what the process itself holds), ${swapped('swapIns')} pages swapped in and ${swapped('swapOuts')} out in a random run`,
    `run pages mappings from ${MIN_MAPPING} on: the area, and not the program's model and list, which the group's limit leaves out as well`,
    `resident: the program's peak by the kernel's RSS counter (VmHWM, which lags by some pages), less what it held before the area was touched, and the pager's frames; sort, by run's own looks at smaps, which blur while pages move: ${mib(sorted.peak)} of ${mib(sorted.limit)} MiB`,
    `sort: ${files.words.join(' ').replaceAll(`${context.folder}/`, '')}, ${mib(files.bytes)} MiB of lines whose second half is constant, output compared; it uses ${mib(sorted.uses)} MiB, the limit is ${mib(sorted.limit)} MiB; farpage's time has the start of Node.js in it`,
    'memory warmed before every run; one CPU: program, pager and kernel alike are pinned to one',
  ];
  return { rows: [...access.rows, ...sorted.rows], notes, runs: { ...access.runs, ...sorted.runs } };
}

export const runPrograms: Question = {
  name: 'run',
  minutes: 3.2,
  title: 'unmodified programs under `farpage run`, against the kernel swapping to zram',
  target:
    'four times the limit: random ≤ 1.0 × its time per access on one CPU, ≤ 1.1 × unpinned, sequential ≤ 0.4 × unpinned; sort in a quarter ≤ 1.0 ×',
  run,
};
