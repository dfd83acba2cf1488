// A home and a region of it, as their metrics see them.
import type { HomeCounts } from '../../../src/dsm/home-counts.js';
import type { HomeRegionSubject, HomeSubject } from '../../../src/dsm/home-metrics.js';

export function homeSubject(): HomeSubject {
  return { labels: {}, connections: 2, refused: 1, received: 300, sent: 400 };
}

export function regionSubject(counts: HomeCounts, region = 'prices'): HomeRegionSubject {
  return { labels: { region }, nodes: 2, byteLength: 8192, keptBytes: 4096, waiting: 3, unsentBytes: 5, counts };
}
