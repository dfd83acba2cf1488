// `farpage run`: checks its options, runs a program with its memory paged, and ends as the program did.
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RegionStats } from '../core/stats.js';
import { PagerError } from '../errors.js';
import { formatMicroseconds } from '../experiment/summary.js';
import type { CORES, FAULTS } from '../options.js';
import { redact } from '../redact.js';
import { formatCount as count } from '../report/format.js';
import type { PagedProcess } from '../run/processes.js';
import { type RunOptions, type RunResult, runProgram } from '../run/run.js';
import { say, sayLast } from '../terminal/messages.js';
import { columns, print } from '../terminal/output.js';
import { formatSize, parseSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';

/** The options as the command line gives them. */
export interface RunFlags {
  resident: string;
  store: string;
  minMapping: string;
  cpu?: string;
  core: (typeof CORES)[number];
  faults: (typeof FAULTS)[number];
  allowUnpaged?: boolean;
  json?: boolean;
  output?: string;
  summary: boolean;
}

const PAGE = 4096;
const MAX_CPU = 1023;
/** Most processes in the table: those with the most faults. */
const ROWS = 8;

export async function run([program = '', ...args]: readonly string[], given: RunFlags): Promise<ExitCode> {
  const { output, ...others } = given;
  const flags: RunFlags = output === '-' ? { ...others, json: true } : given;
  const options = plan(program, args, flags);
  const result = await runProgram(options);
  if (flags.summary) sayLast(summarizeRun(result));
  const text = `${JSON.stringify(document(result, options), null, 2)}\n`;
  if (flags.output !== undefined) writeFileSync(flags.output, text);
  if (flags.json === true && flags.output === undefined) await print(text);
  // The launcher ends as the program did.
  return EXIT.done;
}

function plan(program: string, args: readonly string[], flags: RunFlags): RunOptions {
  const minMapping = parseSize(flags.minMapping, '--min-mapping');
  if (minMapping < PAGE) {
    throw new PagerError('OPTION', `--min-mapping: '${flags.minMapping}' is less than a page`, {
      hint: 'give 4KiB or more',
    });
  }
  const cpu = flags.cpu === undefined ? null : Number(flags.cpu);
  if (cpu !== null && !(Number.isInteger(cpu) && cpu >= 0 && cpu <= MAX_CPU && flags.cpu !== '')) {
    throw new PagerError('OPTION', `--cpu: '${flags.cpu}' is not a CPU's number`, { hint: `give 0 to ${MAX_CPU}` });
  }
  if (flags.output !== undefined) checkFile(flags.output);
  return {
    program,
    args,
    resident: parseSize(flags.resident, '--resident'),
    store: flags.store,
    minMapping,
    cpu,
    core: flags.core,
    faults: flags.faults,
    allowUnpaged: flags.allowUnpaged === true,
    dropStdout: flags.json !== true || flags.output !== undefined,
    say,
  };
}

function checkFile(path: string): void {
  const folder = dirname(resolve(path));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new PagerError('OPTION', `--output: cannot write into ${folder}`, {
      hint: 'give a path in a folder that exists and can be written',
      cause,
    });
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PagerError('OPTION', `--output: ${path} is a folder`, { hint: 'give the path of a file' });
  }
}

/** The document of --json: docs/run.md explains its fields. */
function document({ program, ...result }: RunResult, options: RunOptions) {
  const { resident, store, minMapping, cpu, core, faults, allowUnpaged } = options;
  return {
    options: { resident, store: redact(store), minMapping, cpu, core, faults, allowUnpaged },
    program: { ...program, args: [...program.args] },
    ...result,
  };
}

/** Bytes that could not be evicted: fewer are not reported. */
const WORTH_SAYING = 2 ** 20;

/** The table for people. */
export function summarizeRun(result: RunResult): string {
  const { resident, stats, processes, seconds, exit } = result;
  const by = exit.signal === null ? `code ${exit.code}` : exit.signal;
  const lines = [
    `farpage: ${by} after ${seconds.toFixed(2)} s; resident at most ${formatSize(resident.peak)} of ` +
      `${formatSize(resident.limit)} (${formatSize(resident.counted)} counted by the pager, ` +
      `${formatSize(resident.seen)} seen by the kernel's account)${resident.over > 0 ? ': OVER' : ''}`,
  ];
  if (stats.poolBytesPeak > 0) {
    lines.push(`  the memory store held at most ${formatSize(stats.poolBytesPeak)} of memory beside that`);
  }
  const shown = [...processes].sort((a, b) => faults(b.stats) - faults(a.stats));
  const rows = shown.slice(0, ROWS).map((each) => rowOf(each));
  if (shown.length > ROWS) rows.push(['', `and ${shown.length - ROWS} more`]);
  if (shown.length !== 1) rows.push(['', 'all', ...figures(stats), formatSize(resident.peak)]);
  const head = ['pid', 'program', 'faults', 'zero', 'soft', 'store', 'evicted', 'read', 'written', 'p50', 'p99', 'max'];
  lines.push(columns([[...head, 'resident'], ...rows]));
  const lacking = processes.filter(({ unregistered }) => unregistered.mappings > 0);
  for (const { pid, name, unregistered } of lacking) {
    lines.push(
      `  ${name} (${pid}): ${unregistered.mappings} mappings could not be paged (errno ${unregistered.errno})`,
    );
  }
  for (const { pid, name, immovablePeak } of processes.filter((each) => each.immovablePeak >= WORTH_SAYING)) {
    const size = formatSize(immovablePeak);
    lines.push(
      `  ${name} (${pid}): up to ${size} could not leave: memory that is locked, sealed, or has a protection key`,
    );
  }
  for (const { pid, name } of result.unpaged) lines.push(`  ${name} (${pid}) ran unpaged: it took no library`);
  return lines.join('\n');
}

function rowOf({ pid, name, stats, residentPeak }: PagedProcess): string[] {
  const cells = stats === null ? [] : figures(stats);
  return [String(pid ?? '-'), name, ...cells, formatSize(residentPeak)];
}

function figures({ fills, evictions, store, latency, ...stats }: RegionStats): string[] {
  return [
    count(faults(stats)),
    count(fills.zero),
    count(fills.soft),
    count(fills.store),
    count(evictions),
    formatSize(store.bytesRead),
    formatSize(store.bytesWritten),
    formatMicroseconds(latency.p50),
    formatMicroseconds(latency.p99),
    formatMicroseconds(latency.max),
  ];
}

function faults(stats: Pick<RegionStats, 'faults'> | null): number {
  return stats === null ? 0 : stats.faults.missing + stats.faults.minor + stats.faults.wp;
}
