// The public types of a region.
import type { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import type { RegionStats } from '../core/stats.js';
import type { SignalOptions } from '../ended.js';
import type { MigrateOptions, MigrateReport } from './migrate.js';
import type { Pin } from './pin.js';
import type { SnapshotOptions, SnapshotReport } from './snapshot.js';
import type { FaultTracker, TrackOptions } from './track-faults.js';
import type { ByteRange, VolatileOptions } from './volatile.js';

export interface LoadOptions extends SignalOptions {
  /** The range stays resident until `unpin`. Default false. */
  pin?: boolean;
}

/** What a region emits, by name. */
// A type, not an interface: EventEmitter walks it by name.
export type RegionEvents = {
  /** A thread touched pages that had been dropped and have no `regenerate`: it read zeros. */
  reclaimed: [range: ByteRange];
};

export interface Region extends EventEmitter<RegionEvents>, AsyncDisposable {
  /** Bytes: the requested length, rounded up to a whole page. */
  readonly byteLength: number;
  readonly pageSize: number;
  /** The region's address in this process, as 'farpage/userfaultfd' and tools use it. */
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
   * Loads a range without blocking the caller's thread. It stays resident for the caller's turn: until its next `await`, or
   * the end of the callback. (If the limit has no room to pin the range, as much as fits is loaded.) With `pin`, it stays
   * until `unpin`; pins are counted.
   * @throws (rejects) PagerError 'STORE_READ' if a page cannot be read, 'OPTION' if the limit has no room to pin
   */
  load(byteOffset: number, byteLength: number, options?: LoadOptions): Promise<void>;
  /** Releases one pin of each page. */
  unpin(byteOffset: number, byteLength: number): void;
  /**
   * `load` with `pin`, as a disposable object: `using pin = await region.pin(0, 4096)`.
   * @throws (rejects) as `load` does
   */
  pin(byteOffset: number, byteLength: number, options?: SignalOptions): Promise<Pin>;
  /**
   * Pins the range while `work` runs, until its promise settles, and returns its result. Do not use the bytes afterwards.
   * @throws (rejects) as `load` does, or with what `work` threw
   */
  use<T>(
    byteOffset: number,
    byteLength: number,
    work: (bytes: Uint8Array) => T | Promise<T>,
    options?: SignalOptions,
  ): Promise<T>;
  /** A hint: begins to load a range; returns at once. */
  prefetch(byteOffset: number, byteLength: number): void;
  /**
   * Writes back dirty pages of the range (default: all) and drops the range; pinned pages stay. Resolves to the number of
   * pages dropped.
   */
  evict(byteOffset?: number, byteLength?: number, options?: SignalOptions): Promise<number>;
  /** Resolves when the store holds every byte written before the call. */
  flush(options?: SignalOptions): Promise<void>;
  /** Drops a range's content everywhere: it reads as zeros from now on. Whole pages only. */
  discard(byteOffset: number, byteLength: number, options?: SignalOptions): Promise<void>;
  /**
   * Marks pages that may be dropped instead of written when memory is short: see docs/volatile.md. They can be touched
   * without a further call. Whole pages only.
   * @throws (rejects) PagerError 'OPTION', 'REGION', 'CLOSED'
   */
  markVolatile(byteOffset: number, byteLength: number, options?: VolatileOptions): Promise<void>;
  /** Removes the mark, and returns the ranges that were dropped: their next touch reads zeros, or regenerates them. */
  unmarkVolatile(byteOffset: number, byteLength: number, options?: SignalOptions): Promise<{ reclaimed: ByteRange[] }>;
  /**
   * Writes an image of the region exactly as it is at one instant, while its threads run: see docs/snapshots.md.
   * @param target a path, the URL of a writable store, or a stream
   * @throws (rejects) PagerError 'OPTION', 'REGION', 'STORE_READ', 'STORE_WRITE', 'CLOSED'; `target` then keeps its earlier content
   */
  snapshot(target: string | Writable, options?: SnapshotOptions): Promise<SnapshotReport>;
  /**
   * Moves the region's content to another process, which waits for it in `receiveRegion`: see docs/migration.md. Resolves
   * when all pages have arrived; close the region then, its content is stale.
   * @param to where the other process listens: 'tcp://host:port' or 'unix:/path'
   * @throws (rejects) PagerError 'OPTION', 'PROTOCOL', 'STORE_READ', 'CLOSED', or what `options.state` threw. The region has
   * all its content still, and its threads run on.
   */
  migrate(to: string, options?: MigrateOptions): Promise<MigrateReport>;
  /**
   * Notes from which code `load` is called, and for how many absent pages and how long each place waits: what to load
   * earlier. Touches without a load have no stack; with inline faults they are counted by thread.
   * @throws PagerError 'OPTION', 'CLOSED'
   */
  trackFaults(options?: TrackOptions): FaultTracker;
  stats(): RegionStats;
  /**
   * Writes nothing back. Resident pages stay readable; a touch of any other page with content gets SIGBUS (SIGSEGV if it
   * was never fetched from a source), never zeros, after one line on standard error. Idempotent.
   */
  close(): Promise<void>;
}
