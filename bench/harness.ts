// Runs subjects and peers in alternating rounds, and judges the figures against a target.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PagerError } from '../src/errors.js';
import { compilePeer } from './compile.js';
import { median } from './data.js';
import { packageRoot } from './package-root.js';

/** What one run of a subject or a peer printed: one JSON line. */
export type Run = Record<string, unknown>;

export interface Target {
  /** 'within': neither side more than `value` times the other. */
  compare: '<=' | '>=' | 'within';
  value: number;
}

/** One line of a question's table. */
export interface Row {
  what: string;
  unit: string;
  farpage: number;
  /** What it is measured against; null if the figure stands alone. */
  peer: { name: string; value: number } | null;
  ratio: number | null;
  target: Target | null;
  /** null: reported, with nothing to reach. */
  met: boolean | null;
}

export interface Answer {
  rows: Row[];
  notes: string[];
  runs: Record<string, Run[]>;
}

export interface Question {
  name: string;
  title: string;
  target: string;
  /** What a whole run of it takes on a quiet machine. */
  minutes: number;
  run(context: Context): Promise<Answer>;
}

/** Thrown by a question that this machine cannot ask; the others still run. */
export class Skip extends Error {}

/** How one side is started; `cpu` pins the whole process, undefined leaves it to the scheduler. */
export interface Side {
  program: string;
  args: Record<string, string | number>;
  cpu?: number;
  /** What runs the program: its words come first. */
  under?: readonly string[];
  /** Behind `--`: what the program is to run. */
  words?: readonly string[];
}

export interface TurnOptions {
  rounds?: number;
  /** Runs ahead of each side: a server emptied, say. */
  before?: () => Promise<void> | void;
}

const RUN_BUDGET_MS = 180_000;
/** More than any subject uses. */
const WARM_MIB = 1024;

/** What the questions share: a folder, compiled peers, running the sides in turn, and clean-up that always happens. */
export class Context {
  readonly folder = mkdtempSync(join(tmpdir(), 'farpage-bench-')); // mkdtemp makes it 0700
  readonly #peers = new Map<string, string>();
  readonly #children = new Set<ChildProcess>();
  readonly #cleanups: Array<() => void> = [() => rmSync(this.folder, { recursive: true, force: true })];

  constructor(
    readonly quick: boolean,
    /** The CPU of "one CPU" rows. */
    readonly cpu: number,
    /** Another CPU, or the same where there is only one. */
    readonly otherCpu: number,
    readonly progress: (line: string) => void,
  ) {}

  get rounds(): number {
    return this.quick ? 2 : 5;
  }

  /** Must be synchronous: it also runs on the way out of the process. */
  onCleanup(action: () => void): void {
    this.#cleanups.push(action);
  }

  cleanup(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const action of this.#cleanups.splice(0).reverse()) {
      try {
        action();
      } catch (error) {
        this.progress(`clean-up: ${String(error)}`);
      }
    }
  }

  peer(name: string, args: Side['args'], cpu?: number): Side {
    let program = this.#peers.get(name);
    if (!program) {
      program = compilePeer(name, this.folder);
      this.#peers.set(name, program);
    }
    return { program, args, ...(cpu === undefined ? {} : { cpu }) };
  }

  /** Where the addon is that subjects load for work in C. */
  addon(name: string): string {
    const known = this.#peers.get(name) ?? compilePeer(name, this.folder, 'addon');
    this.#peers.set(name, known);
    return known;
  }

  subject(name: string, args: Side['args'], cpu?: number): Side {
    const module = join(packageRoot(), 'dist', 'bench', 'subjects', `${name}.js`);
    return { program: module, args, ...(cpu === undefined ? {} : { cpu }) };
  }

  /** Runs one side once. taskset pins V8's helper threads and all; `--cpu` tells the side what its placement is. */
  async once(side: Side): Promise<Run> {
    const subject = side.program.endsWith('.js');
    // The C programs warm the memory they will use themselves; for the others another process does it.
    if (subject || side.under || side.words) await this.once(this.peer('warm', { mib: WARM_MIB }));
    const options = { ...side.args, ...(side.cpu === undefined ? {} : { cpu: side.cpu }) };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const words = subject ? [process.execPath, '--expose-gc', side.program, ...flags] : [side.program, ...flags];
    if (side.words) words.push('--', ...side.words);
    if (side.under) words.unshift(...side.under);
    if (side.cpu !== undefined) words.unshift('taskset', '-c', String(side.cpu));
    const { output, failure } = await this.#spawn(words);
    if (failure) throw new PagerError('INTERNAL', `${words.join(' ')}: ${failure}`);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Run;
  }

  #spawn(words: string[]): Promise<{ output: string; failure: string }> {
    const [program = '', ...args] = words;
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      this.#children.add(child);
      let output = '';
      let complaint = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        complaint += text;
      });
      const timer = setTimeout(() => {
        complaint += `\nno answer in ${RUN_BUDGET_MS / 1000} s`;
        child.kill('SIGKILL');
      }, RUN_BUDGET_MS);
      child.on('error', (cause) => {
        clearTimeout(timer);
        this.#children.delete(child);
        const hint = program === 'taskset' ? 'install util-linux' : undefined;
        reject(new PagerError('UNSUPPORTED', `cannot start ${program}`, { cause, hint }));
      });
      child.on('close', (status, signal) => {
        clearTimeout(timer);
        this.#children.delete(child);
        const ended = status === 0 ? '' : `ended with ${signal ?? status}: ${`${complaint}\n${output}`.trim()}`;
        resolve({ output, failure: ended });
      });
    });
  }

  /**
   * Runs all sides once a round, in turn, every other round backwards: what drifts on the machine reaches all of them.
   */
  async inTurn(
    sides: Record<string, Side>,
    { rounds = this.rounds, before }: TurnOptions = {},
  ): Promise<Record<string, Run[]>> {
    const names = Object.keys(sides);
    const runs: Record<string, Run[]> = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        this.progress(`round ${round + 1} of ${rounds}: ${name}`);
        await before?.();
        const run = await this.once(sides[name] as Side);
        if (run.wrong !== 0) throw new PagerError('INTERNAL', `${name} read wrong data: ${JSON.stringify(run)}`);
        runs[name]?.push(run);
      }
    }
    return runs;
  }
}

/** A field of every run, as numbers. */
export function values(runs: readonly Run[] | undefined, field: string): number[] {
  return (runs ?? []).map((run) => {
    const value = run[field];
    if (typeof value !== 'number') throw new PagerError('INTERNAL', `no figure '${field}' in ${JSON.stringify(run)}`);
    return value;
  });
}

export function middle(runs: readonly Run[] | undefined, field: string): number {
  return median(values(runs, field));
}

/** Like `middle`, less what reading the clock costs that side. */
export function lessClock(runs: readonly Run[] | undefined, field: string): number {
  const clocks = values(runs, 'clock');
  return median(values(runs, field).map((value, i) => value - (clocks[i] as number)));
}

export function row(what: string, unit: string, farpage: number, peer: Row['peer'], target: Target | null): Row {
  const ratio = peer && peer.value !== 0 ? farpage / peer.value : null;
  const judged = ratio ?? (peer ? null : farpage);
  const met = target && judged !== null ? reaches(judged, target) : null;
  return { what, unit, farpage, peer, ratio, target, met };
}

function reaches(judged: number, { compare, value }: Target): boolean {
  if (compare === 'within') return judged <= value && judged >= 1 / value;
  return compare === '<=' ? judged <= value : judged >= value;
}
