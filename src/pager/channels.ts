// Channels of node:diagnostics_channel. Faults are served where no JavaScript of this thread runs: an event each would cost a
// wake-up each. So what pagers count is published in sums, ten times a second, and only while somebody subscribes.
import { channel, tracingChannel } from 'node:diagnostics_channel';
import { statsSince } from '../core/difference.js';
import type { PagerHistogram } from '../core/histogram.js';
import type { PagerStats } from '../core/stats.js';
import type { MigrateReport } from './migrate.js';
import type { Region } from './region-api.js';
import type { SnapshotReport } from './snapshot.js';

/** What a message of `farpage:fault`, `farpage:evict` or `farpage:store` is about: the time since the one before. */
export interface ChannelSum {
  /** The pager's number in its thread, as the label `pager` of its metrics. */
  pager: number;
  /** Milliseconds that the counts are of. */
  milliseconds: number;
}

export type FaultMessage = ChannelSum & Pick<PagerStats, 'faults' | 'fills' | 'readahead'> & { times: PagerHistogram };
export type EvictMessage = ChannelSum & Pick<PagerStats, 'evictions' | 'writebacks' | 'volatile' | 'residentPages'>;
export type StoreMessage = ChannelSum & Pick<PagerStats, 'store'> & { reads: PagerHistogram; writes: PagerHistogram };
export interface PassMessage {
  region: Region;
  kind: 'snapshot' | 'migrate';
  /** 'instant': the content is fixed from now on. */
  phase: 'begin' | 'instant' | 'end' | 'failed';
  report?: SnapshotReport | MigrateReport;
  error?: unknown;
}

// Kept: Node.js drops a channel that nobody holds.
const faults = channel('farpage:fault');
const evictions = channel('farpage:evict');
const stores = channel('farpage:store');
const passes = channel('farpage:pass');
const TRACED = {
  load: tracingChannel('farpage:load'),
  evict: tracingChannel('farpage:evict'),
  snapshot: tracingChannel('farpage:snapshot'),
  migrate: tracingChannel('farpage:migrate'),
} as const;

/** Milliseconds between two messages of a channel. */
const INTERVAL = 100;

/** A pager as the channels see it. */
export interface Watched {
  stats(): PagerStats;
  histogram(name: 'fault' | 'store.read' | 'store.write'): PagerHistogram;
}

interface Seen {
  at: number;
  stats: PagerStats;
  times: PagerHistogram;
  reads: PagerHistogram;
  writes: PagerHistogram;
}

const watched = new Map<number, { pager: Watched; last: Seen }>();
let timer: NodeJS.Timeout | undefined;

/** Publishes what the pager counts from now on, if somebody subscribes; else does nothing. */
export function watchPager(number: number, pager: Watched): void {
  if (watched.has(number) || !hasReaders()) return;
  watched.set(number, { pager, last: see(pager) });
  timer ??= setInterval(publishAll, INTERVAL).unref();
}

/** Publishes the rest: the pager is about to be closed. */
export function unwatchPager(number: number): void {
  const entry = watched.get(number);
  if (entry === undefined) return;
  publish(number, entry);
  forget(number);
}

/** Does the work of a call, on its tracing channel if somebody listens there. */
export function traced<T>(
  name: keyof typeof TRACED,
  context: { region: Region } & Record<string, unknown>,
  work: () => Promise<T>,
): Promise<T> {
  const { start, end, asyncStart, asyncEnd, error } = TRACED[name];
  const heard =
    start.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers;
  return heard ? TRACED[name].tracePromise(work, context) : work();
}

/** Publishes the phases of a pass; `work` gets a function that publishes its instant. */
export async function passed<T extends SnapshotReport | MigrateReport>(
  region: Region,
  kind: PassMessage['kind'],
  work: (onInstant: () => void) => Promise<T>,
): Promise<T> {
  const say = (message: Pick<PassMessage, 'phase' | 'report' | 'error'>): void => {
    if (passes.hasSubscribers) passes.publish({ region, kind, ...message } satisfies PassMessage);
  };
  say({ phase: 'begin' });
  try {
    const report = await work(() => say({ phase: 'instant' }));
    say({ phase: 'end', report });
    return report;
  } catch (error) {
    say({ phase: 'failed', error });
    throw error;
  }
}

function hasReaders(): boolean {
  return faults.hasSubscribers || evictions.hasSubscribers || stores.hasSubscribers;
}

function see(pager: Watched): Seen {
  return {
    at: performance.now(),
    stats: pager.stats(),
    times: pager.histogram('fault'),
    reads: pager.histogram('store.read'),
    writes: pager.histogram('store.write'),
  };
}

function forget(number: number): void {
  watched.delete(number);
  if (watched.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

function publishAll(): void {
  for (const [number, entry] of watched) {
    if (hasReaders()) publish(number, entry);
    else forget(number);
  }
}

function publish(pager: number, entry: { pager: Watched; last: Seen }): void {
  const now = see(entry.pager);
  const { last } = entry;
  entry.last = now;
  const since = statsSince(now.stats, last.stats);
  const sum: ChannelSum = { pager, milliseconds: now.at - last.at };
  if (faults.hasSubscribers && isMore(since.faults, since.fills, since.readahead)) {
    const { faults: counts, fills, readahead } = since;
    const message: FaultMessage = { ...sum, faults: counts, fills, readahead, times: now.times.since(last.times) };
    faults.publish(message);
  }
  if (evictions.hasSubscribers && isMore({ ...since.volatile, evicted: since.evictions, written: since.writebacks })) {
    const { evictions: evicted, writebacks, volatile, residentPages } = since;
    const message: EvictMessage = { ...sum, evictions: evicted, writebacks, volatile, residentPages };
    evictions.publish(message);
  }
  if (stores.hasSubscribers && isMore(since.store)) {
    const [reads, writes] = [now.reads.since(last.reads), now.writes.since(last.writes)];
    const message: StoreMessage = { ...sum, store: since.store, reads, writes };
    stores.publish(message);
  }
}

function isMore(...counts: ReadonlyArray<Readonly<Record<string, number>>>): boolean {
  return counts.some((each) => Object.values(each).some((count) => count > 0));
}
