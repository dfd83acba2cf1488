// The result of an experiment, as `--json` prints it.
import type { PagerStats, TrackedFaults } from '../index.js';
import type { Histogram } from './histogram.js';
import type { ExperimentPlan } from './options.js';
import type { Sample } from './sampler.js';
import type { Phase } from './toucher.js';

export interface PhaseResult {
  phase: Phase;
  seconds: number;
  /** Operations of `run`, pages of the others. */
  done: number;
  faults: number;
  /** False if it was interrupted. */
  complete: boolean;
}

/** What `experiment --json` prints. */
export interface ExperimentResult {
  workload: ExperimentPlan;
  engine: 'userfaultfd' | 'trap';
  core: 'v8' | 'native';
  faults: 'inline' | 'loop';
  /** Of the workload alone: neither the first writing of every page nor the final sweep. */
  seconds: number;
  /** Of the workload. */
  operations: number;
  /** No byte read differed from the model, and the final sweep was reached or the run was interrupted. */
  verified: boolean;
  mismatches: number;
  interrupted: boolean;
  throughput: { operationsPerSecond: number; bytesPerSecond: number };
  /** Microseconds, faulting accesses of the workload only: those that took longer than `threshold`, `faults` of them. */
  access: { p50: number; p99: number; p999: number; max: number; faults: number; threshold: number };
  /**
   * Bytes. `counted`: the most by the pager's own count; `seen`: the most that /proc/self/smaps showed at any of `samples`
   * looks, each at a moment of rest; `peak`: the greater; `over`: by how much that has passed the limit.
   */
  resident: { limit: number; peak: number; over: number; counted: number; seen: number; samples: number };
  /** Bytes read and compared in all phases, and how far the final sweep over the written pages came. */
  verification: { bytes: number; sweptPages: number; sweepComplete: boolean };
  phases: PhaseResult[];
  /** Of the whole experiment, all phases. */
  stats: PagerStats;
  /** With `--stacks`: where the workload waited. */
  stacks?: TrackedFaults;
}

/** The result, and what only the report draws. */
export interface ExperimentOutcome {
  result: ExperimentResult;
  latency: Histogram;
  samples: Sample[];
  /** Faulting accesses by cell of the region. */
  cells: Uint32Array;
  /** Threads are still blocked on a page that does not come: only the end of the process frees them. */
  stuck: boolean;
}

/** Changes whenever a page is filled, evicted or written back. */
export function moveCount({ fills, evictions, writebacks }: PagerStats): number {
  return fills.zero + fills.source + fills.store + fills.soft + evictions + writebacks;
}
