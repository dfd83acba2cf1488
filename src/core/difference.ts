// Subtracts an earlier state of counters from a later one.
import type { PagerStats, RegionStats } from './stats.js';

/** What only grows. The others are states: those of the later time stand. Times: subtract histograms. */
const GROWING = ['faults', 'fills', 'readahead', 'evictions', 'volatile', 'writebacks', 'store'] as const;

/**
 * What a region or a pager has counted between two calls of its `stats()`: counters are subtracted, states (pages,
 * residentPages, residentBytesPeak …) are those of the later call. Of times, see `PagerHistogram.since`.
 */
export function statsSince<T extends RegionStats | PagerStats>(later: T, earlier: RegionStats): Omit<T, 'latency'> {
  const { latency: _, ...rest } = later;
  return Object.assign(rest, Object.fromEntries(GROWING.map((name) => [name, minus(later[name], earlier[name])])));
}

type Counters = number | { readonly [name: string]: number };

// Never less than 0: a copy that was made while a region closed may count that region twice.
function minus(later: Counters, earlier: Counters): Counters {
  if (typeof later === 'number') return Math.max(0, later - Number(earlier));
  const before = typeof earlier === 'number' ? {} : earlier;
  return Object.fromEntries(
    Object.entries(later).map(([name, value]) => [name, Math.max(0, value - (before[name] ?? 0))]),
  );
}
