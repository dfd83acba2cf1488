// Touches one thread's share of a region and compares every byte it reads with the model.
import { checkSlot, compareSlot, describeSlot, SLOT_BYTES, SLOT_WORDS, writeSlot } from './content.js';
import type { Control } from './control.js';
import type { Gate } from './gate.js';
import { Histogram } from './histogram.js';
import { Model } from './model.js';
import { makePattern, type Pattern, type Workload } from './pattern.js';
import { Random } from './random.js';
import { SourceBytes } from './source-bytes.js';

/** In order: write every page once; the workload; read back all that was written. */
export type Phase = 'populate' | 'run' | 'sweep';

/** One touching thread's part, as plain data that can be posted to a Worker. */
export interface TouchPlan {
  /** Which of the touching threads this is, from 0. */
  index: number;
  workload: Workload;
  writeRatio: number;
  seed: number;
  operations: number;
  pageSize: number;
  /** Pages of the whole region. */
  regionPages: number;
  /** This thread's own pages: from `firstPage`, `pages` of them. */
  firstPage: number;
  pages: number;
  /** This thread's share of the resident limit, in pages. */
  residentPages: number;
  /** The file that the source's bytes can be read from; undefined for zeros. */
  sourcePath: string | undefined;
  /** Cells of the page map. */
  cells: number;
}

/** The region's words in windows of equal length, a power of two of slots; one window where a single buffer will do. */
export interface Windows {
  views: ReadonlyArray<Uint32Array>;
  slotBits: number;
}

/** Load the slot that begins at that byte of the region. */
export interface Loads {
  toRead(byteOffset: number): Promise<void>;
  toWrite(byteOffset: number): Promise<void>;
}

/** Mismatches told in words; the rest are counted. */
const TOLD_MISMATCHES = 5;

/**
 * Touches pages and checks every byte it reads. Works in slices, so that a Worker can look for a stop between them and
 * the main thread can do so without a Worker where the region has no buffer to post.
 */
export class Toucher {
  readonly #plan: TouchPlan;
  readonly #windows: Windows;
  readonly #slotMask: number;
  readonly #control: Control;
  readonly #gate: Gate;
  readonly #tell: (mismatch: string) => void;
  readonly #model = new Model();
  readonly #random: Random;
  readonly #pattern: Pattern;
  readonly #source: SourceBytes;
  readonly #slotsPerPage: number;
  /** An access that takes longer than this many nanoseconds counts as a fault. */
  readonly threshold: number;
  /** Where timed reads end up: a read without a use could be left out by the compiler. */
  sink = 0;

  constructor(
    plan: TouchPlan,
    windows: Windows,
    shared: { control: Control; gate: Gate },
    tell: (mismatch: string) => void,
  ) {
    this.#plan = plan;
    this.#windows = windows;
    this.#slotMask = 2 ** windows.slotBits - 1;
    this.#control = shared.control;
    this.#gate = shared.gate;
    this.#tell = tell;
    this.#random = new Random(plan.seed, plan.index);
    this.#pattern = makePattern(plan.workload, {
      pages: plan.pages,
      residentPages: plan.residentPages,
      random: this.#random,
    });
    this.#source = new SourceBytes(plan.sourcePath);
    this.#slotsPerPage = plan.pageSize / SLOT_BYTES;
    this.threshold = calibrate();
  }

  /** Units of a phase: operations of `run`, pages of the others. */
  units(phase: Phase): number {
    return phase === 'run' ? this.#plan.operations : this.#plan.pages;
  }

  /** Does up to `count` units more of a phase, which begins where `control.done` is 0. Returns whether it is complete. */
  step(phase: Phase, count: number): boolean {
    const from = this.#control.done;
    const to = Math.min(this.units(phase), from + count);
    for (let unit = from; unit < to; unit++) {
      this.#gate.pass();
      if (phase === 'run') this.#operate();
      else if (phase === 'populate') this.#populate(this.#plan.firstPage + unit);
      else this.#sweep(this.#plan.firstPage + unit);
    }
    this.#control.done = to;
    if (phase === 'run') this.#control.operations = to;
    return to === this.units(phase);
  }

  close(): void {
    this.#source.close();
  }

  /** As `step('run', count)`, but each access is loaded first. */
  async stepLoading(count: number, { toRead, toWrite }: Loads): Promise<boolean> {
    // The stacks of all loads then have the same frames.
    await null;
    const from = this.#control.done;
    const to = Math.min(this.#plan.operations, from + count);
    for (let unit = from; unit < to; unit++) {
      this.#gate.pass();
      const page = this.#nextPage();
      const slot = this.#slotIn(page);
      const write = this.#isWrite();
      await (write ? toWrite : toRead)(slot * SLOT_BYTES);
      this.#touch(page, slot, write);
    }
    this.#control.done = to;
    this.#control.operations = to;
    return to === this.#plan.operations;
  }

  #operate(): void {
    const page = this.#nextPage();
    const slot = this.#slotIn(page);
    this.#touch(page, slot, this.#isWrite());
  }

  #nextPage(): number {
    return this.#plan.firstPage + this.#pattern();
  }

  #slotIn(page: number): number {
    return page * this.#slotsPerPage + this.#random.below(this.#slotsPerPage);
  }

  #isWrite(): boolean {
    return this.#random.fraction() < this.#plan.writeRatio;
  }

  #touch(page: number, slot: number, write: boolean): void {
    const words = this.#wordsOf(slot);
    const at = this.#at(slot);
    const start = performance.now();
    if (write) words[at] = slot;
    else this.sink ^= words[at] ?? 0;
    const nanoseconds = (performance.now() - start) * 1e6;
    if (nanoseconds > this.threshold) this.#countFault(page, nanoseconds);
    if (write) writeSlot(words, at, this.#plan.seed, slot, this.#model.next(slot));
    else this.#check(slot);
  }

  #populate(page: number): void {
    const first = page * this.#slotsPerPage;
    for (let slot = first; slot < first + this.#slotsPerPage; slot++) {
      writeSlot(this.#wordsOf(slot), this.#at(slot), this.#plan.seed, slot, this.#model.next(slot));
    }
  }

  #sweep(page: number): void {
    const first = page * this.#slotsPerPage;
    if (!this.#model.written(first, this.#slotsPerPage)) return;
    for (let slot = first; slot < first + this.#slotsPerPage; slot++) this.#check(slot);
    this.#control.sweptPages++;
  }

  #check(slot: number): void {
    const words = this.#wordsOf(slot);
    const at = this.#at(slot);
    const version = this.#model.version(slot);
    const wrong =
      version === 0
        ? compareSlot(words, at, this.#source.read(slot))
        : checkSlot(words, at, this.#plan.seed, slot, version);
    this.#control.bytesChecked += SLOT_BYTES;
    if (wrong !== -1) this.#mismatch(slot, version, wrong);
  }

  #mismatch(slot: number, version: number, word: number): void {
    this.#control.mismatches++;
    if (this.#control.mismatches > TOLD_MISMATCHES) return;
    const page = Math.floor(slot / this.#slotsPerPage);
    const expected = version === 0 ? "the source's bytes" : `version ${version}`;
    const got = describeSlot(this.#wordsOf(slot), this.#at(slot), this.#plan.seed);
    this.#tell(`page ${page}, slot ${slot}: expected ${expected}, got ${got}; first difference at byte ${word * 4}`);
  }

  #countFault(page: number, nanoseconds: number): void {
    this.#control.latency.record(nanoseconds);
    const cell = Math.floor((page / this.#plan.regionPages) * this.#plan.cells);
    this.#control.cells[cell] = (this.#control.cells[cell] ?? 0) + 1;
  }

  #wordsOf(slot: number): Uint32Array {
    const window = this.#windows.views[Math.floor(slot / (this.#slotMask + 1))];
    if (window === undefined) throw new RangeError(`slot ${slot} is outside the region`);
    return window;
  }

  /** The index of a slot's first word in its window. */
  #at(slot: number): number {
    return (slot % (this.#slotMask + 1)) * SLOT_WORDS;
  }
}

const CALIBRATION_BYTES = 32 * 2 ** 20;
const CALIBRATION_ACCESSES = 20_000;
const MIN_THRESHOLD = 1_000;
const MAX_THRESHOLD = 4_000;

/**
 * The time in nanoseconds above which an access was a fault. The touching thread cannot see its own faults, so it
 * times accesses to resident memory, larger than the caches, the same way, and takes three times what 99 in 100 stay
 * under, from 1 to 4 µs: a fault that a thread in user space resolves takes more than that on every machine measured.
 */
function calibrate(): number {
  const words = new Uint32Array(new SharedArrayBuffer(CALIBRATION_BYTES)).fill(1);
  const random = new Random(1);
  let sink = 0;
  let resident = 0;
  // The first round lets the compiler and the caches settle.
  for (let round = 0; round < 2; round++) {
    const times = new Histogram();
    for (let i = 0; i < CALIBRATION_ACCESSES; i++) {
      const at = random.below(words.length);
      const start = performance.now();
      sink ^= words[at] ?? 0;
      times.record((performance.now() - start) * 1e6);
    }
    resident = times.quantile(0.99) + (sink & 0);
  }
  return Math.min(MAX_THRESHOLD, Math.max(MIN_THRESHOLD, 3 * resident));
}
