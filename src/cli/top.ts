// `farpage top`: what the pagers of this user's processes have done between two looks.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Look, lookAtPagers, type SeenPager } from '../control/pagers.js';
import { faultCount } from '../core/stats.js';
import { PagerError } from '../errors.js';
import { formatShort, formatTime } from '../report/format.js';
import { Interrupt } from '../terminal/interrupt.js';
import { columns, paint, print, printJson } from '../terminal/output.js';
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
/** Cursor to the first place, and what is below erased. */
const HOME = '\u001b[H\u001b[J';

export async function topCommand(flags: TopFlags): Promise<ExitCode> {
  const interval = numberOf('--interval', flags.interval, 0.1, MAX_INTERVAL);
  const isTerminal = process.stdout.isTTY === true && flags.json !== true;
  const endless = isTerminal ? Number.POSITIVE_INFINITY : 1;
  const count = flags.count === undefined ? endless : Math.round(numberOf('--count', flags.count, 1, MAX_COUNT));
  const interrupt = new Interrupt();
  let before = lookAtPagers();
  for (let shown = 0; shown < (flags.json === true ? 1 : count); shown++) {
    await Promise.race([sleep(interval * 1000), interrupt.heard]);
    if (interrupt.requested) break;
    const now = lookAtPagers();
    const rows = rowsOf(before, now);
    if (flags.json === true) await printJson({ seconds: (now.at - before.at) / 1000, pagers: rows });
    else await print(`${isTerminal ? HOME : ''}${tableOf(rows)}`);
    before = now;
  }
  interrupt.close();
  sayUnreadable(before);
  return EXIT.done;
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

function tableOf(rows: readonly TopRow[]): string {
  const colour = paint();
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
  return columns([HEAD.map((head) => colour(head, 'bold')), ...cells], '');
}
