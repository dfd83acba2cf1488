// The histograms of one pager, by name.
import { type CountedTimes, PagerHistogram } from '../core/histogram.js';
import type { StatsReader } from '../core/stats.js';
import { PagerError } from '../errors.js';
import type { Channel } from './channel.js';

export const HISTOGRAMS = ['fault', 'store.read', 'store.write', 'load'] as const;
/**
 * - 'fault': from reading the fault message to the page being installed;
 * - 'store.read', 'store.write': calls to stores and sources, retries included; of those that are local files only since the
 *   first call of `histogram` or `metrics`. The built-in pool is no such call;
 * - 'load': calls of `load`, until they resolve.
 */
export type HistogramName = (typeof HISTOGRAMS)[number];

/** What has the times of one pager. */
export interface TimesHome {
  stats: Pick<StatsReader, 'faultTimes'>;
  channel: Pick<Channel, 'meters' | 'loads'>;
}

/** @throws PagerError 'OPTION' */
export function histogramOf(name: HistogramName, home: TimesHome): PagerHistogram {
  return new PagerHistogram(timesOf(name, home));
}

function timesOf(name: HistogramName, { stats, channel }: TimesHome): CountedTimes {
  const { meters, loads } = channel;
  meters.watchFiles();
  if (name === 'fault') return stats.faultTimes();
  if (name === 'load') return loads.read();
  if (name === 'store.read' || name === 'store.write') return meters.read(name);
  throw new PagerError('OPTION', `histogram: '${String(name)}' is not the name of a histogram`, {
    hint: `give one of ${HISTOGRAMS.join(', ')}`,
  });
}
