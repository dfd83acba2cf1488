// The lines that end `farpage run`: two that fit 80 columns, then what the user should know, then the table if it is wanted.
import { faultCount, type RegionStats } from '../core/stats.js';
import { formatMicroseconds } from '../experiment/summary.js';
import { formatCount as count } from '../report/format.js';
import type { PagedProcess } from '../run/processes.js';
import type { RunResult } from '../run/run.js';
import { columns } from '../terminal/output.js';
import { formatSize } from '../units.js';

/** Most processes in the table: those with the most faults. */
const ROWS = 8;
/** Bytes that could not be evicted: fewer are not reported. */
const WORTH_SAYING = 2 ** 20;

/** @param table with both counts of resident memory, and a line for each process */
export function summarizeRun(result: RunResult, table: boolean): string {
  const lines = [...summary(result), ...notices(result)];
  if (table) lines.push(...tableOf(result));
  return lines.join('\n');
}

function summary({ exit, seconds, resident, stats, pager }: RunResult): string[] {
  const by = exit.signal === null ? `code ${exit.code}` : exit.signal;
  const over = resident.over > 0 ? ': OVER' : '';
  const pool = stats.poolBytesPeak > 0 ? ` (evicted pages ${formatSize(stats.poolBytesPeak)})` : '';
  return [
    `farpage: ${by} after ${seconds.toFixed(2)} s; resident peak ${formatSize(resident.peak)} of ` +
      `${formatSize(resident.limit)}${over}`,
    `  the pager itself ${formatSize(pager.residentPeak)}${pool}; ${count(faults(stats))} faults`,
  ];
}

function notices({ processes, unpaged, resident }: RunResult): string[] {
  const forks = resident.over > 0 ? processes.filter(({ how }) => how === 'forked').length : 0;
  const lacking = processes.filter(({ unregistered }) => unregistered.mappings > 0);
  const immovable = processes.filter((each) => each.immovablePeak >= WORTH_SAYING);
  return [
    ...(forks > 0 ? [`  over by ${formatSize(resident.over)} at most: ${forksCount(forks)}`] : []),
    ...lacking.map(
      ({ pid, name, unregistered: { mappings, errno } }) =>
        `  ${name} (${pid}): ${mappings} mappings could not be paged (errno ${errno})`,
    ),
    ...immovable.map(
      ({ pid, name, immovablePeak }) =>
        `  ${name} (${pid}): up to ${formatSize(immovablePeak)} could not be evicted: it is locked, sealed, or has a protection key`,
    ),
    ...unpaged.map(({ pid, name }) => `  ${name} (${pid}) ran unpaged: it took no library`),
  ];
}

function forksCount(forks: number): string {
  const which = forks === 1 ? 'a process is a fork' : `${count(forks)} processes are forks`;
  return `${which}, and a page that parent and child share is counted in both`;
}

function tableOf({ processes, stats, resident: { counted, seen, peak } }: RunResult): string[] {
  const shown = [...processes].sort((a, b) => faults(b.stats) - faults(a.stats));
  const rows = shown.slice(0, ROWS).map((each) => rowOf(each));
  if (shown.length > ROWS) rows.push(['', `and ${shown.length - ROWS} more`]);
  if (shown.length !== 1) rows.push(['', 'all', ...figures(stats), formatSize(peak)]);
  const head = ['pid', 'program', 'faults', 'zero', 'soft', 'store', 'evicted', 'read', 'written', 'p50', 'p99', 'max'];
  return [
    `  resident: ${formatSize(counted)} counted by the pager, ${formatSize(seen)} seen by the kernel's account`,
    columns([[...head, 'resident'], ...rows]),
  ];
}

function rowOf({ pid, name, stats, residentPeak }: PagedProcess): string[] {
  const cells = stats === null ? [] : figures(stats);
  return [String(pid ?? '-'), name, ...cells, formatSize(residentPeak)];
}

function figures({ fills, evictions, store, latency, ...stats }: RegionStats): string[] {
  return [
    count(faults(stats)),
    count(fills.zero),
    count(fills.soft),
    count(fills.store),
    count(evictions),
    formatSize(store.bytesRead),
    formatSize(store.bytesWritten),
    formatMicroseconds(latency.p50),
    formatMicroseconds(latency.p99),
    formatMicroseconds(latency.max),
  ];
}

function faults(stats: Pick<RegionStats, 'faults'> | null): number {
  return stats === null ? 0 : faultCount(stats);
}
