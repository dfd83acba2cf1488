// What the programs of the live tests share. They touch paged memory, so each runs in a child of a test.
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Region } from '../../../src/index.js';

/** What a thread of hand.ts does. */
export interface Job {
  buffer: SharedArrayBuffer;
  /** 'hammer' writes and checks its own words at random; 'forever' never ends; 'byte' reads one byte. */
  does: 'fill' | 'check' | 'hammer' | 'forever' | 'byte';
  seed?: number;
  /** Words. */
  from?: number;
  to?: number;
  /** For 'hammer': how many touches. */
  count?: number;
}

type Scene = (input: never) => Promise<unknown>;

/** Runs the scene that the command line names; what it returns is printed for the test. */
export async function perform(scenes: Record<string, Scene>): Promise<void> {
  const [name = '', input = '{}'] = process.argv.slice(2);
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`no scene '${name}'`);
  const result = await scene(JSON.parse(input) as never);
  say(`told ${JSON.stringify(result ?? null)}`);
}

/** A line on standard output, at once: the program may be about to die. */
export function say(line: string): void {
  writeSync(1, `${line}\n`);
}

export function wordAt(index: number, seed: number): number {
  return Math.imul(index ^ (index >>> 11), 2654435761 ^ seed) >>> 0;
}

export function fill(words: Uint32Array, seed: number, from = 0, to = words.length): void {
  for (let at = from; at < to; at++) words[at] = wordAt(at, seed);
}

export function check(words: Uint32Array, seed: number, from = 0, to = words.length): void {
  for (let at = from; at < to; at++) {
    if (words[at] !== wordAt(at, seed)) {
      throw new Error(`word ${at} (byte ${at * 4}) is ${words[at]}, not ${wordAt(at, seed)} of seed ${seed}`);
    }
  }
}

/** A thread that does a job on a region's buffer. */
export function hand(job: Job, resourceLimits = {}): Worker {
  return new Worker(new URL('./hand.js', import.meta.url), { workerData: job, resourceLimits });
}

/** Does jobs in a thread each; rejects with the first failure. */
export async function hands(jobs: readonly Job[]): Promise<void> {
  await Promise.all(jobs.map((job) => ended(hand(job))));
}

export function ended(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a hand ended with ${code}`))));
  });
}

/** The worker has said that it is about to begin. */
export function begun(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('message', () => resolve());
  });
}

export function wordsOf(region: Region): Uint32Array {
  return new Uint32Array(region.buffer, 0, region.byteLength / 4);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until it is so; the test's budget is what ends a wait in vain. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(2);
}

export interface Failure {
  name: string;
  code: string | undefined;
  message: string;
  hint: string | undefined;
  errno: string | undefined;
}

/** How a promise rejects. */
export async function failure(work: () => unknown): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    const { name, code, message, hint, errno } = error as Failure;
    return { name, code, message, hint, errno };
  }
  throw new Error('it did not fail');
}
