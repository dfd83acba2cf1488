// Samples the resident bytes of a run's processes by the kernel's count, at a bounded cost.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateBytes, readSmaps } from '../linux/proc.js';

/** Milliseconds: the first sample is taken soon, for programs that end soon. */
const FIRST_PAUSE = 20;
const USUAL_PAUSE = 200;
/** A sample walks page tables: the pause before the next is so many times its duration, up to a second. */
const REST = 20;
const MAX_PAUSE = 1000;
/** Where no process has grown since the last walk, the pause before the next one. */
const MAX_REST = 10_000;

/** Bytes: the peak seen resident of a process, and of that the bytes that could not be evicted. */
export interface Seen {
  peak: number;
  immovablePeak: number;
}

/** The resident bytes of all paged processes, by the kernel's count. */
export class Account {
  /** Bytes: the highest seen at once, frames included. */
  peak = 0;
  /** Number of samples. */
  looks = 0;
  readonly #frames: number;
  readonly #members = new Map<number, Seen>();
  /** Bytes of private memory of each process, paged or not, when its page table was walked last. */
  readonly #walked = new Map<number, number>();
  #walkedAt = 0;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;

  /** @param frames bytes of the frames, which are resident from the start */
  constructor(frames: number) {
    this.#frames = frames;
    this.#running = this.#run();
  }

  /** Samples of the process are written into the object, until the process ends. */
  add(pid: number, into: Seen): void {
    this.#members.set(pid, into);
  }

  remove(pid: number, into: Seen): void {
    if (this.#members.get(pid) !== into) return;
    this.#members.delete(pid);
    this.#walked.delete(pid);
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    for (let pause = FIRST_PAUSE; !signal.aborted; ) {
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const began = performance.now();
      await this.#look();
      pause = Math.max(Math.min(pause * 2, USUAL_PAUSE), Math.min(MAX_PAUSE, (performance.now() - began) * REST));
    }
  }

  async #look(): Promise<void> {
    const members = [...this.#members];
    // Reading statm is cheap: if even all private memory makes no new peak, the paged part makes none.
    const bounds = members.map(([pid]) => privateBytes(pid));
    const bound = bounds.reduce((total, each) => total + each, this.#frames);
    if (bound <= this.peak && members.every(([, { peak }], i) => (bounds[i] ?? 0) <= peak)) return;
    if (this.#rests(members, bounds)) return;
    this.#walkedAt = performance.now();
    let total = this.#frames;
    const unpaged: number[] = [];
    for (const [i, [pid, into]] of members.entries()) {
      const { paged, immovable, others } = readSmaps(await readFile(`/proc/${pid}/smaps`, 'latin1').catch(() => ''));
      // A walk is not one instant: pages leave behind it and enter ahead of it. The kernel's counters before and after are
      // instants; unpaged memory hardly changes in between.
      const counted = Math.max(bounds[i] ?? 0, privateBytes(pid)) - others;
      const bytes = Math.max(0, Math.min(paged, counted));
      this.#walked.set(pid, bounds[i] ?? 0);
      into.peak = Math.max(into.peak, bytes);
      into.immovablePeak = Math.max(into.immovablePeak, Math.min(immovable, bytes));
      total += bytes;
      unpaged.push(others);
    }
    if (members.length === 0) return;
    // Nor are the walks of several processes: a page that moved from one to another meanwhile was counted twice.
    const now = members.map(([pid], i) => Math.max(0, privateBytes(pid) - (unpaged[i] ?? 0)));
    total = Math.min(
      total,
      now.reduce((sum, each) => sum + each, this.#frames),
    );
    this.looks++;
    this.peak = Math.max(this.peak, total);
  }

  /**
   * No process has grown since the last walk: its paged memory could only have taken the place of unpaged memory. A walk takes the
   * program's CPU: 3 ms for 128 MiB, and a switch of threads for each 4 KiB of its text.
   */
  #rests(members: ReadonlyArray<[pid: number, into: Seen]>, bounds: readonly number[]): boolean {
    if (performance.now() - this.#walkedAt > MAX_REST) return false;
    return members.every(([pid], i) => (bounds[i] ?? 0) <= (this.#walked.get(pid) ?? -1));
  }
}
