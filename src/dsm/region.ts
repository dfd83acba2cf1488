// A region that lives in every process that has joined it, as the user sees it.
import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AskOf, CallOptions, ResultOf } from '../call/contract.js';
import { Wire } from '../call/wire.js';
import type { DsmStats } from '../core/dsm-stats.js';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { checkUrl } from '../migrate/connection.js';
import { packageFile } from '../place.js';
import { checkTls, type TlsFiles } from '../tls-files.js';
import { parseSize, type Size } from '../units.js';
import { advise, type Memory, sharedMemory } from '../userfaultfd/index.js';
import { Counters } from './counters.js';
import { MAX_LEASE_MS, MAX_PAGES, MIN_LEASE_MS, PAGE_BYTES } from './message.js';
import type { NodeSide, Runs, UserSide } from './requests.js';
import { type SharedSnapshotOptions, type SharedSnapshotReport, takeSharedSnapshot } from './shared-snapshot.js';
import type { ViewRequest } from './views.js';

export interface JoinOptions {
  /** The region's name at the home; the first to join makes it. */
  name: string;
  /** Rounded up to a whole page; the same in all nodes. At most 4 GiB. */
  byteLength: Size;
  /** A secret that home and nodes share: at least one letter. Default: none, for a home that asks for none. */
  token?: string;
  /** Files in PEM format. Default: no TLS. */
  tls?: TlsFiles;
  /**
   * What becomes of pages whose exclusive owner is lost. 'poison' (default): a touch is SIGBUS and `load` rejects. 'lastWritten': they have the
   * bytes that the home got last. The same in all nodes.
   */
  onLost?: 'poison' | 'lastWritten';
  /**
   * When exclusive pages reach the home: when it asks for them ('recall', the default); every `intervalMs` too ('interval'); or each by itself
   * when this node has had it for `holdMs` ('through').
   */
  writeBack?: 'recall' | 'interval' | 'through';
  /** Default: 1000. */
  intervalMs?: number;
  /** Least time a node keeps a page it was granted, in ms. Default: max(1, 4 × the measured round trip). */
  holdMs?: number;
  /**
   * The most memory that the region's pages may take here: at least 512 KiB. Beyond it the pages that came first leave, with what was
   * written to them. Default: no limit.
   */
  resident?: Size;
  /** Milliseconds without the home after which this node may use no page. The first to join sets it. Default: the home's. */
  leaseMs?: number;
  /** Milliseconds beyond the lease for which threads wait for the home. Then they get SIGBUS. Default: 30 000. */
  patienceMs?: number;
}

const JOIN_OPTIONS = {
  name: 'text',
  byteLength: 'checked',
  token: 'text',
  tls: 'checked',
  onLost: 'checked',
  writeBack: 'checked',
  intervalMs: 'checked',
  holdMs: 'checked',
  resident: 'checked',
  leaseMs: 'checked',
  patienceMs: 'checked',
} as const;
const DEFAULT_INTERVAL_MS = 1000;
const DEFAULT_PATIENCE_MS = 30_000;
/** What is asked for together must have room, and a page must not leave before its thread has run. */
const MIN_RESIDENT_PAGES = 128;
const MAX_MS = MAX_LEASE_MS;
const MAX_HOMES = 8;

/** A part of a region, in bytes. */
export interface SharedRange {
  byteOffset: number;
  byteLength: number;
}

// A type, not an interface: EventEmitter walks it by name.
export type SharedRegionEvents = {
  /** The owner of these pages is lost, and with it what it wrote since the home got them last. */
  lost: [ranges: SharedRange[]];
  /** The home has taken this node out, or does not answer. What this node wrote to `ranges` is discarded; each touch is SIGBUS. */
  fenced: [ranges: SharedRange[]];
};

export interface SharedRegionStats {
  pages: number;
  dsm: DsmStats;
}

type Requests = NodeSide['requests'];

/** What sharing a region's memory with another process takes. */
export interface NodeSharing {
  byteLength: number;
  /** The memfile's descriptor, and that of the one in which the node writes until when its lease lets pages be used. */
  file: number;
  times: number;
  addView(view: ViewRequest): Promise<void>;
  /** Calls back once, when the region is closed or fenced. */
  whenClosed(callback: () => void): void;
}

let sharingIn: (region: SharedRegion) => NodeSharing;

/** @throws PagerError 'CLOSED' */
export function sharingOf(region: SharedRegion): NodeSharing {
  return sharingIn(region);
}

/** Where a region is listed until it is closed. */
const lists = new WeakMap<SharedRegion, Set<SharedRegion>>();

/** A region that has joined, in `list` until it is closed. @throws (rejects) as `SharedRegion.join` does */
export async function joinListed(
  list: Set<SharedRegion>,
  homes: string | readonly string[],
  options: JoinOptions,
): Promise<SharedRegion> {
  const region = await SharedRegion.join(homes, options);
  list.add(region);
  lists.set(region, list);
  return region;
}

export class SharedRegion extends EventEmitter<SharedRegionEvents> implements AsyncDisposable {
  /** As all nodes call it. */
  readonly name: string;
  readonly byteLength: number;
  readonly pageSize = PAGE_BYTES;
  readonly #memory: Memory;
  readonly #worker: Worker;
  readonly #wire: Wire<UserSide, NodeSide>;
  readonly #counters = new Counters();
  #node = -1;
  #isFenced = false;
  #closing: Promise<void> | undefined;
  /** Read by attached processes. */
  #times: Memory | undefined;
  readonly #whenClosed: Array<() => void> = [];

  static {
    sharingIn = (region) => region.#sharing();
  }

  /** @throws (rejects) PagerError 'OPTION', 'PROTOCOL', 'UNSUPPORTED', 'PERMISSION', 'REGION' */
  static async join(homes: string | readonly string[], options: JoinOptions): Promise<SharedRegion> {
    const urls = checkHomes(homes);
    checkOptions('join', options, JOIN_OPTIONS);
    const { name, token = '', onLost = 'poison', writeBack = 'recall' } = options;
    const tls = checkTls(options.tls);
    if (typeof name !== 'string' || name === '') throw new PagerError('OPTION', 'name: the region has none');
    if (onLost !== 'poison' && onLost !== 'lastWritten') {
      throw new PagerError('OPTION', `onLost: '${String(onLost)}' is not 'poison' or 'lastWritten'`);
    }
    if (writeBack !== 'recall' && writeBack !== 'interval' && writeBack !== 'through') {
      throw new PagerError('OPTION', `writeBack: '${String(writeBack)}' is not 'recall', 'interval' or 'through'`);
    }
    if (options.token === '') {
      throw new PagerError('OPTION', 'token: it is empty', { hint: 'leave it out if the home asks for none' });
    }
    const pages = Math.ceil(parseSize(options.byteLength, 'byteLength') / PAGE_BYTES);
    if (pages < 1 || pages > MAX_PAGES)
      throw new PagerError('OPTION', `byteLength: ${pages} pages are not 1 to ${MAX_PAGES}`);
    const interval = duration(options.intervalMs, 'intervalMs', DEFAULT_INTERVAL_MS, 1);
    const rest = {
      holdMs: duration(options.holdMs, 'holdMs', null),
      leaseMs: duration(options.leaseMs, 'leaseMs', null, MIN_LEASE_MS),
      patience: duration(options.patienceMs, 'patienceMs', DEFAULT_PATIENCE_MS) ?? DEFAULT_PATIENCE_MS,
      resident: residentPages(options.resident),
      interval: writeBack === 'interval' ? interval : null,
      through: writeBack === 'through',
    };
    const region = new SharedRegion(name, pages);
    const { address, alias, fd } = region.#memory;
    const places = { address, alias: alias?.address ?? 0n, file: fd ?? -1, counters: region.#counters.buffer };
    try {
      const rollBack = onLost === 'lastWritten';
      region.#node = (
        await region.#wire.call('join', { urls, tls, token, name, pages, rollBack, ...places, ...rest })
      ).node;
    } catch (error) {
      await region.#worker.terminate();
      region.#memory.close();
      throw error;
    }
    return region;
  }

  private constructor(name: string, pages: number) {
    super();
    this.name = name;
    this.byteLength = pages * PAGE_BYTES;
    this.#memory = sharedMemory(this.byteLength);
    // A child would share the file without being a member.
    const { address, alias } = this.#memory;
    for (const start of [address, alias?.address ?? address])
      advise({ start, byteLength: this.byteLength }, 'DONTFORK');
    const worker = new Worker(packageFile('dist/src/bundle/dsm/node-worker.js'), { name: 'farpage-dsm' });
    this.#worker = worker;
    const notices = {
      lost: ({ runs }: { runs: Runs }) => void this.emit('lost', rangesOf(runs)),
      fenced: ({ runs }: { runs: Runs }) => this.#fence(rangesOf(runs)),
    };
    this.#wire = new Wire<UserSide, NodeSide>(worker, { requests: {}, notices }, (waiting) => {
      if (waiting) worker.ref();
      else worker.unref();
    });
    worker.on('error', (error) => {
      this.#wire.fail(new PagerError('INTERNAL', `the node's thread failed: ${error.message}`, { cause: error }));
    });
    worker.on('exit', () => {
      this.#wire.fail(new PagerError('CLOSED', 'the node’s thread has ended'));
      // Only it knew which pages had been written.
      if (this.#node >= 0 && this.#closing === undefined) this.#fence([{ byteOffset: 0, byteLength: this.byteLength }]);
    });
  }

  /** Once: a node that was fenced before its thread ended has reported which pages it had written. */
  #fence(ranges: SharedRange[]): void {
    if (this.#isFenced) return;
    this.#isFenced = true;
    this.#endSharing();
    this.emit('fenced', ranges);
  }

  /** This node's number at the home. */
  get node(): number {
    return this.#node;
  }

  /** Where the region is in this process: with `viewOf` of farpage/userfaultfd a Worker sees it. */
  get address(): bigint {
    return this.#memory.address;
  }

  /** The region's bytes. Atomics work on views of it, also across nodes; `Atomics.wait` does not: see `changed`. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** Brings a range in without blocking this thread; with `write`, as pages that only this node has. */
  async load(byteOffset: number, byteLength: number, options: { write?: boolean } = {}): Promise<void> {
    checkOptions('load', options, { write: 'boolean' });
    await this.#call('load', { ...this.#pagesOf(byteOffset, byteLength), write: options.write === true });
  }

  /** A hint: begins to bring a range in, to be read. */
  prefetch(byteOffset: number, byteLength: number): void {
    this.#wire.notify('prefetch', this.#pagesOf(byteOffset, byteLength));
  }

  /** Gives pages back, with what was written to them. Resolves to the number of pages dropped. */
  evict(byteOffset = 0, byteLength = this.byteLength - byteOffset): Promise<number> {
    return this.#call('evict', this.#pagesOf(byteOffset, byteLength));
  }

  /**
   * Drops a range's content on all nodes: it reads as zeros. Whole pages only; each becomes zeros at one moment between the call and the end of its
   * promise, in order with all writes to it. Resolves when the home knows it; rejects if a page is lost, and others may be zeros then.
   */
  async discard(byteOffset: number, byteLength: number): Promise<void> {
    const pages = this.#pagesOf(byteOffset, byteLength);
    if (byteOffset % PAGE_BYTES !== 0 || byteLength % PAGE_BYTES !== 0)
      throw new PagerError('OPTION', `discard: ${byteOffset}, ${byteLength} are not whole pages`);
    await this.#call('discard', pages);
  }

  /** Resolves when the home has every byte that this node wrote before the call. */
  async flush(): Promise<void> {
    await this.#call('flush', null);
  }

  /** Resolves to the 4-byte word at `byteOffset` when it is no longer `old`. */
  async changed(byteOffset: number, old: number, options: { signal?: AbortSignal } = {}): Promise<number> {
    checkOptions('changed', options, { signal: 'signal' });
    if (byteOffset % 4 !== 0) throw new PagerError('OPTION', `byteOffset: ${byteOffset} is not a multiple of 4`);
    this.#pagesOf(byteOffset, 4);
    const { signal } = options;
    return this.#call('changed', { byteOffset, old: old | 0 }, signal === undefined ? {} : { signal, what: 'changed' });
  }

  /**
   * Writes an image of the whole region, as it was on all nodes at one instant, to a path or URL. Threads that write wait until the instant, and then
   * only for the page that they write to. Snapshots of one region are taken one after the other.
   */
  async snapshot(target: string, options: SharedSnapshotOptions = {}): Promise<SharedSnapshotReport> {
    if (this.#closing !== undefined) throw new PagerError('CLOSED', 'the shared region is closed');
    return takeSharedSnapshot(this.#wire, this.byteLength / PAGE_BYTES, target, options);
  }

  stats(): SharedRegionStats {
    return { pages: this.byteLength / PAGE_BYTES, dsm: this.#counters.read() };
  }

  /** Sends what was written to the home, leaves the region and unmaps it. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #sharing(): NodeSharing {
    if (this.#closing !== undefined || this.#isFenced)
      throw new PagerError('CLOSED', 'the shared region is closed, or this node was fenced', { hint: 'join it again' });
    this.#times ??= sharedMemory(PAGE_BYTES);
    const { address: times, fd: timesFile = -1 } = this.#times;
    return {
      byteLength: this.byteLength,
      file: this.#memory.fd ?? -1,
      times: timesFile,
      addView: (view) => this.#call('attach', { ...view, times }),
      whenClosed: (callback) => void this.#whenClosed.push(callback),
    };
  }

  #endSharing(): void {
    for (const callback of this.#whenClosed.splice(0)) callback();
  }

  async #close(): Promise<void> {
    this.#endSharing();
    await this.#wire.call('close', null).catch(() => {});
    this.#wire.refuse(new PagerError('CLOSED', 'the shared region is closed'));
    await this.#worker.terminate();
    this.#memory.close();
    this.#times?.close();
    lists.get(this)?.delete(this);
  }

  #call<K extends keyof Requests & string>(
    name: K,
    ask: AskOf<Requests[K]>,
    options?: CallOptions<Requests[K]>,
  ): Promise<ResultOf<Requests[K]>> {
    if (this.#closing !== undefined) return Promise.reject(new PagerError('CLOSED', 'the shared region is closed'));
    return this.#wire.call(name, ask, options);
  }

  #pagesOf(byteOffset: number, byteLength: number): { first: number; end: number } {
    const end = byteOffset + byteLength;
    if (
      !Number.isSafeInteger(byteOffset) ||
      !Number.isSafeInteger(byteLength) ||
      byteOffset < 0 ||
      byteLength < 0 ||
      end > this.byteLength
    ) {
      throw new PagerError('OPTION', `bytes ${byteOffset} to ${end} are not in a region of ${this.byteLength}`);
    }
    return { first: Math.floor(byteOffset / PAGE_BYTES), end: Math.ceil(end / PAGE_BYTES) };
  }
}

function checkHomes(homes: string | readonly string[]): string[] {
  const urls = typeof homes === 'string' ? [homes] : homes;
  if (!(urls.length >= 1 && urls.length <= MAX_HOMES))
    throw new PagerError('OPTION', `join: ${urls.length} homes are not 1 to ${MAX_HOMES}`);
  for (const url of urls) checkUrl(url);
  return [...urls];
}

function rangesOf(runs: Runs): SharedRange[] {
  return runs.map(([first, count]) => ({ byteOffset: first * PAGE_BYTES, byteLength: count * PAGE_BYTES }));
}

function residentPages(resident: Size | undefined): number | null {
  if (resident === undefined) return null;
  const pages = Math.floor(parseSize(resident, 'resident') / PAGE_BYTES);
  if (pages >= MIN_RESIDENT_PAGES) return pages;
  const least = MIN_RESIDENT_PAGES * PAGE_BYTES;
  throw new PagerError('OPTION', `resident: ${resident} is not at least ${least} bytes`);
}

function duration(value: number | undefined, name: string, otherwise: number | null, least = 0): number | null {
  if (value === undefined) return otherwise;
  if (Number.isFinite(value) && value >= least && value <= MAX_MS) return value;
  throw new PagerError('OPTION', `${name}: ${value} is not ${least} to ${MAX_MS} milliseconds`);
}
