// What a home costs its users: one node touches pages after another node, in the same process, did something with them. No byte of the
// region changes: a write here is an atomic OR with nothing.
import { PAGE_BYTES } from './message.js';
import type { SharedRegion } from './region.js';

/** Pages that are touched one by one, at most. */
const MAX_TOUCHED = 1024;
/** Milliseconds of touches of one kind, at most: the home may be far away. */
const BUDGET_MS = 2000;
/** Of the touches of one kind: the first ones do not count. */
const UNMEASURED = 0.25;

/** What a thread waits for at one touch, in microseconds. */
export interface TouchTimes {
  count: number;
  p50: number;
  p99: number;
}

export interface HomeMeasure {
  /** Nobody owns the page; the home sends it. */
  readClean: TouchTimes;
  /** The other node owns the page, and has written it. */
  readDirty: TouchTimes;
  /** This node has a copy, and nobody else has. */
  writeAlone: TouchTimes;
  /** Both nodes have a copy. */
  writeShared: TouchTimes;
  /** Both nodes write one word in turn: how often a second it goes from one to the other. It includes Δ. */
  handOffsPerSecond: number;
  /** `load` of all pages, clean. */
  loadBytesPerSecond: number;
}

/** @param regions two nodes of one region, of this process. (rejects) as `load` does */
export async function measureHome(regions: readonly [SharedRegion, SharedRegion]): Promise<HomeMeasure> {
  const [near, far] = regions;
  const [words, others] = [new Int32Array(near.buffer), new Int32Array(far.buffer)];
  const length = Math.min(near.byteLength, MAX_TOUCHED * PAGE_BYTES);
  const pages = length / PAGE_BYTES;

  await near.evict(0, length);
  await far.load(0, length, { write: true });
  await far.evict(0, length);
  const readClean = touch(words, pages, read);
  await near.load(0, length, { write: true });
  await near.flush();
  const writeAlone = touch(words, pages, write);
  await far.load(0, length, { write: true });
  const readDirty = touch(words, pages, read);
  await near.load(0, length);
  await far.load(0, length);
  const writeShared = touch(words, pages, write);
  const handOffsPerSecond = handOffs(words, others);
  await far.evict();
  await near.evict();
  const began = performance.now();
  await near.load(0, near.byteLength);
  const loadBytesPerSecond = near.byteLength / ((performance.now() - began) / 1000);
  return { readClean, readDirty, writeAlone, writeShared, handOffsPerSecond, loadBytesPerSecond };
}

const read = (words: Int32Array, at: number): number => Atomics.load(words, at);
const write = (words: Int32Array, at: number): number => Atomics.or(words, at, 0);

function touch(words: Int32Array, pages: number, access: typeof read): TouchTimes {
  const times: number[] = [];
  const end = performance.now() + BUDGET_MS;
  for (let page = 0; page < pages && performance.now() < end; page++) {
    const before = performance.now();
    access(words, page * (PAGE_BYTES / 4));
    times.push((performance.now() - before) * 1000);
  }
  const measured = times.slice(Math.floor(times.length * UNMEASURED)).sort((one, other) => one - other);
  const at = (part: number) => measured[Math.ceil(part * measured.length) - 1] ?? 0;
  return { count: measured.length, p50: at(0.5), p99: at(0.99) };
}

function handOffs(words: Int32Array, others: Int32Array): number {
  let count = 0;
  const began = performance.now();
  while (performance.now() - began < BUDGET_MS) {
    write(words, 0);
    write(others, 0);
    count += 2;
  }
  return count / ((performance.now() - began) / 1000);
}
