// Question: how much slower is the engine `trap` than `userfaultfd`?
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillPage, operations, PAGE_BYTES, PAGE_WORDS, permutation, writeList } from '../data.js';
import { type Answer, type Context, lessClock, middle, type Question, type Row, type Run, row } from '../harness.js';

const ENGINES = ['trap', 'userfaultfd'] as const;
const PLACES = ['one CPU', 'default placement'] as const;
type Place = (typeof PLACES)[number];
type Runs = Record<string, Run[]>;

const WORKS = {
  hand: 'the page at hand',
  zeros: 'first write to zeros',
  random: 'random 70/30, 4 × the limit',
  scan: 'scan of a file, 4 × the limit',
} as const;
type Work = keyof typeof WORKS;

/** A trap counts two mappings a page of vm.max_map_count, 65530 by default, less 4096 or 6144 and the process's own. */
const LIMIT_PAGES = 20_480;
const TARGET = { compare: '<=', value: 1.25 } as const;
const IN_THREAD = 'C SIGSEGV';
const BY_THREAD = 'C SIGSEGV, served by a thread';

async function run(context: Context): Promise<Answer> {
  const { cpu, quick } = context;
  const pages = quick ? 8192 : 16_384;
  const order = writeList(join(context.folder, 'order'), permutation(pages, 20_261_122));
  const wide = pages * 2;
  const ops = writeList(join(context.folder, 'ops'), operations(wide * 2, wide, false, 70_30));
  const file = writePattern(join(context.folder, 'scan.bin'), wide);
  const limit = (wide / 4) * PAGE_BYTES;
  const works: Record<Work, Record<string, string | number>> = {
    hand: { pages, order, limit: LIMIT_PAGES * PAGE_BYTES },
    zeros: { pages, order, limit: LIMIT_PAGES * PAGE_BYTES },
    random: { pages: wide, ops, warm: wide, limit },
    scan: { pages: wide, file, limit },
  };
  const sides = PLACES.flatMap((place) => {
    const where = place === 'one CPU' ? cpu : undefined;
    const ours = Object.entries(works).flatMap(([work, args]) =>
      ENGINES.map((engine) => {
        return [sideName(engine, work as Work, place), context.subject('trap', { work, engine, ...args }, where)];
      }),
    );
    const inline = (['hand', 'random'] as const).map((work) => {
      const args = { work, engine: 'trap', faults: 'inline', ...works[work] };
      return [inlineName(work, place), context.subject('trap', args, where)];
    });
    return [
      [`${IN_THREAD}, ${place}`, context.peer('sigsegv', { pages, order }, where)],
      [`${BY_THREAD}, ${place}`, context.peer('trap_thread', { pages, order }, where)],
      ...ours,
      ...inline,
    ];
  });
  const runs = await context.inTurn(Object.fromEntries(sides), { rounds: quick ? 2 : 3 });
  const rows = [
    ...PLACES.flatMap((place) => inlineRows(runs, place)),
    ...PLACES.flatMap((place) => againstC(runs, place)),
    ...PLACES.flatMap((place) => betweenEngines(runs, place)),
  ];
  const notes = [
    `against C: ${pages} pages of 4 KiB in random order, each touched once and verified; the clock's own cost is taken off all sides`,
    `"${IN_THREAD}": the thread that touches runs mprotect and memcpy in its own handler, on anonymous memory. No second thread, no limit, nothing evicted, no store. With faults: 'inline' farpage's handler works in that thread too, on a memfile, so that no other thread sees half a page`,
    `"${BY_THREAD}" is what a pager with stores and a loop has to be: the handler writes a message into a pipe and waits on a futex, another thread fills the page through the memfile and wakes it`,
    'between engines: the figure under "farpage" is engine userfaultfd’s, under "against" engine trap’s; the same program, limit and placement; throughput is of touches, faults or not',
    `the page at hand: uncompressed in the pool, with room for all. Random and scan: ${wide} pages, ${wide / 4} of them resident at most, data that LZ4 halves (random), readahead on`,
  ];
  return { rows, notes, runs };
}

function writePattern(path: string, pages: number): string {
  const words = new Int32Array(pages * PAGE_WORDS);
  for (let page = 0; page < pages; page++) fillPage(words, page * PAGE_WORDS, page, false);
  writeFileSync(path, words, { mode: 0o600 });
  return path;
}

function sideName(engine: (typeof ENGINES)[number], work: Work, place: Place): string {
  return `${engine}, ${work}, ${place}`;
}

function inlineName(work: Work, place: Place): string {
  return `trap inline, ${work}, ${place}`;
}

function inlineRows(runs: Runs, place: Place): Row[] {
  const hand = runs[inlineName('hand', place)];
  const against = (field: string) => ({ name: IN_THREAD, value: lessClock(runs[`${IN_THREAD}, ${place}`], field) });
  const rate = (side: string): number => middle(runs[side], 'perSecond') / 1000;
  const loop = { name: 'engine trap, loop', value: rate(sideName('trap', 'random', place)) };
  return [
    row(`engine trap inline, p50 (${place})`, 'µs', lessClock(hand, 'p50'), against('p50'), TARGET),
    row(`engine trap inline, p99 (${place})`, 'µs', lessClock(hand, 'p99'), against('p99'), null),
    row(
      `engine trap inline, ${WORKS.random}, throughput (${place})`,
      'k/s',
      rate(inlineName('random', place)),
      loop,
      null,
    ),
  ];
}

function againstC(runs: Runs, place: Place): Row[] {
  const ours = sideName('trap', 'hand', place);
  // Where it runs is part of what the figure means: only one CPU is the same for one thread and for two.
  const target = place === 'one CPU' ? TARGET : null;
  return [IN_THREAD, BY_THREAD].flatMap((name) => {
    const compare = (what: string, field: string, reach: typeof target) =>
      row(
        `engine trap, loop, ${what} (${place})`,
        'µs',
        lessClock(runs[ours], field),
        { name, value: lessClock(runs[`${name}, ${place}`], field) },
        reach,
      );
    return [compare('p50', 'p50', target), compare('p99', 'p99', null)];
  });
}

function betweenEngines(runs: Runs, place: Place): Row[] {
  const name = 'engine trap';
  return (Object.keys(WORKS) as Work[]).flatMap((work) => {
    const [peer, ours] = ENGINES.map((engine) => runs[sideName(engine, work, place)]);
    const what = (figure: string) => `${WORKS[work]}, ${figure} (${place})`;
    const latency = (field: string) =>
      row(what(field), 'µs', lessClock(ours, field), { name, value: lessClock(peer, field) }, null);
    const rate = (runsOf: Run[] | undefined) => middle(runsOf, 'perSecond') / 1000;
    const throughput = row(what('throughput'), 'k/s', rate(ours), { name, value: rate(peer) }, null);
    // Half the touches of a scan find their page: their median is not a fault's.
    return [...(work === 'scan' ? [] : [latency('p50')]), latency('p99'), throughput];
  });
}

export const trap: Question = {
  name: 'trap',
  minutes: 1.8,
  title: 'without userfaultfd: PROT_NONE and SIGSEGV',
  target:
    'a fault with the page at hand ≤ 1.25 × C PROT_NONE + SIGSEGV, inline in both placements; engine against engine: reported',
  run,
};
