// A pass over a region's pages: what a snapshot, an incremental snapshot and each round of a migration have in common.
//
//            begin                      instant                                       done
//   ───────────┬──────────────────────────┬────────────────────────────────────────────┬──────▶ time
//    writers   │ go on; pages are         │ wait only for the page they write to;      │ go on
//              │ write-protected ahead    │ it is taken before the others (hold: wait) │
//    sink      │                          │ take, take, take …                         │
//
// What the sink takes is the region exactly as it was at the instant, in no order.

/** Adjacent pages that were taken. */
export interface PageBatch {
  first: number;
  count: number;
  /** `count` pages; readable until `take` settles. null: they are all zeros (said only where they may not have been before). */
  bytes: Uint8Array | null;
}

export interface PageSink {
  /** Resolves when the bytes are not needed any more; many calls may be under way. A rejection ends the pass. */
  take(batch: PageBatch): Promise<void>;
  /** The pass has failed or was ended: what it took and still holds is to be let go soon. */
  cancel?(error: unknown): void;
}

export interface PageRun {
  first: number;
  count: number;
}

export interface PassOptions {
  /** Only pages that may have changed since the last pass that was tracked: a superset of what did. Default false. */
  changedOnly?: boolean;
  /** Keep the pages protected afterwards, so that the next pass knows which may have changed. Default false. */
  track?: boolean;
  /**
   * With `track`: a page that was protected only for this pass counts as unchanged only once another has taken it under the same
   * protection. What the kernel writes through a pin from before the protection is told by nobody. Default false.
   */
  settle?: boolean;
  /** From the instant on nobody who touches the region goes on, until `release`. Default false. */
  hold?: boolean;
  /** Only these pages; for a region that is held already. Default: all. */
  runs?: readonly PageRun[];
  /** Ends the pass; `done` rejects with its reason. Writers go on (unless held). */
  signal?: AbortSignal;
  /** Pages taken so far, and how many there may be in all; now and then. */
  onProgress?(taken: number, total: number): void;
}

export interface PassReport {
  /** Pages taken with bytes, and pages that were zeros. */
  pages: number;
  zeroPages: number;
  /** Milliseconds from the begin to the instant, and to the end. */
  instantMilliseconds: number;
  milliseconds: number;
  /** The most of the buffer that was in use. */
  bufferPeakBytes: number;
}

export interface Pass {
  readonly instant: Promise<void>;
  /** After the instant: pages whose bytes the sink has not been given yet; unnamed pages are zeros or were given. */
  pending(): PageRun[];
  /** Takes these pages before the others, if they have not been taken yet. */
  urge(first: number, count: number): void;
  /** @throws (rejects) PagerError where a page cannot be read, or what the sink or the signal said */
  readonly done: Promise<PassReport>;
}

/** Something whose pages can be taken at one instant. One pass at a time. */
export interface PageSource {
  readonly pages: number;
  /** Bytes. */
  readonly pageSize: number;
  /** Pages that are touched there before all others; they can be taken any number of times, whoever writes to them. */
  readonly ahead?: readonly PageRun[];
  /** Bytes of pages that have content, at most. Default: all. */
  readonly contentBytes?: number;
  begin(options: PassOptions, sink: PageSink): Pass;
  /** Lets go whoever a held pass has made wait. */
  release(): Promise<void>;
}
