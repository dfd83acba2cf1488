// What the user's thread asks of the loop's thread, and the other way round: the two sides of the wire (src/call). Types alone:
// the files that answer import them from here, and none of each other.
import type { Event } from '../call/contract.js';
import type { PagerErrorMessage } from '../errors.js';
import type { ImageMeta, ImageReport, TargetSpec } from '../image/target.js';
import type { Offer, ReceiveReport, ReceiveSpec, SendProgress, SendReport, SendSpec } from '../migrate/types.js';
import type { RideFigures } from '../native/native.js';
import type { CheckedOptions } from '../options.js';
import type { PassReport } from '../pass/pass.js';
import type { StoreSpec } from '../store/store.js';
import type { WarningMessage } from '../warn.js';

/** A store as it travels: by its spec, or as the number of one that answers on the user's thread. */
export type StoreHandle =
  | { kind: 'spec'; spec: StoreSpec }
  /** A source alone: what a receiver of this loop gets. */
  | { kind: 'receiver'; receiver: number }
  | { kind: 'own'; store: number; writable: boolean; flushes: boolean; discards: boolean };

/** `end` not in it. */
export interface PageRange {
  first: number;
  end: number;
}

/** Pages of one region. */
export interface RegionRange extends PageRange {
  region: number;
}

export interface BeginRequest {
  options: CheckedOptions;
  memory: WebAssembly.Memory;
  /** The thread that asks: stores of its own answer there. */
  owner: number;
  /** The pager serves other processes: frames that keep their memory, spaces in place of regions. */
  spaces: boolean;
}

export interface MapRequest {
  address: bigint;
  pages: number;
  /** The memory file's descriptor, -1 for anonymous memory. */
  file: number;
  huge: boolean;
  source: StoreHandle | null;
  store: StoreHandle;
}

/** Adjacent pages of the region, and where the other process has them. */
export interface RemotePart {
  address: bigint;
  first: number;
  pages: number;
}

/** What makes a region another process's memory. */
export interface RemoteMemory {
  /** Stays the sender's to close. */
  userfaultfd: number;
  /** By page; pages in none of them are nowhere. */
  parts: readonly RemotePart[];
  /** Pages, `end` not in it, that are zeros whatever the source has. */
  zeros: readonly PageRange[];
  /** Whether first touches are noted. */
  noted: boolean;
}

export interface GuestRequest extends MapRequest {
  remote: RemoteMemory;
}

// A type, not an interface: it is walked by name.
export type GuestEvents = {
  /** Its faults are answered from now on. */
  begun: Event<null>;
  /** A page that cannot be had. */
  lost: Event<{ page: number; why: string }>;
  /** A fault where no part is. */
  stray: Event<{ address: bigint }>;
  /** The process's address space is gone. */
  dead: Event<null>;
};

/** What is shared with the agent of a process; descriptors stay the sender's to close. */
export interface AgentRequest {
  socket: number;
  control: number;
  window: number;
  program: number;
}

export interface SnapshotRequest {
  region: number;
  target: TargetSpec;
  /** Bytes. */
  bufferLimit: number;
  /** The image that it goes on from, null: none. */
  parent: string | null;
  track: boolean;
  /** /proc/PID/mem where the memory is another process's, the asker's to close; null: it is ours. */
  memory: number | null;
  /** Pages by which the region's numbers are ahead of the image's. */
  ahead: number;
  meta: ImageMeta;
}

export type SnapshotEvents = {
  progress: Event<{ taken: number; most: number }>;
  /** What the image holds is decided. */
  instant: Event<null>;
  /** Of a target that is a stream; answered when the stream has taken it. */
  chunk: Event<Uint8Array>;
  /** There are no more chunks; answered when the stream has ended. */
  end: Event<null>;
};

export type ReceiveEvents = {
  /** It listens; a region may name it as its source. */
  listening: Event<{ receiver: number }>;
  /** Answered when the memory has its place, so that the switch may come. */
  offered: Event<Offer>;
  switched: Event<{ state: Uint8Array }>;
  notice: Event<{ line: string }>;
};

export type SendEvents = {
  /** The source is to stop; answered with its state. */
  switch: Event<null, Uint8Array>;
  progress: Event<SendProgress>;
  notice: Event<{ line: string }>;
};

/** What the loop's thread answers, and hears. */
export interface LoopSide {
  requests: {
    /** The first request. */
    begin: { ask: BeginRequest; result: { frames: { address: bigint; byteLength: number } } };
    /** Resolves to the region's number. */
    map: { ask: MapRequest; result: number };
    /** Lasts for as long as the guest is served; resolves to the pages in the order of their first faults. */
    guest: { ask: GuestRequest; result: Uint32Array; events: GuestEvents };
    /** Resolves to what the core counted: see its operations. */
    operation: { ask: RegionRange & { kind: number; flags: number }; result: number };
    closeRegion: { ask: { region: number }; result: void };
    /** The region in another process, whose address `base` is; the descriptors stay the sender's to close. */
    addView: { ask: { region: number; userfaultfd: number; socket: number; base: bigint }; result: void };
    /** The one store of all spaces; to be asked once, before any space begins. */
    openSpaces: { ask: { store: StoreHandle }; result: void };
    /** Resolves to the space's number. Descriptors stay the sender's to close, here and below. */
    beginSpace: { ask: AgentRequest & { userfaultfd: number; mailbox: bigint }; result: number };
    /**
     * Resolves to the forked space whose mailbox was touched by thread `pid`, and a descriptor that is the asker's to close;
     * null: none yet.
     */
    adoptSpace: { ask: AgentRequest & { pid: number }; result: { space: number; userfaultfd: number } | null };
    endSpace: { ask: { space: number }; result: void };
    /** While it is paused, a space's agent is asked for nothing. */
    pauseAgent: { ask: { space: number; paused: boolean }; result: void };
    /** Resolves once a turn of the loop has been taken after it was asked. */
    settle: { ask: null; result: void };
    /** The thread that faulted last, 0: none yet. */
    ride: { ask: null; result: RideFigures };
    snapshot: {
      ask: SnapshotRequest;
      result: { pass: PassReport; image: ImageReport };
      events: SnapshotEvents;
    };
    /** Lasts until all pages are there. */
    receive: { ask: ReceiveSpec; result: ReceiveReport; events: ReceiveEvents };
    /** Resolves when the other end has all of the region. */
    migrate: { ask: { region: number; spec: SendSpec }; result: SendReport; events: SendEvents };
    /** Resolves to the number of what makes pages of the region anew. */
    addRegenerator: { ask: { region: number; store: StoreHandle }; result: number };
    /** `regenerator` 0: none. */
    markVolatile: { ask: RegionRange & { regenerator: number }; result: void };
    /** Resolves to the pages that had been reclaimed. */
    unmarkVolatile: { ask: RegionRange; result: PageRange[] };
    close: { ask: null; result: void };
  };
  notices: {
    prefetch: RegionRange;
    unpin: RegionRange;
    /** The callers of loads of these ranges have had their turn. */
    release: { region: number; ranges: PageRange[] };
    /** Whether the loop reports 'reclaimed' for the region. */
    listen: { region: number; on: boolean };
  };
}

/** Whether asking again may help; it decides about retries. */
export type StoreOutcome<T> = { done: T } | { failed: PagerErrorMessage & { permanent: boolean } };

/** What the user's thread answers, and hears. */
export interface UserSide {
  /** Calls to a store that lives in the user's thread. */
  requests: {
    storeRead: { ask: { store: number; pages: number[]; pageSize: number }; result: StoreOutcome<ArrayBuffer[]> };
    storeWrite: { ask: { store: number; pages: number[]; bytes: ArrayBuffer[] }; result: StoreOutcome<null> };
    storeDiscard: { ask: { store: number; pages: number[] }; result: StoreOutcome<null> };
    storeFlush: { ask: { store: number }; result: StoreOutcome<null> };
    storeClose: { ask: { store: number }; result: StoreOutcome<null> };
  };
  notices: {
    /** Pages that were touched after they had been reclaimed, and read as zeros. */
    reclaimed: { region: number; ranges: PageRange[] };
    /** A store takes no pages; it does again. */
    storeError: { region: number; error: PagerErrorMessage };
    storeRecovered: { region: number };
    /** A page that a thread waits for cannot be had: the thread gets SIGBUS. */
    pageLost: { region: number; page: number; error: PagerErrorMessage };
    /** A process warning of the loop's thread. */
    warning: WarningMessage;
    /** The process of a space was found gone. */
    dead: { space: number };
  };
}
