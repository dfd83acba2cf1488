// Question: do several threads that fault at the same time get more done than one?
import { join } from 'node:path';
import { permutation, writeList } from '../data.js';
import { type Answer, type Context, middle, type Question, row } from '../harness.js';

const THREADS = [1, 2, 4] as const;
const SERVED = [
  { engine: 'userfaultfd', faults: 'inline', reach: { 2: 1.6, 4: 1.8 } },
  { engine: 'userfaultfd', faults: 'loop', reach: { 4: 1.5 } },
  { engine: 'trap', faults: 'inline', reach: {} },
  { engine: 'trap', faults: 'loop', reach: {} },
] as const;

const name = ({ engine, faults }: (typeof SERVED)[number], touchers: number): string =>
  `${engine}, ${faults}, ${touchers === 1 ? 'one thread' : `${touchers} threads`}`;

async function run(context: Context): Promise<Answer> {
  const pages = context.quick ? 8192 : 16_384;
  const rounds = context.quick ? 3 : 8;
  const order = writeList(join(context.folder, 'order'), permutation(pages, 20_261_129));
  const sides = SERVED.flatMap((served) =>
    THREADS.map((touchers) => {
      const { engine, faults } = served;
      return [name(served, touchers), context.subject('touchers', { pages, rounds, order, touchers, engine, faults })];
    }),
  );
  const runs = await context.inTurn(Object.fromEntries(sides), { rounds: context.quick ? 2 : 3 });
  const rate = (side: string): number => middle(runs[side], 'perSecond') / 1000;
  const rows = SERVED.flatMap((served) => {
    const reach: Record<number, number> = served.reach;
    return [2, 4].map((touchers) => {
      const value = reach[touchers];
      return row(
        `throughput, ${name(served, touchers)}`,
        'k/s',
        rate(name(served, touchers)),
        { name: 'one thread', value: rate(name(served, 1)) },
        value === undefined ? null : { compare: '>=', value },
      );
    });
  });
  const notes = [
    `${pages} pages of 4 KiB at hand, shared out among the threads, each touched once a round in random order; default placement; the rate is of all threads together`,
    'farpage against itself: "against" is the same program with one thread that touches. What several threads can reach is bounded by the number of CPUs',
  ];
  return { rows, notes, runs };
}

export const touchers: Question = {
  name: 'touchers',
  minutes: 1.7,
  title: 'several threads that fault at the same time',
  target:
    'on two CPUs: inline ≥ 1.6 with two threads and ≥ 1.8 with four of one thread’s throughput; loop ≥ 1.5 with four',
  run,
};
