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
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import type { PageRange, StoreHandle } from '../loop/requests.js';
import type { EngineName } from '../options.js';
import type { Store } from '../store/store.js';
import type { Channel } from './channel.js';
import { checkRange, type RegionMemory, viewIn } from './memory.js';
import { MIGRATE_OPTIONS, type MigrateOptions, type MigrateReport, migrateRegion } from './migrate.js';
import { makePin, type Pin, Turns } from './pin.js';
import { SNAPSHOT_OPTIONS, type SnapshotOptions, type SnapshotReport, takeSnapshot } from './snapshot.js';
import { type ByteRange, VOLATILE_OPTIONS, Volatile, type VolatileOptions } from './volatile.js';

export interface Region {
  /** Bytes: what was asked for, rounded up to a whole page. */
  readonly byteLength: number;
  readonly pageSize: number;
  /** Where the region begins in this process's address space: what 'farpage/userfaultfd' and tools speak of. */
  readonly address: bigint;
  /**
   * The region's bytes; post it to any Worker. WebAssembly rounds its length up to 64 KiB: what lies past `byteLength`
   * is ordinary memory. Regions over 4 GiB have no single buffer: use `view`.
   * @throws PagerError 'REGION' over 4 GiB, 'CLOSED' once the region is closed
   */
  readonly buffer: SharedArrayBuffer;
  /** Present for anonymous regions up to 4 GiB: import it into your own WebAssembly module. */
  readonly memory?: WebAssembly.Memory;
  /**
   * A typed array over part of the region.
   * @param byteOffset default 0
   * @param length in elements; default: to the end of the region
   */
  view<T extends ArrayBufferView>(
    type: new (b: ArrayBufferLike, o?: number, n?: number) => T,
    byteOffset?: number,
    length?: number,
  ): T;
  /**
   * Brings a range in without blocking the caller's thread. It stays resident for the turn of whoever awaits this: until the
   * next `await`, or the end of the callback. (A range that the limit has no room to pin comes in as far as there is room.)
   * With `pin`, it stays until `unpin`; pins count.
   * @throws (rejects) PagerError 'STORE_READ' where a page cannot be had, 'OPTION' where the limit has no room to pin
   */
  load(byteOffset: number, byteLength: number, options?: { pin?: boolean }): Promise<void>;
  /** Takes one pin of each page back. */
  unpin(byteOffset: number, byteLength: number): void;
  /**
   * `load` with `pin`, as something that can be released: `using pin = await region.pin(0, 4096)`.
   * @throws (rejects) as `load` does
   */
  pin(byteOffset: number, byteLength: number): Promise<Pin>;
  /**
   * Pins the range while `work` runs, to its promise's end, and gives what it gives. The bytes must not be used afterwards.
   * @throws (rejects) as `load` does, or with what `work` threw
   */
  use<T>(byteOffset: number, byteLength: number, work: (bytes: Uint8Array) => T | Promise<T>): Promise<T>;
  /** A hint: begin to bring a range in; returns at once. */
  prefetch(byteOffset: number, byteLength: number): void;
  /**
   * Writes back what is dirty in the range (default: all) and drops it; pinned pages stay. Resolves to the number of
   * pages dropped.
   */
  evict(byteOffset?: number, byteLength?: number): Promise<number>;
  /** Resolves when the store holds every byte written before the call. */
  flush(): Promise<void>;
  /** Forgets a range's content everywhere: it reads as zeros from now on. Whole pages only. */
  discard(byteOffset: number, byteLength: number): Promise<void>;
  /**
   * From now on these pages may be dropped instead of written when memory is short: see docs/volatile.md. No call is needed
   * before they are touched. Whole pages only.
   * @throws (rejects) PagerError 'OPTION', 'REGION', 'CLOSED'
   */
  markVolatile(byteOffset: number, byteLength: number, options?: VolatileOptions): Promise<void>;
  /** Takes the mark away; what was dropped meanwhile is told: it reads as zeros, or is made anew, when it is touched. */
  unmarkVolatile(byteOffset: number, byteLength: number): Promise<{ reclaimed: ByteRange[] }>;
  /** 'reclaimed': a thread has touched pages that had been dropped and have no `regenerate`: it read zeros. */
  on(event: 'reclaimed', listener: (range: ByteRange) => void): this;
  off(event: 'reclaimed', listener: (range: ByteRange) => void): this;
  /**
   * Writes an image of the region exactly as it is at one instant, while its threads go on: see docs/snapshots.md.
   * @param target a path, the URL of a writable store, or a stream
   * @throws (rejects) PagerError 'OPTION', 'REGION', 'STORE_READ', 'STORE_WRITE', 'CLOSED'; what `target` was before is then as it was
   */
  snapshot(target: string | Writable, options?: SnapshotOptions): Promise<SnapshotReport>;
  /**
   * Moves the region's content to another process, which waits for it in `receiveRegion`: see docs/migration.md. Resolves
   * when all of it is there; the region is yours to close then, and what it holds counts no more.
   * @param to where the other one listens: 'tcp://host:port' or 'unix:/path'
   * @throws (rejects) PagerError 'OPTION', 'PROTOCOL', 'STORE_READ', 'CLOSED', or what `options.state` threw. The region has
   * everything still, and its threads go on.
   */
  migrate(to: string, options?: MigrateOptions): Promise<MigrateReport>;
  stats(): RegionStats;
  /**
   * Writes nothing back. What is resident stays readable; a thread that touches anything else gets SIGBUS (SIGSEGV
   * where it was never fetched from a source), never zeros in its place, after one line on standard error. Idempotent.
   */
  close(): Promise<void>;
  /** `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const LOAD_OPTIONS = { pin: 'boolean' } as const;

/** What a region needs to know of its pager. */
export interface RegionHome {
  engine: EngineName;
  channel: Channel;
  stats: StatsReader;
  pageSize: number;
  closed(number: number, region: Region): void;
  /** A store as it can be given to the loop's thread. */
  handle(store: Store, name: string): StoreHandle;
}

export type MemoryKind = 'anonymous' | 'shared' | 'huge';

/** What it takes to give a region to another process. */
export interface Sharing {
  engine: EngineName;
  kind: MemoryKind;
  /** The memory file's descriptor. */
  file: number;
  addView(view: { userfaultfd: number; socket: number; base: bigint }): Promise<unknown>;
  /** Calls back once, when the region is closed. */
  whenClosed(callback: () => void): void;
}

export class MappedRegion implements Region {
  readonly byteLength: number;
  readonly pageSize: number;
  declare readonly memory?: WebAssembly.Memory;
  readonly #home: RegionHome;
  readonly #memory: RegionMemory;
  readonly #number: number;
  readonly #kind: MemoryKind;
  readonly #volatile: Volatile;
  readonly #turns: Turns;
  readonly #events = new EventEmitter();
  readonly #whenClosed: (() => void)[] = [];
  #lastStats: RegionStats | undefined;
  #closing: Promise<void> | undefined;

  constructor(home: RegionHome, memory: RegionMemory, kind: MemoryKind, number: number) {
    this.#home = home;
    this.#memory = memory;
    this.#number = number;
    this.#kind = kind;
    const { channel, pageSize, handle } = home;
    this.#volatile = new Volatile({ channel, region: number, pageSize, handle });
    this.#turns = new Turns(channel, number);
    this.byteLength = memory.byteLength;
    this.pageSize = home.pageSize;
    // Not enumerable: to print a region must not touch its pages.
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

  async load(byteOffset: number, byteLength: number, options: { pin?: boolean } = {}): Promise<void> {
    checkOptions('load', options, LOAD_OPTIONS);
    const range = this.#range(byteOffset, byteLength);
    if (range.first === range.end) return;
    const kept = await this.#operate(OPERATION_LOAD, range, options.pin === true ? OPERATION_PIN : 0);
    if (kept !== 0) this.#turns.begin(range);
  }

  async pin(byteOffset: number, byteLength: number): Promise<Pin> {
    await this.load(byteOffset, byteLength, { pin: true });
    return makePin(byteOffset, byteLength, () => {
      if (this.#closing === undefined) this.unpin(byteOffset, byteLength);
    });
  }

  async use<T>(byteOffset: number, byteLength: number, work: (bytes: Uint8Array) => T | Promise<T>): Promise<T> {
    const pin = await this.pin(byteOffset, byteLength);
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

  async evict(byteOffset = 0, byteLength = this.byteLength - byteOffset): Promise<number> {
    const range = this.#range(byteOffset, byteLength);
    // What loads keep for callers that go on right now is pinned, and would stay.
    await this.#turns.over();
    return this.#operate(OPERATION_EVICT, range, 0);
  }

  async flush(): Promise<void> {
    await this.#operate(OPERATION_FLUSH, this.#range(0, this.byteLength), 0);
  }

  async discard(byteOffset: number, byteLength: number): Promise<void> {
    await this.#operate(OPERATION_DISCARD, this.#wholeRange('discard', byteOffset, byteLength), 0);
  }

  async snapshot(target: string | Writable, options: SnapshotOptions = {}): Promise<SnapshotReport> {
    checkOptions('snapshot', options, SNAPSHOT_OPTIONS);
    this.#requireOpen();
    const home = { channel: this.#home.channel, region: this.#number, pageSize: this.pageSize };
    return takeSnapshot(home, target, options);
  }

  async migrate(to: string, options: MigrateOptions = {}): Promise<MigrateReport> {
    checkOptions('migrate', options, MIGRATE_OPTIONS);
    this.#requireOpen();
    return migrateRegion(this.#home.channel, this.#number, to, options);
  }

  async markVolatile(byteOffset: number, byteLength: number, options: VolatileOptions = {}): Promise<void> {
    checkOptions('markVolatile', options, VOLATILE_OPTIONS);
    await this.#volatile.mark(this.#wholeRange('markVolatile', byteOffset, byteLength), options);
  }

  async unmarkVolatile(byteOffset: number, byteLength: number): Promise<{ reclaimed: ByteRange[] }> {
    return this.#volatile.unmark(this.#wholeRange('unmarkVolatile', byteOffset, byteLength));
  }

  on(event: 'reclaimed', listener: (range: ByteRange) => void): this {
    this.#events.on(event, listener);
    return this.#listen();
  }

  off(event: 'reclaimed', listener: (range: ByteRange) => void): this {
    this.#events.off(event, listener);
    return this.#listen();
  }

  #listen(): this {
    if (this.#closing !== undefined) return this;
    const on = this.#events.listenerCount('reclaimed') > 0;
    this.#home.channel.notify('listen', { region: this.#number, on });
    return this;
  }

  /** The loop says that pages were touched that had been reclaimed. */
  tellReclaimed(ranges: readonly PageRange[]): void {
    const size = this.pageSize;
    for (const { first, end } of ranges) {
      this.#events.emit('reclaimed', { byteOffset: first * size, byteLength: (end - first) * size });
    }
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

  /** It is about to be closed: its counters stay as they are. */
  keepStats(): RegionStats {
    this.#lastStats ??= this.#home.stats.region(this.#number);
    return this.#lastStats;
  }

  /** The pager has closed it, or just did so itself. */
  retire(): void {
    this.#turns.end();
    this.#closing ??= Promise.resolve();
    this.#memory.release(this.keepStats().residentPages * this.pageSize);
    this.#home.closed(this.#number, this);
    for (const callback of this.#whenClosed.splice(0)) callback();
  }

  async #operate(kind: number, range: { first: number; end: number }, flags: number): Promise<number> {
    return this.#home.channel.call('operation', { kind, region: this.#number, ...range, flags });
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
