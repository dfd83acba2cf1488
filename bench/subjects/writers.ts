// Loads the threads of peers/writers.c into a subject's process.
import type { Region } from '../../src/index.js';
import { PAGE_BYTES } from '../data.js';
import * as side from './common.js';

/** peers/writers.c, loaded: threads and loops in C over a region's memory. */
interface Addon {
  start(address: number, pages: number, threads: number, burst: number, pauseUs: number, cpu: number): void;
  phase(phase: number): void;
  stop(): string;
  fill(address: number, pages: number): void;
  dirty(address: number, pages: number, count: number, value: number): void;
  wrong(path: string, offset: number, pages: number): number;
  differing(one: number, other: number, pages: number): number;
}

/** What a write counts for: see `phase_names` in peers/writers.h. */
export const PHASE = { save: 2, after: 3 } as const;

const loaded: { exports: unknown } = { exports: {} };
process.dlopen(loaded as NodeJS.Module, side.text('addon'));
export const writers = loaded.exports as Addon;

export function addressOf(region: Region): number {
  return Number(region.address);
}

export function pagesOf(region: Region): number {
  return region.byteLength / PAGE_BYTES;
}

/** What --threads, --burst, --pause and --writer-cpu say. */
export function startWriters(region: Region): void {
  const [threads, burst, pause] = [side.integer('threads'), side.integer('burst'), side.integer('pause')];
  writers.start(addressOf(region), pagesOf(region), threads, burst, pause, side.integer('writer-cpu', -1));
}
