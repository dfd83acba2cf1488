// Checks the options of an experiment and makes its plan, or refuses before anything is opened.
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PagerError } from '../errors.js';
import { CORES, FAULTS } from '../options.js';
import { redact } from '../redact.js';
import { completeUrl } from '../store/secrets.js';
import { formatSize, parseSize } from '../units.js';
import { WORKLOADS, type Workload } from './pattern.js';
import { BUFFER_LIMIT } from './toucher-pool.js';

export const EVICTIONS = ['fifo', 'clock', 's3-fifo'] as const;
export const READAHEADS = ['off', 'sequential', 'stride'] as const;
export const ENGINES = ['auto', 'userfaultfd', 'trap'] as const;
export const MEMORIES = ['anonymous', 'shared', 'huge'] as const;

/** The options as the command line gives them: unchecked text. */
export interface ExperimentFlags {
  /** Absent: as long as a source that is a file, else DEFAULT_REGION. */
  region?: string;
  resident: string;
  store: string;
  source: string;
  workload: string;
  writeRatio: string;
  ops: string;
  seed: string;
  eviction: string;
  readahead: string;
  /** Absent: 2MiB for huge memory, else 4KiB. */
  pageSize?: string;
  memory: string;
  engine: string;
  core: string;
  /** Absent: inline where that works. */
  faults?: string;
  threads: string;
  cpu?: string;
  populate: boolean;
  /** Loads that are looked at: every so many. true: as by default. */
  stacks?: string | true;
  report?: string | undefined;
}

/** A checked experiment: sizes in bytes. */
export interface ExperimentPlan {
  region: number;
  resident: number;
  store: string;
  /** A URL, or 'none' for zeros. */
  source: string;
  workload: Workload;
  /** Share of the operations that write, 0 to 1. */
  writeRatio: number;
  ops: number;
  seed: number;
  eviction: (typeof EVICTIONS)[number];
  readahead: (typeof READAHEADS)[number];
  pageSize: number;
  memory: (typeof MEMORIES)[number];
  engine: (typeof ENGINES)[number];
  core: (typeof CORES)[number];
  /** null: inline where that works. */
  faults: (typeof FAULTS)[number] | null;
  threads: number;
  /** CPU of the loop's thread; null: the scheduler decides. */
  cpu: number | null;
  /** Whether every page is written once before the workload is measured. */
  populate: boolean;
  /** The first thread loads before each access, and every so many of these loads are looked at; null: none. */
  stacks: number | null;
}

export const DEFAULT_REGION = '512MiB';
/** So many that a verified run on two slow CPUs, at some 40 µs a fault, takes well under half a minute. */
export const DEFAULT_OPS = 250_000;

const SMALLEST_PAGE = 4096;
const LARGEST_PAGE = 2 * 2 ** 20;
/** Slots are numbered in 32 bits; see content.ts. */
const LARGEST_REGION = 2 ** 41;
const MAX_THREADS = 256;
const MAX_CPU = 65_535;
/** Of `--stacks`: a look takes a fraction of a load. */
const STACKS_EVERY = '10';

/** @throws PagerError 'OPTION' for anything that cannot be run, before anything is mapped */
export function planExperiment(flags: ExperimentFlags): ExperimentPlan {
  const memory = oneOf(flags.memory, '--memory', MEMORIES);
  const pageSize = pageBytes(flags.pageSize ?? (memory === 'huge' ? '2MiB' : '4KiB'), memory === 'huge');
  const threads = whole(flags.threads, '--threads', 1, MAX_THREADS);
  const region = regionBytes(flags, pageSize);
  const resident = parseSize(flags.resident, '--resident');
  if (region < threads * pageSize) {
    bad(`--region: ${formatSize(region)} has no page for each of ${threads} threads`, 'give a larger --region');
  }
  if (region > LARGEST_REGION) bad(`--region: ${formatSize(region)} is over 2 TiB`, 'give at most 2TiB');
  if (region > BUFFER_LIMIT && threads > 1) {
    const hint = 'a region over 4GiB has no single buffer to hand to threads: use --threads 1';
    bad(`--threads: '${flags.threads}' with a region of ${formatSize(region)}`, hint);
  }
  if (resident < pageSize) {
    bad(`--resident: '${flags.resident}' does not hold one page`, 'give a larger --resident');
  }
  if (flags.report !== undefined) checkReportPath(flags.report);
  const source = completeUrl(flags.source);
  return {
    region,
    resident,
    store: completeUrl(flags.store),
    source,
    workload: oneOf(flags.workload, '--workload', WORKLOADS),
    writeRatio: ratio(flags.writeRatio, '--write-ratio'),
    ops: whole(flags.ops, '--ops', 1, Number.MAX_SAFE_INTEGER),
    seed: whole(flags.seed, '--seed', 0, 2 ** 32 - 1),
    eviction: oneOf(flags.eviction, '--eviction', EVICTIONS),
    readahead: oneOf(flags.readahead, '--readahead', READAHEADS),
    pageSize,
    memory,
    engine: oneOf(flags.engine, '--engine', ENGINES),
    core: oneOf(flags.core, '--core', CORES),
    faults: flags.faults === undefined ? null : oneOf(flags.faults, '--faults', FAULTS),
    threads,
    cpu: flags.cpu === undefined ? null : whole(flags.cpu, '--cpu', 0, MAX_CPU),
    // A source's pages are recognised by their content.
    populate: flags.populate && source === 'none',
    stacks: stacksEvery(flags.stacks),
  };
}

function stacksEvery(asked: string | true | undefined): number | null {
  if (asked === undefined) return null;
  return whole(asked === true ? STACKS_EVERY : asked, '--stacks', 1, Number.MAX_SAFE_INTEGER);
}

function pageBytes(asked: string, huge: boolean): number {
  const pageSize = parseSize(asked, '--page-size');
  if (pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE || !Number.isInteger(Math.log2(pageSize))) {
    bad(`--page-size: '${asked}' is not a page size`, 'give a power of two from 4KiB to 2MiB');
  }
  if (huge && pageSize !== LARGEST_PAGE)
    bad(`--page-size: '${asked}' with huge memory`, 'huge pages have 2MiB: leave it out');
  return pageSize;
}

/** A plan without the secrets that its URLs may hold, to be printed. */
export function publicPlan(plan: ExperimentPlan): ExperimentPlan {
  return { ...plan, store: redact(plan.store), source: redact(plan.source) };
}

function checkReportPath(path: string): void {
  const folder = dirname(resolve(path));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new PagerError('OPTION', `--report: cannot write into ${folder}`, {
      hint: 'give a path in a folder that exists and can be written',
      cause,
    });
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    bad(`--report: ${path} is a folder`, 'give the path of a file');
  }
}

/** The path of a source that is a file on this machine, read from its URL as `openStore` does. */
export function sourceFile(url: string): string | undefined {
  const [, rest] = /^file:([^?]+)/.exec(url) ?? [];
  if (rest === undefined) return undefined;
  return rest.startsWith('/') ? fileURLToPath(`file:${rest}`) : resolve(decodeURIComponent(rest));
}

function regionBytes(flags: ExperimentFlags, pageSize: number): number {
  if (flags.region !== undefined) return roundUp(parseSize(flags.region, '--region'), pageSize);
  const path = sourceFile(flags.source);
  if (path === undefined) return parseSize(DEFAULT_REGION, '--region');
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return bad(`--source: there is no file ${path}`, 'give the path of a file that exists');
  return Math.floor(size / pageSize) * pageSize;
}

function whole(text: string, name: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  return bad(`${name}: '${text}' is out of range or not a whole number`, `give a whole number from ${min} to ${max}`);
}

function ratio(text: string, name: string): number {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  return bad(`${name}: '${text}' is not a ratio`, 'give a number from 0 to 1');
}

function oneOf<T extends string>(text: string, name: string, choices: ReadonlyArray<T>): T {
  const found = choices.find((choice) => choice === text);
  return found ?? bad(`${name}: '${text}' is not known`, `give one of ${choices.join(', ')}`);
}

function roundUp(bytes: number, unit: number): number {
  return Math.ceil(bytes / unit) * unit;
}

function bad(message: string, hint: string): never {
  throw new PagerError('OPTION', message, { hint });
}
