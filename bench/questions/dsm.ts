// Question: what does a page of a shared region cost, against a bare GET of a page between the same two loops?
import { PAGE_BYTES } from '../data.js';
import {
  type Answer,
  type Context,
  lessClock,
  middle,
  type Question,
  type Row,
  type Run,
  row,
  values,
} from '../harness.js';
import { freePort } from '../redis-server.js';

/** Touches that do not count: until the code of node and home is compiled. */
const UNMEASURED = 2000;

/** What is measured, what it is called, and how many GETs it may take. */
const MISSES: ReadonlyArray<readonly [field: string, what: string, most: number]> = [
  ['clean', 'read miss, clean', 1.3],
  ['dirty', 'read miss, dirty', 3],
  ['first0', 'first write, no other copy', 1.3],
  ['first1', 'first write, 1 sharer', 3],
  ['first2', 'first write, 2 sharers', 3],
  ['first3', 'first write, 3 sharers', 3],
];

async function run(context: Context): Promise<Answer> {
  const { cpu, otherCpu, quick } = context;
  const count = quick ? 500 : 2000;
  const ms = quick ? 500 : 2000;
  const mib = quick ? 64 : 256;
  const pages = (mib * 2 ** 20) / PAGE_BYTES;
  const touches = { 'other-cpu': otherCpu, unmeasured: UNMEASURED, count };
  const race = { 'other-cpu': otherCpu, ms };
  const migrated = { pages, rounds: 0, spool: context.folder, addon: context.addon('writers'), bandwidth: 0 };
  const sides = {
    GET: context.subject('dsm', { measure: 'get', ...touches }, cpu),
    farpage: context.subject('dsm', { measure: 'misses', ...touches }, cpu),
    C: context.peer('dsm', { measure: 'misses', ...touches }, cpu),
    'farpage, hand-offs': context.subject(
      'dsm',
      { measure: 'handoffs', ...race, hold: 0, addon: context.addon('adder') },
      cpu,
    ),
    'C, hand-offs': context.peer('dsm', { measure: 'handoffs', ...race }, cpu),
    'farpage, stream': context.subject('dsm', { measure: 'stream', 'other-cpu': otherCpu, pages }, cpu),
    migration: context.subject('migrate', { ...migrated, url: `tcp://127.0.0.1:${await freePort()}` }),
  };
  const runs = await context.inTurn(sides);
  return { rows: rowsOf(runs, mib), notes: notesOf(context, runs, mib, count), runs };
}

function rowsOf(runs: Record<string, Run[]>, mib: number): Row[] {
  const get = { name: 'one GET', value: lessClock(runs.GET, 'p50') };
  const misses = MISSES.map(([field, what, value]) =>
    row(`${what}, p50`, 'µs', lessClock(runs.farpage, field), get, { compare: '<=', value }),
  );
  const beside = MISSES.map(([field, what]) =>
    row(`${what}, p50`, 'µs', lessClock(runs.farpage, field), { name: 'C', value: lessClock(runs.C, field) }, null),
  );
  const plain = { name: 'plain memory', value: middle(runs.farpage, 'plainHit') };
  const handOffs = { name: 'C', value: middle(runs['C, hand-offs'], 'handOffs') };
  const speed = (name: string) => mib / middle(runs[name], 'seconds');
  const migration = { name: 'migration', value: speed('migration') };
  return [
    ...misses,
    ...beside,
    row('a hit', 'ns', middle(runs.farpage, 'hit'), plain, { compare: 'within', value: 1.02 }),
    row('hand-offs of one word, Δ = 0', '1/s', middle(runs['farpage, hand-offs'], 'handOffs'), handOffs, {
      compare: '>=',
      value: 0.8,
    }),
    row('one reader, clean pages', 'MiB/s', speed('farpage, stream'), migration, { compare: '>=', value: 0.8 }),
  ];
}

function notesOf({ cpu, otherCpu }: Context, runs: Record<string, Run[]>, mib: number, count: number): string[] {
  const tail = MISSES.map(([field, what]) => `${what} ${middle(runs.farpage, `${field}P99`).toFixed(0)}`).join(', ');
  const adds = (name: string) => (middle(runs[name], 'adds') / 1000).toFixed(0);
  const freezes = values(
    (runs.farpage ?? []).map((one) => one.dsm as Run),
    'freezes',
  ).reduce((sum, value) => sum + value, 0);
  return [
    `the measured node, its thread that touches and its loop, is pinned to CPU ${cpu}; the home, the other nodes and what answers GETs to ${otherCpu}, each a process; TCP on loopback; so are the C peer's`,
    `a GET: 24 bytes there, 24 and a page back over the same kind of connection between two loops of Node.js, with no page fault and no thread to wake`,
    `${count} touches with a clock around each, after ${UNMEASURED} that do not count; Δ as measured by the node; every page is verified; freezes: ${freezes}`,
    `p99 in µs: ${tail}`,
    `a clean page lies at the home, which sent it nobody else; a dirty one is owned by another node; before a first write this node has a copy too`,
    `hand-offs: two nodes add to one word, each offers its CPU to others after each addition (peers/adder.h on both sides); additions of one node: ${adds('farpage, hand-offs')} thousand a second, in C ${adds('C, hand-offs')}`,
    `one reader: ${mib} MiB that lie at the home, load of 1 MiB and prefetch of the next, a word of each page is read; the migration is \`migrate\`'s postcopy over TCP, rounds 0, of as many bytes`,
    'the C peer (peers/dsm.c) has one directory thread, no lease, version, checksum or store, and its directory finishes one request before it takes the next',
  ];
}

export const dsm: Question = {
  name: 'dsm',
  minutes: 2,
  title: 'a page of a region that several processes share',
  target:
    'clean read miss and lone first write ≤ 1.3 × one GET of a page over the same loop and wire, dirty read miss and first write with 1 to 3 sharers ≤ 3 ×; a hit as plain memory ± 2 %; hand-offs ≥ 0.8 × C; a stream ≥ 0.8 × a migration',
  run,
};
