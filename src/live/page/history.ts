// The samples of the last two minutes, and what lies between two of them.
import type { Buckets, LiveCoreSample, LiveSample } from '../types.js';

/** Samples kept: two minutes. */
const KEPT = 240;

export class History {
  readonly samples: LiveSample[] = [];

  add(sample: LiveSample): void {
    const last = this.samples.at(-1);
    // Another process answers at this address, or another guest is shown: its counters begin at 0.
    const isOther = last !== undefined && (last.at > sample.at || sum(last, 'faults') > sum(sample, 'faults'));
    if (isOther) this.samples.length = 0;
    this.samples.push(sample);
    if (this.samples.length > KEPT) this.samples.shift();
  }

  get last(): LiveSample | undefined {
    return this.samples.at(-1);
  }

  /** The sample that is so many milliseconds older than the last one, or the oldest. */
  before(milliseconds: number): LiveSample | undefined {
    const now = this.last?.at ?? 0;
    return this.samples.findLast(({ at }) => at <= now - milliseconds) ?? this.samples[0];
  }

  /** Of each sample: how much a counter grew a second since the one before; null for the first. */
  rate(counter: Counter): Array<number | null> {
    return this.samples.map((sample, index) => {
      const before = this.samples[index - 1];
      if (before === undefined || sample.at === before.at) return null;
      return (sum(sample, counter) - sum(before, counter)) / ((sample.at - before.at) / 1000);
    });
  }
}

export type Counter = 'faults' | 'evictions' | 'bytesRead' | 'bytesWritten' | 'storeErrors' | 'resident' | 'pool';
export type Times = 'fault' | 'storeRead' | 'storeWrite';

export function sum({ cores }: LiveSample, counter: Counter): number {
  return cores.reduce((total, core: LiveCoreSample) => total + core[counter], 0);
}

/** Bytes that may be resident in all; null: some core has no limit. */
export function limitOf({ cores }: LiveSample): number | null {
  return cores.reduce<number | null>(
    (total, { limit }) => (total === null || limit === null ? null : total + limit),
    0,
  );
}

/** The times that were counted between two samples: a count for each bucket that has any, in order. */
export function timesBetween(before: LiveSample, after: LiveSample, which: Times): Buckets {
  const counts = new Map<number, number>();
  const add = (sample: LiveSample, sign: number) => {
    for (const core of sample.cores) {
      for (const [low, count] of core[which]) counts.set(low, (counts.get(low) ?? 0) + sign * count);
    }
  };
  add(after, 1);
  if (before !== after) add(before, -1);
  return [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
}

/** null: no times. */
export function percentile(buckets: Buckets, share: number): number | null {
  const total = buckets.reduce((all, [, count]) => all + count, 0);
  let left = Math.ceil(total * share);
  for (const [low, count] of buckets) {
    left -= count;
    if (left <= 0) return low;
  }
  return null;
}
