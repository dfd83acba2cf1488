// Runs a program with its memory paged, and returns how it ended and what its memory did.
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlServer } from '../control/server.js';
import type { PagerStats } from '../core/stats.js';
import { failureLine, PagerError } from '../errors.js';
import { lastArguments, variable } from '../linux/bytes.js';
import { requireOwnProc } from '../linux/identity.js';
import { tracingHint } from '../linux/privilege.js';
import { loaderSkipped, ownPeak } from '../linux/proc.js';
import { hideSecrets, SECRET_SHOWN } from '../linux/title.js';
import { type LiveView, openLiveView } from '../live/server.js';
import { expose } from '../metrics/exposition.js';
import { MetricsServer } from '../metrics/server.js';
import { native, nativePart, type RideFigures } from '../native/native.js';
import type { CoreHost } from '../options.js';
import type { ServingOptions } from '../pager/other-options.js';
import { createProcessPager, type ProcessPager } from '../pager/process-pager.js';
import { openStore } from '../store/open.js';
import { secretVariables } from '../store/secrets.js';
import { formatSize } from '../units.js';
import { DescriptorSocket, Userfaultfd } from '../userfaultfd/index.js';
import type { ListenAddress } from '../web/listen.js';
import { Account } from './account.js';
import { RunFolder } from './folder.js';
import { type Exit, Launcher } from './launcher.js';
import { type PagedProcess, Processes } from './processes.js';
import { inspectProgram } from './program.js';
import { Subjects } from './subjects.js';

export interface RunOptions extends ServingOptions {
  /** Found in PATH, and its arguments: the last of this process's own, as Node.js decodes them. */
  program: string;
  args: readonly string[];
  /** Bytes, over all its processes together; frames and staging included. */
  resident: number;
  store: string;
  /** Bytes: smaller mappings are not paged. */
  minMapping: number;
  /** CPU of the loop's thread; null: it follows the program. */
  cpu: number | null;
  /** Programs that cannot be paged run unpaged. */
  allowUnpaged: boolean;
  /** Where the live view is served; null: nowhere. */
  live: ListenAddress | null;
  /** Where the metrics are served; null: nowhere. */
  metrics: ListenAddress | null;
  /** Standard output is the program's alone. */
  dropStdout: boolean;
  /** Receives lines for the user while the program runs. */
  say(line: string): void;
}

export interface RunResult {
  program: { path: string; args: readonly string[]; pid: number };
  exit: Exit;
  /** The host that ran the core. */
  core: CoreHost;
  /** From its start to the end of the last paged process. */
  seconds: number;
  /**
   * Bytes. `counted`: the peak of pages and staging of all processes, by the pager's count; `seen`: the highest of so many
   * samples of the kernel's count, `frames` included; `peak`: the greater of the two; `over`: by how much that exceeded the
   * limit.
   */
  resident: {
    limit: number;
    peak: number;
    over: number;
    counted: number;
    seen: number;
    looks: number;
    frames: number;
  };
  /** The CPU that the loop's thread was kept on, null: none; how it rode beside the threads that fault. */
  placement: { cpu: number | null } & RideFigures;
  stats: PagerStats;
  /** Bytes of the pager's own process by the kernel's count, its store in memory included. */
  pager: { residentPeak: number };
  processes: PagedProcess[];
  /** Programs that ran without the library, and so unpaged. */
  unpaged: Array<{ pid: number; name: string }>;
}

const PAGE = 4096;
const FILTERED =
  'a seccomp filter has ended the program for a system call (SIGSYS): if it lives without farpage, its filter must allow futex and madvise';
/** Milliseconds between checks whether the loader skipped the library. */
const LOADER_INTERVAL = 25;
/** Milliseconds after the program's end until a line says that farpage waits for other processes. */
const WAIT_SAID = 2000;

/**
 * Runs a program with its large private memory paged.
 * @throws (rejects) PagerError 'OPTION'; 'UNSUPPORTED' or 'PERMISSION' if this machine or this program cannot
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  const { say, allowUnpaged, core = 'auto', faults = 'auto' } = options;
  const launcher = Launcher.find();
  const [name = Buffer.alloc(0)] = lastArguments(1 + options.args.length);
  if (hideSecrets()) say(SECRET_SHOWN);
  const program = inspectProgram(name, variable('PATH'));
  // Before what is said of the program: where none can be paged, it is not the program's fault.
  nativePart('farpage-preload.so');
  if (program.unpaged !== null) {
    if (!allowUnpaged) throw refused(program.unpaged);
    say(`${program.unpaged}; it runs unpaged`);
  }
  await requireKernel();
  const pager = await createProcessPager({
    residentLimit: options.resident,
    store: openStore(options.store),
    core,
    faults,
    ...(options.cpu !== null && { cpu: options.cpu }),
  });
  try {
    return await runUnder(pager, launcher, program, options);
  } finally {
    await pager.close();
  }
}

async function runUnder(
  pager: ProcessPager,
  launcher: Launcher,
  program: { path: Buffer; foreign: boolean },
  options: RunOptions,
): Promise<RunResult> {
  const folder = new RunFolder();
  // Removed also if an unhandled error ends this process.
  const remove = (): void => folder.remove();
  process.once('exit', remove);
  const server = await DescriptorSocket.listen(folder.socket);
  const account = new Account(pager.frameCount * PAGE);
  const library = folder.pathOf(nativePart('farpage-preload.so'));
  const { minMapping, say } = options;
  const { line } = launcher;
  native().startKeeper(`FARPAGE_RUN=${folder.socket}`, line);
  const processes = new Processes({ server, path: folder.socket, library, pager, account, minMapping, line, say });
  const end = new AbortController();
  let control: Promise<ControlServer | null> | undefined;
  let metrics: MetricsServer | undefined;
  let live: LiveView | undefined;
  try {
    if (options.live !== null) {
      const core = pager.liveCore((space) => processes.nameOf(space));
      const source = { title: `farpage run ${basename(options.program)}`, cores: () => [core] };
      live = await openLiveView(source, options.live, '--live');
      say(`live view at ${live.url}`);
    }
    if (options.metrics !== null) {
      metrics = await MetricsServer.listen(options.metrics, '--metrics', () => expose([pager.subject()]));
      say(`metrics at ${metrics.url}`);
    }
    const began = performance.now();
    const entries = program.foreign ? [] : paging(library, folder.socket, options.allowUnpaged);
    // farpage's own variables reach neither the program nor what reads its environment.
    entries.push(...secretVariables().map((name) => Buffer.from(name)));
    launcher.onEnd = () => end.abort();
    if (options.dropStdout) native().dropStdout();
    const pid = await launcher.start(program.path, 1 + options.args.length, entries);
    control = openControl(new Subjects({ pid, pager, processes, launcher }), say);
    const refusal = program.foreign ? null : await untilGreeted(pid, launcher, processes, library, options);
    const exit = await launcher.exited;
    if (refusal !== null) throw refusal;
    if (exit.signal === 'SIGSYS') say(FILTERED);
    await untilAlone(processes, end.signal, say);
    const seconds = (performance.now() - began) / 1000;
    await (await control)?.close();
    await Promise.all([account.close(), processes.close()]);
    const frames = pager.frameCount * PAGE;
    const counted = pager.stats().residentBytesPeak;
    const peak = Math.max(counted, account.peak);
    const peaks = { peak, over: Math.max(0, peak - options.resident), counted, seen: account.peak };
    if (peaks.over > 0)
      say(`the resident limit was passed by ${formatSize(peaks.over)}: see "The limit" in docs/run.md`);
    return {
      program: { path: program.path.toString(), args: options.args, pid },
      exit,
      core: pager.core,
      seconds,
      resident: { limit: options.resident, ...peaks, looks: account.looks, frames },
      placement: { cpu: options.cpu, ...(await pager.ride()) },
      stats: pager.stats(),
      pager: { residentPeak: ownPeak() },
      processes: processes.records,
      unpaged: processes.unpaged,
    };
  } finally {
    await (await control)?.close();
    await Promise.all([account.close(), processes.close()]);
    await Promise.all([metrics?.close(), live?.close()]);
    server.close();
    launcher.close();
    folder.remove();
    process.removeListener('exit', remove);
  }
}

// Without a control socket the program still runs; only snapshots do not find it.
async function openControl(subjects: Subjects, say: (line: string) => void): Promise<ControlServer | null> {
  try {
    return await ControlServer.open(subjects);
  } catch (error) {
    say(`farpage snapshot will not find this run: ${failureLine(error)}`);
    return null;
  }
}

/** Entries that farpage adds to the program's environment. */
function paging(library: string, socket: string, allowUnpaged: boolean): Buffer[] {
  const others = variable('LD_PRELOAD');
  const more = others === undefined || others.byteLength === 0 ? [] : [Buffer.from(':'), others];
  return [
    Buffer.concat([Buffer.from(`LD_PRELOAD=${library}`), ...more]),
    Buffer.from(`FARPAGE_RUN=${socket}`),
    ...(allowUnpaged ? [Buffer.from('FARPAGE_UNPAGED=1')] : []),
  ];
}

/** Waits for the library's hello; a program that starts without it is killed, or runs on if that is allowed. */
async function untilGreeted(
  pid: number,
  launcher: Launcher,
  processes: Processes,
  library: string,
  { program, allowUnpaged, say }: RunOptions,
): Promise<PagerError | null> {
  let over = false;
  const end = launcher.exited.finally(() => {
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
      launcher.kill('SIGKILL');
      return refused(why);
    }
    await Promise.race([sleep(LOADER_INTERVAL), end.catch(() => undefined)]);
  }
  return null;
}

async function untilAlone(processes: Processes, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const timer = setTimeout(() => {
    const { living } = processes;
    const which = living === 1 ? 'one process that it started is' : `${living} processes that it started are`;
    if (living > 0) say(`the program has ended; ${which} still paged; waiting for the end (Ctrl-C kills what is left)`);
  }, WAIT_SAID);
  await processes.finished(signal);
  clearTimeout(timer);
}

function refused(why: string): PagerError {
  return new PagerError('UNSUPPORTED', why, {
    hint: 'give --allow-unpaged to run it unpaged; programs that it starts are paged if they can be',
  });
}

/** @throws PagerError saying what the machine lacks for memory of other processes */
async function requireKernel(): Promise<void> {
  requireOwnProc();
  // The kernel lists features without privilege, and checks the privilege only at their use.
  try {
    const features = ['EVENT_FORK', 'EVENT_REMAP', 'EVENT_REMOVE', 'EVENT_UNMAP', 'THREAD_ID', 'MOVE'] as const;
    new Userfaultfd({ features: [...features] }).close();
  } catch (error) {
    if (!(error instanceof PagerError) || (error.errno !== 'EPERM' && error.errno !== 'EACCES')) throw error;
    const { errno, syscall } = error;
    throw new PagerError('PERMISSION', 'farpage run needs root or CAP_SYS_PTRACE', {
      errno,
      syscall,
      hint: tracingHint(),
      cause: error,
    });
  }
}
