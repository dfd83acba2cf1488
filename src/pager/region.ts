// A mapped region as the user holds it: load, evict, flush, discard, pin, share, snapshot, migrate, close.
import { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import {
  OPERATION_DISCARD,
  OPERATION_EVICT,
  OPERATION_FLUSH,
  OPERATION_LOAD,
  OPERATION_PIN,
} from '../../assembly/layout.js';
import type { RegionStats, StatsReader } from '../core/stats.js';
import { SIGNAL_OPTIONS, type SignalOptions } from '../ended.js';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import type { PageRange, StoreHandle } from '../loop/requests.js';
import type { EngineName } from '../options.js';
import { redact } from '../redact.js';
import type { Store } from '../store/store.js';
import type { Channel } from './channel.js';
import { passed, traced } from './channels.js';
import { checkRange, type RegionMemory, viewIn } from './memory.js';
import { MIGRATE_OPTIONS, type MigrateOptions, type MigrateReport, migrateRegion } from './migrate.js';
import { makePin, type Pin, Turns } from './pin.js';
import type { LoadOptions, Region, RegionEvents } from './region-api.js';
import { SNAPSHOT_OPTIONS, type SnapshotOptions, type SnapshotReport, takeSnapshot } from './snapshot.js';
import { type FaultTracker, LoadTracker, TRACK_OPTIONS, type TrackOptions } from './track-faults.js';
import { type ByteRange, VOLATILE_OPTIONS, Volatile, type VolatileOptions } from './volatile.js';

const LOAD_OPTIONS = { pin: 'boolean', signal: 'signal' } as const;

/** The pager, as its regions use it. */
export interface RegionHome {
  engine: EngineName;
  isInline: boolean;
  channel: Channel;
  stats: StatsReader;
  pageSize: number;
  closed(number: number, region: Region): void;
  /** A store in the form that the loop's thread takes. */
  handle(store: Store, name: string): StoreHandle;
}

export type MemoryKind = 'anonymous' | 'shared' | 'huge';

/** What sharing a region with another process needs. */
export interface Sharing {
  engine: EngineName;
  kind: MemoryKind;
  /** The memfile's descriptor. */
  file: number;
  addView(view: { userfaultfd: number; socket: number; base: bigint }): Promise<unknown>;
  /** Calls back once, when the region is closed. */
  whenClosed(callback: () => void): void;
}

export class MappedRegion extends EventEmitter<RegionEvents> implements Region {
  readonly byteLength: number;
  readonly pageSize: number;
  declare readonly memory?: WebAssembly.Memory;
  readonly #home: RegionHome;
  readonly #memory: RegionMemory;
  readonly #number: number;
  readonly #kind: MemoryKind;
  readonly #volatile: Volatile;
  readonly #turns: Turns;
  readonly #whenClosed: (() => void)[] = [];
  #lastStats: RegionStats | undefined;
  #closing: Promise<void> | undefined;
  #listened = false;
  readonly #trackers: LoadTracker[] = [];

  constructor(home: RegionHome, memory: RegionMemory, kind: MemoryKind, number: number) {
    super();
    this.#follow();
    this.#home = home;
    this.#memory = memory;
    this.#number = number;
    this.#kind = kind;
    const { channel, pageSize, handle } = home;
    this.#volatile = new Volatile({ channel, region: number, pageSize, handle });
    this.#turns = new Turns(channel, number);
    this.byteLength = memory.byteLength;
    this.pageSize = home.pageSize;
    // Not enumerable: printing a region must not touch its pages.
    if (kind === 'anonymous' && memory.wasm !== null) Object.defineProperty(this, 'memory', { value: memory.wasm });
  }

  get address(): bigint {
    return this.#memory.address;
  }

  get buffer(): SharedArrayBuffer {
    this.#requireOpen();
    return this.#memory.buffer();
  }

  view<T extends ArrayBufferView>(
    type: new (b: ArrayBufferLike, o?: number, n?: number) => T,
    byteOffset = 0,
    length?: number,
  ): T {
    this.#requireOpen();
    return viewIn(this.#memory, type, byteOffset, length);
  }

  async load(byteOffset: number, byteLength: number, options: LoadOptions = {}): Promise<void> {
    checkOptions('load', options, LOAD_OPTIONS);
    const range = this.#range(byteOffset, byteLength);
    if (range.first === range.end) return;
    const flags = options.pin === true ? OPERATION_PIN : 0;
    const tracked = this.#trackers.map((tracker) => tracker.begin(byteOffset, byteLength, this.load));
    const began = performance.now();
    const kept = await traced('load', { region: this, byteOffset, byteLength }, () =>
      this.#operate(OPERATION_LOAD, range, flags, 'load', options.signal),
    );
    this.#home.channel.loads.record(performance.now() - began);
    for (const end of tracked) end?.();
    if (kept !== 0) this.#turns.begin(range);
  }

  async pin(byteOffset: number, byteLength: number, options: SignalOptions = {}): Promise<Pin> {
    checkOptions('pin', options, SIGNAL_OPTIONS);
    await this.load(byteOffset, byteLength, { ...options, pin: true });
    return makePin(byteOffset, byteLength, () => {
      if (this.#closing === undefined) this.unpin(byteOffset, byteLength);
    });
  }

  async use<T>(
    byteOffset: number,
    byteLength: number,
    work: (bytes: Uint8Array) => T | Promise<T>,
    options: SignalOptions = {},
  ): Promise<T> {
    checkOptions('use', options, SIGNAL_OPTIONS);
    const pin = await this.pin(byteOffset, byteLength, options);
    try {
      return await work(this.view(Uint8Array, byteOffset, byteLength));
    } finally {
      pin.release();
    }
  }

  unpin(byteOffset: number, byteLength: number): void {
    const range = this.#range(byteOffset, byteLength);
    this.#home.channel.notify('unpin', { region: this.#number, ...range });
  }

  prefetch(byteOffset: number, byteLength: number): void {
    const range = this.#range(byteOffset, byteLength);
    if (range.first < range.end) this.#home.channel.notify('prefetch', { region: this.#number, ...range });
  }

  async evict(byteOffset = 0, byteLength = this.byteLength - byteOffset, options: SignalOptions = {}): Promise<number> {
    checkOptions('evict', options, SIGNAL_OPTIONS);
    const range = this.#range(byteOffset, byteLength);
    // Pages kept for callers that run right now are pinned, and would not be evicted.
    await this.#turns.over();
    return traced('evict', { region: this, byteOffset, byteLength }, () =>
      this.#operate(OPERATION_EVICT, range, 0, 'evict', options.signal),
    );
  }

  async flush(options: SignalOptions = {}): Promise<void> {
    checkOptions('flush', options, SIGNAL_OPTIONS);
    await this.#operate(OPERATION_FLUSH, this.#range(0, this.byteLength), 0, 'flush', options.signal);
  }

  async discard(byteOffset: number, byteLength: number, options: SignalOptions = {}): Promise<void> {
    checkOptions('discard', options, SIGNAL_OPTIONS);
    const range = this.#wholeRange('discard', byteOffset, byteLength);
    await this.#operate(OPERATION_DISCARD, range, 0, 'discard', options.signal);
  }

  async snapshot(target: string | Writable, options: SnapshotOptions = {}): Promise<SnapshotReport> {
    checkOptions('snapshot', options, SNAPSHOT_OPTIONS);
    this.#requireOpen();
    const home = { channel: this.#home.channel, region: this.#number, pageSize: this.pageSize };
    return traced('snapshot', { region: this, target }, () =>
      passed(this, 'snapshot', (onInstant) => takeSnapshot({ ...home, onInstant }, target, options)),
    );
  }

  async migrate(to: string, options: MigrateOptions = {}): Promise<MigrateReport> {
    checkOptions('migrate', options, MIGRATE_OPTIONS);
    this.#requireOpen();
    return traced('migrate', { region: this, to: redact(to) }, () =>
      passed(this, 'migrate', (onInstant) => migrateRegion(this.#home.channel, this.#number, to, options, onInstant)),
    );
  }

  async markVolatile(byteOffset: number, byteLength: number, options: VolatileOptions = {}): Promise<void> {
    checkOptions('markVolatile', options, VOLATILE_OPTIONS);
    await this.#volatile.mark(this.#wholeRange('markVolatile', byteOffset, byteLength), options);
  }

  async unmarkVolatile(
    byteOffset: number,
    byteLength: number,
    options: SignalOptions = {},
  ): Promise<{ reclaimed: ByteRange[] }> {
    checkOptions('unmarkVolatile', options, SIGNAL_OPTIONS);
    return this.#volatile.unmark(this.#wholeRange('unmarkVolatile', byteOffset, byteLength), options.signal);
  }

  override removeAllListeners(event?: keyof RegionEvents): this {
    super.removeAllListeners(event);
    // Without an event's name, the listeners for added and removed listeners are gone as well.
    if (event === undefined) this.#follow();
    this.#listen();
    return this;
  }

  // The loop reports reclaimed pages only while there is a listener.
  #follow(): void {
    follow(this as EventEmitter, (event) => {
      if (event === 'reclaimed') queueMicrotask(() => this.#listen());
    });
  }

  #listen(): void {
    const on = this.listenerCount('reclaimed') > 0;
    if (on === this.#listened || this.#closing !== undefined) return;
    this.#listened = on;
    this.#home.channel.notify('listen', { region: this.#number, on });
  }

  /** The loop reports that a thread touched reclaimed pages. */
  emitReclaimed(ranges: readonly PageRange[]): void {
    const size = this.pageSize;
    for (const { first, end } of ranges) {
      this.emit('reclaimed', { byteOffset: first * size, byteLength: (end - first) * size });
    }
  }

  trackFaults(options: TrackOptions = {}): FaultTracker {
    checkOptions('trackFaults', options, TRACK_OPTIONS);
    this.#requireOpen();
    const { pageSize, byteLength, address } = this;
    const { isInline, stats } = this.#home;
    const absentPages = (first: number, end: number) => stats.absentPages(this.#number, first, end);
    const tracker = new LoadTracker({ pageSize, byteLength, address, isInline, absentPages }, options, (ended) => {
      const at = this.#trackers.indexOf(ended);
      if (at >= 0) this.#trackers.splice(at, 1);
    });
    this.#trackers.push(tracker);
    return tracker;
  }

  stats(): RegionStats {
    return this.#lastStats ?? this.#home.stats.region(this.#number);
  }

  /** @throws PagerError 'CLOSED' */
  sharing(): Sharing {
    this.#requireOpen();
    return {
      engine: this.#home.engine,
      kind: this.#kind,
      file: this.#memory.file,
      addView: (view) => this.#home.channel.call('addView', { region: this.#number, ...view }),
      whenClosed: (callback) => void this.#whenClosed.push(callback),
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  close(): Promise<void> {
    this.#turns.end();
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.keepStats();
    try {
      await this.#home.channel.call('closeRegion', { region: this.#number });
    } finally {
      this.retire();
    }
  }

  /** The region is about to be closed: keep its counters. */
  keepStats(): RegionStats {
    this.#lastStats ??= this.#home.stats.region(this.#number);
    return this.#lastStats;
  }

  /** The region is closed, by the pager or by itself. */
  retire(): void {
    this.#turns.end();
    this.#closing ??= Promise.resolve();
    for (const tracker of [...this.#trackers]) tracker.stop();
    this.#memory.release(this.keepStats().residentPages * this.pageSize);
    this.#home.closed(this.#number, this);
    for (const callback of this.#whenClosed.splice(0)) callback();
  }

  #operate(kind: number, range: PageRange, flags: number, what: string, signal?: AbortSignal): Promise<number> {
    return this.#home.channel.call('operation', { kind, region: this.#number, ...range, flags }, { signal, what });
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new PagerError('CLOSED', 'the region is closed');
  }

  #wholeRange(call: string, byteOffset: number, byteLength: number): { first: number; end: number } {
    const range = this.#range(byteOffset, byteLength);
    if (byteOffset % this.pageSize === 0 && byteLength % this.pageSize === 0) return range;
    throw new PagerError('REGION', `${call}: ${byteOffset}, ${byteLength} are not whole pages`, {
      hint: `give multiples of ${this.pageSize}; write zeros to the rest`,
    });
  }

  #range(byteOffset: number, byteLength: number): { first: number; end: number } {
    this.#requireOpen();
    checkRange(this.byteLength, byteOffset, byteLength);
    const first = Math.floor(byteOffset / this.pageSize);
    return { first, end: byteLength === 0 ? first : Math.ceil((byteOffset + byteLength) / this.pageSize) };
  }
}

/** Calls back whenever a listener is added or removed. */
function follow(emitter: EventEmitter, changed: (event: string | symbol) => void): void {
  emitter.on('newListener', changed);
  emitter.on('removeListener', changed);
}
