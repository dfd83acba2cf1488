// What the user's thread and the loop's thread say to each other.
import type { PagerErrorMessage } from '../errors.js';
import type { CheckedOptions } from '../options.js';
import type { PageRange, ReceiveRequest, RemoteMemory, SendRequest, SnapshotRequest, StoreHandle } from './requests.js';

export interface WorkerData {
  options: CheckedOptions;
  memory: WebAssembly.Memory;
  /** The thread that asks: stores of its own answer there. */
  owner: number;
  /** The pager serves other processes: frames that keep their memory, spaces in place of regions. */
  spaces: boolean;
  /** The pager serves a virtual machine: its one region is to be `remote`. Default: no. */
  guest?: boolean;
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
      source: StoreHandle | null;
      store: StoreHandle;
      /** The memory is another process's. */
      remote?: RemoteMemory;
    }
  | { type: 'operation'; id: number; kind: number; region: number; first: number; end: number; flags: number }
  | { type: 'prefetch'; region: number; first: number; end: number }
  | { type: 'unpin'; region: number; first: number; end: number }
  /** The callers of loads of these ranges have had their turn. */
  | { type: 'release'; region: number; ranges: PageRange[] }
  /** Whether the loop reports 'reclaimed' for the region. */
  | { type: 'listen'; region: number; on: boolean }
  | { type: 'closeRegion'; id: number; region: number }
  /** The region in another process, whose address `base` is; the descriptors stay the sender's to close. */
  | { type: 'addView'; id: number; region: number; userfaultfd: number; socket: number; base: bigint }
  /** The one store of all spaces; to be asked once, before any space begins. */
  | { type: 'openSpaces'; id: number; store: StoreHandle }
  /** Resolves to the space's number. Descriptors stay the sender's to close, here and below. */
  | {
      type: 'beginSpace';
      id: number;
      userfaultfd: number;
      socket: number;
      control: number;
      window: number;
      program: number;
      mailbox: bigint;
    }
  /** Resolves to the forked space whose mailbox was touched by thread `pid`, 0: none yet. */
  | { type: 'adoptSpace'; id: number; pid: number; socket: number; control: number; window: number; program: number }
  /** Resolves to a descriptor, which is the asker's to close. */
  | { type: 'duplicateSpace'; id: number; space: number }
  | { type: 'endSpace'; id: number; space: number }
  /** Resolves to a space whose process was found dead, 0: none. */
  | { type: 'deadSpace'; id: number }
  | { type: 'lastThread'; id: number }
  /** Resolves when the image is whole; what there is to say goes through the request's port. */
  | ({ type: 'snapshot'; id: number } & SnapshotRequest)
  /** Resolves to the receiver's number; what there is to say goes through the request's port. */
  | ({ type: 'receive'; id: number } & ReceiveRequest)
  /** Resolves when the other end has all of the region; what there is to say goes through the request's port. */
  | ({ type: 'migrate'; id: number } & SendRequest)
  /** Resolves to the number of what makes pages of the region anew. */
  | { type: 'addRegenerator'; id: number; region: number; store: StoreHandle }
  /** `regenerator` 0: none. */
  | { type: 'markVolatile'; id: number; region: number; first: number; end: number; regenerator: number }
  /** A bit of `reclaimed` for each page. */
  | { type: 'unmarkVolatile'; id: number; region: number; first: number; end: number; reclaimed: SharedArrayBuffer }
  | { type: 'pin'; id: number; cpu: number }
  | { type: 'close'; id: number };

export type FromLoop =
  | {
      type: 'started';
      kernelFaults: boolean;
      frames: { address: bigint; byteLength: number };
    }
  | { type: 'failed'; error: PagerErrorMessage }
  | { type: 'reply'; id: number; value: number }
  | { type: 'error'; id: number; error: PagerErrorMessage }
  /** Pages that were touched after they had been reclaimed, and read as zeros. */
  | { type: 'reclaimed'; region: number; ranges: PageRange[] };

/** Calls to a store that lives in the user's thread. */
export type ToStore =
  | { type: 'read'; id: number; pages: number[]; pageSize: number }
  | { type: 'write'; id: number; pages: number[]; bytes: ArrayBuffer[] }
  | { type: 'discard'; id: number; pages: number[] }
  | { type: 'flush' | 'close'; id: number };

/** `bytes` of the pages, where they were read. */
export type FromStore =
  | { id: number; error: null; bytes: ArrayBuffer[] }
  | { id: number; error: PagerErrorMessage & { permanent: boolean } };
