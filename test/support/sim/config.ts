// What a simulated pager is like, and how often each trouble strikes it: drawn from the seed.
import * as layout from '../../../assembly/layout.js';
import { Random } from './random.js';

export interface SimConfig {
  pageShift: number;
  limit: number | undefined;
  frames: number;
  scratch: number;
  eviction: number;
  readahead: number;
  threads: number;
  regions: RegionConfig[];
  /** Chances of each trouble at its occasion. */
  changing: number;
  busy: number;
  /** Of an install, or a victim's way out: the kernel refuses it for want of memory, or because it does not like it. */
  refused: number;
  readFails: number;
  writeFails: number;
  torn: number;
  /** Of a request that lies with a store: it lies there for longer. */
  slow: number;
  removals: number;
  operations: number;
  closes: number;
  locality: number;
  /** The kernel takes its time between announcing a removal and doing it. */
  gap: boolean;
  /** An install finds no single mapping: the application has split it. */
  gone: number;
  /** mremap(2) and munmap(2) of parts of regions, and of whole ones. */
  moves: number;
  /** Of all that changes the address space, what begins while commands are run. */
  amid: number;
  /** Pages of memfiles that lose their place in the page table. */
  minors: number;
  /** Passes over a region, and what befalls them. */
  passes: number;
  /** From this step on every write fails, for good. */
  dead: number | undefined;
  /** Nanoseconds that a page waits for a frame. */
  patience: number | undefined;
  /** Leaves of the page table; undefined: enough. */
  leaves: number | undefined;
  /** See `CoreOptions`. */
  annexSlabs?: number | undefined;
  annexFrom?: number | undefined;
  /** Faulting threads take turns themselves. */
  inline?: boolean;
  /** Of marking a range as volatile, or removing its marks. */
  volatile?: number;
}

export interface RegionConfig {
  pages: number;
  source: number;
  sourcePages: number;
  store: number;
  compress: boolean;
  /** Its pages live in a memfile: a removal leaves them there until the core has them taken out. */
  file: boolean;
}

export function randomConfig(random: Random): SimConfig {
  let limit = random.pick([16, 16, 17, 20, 24, 32, 32, 48, 64, 100, 200, undefined]);
  const pageShift = random.chance(0.15) ? random.pick([13, 14, 16]) : 12;
  const count = random.pick([1, 1, 2, 3]);
  const regions = Array.from({ length: count }, (): RegionConfig => {
    const pages = random.pick([3, 20, 40, 100, 300, 700, 1100]);
    const source = random.pick([layout.SOURCE_ZERO, layout.SOURCE_ZERO, layout.SOURCE_FILE, layout.SOURCE_ASYNC]);
    return {
      pages,
      source,
      sourcePages: random.chance(0.3) ? random.below(pages + 1) : 0xffffffff,
      store: random.pick([layout.STORE_POOL, layout.STORE_FILE, layout.STORE_ASYNC]),
      compress: random.chance(0.8),
      file: random.chance(0.25),
    };
  });
  // Room to spare, a slow store and much to write: pages are shared while they are written, and much befalls them then.
  if (random.chance(0.12)) limit = undefined;
  const roomy = limit === undefined;
  if (roomy) for (const each of regions) each.store = random.chance(0.7) ? layout.STORE_ASYNC : each.store;
  const sometimes = (chance: number, often: number) => (random.chance(chance) ? often * (random.below(100) / 100) : 0);
  // A store that never recovers, and a pager that does not wait for it long.
  const dead = random.chance(0.06) ? random.below(800) : undefined;
  // From numbers of its own: seeds of old mean what they did.
  const passRandom = new Random(random.seed ^ 0x9a55n);
  const refusals = new Random(random.seed ^ 0x4ef0n);
  let leaves = random.chance(0.05) ? random.between(1, 4) : undefined;
  const annex = new Random(random.seed ^ 0xa77en);
  const annexSlabs = !roomy && annex.chance(0.25) ? annex.pick([1, 64]) : undefined;
  // Many leaves, and few pages in memory: of most leaves there are none.
  const [wide] = regions;
  if (annexSlabs !== undefined && wide !== undefined) {
    wide.pages = annex.pick([1600, 4000]);
    if (annex.chance(0.3)) leaves ??= annex.between(4, 10);
    if (wide.source === layout.SOURCE_ASYNC) wide.source = layout.SOURCE_FILE;
  }
  return {
    // Moves of the simulation keep to small regions.
    moves: sometimes(0.4, annexSlabs === undefined ? 0.03 : 0),
    amid: sometimes(0.4, 0.1),
    minors: sometimes(0.6, 0.05),
    passes: passRandom.chance(0.6) ? 0.1 * (passRandom.below(100) / 100) : 0,
    dead,
    patience: dead === undefined ? undefined : random.pick([1_000_000, 50_000_000, 1_000_000_000]),
    leaves,
    annexSlabs,
    annexFrom: annexSlabs === undefined ? undefined : annex.between(1, 4),
    pageShift,
    limit,
    frames: limit === undefined ? random.pick([8, 64]) : Math.max(8, Math.min(512, limit >> 3)),
    scratch: random.pick([1, 4, 32]),
    eviction: random.below(3),
    readahead: random.below(3),
    threads: random.between(1, 5),
    regions,
    changing: sometimes(0.5, 0.05),
    busy: sometimes(0.3, 0.05),
    refused: refusals.chance(0.3) ? 0.2 * (refusals.below(100) / 100) : 0,
    readFails: sometimes(0.3, 0.02),
    writeFails: sometimes(roomy ? 0.8 : 0.4, 0.2),
    slow: roomy ? 0.7 : passRandom.pick([0, 0, 0.5]),
    torn: sometimes(0.2, 0.05),
    removals: sometimes(roomy ? 0.8 : 0.5, roomy ? 0.05 : 0.02),
    operations: sometimes(roomy ? 0.9 : 0.7, roomy ? 0.1 : 0.05),
    closes: leaves === undefined ? sometimes(0.2, 0.002) : 0,
    locality: random.pick([0, 0.3, 0.8, 0.95]),
    gap: false,
    gone: sometimes(0.1, 0.05),
  };
}
