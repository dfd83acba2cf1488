// What the live view's server sends and its page draws.
import type { DsmStats } from '../core/dsm-stats.js';

export type { PageMap } from '../core/page-map.js';

/** Counts of times: pairs of the least time of a bucket in microseconds, and how many there were. */
export type Buckets = Array<[microseconds: number, count: number]>;

export interface LiveRegion {
  region: number;
  name: string;
  /** Pages that a map of it numbers. */
  pages: number;
  resident: number;
  dirty: number;
  faults: number;
}

/** One core: counters that only grow, but for `limit`, `resident`, `pool` and `regions`. */
export interface LiveCoreSample {
  name: string;
  pageSize: number;
  /** Bytes; null: no limit. */
  limit: number | null;
  resident: number;
  /** Bytes that memory stores hold. */
  pool: number;
  faults: number;
  evictions: number;
  bytesRead: number;
  bytesWritten: number;
  storeErrors: number;
  fault: Buckets;
  storeRead: Buckets;
  storeWrite: Buckets;
  regions: LiveRegion[];
}

/** A region that several processes share, as its node has counted. */
export interface LiveShared {
  name: string;
  node: number;
  pages: number;
  dsm: DsmStats;
}

export interface LiveSample {
  title: string;
  /** Milliseconds of the server's monotonic clock. */
  at: number;
  cores: LiveCoreSample[];
  shared: readonly LiveShared[];
}
