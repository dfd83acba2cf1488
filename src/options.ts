// The options of createPager, checked and turned into the core's units.
import { cpus } from 'node:os';
import { PagerError } from './errors.js';
import { checkOptions, type KnownOptions } from './known-options.js';
import { formatSize, parseSize, type Size } from './units.js';

export interface PagerOptions {
  /**
   * Most memory that the pages of all this pager's regions may hold at once, staging and fills in flight included.
   * Default: no limit. At least 16 pages.
   */
  residentLimit?: Size;
  /** Unit of paging: a power-of-two multiple of 4 KiB, up to 2 MiB. Default 4096. */
  pageSize?: Size;
  /**
   * 'auto' (default) takes userfaultfd where it works, else 'trap' (PROT_NONE + SIGSEGV), which needs no privilege; its
   * limits are in docs/paging.md. vm.max_map_count bounds a trap's resident limit: a larger one is lowered, with a process
   * warning FARPAGE_LIMIT_LOWERED, and `stats().residentLimit` is the limit in effect.
   */
  engine?: 'auto' | 'userfaultfd' | 'trap';
  /**
   * The host that runs the core: 'v8', or 'native', the same module compiled ahead of time into the addon, which serves a
   * fault without JavaScript unless a store must be asked. 'auto' (default): native, if the addon has this package's core.
   */
  core?: 'auto' | CoreHost;
  /**
   * Who serves a fault: 'inline', the faulting thread itself, in a signal handler, which costs a fraction wherever threads run,
   * but system calls other than those of fs, sockets and streams fail on absent pages (docs/paging.md); it takes core 'native'.
   * 'loop': a thread of the pager's own. 'auto' (default): inline where it is available, unless system calls would stop working.
   */
  faults?: 'auto' | FaultServer;
  /** How victims are chosen. Default 's3-fifo'. */
  eviction?: 'fifo' | 'clock' | 's3-fifo';
  /** Which pages are fetched beside the one that was missed. Default 'sequential'. */
  readahead?: 'off' | 'sequential' | 'stride';
  /** CPU to pin the loop thread to. Default: the scheduler decides. */
  cpu?: number;
  /**
   * Milliseconds that a store has for a call, retries included; a call that never settles has at least a second. After that a
   * load, flush or eviction rejects, and a page that a thread waits for is given up (SIGBUS). Time in which the process was
   * stopped does not count. From 0 to 200000. Default 60000.
   */
  storePatienceMs?: number;
  /** The older name of `storePatienceMs`. */
  storePatience?: number;
  /** Ends the call of `createPager`: it rejects with 'CLOSED', and the signal's reason is the error's `cause`. */
  signal?: AbortSignal;
}

export const EVICTIONS = ['fifo', 'clock', 's3-fifo'] as const;
export const READAHEADS = ['off', 'sequential', 'stride'] as const;
const ENGINES = ['auto', 'userfaultfd', 'trap'] as const;
export const CORES = ['auto', 'v8', 'native'] as const;
export const FAULTS = ['auto', 'inline', 'loop'] as const;
export type CoreHost = 'v8' | 'native';
export type FaultServer = 'inline' | 'loop';
export type EngineName = 'userfaultfd' | 'trap';

/** The options, checked and complete, in the core's units. */
export interface CheckedOptions {
  engine: (typeof ENGINES)[number];
  core: (typeof CORES)[number];
  faults: (typeof FAULTS)[number];
  pageSize: number;
  pageShift: number;
  /** Pages; null: no limit. */
  limitPages: number | null;
  frameCount: number;
  scratchCount: number;
  eviction: number;
  readahead: number;
  cpu: number | null;
  storePatience: number;
}

const KNOWN: KnownOptions = {
  residentLimit: 'checked',
  pageSize: 'checked',
  engine: 'checked',
  core: 'checked',
  faults: 'checked',
  eviction: 'checked',
  readahead: 'checked',
  cpu: 'checked',
  storePatienceMs: 'checked',
  storePatience: 'checked',
  signal: 'signal',
};
export const SMALLEST_LIMIT_PAGES = 16;
const MAX_FRAMES = 512;
const MAX_FRAME_BYTES = 64 * 2 ** 20;

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkPagerOptions(options: PagerOptions): CheckedOptions {
  checkOptions('createPager', options, KNOWN);
  const pageSize = checkPageSize(options.pageSize ?? 4096);
  const limitPages =
    options.residentLimit === undefined
      ? null
      : checkLimit(parseSize(options.residentLimit, 'residentLimit'), pageSize);
  return {
    engine: ENGINES[choose(options.engine ?? 'auto', ENGINES, 'engine')] ?? 'auto',
    core: CORES[choose(options.core ?? 'auto', CORES, 'core')] ?? 'auto',
    faults: FAULTS[choose(options.faults ?? 'auto', FAULTS, 'faults')] ?? 'auto',
    pageSize,
    pageShift: Math.log2(pageSize),
    limitPages,
    frameCount: framesFor(limitPages, pageSize),
    scratchCount: Math.max(1, Math.min(32, Math.floor((2 * 2 ** 20) / pageSize))),
    eviction: choose(options.eviction ?? 's3-fifo', EVICTIONS, 'eviction'),
    readahead: choose(options.readahead ?? 'sequential', READAHEADS, 'readahead'),
    cpu: options.cpu === undefined ? null : checkCpu(options.cpu),
    storePatience: checkPatience(options.storePatienceMs ?? options.storePatience ?? 60_000),
  };
}

/** Pages that may be pinned in all, null: no limit. The rest must leave frames for other pages. */
export function pinnablePages({
  limitPages,
  frameCount,
}: Pick<CheckedOptions, 'frameCount' | 'limitPages'>): number | null {
  return limitPages === null ? null : limitPages - frameCount - Math.max(4, frameCount >> 1);
}

/** The options with at most so many pages resident. */
export function limitedTo(options: CheckedOptions, pages: number): CheckedOptions {
  const limitPages = Math.min(options.limitPages ?? pages, pages);
  return { ...options, limitPages, frameCount: framesFor(limitPages, options.pageSize) };
}

// An eighth of the limit is enough to evict ahead in batches, and leaves the rest to the application.
function framesFor(limitPages: number | null, pageSize: number): number {
  const max = Math.max(8, Math.min(MAX_FRAMES, Math.floor(MAX_FRAME_BYTES / pageSize)));
  return limitPages === null ? max : Math.max(8, Math.min(max, limitPages >> 3));
}

export function choose(value: string, among: readonly string[], name: string): number {
  const index = among.indexOf(value);
  if (index >= 0) return index;
  throw new PagerError('OPTION', `${name}: '${value}' is not one of ${among.join(', ')}`, {
    hint: `give ${name} as one of ${among.map((each) => `'${each}'`).join(', ')}`,
  });
}

function checkPageSize(size: Size): number {
  const bytes = parseSize(size, 'pageSize');
  const power = bytes >= 4096 && bytes <= 2 * 2 ** 20 && Number.isInteger(Math.log2(bytes));
  if (power) return bytes;
  throw new PagerError('OPTION', `pageSize: ${bytes} is not a page size`, {
    hint: 'give a power of two from 4KiB to 2MiB',
  });
}

function checkLimit(bytes: number, pageSize: number): number {
  const pages = Math.floor(bytes / pageSize);
  if (pages < SMALLEST_LIMIT_PAGES) {
    const least = SMALLEST_LIMIT_PAGES * pageSize;
    throw new PagerError('OPTION', `residentLimit: ${formatSize(bytes)} is too small`, {
      hint: `give at least ${SMALLEST_LIMIT_PAGES} pages, ${formatSize(least)}`,
    });
  }
  if (pages >= 2 ** 31) throw new PagerError('OPTION', 'residentLimit: more than 2^31 pages', { hint: 'leave it out' });
  return pages;
}

function checkCpu(cpu: number): number {
  if (Number.isInteger(cpu) && cpu >= 0 && cpu < 1024) return cpu;
  throw new PagerError('OPTION', `cpu: ${cpu} is not a CPU's number`, {
    hint: `give a number from 0 to ${cpus().length - 1}`,
  });
}

function checkPatience(milliseconds: number): number {
  if (Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds <= 200_000) return milliseconds;
  throw new PagerError('OPTION', `storePatienceMs: ${milliseconds} is not a time in milliseconds`, {
    hint: 'give milliseconds from 0 to 200000',
  });
}
