// Samples for the live view's page, which computes rates from counters, so that it may miss samples.
import { regionsOf } from '../core/dump.js';
import { type CountedTimes, lowOf, NANOSECONDS_PER_TICK } from '../core/histogram.js';
import { mappedPages } from '../core/page-map.js';
import { pageSizeOf, readerOf } from '../core/reader.js';
import { faultCount, StatsReader } from '../core/stats.js';
import type { LiveCore, LiveSource } from './source.js';
import type { Buckets, LiveCoreSample, LiveSample } from './types.js';

export function takeSample(source: LiveSource): LiveSample {
  const { title } = source;
  return { title, at: performance.now(), cores: source.cores().map(sampleOf), shared: source.shared?.() ?? [] };
}

function sampleOf({ name, buffer, meters, nameOf }: LiveCore): LiveCoreSample {
  meters.watchFiles();
  const reader = readerOf(buffer);
  const stats = new StatsReader(reader);
  const counted = stats.pager();
  const { residentLimit, poolBytes, residentPages, evictions, store } = counted;
  const pageSize = pageSizeOf(reader);
  return {
    name,
    pageSize,
    limit: residentLimit,
    resident: residentPages * pageSize,
    pool: poolBytes,
    faults: faultCount(counted),
    evictions,
    bytesRead: store.bytesRead,
    bytesWritten: store.bytesWritten,
    storeErrors: store.errors,
    fault: bucketsOf(stats.faultTimes()),
    storeRead: bucketsOf(meters.read('store.read')),
    storeWrite: bucketsOf(meters.read('store.write')),
    regions: regionsOf(reader).map(({ region, address, resident, dirty, faults }) => ({
      region,
      name: nameOf?.(region) ?? `region ${region} at ${address}`,
      pages: mappedPages(reader, region),
      resident,
      dirty,
      faults,
    })),
  };
}

function bucketsOf({ buckets }: CountedTimes): Buckets {
  const pairs: Buckets = [];
  for (const [bucket, count] of buckets.entries()) {
    if (count > 0) pairs.push([(lowOf(bucket) * NANOSECONDS_PER_TICK) / 1000, count]);
  }
  return pairs;
}
