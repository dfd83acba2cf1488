// The memory of a stopped virtual machine as a PageSource: its memory file, or /proc/PID/fd/N of its memfile.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import type { PageBatch, PageRun, PageSink, PageSource, Pass, PassOptions, PassReport } from '../pass/pass.js';

const PAGE_SIZE = 4096;
/** Unit of `blocks` in stat(2). */
const BLOCK = 512;
/** Pages that are read at a time: a page that is urgent waits for no more than one such read, some 10 µs. */
const BATCH_PAGES = 16;
/** Batches that may be under way, beside urgent ones. */
const UNDER_WAY = 16;
/** Memory of a PC's adapters: QEMU reads it while it loads the devices' state, before the guest runs. */
const EARLY = { first: 160, count: 96 };
/** Pages that are searched for holes at a time: some milliseconds. */
const SCAN_PAGES = 2 ** 16;
/** States of a page in a pass. */
const [TAKEN, OPEN] = [0, 1];
const NOTHING = Buffer.alloc(PAGE_SIZE);

/** Writes to the file go unnoticed: it must not be written to from the pass's instant on. */
export class MemoryFile implements PageSource {
  readonly pages: number;
  readonly pageSize = PAGE_SIZE;
  readonly ahead: readonly PageRun[];
  readonly contentBytes: number;
  readonly #path: string;
  readonly #fd: number;
  #passing = false;
  #quiet: Promise<unknown> = Promise.resolve();

  /**
   * @param still no process writes to it any more: its holes are zeros
   * @throws PagerError 'STORE_READ', 'OPTION': no file, or not one of whole pages
   */
  static open(path: string, still = false): MemoryFile {
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch (cause) {
      throw failed(path, 'it cannot be opened', cause);
    }
    const status = fstatSync(fd);
    if (status.isFile() && status.size > 0 && status.size % PAGE_SIZE === 0)
      return new MemoryFile(path, fd, status.size, still ? status.blocks * BLOCK : status.size);
    closeSync(fd);
    const what = status.isFile() ? `a file of ${status.size} bytes` : 'no file';
    throw new PagerError('OPTION', `${path} is ${what}, not a guest’s memory`, {
      hint: 'name the file of its memory backend, or /proc/PID/fd/N of its memfd: whole pages of 4 KiB',
    });
  }

  private constructor(path: string, fd: number, byteLength: number, contentBytes: number) {
    this.#path = path;
    this.#fd = fd;
    this.pages = byteLength / PAGE_SIZE;
    this.contentBytes = Math.min(byteLength, contentBytes);
    this.ahead = this.pages < EARLY.first + EARLY.count ? [] : [EARLY];
  }

  /** Until then only urgent pages are taken: CPUs and connection are left to others. */
  quietUntil(end: Promise<unknown>): void {
    this.#quiet = end.catch(() => {});
  }

  begin(options: PassOptions, sink: PageSink): Pass {
    if (this.#passing) throw new PagerError('INTERNAL', 'a pass is under way already');
    this.#passing = true;
    const { runs = [{ first: 0, count: this.pages }] } = options;
    const outside = runs.find(({ first, count }) => first < 0 || count < 0 || first + count > this.pages);
    if (outside !== undefined) {
      throw new PagerError('OPTION', `pages ${outside.first} to ${outside.first + outside.count} are not in the file`);
    }
    const pass = new FilePass(this.#path, this.#fd, this.pages, runs, options, sink);
    const done = pass.run(this.#quiet).finally(() => {
      this.#passing = false;
    });
    // A caller may never await `done`.
    done.catch(() => {});
    const urge = (first: number, count: number): void => pass.urge(first, count);
    return { instant: Promise.resolve(), pending: () => pass.pending(), urge, done };
  }

  /** No thread is held: the machine is stopped already. */
  async release(): Promise<void> {}

  close(): void {
    closeSync(this.#fd);
  }
}

class FilePass {
  readonly #path: string;
  readonly #fd: number;
  readonly #sink: PageSink;
  readonly #options: PassOptions;
  readonly #runs: readonly PageRun[];
  readonly #began = performance.now();
  /** State of each page: taken, or still to be taken. */
  readonly #open: Uint8Array;
  readonly #free: Uint8Array[] = [];
  readonly #total: number;
  #underWay = 0;
  #peak = 0;
  #pages = 0;
  #zeroPages = 0;
  /** Cursor of the background scan. */
  #next = 0;
  #failure: { error: unknown } | undefined;
  readonly #failed: Promise<void>;
  #giveUp = (): void => {};
  #wake = (): void => {};

  constructor(path: string, fd: number, pages: number, runs: readonly PageRun[], options: PassOptions, sink: PageSink) {
    this.#path = path;
    this.#fd = fd;
    this.#options = options;
    this.#sink = sink;
    this.#open = new Uint8Array(pages);
    this.#runs = runs;
    this.#failed = new Promise((resolve) => {
      this.#giveUp = resolve;
    });
    for (const { first, count } of runs) this.#open.fill(OPEN, first, first + count);
    this.#total = runs.reduce((sum, { count }) => sum + count, 0);
  }

  async run(quiet: Promise<unknown>): Promise<PassReport> {
    const { signal, onProgress } = this.#options;
    const abort = () => this.#fail(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    // Callers that await the instant have run before pages arrive.
    await new Promise(setImmediate);
    try {
      this.urge(EARLY.first, EARLY.count);
      this.#next = 0;
      await Promise.race([quiet, this.#failed]);
      for (const { first, count } of this.#runs) await this.#holes(first, first + count);
      for (;;) {
        while (this.#failure === undefined && this.#underWay >= UNDER_WAY) await this.#change();
        const page = this.#failure === undefined ? this.#nextOpen() : -1;
        if (page < 0) break;
        this.#next = page + BATCH_PAGES;
        this.#read(page, this.#next);
        onProgress?.(this.#pages + this.#zeroPages, this.#total);
      }
      while (this.#failure === undefined && this.#underWay > 0) await this.#change();
    } catch (error) {
      this.#fail(error);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    return {
      pages: this.#pages,
      zeroPages: this.#zeroPages,
      instantMilliseconds: 0,
      milliseconds: performance.now() - this.#began,
      bufferPeakBytes: this.#peak * BATCH_PAGES * PAGE_SIZE,
    };
  }

  pending(): PageRun[] {
    const runs: PageRun[] = [];
    for (let first = this.#open.indexOf(OPEN); first >= 0; ) {
      const taken = this.#open.indexOf(TAKEN, first);
      const end = taken < 0 ? this.#open.length : taken;
      runs.push({ first, count: end - first });
      first = this.#open.indexOf(OPEN, end);
    }
    return runs;
  }

  /**
   * Takes these pages at once, before others. The background scan continues after them, as in QEMU's postcopy
   * (get_queued_page() of its migration/ram.c): a thread that touched a page is likely to touch the next ones.
   */
  urge(first: number, count: number): void {
    if (this.#failure !== undefined) return;
    const end = Math.min(first + count, this.#open.length);
    this.#next = end;
    try {
      for (let page = Math.max(0, first); page < end; page += BATCH_PAGES) {
        this.#read(page, Math.min(page + BATCH_PAGES, end));
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reports all holes, so that a touch of one needs no read. */
  async #holes(first: number, end: number): Promise<void> {
    for (let from = first; from < end; from += SCAN_PAGES) {
      const until = Math.min(end, from + SCAN_PAGES);
      let next = from;
      for (const run of dataRuns(this.#fd, from, until - from)) {
        this.#zeros(next, run.first);
        next = run.first + run.count;
      }
      this.#zeros(next, until);
      // A page may have become urgent.
      await new Promise(setImmediate);
    }
  }

  #nextOpen(): number {
    const page = this.#open.indexOf(OPEN, this.#next);
    return page < 0 ? this.#open.indexOf(OPEN) : page;
  }

  #zeros(first: number, end: number): void {
    this.#eachOpen(first, end, (from, to) => {
      this.#zeroPages += to - from;
      this.#take({ first: from, count: to - from, bytes: null });
    });
  }

  /** At most a batch. */
  #read(first: number, end: number): void {
    this.#eachOpen(first, end, (from, to) => {
      const buffer = this.#free.pop() ?? new Uint8Array(BATCH_PAGES * PAGE_SIZE);
      const bytes = buffer.subarray(0, (to - from) * PAGE_SIZE);
      this.#fill(bytes, from);
      let users = 1;
      const done = () => {
        if (--users === 0) this.#free.push(buffer);
      };
      for (let page = from; page < to; ) {
        const zero = isZero(bytes, page - from);
        let next = page + 1;
        while (next < to && isZero(bytes, next - from) === zero) next++;
        const count = next - page;
        if (zero) {
          this.#zeroPages += count;
          this.#take({ first: page, count, bytes: null });
        } else {
          this.#pages += count;
          users++;
          const part = bytes.subarray((page - from) * PAGE_SIZE, (next - from) * PAGE_SIZE);
          this.#take({ first: page, count, bytes: part }, done);
        }
        page = next;
      }
      done();
    });
  }

  #fill(bytes: Uint8Array, first: number): void {
    for (let at = 0; at < bytes.length; ) {
      let length = 0;
      try {
        length = readSync(this.#fd, bytes, at, bytes.length - at, first * PAGE_SIZE + at);
      } catch (cause) {
        throw failed(this.#path, 'it cannot be read', cause);
      }
      if (length === 0) throw failed(this.#path, 'it has become shorter');
      at += length;
    }
  }

  #eachOpen(first: number, until: number, use: (from: number, to: number) => void): void {
    const end = Math.min(until, this.#open.length);
    for (let page = first; page < end; ) {
      if (this.#open[page] === TAKEN) {
        page++;
        continue;
      }
      let next = page;
      while (next < end && this.#open[next] !== TAKEN) next++;
      this.#open.fill(TAKEN, page, next);
      use(page, next);
      page = next;
    }
  }

  #take(batch: PageBatch, done?: () => void): void {
    this.#underWay++;
    this.#peak = Math.max(this.#peak, this.#underWay);
    this.#sink
      .take(batch)
      .then(done, (error: unknown) => this.#fail(error))
      .then(() => {
        this.#underWay--;
        this.#wake();
      });
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#giveUp();
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** The part of these pages that is not a hole. A page that begins with a hole may still have content: it counts. */
function dataRuns(fd: number, first: number, count: number): PageRun[] {
  const { seekExtent } = native();
  const runs: PageRun[] = [];
  const end = first + count;
  for (let page = first; page < end; ) {
    const data = seekExtent(fd, page * PAGE_SIZE, false);
    if (data < 0 || data >= end * PAGE_SIZE) break;
    const hole = seekExtent(fd, data, true);
    const from = Math.floor(data / PAGE_SIZE);
    const to = hole < 0 ? end : Math.min(end, Math.ceil(hole / PAGE_SIZE));
    runs.push({ first: from, count: to - from });
    page = to;
  }
  return runs;
}

function isZero(bytes: Uint8Array, at: number): boolean {
  return NOTHING.compare(bytes, at * PAGE_SIZE, (at + 1) * PAGE_SIZE) === 0;
}

function failed(path: string, what: string, cause?: unknown): PagerError {
  const { code, syscall } = (cause ?? {}) as { code?: string; syscall?: string };
  return new PagerError('STORE_READ', `${path}: ${what}`, {
    errno: code,
    syscall,
    hint: 'check the path; the guest’s process and its memfile must stay until all has been sent',
    cause,
  });
}
