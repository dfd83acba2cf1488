// Programs in C under `farpage run`, and what it reports of them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunResult } from '../../../src/run/run.js';
import { ROOT } from '../../support/paths.js';
import { type Child, type ChildOptions, type ChildResult, startProgram } from '../../support/process/child.js';

export const MAIN = path.join(ROOT, 'dist/src/bundle/main/cli.js');
/** What a user types. */
export const COMMAND = path.join(ROOT, 'bin/farpage.js');
export const BUDGET = 100_000;
/** The variant of the test run (test/run.ts). */
const HOST = process.env.FARPAGE_TEST_HOST;
const SOURCES = path.join(ROOT, 'test/live/run/programs');

/** A folder of this test file's own, and the programs compiled there. */
export class Bench {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'farpage-run-test-'));
  #reports = 0;

  /** Flags that do not begin with `-` are the compiler's name. */
  compile(name: string, ...flags: readonly string[]): string {
    const program = path.join(this.folder, `${name}${flags.join('')}`);
    const source = path.join(SOURCES, `${name}.c`);
    const [compiler = 'cc'] = flags.filter((flag) => !flag.startsWith('-'));
    const rest = flags.filter((flag) => flag.startsWith('-'));
    execFileSync(compiler, ['-O1', '-Wall', '-Wextra', '-pthread', ...rest, '-o', program, source]);
    return program;
  }

  /** Starts `farpage run` with options, then a program with arguments. */
  start(options: readonly string[], program: readonly string[], child: ChildOptions = {}): Run {
    const report = path.join(this.folder, `report-${++this.#reports}.json`);
    const host = HOST === undefined ? [] : ['--core', HOST];
    const args = [MAIN, 'run', '--json', report, ...host, ...options, '--', ...program];
    const env = { FOLDER: this.folder, XDG_RUNTIME_DIR: this.folder, ...child.env };
    return new Run(startProgram(process.execPath, { budget: BUDGET, ...child, args, env }), report);
  }

  /** Starts a command line as it is. */
  launch([program = '', ...args]: readonly string[], child: ChildOptions = {}): Child {
    const env = { FOLDER: this.folder, XDG_RUNTIME_DIR: this.folder, ...child.env };
    return startProgram(program, { budget: BUDGET, ...child, args, env });
  }

  /** Runs to its end: it must have succeeded, under the limit; `others`: bytes that are counted and not of the run. */
  async play(
    options: readonly string[],
    program: readonly string[],
    child: ChildOptions = {},
    others = 0,
  ): Promise<Report> {
    const run = this.start(options, program, child);
    const result = await run.child.result;
    assert.equal(result.code, 0, tell(result));
    const report = run.report();
    assert.ok(report.stats.evictions > 0, `nothing was evicted\n${tell(result)}`);
    assert.ok(report.resident.looks > 0, 'nobody looked');
    const { peak, limit } = report.resident;
    assert.ok(peak <= limit + others, `${peak} of ${limit} bytes were resident\n${tell(result)}`);
    assert.match(result.stdout, /fine\n$/, tell(result));
    return report;
  }

  /** Nothing of a run may be left there. */
  leftovers(): string[] {
    return readdirSync(this.folder).filter((name) => /^\.?farpage-run-\w{6}$/.test(name));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export type Report = Omit<RunResult, 'stats'> & { stats: RunResult['stats'] };

export class Run {
  readonly child: Child;
  readonly #report: string;

  constructor(child: Child, report: string) {
    this.child = child;
    this.#report = report;
  }

  report(): Report {
    const report: Report = JSON.parse(readFileSync(this.#report, 'utf8'));
    return report;
  }
}

export function tell({ code, signal, stdout, stderr }: ChildResult): string {
  return `code ${code}, signal ${signal}\n--- stdout\n${stdout.slice(-2000)}\n--- stderr\n${stderr.slice(-4000)}`;
}

export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
