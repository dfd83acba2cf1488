// A pass over a region's pages, as snapshots, incremental snapshots and each round of a migration use it.
//
//            begin                      instant                                       done
//   ───────────┬──────────────────────────┬────────────────────────────────────────────┬──────▶ time
//    writers   │ run; pages are           │ wait only for the page they write to;      │ run
//              │ write-protected ahead    │ it is taken before the others (hold: wait) │
//    sink      │                          │ take, take, take …                         │
//
// The sink takes the region exactly as it was at the instant, in any order.

/** Adjacent pages that were taken. */
export interface PageBatch {
  first: number;
  count: number;
  /** `count` pages; readable until `take` settles. null: they are all zeros (reported only if they may not have been before). */
  bytes: Uint8Array | null;
}

export interface PageSink {
  /** Resolves when the sink no longer needs the bytes; many calls may be under way. A rejection ends the pass. */
  take(batch: PageBatch): Promise<void>;
  /**
   * Several runs of pages, whose bytes follow each other: one call for many pages that are not adjacent. Otherwise as `take`; a
   * sink without it takes each run by itself.
   */
  takeRuns?: ((runs: readonly PageRun[], bytes: Uint8Array) => Promise<void>) | undefined;
  /** The pass failed or was ended: release the pages that are still held soon. */
  cancel?(error: unknown): void;
}

export interface PageRun {
  first: number;
  count: number;
}

export interface PassOptions {
  /** Only pages that may have changed since the last tracked pass: a superset of those that did. Default false. */
  changedOnly?: boolean;
  /** Keep the pages protected afterwards, so that the next pass knows which may have changed. Default false. */
  track?: boolean;
  /**
   * With `track`: a page that was protected only for this pass counts as unchanged only once another pass has taken it under
   * the same protection. Nothing reports what the kernel writes through a pin from before the protection. Default false.
   */
  settle?: boolean;
  /** From the instant until `release`, block every thread that touches the region. Default false. */
  hold?: boolean;
  /** Only these pages; for a region that is held already. Default: all. */
  runs?: readonly PageRun[];
  /** Ends the pass; `done` rejects with its reason. Writers run on (unless held). */
  signal?: AbortSignal;
  /** Called from time to time with the pages taken so far, and the most there may be. */
  onProgress?(taken: number, total: number): void;
}

export interface PassReport {
  /** Pages taken with bytes, and pages that were zeros. */
  pages: number;
  zeroPages: number;
  /** Milliseconds from the begin to the instant, and to the end. */
  instantMilliseconds: number;
  milliseconds: number;
  /** Peak use of the buffer. */
  bufferPeakBytes: number;
}

export interface Pass {
  readonly instant: Promise<void>;
  /** After the instant: pages whose bytes the sink has not received; all other pages are zeros or were received. */
  pending(): PageRun[];
  /** Takes these pages before the others, if they have not been taken yet. */
  urge(first: number, count: number): void;
  /** @throws (rejects) PagerError if a page cannot be read; the sink's error; the signal's reason */
  readonly done: Promise<PassReport>;
}

/** Something whose pages can be taken at one instant, by one pass at a time. */
export interface PageSource {
  readonly pages: number;
  /** Bytes. */
  readonly pageSize: number;
  /** Pages that the other side touches first; they can be taken repeatedly while threads write to them. */
  readonly ahead?: readonly PageRun[];
  /** Bytes of pages that have content, at most. Default: all. */
  readonly contentBytes?: number;
  begin(options: PassOptions, sink: PageSink): Pass;
  /** Releases the threads that a held pass blocks. */
  release(): Promise<void>;
}
