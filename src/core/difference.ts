// Subtracts an earlier state of counters from a later one.
import { PagerError } from '../errors.js';
import type { PagerStats, RegionStats } from './stats.js';

/** What only grows. The others are states: those of the later time stand. Times: subtract histograms. */
const GROWING = ['faults', 'fills', 'readahead', 'evictions', 'volatile', 'writebacks', 'store'] as const;

/**
 * What a region or a pager has counted between two calls of its `stats()`: counters are subtracted, states (pages,
 * residentPages, residentBytesPeak …) are those of the later call. Of times, see `PagerHistogram.since`.
 * @throws PagerError 'OPTION' if the first is not later than the second
 */
export function statsSince<T extends RegionStats | PagerStats>(later: T, earlier: RegionStats): Omit<T, 'latency'> {
  const { latency: _, ...rest } = later;
  const counted = Object.fromEntries(GROWING.map((name) => [name, minus(later[name], earlier[name], name)]));
  return Object.assign(rest, counted);
}

type Counters = number | { readonly [name: string]: number };

function minus(later: Counters, earlier: Counters, name: string): Counters {
  if (typeof later === 'number') {
    if (typeof earlier === 'number' && later >= earlier) return later - earlier;
    throw new PagerError('OPTION', `statsSince: ${name}: ${later} is less than the earlier ${String(earlier)}`, {
      hint: 'give the later stats first, both of one pager or of one region',
    });
  }
  const before = typeof earlier === 'number' ? {} : earlier;
  return Object.fromEntries(
    Object.entries(later).map(([each, value]) => [
      each,
      minus(value, before[each] ?? Number.NaN, `${name}.${each}`) as number,
    ]),
  );
}
