// Samples for the live view's page, which computes rates from counters, so that it may miss samples.

import { dumpCore } from '../core/dump.js';
import { type CountedTimes, lowOf, NANOSECONDS_PER_TICK } from '../core/histogram.js';
import { mappedPages } from '../core/page-map.js';
import { readerOf } from '../core/reader.js';
import { StatsReader } from '../core/stats.js';
import type { LiveCore, LiveSource } from './source.js';
import type { Buckets, LiveCoreSample, LiveSample } from './types.js';

export function takeSample({ title, cores }: LiveSource): LiveSample {
  return { title, at: performance.now(), cores: cores().map(sampleOf) };
}

function sampleOf({ name, buffer, meters, nameOf }: LiveCore): LiveCoreSample {
  meters.watchFiles();
  const reader = readerOf(buffer);
  const stats = new StatsReader(reader);
  const { poolBytes, residentPages, faults, evictions, store } = stats.pager();
  const { pageSize, limitPages, regions } = dumpCore(reader);
  return {
    name,
    pageSize,
    limit: limitPages === null ? null : limitPages * pageSize,
    resident: residentPages * pageSize,
    pool: poolBytes,
    faults: faults.missing + faults.minor + faults.wp,
    evictions,
    bytesRead: store.bytesRead,
    bytesWritten: store.bytesWritten,
    storeErrors: store.errors,
    fault: bucketsOf(stats.faultTimes()),
    storeRead: bucketsOf(meters.read('store.read')),
    storeWrite: bucketsOf(meters.read('store.write')),
    regions: regions.map(({ region, address, resident, dirty, faults: touched }) => ({
      region,
      name: nameOf?.(region) ?? `region ${region} at ${address}`,
      pages: mappedPages(reader, region),
      resident,
      dirty,
      faults: touched,
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
