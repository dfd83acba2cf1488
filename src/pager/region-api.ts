// A region, as its user sees it.
import type { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import type { RegionStats } from '../core/stats.js';
import type { SignalOptions } from '../ended.js';
import type { MigrateOptions, MigrateReport } from './migrate.js';
import type { Pin } from './pin.js';
import type { SnapshotOptions, SnapshotReport } from './snapshot.js';
import type { ByteRange, VolatileOptions } from './volatile.js';

export interface LoadOptions extends SignalOptions {
  /** The range stays resident until `unpin`. Default false. */
  pin?: boolean;
}

/** What a region emits, by name. */
// A type, not an interface: EventEmitter walks it by name.
export type RegionEvents = {
  /** A thread has touched pages that had been dropped and have no `regenerate`: it read zeros. */
  reclaimed: [range: ByteRange];
};

export interface Region extends EventEmitter<RegionEvents>, AsyncDisposable {
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
   * @throws (rejects) PagerError 'STORE_READ' where a page cannot be read, 'OPTION' where the limit has no room to pin
   */
  load(byteOffset: number, byteLength: number, options?: LoadOptions): Promise<void>;
  /** Takes one pin of each page back. */
  unpin(byteOffset: number, byteLength: number): void;
  /**
   * `load` with `pin`, as something that can be released: `using pin = await region.pin(0, 4096)`.
   * @throws (rejects) as `load` does
   */
  pin(byteOffset: number, byteLength: number, options?: SignalOptions): Promise<Pin>;
  /**
   * Pins the range while `work` runs, to its promise's end, and gives what it gives. The bytes must not be used afterwards.
   * @throws (rejects) as `load` does, or with what `work` threw
   */
  use<T>(
    byteOffset: number,
    byteLength: number,
    work: (bytes: Uint8Array) => T | Promise<T>,
    options?: SignalOptions,
  ): Promise<T>;
  /** A hint: begin to bring a range in; returns at once. */
  prefetch(byteOffset: number, byteLength: number): void;
  /**
   * Writes back what is dirty in the range (default: all) and drops it; pinned pages stay. Resolves to the number of
   * pages dropped.
   */
  evict(byteOffset?: number, byteLength?: number, options?: SignalOptions): Promise<number>;
  /** Resolves when the store holds every byte written before the call. */
  flush(options?: SignalOptions): Promise<void>;
  /** Forgets a range's content everywhere: it reads as zeros from now on. Whole pages only. */
  discard(byteOffset: number, byteLength: number, options?: SignalOptions): Promise<void>;
  /**
   * From now on these pages may be dropped instead of written when memory is short: see docs/volatile.md. No call is needed
   * before they are touched. Whole pages only.
   * @throws (rejects) PagerError 'OPTION', 'REGION', 'CLOSED'
   */
  markVolatile(byteOffset: number, byteLength: number, options?: VolatileOptions): Promise<void>;
  /** Takes the mark away; what was dropped meanwhile is told: it reads as zeros, or is made anew, when it is touched. */
  unmarkVolatile(byteOffset: number, byteLength: number, options?: SignalOptions): Promise<{ reclaimed: ByteRange[] }>;
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
}
