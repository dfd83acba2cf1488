// Which code waits for pages: the stacks of sampled calls of `load`, the pages that each had to wait for, and for how long.
import { pathToFileURL } from 'node:url';
import { PagerError } from '../errors.js';
import type { KnownOptions } from '../known-options.js';
import { packageFile } from '../place.js';
import { ThreadFaultCounter, type ThreadFaults } from './thread-faults.js';

export interface TrackOptions {
  /** Every so many calls of `load` are looked at. Default 1: all. */
  every?: number;
}

/** Calls of `load` from one place in the code. */
export interface TrackedStack {
  /** Innermost first, without frames of farpage and of Node.js: 'read (/srv/app.mjs:12:9)'. */
  stack: string[];
  loads: number;
  /** Pages that the loads were of, and those of them that were absent: the loads waited for these. */
  pages: number;
  absentPages: number;
  /** Milliseconds that the loads took together, and the longest. */
  milliseconds: number;
  longest: number;
  /** The bytes that these loads were of lie here. */
  byteOffset: number;
  byteLength: number;
}

export interface TrackedFaults {
  /** All calls since the tracking began, and those that were looked at. */
  loads: number;
  sampled: number;
  /** By the time that they took, the longest first. */
  stacks: TrackedStack[];
  /** The faults of each thread, those that waited longest first; null with `faults: 'loop'`, which does not see the threads wait. */
  threads: ThreadFaults[] | null;
}

export interface FaultTracker extends Disposable {
  report(): TrackedFaults;
  /** The report as a table, for a terminal. */
  toString(): string;
  /** Ends the tracking; the report stays. */
  stop(): void;
}

/** A region, as its tracker sees it. */
export interface TrackedRegion {
  pageSize: number;
  byteLength: number;
  address: bigint;
  /** Whether the faulting threads serve faults themselves. */
  isInline: boolean;
  /** Of these pages, `end` not included. */
  absentPages(first: number, end: number): number;
}

export const TRACK_OPTIONS: KnownOptions = { every: 'checked' };
const FRAMES = 16;
/** Frames of a row in the table. */
const SHOWN_FRAMES = 3;
const SHOWN_ROWS = 20;
/** Places in the code with a row of their own; loads from others are counted together. */
const MAX_STACKS = 1000;
/** Pages of a load whose presence is looked up: of more it would take longer than many loads do. */
const MAX_LOOKED_UP = 4096;

/** What a load that is looked at reports when it has ended. */
export type EndLoad = () => void;

export class LoadTracker implements FaultTracker {
  readonly #region: TrackedRegion;
  readonly #every: number;
  readonly #ended: (tracker: LoadTracker) => void;
  readonly #stacks = new Map<string, TrackedStack>();
  readonly #threads: ThreadFaultCounter | undefined;
  #loads = 0;
  #sampled = 0;

  /** @throws PagerError 'OPTION' */
  constructor(region: TrackedRegion, options: TrackOptions, ended: (tracker: LoadTracker) => void) {
    const { every = 1 } = options;
    if (!Number.isSafeInteger(every) || every < 1) {
      throw new PagerError('OPTION', `every: ${String(every)} is not a whole number from 1`);
    }
    this.#region = region;
    this.#every = every;
    this.#ended = ended;
    if (region.isInline) this.#threads = new ThreadFaultCounter(region.address, region.byteLength);
  }

  /** A load begins; `below` is the function whose callers are of interest. */
  begin(byteOffset: number, byteLength: number, below: (...args: never[]) => unknown): EndLoad | undefined {
    if (this.#loads++ % this.#every !== 0) return undefined;
    this.#sampled++;
    const stack = stackBelow(below);
    const { pages, absent } = this.#pagesOf(byteOffset, byteLength);
    const began = performance.now();
    return () => {
      const row = this.#rowOf(stack, byteOffset);
      const took = performance.now() - began;
      row.loads++;
      row.pages += pages;
      row.absentPages += absent;
      row.milliseconds += took;
      row.longest = Math.max(row.longest, took);
      const end = Math.max(row.byteOffset + row.byteLength, byteOffset + byteLength);
      row.byteOffset = Math.min(row.byteOffset, byteOffset);
      row.byteLength = end - row.byteOffset;
    };
  }

  report(): TrackedFaults {
    const stacks = [...this.#stacks.values()].map((row) => ({ ...row, stack: [...row.stack] }));
    return {
      loads: this.#loads,
      sampled: this.#sampled,
      stacks: stacks.toSorted((a, b) => b.milliseconds - a.milliseconds),
      threads: this.#threads?.read() ?? null,
    };
  }

  toString(): string {
    return trackedText(this.report());
  }

  stop(): void {
    this.#threads?.stop();
    this.#ended(this);
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #rowOf(stack: string[], byteOffset: number): TrackedStack {
    const isFull = this.#stacks.size >= MAX_STACKS && !this.#stacks.has(stack.join('\n'));
    const kept = isFull ? ['(other places)'] : stack;
    const key = kept.join('\n');
    const fresh = { loads: 0, pages: 0, absentPages: 0, milliseconds: 0, longest: 0, byteOffset, byteLength: 0 };
    const row = this.#stacks.get(key) ?? { stack: kept, ...fresh };
    this.#stacks.set(key, row);
    return row;
  }

  #pagesOf(byteOffset: number, byteLength: number): { pages: number; absent: number } {
    const { pageSize, byteLength: whole } = this.#region;
    const start = Math.floor(byteOffset / pageSize) * pageSize;
    const end = Math.min(whole, Math.ceil((byteOffset + byteLength) / pageSize) * pageSize);
    const pages = (end - start) / pageSize;
    const first = start / pageSize;
    const absent = this.#region.absentPages(first, first + Math.min(pages, MAX_LOOKED_UP));
    return { pages, absent };
  }
}

/** As a table, for a terminal. */
export function trackedText({ loads, sampled, stacks, threads }: TrackedFaults): string {
  const rows = stacks.slice(0, SHOWN_ROWS).map((row) => {
    const figures = `${row.loads} loads, ${row.absentPages} of ${row.pages} pages absent`;
    const bytes = `bytes ${row.byteOffset} to ${row.byteOffset + row.byteLength}`;
    const frames = row.stack.slice(0, SHOWN_FRAMES).map((frame) => `    at ${frame}`);
    return [`  ${figures}; ${timesOf(row)}; ${bytes}`, ...frames].join('\n');
  });
  const left = stacks.length - rows.length;
  const more = left > 0 ? [`  and ${left} more places`] : [];
  return [`${loads} loads, ${sampled} of them looked at`, ...rows, ...more, ...threadLines(threads ?? [])].join('\n');
}

function threadLines(threads: readonly ThreadFaults[]): string[] {
  if (threads.length === 0) return [];
  const rows = threads.slice(0, SHOWN_ROWS).map((row) => {
    const who = row.thread === 0 ? 'other threads' : `thread ${row.thread}${row.name === '' ? '' : ` (${row.name})`}`;
    return `  ${who}: ${row.faults} faults; ${timesOf(row)}`;
  });
  const left = threads.length - rows.length;
  return ['touches without a load, by thread', ...rows, ...(left > 0 ? [`  and ${left} more threads`] : [])];
}

function timesOf({ milliseconds, longest }: { milliseconds: number; longest: number }): string {
  return `${milliseconds.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`;
}

function stackBelow(below: (...args: never[]) => unknown): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, below);
  Error.stackTraceLimit = limit;
  const lines = (holder.stack ?? '').split('\n').map((line) => /^\s+at (.*)$/.exec(line)?.[1]);
  // Frames of modules have URLs. Not by this module's own: in a bundle it may have none.
  const folder = packageFile('dist/src');
  const left = [folder, pathToFileURL(folder).href, 'node:internal'];
  // The experiment is a user of a region like any other.
  const kept = /\/dist\/src\/(bundle\/(lib|main)\/experiment\.js|experiment\/)/;
  return lines
    .filter((frame) => frame !== undefined)
    .filter((frame) => kept.test(frame) || !left.some((each) => frame.includes(each)));
}
