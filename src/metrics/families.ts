// What a pager tells Prometheus: names, units and types by its conventions, as data. A home (src/dsm) declares its own.
import type { DsmStats } from '../core/dsm-stats.js';
import type { PagerHistogram } from '../core/histogram.js';
import type { PagerStats } from '../core/stats.js';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  /** Follows the family's name: '_bucket', '_sum', '_count' of a histogram. */
  suffix: string;
  labels: Labels;
  value: number;
}

export interface Family {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  samples: Sample[];
}

/** The histograms of one pager; some kinds of pager have not all. */
export type Times = Readonly<Partial<Record<TimesName, PagerHistogram>>>;
type TimesName = keyof typeof HISTOGRAMS;

/** One pager as it is now. */
export interface Subject {
  labels: Labels;
  stats: PagerStats;
  pageSize: number;
  times: Times;
  /** How it works: the labels of `farpage_pager_info`. */
  info: Labels;
  /** Regions that it shares with other processes. */
  shared?: readonly SharedSubject[];
}

/** A region that several processes share, as its node has counted. */
export interface SharedSubject {
  /** `region` and `node`: unlike those of the others. */
  labels: Labels;
  stats: {
    byteLength: number;
    dsm: Omit<DsmStats, 'contended'>;
  };
}

type Values = ReadonlyArray<readonly [labels: Labels, value: number]>;

/** A family, but for its name and type: `T` is what has the values. */
export interface Declared<T> {
  help: string;
  values(subject: T): Values;
}

export const one = (value: number): Values => [[{}, value]];
/** One sample for each field, named by the label. */
export const each = (label: string, counts: Readonly<Record<string, number>>): Values =>
  Object.entries(counts).map(([name, value]) => [{ [label]: name }, value]);

/** Samples of the shared regions, each with its labels. */
function ofShared(values: (shared: SharedSubject['stats']) => Values): (subject: Subject) => Values {
  return ({ shared = [] }) =>
    shared.flatMap(({ labels, stats }) => values(stats).map(([own, value]) => [{ ...labels, ...own }, value] as const));
}

const GAUGES: Readonly<Record<string, Declared<Subject>>> = {
  farpage_pager_info: { help: 'How the pager works.', values: ({ info }) => [[info, 1]] },
  farpage_regions: { help: 'Open regions; of a run: paged processes.', values: ({ stats }) => one(stats.regions) },
  farpage_mapped_bytes: {
    help: 'Length of all open regions.',
    values: ({ stats, pageSize }) => one(stats.pages * pageSize),
  },
  farpage_resident_bytes: {
    help: 'Pages in their regions now.',
    values: ({ stats, pageSize }) => one(stats.residentPages * pageSize),
  },
  farpage_resident_peak_bytes: {
    help: 'The most that pages and frames have held, by the pager.',
    values: ({ stats }) => one(stats.residentBytesPeak),
  },
  farpage_resident_limit_bytes: {
    help: 'The resident limit; absent without one.',
    values: ({ stats }) => (stats.residentLimit === null ? [] : one(stats.residentLimit)),
  },
  farpage_dirty_bytes: {
    help: 'Resident pages known to differ from the store.',
    values: ({ stats, pageSize }) => one(stats.dirtyPages * pageSize),
  },
  farpage_pinned_bytes: { help: 'Pinned pages.', values: ({ stats, pageSize }) => one(stats.pinnedPages * pageSize) },
  farpage_pool_bytes: {
    help: 'Memory of the pools of memory stores, outside the resident limit.',
    values: ({ stats }) => one(stats.poolBytes),
  },
  farpage_bookkeeping_bytes: { help: 'The page table in use.', values: ({ stats }) => one(stats.bookkeepingBytes) },
  farpage_shared_bytes: {
    help: 'Length of a region that processes share.',
    values: ofShared(({ byteLength }) => one(byteLength)),
  },
};

interface Stored {
  labels: Labels;
  stats: { store: Pick<PagerStats['store'], 'reads' | 'writes' | 'bytesRead' | 'bytesWritten' | 'errors'> };
}

export const STORE_COUNTERS: Readonly<Record<string, Declared<Stored>>> = {
  farpage_store_calls_total: {
    help: 'Reads and writes of stores and sources.',
    values: ({ stats: { store } }) => each('op', { read: store.reads, write: store.writes }),
  },
  farpage_store_bytes_total: {
    help: 'Bytes that stores and sources read and wrote.',
    values: ({ stats: { store } }) => each('op', { read: store.bytesRead, write: store.bytesWritten }),
  },
  farpage_store_errors_total: {
    help: 'Failed calls of stores, those retried included.',
    values: ({ stats }) => one(stats.store.errors),
  },
};

const COUNTERS: Readonly<Record<string, Declared<Subject>>> = {
  farpage_faults_total: { help: 'Faults by kind.', values: ({ stats }) => each('kind', stats.faults) },
  farpage_fills_total: {
    help: 'Pages installed, by where their bytes came from.',
    values: ({ stats }) => each('from', stats.fills),
  },
  farpage_readahead_pages_total: {
    help: 'Pages loaded ahead of faults, and those of them that threads used.',
    values: ({ stats }) => each('event', stats.readahead),
  },
  farpage_evicted_pages_total: { help: 'Pages dropped from memory.', values: ({ stats }) => one(stats.evictions) },
  farpage_written_back_pages_total: { help: 'Pages copied to a store.', values: ({ stats }) => one(stats.writebacks) },
  farpage_volatile_pages_total: {
    help: 'Volatile pages that were dropped, and of these regenerated.',
    values: ({ stats }) => each('event', stats.volatile),
  },
  ...STORE_COUNTERS,
  farpage_shared_received_pages_total: {
    help: 'Pages of a shared region that came to be read, and to be written.',
    values: ofShared(({ dsm }) => each('access', { read: dsm.reads, write: dsm.grants })),
  },
  farpage_shared_taken_pages_total: {
    help: 'Pages of a shared region that the home fetched from this node, and copies that it took away.',
    values: ofShared(({ dsm }) => each('what', { page: dsm.recalls, copy: dsm.invalidations })),
  },
  farpage_shared_hand_offs_total: {
    help: 'Requests of other nodes for pages that this node owned.',
    values: ofShared(({ dsm }) => one(dsm.handOffs)),
  },
  farpage_shared_sent_pages_total: {
    help: 'Written pages of a shared region that went to the home without being asked for.',
    values: ofShared(({ dsm }) => one(dsm.puts)),
  },
  farpage_shared_evicted_pages_total: {
    help: 'Pages of a shared region that left because of its resident limit.',
    values: ofShared(({ dsm }) => one(dsm.evictions)),
  },
  farpage_shared_freezes_total: {
    help: 'How often the lease of a shared region was about to end.',
    values: ofShared(({ dsm }) => one(dsm.freezes)),
  },
  farpage_store_retries_total: { help: 'Retries of calls of stores.', values: ({ stats }) => one(stats.store.retries) },
};

const HISTOGRAMS = {
  fault: ['farpage_fault_duration_seconds', 'From reading a fault’s message to its page being installed.'],
  'store.read': ['farpage_store_read_duration_seconds', 'Reads of stores and sources, retries included.'],
  'store.write': ['farpage_store_write_duration_seconds', 'Writes of stores, retries included.'],
  load: ['farpage_load_duration_seconds', 'Calls of load, until they resolve.'],
} as const;

/** Limits of buckets in nanoseconds: from 1.024 µs to 17.2 s, each twice the one before, so that each is a bucket's end. */
const LIMITS = Array.from({ length: 25 }, (_, index) => 2 ** (index + 10));
const NANOSECONDS = 1e9;

/** The families of these pagers; each pager has labels of its own. */
export function familiesOf(subjects: readonly Subject[]): Family[] {
  return [
    ...plainFamilies('gauge', GAUGES, subjects),
    ...plainFamilies('counter', COUNTERS, subjects),
    ...histogramFamilies(Object.keys(HISTOGRAMS) as TimesName[], subjects),
  ];
}

export function plainFamilies<T extends { labels: Labels }>(
  type: 'counter' | 'gauge',
  declared: Readonly<Record<string, Declared<T>>>,
  subjects: readonly T[],
): Family[] {
  return Object.entries(declared).map(([name, { help, values }]) => {
    const samples = subjects.flatMap((subject) =>
      values(subject).map(([labels, value]) => ({ suffix: '', labels: { ...subject.labels, ...labels }, value })),
    );
    return { name, help, type, samples };
  });
}

export function histogramFamilies(
  names: readonly TimesName[],
  subjects: ReadonlyArray<Pick<Subject, 'labels' | 'times'>>,
): Family[] {
  return names.map((name): Family => {
    const samples = subjects.flatMap(({ times, labels }) => {
      const histogram = times[name];
      return histogram === undefined ? [] : samplesOf(histogram, labels);
    });
    const [full, help] = HISTOGRAMS[name];
    return { name: full, help, type: 'histogram', samples };
  });
}

function samplesOf(histogram: PagerHistogram, labels: Labels): Sample[] {
  const buckets = LIMITS.map((limit) => ({
    suffix: '_bucket',
    labels: { ...labels, le: String(limit / NANOSECONDS) },
    value: histogram.countBelow(limit),
  }));
  return [
    ...buckets,
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: histogram.count },
    { suffix: '_sum', labels, value: histogram.sum / NANOSECONDS },
    { suffix: '_count', labels, value: histogram.count },
  ];
}
