// Turns an experiment's outcome into the data of its HTML report.
import { cpus, release, totalmem } from 'node:os';
import { faultCount } from '../core/stats.js';
import type { ReportData, Table } from '../report/data.js';
import { formatCount } from '../report/format.js';
import { formatSize } from '../units.js';
import type { ExperimentPlan } from './options.js';
import { stackGrids } from './report-stacks.js';
import type { ExperimentOutcome, ExperimentResult } from './result.js';
import { formatMicroseconds } from './summary.js';

const PHASE_NAMES = { populate: 'first writing', run: 'workload', sweep: 'final sweep' } as const;

/** What the HTML page shows of an experiment. */
export function reportData({ result, latency, samples, cells }: ExperimentOutcome): ReportData {
  const { workload: plan, access, resident, stats, throughput } = result;
  let start = 0;
  const phases = result.phases.map(({ phase, seconds }) => {
    const from = start;
    start += seconds;
    return { name: PHASE_NAMES[phase], from, to: start };
  });
  return {
    title: 'farpage experiment',
    subtitle: `${formatSize(plan.region)} region with ${formatSize(plan.resident)} resident, ${plan.workload}, ${percent(plan.writeRatio)} writes, store ${plan.store}`,
    date: new Date().toISOString(),
    verdict: verdict(result),
    tiles: [
      {
        label: 'Throughput',
        value: `${formatCount(throughput.operationsPerSecond)} /s`,
        note: `${formatCount(result.operations)} operations in ${result.seconds.toFixed(1)} s`,
      },
      {
        label: 'Fault wait, p50',
        value: formatMicroseconds(access.p50),
        note: `p99 ${formatMicroseconds(access.p99)}`,
      },
      { label: 'Resident peak', value: formatSize(resident.peak), note: `limit ${formatSize(resident.limit)}` },
      {
        label: 'Faults',
        value: formatCount(faultCount(stats)),
        note: `${formatCount(stats.faults.wp)} write-protect`,
      },
      {
        label: 'Evictions',
        value: formatCount(stats.evictions),
        note: `${formatCount(stats.writebacks)} written back`,
      },
      {
        label: 'Verified',
        value: formatSize(result.verification.bytes),
        note: `${formatCount(result.mismatches)} mismatches`,
      },
    ],
    latency: {
      buckets: latency.buckets(),
      marks: [
        { label: 'p50', at: access.p50 * 1000 },
        { label: 'p99', at: access.p99 * 1000 },
        { label: 'p99.9', at: access.p999 * 1000 },
        { label: 'max', at: access.max * 1000 },
      ],
    },
    timeline: {
      resident: samples.flatMap(({ seconds, resident: look }) => (look ? { seconds, bytes: look.bytes } : [])),
      faults: samples.map(({ seconds, faults }) => ({ seconds, count: faults })),
      limit: resident.limit,
      phases,
    },
    map: { pagesPerCell: plan.region / plan.pageSize / cells.length, faults: cells },
    ...(result.stacks !== undefined && { grids: stackGrids(result.stacks) }),
    tables: [counters(result), options(plan), environment(result)],
  };
}

function verdict(result: ExperimentResult): ReportData['verdict'] {
  if (result.mismatches > 0) return { ok: false, text: `${formatCount(result.mismatches)} mismatches` };
  if (!result.verified) return { ok: false, text: 'Not verified' };
  return { ok: true, text: result.interrupted ? 'Interrupted; verified so far' : 'Every byte verified' };
}

function counters({ stats, access }: ExperimentResult): Table {
  const { faults, fills, readahead, store, latency } = stats;
  return {
    title: 'Counters',
    rows: [
      ['missing faults', formatCount(faults.missing)],
      ['minor faults', formatCount(faults.minor)],
      ['write-protect faults', formatCount(faults.wp)],
      ['fills: zero', formatCount(fills.zero)],
      ['fills: source', formatCount(fills.source)],
      ['fills: store', formatCount(fills.store)],
      ['fills: soft', formatCount(fills.soft)],
      ['readahead issued, used', `${formatCount(readahead.issued)}, ${formatCount(readahead.used)}`],
      ['evictions', formatCount(stats.evictions)],
      ['write-backs', formatCount(stats.writebacks)],
      ['store read', formatSize(store.bytesRead)],
      ['store written', formatSize(store.bytesWritten)],
      ['memory of pools, at most', formatSize(stats.poolBytesPeak)],
      ['store errors, retries', `${formatCount(store.errors)}, ${formatCount(store.retries)}`],
      ['pager’s own p50, p99', `${formatMicroseconds(latency.p50)}, ${formatMicroseconds(latency.p99)}`],
      ['access p99.9, max', `${formatMicroseconds(access.p999)}, ${formatMicroseconds(access.max)}`],
    ],
  };
}

function options(plan: ExperimentPlan): Table {
  return {
    title: 'Options',
    rows: [
      ['region', formatSize(plan.region)],
      ['resident', formatSize(plan.resident)],
      ['page size', formatSize(plan.pageSize)],
      ['store', plan.store],
      ['source', plan.source],
      ['workload', plan.workload],
      ['write ratio', String(plan.writeRatio)],
      ['operations', formatCount(plan.ops)],
      ['seed', String(plan.seed)],
      ['eviction', plan.eviction],
      ['readahead', plan.readahead],
      ['threads', String(plan.threads)],
      ['pages written first', plan.populate ? 'yes' : 'no'],
      ...(plan.stacks === null ? [] : [['loads looked at', `every ${formatCount(plan.stacks)}`] as const]),
    ],
  };
}

function environment({ engine, core, faults, workload, access }: ExperimentResult): Table {
  const processors = cpus();
  return {
    title: 'Environment',
    rows: [
      ['kernel', release()],
      ['processor', processors[0]?.model.trim() ?? 'unknown'],
      ['processors', String(processors.length)],
      ['memory', formatSize(totalmem())],
      ['Node.js', process.version],
      ['engine', engine],
      ['core', core],
      ['faults are served by', faults === 'inline' ? 'the faulting thread' : 'the loop'],
      ['loop pinned to CPU', workload.cpu === null ? 'no' : String(workload.cpu)],
      ['a fault is longer than', formatMicroseconds(access.threshold)],
    ],
  };
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)}%`;
}
