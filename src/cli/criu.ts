// `farpage criu`: serves criu restore --lazy-pages, or starts it itself, and ends with its exit code.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { faultCount } from '../core/stats.js';
import type { CriuOptions, CriuReport, Serving } from '../criu/index.js';
import { PagerError } from '../errors.js';
import { formatMicroseconds } from '../experiment/summary.js';
import { formatCount as count } from '../report/format.js';
import { Interrupt } from '../terminal/interrupt.js';
import { say, sayLast } from '../terminal/messages.js';
import { printJson } from '../terminal/output.js';
import { EXIT } from './exit.js';
import { type TlsFlags, tlsOf } from './tls.js';

/** A shell's exit code of a program that a signal ended. */
const SIGNALLED = 128;

/** Its options, as commander has them. */
export type CriuFlags = Omit<CriuOptions, 'tls'> & TlsFlags & { json?: boolean };

/** @param command criu restore and its arguments; empty: somebody else starts it */
export async function criuCommand(command: readonly string[], flags: CriuFlags): Promise<number> {
  const { checkCriu, serveRestores } = await import('../criu/index.js');
  const { json = false } = flags;
  const tls = tlsOf(flags);
  const checked = checkCriu({ ...flags, ...(tls !== null && { tls }) });
  const interrupt = new Interrupt();
  const starting = serveRestores(checked, say);
  const serving = await interrupt.unless(starting).catch(async (error: unknown) => {
    await starting.then(endNow, () => undefined);
    throw error;
  });
  void interrupt.heard.then(() => serving.stop());
  const code = command.length === 0 ? null : await runOf(command, serving);
  const report = await serving.report;
  interrupt.close();
  if (json) await printJson(report);
  else if (report.tasks.length > 0) sayLast(describe(report));
  const { restores, pageServer, lost, recorded } = report;
  const failed = restores.some(({ finished }) => !finished);
  // Pages were lost, or may have been.
  if (restores.length > 0 && !failed && (pageServer?.reason ?? lost) !== null) return EXIT.failed;
  // What --record was to write is not there; why was said.
  if (checked.record !== null && recorded === null) return EXIT.failed;
  return code ?? (failed ? EXIT.failed : EXIT.done);
}

// A page server must see that nothing was restored: the end of this process alone is the end of a restore to it.
async function endNow(serving: Serving): Promise<void> {
  serving.stop();
  await serving.report;
}

async function runOf([program = '', ...args]: readonly string[], serving: Serving): Promise<number> {
  try {
    const child = spawn(program, args, { stdio: 'inherit' });
    const { code, signal } = await endOf(child, program);
    serving.enough();
    return code ?? SIGNALLED + constants.signals[signal ?? 'SIGKILL'];
  } catch (error) {
    await endNow(serving);
    throw error;
  }
}

function endOf(child: ChildProcess, program: string): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
    child.on('error', (cause: NodeJS.ErrnoException) => {
      const { code: errno, syscall } = cause;
      const hint = 'give a program of PATH after --, such as: -- criu restore -D FOLDER --lazy-pages';
      reject(new PagerError('OPTION', `'${program}' cannot be started`, { errno, syscall, hint, cause }));
    });
  });
}

/** The lines for people: one about all tasks. */
export function describe({ tasks, stats }: CriuReport): string {
  const forks = tasks.filter(({ pid }) => pid === null).length;
  const whole = tasks.filter(({ ending }) => ending === 'drained').length;
  const pages = tasks.reduce((sum, task) => sum + task.pages, 0);
  const counted = (number: number, name: string): string => `${count(number)} ${name}${number === 1 ? '' : 's'}`;
  const named = counted(tasks.length - forks, 'task') + (forks === 0 ? '' : ` and ${counted(forks, 'fork')}`);
  const { latency } = stats;
  return [
    `farpage: ${named}, ${count(pages)} lazy ${pages === 1 ? 'page' : 'pages'}; complete in memory: ${whole} of ${tasks.length}`,
    `${count(faultCount(stats))} faults, p50 ${formatMicroseconds(latency.p50)}, p99 ${formatMicroseconds(latency.p99)}`,
  ].join('; ');
}
