import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ControlServer } from '../control/server.js';
import type { PagerStats } from '../core/stats.js';
import { describeError, PagerError } from '../errors.js';
import { loaderSkipped } from '../linux/proc.js';
import { probe } from '../pager/probe.js';
import { createProcessPager, type ProcessPager } from '../pager/process-pager.js';
import { openStore } from '../store/open.js';
import { DescriptorSocket, Userfaultfd } from '../userfaultfd/index.js';
import { Account } from './account.js';
import { RunFolder } from './folder.js';
import { Placement } from './placement.js';
import { type PagedProcess, Processes } from './processes.js';
import { inspectProgram } from './program.js';
import { Signals } from './signals.js';
import { Subjects } from './subjects.js';

export interface RunOptions {
  /** Found in PATH, and its arguments. */
  program: string;
  args: readonly string[];
  /** Bytes, over all its processes together; frames and staging included. */
  resident: number;
  store: string;
  /** Bytes: smaller mappings are not paged. */
  minMapping: number;
  /** CPU of the loop's thread; null: it follows the program. */
  cpu: number | null;
  /** Programs that cannot be paged run all the same. */
  allowUnpaged: boolean;
  /** What the user must be told while the program runs. */
  say(line: string): void;
}

export interface RunResult {
  program: { path: string; args: readonly string[]; pid: number };
  exit: { code: number | null; signal: NodeJS.Signals | null };
  /** From its start to the end of the last paged process. */
  seconds: number;
  /** Bytes. `peak` by the kernel's account, of so many looks; frames are part of it. */
  resident: { limit: number; peak: number; looks: number; frames: number };
  /** CPU of the loop's thread at the end, null: the scheduler's choice; how often it was moved. */
  placement: { cpu: number | null; moves: number };
  stats: PagerStats;
  processes: PagedProcess[];
  /** What ran without the library, and so unpaged. */
  unpaged: Array<{ pid: number; name: string }>;
}

const PAGE = 4096;
const LIBRARY = fileURLToPath(new URL('../../../build/Release/farpage-preload.so', import.meta.url));
/** Milliseconds between looks at whether the loader has passed the library over. */
const LOADER_INTERVAL = 25;
/** Milliseconds after the program's end, from which it is said that others are waited for. */
const WAIT_SAID = 2000;

/**
 * Runs a program with its large private memory paged.
 * @throws (rejects) PagerError 'OPTION'; 'UNSUPPORTED' or 'PERMISSION' where this machine or this program cannot
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  const { say, allowUnpaged } = options;
  const program = inspectProgram(options.program);
  if (program.unpaged !== null) {
    if (!allowUnpaged) throw refused(program.unpaged);
    say(`${program.unpaged}; it runs unpaged`);
  }
  await requireKernel();
  const pager = await createProcessPager({
    residentLimit: options.resident,
    store: openStore(options.store),
    ...(options.cpu !== null && { cpu: options.cpu }),
  });
  try {
    return await runUnder(pager, program, options);
  } finally {
    await pager.close();
  }
}

async function runUnder(
  pager: ProcessPager,
  program: { path: string; foreign: boolean },
  options: RunOptions,
): Promise<RunResult> {
  const folder = new RunFolder();
  // Removed also where an error that nobody awaits ends this process.
  const remove = (): void => folder.remove();
  process.once('exit', remove);
  const server = await DescriptorSocket.listen(folder.socket);
  const account = new Account(pager.frameCount * PAGE);
  const library = folder.pathOf(LIBRARY);
  const { minMapping, say } = options;
  const processes = new Processes({ server, path: folder.socket, library, pager, account, minMapping, say });
  const placement = options.cpu === null ? new Placement(pager, () => pager.stats().faults.missing) : null;
  const end = new AbortController();
  let signals: Signals | undefined;
  let control: Promise<ControlServer | null> | undefined;
  try {
    const began = performance.now();
    const environment = program.foreign ? {} : paging(library, folder.socket, options.allowUnpaged);
    const child = spawn(program.path, [...options.args], {
      argv0: options.program,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    signals = new Signals(child, () => end.abort());
    control = openControl(new Subjects({ child, pager, processes, signals }), say);
    const refusal = program.foreign ? null : await untilGreeted(child, exited, processes, library, options);
    const [code, signal] = await exited;
    if (refusal !== null) throw refusal;
    await untilAlone(processes, end.signal, say);
    const seconds = (performance.now() - began) / 1000;
    await (await control)?.close();
    await Promise.all([account.close(), processes.close()]);
    placement?.close();
    const frames = pager.frameCount * PAGE;
    return {
      program: { path: program.path, args: options.args, pid: child.pid ?? -1 },
      exit: { code, signal },
      seconds,
      resident: { limit: options.resident, peak: account.peak, looks: account.looks, frames },
      placement: { cpu: options.cpu ?? placement?.cpu ?? null, moves: placement?.moves ?? 0 },
      stats: pager.stats(),
      processes: processes.records,
      unpaged: processes.unpaged,
    };
  } finally {
    await (await control)?.close();
    signals?.close();
    placement?.close();
    await Promise.all([account.close(), processes.close()]);
    server.close();
    folder.remove();
    process.removeListener('exit', remove);
  }
}

// A program that nobody can take snapshots of runs all the same.
async function openControl(subjects: Subjects, say: (line: string) => void): Promise<ControlServer | null> {
  try {
    return await ControlServer.open(subjects);
  } catch (error) {
    say(`farpage snapshot will not find this run: ${describeError(error)}`);
    return null;
  }
}

function paging(library: string, socket: string, allowUnpaged: boolean): Record<string, string> {
  const { LD_PRELOAD } = process.env;
  return {
    LD_PRELOAD: LD_PRELOAD === undefined || LD_PRELOAD === '' ? library : `${library}:${LD_PRELOAD}`,
    FARPAGE_RUN: socket,
    ...(allowUnpaged && { FARPAGE_UNPAGED: '1' }),
  };
}

/** Waits until the library has said hello; a program that starts without it is ended, or let run where that is allowed. */
async function untilGreeted(
  child: ChildProcess,
  exited: Promise<unknown>,
  processes: Processes,
  library: string,
  { program, allowUnpaged, say }: RunOptions,
): Promise<PagerError | null> {
  const { pid } = child;
  // Not started at all: `exited` rejects with the reason.
  if (pid === undefined) return null;
  let over = false;
  const end = exited.finally(() => {
    over = true;
  });
  while (!over && !processes.greeted(pid)) {
    if (loaderSkipped(pid, basename(library)) !== false) {
      const why = `the dynamic loader has not loaded farpage's library into '${program}': it is privileged`;
      if (allowUnpaged) {
        processes.unpaged.push({ pid, name: basename(program) });
        say(`${why}; it runs unpaged`);
        return null;
      }
      child.kill('SIGKILL');
      return refused(why);
    }
    await Promise.race([sleep(LOADER_INTERVAL), end.catch(() => undefined)]);
  }
  return null;
}

async function untilAlone(processes: Processes, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const timer = setTimeout(() => {
    const { living } = processes;
    const who = living === 1 ? 'one process that it started is' : `${living} processes that it started are`;
    if (living > 0) say(`the program has ended; ${who} paged still and waited for (Ctrl-C ends them)`);
  }, WAIT_SAID);
  await processes.finished(signal);
  clearTimeout(timer);
}

function refused(why: string): PagerError {
  return new PagerError('UNSUPPORTED', why, {
    hint: 'give --allow-unpaged to run it all the same; programs that it starts are paged where they can be',
  });
}

/** @throws PagerError saying what the machine lacks for memory of other processes */
async function requireKernel(): Promise<void> {
  const { userfaultfd, advice } = await probe();
  if (!userfaultfd.available || !userfaultfd.kernelFaults) {
    throw new PagerError('UNSUPPORTED', `programs cannot be paged on this machine: ${advice[0] ?? 'no userfaultfd'}`, {
      hint: advice.slice(1).join('; ') || undefined,
    });
  }
  if (!existsSync(LIBRARY)) {
    throw new PagerError('UNSUPPORTED', "the library that rides in programs, farpage-preload.so, isn't built", {
      hint: 'run: npm rebuild farpage (it needs a C compiler, make and python3)',
    });
  }
  // The kernel lists what it knows, and asks for the privilege only when it is to be used.
  new Userfaultfd({
    features: ['EVENT_FORK', 'EVENT_REMAP', 'EVENT_REMOVE', 'EVENT_UNMAP', 'THREAD_ID', 'MOVE'],
  }).close();
}
