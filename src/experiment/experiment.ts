// Runs one experiment: its pager, its threads, their checks, and an end within a time limit.

import { faultCount } from '../core/stats.js';
import type { Pager, Region, Store, TrackedFaults } from '../index.js';
import { residentBytes } from '../linux/smaps.js';
import { inlineIfAble } from '../pager/faults.js';
import { pagerRanges } from '../pager/pager.js';
import type { Interrupt } from '../terminal/interrupt.js';
import type { Progress } from '../terminal/progress.js';
import { SLOT_BYTES } from './content.js';
import { MAP_CELLS, StopFlag } from './control.js';
import { Gate } from './gate.js';
import { Histogram } from './histogram.js';
import { type ExperimentPlan, publicPlan, sourceFile } from './options.js';
import { type ExperimentOutcome, moveCount, type PhaseResult } from './result.js';
import { Sampler } from './sampler.js';
import { localCopy } from './source-copy.js';
import type { Phase, TouchPlan } from './toucher.js';
import { ToucherPool } from './toucher-pool.js';

/** Milliseconds for which an interrupted experiment may continue to verify. */
const INTERRUPTED_SWEEP = 2000;
/** Milliseconds within which touching threads notice an interrupt; after that they are blocked on a lost page. */
const STOP_BUDGET = 5000;
const PROGRESS_INTERVAL = 200;

/** Runs one workload over one region, from its own pager to its own stores. */
export async function runExperiment(
  plan: ExperimentPlan,
  progress: Progress,
  interrupt: Interrupt,
  watch: (pager: Pager) => Promise<() => Promise<void>> = async () => async () => undefined,
): Promise<ExperimentOutcome> {
  // Loaded late, so that --help and bad options need no addon.
  const { createPager, fileStore, openStore } = await import('../index.js');
  const stores: Store[] = [openStore(plan.store)];
  const path = sourceFile(plan.source);
  const ending = new AbortController();
  void interrupt.heard.then(() => ending.abort());
  const isFar = path === undefined && plan.source !== 'none';
  const copy = isFar ? await localCopy(plan.source, ending.signal) : undefined;
  let pager: Pager | undefined;
  let endWatch = async (): Promise<void> => undefined;
  let stuck = false;
  try {
    if (path !== undefined) stores.push(fileStore(path, { readOnly: true }));
    else if (plan.source !== 'none') stores.push(openStore(plan.source));
    const { resident: residentLimit, pageSize, engine, core, eviction, readahead } = plan;
    const faults = plan.faults ?? inlineIfAble({ engine, core });
    const cpu = plan.cpu === null ? {} : { cpu: plan.cpu };
    pager = await createPager({ residentLimit, pageSize, engine, core, faults, eviction, readahead, ...cpu });
    endWatch = await watch(pager);
    const [store, source] = stores;
    // A store that is still being opened would keep the pager from closing.
    stuck = true;
    const mapping = pager.map({
      byteLength: plan.region,
      memory: plan.memory,
      ...(store && { store }),
      ...(source && { source }),
    });
    const region = await interrupt.unless(mapping).catch((error: unknown) => {
      stuck = interrupt.requested;
      throw error;
    });
    stuck = false;
    const outcome = await measure(plan, pager, region, path ?? copy?.path, progress, interrupt);
    stuck = outcome.stuck;
    return outcome;
  } finally {
    progress.end();
    copy?.remove();
    await endWatch();
    if (!stuck) {
      await pager?.close();
      await Promise.all(stores.map((store) => store.close()));
    }
  }
}

async function measure(
  plan: ExperimentPlan,
  pager: Pager,
  region: Region,
  sourcePath: string | undefined,
  progress: Progress,
  interrupt: Interrupt,
): Promise<ExperimentOutcome> {
  const stop = new StopFlag();
  const gate = new Gate();
  const cells = Math.min(MAP_CELLS, plan.region / plan.pageSize);
  const tell = (mismatch: string) => progress.say(`farpage: mismatch: ${mismatch}`);
  const plans = touchPlans(plan, cells, sourcePath);
  const pool = await ToucherPool.start(region, plans, { stop, gate }, tell, plan.stacks !== null);
  const controls = pool.controls;
  const sum = (count: (control: (typeof controls)[number]) => number): number =>
    controls.reduce((total, control) => total + count(control), 0);
  const sampler = new Sampler(gate, {
    residentBytes: () => residentBytes(pagerRanges(pager)),
    faults: () => faultCount(pager.stats()),
    operations: () => sum((control) => control.operations),
    moves: () => moveCount(pager.stats()),
  });
  const ticker = setInterval(() => progress.update(sum((control) => control.done)), PROGRESS_INTERVAL);
  interrupt.heard.then(() => stop.raise());
  const phases: PhaseResult[] = [];
  let stuck = false;
  let stacks: TrackedFaults | undefined;
  try {
    for (const phase of phasesOf(plan)) {
      if (interrupt.requested && phase !== 'sweep') continue;
      // An interrupt before the sweep leaves it a little time; one during the sweep ends it.
      stop.lower();
      progress.begin(phase, phase === 'run' ? plan.ops : plan.region / plan.pageSize);
      const before = faultCount(pager.stats());
      const tracker = phase === 'run' && plan.stacks !== null ? region.trackFaults({ every: plan.stacks }) : undefined;
      const start = performance.now();
      const complete = await Promise.race([
        pool.perform(phase, interrupt.requested ? INTERRUPTED_SWEEP : undefined),
        stuckAfter(interrupt, phase === 'sweep' && interrupt.requested),
      ]);
      const seconds = (performance.now() - start) / 1000;
      tracker?.stop();
      stacks ??= tracker?.report();
      const faults = faultCount(pager.stats()) - before;
      const done = sum((control) => control.done);
      phases.push({ phase, seconds, done, faults, complete: complete === true });
      stuck = complete === 'stuck';
      if (stuck) break;
    }
    sampler.stop();
    const outcome = conclude(plan, pager, pool, sampler, phases, cells, interrupt.requested, stuck);
    if (stacks !== undefined) outcome.result.stacks = stacks;
    return outcome;
  } finally {
    clearInterval(ticker);
    sampler.stop();
    stop.raise();
    if (!stuck) await pool.end();
  }
}

function phasesOf(plan: ExperimentPlan): Phase[] {
  return plan.populate ? ['populate', 'run', 'sweep'] : ['run', 'sweep'];
}

/** Resolves STOP_BUDGET after the interrupt, when every running thread has checked the stop flag. */
async function stuckAfter(interrupt: Interrupt, sweeping: boolean): Promise<'stuck'> {
  await interrupt.heard;
  const budget = STOP_BUDGET + (sweeping ? INTERRUPTED_SWEEP : 0);
  return await new Promise((resolve) => setTimeout(resolve, budget, 'stuck' as const).unref());
}

function touchPlans(plan: ExperimentPlan, cells: number, sourcePath: string | undefined): TouchPlan[] {
  const { workload, writeRatio, seed, pageSize, threads } = plan;
  const regionPages = plan.region / pageSize;
  const share = (total: number, index: number): number => Math.floor((total * index) / threads);
  return Array.from({ length: threads }, (_, index) => {
    const firstPage = share(regionPages, index);
    return {
      index,
      workload,
      writeRatio,
      seed,
      operations: share(plan.ops, index + 1) - share(plan.ops, index),
      pageSize,
      regionPages,
      firstPage,
      pages: share(regionPages, index + 1) - firstPage,
      residentPages: Math.max(1, Math.floor(plan.resident / pageSize / threads)),
      sourcePath,
      cells,
    };
  });
}

function conclude(
  plan: ExperimentPlan,
  pager: Pager,
  pool: ToucherPool,
  sampler: Sampler,
  phases: PhaseResult[],
  cellCount: number,
  interrupted: boolean,
  stuck: boolean,
): ExperimentOutcome {
  const latency = new Histogram();
  const cells = new Uint32Array(cellCount);
  const totals = { operations: 0, bytes: 0, mismatches: 0, sweptPages: 0 };
  for (const control of pool.controls) {
    latency.add(control.latency);
    for (let cell = 0; cell < cellCount; cell++) cells[cell] = (cells[cell] ?? 0) + (control.cells[cell] ?? 0);
    totals.operations += control.operations;
    totals.bytes += control.bytesChecked;
    totals.mismatches += control.mismatches;
    totals.sweptPages += control.sweptPages;
  }
  const find = (phase: Phase): PhaseResult | undefined => phases.find((result) => result.phase === phase);
  const seconds = find('run')?.seconds ?? 0;
  const sweepComplete = find('sweep')?.complete ?? false;
  const perSecond = seconds === 0 ? 0 : totals.operations / seconds;
  const microseconds = (quantile: number): number => latency.quantile(quantile) / 1000;
  const result = {
    workload: publicPlan(plan),
    engine: pager.engine,
    core: pager.core,
    faults: pager.faults,
    seconds,
    operations: totals.operations,
    verified: totals.mismatches === 0 && !stuck && (sweepComplete || interrupted),
    mismatches: totals.mismatches,
    interrupted,
    throughput: { operationsPerSecond: perSecond, bytesPerSecond: perSecond * SLOT_BYTES },
    access: {
      p50: microseconds(0.5),
      p99: microseconds(0.99),
      p999: microseconds(0.999),
      max: latency.max / 1000,
      faults: latency.count(),
      threshold: pool.threshold / 1000,
    },
    resident: { limit: plan.resident, ...peakOf(pager, sampler, plan.resident), samples: sampler.counted.length },
    verification: { bytes: totals.bytes, sweptPages: totals.sweptPages, sweepComplete },
    phases,
    stats: pager.stats(),
  };
  return { result, latency, samples: sampler.samples, cells, stuck };
}

function peakOf(pager: Pager, sampler: Sampler, limit: number) {
  const counted = pager.stats().residentBytesPeak;
  const seen = sampler.peak;
  const peak = Math.max(counted, seen);
  return { counted, seen, peak, over: Math.max(0, peak - limit) };
}
