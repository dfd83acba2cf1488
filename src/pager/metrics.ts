// The metrics of the pagers of this thread.
import type { PagerStats } from '../core/stats.js';
import type { SharedRegion } from '../dsm/region.js';
import type { Labels, SharedSubject, Subject } from '../metrics/families.js';
import { type MetricRegister, registerFamilies } from '../metrics/register.js';
import type { CoreHost, EngineName, FaultServer } from '../options.js';
import { histogramOf, type TimesHome } from './histograms.js';

/** What metrics need of a pager. */
export interface MetricsHome extends TimesHome {
  statsNow: PagerStats;
  pageSize: number;
  info: { engine: EngineName; core: CoreHost; faults: FaultServer };
  labels: Labels;
  /** Regions that it has joined. */
  joined?: Iterable<SharedRegion>;
}

/** A node that has joined again may have the number of one that was fenced and is still open: only the younger one is shown. */
function sharedOf(joined: Iterable<SharedRegion>): SharedSubject[] {
  const subjects = new Map<string, SharedSubject>();
  for (const region of joined) {
    const labels = { region: region.name, node: String(region.node) };
    const { byteLength } = region;
    subjects.set(JSON.stringify(labels), { labels, stats: { byteLength, ...region.stats() } });
  }
  return [...subjects.values()];
}

export function subjectOf(home: MetricsHome): Subject {
  const { statsNow: stats, pageSize, info, labels, joined = [] } = home;
  const times = {
    fault: histogramOf('fault', home),
    'store.read': histogramOf('store.read', home),
    'store.write': histogramOf('store.write', home),
    load: histogramOf('load', home),
  };
  return { stats, pageSize, info, labels, times, shared: sharedOf(joined) };
}

/** As `subjectOf`, of a pager of other processes: nobody calls its `load`. */
export function servingSubject(home: Omit<MetricsHome, 'info'> & { core: CoreHost }): Subject {
  const info = { engine: 'userfaultfd', core: home.core, faults: 'loop' } as const;
  const { times, ...subject } = subjectOf({ ...home, info });
  const { load: _, ...others } = times;
  return { ...subject, times: others };
}

/** Open pagers of this thread, by their numbers. */
const open = new Map<number, () => Subject>();
let opened = 0;

/** The number of a new pager: its label. */
export function listPager(subject: () => Subject): number {
  open.set(++opened, subject);
  return opened;
}

export function unlistPager(number: number): void {
  open.delete(number);
}

/**
 * Registers the metrics of all open pagers of this thread, also of those created later, in a registry of prom-client.
 * @throws PagerError 'OPTION'
 */
export function registerMetrics(register: MetricRegister): void {
  registerFamilies(register, () => [...open.values()].map((subject) => subject()));
}
