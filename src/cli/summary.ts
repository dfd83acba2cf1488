import { formatCount, formatTime } from '../report/format.js';
import { formatSize } from '../units.js';
import { type ExperimentResult, faultCount } from './experiment-result.js';
import { columns, paint } from './output.js';

/** '8.31 µs', '1.24 ms' */
export function formatMicroseconds(us: number): string {
  return formatTime(us * 1000);
}

/** An experiment in a dozen lines. */
export function summarize(result: ExperimentResult): string {
  const colour = paint();
  const { workload: plan, access, resident, stats, verification } = result;
  const under = resident.peak <= resident.limit;
  const readahead =
    stats.readahead.issued === 0
      ? 'none'
      : `${formatCount(stats.readahead.issued)} issued, ${formatCount(stats.readahead.used)} used`;
  const peak = `peak ${formatSize(resident.peak)} of ${formatSize(resident.limit)} by the kernel's account`;
  return [
    `${formatSize(plan.region)} region, ${plan.workload}, ${Math.round(plan.writeRatio * 100)}% writes, store ${plan.store}, engine ${result.engine}`,
    columns([
      [
        'throughput',
        `${formatCount(result.throughput.operationsPerSecond)} operations/s, ${formatSize(result.throughput.bytesPerSecond)}/s (${formatCount(result.operations)} in ${result.seconds.toFixed(2)} s)`,
      ],
      [
        'faulting access',
        `p50 ${formatMicroseconds(access.p50)}, p99 ${formatMicroseconds(access.p99)}, p99.9 ${formatMicroseconds(access.p999)}, max ${formatMicroseconds(access.max)}`,
      ],
      ['resident', under ? peak : colour(`${peak}: OVER`, 'red')],
      [
        'faults',
        `${formatCount(faultCount(stats))} (${formatCount(stats.faults.missing)} missing, ${formatCount(stats.faults.minor)} minor, ${formatCount(stats.faults.wp)} write-protect)`,
      ],
      [
        'fills',
        `${formatCount(stats.fills.zero)} zero, ${formatCount(stats.fills.source)} source, ${formatCount(stats.fills.store)} store, ${formatCount(stats.fills.soft)} soft`,
      ],
      ['readahead', readahead],
      ['evictions', `${formatCount(stats.evictions)}, ${formatCount(stats.writebacks)} written back`],
      [
        'store',
        `${formatSize(stats.store.bytesRead)} read, ${formatSize(stats.store.bytesWritten)} written, ${formatCount(stats.store.errors)} errors, ${formatCount(stats.store.retries)} retries`,
      ],
      ['verified', verdict(result, colour)],
    ]),
    `  ${colour(`${formatSize(verification.bytes)} compared; final sweep ${verification.sweepComplete ? 'over' : 'stopped after'} ${formatCount(verification.sweptPages)} pages`, 'faint')}`,
  ].join('\n');
}

function verdict(result: ExperimentResult, colour: ReturnType<typeof paint>): string {
  const reach = result.interrupted ? ' (interrupted: what was reached)' : '';
  if (result.verified) return colour(`yes${reach}`, 'green');
  if (result.mismatches > 0) return colour(`NO: ${formatCount(result.mismatches)} slots differ${reach}`, 'red');
  return colour(`NO: a thread still waits for a page${reach}`, 'red');
}
