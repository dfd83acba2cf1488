// Programs and scripts that a test runs in processes of their own, each with a budget after which it is killed.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { allowed, within } from '../budget.js';

export interface ChildOptions {
  args?: readonly string[];
  /** Added to this process's environment; undefined takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds until it is killed and its result rejects, at the machine's usual speed (budget.ts). Default 30 000. */
  budget?: number;
  /** Standard input, whole. Without it standard input stays open until the end for `write`. */
  input?: string;
  cwd?: string;
}

export interface NodeOptions extends ChildOptions {
  /** The Node.js to run it on. Default: this one. */
  node?: string;
}

export interface ChildResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Child {
  readonly pid: number;
  /** Rejects past the budget, with what was printed; a failing exit code is for the caller to judge. */
  readonly result: Promise<ChildResult>;
  /** The first match on standard output, or standard error, at once if it is there already. */
  waitFor(match: RegExp, ms?: number, stream?: 'stdout' | 'stderr'): Promise<RegExpExecArray>;
  write(text: string): void;
  kill(signal?: NodeJS.Signals): void;
}

/** Runs a script on Node.js to its end. */
export function runChild(script: string, options: NodeOptions = {}): Promise<ChildResult> {
  return startChild(script, options).result;
}

/** Starts a script on Node.js, for a test that talks to it or kills it. */
export function startChild(script: string, options: NodeOptions = {}): Child {
  const args = [script, ...(options.args ?? [])];
  return startProgram(options.node ?? process.execPath, { ...options, args });
}

/** Runs any program to its end. */
export function runProgram(command: string, options: ChildOptions = {}): Promise<ChildResult> {
  return startProgram(command, options).result;
}

export function startProgram(command: string, options: ChildOptions = {}): Child {
  const { args = [], env = {}, budget = 30_000, input, cwd } = options;
  const merged: NodeJS.ProcessEnv = { ...process.env, ...env };
  for (const [name, value] of Object.entries(merged)) if (value === undefined) delete merged[name];
  const child = spawn(command, args, { env: merged, ...(cwd === undefined ? {} : { cwd }) });
  const printed = collect(child);
  const line = [command, ...args].join(' ');
  const result = settle(child, printed, budget, line);
  // A caller may kill the child and never look at its result.
  result.catch(() => {});
  // A child that ends without reading its input is not a failure of the test.
  child.stdin.on('error', () => {});
  if (input !== undefined) child.stdin.end(input);
  return {
    pid: child.pid ?? -1,
    result,
    waitFor: (match, ms = budget, stream = 'stdout') => waitFor(child, printed, stream, match, ms, line),
    write: (text) => void child.stdin.write(text),
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  };
}

interface Printed {
  stdout: string;
  stderr: string;
}

function collect(child: ChildProcessWithoutNullStreams): Printed {
  const printed: Printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text: string) => {
      printed[name] += text;
    });
  }
  return printed;
}

function settle(child: ChildProcessWithoutNullStreams, printed: Printed, budget: number, line: string) {
  const limit = allowed(budget);
  return new Promise<ChildResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open: do not wait for them to close.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(new Error(`killed after ${limit} ms: ${line}\n${show(printed)}`));
    }, limit);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...printed });
    });
  });
}

function waitFor(
  child: ChildProcessWithoutNullStreams,
  printed: Printed,
  stream: keyof Printed,
  match: RegExp,
  ms: number,
  line: string,
) {
  let look = () => {};
  let end = () => {};
  const found = new Promise<RegExpExecArray>((resolve, reject) => {
    look = () => {
      const hit = match.exec(printed[stream]);
      if (hit) resolve(hit);
    };
    child[stream].on('data', look);
    end = () => reject(new Error(`ended without printing ${match}: ${line}\n${show(printed)}`));
    child.on('close', end);
    look();
  });
  return within(ms, found, `${line}: printing ${match}`).finally(() => {
    child[stream].off('data', look);
    child.off('close', end);
  });
}

function show(printed: Printed): string {
  return `--- stdout\n${printed.stdout.slice(-4000)}\n--- stderr\n${printed.stderr.slice(-4000)}`;
}
