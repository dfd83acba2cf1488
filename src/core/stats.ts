// Reads counters from the core memory, from any thread: each number is whole, together they are not one instant.
import { ANNEX_SLAB_BYTES, COUNTER_LANE_READS, COUNTER_LANES, SLAB_PAGES } from '../../assembly/codes.js';
import * as layout from '../../assembly/layout.js';
import { type CountedTimes, NANOSECONDS_PER_TICK, noTimes, percentileOf } from './histogram.js';
import { absentPages } from './presence.js';
import type { CoreReader } from './reader.js';

export interface RegionStats {
  pages: number;
  residentPages: number;
  /** Pages known to differ from the store's copy. A clean page that was written to since is noticed only when it is evicted. */
  dirtyPages: number;
  pinnedPages: number;
  faults: { missing: number; minor: number; wp: number };
  /** Fills by where the bytes came from. */
  fills: { zero: number; source: number; store: number; soft: number };
  readahead: { issued: number; used: number };
  evictions: number;
  /** Volatile pages that were dropped instead of written, and of these regenerated. */
  volatile: { reclaimed: number; regenerated: number };
  writebacks: number;
  store: {
    reads: number;
    writes: number;
    bytesRead: number;
    bytesWritten: number;
    errors: number;
    retries: number;
    /** Lanes that are open now: native code reads pages over them (docs/stores.md). */
    lanes: number;
    /** Of `reads`, those over a lane. */
    laneReads: number;
  };
  /** Microseconds from reading the fault message to the page being installed. */
  latency: { p50: number; p90: number; p99: number; p999: number; max: number };
}

export interface PagerStats extends RegionStats {
  /** Bytes; null: no limit. */
  residentLimit: number | null;
  /** Bytes of pages and frames at most, by the pager's own count. */
  residentBytesPeak: number;
  /** Bytes by which that peak was above the limit: a process had locked, or a fork had doubled, more than may be resident. */
  overLimitBytes: number;
  regions: number;
  /** Bytes of memory that the pools of all memory stores hold, now and at most; not part of the resident limit. */
  poolBytes: number;
  poolBytesPeak: number;
  /** Bytes of the page table in use: leaves in the core memory and in the annex, and directories. */
  bookkeepingBytes: number;
}

/** Faults of all kinds. */
export function faultCount({ faults }: Pick<RegionStats, 'faults'>): number {
  return faults.missing + faults.minor + faults.wp;
}

/** The limit, and the peak relative to it. */
export function underLimit(residentLimit: number | null, residentBytesPeak: number) {
  const overLimitBytes = residentLimit === null ? 0 : Math.max(0, residentBytesPeak - residentLimit);
  return { residentLimit, residentBytesPeak, overLimitBytes };
}

/** Reads counters out of a core's memory, from any thread: each number is whole, the set is not one instant. */
export class StatsReader {
  readonly #reader: CoreReader;

  constructor(reader: CoreReader) {
    this.#reader = reader;
  }

  region(region: number): RegionStats {
    return this.#sum([region], this.#word(regionAt(region) + layout.REGION_PAGES_AT));
  }

  /** Pages of a region, `end` not included, that a touch would wait for now. */
  absentPages(region: number, first: number, end: number): number {
    return absentPages(this.#reader, region, first, end);
  }

  /** How many are open. */
  regions(): number {
    return this.#word(layout.REGION_COUNT_AT);
  }

  pager(): PagerStats {
    const open = this.#open();
    let pages = 0;
    let leaves = 0;
    for (const region of open) {
      pages += this.#word(regionAt(region) + layout.REGION_PAGES_AT);
      leaves += this.#word(regionAt(region) + layout.REGION_LEAVES_AT);
    }
    const limit = this.#word(layout.LIMIT_PAGES_AT);
    const peak = this.#word(layout.RESIDENT_PEAK_AT);
    const pageSize = 2 ** this.#word(layout.PAGE_SHIFT_AT);
    const slabBytes = pageSize * SLAB_PAGES;
    return {
      ...this.#sum([0, ...open], pages),
      ...underLimit(limit === 0xffffffff ? null : limit * pageSize, peak * pageSize),
      regions: open.length,
      poolBytes: this.#word(layout.POOL_SLABS_AT) * slabBytes,
      poolBytesPeak: this.#word(layout.POOL_SLABS_PEAK_AT) * slabBytes,
      // Each leaf in use has one word in its region's directory and one in the table that leads back to it.
      bookkeepingBytes: this.#word(layout.LEAF_COUNT_AT) * layout.LEAF_BYTES + this.#annexBytes() + leaves * 8,
    };
  }

  #annexBytes(): number {
    const pool = layout.POOLS_AT + layout.POOL_LIMIT * layout.POOL_BYTES;
    return this.#word(pool + layout.POOL_SLAB_USED_AT) * ANNEX_SLAB_BYTES;
  }

  #word(at: number): number {
    return this.#reader.word(at);
  }

  #sum(regions: readonly number[], pages: number): RegionStats {
    const counter = (number: number) => {
      let total = 0;
      for (const region of regions) {
        total += this.#counter(region, number);
      }
      return total;
    };
    return {
      pages,
      residentPages: counter(layout.COUNTER_RESIDENT),
      dirtyPages: counter(layout.COUNTER_DIRTY),
      pinnedPages: counter(layout.COUNTER_PINNED),
      faults: {
        missing: counter(layout.COUNTER_MISSING),
        minor: counter(layout.COUNTER_MINOR),
        wp: counter(layout.COUNTER_WP),
      },
      fills: {
        zero: counter(layout.COUNTER_FILL_ZERO),
        source: counter(layout.COUNTER_FILL_SOURCE),
        store: counter(layout.COUNTER_FILL_STORE),
        soft: counter(layout.COUNTER_FILL_SOFT),
      },
      readahead: { issued: counter(layout.COUNTER_AHEAD_ISSUED), used: counter(layout.COUNTER_AHEAD_USED) },
      evictions: counter(layout.COUNTER_EVICTIONS),
      volatile: {
        reclaimed: counter(layout.COUNTER_RECLAIMED),
        regenerated: counter(layout.COUNTER_REGENERATED),
      },
      writebacks: counter(layout.COUNTER_WRITEBACKS),
      store: {
        reads: counter(layout.COUNTER_STORE_READS),
        writes: counter(layout.COUNTER_STORE_WRITES),
        bytesRead: counter(layout.COUNTER_STORE_BYTES_READ),
        bytesWritten: counter(layout.COUNTER_STORE_BYTES_WRITTEN),
        errors: counter(layout.COUNTER_STORE_ERRORS),
        retries: counter(layout.COUNTER_STORE_RETRIES),
        lanes: counter(COUNTER_LANES),
        laneReads: counter(COUNTER_LANE_READS),
      },
      latency: this.#latency(regions),
    };
  }

  /** The times of all faults so far, those of closed regions included. */
  faultTimes(): CountedTimes {
    return this.#times([0, ...this.#open()]);
  }

  #counter(region: number, number: number): number {
    return Number(this.#reader.long(regionAt(region) + layout.REGION_COUNTERS_AT + number * 8));
  }

  #open(): number[] {
    const open: number[] = [];
    const end = this.#word(layout.REGION_END_AT);
    for (let region = 1; region < end; region++) {
      if (this.#word(regionAt(region) + layout.REGION_STATE_AT) === layout.REGION_OPEN) open.push(region);
    }
    return open;
  }

  #times(regions: readonly number[]): CountedTimes {
    const times = noTimes();
    for (const region of regions) {
      const at = regionAt(region);
      for (let bucket = 0; bucket < layout.HISTOGRAM_COUNT; bucket++) {
        const carries = at + layout.REGION_CARRIES_AT + bucket;
        const carried = (this.#word(carries & ~3) >>> ((carries & 3) * 8)) & 0xff;
        const count = this.#word(at + layout.REGION_HISTOGRAM_AT + bucket * 4) + carried * 2 ** 32;
        times.buckets[bucket] = (times.buckets[bucket] ?? 0) + count;
      }
      times.sum += this.#counter(region, layout.COUNTER_WAIT_SUM);
      times.max = Math.max(times.max, this.#counter(region, layout.COUNTER_WAIT_MAX));
    }
    return times;
  }

  #latency(regions: readonly number[]): RegionStats['latency'] {
    const times = this.#times(regions);
    const microseconds = (ticks: number) => (ticks * NANOSECONDS_PER_TICK) / 1000;
    const percentile = (share: number) => microseconds(percentileOf(times, share));
    return {
      p50: percentile(0.5),
      p90: percentile(0.9),
      p99: percentile(0.99),
      p999: percentile(0.999),
      max: microseconds(times.max),
    };
  }
}

function regionAt(region: number): number {
  return layout.REGIONS_AT + region * layout.REGION_BYTES;
}
