// `farpage top`: what the pagers of this user's processes have done between two looks.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Look, lookAtPagers, type SeenPager } from '../control/pagers.js';
import { faultCount } from '../core/stats.js';
import { PagerError } from '../errors.js';
import { formatShort, formatTime } from '../report/format.js';
import { Interrupt } from '../terminal/interrupt.js';
import { columns, paint, print, printJson } from '../terminal/output.js';
import { Screen } from '../terminal/screen.js';
import { formatSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';
import { sayUnreadable } from './ls.js';

export interface TopFlags {
  interval: string;
  count?: string;
  json?: boolean;
}

/** One pager between two looks; rates are a second, times in nanoseconds. */
export interface TopRow {
  pid: number;
  name: string;
  /** Of all its life if the first look did not see the pager. */
  seconds: number;
  residentBytes: number;
  limitBytes: number | null;
  poolBytes: number;
  regions: number;
  faults: number;
  fills: { zero: number; source: number; store: number; soft: number };
  evictions: number;
  writebacks: number;
  faultTimes: { p50: number; p99: number; max: number };
}

const HEAD = [
  'pid',
  'program',
  'resident',
  'limit',
  'pool',
  'faults/s',
  'p50',
  'p99',
  'store/s',
  'evicted/s',
  'written/s',
];
const MAX_INTERVAL = 3600;
const MAX_COUNT = 1_000_000;
/** Columns that a narrow terminal does without, the first of them first. */
const SPARED = ['written/s', 'evicted/s', 'pool', 'p50', 'limit', 'store/s', 'p99', 'program'];

export async function topCommand(flags: TopFlags): Promise<ExitCode> {
  const interval = numberOf('--interval', flags.interval, 0.1, MAX_INTERVAL);
  const count = flags.count === undefined ? undefined : Math.round(numberOf('--count', flags.count, 1, MAX_COUNT));
  const interrupt = new Interrupt();
  const ending = new AbortController();
  void interrupt.heard.then(() => ending.abort());
  const pause = () => sleep(interval * 1000, undefined, { signal: ending.signal }).catch(() => undefined);
  // Before the screen is another: an error of the first look is to stay readable.
  let before = lookAtPagers();
  const screen = flags.json === true ? null : Screen.open({ leave: () => ending.abort(), redraw: () => void draw() });
  let rows: TopRow[] | undefined;
  const draw = async (): Promise<void> => screen?.draw(frameOf(rows, screen, interval));
  try {
    await draw();
    const most = flags.json === true ? 1 : (count ?? (screen === null ? 1 : Number.POSITIVE_INFINITY));
    for (let shown = 0; shown < most; shown++) {
      await pause();
      if (ending.signal.aborted) break;
      const now = lookAtPagers();
      rows = rowsOf(before, now);
      if (flags.json === true) await printJson({ seconds: (now.at - before.at) / 1000, pagers: rows });
      else if (screen === null) await print(tableOf(rows).join('\n'));
      else await draw();
      before = now;
    }
  } finally {
    screen?.close();
    interrupt.close();
  }
  // What was last on the screen stays readable.
  if (screen !== null && rows !== undefined) await print(tableOf(rows, screen.columns).join('\n'));
  sayUnreadable(before);
  return EXIT.done;
}

/** What is on the screen: as many pagers as it has lines for. */
export function frameOf(
  shown: readonly TopRow[] | undefined,
  { columns, rows, hasKeys }: Pick<Screen, 'columns' | 'rows' | 'hasKeys'>,
  interval: number,
): string[] {
  const pagers = shown === undefined ? 'looking' : `${shown.length} ${shown.length === 1 ? 'pager' : 'pagers'}`;
  const head = `farpage top: ${pagers}, every ${interval} s; ${hasKeys ? 'q' : 'Ctrl-C'} ends`.slice(0, columns);
  const table = tableOf(shown ?? [], columns);
  const most = rows - 1;
  if (table.length <= most) return [head, ...table];
  const kept = Math.max(1, most - 1);
  return [head, ...table.slice(0, kept), `and ${table.length - kept} more`.slice(0, columns)].slice(0, rows);
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new PagerError('OPTION', `${option}: '${text}' is not a number from ${least} to ${most}`);
}

/** The pagers of the later look, those with the most faults first. */
export function rowsOf(before: Look, now: Look): TopRow[] {
  const earlier = new Map(before.processes.flatMap(({ pagers }) => pagers.map((pager) => [keyOf(pager), pager])));
  const rows = now.processes.flatMap(({ name, pagers }) =>
    pagers.map((pager) => rowOf(name, pager, earlier.get(keyOf(pager)), (now.at - before.at) / 1000)),
  );
  return rows.toSorted((a, b) => b.faults - a.faults || a.pid - b.pid);
}

function keyOf({ pid, address }: SeenPager): string {
  return `${pid}:${address}`;
}

function rowOf(name: string, now: SeenPager, before: SeenPager | undefined, seconds: number): TopRow {
  const { stats, pageSize } = now;
  // Counters that have shrunk are of another process, which got the number of the first.
  const rate = (of: (stats: SeenPager['stats']) => number): number => {
    const since = of(stats) - (before === undefined ? 0 : of(before.stats));
    return Math.max(0, since) / seconds;
  };
  const times = before === undefined ? now.faults : now.faults.since(before.faults);
  return {
    pid: now.pid,
    name,
    seconds,
    residentBytes: stats.residentPages * pageSize,
    limitBytes: stats.residentLimit,
    poolBytes: stats.poolBytes,
    regions: stats.regions,
    faults: rate(faultCount),
    fills: {
      zero: rate(({ fills }) => fills.zero),
      source: rate(({ fills }) => fills.source),
      store: rate(({ fills }) => fills.store),
      soft: rate(({ fills }) => fills.soft),
    },
    evictions: rate(({ evictions }) => evictions),
    writebacks: rate(({ writebacks }) => writebacks),
    faultTimes: { p50: times.percentile(50), p99: times.percentile(99), max: times.max },
  };
}

/** The lines of the table, the head first. In a narrow one columns are left out, and lines are cut. */
export function tableOf(rows: readonly TopRow[], width = Number.POSITIVE_INFINITY): string[] {
  const cells = rows.map((row) => [
    String(row.pid),
    row.name,
    formatSize(row.residentBytes),
    row.limitBytes === null ? 'none' : formatSize(row.limitBytes),
    formatSize(row.poolBytes),
    formatShort(row.faults),
    formatTime(row.faultTimes.p50),
    formatTime(row.faultTimes.p99),
    formatShort(row.fills.store + row.fills.source),
    formatShort(row.evictions),
    formatShort(row.writebacks),
  ]);
  let table = [HEAD, ...cells];
  let lines = linesOf(table);
  for (const name of SPARED) {
    if (lines.every((line) => line.length <= width)) break;
    const at = (table[0] ?? []).indexOf(name);
    table = table.map((row) => row.toSpliced(at, 1));
    lines = linesOf(table);
  }
  const [head = '', ...others] = lines.map((line) => line.slice(0, width));
  return [paint()(head, 'bold'), ...others];
}

function linesOf(table: ReadonlyArray<readonly string[]>): string[] {
  return columns(table, '').split('\n');
}
