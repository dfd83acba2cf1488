import { isMainThread, MessageChannel, type MessagePort } from 'node:worker_threads';
import { PINNED_PAGES_AT } from '../assembly/layout.js';
import { CORE_MEMORY_PAGES, createCoreMemory } from './core/core.js';
import { type PagerStats, StatsReader } from './core/stats.js';
import { PagerError } from './errors.js';
import type { StoreHandle } from './loop/messages.js';
import { serveStore } from './loop/port-store.js';
import { native } from './native.js';
import { type CheckedOptions, checkPagerOptions, choose, type PagerOptions, refuseUnknown } from './options.js';
import { Channel } from './pager/channel.js';
import { makeMemory } from './pager/memory.js';
import { MappedRegion, type Region, type RegionHome } from './pager/region.js';
import { isUsedMemory, memoryStore } from './store/memory.js';
import { validateStore } from './store/module.js';
import { isBuiltIn, SPEC, type Store } from './store/store.js';
import { formatSize, parseSize, type Size } from './units.js';

export interface MapOptions {
  /** Rounded up to a whole page; up to 2^31 pages. */
  byteLength: Size;
  /** Where a page's first bytes come from. Never written. Default: zeros. */
  source?: Store;
  /** Where evicted pages go and come back from. Default: a compressed pool in memory. One region's at a time. */
  store?: Store;
  /** 'anonymous' (default). 'shared' and 'huge' are not there yet: 'UNSUPPORTED'. */
  memory?: 'anonymous' | 'shared' | 'huge';
}

export interface Pager {
  readonly engine: 'userfaultfd' | 'trap';
  /** @throws (rejects) PagerError 'OPTION', 'REGION', 'STORE_READ' or 'UNSUPPORTED' before anything is mapped */
  map(options: MapOptions): Promise<Region>;
  stats(): PagerStats;
  /** Closes every region, writes nothing back (call `flush` first), and ends the loop thread. Idempotent. */
  close(): Promise<void>;
}

/** A range of this process's addresses, `end` not in it. */
export interface AddressRange {
  start: bigint;
  end: bigint;
}

const KINDS_OF_MEMORY = ['anonymous', 'shared', 'huge'] as const;
/** Stores that a region writes to: two regions' pages must not meet in one. */
const storesInUse = new WeakSet<Store>();
/** Pagers of this thread that are open: while there are any, the shim is told that the process exits. */
let openPagers = 0;

/**
 * Starts a loop thread and its core.
 * @throws (rejects) PagerError 'OPTION', 'UNSUPPORTED' or 'PERMISSION', saying what to change
 */
export async function createPager(options: PagerOptions = {}): Promise<Pager> {
  const checked = checkPagerOptions(options);
  const memory = createCoreMemory(CORE_MEMORY_PAGES);
  const { channel, started } = await Channel.start({ options: checked, memory });
  const { address, byteLength } = started.frames;
  return new LoopPager(checked, channel, memory, { start: address, end: address + BigInt(byteLength) });
}

/** The addresses a pager's pages may be at: its frames and its open regions. For measurements. */
export function pagerRanges(pager: Pager): AddressRange[] {
  if (!(pager instanceof LoopPager)) throw new PagerError('OPTION', 'pagerRanges: this is no pager of farpage');
  return pager.ranges();
}

class LoopPager implements Pager {
  readonly engine = 'userfaultfd';
  readonly #options: CheckedOptions;
  readonly #channel: Channel;
  readonly #core: SharedArrayBuffer;
  readonly #stats: StatsReader;
  readonly #frames: AddressRange;
  readonly #regions = new Map<number, { region: MappedRegion; range: AddressRange; store: Store }>();
  /** Pages that loads under way will pin. */
  #promisedPins = 0;
  #closing: Promise<void> | undefined;
  #lastStats: PagerStats | undefined;

  constructor(options: CheckedOptions, channel: Channel, memory: WebAssembly.Memory, frames: AddressRange) {
    this.#options = options;
    this.#channel = channel;
    this.#core = memory.buffer;
    this.#stats = new StatsReader(this.#core);
    this.#frames = frames;
    if (openPagers++ === 0 && isMainThread) process.on('exit', tellExit);
  }

  async map(options: MapOptions): Promise<Region> {
    if (this.#closing !== undefined) throw new PagerError('CLOSED', 'the pager is closed');
    const { pageSize } = this.#options;
    refuseUnknown(options, ['byteLength', 'source', 'store', 'memory'], 'map');
    const pages = checkLength(options.byteLength, pageSize);
    const kind = choose(options.memory ?? 'anonymous', KINDS_OF_MEMORY, 'memory');
    if (kind !== 0) {
      throw new PagerError('UNSUPPORTED', `memory: '${options.memory}' is not built yet`, {
        hint: "use memory: 'anonymous'",
      });
    }
    const store = options.store === undefined ? memoryStore() : options.store;
    const ports: MessagePort[] = [];
    const storeHandle = this.#handle(store, 'store', ports);
    const sourceHandle = options.source === undefined ? null : this.#handle(options.source, 'source', ports);
    const shared = isBuiltIn(store) && store[SPEC].kind === 'memory';
    if (!shared && storesInUse.has(store)) {
      throw new PagerError('OPTION', 'store: it holds another open region’s pages already', {
        hint: 'make one for each region: their pages would overwrite each other',
      });
    }
    if (!shared) storesInUse.add(store);
    try {
      return await this.#map(pages, store, storeHandle, sourceHandle, ports);
    } catch (error) {
      storesInUse.delete(store);
      throw error;
    }
  }

  async #map(
    pages: number,
    store: Store,
    storeHandle: StoreHandle,
    source: StoreHandle | null,
    ports: MessagePort[],
  ): Promise<Region> {
    const { pageSize } = this.#options;
    const memory = makeMemory(native(), pages * pageSize);
    const { address, wasm } = memory;
    let number: number;
    try {
      const keep = wasm;
      number = await this.#channel.ask({ type: 'map', address, pages, keep, source, store: storeHandle }, ports);
    } catch (error) {
      memory.release();
      throw error;
    }
    const region = new MappedRegion(this.#home(), memory, number);
    const range = { start: address, end: address + BigInt(pages * pageSize) };
    this.#regions.set(number, { region, range, store });
    return region;
  }

  stats(): PagerStats {
    return this.#lastStats ?? this.#stats.pager();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#lastStats = this.#stats.pager();
    try {
      await this.#channel.ask({ type: 'close' });
    } finally {
      for (const { region } of [...this.#regions.values()]) region.retire();
      await this.#channel.end();
      if (--openPagers === 0) process.off('exit', tellExit);
    }
  }

  ranges(): AddressRange[] {
    return [this.#frames, ...[...this.#regions.values()].map(({ range }) => range)];
  }

  #home(): RegionHome {
    const { limitPages, frameCount, pageSize } = this.#options;
    const pinned = new Uint32Array(this.#core);
    return {
      channel: this.#channel,
      stats: this.#stats,
      pageSize,
      // What is left must still let pages come and go.
      pinnablePages: limitPages === null ? null : limitPages - frameCount - Math.max(4, frameCount >> 1),
      pinnedPages: () => Atomics.load(pinned, PINNED_PAGES_AT >> 2) + this.#promisedPins,
      promisePins: (pages) => {
        this.#promisedPins += pages;
      },
      closed: (number) => {
        const entry = this.#regions.get(number);
        if (entry !== undefined) storesInUse.delete(entry.store);
        this.#regions.delete(number);
      },
    };
  }

  // A built-in store is opened anew in the loop's thread; any other is called in this one.
  #handle(store: Store, name: string, ports: MessagePort[]): StoreHandle {
    if (typeof store === 'object' && store !== null && isBuiltIn(store) && !isUsedMemory(store)) {
      return { kind: 'spec', spec: store[SPEC] };
    }
    const { writable, flush, discard } = validateStore(name, store);
    const { port1, port2 } = new MessageChannel();
    serveStore(port1, store, new Uint8Array(this.#core));
    ports.push(port2);
    const flushes = flush !== undefined;
    return { kind: 'port', port: port2, writable, flushes, discards: discard !== undefined };
  }
}

function tellExit(code: number): void {
  native().tellExit(code);
}

function checkLength(size: Size, pageSize: number): number {
  if (size === undefined) throw new PagerError('OPTION', 'map: byteLength is missing', { hint: "say '512MiB'" });
  const bytes = parseSize(size, 'byteLength');
  const pages = Math.ceil(bytes / pageSize);
  if (pages >= 1 && pages < 2 ** 31) return pages;
  throw new PagerError('OPTION', `byteLength: ${formatSize(bytes)} cannot be mapped`, {
    hint: `give from one page to 2^31 - 1 pages of ${formatSize(pageSize)}`,
  });
}
