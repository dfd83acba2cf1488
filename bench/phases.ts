// `farpage bench --phases`: where a fault's time goes. The sides of some questions run once with FARPAGE_PHASES=1, and what
// their pagers stamped is set beside the time that the touching thread saw.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Phases } from '../src/core/phases.js';
import { PagerError } from '../src/errors.js';
import { operations, PAGE_BYTES, permutation, writeList } from './data.js';
import { dumpPhases, startServe, startSide } from './farpage.js';
import type { Context, Run, Side } from './harness.js';
import { writeImage } from './image.js';
import { type Machine, machineLine } from './machine.js';
import { writePattern } from './questions/scan.js';
import { WRITERS } from './questions/snapshot.js';

export interface PhaseTable {
  question: string;
  side: string;
  /** What the touching thread saw, in microseconds a fault; null where nobody waits for a fault at a time. */
  whole: number | null;
  phases: Phases;
}

export interface PhaseReport {
  date: string;
  machine: Machine;
  tables: PhaseTable[];
}

const FAULTS = ['loop', 'inline'] as const;
const PLACES = ['one CPU', 'default placement'] as const;

type Ask = (context: Context) => Promise<PhaseTable[]>;

const cpuOf = (context: Context, place: (typeof PLACES)[number]) => (place === 'one CPU' ? context.cpu : undefined);

function tableOf(question: string, side: string, run: Run): PhaseTable {
  const phases = run.phases as Phases | null;
  if (phases === null) throw new PagerError('INTERNAL', `${question}, ${side}: no phases were stamped`);
  const seconds = run.seconds as number;
  return { question, side, whole: (seconds * 1e6) / Math.max(1, phases.faults), phases };
}

/** One subject under both ways of serving and in both placements. */
async function each(
  context: Context,
  question: string,
  makeSide: (faults: (typeof FAULTS)[number], cpu: number | undefined) => Side,
): Promise<PhaseTable[]> {
  const sides = PLACES.flatMap((place) =>
    FAULTS.map((faults): [string, Side] => [`${faults}, ${place}`, makeSide(faults, cpuOf(context, place))]),
  );
  const runs = await context.inTurn(Object.fromEntries(sides), { rounds: 1 });
  return sides.map(([side]) => tableOf(question, side, runs[side]?.[0] as Run));
}

const missing: Ask = (context) => {
  const pages = context.quick ? 8192 : 32768;
  const order = writeList(join(context.folder, 'order'), permutation(pages, 20_240_607));
  return each(context, 'missing', (faults, cpu) => context.subject('missing', { pages, order, faults }, cpu));
};

const swap: Ask = (context) => {
  const pages = ((context.quick ? 128 : 512) * 2 ** 20) / PAGE_BYTES;
  const warm = pages / 2;
  const ops = writeList(join(context.folder, 'random'), operations(warm + pages, pages, false, 70_30));
  const args = { pages, limit: (pages / 4) * PAGE_BYTES, ops, warm };
  return each(context, 'swap', (faults, cpu) => context.subject('swap', { ...args, faults }, cpu));
};

const scan: Ask = (context) => {
  const pages = context.quick ? 32768 : 131072;
  const file = writePattern(join(context.folder, 'scan.bin'), pages);
  return each(context, 'scan', (faults, cpu) => context.subject('scan', { pages, file, faults }, cpu));
};

/** The guest's clock, and the stamps of the server, from its start on. */
const serve: Ask = async (context) => {
  const pages = context.quick ? 8192 : 32768;
  const image = writeImage(join(context.folder, 'image'), pages);
  const order = writeList(join(context.folder, 'order'), permutation(pages, 515));
  const tables: PhaseTable[] = [];
  for (const place of PLACES) {
    const cpu = cpuOf(context, place);
    const socket = join(context.folder, `${cpu ?? 'any'}.sock`);
    const server = startServe(context, socket, { image }, cpu);
    const side = `loop, ${place}`;
    context.progress(side);
    // A server knows a guest only for as long as it runs.
    const peer = context.peer('vm', { pages, order, warm: pages / 4, socket, stay: 1 }, cpu);
    const guest = startSide(context, peer);
    const run = JSON.parse(await server.during(guest.line())) as Run;
    if (run.wrong !== 0) throw new PagerError('INTERNAL', `${side} read wrong data: ${JSON.stringify(run)}`);
    const phases = dumpPhases(guest.pid);
    await guest.end();
    await server.end();
    tables.push({ question: 'serve', side, whole: (run.mean as number) - (run.clock as number), phases });
  }
  return tables;
};

const snapshot: Ask = async (context) => {
  const pages = ((context.quick ? 256 : 1024) * 2 ** 20) / PAGE_BYTES;
  const args = { pages, file: join(context.folder, 'image'), ...WRITERS, 'writer-cpu': context.otherCpu };
  const side = 'three writers meanwhile';
  const subject = context.subject('snapshot', { ...args, addon: context.addon('writers'), 'loop-cpu': context.cpu });
  const runs = await context.inTurn({ [side]: subject }, { rounds: 1 });
  return [{ ...tableOf('snapshot', side, runs[side]?.[0] as Run), whole: null }];
};

const ASKED: Readonly<Record<string, Ask>> = { missing, swap, scan, serve, snapshot };

/** @throws PagerError 'OPTION' for a question that has no phases */
export function phasesAsked(names: readonly string[]): string[] {
  const known = Object.keys(ASKED);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new PagerError('OPTION', `--phases: '${name}' is not a question whose phases are stamped`, {
      hint: `these are: ${known.join(', ')}; for another program, set FARPAGE_PHASES=1 and use farpage dump`,
    });
  }
  return known.filter((name) => names.length === 0 || names.includes(name));
}

export function askPhases(name: string, context: Context): Promise<PhaseTable[]> {
  const ask = ASKED[name];
  if (ask === undefined) throw new PagerError('INTERNAL', `no phases of '${name}'`);
  // Whatever the context starts inherits it.
  process.env.FARPAGE_PHASES = '1';
  return ask(context).finally(() => {
    delete process.env.FARPAGE_PHASES;
  });
}

export interface Share {
  name: string;
  /** Microseconds a fault. */
  perFault: number;
  /** Times a fault. */
  times: number;
  longest: number;
}

/** What a table adds up to: the phases but the wait, their sum, and what of the whole they leave. */
export function sharesOf({ phases, whole }: PhaseTable): { shares: Share[]; sum: number; rest: number | null } {
  const faults = Math.max(1, phases.faults);
  const shares = phases.phases
    .filter(({ name }) => name !== 'wait for a fault')
    .map(({ name, count, microseconds, longest }) => ({
      name,
      perFault: microseconds / faults,
      times: count / faults,
      longest,
    }));
  const sum = shares.reduce((total, { perFault }) => total + perFault, 0);
  return { shares, sum, rest: whole === null ? null : whole - sum };
}

const HEADINGS = ['phase', 'µs a fault', 'times a fault', 'longest, µs'];

function tableLines(table: PhaseTable): string[] {
  const { shares, sum, rest } = sharesOf(table);
  const blank = ['', ''];
  const cells = [
    HEADINGS,
    ...shares.map(({ name, perFault, times, longest }) => [
      name,
      perFault.toFixed(2),
      times.toFixed(2),
      longest.toFixed(longest < 100 ? 1 : 0),
    ]),
    ['sum of the pager’s phases', sum.toFixed(2), ...blank],
    ...(rest === null || table.whole === null
      ? []
      : [
          ['the kernel’s part, and the touching thread', rest.toFixed(2), ...blank],
          ['whole, as the touching thread sees it', table.whole.toFixed(2), ...blank],
        ]),
  ];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const aligned = cells.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const head = `${table.question}, ${table.side}: ${table.phases.faults} faults`;
  return [head, ...aligned.map((line) => `  ${line}`)];
}

/** Aligned text for people. */
export function formatPhases({ machine, tables }: PhaseReport): string {
  return `${[machineLine(machine), ...tables.map((table) => tableLines(table).join('\n'))].join('\n\n')}\n`;
}

export function writePhases(path: string, report: PhaseReport): void {
  writeFileSync(path, `${JSON.stringify(report, null, 1)}\n`);
}
