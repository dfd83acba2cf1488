// Processes for tests of shared regions: a home by `farpage home`, and nodes that do what they are asked.

import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JoinOptions, SharedRange } from '../../../src/index.js';
import { allowed, within } from '../budget.js';
import { ROOT } from '../paths.js';
import { until } from '../servers/servers.js';

const CHILD = path.join(ROOT, 'dist/test/support/dsm/child.js');
const HOME = path.join(ROOT, 'dist/test/support/dsm/home.js');
const MAIN = path.join(ROOT, 'bin/farpage.js');
const BUDGET = 60_000;

/** A process whose lines are awaited one by one. */
export class Talker {
  readonly process: ChildProcessWithoutNullStreams;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  /** @param host a command that starts a program there; none: here */
  constructor(args: readonly string[], host: readonly string[] = []) {
    const [program = '', ...rest] = [...host, process.execPath, ...args];
    this.process = spawn(program, rest, { stdio: 'pipe' });
    const lines: Interface = createInterface({ input: this.process.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
    this.process.stderr.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString();
    });
    this.exited = new Promise((resolve) => {
      this.process.on('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  async line(what: string): Promise<string> {
    const { done, value } = await within(BUDGET, this.#lines.next(), `${what} ${this.#errors}`);
    if (done === true) throw new Error(`${what}: the process has ended\n${this.#errors}`);
    return value;
  }

  /** What its standard error has said that matches, once it does. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    await until(() => pattern.test(this.#errors), `it says ${pattern}`);
    const found = pattern.exec(this.#errors);
    if (found === null) throw new Error(this.#errors);
    return found;
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Kills it if it still runs. */
  async end(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
  }
}

export class HomeProcess extends Talker {
  url = '';

  /** `farpage home` as a user starts it. */
  static async start(
    args: readonly string[] = [],
    listen = 'tcp://127.0.0.1:0',
    host: readonly string[] = [],
  ): Promise<HomeProcess> {
    const home = new HomeProcess([MAIN, 'home', '--listen', listen, ...args], host);
    const [, url = ''] = /home at (\S+)/.exec(await home.line('the home')) ?? [];
    home.url = url;
    return home;
  }

  /** One that may have to wait until it is the home. */
  static spawn(args: readonly string[]): HomeProcess {
    return new HomeProcess([MAIN, 'home', ...args]);
  }

  /** A home that breaks a rule: a number BREAK_ of assembly/dsm/layout.ts. */
  static async startBroken(breaks: number): Promise<HomeProcess> {
    const home = new HomeProcess([HOME, String(breaks)]);
    home.url = await home.line('the home');
    return home;
  }
}

export class NodeProcess extends Talker {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves when it has joined. */
  static async join(
    homes: string | readonly string[],
    options: JoinOptions,
    host: readonly string[] = [],
  ): Promise<NodeProcess> {
    const node = new NodeProcess([CHILD, String(homes), JSON.stringify(options)], host);
    await node.ask({ do: 'stats' });
    return node;
  }

  /** A process that is attached to the node which shares its region at `path`. */
  static async attach(path: string): Promise<NodeProcess> {
    const process = new NodeProcess([CHILD, '', JSON.stringify({ attach: path })]);
    await process.ask({ do: 'events' });
    return process;
  }

  /** The answer to a command; its error is thrown. One command after the other. */
  ask<T>(command: object): Promise<T> {
    const before = this.#last.catch(() => {});
    const work = before.then(async () => {
      this.process.stdin.write(`${JSON.stringify(command)}\n`);
      const { ok, error } = JSON.parse(await this.line(JSON.stringify(command))) as { ok: T; error?: string };
      if (error !== undefined) throw new Error(error);
      return ok;
    });
    this.#last = work;
    return work;
  }
}

/** Asks until the answer is as it should be. */
export async function untilAnswer<T>(ask: () => Promise<T>, holds: (answer: T) => boolean, what: string): Promise<T> {
  for (let tries = 0; ; tries++) {
    const answer = await ask();
    if (holds(answer)) return answer;
    assert.ok(tries < allowed(600), `${what}: ${JSON.stringify(answer)}`);
    await sleep(50);
  }
}

interface Noted {
  event: string;
  ranges: SharedRange[];
}

export const eventsOf = (node: NodeProcess) => () => node.ask<Noted[]>({ do: 'events' });

export function rangesIn(events: readonly Noted[], name: string): SharedRange[] {
  return events.filter(({ event }) => event === name).flatMap(({ ranges }) => ranges);
}

export function pair(nodes: readonly NodeProcess[]): [NodeProcess, NodeProcess] {
  const [one, two] = nodes;
  assert.ok(one !== undefined && two !== undefined);
  return [one, two];
}
