// Prints an experiment in a dozen lines.

import { faultCount } from '../core/stats.js';
import { trackedText } from '../pager/track-faults.js';
import { formatCount as count, formatTime } from '../report/format.js';
import { columns, paint } from '../terminal/output.js';
import { formatSize } from '../units.js';
import type { ExperimentResult } from './result.js';

/** '8.31 µs', '1.24 ms' */
export function formatMicroseconds(us: number): string {
  return formatTime(us * 1000);
}

/** An experiment in a dozen lines. */
export function summarize(result: ExperimentResult): string {
  const colour = paint();
  const { workload: plan, stats, verification } = result;
  const { faults, fills, store } = stats;
  const sweep = verification.sweepComplete ? 'final sweep over' : 'final sweep stopped after';
  const compared = `${formatSize(verification.bytes)} compared; ${sweep} ${count(verification.sweptPages)} pages`;
  const rows = [
    ['throughput', throughput(result)],
    ['faulting access', latency(result)],
    ['resident', resident(result, colour)],
    [
      'faults',
      `${count(faultCount(stats))} (${count(faults.missing)} missing, ${count(faults.minor)} minor, ${count(faults.wp)} write-protect)`,
    ],
    [
      'fills',
      `${count(fills.zero)} zero, ${count(fills.source)} source, ${count(fills.store)} store, ${count(fills.soft)} soft`,
    ],
    ['readahead', `${count(stats.readahead.issued)} issued, ${count(stats.readahead.used)} used`],
    ['evictions', `${count(stats.evictions)}, ${count(stats.writebacks)} written back`],
    [
      'store',
      `${formatSize(store.bytesRead)} read, ${formatSize(store.bytesWritten)} written, ${count(store.errors)} errors, ${count(store.retries)} retries`,
    ],
    ...pool(result),
    ['verified', verdict(result, colour)],
    ['', colour(compared, 'faint')],
  ];
  const title = `${formatSize(plan.region)} region, ${plan.workload}, ${Math.round(plan.writeRatio * 100)}% writes`;
  const head = `${title}, store ${plan.store}, engine ${result.engine}, core ${result.core}, faults ${result.faults}`;
  return `${head}\n${columns(rows)}${result.stacks === undefined ? '' : `\n${trackedText(result.stacks)}`}`;
}

function throughput({ throughput, operations, seconds }: ExperimentResult): string {
  if (operations === 0) return 'not reached';
  const rate = `${count(throughput.operationsPerSecond)} operations/s, ${formatSize(throughput.bytesPerSecond)}/s`;
  return `${rate} (${count(operations)} in ${seconds.toFixed(2)} s)`;
}

function latency({ access }: ExperimentResult): string {
  if (access.faults === 0) return 'none';
  const { p50, p99, p999, max } = access;
  const quantiles = `p50 ${formatMicroseconds(p50)}, p99 ${formatMicroseconds(p99)}, p99.9 ${formatMicroseconds(p999)}`;
  return `${quantiles}, max ${formatMicroseconds(max)}`;
}

function resident({ resident }: ExperimentResult, colour: ReturnType<typeof paint>): string {
  const { limit, counted, seen, over } = resident;
  const each = `${formatSize(counted)} counted by the pager, ${formatSize(seen)} seen by the kernel's account`;
  const peak = `peak ${formatSize(resident.peak)} of ${formatSize(limit)} (${each})`;
  return over === 0 ? peak : colour(`${peak}: OVER`, 'red');
}

// Memory beside the resident limit: of a memory store alone.
function pool({ stats }: ExperimentResult): string[][] {
  const { poolBytes, poolBytesPeak } = stats;
  if (poolBytesPeak === 0) return [];
  return [
    [
      'pool',
      `${formatSize(poolBytesPeak)} of memory at most, beside the resident; ${formatSize(poolBytes)} at the end`,
    ],
  ];
}

function verdict(result: ExperimentResult, colour: ReturnType<typeof paint>): string {
  const reach = result.interrupted ? ' (interrupted: what was reached)' : '';
  if (result.verified) return colour(`yes${reach}`, 'green');
  if (result.mismatches > 0) return colour(`NO: ${count(result.mismatches)} slots differ${reach}`, 'red');
  return colour(`NO: a thread still waits for a page${reach}`, 'red');
}
