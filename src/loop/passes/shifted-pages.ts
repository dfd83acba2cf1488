// A PageSource with shifted page numbers: a guest's region may be numbered as its memory file, but its image is numbered as
// its memory.
import type { PageBatch, PageRun, PageSink, PageSource, Pass, PassOptions } from '../../pass/pass.js';

export class ShiftedPages implements PageSource {
  readonly #source: PageSource;
  readonly #ahead: number;

  /** @param ahead pages by which the source's numbers are ahead; pages before the first are left out */
  constructor(source: PageSource, ahead: number) {
    this.#source = source;
    this.#ahead = ahead;
  }

  get pages(): number {
    return Math.max(0, this.#source.pages - this.#ahead);
  }

  get pageSize(): number {
    return this.#source.pageSize;
  }

  begin(options: PassOptions, sink: PageSink): Pass {
    const ahead = this.#ahead;
    const take = async (batch: PageBatch): Promise<void> => {
      const shifted = this.#shift(batch);
      if (shifted === null) return;
      const { bytes } = batch;
      const skipped = batch.count - shifted.count;
      await sink.take({ ...shifted, bytes: bytes === null ? null : bytes.subarray(skipped * this.pageSize) });
    };
    const runs = options.runs?.map(({ first, count }) => ({ first: first + ahead, count }));
    const shiftedSink = { take, cancel: (error: unknown) => sink.cancel?.(error) };
    const pass = this.#source.begin(runs === undefined ? options : { ...options, runs }, shiftedSink);
    return {
      instant: pass.instant,
      done: pass.done,
      pending: () => pass.pending().flatMap((run) => this.#shift(run) ?? []),
      urge: (first, count) => pass.urge(first + ahead, count),
    };
  }

  release(): Promise<void> {
    return this.#source.release();
  }

  #shift({ first, count }: PageRun): PageRun | null {
    const skipped = Math.max(0, this.#ahead - first);
    return skipped >= count ? null : { first: first + skipped - this.#ahead, count: count - skipped };
  }
}
