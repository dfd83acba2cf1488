// `farpage snapshot`: asks a pager in another process for an image, and shows its progress.
import { resolve } from 'node:path';
import { findPager, orderSnapshot } from '../control/client.js';
import { PagerError } from '../errors.js';
import { redact } from '../redact.js';
import { formatCount as count, formatPages } from '../report/format.js';
import { isUrl, pathOf } from '../store/local-path.js';
import { completeUrl } from '../store/secrets.js';
import { Interrupt } from '../terminal/interrupt.js';
import { put, sayLast, stderrIsTerminal } from '../terminal/messages.js';
import { printJson } from '../terminal/output.js';
import { formatSize, parseSize } from '../units.js';
import type { ControlReport, Stop } from '../wire/control.js';
import { EXIT, type ExitCode } from './exit.js';
import { pidOf } from './pid.js';

/** The options as the command line gives them. */
export interface SnapshotFlags {
  pid: string;
  output: string;
  /** true: given without a word. */
  stop?: string | true;
  incrementalFrom?: string;
  format: 'image' | 'mapped-ram';
  buffer: string;
  json?: boolean;
}

/** Milliseconds between lines about progress, if standard error is not a terminal. */
const LINE_INTERVAL = 5000;

export async function snapshotCommand(flags: SnapshotFlags): Promise<ExitCode> {
  const pid = pidOf(flags.pid);
  const bufferLimit = parseSize(flags.buffer, '--buffer');
  const output = outputOf(flags.output);
  const incrementalFrom = flags.incrementalFrom === undefined ? null : parentOf(flags.incrementalFrom);
  const stop = stopOf(flags.stop);
  const interrupt = new Interrupt();
  const ending = new AbortController();
  void interrupt.heard.then(() => ending.abort());
  const progress = new Progress();
  try {
    const { path, served } = await interrupt.unless(findPager(pid));
    const report = await orderSnapshot(
      path,
      { identity: served.identity, output, format: flags.format, bufferLimit, incrementalFrom, stop },
      { signal: ending.signal, onProgress: (now) => progress.show(now), onInstant: () => progress.instant() },
    );
    progress.end();
    if (flags.json === true) await printJson(report);
    else sayLast(describe(report, flags.output));
    return EXIT.done;
  } finally {
    progress.end();
    interrupt.close();
  }
}

/** A line for people. */
export function describe(report: ControlReport, output: string): string {
  const { pid, program, pages, samePages, zeroPages, bytesWritten, seconds, stopped, instantMilliseconds } = report;
  const same = samePages > 0 ? `, ${count(samePages)} as before` : '';
  const lines = [
    `farpage: ${program} (${pid}) as of ${instantMilliseconds.toFixed(1)} ms after the start: ${formatPages(pages)}` +
      `${same}, ${count(zeroPages)} zeros; ${formatSize(bytesWritten)} in ${redact(output)} after ${seconds.toFixed(2)} s`,
  ];
  if (stopped !== null) {
    const many = stopped.processes === 1 ? 'one process was' : `${stopped.processes} processes were`;
    lines.push(`  ${many} stopped for ${stopped.milliseconds.toFixed(1)} ms`);
  }
  return lines.join('\n');
}

// The pager has another working folder: send it absolute paths.
function outputOf(given: string): string {
  // The pager has another environment: it gets the URL with its secrets, through a socket that only this user can open.
  const output = completeUrl(given);
  if (isUrl(output)) return output;
  if (output === '-') {
    throw new PagerError('OPTION', "--output: '-' is not a file: the pager writes the image, not this command", {
      hint: 'give a path',
    });
  }
  if (output === '') throw new PagerError('OPTION', '--output: there is no path', { hint: 'give a file or a URL' });
  return resolve(pathOf(output));
}

function parentOf(given: string): string {
  const parent = completeUrl(given);
  if (parent === '') throw new PagerError('OPTION', '--incremental-from: there is no path', { hint: 'give an image' });
  return isUrl(parent) ? parent : resolve(pathOf(parent));
}

function stopOf(flag: string | true | undefined): Stop {
  if (flag === undefined) return 'no';
  if (flag === true || flag === 'instant') return 'instant';
  if (flag === 'all') return 'all';
  throw new PagerError('OPTION', `--stop: '${flag}' is not 'instant' or 'all'`, {
    hint: "give 'instant' (or nothing) or 'all'",
  });
}

/** A line that is overwritten on a terminal; elsewhere a line from time to time. */
class Progress {
  #last = performance.now();
  #open = false;

  show({ pages, most }: { pages: number; most: number }): void {
    const terminal = stderrIsTerminal();
    const now = performance.now();
    if (!terminal && now - this.#last < LINE_INTERVAL) return;
    this.#last = now;
    this.#open = terminal;
    const text = `farpage: ${count(pages)} of at most ${count(most)} pages`;
    put(terminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  instant(): void {
    if (!stderrIsTerminal()) return;
    this.#open = true;
    put('\r\u001b[Kfarpage: the instant is taken');
  }

  end(): void {
    if (this.#open) put('\r\u001b[K');
    this.#open = false;
  }
}
