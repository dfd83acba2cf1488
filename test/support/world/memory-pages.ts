// Pages in plain memory, as something that can be taken at one instant: a stand-in for a region in tests of migrations.
import type { PageRun, PageSink, PageSource, Pass, PassOptions, PassReport } from '../../../src/pass/pass.js';

const BATCH = 16;
const UNDER_WAY = 8;

export class MemoryPages implements PageSource {
  readonly bytes: Uint8Array;
  readonly pageSize: number;
  readonly passes: PassOptions[] = [];
  released = 0;
  held = false;
  /** Called before the instant of a pass that holds. */
  beforeInstant: (() => Promise<void>) | undefined;
  /** Called before each batch is given to the sink. */
  onBatch: (() => void | Promise<void>) | undefined;
  readonly #changed: Uint8Array;

  constructor(
    readonly pages: number,
    pageSize = 4096,
  ) {
    this.pageSize = pageSize;
    this.bytes = new Uint8Array(pages * pageSize);
    this.#changed = new Uint8Array(pages).fill(1);
  }

  page(page: number): Uint8Array {
    return this.bytes.subarray(page * this.pageSize, (page + 1) * this.pageSize);
  }

  /** Fills a page with what a seed says; 0: zeros. */
  write(page: number, seed: number): void {
    if (this.held) throw new Error('a held page is written to');
    new Uint32Array(this.bytes.buffer, page * this.pageSize, this.pageSize / 4).fill(Math.imul(seed, 2654435761));
    this.#changed[page] = 1;
  }

  begin(options: PassOptions, sink: PageSink): Pass {
    if (options.runs !== undefined && !this.held) throw new Error('runs are for a held region');
    this.passes.push(options);
    const pass = new MemoryPass(this, options, this.#changed, sink);
    if (options.track === true) this.#changed.fill(0);
    return pass;
  }

  async release(): Promise<void> {
    this.released++;
    this.held = false;
  }
}

class MemoryPass implements Pass {
  readonly instant: Promise<void>;
  readonly done: Promise<PassReport>;
  readonly #source: MemoryPages;
  readonly #sink: PageSink;
  /** The bytes of the instant. */
  #bytes: Uint8Array = new Uint8Array();
  /** 1: to be given, with bytes; 2: to be said to be zeros. */
  readonly #open: Uint8Array;
  #failure: { error: unknown } | undefined;
  #underWay = 0;
  #wake = (): void => {};

  constructor(source: MemoryPages, options: PassOptions, changed: Uint8Array, sink: PageSink) {
    this.#source = source;
    this.#sink = sink;
    this.#open = new Uint8Array(source.pages);
    const abort = () => this.#fail(options.signal?.reason);
    options.signal?.addEventListener('abort', abort);
    if (options.signal?.aborted === true) abort();
    const before = options.hold === true && !source.held ? source.beforeInstant : undefined;
    if (before === undefined) this.#begin(options, changed);
    this.instant = before === undefined ? Promise.resolve() : this.#beginAfter(before, options, changed);
    this.instant.catch(() => {});
    this.done = this.instant
      .then(() => this.#run(options))
      .finally(() => options.signal?.removeEventListener('abort', abort));
    this.done.catch(() => {});
  }

  async #beginAfter(before: () => Promise<void>, options: PassOptions, changed: Uint8Array): Promise<void> {
    await before();
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#begin(options, changed);
  }

  #begin(options: PassOptions, changed: Uint8Array): void {
    const source = this.#source;
    if (options.hold === true) source.held = true;
    this.#bytes = options.hold === true ? source.bytes : source.bytes.slice();
    for (const { first, count } of options.runs ?? [{ first: 0, count: source.pages }]) {
      for (let page = first; page < first + count; page++) {
        if (options.changedOnly === true && changed[page] === 0) continue;
        const isZero = source.page(page).every((byte) => byte === 0);
        // Zeros are said only where they may not have been before.
        const said = options.changedOnly === true || options.runs !== undefined;
        this.#open[page] = isZero ? (said ? 2 : 0) : 1;
      }
    }
    // As a region's: zeros are said by the instant.
    for (const { first, count } of runsOf(this.#open, 2)) this.#give({ first, count, bytes: null });
  }

  pending(): PageRun[] {
    return runsOf(this.#open, 1);
  }

  urge(first: number, count: number): void {
    this.#take(first, Math.min(first + count, this.#open.length));
  }

  async #run(options: PassOptions): Promise<PassReport> {
    const most = this.#open.filter((state) => state === 1).length;
    // As a region's: some come in the turn of the instant.
    let pages = this.#take(0, BATCH);
    await new Promise(setImmediate);
    for (let page = 0; page < this.#open.length && this.#failure === undefined; page += BATCH) {
      while (this.#underWay >= UNDER_WAY && this.#failure === undefined) await this.#change();
      await this.#source.onBatch?.();
      pages += this.#take(page, Math.min(page + BATCH, this.#open.length));
      options.onProgress?.(pages, most);
      if (page % 1024 === 0) await new Promise(setImmediate);
    }
    while (this.#underWay > 0 && this.#failure === undefined) await this.#change();
    if (this.#failure !== undefined) throw this.#failure.error;
    return { pages, zeroPages: 0, instantMilliseconds: 0, milliseconds: 0, bufferPeakBytes: 0 };
  }

  #take(first: number, end: number): number {
    let taken = 0;
    for (let page = first; page < end && this.#failure === undefined; ) {
      let next = page;
      while (next < end && this.#open[next] === 1) next++;
      if (next > page) {
        this.#open.fill(0, page, next);
        const { pageSize } = this.#source;
        this.#give({ first: page, count: next - page, bytes: this.#bytes.subarray(page * pageSize, next * pageSize) });
        taken += next - page;
      }
      page = next + 1;
    }
    return taken;
  }

  #give(batch: { first: number; count: number; bytes: Uint8Array | null }): void {
    this.#underWay++;
    this.#sink.take(batch).then(
      () => this.#taken(),
      (error: unknown) => {
        this.#fail(error);
        this.#taken();
      },
    );
  }

  #taken(): void {
    this.#underWay--;
    this.#wake();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function runsOf(states: Uint8Array, value: number): PageRun[] {
  const runs: PageRun[] = [];
  for (let first = states.indexOf(value); first >= 0; ) {
    let end = first + 1;
    while (states[end] === value) end++;
    runs.push({ first, count: end - first });
    first = states.indexOf(value, end);
  }
  return runs;
}
