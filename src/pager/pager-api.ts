// The public types of a pager.
import type { EventEmitter } from 'node:events';
import type { PagerHistogram } from '../core/histogram.js';
import type { PagerStats } from '../core/stats.js';
import type { JoinOptions, SharedRegion } from '../dsm/region.js';
import type { PagerError } from '../errors.js';
import type { LiveOptions, LiveView } from '../live/server.js';
import type { Store } from '../store/store.js';
import type { Size } from '../units.js';
import type { HistogramName } from './histograms.js';
import type { Region } from './region-api.js';

export interface MapOptions {
  /** Rounded up to a whole page; fewer than 2^31 pages. */
  byteLength: Size;
  /** Where a page's first bytes come from. Never written. Default: zeros. */
  source?: Store;
  /** Where evicted pages are written and read back. Default: a compressed pool in memory. For one region at a time. */
  store?: Store;
  /**
   * 'anonymous' (default); 'shared': a memfile that other processes can map; 'huge': pages of 2 MiB from the system's
   * reserve (hugetlb, vm.nr_hugepages), in a pager of that page size.
   */
  memory?: 'anonymous' | 'shared' | 'huge';
  /** Ends the call while its stores are being opened: it rejects with 'CLOSED'. */
  signal?: AbortSignal;
}
/** What a pager emits, by name. */
// A type, not an interface: EventEmitter walks it by name.
export type PagerEvents = {
  /** A store refuses pages: they stay in memory, and writers wait. Emitted once until it recovers. */
  storeError: [event: StoreErrorEvent];
  /** The store takes pages again. */
  storeRecovered: [event: StoreRecoveredEvent];
  /** A page that a thread waits for cannot be read: the thread gets SIGBUS. A listener runs only if the process survives that. */
  pageLost: [event: PageLostEvent];
};

export interface StoreErrorEvent {
  region: Region;
  error: PagerError;
}

export interface StoreRecoveredEvent {
  region: Region;
}

export interface PageLostEvent {
  region: Region;
  page: number;
  byteOffset: number;
  error: PagerError;
}

export interface Pager extends EventEmitter<PagerEvents>, AsyncDisposable {
  readonly engine: 'userfaultfd' | 'trap';
  /** The host that runs the core. */
  readonly core: 'v8' | 'native';
  /** Who serves a fault. */
  readonly faults: 'inline' | 'loop';
  /** @throws (rejects) PagerError 'OPTION', 'REGION', 'STORE_READ', 'UNSUPPORTED' or 'CLOSED' before anything is mapped */
  map(options: MapOptions): Promise<Region>;
  /**
   * Joins a region that several processes and hosts share; `farpage home` keeps who has which page ([docs/dsm.md](../docs/dsm.md)).
   * @throws (rejects) PagerError 'OPTION', 'PROTOCOL', 'REGION', 'UNSUPPORTED', 'PERMISSION' or 'CLOSED'
   */
  join(homes: string | readonly string[], options: JoinOptions): Promise<SharedRegion>;
  stats(): PagerStats;
  /** Times of all regions of this pager, the closed ones included, as counted so far. @throws PagerError 'OPTION' */
  histogram(name: HistogramName): PagerHistogram;
  /** Prometheus' text exposition of this pager's counters; its label `pager` numbers the pagers of this thread. */
  metrics(): string;
  /**
   * Serves a page that shows this pager at work: resident set, faults, times, and a map of its pages. It ends with the pager, and
   * does not keep the process alive.
   * @throws (rejects) PagerError 'OPTION' if the address cannot be listened at, 'CLOSED'
   */
  live(options?: LiveOptions): Promise<LiveView>;
  /** Closes every region, writes nothing back (call `flush` first), and ends the loop thread. Idempotent. */
  close(): Promise<void>;
}
