// What a home tells Prometheus: families of its own, and those of stores under the names that pagers have.
import { PagerHistogram } from '../core/histogram.js';
import { exposeFamilies } from '../metrics/exposition.js';
import {
  type Declared,
  each,
  type Family,
  histogramFamilies,
  type Labels,
  one,
  plainFamilies,
  STORE_COUNTERS,
} from '../metrics/families.js';
import type { HomeCounts } from './home-counts.js';

/** The home as it is now. */
export interface HomeSubject {
  labels: Labels;
  connections: number;
  refused: number;
  received: number;
  sent: number;
}

/** One of its regions as it is now. */
export interface HomeRegionSubject {
  labels: Labels;
  nodes: number;
  byteLength: number;
  keptBytes: number;
  waiting: number;
  unsentBytes: number;
  counts: HomeCounts;
}

const HOME_GAUGES: Readonly<Record<string, Declared<HomeSubject>>> = {
  farpage_home_connections: {
    help: 'Open connections, those that have not named a region yet included.',
    values: ({ connections }) => one(connections),
  },
};

const HOME_COUNTERS: Readonly<Record<string, Declared<HomeSubject>>> = {
  farpage_home_refused_nodes_total: {
    help: 'Nodes that were refused at their greeting.',
    values: ({ refused }) => one(refused),
  },
  farpage_home_network_bytes_total: {
    help: 'Bytes of whole packets from nodes and to nodes.',
    values: ({ received, sent }) => each('direction', { received, sent }),
  },
};

const REGION_GAUGES: Readonly<Record<string, Declared<HomeRegionSubject>>> = {
  farpage_home_nodes: { help: 'Nodes that have joined the region now.', values: ({ nodes }) => one(nodes) },
  farpage_home_region_bytes: { help: 'Length of the region.', values: ({ byteLength }) => one(byteLength) },
  farpage_home_memory_bytes: {
    help: 'Pages in the memory of the home: kept for good or on their way.',
    values: ({ keptBytes }) => one(keptBytes),
  },
  farpage_home_waiting_requests: {
    help: 'Requests that wait for an earlier one for the same page.',
    values: ({ waiting }) => one(waiting),
  },
  farpage_home_unsent_bytes: {
    help: 'Bytes of messages that wait for the network.',
    values: ({ unsentBytes }) => one(unsentBytes),
  },
};

const REGION_COUNTERS: Readonly<Record<string, Declared<HomeRegionSubject>>> = {
  farpage_home_joined_nodes_total: { help: 'Nodes that have ever joined.', values: ({ counts }) => one(counts.joins) },
  farpage_home_fenced_nodes_total: {
    help: 'Nodes that were taken out because their lease had ended.',
    values: ({ counts }) => one(counts.fences),
  },
  farpage_home_granted_pages_total: {
    help: 'Pages granted to be read, to be written, and to be written by a node that had a copy, or discards it.',
    values: ({ counts }) => each('kind', counts.grants),
  },
  farpage_home_recalled_pages_total: {
    help: 'Pages taken from their owner, with their bytes.',
    values: ({ counts }) => one(counts.recalls),
  },
  farpage_home_invalidated_copies_total: {
    help: 'Copies taken from nodes that could read them.',
    values: ({ counts }) => one(counts.invalidations),
  },
  farpage_home_hand_offs_total: {
    help: 'Pages granted to another owner than the last.',
    values: ({ counts }) => one(counts.handOffs),
  },
  farpage_home_lost_pages_total: {
    help: 'Pages whose owner was lost.',
    values: ({ counts }) => one(counts.lostPages),
  },
};

export function homeFamilies(home: HomeSubject, regions: readonly HomeRegionSubject[]): Family[] {
  const stored = regions.map(({ labels, counts: { store, times } }) => ({
    labels,
    stats: { store },
    times: {
      'store.read': new PagerHistogram(times['store.read'].read()),
      'store.write': new PagerHistogram(times['store.write'].read()),
    },
  }));
  return [
    ...plainFamilies('gauge', HOME_GAUGES, [home]),
    ...plainFamilies('gauge', REGION_GAUGES, regions),
    ...plainFamilies('counter', HOME_COUNTERS, [home]),
    ...plainFamilies('counter', REGION_COUNTERS, regions),
    ...plainFamilies('counter', STORE_COUNTERS, stored),
    ...histogramFamilies(['store.read', 'store.write'], stored),
  ];
}

/** As text for Prometheus. */
export function exposeHome(home: HomeSubject, regions: readonly HomeRegionSubject[]): string {
  return exposeFamilies(homeFamilies(home, regions));
}
