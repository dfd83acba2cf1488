// createPager and the pager it returns: opens and closes regions, shares them, reports stats, ends its loop.
import { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';
import { createCoreMemory } from '../core/core.js';
import type { PagerHistogram } from '../core/histogram.js';
import { readerOf } from '../core/reader.js';
import { type PagerStats, StatsReader, underLimit } from '../core/stats.js';
import type { JoinOptions, SharedRegion } from '../dsm/region.js';
import { throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError, unpackError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import type { AddressRange } from '../linux/smaps.js';
import type { LiveOptions, LiveView } from '../live/server.js';
import type { StoreHandle } from '../loop/requests.js';
import { expose } from '../metrics/exposition.js';
import type { Subject } from '../metrics/families.js';
import { native } from '../native/native.js';
import {
  type CheckedOptions,
  type CoreHost,
  checkPagerOptions,
  choose,
  type EngineName,
  type FaultServer,
  type PagerOptions,
} from '../options.js';
import { isUsedMemory, memoryStore } from '../store/memory.js';
import { validateStore } from '../store/module.js';
import { isBuiltIn, SPEC, type Store } from '../store/store.js';
import { Channel } from './channel.js';
import { unwatchPager, watchPager } from './channels.js';
import { settleCore } from './core-host.js';
import { settleEngine } from './engine.js';
import { settleFaults } from './faults.js';
import { type HistogramName, histogramOf } from './histograms.js';
import { requireHugePages } from './huge-pages.js';
import { checkLength } from './length.js';
import { LiveViews } from './live.js';
import { makeMemory, type RegionMemory } from './memory.js';
import { listPager, subjectOf, unlistPager } from './metrics.js';
import type { MapOptions, Pager, PagerEvents } from './pager-api.js';
import { MappedRegion, type RegionHome } from './region.js';
import type { Region } from './region-api.js';

const HUGE_PAGE = 2 * 2 ** 20;
const MAP_OPTIONS = {
  byteLength: 'checked',
  source: 'checked',
  store: 'checked',
  memory: 'checked',
  signal: 'signal',
} as const;
const KINDS_OF_MEMORY = ['anonymous', 'shared', 'huge'] as const;
/** Stores that regions write to: each may serve one region only. */
const storesInUse = new WeakSet<Store>();
/**
 * Keeps the memory of registered regions from being collected, even if the user dropped the last reference. Kept here and
 * not in the loop's thread: the collector there does not see the pages' size, and would keep those of closed regions long.
 */
const openMemories = new Set<RegionMemory>();
/** Open pagers of this thread: while there are any, the shim is notified of the process's exit. */
let openPagers = 0;

/**
 * Starts a loop thread and its core.
 * @throws (rejects) PagerError 'OPTION', 'UNSUPPORTED' or 'PERMISSION', with a hint
 */
export async function createPager(options: PagerOptions = {}): Promise<Pager> {
  const checked = settleFaults(settleCore(settleEngine(checkPagerOptions(options))));
  throwIfEnded(options.signal, 'createPager');
  return new LoopPager(options, await startLoop(checked, options.signal));
}

/** A loop's thread, and the view of its core from this thread. */
interface Home {
  options: CheckedOptions;
  channel: Channel;
  core: SharedArrayBuffer;
  stats: StatsReader;
  frames: AddressRange;
}

async function startLoop(options: CheckedOptions, signal?: AbortSignal): Promise<Home> {
  const memory = createCoreMemory();
  const { channel, started } = await Channel.start({ options, memory, spaces: false }, signal);
  const { address, byteLength } = started.frames;
  const core = memory.buffer;
  const frames = { start: address, end: address + BigInt(byteLength) };
  return { options, channel, core, stats: new StatsReader(readerOf(core)), frames };
}

/** Opens a region in a pager for a migration. */
export interface ReceivingHome {
  channel: Channel;
  pageSize: number;
  map(pages: number, receiver: number, options: Pick<MapOptions, 'store' | 'memory'>): Promise<Region>;
}

export function receivingHome(pager: Pager): ReceivingHome {
  if (!(pager instanceof LoopPager)) throw new PagerError('OPTION', 'pager: expected a pager created by createPager');
  return pager.receiving();
}

/** The addresses a pager's pages may be at: its frames and its open regions. For measurements. */
export function pagerRanges(pager: Pager): AddressRange[] {
  if (!(pager instanceof LoopPager))
    throw new PagerError('OPTION', 'pagerRanges: expected a pager created by createPager');
  return pager.ranges();
}

class LoopPager extends EventEmitter<PagerEvents> implements Pager {
  readonly #options: PagerOptions;
  readonly #regions = new Map<
    number,
    { region: MappedRegion; range: AddressRange; store: Store; memory: RegionMemory }
  >();
  #home: Home;
  /** Whether the page size can still be chosen: the user gave none, and no region was mapped. */
  #fresh: boolean;
  #restarting: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  #lastStats: PagerStats | undefined;
  /** Its label in metrics. */
  readonly #number: number;
  readonly #views = new LiveViews();
  readonly #joined = new Set<SharedRegion>();

  constructor(options: PagerOptions, home: Home) {
    super();
    this.#options = options;
    this.#home = home;
    this.#fresh = options.pageSize === undefined;
    this.#number = listPager(() => this.#subject());
    watchPager(this.#number, this);
    if (openPagers++ === 0 && isMainThread) process.on('exit', noteExit);
  }

  get engine(): EngineName {
    return this.#home.options.engine === 'trap' ? 'trap' : 'userfaultfd';
  }

  get core(): CoreHost {
    return this.#home.options.core === 'native' ? 'native' : 'v8';
  }

  get faults(): FaultServer {
    return this.#home.options.faults === 'inline' ? 'inline' : 'loop';
  }

  map(options: MapOptions): Promise<Region> {
    return this.#mapFrom(options, null);
  }

  async join(homes: string | readonly string[], options: JoinOptions): Promise<SharedRegion> {
    if (this.#closing !== undefined) throw new PagerError('CLOSED', 'the pager is closed');
    // Loaded here: it loads the addon, which is missing where a bundler left it out.
    const { joinListed } = await import('../dsm/region.js');
    const region = await joinListed(this.#joined, homes, options);
    if (this.#closing !== undefined) {
      await region.close();
      throw new PagerError('CLOSED', 'the pager was closed');
    }
    return region;
  }

  receiving(): ReceivingHome {
    this.#requireOpen();
    const { channel, options } = this.#home;
    // Its loop has the receiver: it cannot restart with another page size.
    this.#fresh = false;
    const { pageSize } = options;
    return {
      channel,
      pageSize,
      map: (pages, receiver, rest) =>
        this.#mapFrom({ ...rest, byteLength: pages * pageSize }, { kind: 'receiver', receiver }),
    };
  }

  async #mapFrom(options: MapOptions, from: StoreHandle | null): Promise<Region> {
    this.#requireOpen();
    watchPager(this.#number, this);
    // Required: it carries the length.
    checkOptions('map', options ?? null, MAP_OPTIONS);
    const kind = KINDS_OF_MEMORY[choose(options.memory ?? 'anonymous', KINDS_OF_MEMORY, 'memory')] ?? 'anonymous';
    if (kind === 'huge' && this.engine === 'trap') {
      throw new PagerError('UNSUPPORTED', "memory: 'huge' is not available with engine 'trap'", {
        hint: "use pages of 2 MiB of ordinary memory: createPager({ pageSize: '2MiB' })",
      });
    }
    throwIfEnded(options.signal, 'map');
    if (kind === 'huge' && this.#home.options.pageSize !== HUGE_PAGE) {
      await unlessEnded(options.signal, 'map', this.#useHugePages());
    }
    this.#fresh = false;
    const { pageSize } = this.#home.options;
    const pages = checkLength(options.byteLength, pageSize);
    if (kind === 'huge') requireHugePages(pages, this.#home.options.limitPages);
    const store = options.store === undefined ? memoryStore() : options.store;
    const { stores } = this.#home.channel;
    const storeHandle = this.#handle(store, 'store');
    let sourceHandle = from;
    let claimed = false;
    try {
      if (options.source !== undefined) sourceHandle = this.#handle(options.source, 'source');
      const shared = isBuiltIn(store) && store[SPEC].kind === 'memory';
      if (!shared && storesInUse.has(store)) {
        throw new PagerError('OPTION', 'store: it holds another open region’s pages already', {
          hint: 'make one for each region: their pages would overwrite each other',
        });
      }
      claimed = !shared;
      if (claimed) storesInUse.add(store);
      return await this.#map(pages, kind, store, storeHandle, sourceHandle, options.signal);
    } catch (error) {
      stores.withdraw(storeHandle);
      stores.withdraw(sourceHandle);
      if (claimed) storesInUse.delete(store);
      throw error;
    }
  }

  // A pager has one page size. If the user gave none, the first region decides, and the loop restarts.
  async #useHugePages(): Promise<void> {
    await this.#restarting;
    this.#requireOpen();
    if (this.#home.options.pageSize === HUGE_PAGE) return;
    if (!this.#fresh) {
      throw new PagerError(
        'OPTION',
        `memory: 'huge' needs pages of 2 MiB, this pager has ${this.#home.options.pageSize}`,
        {
          hint: "use a pager of its own: createPager({ pageSize: '2MiB' })",
        },
      );
    }
    const checked = settleFaults(
      settleCore(settleEngine(checkPagerOptions({ ...this.#options, pageSize: HUGE_PAGE }))),
    );
    this.#restarting = (async () => {
      const home = await startLoop(checked);
      const { channel } = this.#home;
      this.#home = home;
      await channel.call('close', null);
      await channel.end();
    })();
    await this.#restarting;
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new PagerError('CLOSED', 'the pager is closed');
  }

  async #map(
    pages: number,
    kind: (typeof KINDS_OF_MEMORY)[number],
    store: Store,
    storeHandle: StoreHandle,
    source: StoreHandle | null,
    signal: AbortSignal | undefined,
  ): Promise<Region> {
    const { options, channel } = this.#home;
    const { pageSize } = options;
    const huge = kind === 'huge';
    // A trap fills pages through their file, unseen, before it makes them accessible.
    const inFile = kind === 'shared' || this.engine === 'trap';
    const memory = makeMemory(native(), huge ? 'huge file' : inFile ? 'file' : 'anonymous', pages * pageSize);
    const { address, file } = memory;
    let number: number;
    try {
      const ask = { address, pages, file, huge, source, store: storeHandle };
      number = await channel.call('map', ask, { signal, what: 'map' });
    } catch (error) {
      memory.release(0);
      throw error;
    }
    const region = new MappedRegion(this.#homeOf(), memory, kind, number);
    const range = { start: address, end: address + BigInt(pages * pageSize), ...(file >= 0 && { file }) };
    openMemories.add(memory);
    this.#regions.set(number, { region, range, store, memory });
    this.#hear(channel);
    return region;
  }

  #hear({ heard }: Channel): void {
    const regionOf = (number: number) => this.#regions.get(number)?.region;
    heard.reclaimed = ({ region, ranges }) => regionOf(region)?.emitReclaimed(ranges);
    heard.storeError = ({ region: number, error }) => {
      const region = regionOf(number);
      if (region !== undefined) this.emit('storeError', { region, error: unpackError(error) });
    };
    heard.storeRecovered = ({ region: number }) => {
      const region = regionOf(number);
      if (region !== undefined) this.emit('storeRecovered', { region });
    };
    heard.pageLost = ({ region: number, page, error }) => {
      const region = regionOf(number);
      if (region === undefined) return;
      this.emit('pageLost', { region, page, byteOffset: page * region.pageSize, error: unpackError(error) });
    };
  }

  stats(): PagerStats {
    return this.#lastStats ?? this.#statsNow();
  }

  #statsNow(): PagerStats {
    const { stats, options } = this.#home;
    const counted = stats.pager();
    const limit = options.limitPages === null ? null : options.limitPages * options.pageSize;
    return { ...counted, ...underLimit(limit, counted.residentBytesPeak) };
  }

  histogram(name: HistogramName): PagerHistogram {
    return histogramOf(name, this.#home);
  }

  metrics(): string {
    return expose([this.#subject()]);
  }

  #subject(): Subject {
    const { engine, core, faults } = this;
    const { pageSize } = this.#home.options;
    const rest = { labels: { pager: String(this.#number) }, info: { engine, core, faults }, joined: this.#joined };
    return subjectOf({ ...this.#home, statsNow: this.stats(), pageSize, ...rest });
  }

  async live(options?: LiveOptions): Promise<LiveView> {
    this.#requireOpen();
    const name = `engine ${this.engine}, core ${this.core}`;
    const core = () => ({ name, buffer: this.#home.core, meters: this.#home.channel.meters });
    return this.#views.add(core, this.#joined, options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#restarting.catch(() => undefined);
    await this.#views.close();
    await Promise.allSettled([...this.#joined].map((region) => region.close()));
    const { channel } = this.#home;
    unwatchPager(this.#number);
    this.#lastStats = this.#statsNow();
    for (const { region } of this.#regions.values()) region.keepStats();
    try {
      await channel.call('close', null);
    } finally {
      for (const { region } of [...this.#regions.values()]) region.retire();
      await channel.end();
      unlistPager(this.#number);
      if (--openPagers === 0) process.off('exit', noteExit);
    }
  }

  ranges(): AddressRange[] {
    return [this.#home.frames, ...[...this.#regions.values()].map(({ range }) => range)];
  }

  #homeOf(): RegionHome {
    const { options, channel, stats } = this.#home;
    const { pageSize } = options;
    return {
      engine: this.engine,
      isInline: this.faults === 'inline',
      channel,
      stats,
      pageSize,
      handle: (store, name) => this.#handle(store, name),
      closed: (number, region) => {
        const entry = this.#regions.get(number);
        if (entry?.region !== region) return;
        storesInUse.delete(entry.store);
        openMemories.delete(entry.memory);
        this.#regions.delete(number);
      },
    };
  }

  // A built-in store is opened again in the loop's thread; any other is called in this thread.
  #handle(store: Store, name: string): StoreHandle {
    if (typeof store === 'object' && store !== null && isBuiltIn(store) && !isUsedMemory(store)) {
      return { kind: 'spec', spec: store[SPEC] };
    }
    const { writable, flush, discard } = validateStore(name, store);
    const can = { writable, flushes: flush !== undefined, discards: discard !== undefined };
    return this.#home.channel.stores.offer(store, can);
  }
}

function noteExit(code: number): void {
  native().noteExit(code);
}
