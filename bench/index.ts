// The list of benchmark questions, and `runBench`.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describeError, PagerError } from '../src/errors.js';
import { Course } from './course.js';
import { allowedCpus } from './cpus.js';
import { type Answer, Context, type Question, Skip } from './harness.js';
import { describeMachine } from './machine.js';
import { askPhases, type PhaseReport, type PhaseTable, phasesAsked, writePhases } from './phases.js';
import { binding } from './questions/binding.js';
import { channels } from './questions/channels.js';
import { core } from './questions/core.js';
import { criu } from './questions/criu.js';
import { downtime } from './questions/downtime.js';
import { dsm } from './questions/dsm.js';
import { incremental } from './questions/incremental.js';
import { kinds } from './questions/kinds.js';
import { migrate } from './questions/migrate.js';
import { missing } from './questions/missing.js';
import { overhead } from './questions/overhead.js';
import { postcopy } from './questions/postcopy.js';
import { redis } from './questions/redis.js';
import { runPrograms } from './questions/run.js';
import { scale } from './questions/scale.js';
import { scan } from './questions/scan.js';
import { serve } from './questions/serve.js';
import { snapshot } from './questions/snapshot.js';
import { swap } from './questions/swap.js';
import { touchers } from './questions/touchers.js';
import { trap } from './questions/trap.js';
import { volatilePages } from './questions/volatile.js';
import type { Report, Result } from './report.js';

export { formatQuestions } from './course.js';
export { formatPhases, type PhaseReport } from './phases.js';
export { drawPhases } from './phases-picture.js';
export type { Report, Result } from './report.js';
export { formatReport, updatePage } from './table.js';

export const questions: readonly Question[] = [
  core,
  missing,
  touchers,
  scan,
  swap,
  redis,
  scale,
  binding,
  trap,
  kinds,
  runPrograms,
  overhead,
  serve,
  criu,
  snapshot,
  incremental,
  downtime,
  postcopy,
  migrate,
  dsm,
  volatilePages,
  channels,
];

export interface BenchOptions {
  /** Fewer rounds, smaller regions: a look, not a result. */
  quick?: boolean | undefined;
  /** A file to write the whole report to, every run included. */
  json?: string | undefined;
  /** The CPU of the "one CPU" rows; default: the last one allowed, as the first tends to take the interrupts. */
  cpu?: number | undefined;
  onProgress?: ((line: string) => void) | undefined;
}

async function ask(question: Question, context: Context): Promise<Result> {
  const { name, title, target } = question;
  const begin = performance.now();
  const done = (answer: Partial<Answer> & { skipped?: string; failed?: string }): Result => {
    const seconds = (performance.now() - begin) / 1000;
    return { name, title, target, seconds, rows: [], notes: [], runs: {}, ...answer };
  };
  try {
    return done(await question.run(context));
  } catch (error) {
    if (error instanceof Skip) return done({ skipped: error.message });
    const hint = error instanceof PagerError && error.hint ? `\n  ${error.hint}` : '';
    return done({ failed: `${describeError(error)}${hint}` });
  }
}

/** A half-done question may have swap on or a server up: they go, however the process ends. */
async function inContext<T>(
  options: BenchOptions,
  tell: (line: string) => void,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const allowed = allowedCpus();
  const cpu = options.cpu ?? allowed.at(-1) ?? availableParallelism() - 1;
  const other = allowed.find((one) => one !== cpu) ?? cpu;
  const context = new Context(options.quick ?? false, cpu, other, tell);
  const leave = () => context.cleanup();
  const interrupted = () => {
    leave();
    process.exit(130);
  };
  process.once('exit', leave);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await work(context);
  } finally {
    process.off('exit', leave);
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    leave();
  }
}

/** Where a fault's time goes, for the questions named (none: all that have phases). @throws (rejects) PagerError */
export async function runPhases(names: readonly string[], options: BenchOptions = {}): Promise<PhaseReport> {
  const asked = phasesAsked(names);
  const tables: PhaseTable[] = [];
  for (const name of asked) {
    const tell = (line: string) => options.onProgress?.(`phases of ${name}: ${line}`);
    tables.push(...(await inContext(options, tell, (context) => askPhases(name, context))));
  }
  const report = { date: new Date().toISOString(), machine: describeMachine(), tables };
  if (options.json !== undefined) writePhases(options.json, report);
  return report;
}

/** Asks the questions named (none: all) and resolves to what was found; a question that fails does not stop the others. */
export async function runBench(names: readonly string[], options: BenchOptions = {}): Promise<Report> {
  for (const name of names) {
    if (!questions.some((question) => question.name === name)) {
      const known = questions.map((question) => question.name).join(', ');
      throw new PagerError('OPTION', `no benchmark question '${name}'`, { hint: `the questions are: ${known}` });
    }
  }
  const asked = questions.filter((question) => names.length === 0 || names.includes(question.name));
  const quick = options.quick ?? false;
  const course = new Course(asked, quick, (line) => options.onProgress?.(line));
  course.announce();
  const results: Result[] = [];
  for (const question of asked) {
    course.begin(question);
    results.push(
      await inContext(
        options,
        (line) => course.say(question, line),
        (context) => ask(question, context),
      ),
    );
    course.end(question);
  }
  const report: Report = {
    date: new Date().toISOString(),
    quick,
    machine: describeMachine(),
    results,
  };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
  return report;
}
