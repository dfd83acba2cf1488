// Runs test files, each in a process of its own: at its time, within its budget, and with nothing left behind.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ended, skipReasons, type Tally, tally } from './tally.js';

export interface TestFile {
  /** As shown. */
  name: string;
  /** What Node.js runs. */
  script: string;
  /** Seconds, on this machine. */
  budget: number;
  /** Nothing else runs beside it: what it measures is the machine's. */
  alone: boolean;
  /** Things of the machine that one file at a time may use. */
  uses: readonly string[];
  /** Added to the environment: the variant that is run. */
  env: Readonly<Record<string, string>>;
}

const LEAK_GRACE_MS = 2000;
const running = new Set<number>();

/**
 * Runs the files in their order, `width` at a time, then those that run alone. A file waits for the things it uses; others
 * pass it by meanwhile.
 */
export async function runFiles(
  files: readonly TestFile[],
  width: number,
  say: (text: string) => void,
  ended: (file: TestFile, seconds: number) => void = () => {},
): Promise<Tally[]> {
  const tallies: Tally[] = [];
  const inUse = new Set<string>();
  const runOne = async (file: TestFile) => {
    const started = performance.now();
    const outcome = await runFile(file);
    const seconds = (performance.now() - started) / 1000;
    const result = tally(outcome);
    tallies.push(result);
    say(report(file, outcome, result, seconds));
    ended(file, seconds);
  };
  const waiting = files.filter((file) => !file.alone);
  const underWay = new Set<Promise<void>>();
  while (waiting.length > 0 || underWay.size > 0) {
    const next = waiting.findIndex(({ uses }) => !uses.some((thing) => inUse.has(thing)));
    const [file] = underWay.size < width && next >= 0 ? waiting.splice(next, 1) : [];
    if (file === undefined) {
      await Promise.race(underWay);
      continue;
    }
    for (const thing of file.uses) inUse.add(thing);
    const run = runOne(file).finally(() => {
      for (const thing of file.uses) inUse.delete(thing);
      underWay.delete(run);
    });
    underWay.add(run);
  }
  for (const file of files) if (file.alone) await runOne(file);
  return tallies;
}

/** Kills what is running, for an interrupted run: the files' groups do not get the terminal's Ctrl-C. */
export function killRunning(): void {
  for (const group of running) killGroup(group);
}

async function runFile({ script, budget, env }: TestFile): Promise<Ended> {
  // A group of its own, so that one kill reaches what the file started.
  const child = spawn(process.execPath, [script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  const group = child.pid;
  if (group === undefined) return { output: '', code: null, signal: null, leaked: [] };
  running.add(group);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    output += `\nrunning when the budget ended:\n${members(group)
      .map((line) => `  ${line}\n`)
      .join('')}`;
    killGroup(group);
  }, budget * 1000);
  const ending = new Promise<Ended>((resolve) => {
    child.on('exit', (code, signal) => resolve({ output, code, signal }));
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { code, signal } = await ending;
  clearTimeout(timer);
  const leaked = late ? [] : await leftovers(group);
  killGroup(group);
  // What escaped the group may hold the pipes open.
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
  running.delete(group);
  return { output, code, signal, leaked, ...(late ? { late: budget } : {}) };
}

/** The group's processes once those that are just ending are gone. */
async function leftovers(group: number): Promise<string[]> {
  const until = performance.now() + LEAK_GRACE_MS;
  let left = members(group);
  while (left.length > 0 && performance.now() < until) {
    await sleep(20);
    left = members(group);
  }
  return left;
}

function members(group: number): string[] {
  const found: string[] = [];
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // After the name, which is in brackets and may hold anything: state, parent, group.
      const [state, , its] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(its) !== group || state === 'Z') continue;
      found.push(`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()}`);
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody left in it.
  }
}

function report(file: TestFile, { output }: Ended, result: Tally, seconds: number): string {
  const counts = [`${result.passed} passed`];
  if (result.failed > 0) counts.push(`${result.failed} failed`);
  if (result.skipped > 0) counts.push(`${result.skipped} skipped`);
  const line = `${result.failed > 0 ? 'FAIL' : 'ok  '} ${file.name}: ${counts.join(', ')} (${seconds.toFixed(1)} s)`;
  if (result.failed > 0) {
    return [line, ...result.faults.map((fault) => `     ${fault}`), output.replace(/^/gm, '     | ')].join('\n');
  }
  return [line, ...skipReasons(output).map((reason) => `     ${reason}`)].join('\n');
}
