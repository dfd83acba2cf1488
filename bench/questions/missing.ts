// Question: what does a missing fault cost, against a C handler?
import { join } from 'node:path';
import { permutation, writeList } from '../data.js';
import { startProcess } from '../farpage.js';
import {
  type Answer,
  type Context,
  lessClock,
  type Question,
  type Row,
  type Run,
  row,
  type Side,
  type Target,
} from '../harness.js';

const PLACES = ['one CPU', 'default'] as const;
type Place = (typeof PLACES)[number];
const LABELS = { 'one CPU': 'one CPU', default: 'default placement' } as const;

type Field = 'p50' | 'p99' | 'p999' | 'mean';
const FIELDS = { p50: 'p50', p99: 'p99', p999: 'p99.9', mean: 'mean' } as const;
const most = (value: number): Target => ({ compare: '<=', value });

/** What is compared with what: side, field, peer, to reach. */
const COMPARED: ReadonlyArray<[side: string, field: Field, peer: string, place: Place, target: Target | null]> = [
  ['loop', 'p50', 'C thread', 'one CPU', most(1.08)],
  ['loop', 'p999', 'C thread', 'one CPU', most(1.2)],
  ['loop', 'p50', 'C thread', 'default', most(0.25)],
  ['loop', 'p999', 'C thread', 'default', null],
  ['loop', 'mean', 'C thread', 'one CPU', null],
  ['loop', 'p50', 'C SIGSEGV', 'one CPU', null],
  ['loop', 'p999', 'C SIGSEGV', 'one CPU', null],
  ['inline', 'p50', 'C SIGBUS', 'default', most(1.1)],
  ['inline', 'p50', 'C SIGBUS', 'one CPU', most(1.1)],
  ['inline', 'p50', 'C thread', 'one CPU', most(0.8)],
  ['inline', 'p50', 'C SIGSEGV', 'one CPU', most(0.75)],
  ['inline', 'p999', 'C SIGBUS', 'default', null],
  ['inline', 'p999', 'C SIGBUS', 'one CPU', null],
  ['zeros, loop', 'p50', 'loop', 'one CPU', most(0.9)],
  ['zeros, inline', 'p50', 'inline', 'one CPU', most(0.9)],
  ['zeros, loop', 'p50', 'loop', 'default', null],
  ['zeros, inline', 'p50', 'inline', 'default', null],
];

const WHAT: Readonly<Record<string, string>> = {
  loop: 'loop',
  inline: 'inline',
  'zeros, loop': 'first write to zeros, loop',
  'zeros, inline': 'first write to zeros, inline',
};

/** Takes the right to leave SCHED_IDLE from a program run as root: its loop does not ride. */
const WITHOUT_RIDING = ['setpriv', '--bounding-set=-sys_nice', '--'];

/** With a busy program on each CPU, riding must not let the loop starve. */
async function loaded(context: Context): Promise<{ rows: Row[]; runs: Record<string, Run[]>; notes: string[] }> {
  if (process.getuid?.() !== 0)
    return { rows: [], runs: {}, notes: ['without root the loop never rides: no rows for other load'] };
  const pages = context.quick ? 1024 : 4096;
  const order = writeList(join(context.folder, 'loaded-order'), permutation(pages, 20_261_129));
  const args = { pages, order };
  const spinners = [...new Set([context.cpu, context.otherCpu])].map((cpu) =>
    startProcess(context, [context.peer('spin', {}).program], cpu),
  );
  for (const spinner of spinners) await spinner.line();
  const runs = await context.inTurn(
    {
      'loop, loaded': context.subject('missing', args),
      'loop without riding, loaded': { ...context.subject('missing', args), under: WITHOUT_RIDING },
      'inline, loaded': context.subject('missing', { ...args, faults: 'inline' }),
    },
    { rounds: context.quick ? 1 : 3 },
  );
  for (const spinner of spinners) await spinner.end();
  const against = (field: Field) => ({
    name: 'loop, riding off',
    value: lessClock(runs['loop without riding, loaded'], field),
  });
  const compare = (side: string, field: Field, target: Target | null) =>
    row(
      `${side}, other load on both CPUs, ${FIELDS[field]}`,
      'µs',
      lessClock(runs[`${side}, loaded`], field),
      against(field),
      target,
    );
  const rows = [compare('loop', 'p99', most(1)), compare('loop', 'p50', null), compare('inline', 'p99', null)];
  const notes = [
    'other load: a program that only computes runs on each CPU, all the time; without the right to leave SCHED_IDLE the loop does not ride',
  ];
  return { rows, runs, notes };
}

async function run(context: Context): Promise<Answer> {
  // Random order splits the mapping of the SIGSEGV peer: N stays under vm.max_map_count (65530).
  const pages = context.quick ? 8192 : 32768;
  const order = writeList(join(context.folder, 'order'), permutation(pages, 20_240_607));
  const args = { pages, order };
  const sides = PLACES.flatMap((place): Array<[string, Side]> => {
    const cpu = place === 'one CPU' ? context.cpu : undefined;
    const peers: Array<[string, Side]> = [
      [`C thread, ${place}`, context.peer('uffd_thread', args, cpu)],
      [`C SIGBUS, ${place}`, context.peer('uffd_sigbus', args, cpu)],
    ];
    if (place === 'one CPU') peers.push([`C SIGSEGV, ${place}`, context.peer('sigsegv', args, cpu)]);
    const ours = (['loop', 'inline'] as const).flatMap(
      (faults): Array<[string, Side]> => [
        [`${faults}, ${place}`, context.subject('missing', { ...args, faults }, cpu)],
        [`zeros, ${faults}, ${place}`, context.subject('missing', { ...args, faults, work: 'zeros' }, cpu)],
      ],
    );
    return [...ours, ...peers];
  });
  const runs = await context.inTurn(Object.fromEntries(sides));
  const of = (side: string, place: Place, field: Field) => lessClock(runs[`${side}, ${place}`], field);
  const rows = COMPARED.map(([side, field, peer, place, target]) => {
    const name = side.startsWith('zeros') ? 'the page at hand' : `${peer}, ${LABELS[place]}`;
    const against = { name, value: of(peer, place, field) };
    return row(`${WHAT[side]}, ${FIELDS[field]}, ${LABELS[place]}`, 'µs', of(side, place, field), against, target);
  });
  const under = await loaded(context);
  const notes = [
    `${pages} pages of 4 KiB in random order, each touched once and verified; the clock's own cost is taken off both sides`,
    '“loop”: the pager’s thread serves faults; “inline”: the faulting thread serves itself; “C SIGBUS” does the same in C, without a pager around it',
    'first write to zeros: the first touch of each page of a fresh region is a write, so the page costs no copy from the pool',
    ...under.notes,
  ];
  return { rows: [...rows, ...under.rows], notes, runs: { ...runs, ...under.runs } };
}

export const missing: Question = {
  name: 'missing',
  minutes: 1.7,
  title: 'a missing fault, the page at hand',
  target:
    'loop: p50 ≤ 1.08 and p99.9 ≤ 1.2 of a C handler thread on one CPU, p50 ≤ 0.25 of it unpinned; inline: p50 ≤ 1.1 of C in the faulting thread',
  run,
};
