// What a store is: a place for a region's pages; and the built-in ones as plain data.
import type { Pin } from './http-check.js';

/** A page to read: `into` is filled whole with bytes `page * into.byteLength` on. */
export interface PageRead {
  page: number;
  into: Uint8Array;
}

/** A page to write: the store may read `from` until the call settles. */
export interface PageWrite {
  page: number;
  from: Uint8Array;
}

/**
 * A place for one region's pages. Implement it for a store of your own: each call carries a batch. Your object runs on
 * the thread that created it, so that thread must `load` before it touches; `moduleStore` has no such limit.
 */
export interface Store {
  readonly writable: boolean;
  /**
   * Fills every `into` whole. Rejects if any byte cannot be read; the pager never asks a store for a page that was not
   * written to it, unless the store came with content (a file, a URL).
   */
  read(pages: ReadonlyArray<PageRead>): Promise<void>;
  /** Resolves when all pages are as durable as this store promises; it no longer uses the buffers then. */
  write?(pages: ReadonlyArray<PageWrite>): Promise<void>;
  discard?(pages: ReadonlyArray<number>): Promise<void>;
  flush?(): Promise<void>;
  close(): Promise<void>;
}

/** A file by its descriptor, and its identity when that was opened: see file-claim.ts. */
export interface HeldFile {
  fd: number;
  version: string;
}

/**
 * A built-in store as plain data: the loop's thread opens its own store from it, so that pages do not pass through the
 * user's thread.
 */
export type StoreSpec =
  | { kind: 'memory'; compress: boolean; limit: number | null }
  /** `held`: the file is open in this process and must stay as it is; the path is only its name then. */
  | { kind: 'file'; path: string; readOnly: boolean; overwrite?: boolean; held?: HeldFile }
  | { kind: 'redis'; url: string; prefix: string; temporary: boolean; lane: boolean }
  /** `pin`: the content that it must still have. */
  | { kind: 'http'; url: string; headers: Record<string, string>; pin?: Pin }
  /** `name`: its name in messages. Default: the module's address. */
  | { kind: 'module'; url: string; options: unknown; name?: string };

/** Where a built-in store carries its spec. */
export const SPEC: unique symbol = Symbol.for('farpage.store.spec');

export interface BuiltInStore extends Store {
  /** @internal */
  readonly [SPEC]: StoreSpec;
}

/** Takes over a store's connections for reads. */
export interface LaneTaker {
  /** The connection is ready for commands and has no reply under way. Duplicates the descriptor; false: it will not. */
  take(fd: number): boolean;
  /** The connection taken last must not be used any more. */
  drop(): void;
}

/** What a store offers if native code may read its pages in place of `read`, over a lane: see docs/stores.md. */
export interface LaneSource {
  /** Page n is the string `<prefix>n`. */
  readonly prefix: string;
  /** From now on connections for reads go to `taker`. */
  attach(taker: LaneTaker): void;
  /** The taker has closed its connection, over which so many pages came. A later `read` opens another one. */
  lost(pages: number): void;
}

/** A store that the loop's thread has opened by its spec. */
export interface LaneStore extends Store {
  readonly lane: LaneSource | undefined;
}

export function hasLane(store: Store): store is LaneStore {
  return 'lane' in store;
}

export function isBuiltIn(store: Store): store is BuiltInStore {
  return SPEC in store;
}
