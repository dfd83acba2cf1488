// A region of this loop as a PageSource, whose pages can be taken at one instant: see src/pass/pass.ts, and
// assembly/pass/protection.ts.
import { constants } from 'node:os';
import {
  CELL_LIMIT,
  NO_PAGE,
  PASS_CHANGED_ONLY,
  PASS_HOLD,
  PASS_RUNS,
  PASS_SETTLE,
  PASS_TRACK,
  PHASE_COPY,
  PHASE_DONE,
  PHASE_FAILED,
  PHASE_NONE,
} from '../../../assembly/codes.js';
import {
  CAUSE_CONTENT,
  CAUSE_GONE,
  CAUSE_NO_FRAME,
  CAUSE_NO_TABLE,
  PAGE_SHIFT_AT,
  PASS_LIMIT,
} from '../../../assembly/layout.js';
import type { LoopCore } from '../../core/core.js';
import { PagerError } from '../../errors.js';
import type { Native } from '../../native/native.js';
import type { PageRun, PageSink, PageSource, Pass, PassOptions, PassReport } from '../../pass/pass.js';
import { errnoName, noFrame, readingHint } from '../failures.js';
import type { Loop, RunningPass } from '../loop.js';
import type { Mapped } from '../region.js';

const LOW_WORD = 0xffffffffn;
/** Bytes that the sink gets in one call, plus at most one run: their cells become free together, when all are written. */
const GATHERED_BYTES = 2 ** 18;

export interface PagesHome {
  core: LoopCore;
  native: Pick<Native, 'addressOf'>;
  loop: Loop;
}

// Buffers of a loop's passes that have ended, kept until garbage collection: a new one for each pass would be collected each time.
const buffers = new WeakMap<Loop, Array<WeakRef<Uint8Array>>>();

function takeBuffer(loop: Loop, byteLength: number): Uint8Array {
  const kept = buffers.get(loop) ?? [];
  for (const [place, each] of kept.entries()) {
    const buffer = each.deref();
    if (buffer?.length !== byteLength) continue;
    kept.splice(place, 1);
    return buffer;
  }
  // V8 counts the bytes of an ArrayBuffer, and this many make it collect garbage at once, for some milliseconds, in which
  // writers wait. It does not count those of a shared one.
  return new Uint8Array(new SharedArrayBuffer(byteLength));
}

function keepBuffer(loop: Loop, buffer: Uint8Array): void {
  const kept = buffers.get(loop) ?? [];
  buffers.set(loop, [new WeakRef(buffer), ...kept].slice(0, PASS_LIMIT));
}

export class LoopPages implements PageSource {
  readonly pageSize: number;
  readonly #home: PagesHome;
  readonly #mapped: Mapped;
  readonly #pages: () => number;
  readonly #slots: number;
  #last: LoopPass | undefined;

  /**
   * @param pages how many the region has now
   * @param bufferLimit bytes of saved pages that the sink has not taken; at least one page
   */
  constructor(home: PagesHome, mapped: Mapped, pages: () => number, bufferLimit: number) {
    this.#home = home;
    this.#mapped = mapped;
    this.#pages = pages;
    this.pageSize = 2 ** (home.core.u32[PAGE_SHIFT_AT >> 2] ?? 0);
    this.#slots = Math.min(CELL_LIMIT, Math.floor(bufferLimit / this.pageSize));
    if (this.#slots < 1) {
      throw new PagerError('OPTION', 'bufferLimit: there is no room for a page in it', {
        hint: `give at least ${this.pageSize} bytes`,
      });
    }
  }

  get pages(): number {
    return this.#pages();
  }

  begin(options: PassOptions, sink: PageSink): Pass {
    const { loop, core } = this.#home;
    const { region } = this.#mapped;
    if (loop.passes.has(region) || core.exports.passPhase(region) !== PHASE_NONE) {
      throw new PagerError('INTERNAL', 'another pass of this region is under way', { region });
    }
    const buffer = takeBuffer(loop, this.#slots * this.pageSize);
    this.#last = new LoopPass(this.#home, this.#mapped, buffer, this.pageSize, options, sink);
    return this.#last;
  }

  async release(): Promise<void> {
    const { core, loop } = this.#home;
    this.#last?.stop(new PagerError('CLOSED', 'the region was released meanwhile'));
    await this.#last?.done.catch(() => {});
    if (this.#mapped.closing) return;
    const { region } = this.#mapped;
    core.exports.releaseHeld(region);
    // Pages are unprotected in parts, so that faults are served in between.
    for (loop.run(); core.exports.passPhase(region) !== PHASE_NONE && !this.#mapped.closing; ) {
      await new Promise((resolve) => setImmediate(resolve));
      loop.run();
    }
  }
}

class LoopPass implements Pass, RunningPass {
  readonly instant: Promise<void>;
  readonly done: Promise<PassReport>;
  readonly #home: PagesHome;
  readonly #mapped: Mapped;
  readonly #buffer: Uint8Array;
  readonly #pageSize: number;
  readonly #options: PassOptions;
  readonly #sink: PageSink;
  readonly #began = performance.now();
  readonly #onAbort = () => this.#end(this.#options.signal?.reason ?? new Error('the pass was ended'));
  #instantAfter: number | undefined;
  #zeroPages = 0;
  /** Saved pages that the sink gets at the end of the turn, in adjacent cells from `#firstCell` on. */
  #gathered: PageRun[] = [];
  #firstCell = 0;
  #gatheredCells = 0;
  /** Batches with the sink. */
  #outstanding = 0;
  #failure: { error: unknown } | undefined;
  #ended = false;
  #settled = false;
  #resolveInstant: () => void = () => {};
  #rejectInstant: (error: unknown) => void = () => {};
  #resolveDone: (report: PassReport) => void = () => {};
  #rejectDone: (error: unknown) => void = () => {};

  constructor(
    home: PagesHome,
    mapped: Mapped,
    buffer: Uint8Array,
    pageSize: number,
    options: PassOptions,
    sink: PageSink,
  ) {
    this.#home = home;
    this.#mapped = mapped;
    this.#buffer = buffer;
    this.#pageSize = pageSize;
    this.#options = options;
    this.#sink = sink;
    this.instant = new Promise((resolve, reject) => {
      this.#resolveInstant = resolve;
      this.#rejectInstant = reject;
    });
    this.done = new Promise((resolve, reject) => {
      this.#resolveDone = resolve;
      this.#rejectDone = reject;
    });
    // A caller that only waits for the end gets the error there.
    this.instant.catch(() => {});
    this.done.catch(() => {});
    this.#start();
  }

  #start(): void {
    const { core, loop, native } = this.#home;
    const { changedOnly, track, settle, hold, runs, signal } = this.#options;
    const address = native.addressOf(this.#buffer);
    const flags =
      (changedOnly === true ? PASS_CHANGED_ONLY : 0) |
      (track === true ? PASS_TRACK : 0) |
      (settle === true ? PASS_SETTLE : 0) |
      (hold === true ? PASS_HOLD : 0) |
      (runs === undefined ? 0 : PASS_RUNS);
    const slots = this.#buffer.length / this.#pageSize;
    const { region } = this.#mapped;
    if (core.exports.beginPass(region, slots, Number(address & LOW_WORD), Number(address >> 32n), flags) === 0) {
      throw new PagerError('INTERNAL', `${PASS_LIMIT} other passes of this pager are under way`, { region });
    }
    loop.passes.set(region, this);
    this.#mapped.passes.add(this);
    for (const { first, count } of runs ?? []) {
      for (let page = first; page < first + count; ) {
        page = core.exports.pendPages(region, page, first + count);
        // It has stopped because the request ring is nearly full of runs of zeros.
        if (page < first + count) loop.dispatch();
      }
    }
    signal?.addEventListener('abort', this.#onAbort);
    if (signal?.aborted === true) this.#onAbort();
    loop.runSoon();
  }

  urge(first: number, count: number): void {
    // Its region may have been closed.
    if (this.#settled) return;
    this.#home.core.exports.urgePages(this.#mapped.region, first, first + count);
    // At once: a thread waits for them.
    this.#home.loop.run();
  }

  pending(): PageRun[] {
    const { nextPending } = this.#home.core.exports;
    const { region } = this.#mapped;
    const runs: PageRun[] = [];
    for (let first = nextPending(region, 0, 1) >>> 0; first !== NO_PAGE; ) {
      const end = nextPending(region, first, 0) >>> 0;
      runs.push({ first, count: end - first });
      first = nextPending(region, end, 1) >>> 0;
    }
    return runs;
  }

  saved(page: number, cell: number | null, count: number): void {
    if (cell === null) this.#zeroPages += count;
    if (this.#failure !== undefined) {
      if (cell !== null) this.#releaseCells(cell, count);
    } else if (cell !== null && this.#sink.takeRuns !== undefined) {
      this.#gather(page, cell, count);
    } else {
      // The sink gets the records of a page in their order.
      this.#giveGathered();
      const bytes = cell === null ? null : this.#bytesOf(cell, count);
      this.#give(() => this.#sink.take({ first: page, count, bytes }), cell, count);
    }
  }

  #bytesOf(cell: number, count: number): Uint8Array {
    return this.#buffer.subarray(cell * this.#pageSize, (cell + count) * this.#pageSize);
  }

  // Scattered pages come one by one, into adjacent cells mostly: a call of the sink for each would cost more than its work.
  #gather(page: number, cell: number, count: number): void {
    const isFull = this.#gatheredCells * this.#pageSize >= GATHERED_BYTES;
    if (isFull || cell !== this.#firstCell + this.#gatheredCells) this.#giveGathered();
    if (this.#gatheredCells === 0) this.#firstCell = cell;
    const last = this.#gathered.at(-1);
    if (last !== undefined && last.first + last.count === page) last.count += count;
    else this.#gathered.push({ first: page, count });
    this.#gatheredCells += count;
  }

  #giveGathered(): void {
    const [runs, cell, count] = [this.#gathered, this.#firstCell, this.#gatheredCells];
    if (count === 0) return;
    this.#gathered = [];
    this.#gatheredCells = 0;
    // Bytes that are still to be given when the pass fails are not needed any more.
    if (this.#failure !== undefined) this.#releaseCells(cell, count);
    else this.#give(() => this.#sink.takeRuns?.(runs, this.#bytesOf(cell, count)), cell, count);
  }

  async #give(take: () => Promise<void> | undefined, cell: number | null, count: number): Promise<void> {
    this.#outstanding++;
    try {
      await take();
    } catch (error) {
      this.#end(error);
    }
    this.#outstanding--;
    if (cell !== null) this.#releaseCells(cell, count);
    this.#home.loop.runSoon();
  }

  // If the region was closed while the sink had the bytes, its number may be another region's by now.
  #releaseCells(cell: number, count: number): void {
    if (!this.#settled) this.#home.core.exports.releaseSlots(this.#mapped.region, cell, count);
  }

  look(): void {
    this.#giveGathered();
    const { exports } = this.#home.core;
    const { region } = this.#mapped;
    const phase = exports.passPhase(region);
    if (phase >= PHASE_COPY && phase <= PHASE_DONE && this.#instantAfter === undefined) {
      this.#instantAfter = performance.now() - this.#began;
      this.#resolveInstant();
    }
    if (phase !== PHASE_NONE) {
      const taken = exports.passTaken(region);
      this.#options.onProgress?.(taken, taken + exports.passPending(region));
    }
    if (phase === PHASE_FAILED) this.#end(this.#explain());
    if (phase === PHASE_DONE && this.#outstanding === 0 && !this.#home.core.requested) this.#end(undefined);
    if (this.#ended && phase === PHASE_NONE && this.#outstanding === 0) this.#settle();
  }

  stop(error: unknown): void {
    if (!this.#settled) this.#end(error);
  }

  /** Its region is being closed. */
  drop(error: unknown): void {
    this.#failure ??= { error };
    if (!this.#ended) this.#sink.cancel?.(error);
    this.#ended = true;
    this.#home.core.exports.dropPass(this.#mapped.region);
    this.#settle();
  }

  // Further steps open the pages that are still protected; then the pass settles.
  #end(error: unknown): void {
    if (error !== undefined) this.#failure ??= { error };
    if (this.#ended) return;
    this.#ended = true;
    if (this.#failure !== undefined) this.#sink.cancel?.(this.#failure.error);
    const { exports } = this.#home.core;
    const { region } = this.#mapped;
    this.#peak = exports.passSlotsPeak(region);
    this.#taken = exports.passTaken(region);
    exports.endPass(region);
    this.#home.loop.runSoon();
  }

  #peak = 0;
  #taken = 0;

  #settle(): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const { region } = this.#mapped;
    if (this.#home.loop.passes.get(region) === this) this.#home.loop.passes.delete(region);
    this.#mapped.passes.delete(this);
    // A sink may still be reading the buffer of a pass whose region is closed.
    if (this.#outstanding === 0) keepBuffer(this.#home.loop, this.#buffer);
    if (this.#failure !== undefined) {
      this.#rejectInstant(this.#failure.error);
      this.#rejectDone(this.#failure.error);
      return;
    }
    this.#resolveDone({
      pages: this.#taken,
      zeroPages: this.#zeroPages,
      instantMilliseconds: this.#instantAfter ?? 0,
      milliseconds: performance.now() - this.#began,
      bufferPeakBytes: this.#peak * this.#pageSize,
    });
  }

  #explain(): PagerError {
    const { exports } = this.#home.core;
    const { region } = this.#mapped;
    const page = exports.passFailedPage(region) - 1;
    const cause = exports.passFailedCause(region);
    const errno = exports.passFailedErrno(region);
    const where = `region ${region}, page ${page}`;
    if (cause === CAUSE_GONE) {
      return new PagerError(
        'REGION',
        `${where}: the program dropped it (madvise, munmap, mremap) before it could be saved`,
        {
          hint: 'try again; use discard, which waits, or stop the program until its memory is saved',
        },
      );
    }
    if (cause === CAUSE_NO_TABLE) return new PagerError('INTERNAL', `${where}: the page table is full`);
    if (cause === CAUSE_NO_FRAME) {
      const refused = noFrame('STORE_WRITE', this.#home.loop.refusedWrites.last(this.#mapped));
      const { message, hint, errno: code, cause: write } = refused;
      return new PagerError('STORE_WRITE', `${where}: ${message}`, { hint, errno: code, cause: write });
    }
    if (errno === constants.errno.ESRCH) {
      return new PagerError('CLOSED', `${where}: its process has ended before it could be saved`, { errno: 'ESRCH' });
    }
    const why = cause === CAUSE_CONTENT ? 'its copy in the pool is broken' : `it cannot be read${errnoName(errno)}`;
    const failure = this.#mapped.failureOf(page)?.error;
    const hint = readingHint(cause, errno) ?? (failure as Partial<PagerError> | undefined)?.hint;
    return new PagerError('STORE_READ', `${where}: ${why}`, { hint, cause: failure });
  }
}
