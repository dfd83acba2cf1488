// What a run of the benchmarks comes to.
import type { Answer } from './harness.js';
import type { Machine } from './machine.js';

export interface Result extends Answer {
  name: string;
  title: string;
  target: string;
  seconds: number;
  /** Why it could not be asked here. */
  skipped?: string;
  /** What went wrong in asking. */
  failed?: string;
}

export interface Report {
  date: string;
  quick: boolean;
  machine: Machine;
  results: Result[];
}
