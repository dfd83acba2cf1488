// Runs each conformance row in a process of its own, within a time limit, so that no row can hang or crash the others.
import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { describeError } from '../errors.js';
import { packageFile } from '../place.js';
import { type HugePages, reserveHugePages } from './huge-pages.js';
import type { ConformanceReport, RowMessage, RowResult } from './result.js';
import { type Row, rowsOf } from './rows.js';

export interface RunOptions {
  /** The tests to run, by name. Default: all. */
  tests?: readonly string[];
  /** Milliseconds a row may take before it is killed and has failed. Default 10 000. */
  limit?: number;
  /** What a row's process runs, for tests of the run itself. */
  script?: string;
  /** Ends the run: the row that runs is killed, and the rest is skipped. */
  signal?: AbortSignal;
  onRow?: (result: RowResult, done: number, total: number) => void;
  /** Called for errors outside the rows: the setting of huge pages could not be restored. */
  onTrouble?: (line: string) => void;
}

const LIMIT = 10_000;
/** Most characters of a row's standard error that are kept. */
const MAX_OUTPUT = 500;
/** Free huge pages: the most that a row holds, with those its children copy, and room for what ends late. */
const HUGE_PAGES = 32;

/** Runs every row in a process of its own, one after the other. */
export async function runConformance(options: RunOptions = {}): Promise<ConformanceReport> {
  const { limit = LIMIT, signal, onRow, onTrouble } = options;
  const script = options.script ?? packageFile('dist/src/conformance/row-process.js');
  const rows = rowsOf(options.tests);
  const huge: HugePages = rows.some(({ kind }) => kind.huge)
    ? await reserveHugePages(HUGE_PAGES, () => onTrouble?.('another run has the huge pages: it is waited for'), signal)
    : { lacking: undefined, release: async () => undefined };
  const results: RowResult[] = [];
  try {
    for (const row of rows) {
      const lacking = signal?.aborted ? 'interrupted' : row.kind.huge ? huge.lacking : undefined;
      const result = await (lacking === undefined ? runRow(row, script, limit, signal) : skip(row, lacking));
      results.push(result);
      onRow?.(result, results.length, rows.length);
    }
  } finally {
    const trouble = await huge.release();
    if (trouble !== undefined) onTrouble?.(trouble);
  }
  const count = (outcome: RowResult['outcome']): number => results.filter((row) => row.outcome === outcome).length;
  return {
    kernel: release(),
    rows: results,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    interrupted: signal?.aborted === true,
  };
}

function skip({ test, memory }: Row, reason: string): RowResult {
  return { test: test.name, memory, outcome: 'skipped', reason, milliseconds: 0 };
}

async function runRow(row: Row, script: string, limit: number, signal?: AbortSignal): Promise<RowResult> {
  const started = performance.now();
  // In a group of its own, so that one kill reaches the children it forks too.
  const child = fork(script, [row.test.name, row.memory], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const message = await outcomeOf(child, limit, signal);
  killGroup(child);
  if (child.pid !== undefined) await gone;
  const milliseconds = Math.round(performance.now() - started);
  return { test: row.test.name, memory: row.memory, ...message, milliseconds };
}

function outcomeOf(child: ChildProcess, limit: number, signal?: AbortSignal): Promise<RowMessage> {
  let said = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    said = (said + text).slice(-MAX_OUTPUT);
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      end({ outcome: 'failed', reason: `no answer in ${limit / 1000} s; ${whereabouts(child.pid)}` });
    }, limit);
    const interrupt = (): void => end({ outcome: 'skipped', reason: 'interrupted' });
    const end = (message: RowMessage): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      resolve(message);
    };
    signal?.addEventListener('abort', interrupt);
    child.on('message', (message) => end(message as RowMessage));
    child.on('error', (error) => end({ outcome: 'failed', reason: `its process: ${error.message}` }));
    child.on('exit', (code, killed) => {
      // Its last message may still be in flight.
      const last = said.trim().replace(/\s*\n\s*/g, ' ');
      const ended = `its process ended by ${killed ?? `exit code ${code}`}`;
      setTimeout(() => end({ outcome: 'failed', reason: last === '' ? ended : `${ended}: ${last}` }), ENDED_GRACE);
    });
  });
}

/** The kernel functions in which the main thread of a row, and all threads that wait for a page or an event, are blocked. */
function whereabouts(pid: number | undefined): string {
  const folder = `/proc/${pid}/task`;
  try {
    const places = readdirSync(folder).map((thread) => {
      const place = readFileSync(`${folder}/${thread}/wchan`, 'latin1');
      return { main: thread === String(pid), place: place === '0' || place === '' ? 'user code' : place };
    });
    const main = places.find((thread) => thread.main)?.place;
    const others = places.filter((thread) => !thread.main && /userfault/.test(thread.place));
    return `its main thread is in ${main}, ${others.length} others wait for it`;
  } catch (error) {
    return `its threads cannot be seen (${describeError(error)})`;
  }
}

/** Milliseconds for the message of a process that has ended. */
const ENDED_GRACE = 50;

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
