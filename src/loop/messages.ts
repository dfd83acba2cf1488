// What the user's thread and the loop's thread say to each other.
import type { MessagePort } from 'node:worker_threads';
import type { PagerErrorMessage } from '../errors.js';
import type { CheckedOptions } from '../options.js';
import type { StoreSpec } from '../store/store.js';

/** A store as it travels: by its spec, or as a port to the user's thread. */
export type StoreHandle =
  | { kind: 'spec'; spec: StoreSpec }
  | { kind: 'port'; port: MessagePort; writable: boolean; flushes: boolean; discards: boolean };

export interface WorkerData {
  options: CheckedOptions;
  memory: WebAssembly.Memory;
}

export type ToLoop =
  | {
      type: 'map';
      id: number;
      address: bigint;
      pages: number;
      /** The memory file's descriptor, -1 for anonymous memory. */
      file: number;
      huge: boolean;
      /** Kept so that the memory lives as long as it is registered. */
      keep: WebAssembly.Memory | null;
      source: StoreHandle | null;
      store: StoreHandle;
    }
  | { type: 'operation'; id: number; kind: number; region: number; first: number; end: number; flags: number }
  | { type: 'prefetch'; region: number; first: number; end: number }
  | { type: 'unpin'; region: number; first: number; end: number }
  | { type: 'closeRegion'; id: number; region: number }
  /** The region in another process, whose address `base` is; the descriptors stay the sender's to close. */
  | { type: 'addView'; id: number; region: number; userfaultfd: number; socket: number; base: bigint }
  | { type: 'close'; id: number };

export type FromLoop =
  | { type: 'started'; kernelFaults: boolean; frames: { address: bigint; byteLength: number } }
  | { type: 'failed'; error: PagerErrorMessage }
  | { type: 'reply'; id: number; value: number }
  | { type: 'error'; id: number; error: PagerErrorMessage };

/** Calls to a store that lives in the user's thread; bytes are in the core's memory at the offsets. */
export type ToStore =
  | { type: 'read' | 'write'; id: number; pages: number[]; offsets: number[]; pageSize: number }
  | { type: 'discard'; id: number; pages: number[] }
  | { type: 'flush' | 'close'; id: number };

export type FromStore = { id: number; error: (PagerErrorMessage & { permanent: boolean }) | null };
