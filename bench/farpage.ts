// The command line as a user has it, for the questions about other processes.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Phases } from '../src/core/phases.js';
import { describeError, PagerError } from '../src/errors.js';
import { type Context, type Side, Skip } from './harness.js';
import { packageRoot } from './package-root.js';

/** The command line's first words. Not `node …/main.js`, which starts Node.js twice: see decisions/0030. */
export const COMMAND: readonly string[] = [join(packageRoot(), 'bin', 'farpage.js')];
/** The exit code of 'this machine cannot'. */
const CANNOT = 3;

/** The words of `farpage run`, its own `--` included. */
export function runWords(options: Record<string, string | number>): string[] {
  return [...COMMAND, 'run', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]), '--'];
}

/** @throws Skip where `farpage run` says that this machine cannot */
export function needRun(): void {
  const [program = '', ...words] = [...runWords({ resident: '64MiB' }), 'true'];
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8', timeout: 30_000 });
  if (status === CANNOT) throw new Skip(`farpage run: ${stderr.trim()}`);
  if (status !== 0) throw new PagerError('INTERNAL', `farpage run -- true: ${error?.message ?? stderr.trim()}`);
}

/** What a run's `--json` file says of the limit. */
export interface RunReport {
  resident: { limit: number; peak: number; frames: number };
  stats: { evictions: number };
}

/** @throws PagerError if nothing was evicted: the time of such a run would be no answer */
export function evictingReport(path: string): RunReport {
  const report = JSON.parse(readFileSync(path, 'utf8')) as RunReport;
  if (report.stats.evictions > 0) return report;
  throw new PagerError('INTERNAL', 'farpage run evicted nothing of the program under its limit');
}

export interface Process {
  /** 0: it has not started. */
  readonly pid: number;
  /** What is done meanwhile; where that fails, the error has what this process said. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Ends it, and waits until it has gone. */
  end(): Promise<void>;
  /** Waits until it has ended by itself. @throws PagerError when it failed, or has not in `seconds` */
  ended(seconds: number): Promise<void>;
  /** Waits for its first line. */
  line(): Promise<string>;
}

/** A program of Node.js beside the sides, pinned where `cpu` says so; it goes with the question. */
export function startProcess(context: Context, words: readonly string[], cpu?: number): Process {
  const pinned = cpu === undefined ? [...words] : ['taskset', '-c', String(cpu), ...words];
  const child = spawn(pinned[0] as string, pinned.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], cwd: context.folder });
  let output = '';
  let complaint = '';
  let status: string | undefined;
  let told = () => {};
  const gone = new Promise<void>((resolve) => {
    child.on('close', (code, signal) => {
      status = String(signal ?? code);
      resolve();
    });
    child.on('error', (error) => {
      complaint += error.message;
      status = 'no start';
      resolve();
    });
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    told();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  context.onCleanup(() => child.kill('SIGKILL'));
  const failure = (what: string) => new PagerError('INTERNAL', `${words.join(' ')} ${what}: ${complaint.trim()}`);
  const before = async (seconds: number, end: Promise<void>, what: string): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(failure(what)), seconds * 1000);
    });
    try {
      await Promise.race([end, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    pid: child.pid ?? 0,
    during: async (work) => {
      try {
        return await work;
      } catch (error) {
        throw failure(`said, while this failed: ${describeError(error)}`);
      }
    },
    end: async () => {
      if (status === undefined) child.kill('SIGTERM');
      await before(20, gone, 'does not end');
    },
    ended: async (seconds) => {
      await before(seconds, gone, `has not ended in ${seconds} s`);
      if (status !== '0') throw failure(`ended with ${status}`);
    },
    line: async () => {
      const first = new Promise<void>((resolve) => {
        told = () => {
          if (output.includes('\n')) resolve();
        };
        told();
      });
      await before(20, Promise.race([first, gone]), 'says nothing');
      if (!output.includes('\n')) throw failure('ended early');
      return output.slice(0, output.indexOf('\n'));
    },
  };
}

/** `farpage serve` at a socket in the context's folder. */
export function startServe(
  context: Context,
  socket: string,
  options: Record<string, string | number | boolean>,
  cpu?: number,
): Process {
  const given: Array<[string, string | number | boolean]> = Object.entries({ socket, ...options });
  const flags = given.flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  return startProcess(context, [...COMMAND, 'serve', ...flags], cpu);
}

/** What the pager of a process has stamped, by `farpage dump`. */
export function dumpPhases(pid: number): Phases {
  const [program = '', ...words] = [...COMMAND, 'dump', '--pid', String(pid), '--json'];
  const { stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', timeout: 30_000 });
  const found = stdout === '' ? null : (JSON.parse(stdout) as { phases: Phases | null }).phases;
  if (found === null) throw new PagerError('INTERNAL', `no phases were stamped in process ${pid}: ${stderr.trim()}`);
  return found;
}

/** A side that keeps running after it has printed its line. */
export function startSide(context: Context, { program, args, cpu }: Side): Process {
  const options = { ...args, ...(cpu === undefined ? {} : { cpu }) };
  const flags = Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]);
  return startProcess(context, [program, ...flags], cpu);
}

/** A subject that keeps running while others run. */
export function startSubject(
  context: Context,
  name: string,
  options: Record<string, string | number>,
  cpu?: number,
): Process {
  const module = join(packageRoot(), 'dist', 'bench', 'subjects', `${name}.js`);
  const flags = Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]);
  return startProcess(context, [process.execPath, module, ...flags], cpu);
}
