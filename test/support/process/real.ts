// Real programs under `farpage run`, each beside a twin that is not paged.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Report, Run } from '../../live/run/kit.js';
import { tell } from '../../live/run/kit.js';
import { type Server, startRedis } from '../servers/servers.js';
import { type Child, type ChildOptions, type ChildResult, startProgram } from './child.js';

/** Milliseconds between looks at a twin's memory. */
const LOOK = 20;
const MEBIBYTE = 2 ** 20;
/** The limit's share of what the twin uses. */
const SHARE = 1 / 4;

export interface Twin {
  result: ChildResult;
  /** Bytes: the most private anonymous memory seen at once. */
  use: number;
}

/** Runs a program as it is, and watches how much memory it takes. */
export async function runTwin(program: readonly string[], options: ChildOptions = {}): Promise<Twin> {
  const [command = '', ...args] = program;
  const child = startProgram(command, { ...options, args });
  const watch = watchMemory(child);
  const result = await child.result;
  assert.equal(result.code, 0, tell(result));
  return { result, use: watch.use() };
}

/** Watches a running process until it ends. */
export function watchMemory(child: Child): { use(): number } {
  let most = 0;
  const look = () => {
    most = Math.max(most, anonymousBytes(child.pid));
  };
  const ended = child.result.then(
    () => true,
    () => true,
  );
  const turns = async () => {
    while ((await Promise.race([ended, sleep(LOOK, false)])) === false) look();
  };
  void turns();
  return {
    use() {
      look();
      return most;
    },
  };
}

function anonymousBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^RssAnon:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it has ended
  }
}

/** The options of a run whose limit is a quarter of what the twin uses. */
export function quarter(use: number, store: string): string[] {
  const limit = Math.floor((use * SHARE) / MEBIBYTE);
  return ['--resident', `${limit}MiB`, '--store', store];
}

/**
 * Waits for a run's end: it must have succeeded, under its limit.
 * @param processes that share pages after a fork: the kernel counts such a page once for each (docs/run.md)
 */
export async function finish(run: Run, use: number, processes = 1): Promise<{ result: ChildResult; report: Report }> {
  const result = await run.child.result;
  assert.equal(result.code, 0, tell(result));
  const report = run.report();
  // By the kernel's account: the pager counts a page that forks share once for each of them.
  const { seen: peak, limit, looks } = report.resident;
  assert.ok(looks > 0, 'nobody looked');
  assert.ok(peak <= limit * processes, `${peak} of ${limit} bytes were resident\n${tell(result)}`);
  assert.ok(report.stats.evictions > 0, `nothing was evicted\n${tell(result)}`);
  assert.deepEqual(report.unpaged, []);
  say(report, use);
  return { result, report };
}

/** Runs a program to its end, as `finish` has it. */
export async function runPaged(
  bench: Bench,
  {
    use,
    store,
    options = [],
    processes = 1,
  }: { use: number; store: string; options?: readonly string[]; processes?: number },
  program: readonly string[],
  child: ChildOptions = {},
): Promise<{ result: ChildResult; report: Report }> {
  return finish(bench.start([...quarter(use, store), ...options], program, child), use, processes);
}

function say({ program, stats, resident, seconds }: Report, use: number): void {
  const mebibytes = (bytes: number) => `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
  const first = stats.fills.zero * 4096;
  console.log(
    `${program.path}: ${seconds.toFixed(1)} s; ${mebibytes(resident.peak)} of ${mebibytes(resident.limit)} resident ` +
      `(${mebibytes(stats.residentBytesPeak)} by its own count); the twin uses ${mebibytes(use)}; ${mebibytes(first)} first touched paged; ${stats.evictions} evictions`,
  );
}

/** Both stores, by name. */
export class Stores {
  static readonly NAMES = ['memory', 'redis'] as const;
  #redis: Server | undefined;

  async open(): Promise<void> {
    this.#redis = await startRedis({ args: ['--appendonly', 'no'] });
  }

  /** What `--store` takes. */
  url(name: (typeof Stores.NAMES)[number]): string {
    return name === 'memory' ? 'memory:' : `${this.#redis?.url}`;
  }

  async close(): Promise<void> {
    await this.#redis?.stop();
  }
}
