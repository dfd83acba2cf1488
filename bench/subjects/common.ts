// What farpage's sides share: options, the clock, percentiles, one JSON line. The peers' common.h is the same in C.
import { readFileSync } from 'node:fs';
import { type Phases, phasesSince } from '../../src/core/phases.js';
import type { Pager } from '../../src/index.js';
import { PAGE_WORDS, percentile } from '../data.js';
import { dumpPhases } from '../farpage.js';

const given = new Map<string, string>();
for (let i = 2; i + 1 < process.argv.length; i += 2) {
  given.set((process.argv[i] as string).replace(/^--/, ''), process.argv[i + 1] as string);
}

export function text(name: string, fallback?: string): string {
  const value = given.get(name) ?? fallback;
  if (value === undefined) throw new Error(`--${name} is needed`);
  return value;
}

export function integer(name: string, fallback?: number): number {
  const value = given.get(name);
  if (value === undefined && fallback !== undefined) return fallback;
  return Number(text(name));
}

export function has(name: string): boolean {
  return given.has(name);
}

/** For join: --hold, the milliseconds that a page stays. */
export function hold(): { holdMs?: number } {
  return given.has('hold') ? { holdMs: integer('hold') } : {};
}

/** peers/adder.c, loaded: adds 1 to the word at `address` for `ms`, and says how often. */
export function adder(): { add(address: number, ms: number): number } {
  const loaded: { exports: unknown } = { exports: {} };
  process.dlopen(loaded as NodeJS.Module, text('addon'));
  return loaded.exports as { add(address: number, ms: number): number };
}

/** For createPager: the whole process is pinned already; the loop gets the same CPU as option. */
export function placement(): { cpu?: number } {
  return given.has('cpu') ? { cpu: integer('cpu') } : {};
}

/** For createPager: who serves faults. Default: the loop. */
export function served(): { faults: 'inline' | 'loop' } {
  return { faults: given.get('faults') === 'inline' ? 'inline' : 'loop' };
}

export function readList(path: string): Uint32Array {
  const bytes = readFileSync(path);
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/**
 * Reads one word of each page in order, timing every read; milliseconds go to `samples`. Atomics.load cannot be moved
 * across the clock. Call it once over ordinary memory first: it must be compiled when it counts.
 */
export function touchPages(words: Int32Array, order: Uint32Array, samples: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) {
    const at = (order[i] as number) * PAGE_WORDS;
    const before = performance.now();
    const value = Atomics.load(words, at);
    samples[i] = performance.now() - before;
    sum += value >>> 0;
  }
  return sum;
}

/** Runs `touchPages` over memory that is there until V8 has surely compiled it. */
export function compileTouch(): void {
  const words = new Int32Array(new SharedArrayBuffer(256 * PAGE_WORDS * 4));
  const order = Uint32Array.from({ length: 256 }, (_, i) => i);
  const samples = new Float64Array(256);
  for (let i = 0; i < 400; i++) touchPages(words, order, samples);
}

export interface Percentiles {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
  mean: number;
  clock: number;
}

/** Sorts `samples` (milliseconds) and gives microseconds. */
export function summarize(samples: Float64Array): Percentiles {
  let total = 0;
  for (const sample of samples) total += sample;
  samples.sort();
  const at = (p: number) => percentile(samples, p) * 1000;
  const mean = (total / Math.max(1, samples.length)) * 1000;
  const count = samples.length;
  return { count, p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1), mean, clock: clockCost() };
}

/** Milliseconds of a clock that all processes share. */
export function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What one empty measurement costs, in microseconds. */
function clockCost(): number {
  const samples = new Float64Array(20_001);
  for (let i = 0; i < samples.length; i++) {
    const before = performance.now();
    samples[i] = performance.now() - before;
  }
  const settled = samples.subarray(10_000).sort();
  return percentile(settled, 0.5) * 1000;
}

/** Fields of /proc/self/status, in bytes. */
export function statusBytes(field: string): number {
  const match = new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

/** The parts of the pager's own account that explain a figure. */
export function account(pager: Pager): Record<string, unknown> {
  const { faults, fills, readahead, evictions, writebacks, store, latency, residentBytesPeak } = pager.stats();
  return { engine: pager.engine, faults, fills, readahead, evictions, writebacks, store, latency, residentBytesPeak };
}

/** With FARPAGE_PHASES=1: call it before the measured part, and what it returns after; else null. */
export function stampPhases(): () => Phases | null {
  if (process.env.FARPAGE_PHASES !== '1') return () => null;
  const before = dumpPhases(process.pid);
  return () => phasesSince(dumpPhases(process.pid), before);
}

export function answer(run: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(run)}\n`);
}
