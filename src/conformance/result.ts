// The results of conformance rows, as they cross processes and as `--json` prints them.
export type Outcome = 'passed' | 'failed' | 'skipped';

/** One test on one kind of memory. */
export interface RowResult {
  test: string;
  /** A kind of memory; for the API checks, the way to the descriptor. */
  memory: string;
  outcome: Outcome;
  /** Why it failed or was skipped. */
  reason?: string;
  /** What a passed row could not show on this machine. */
  note?: string;
  milliseconds: number;
}

export interface ConformanceReport {
  /** The kernel's release, as `uname -r` tells it. */
  kernel: string;
  rows: RowResult[];
  passed: number;
  failed: number;
  skipped: number;
  /** It was ended before its last row; the rows not reached are skipped. */
  interrupted: boolean;
}

/** The message of a row's process to the runner. */
export interface RowMessage {
  outcome: Outcome;
  reason?: string;
  note?: string;
}

/** Thrown by a row if this machine lacks something. */
export class Skip extends Error {
  override readonly name = 'Skip';
}
