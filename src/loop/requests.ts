// The contract between the user's thread and the loop's thread: the two sides of the wire (src/call). Only types: the files
// that answer requests import them from here, not from each other.
import type { Event } from '../call/contract.js';
import type { PagerErrorMessage } from '../errors.js';
import type { ImageMeta, ImageReport, TargetSpec } from '../image/target.js';
import type { Offer, ReceiveReport, ReceiveSpec, SendProgress, SendReport, SendSpec } from '../migrate/types.js';
import type { RideFigures } from '../native/native.js';
import type { CheckedOptions } from '../options.js';
import type { PassReport } from '../pass/pass.js';
import type { RemoteImages } from '../store/checkpoint-store.js';
import type { PageServerSpec } from '../store/page-server.js';
import type { PagesFile } from '../store/pages-files.js';
import type { StoreSpec } from '../store/store.js';
import type { WarningMessage } from '../warn.js';

/** A store as a message names it: by its spec, or by the number of one that answers on the user's thread. */
export type StoreHandle =
  | { kind: 'spec'; spec: StoreSpec }
  /** Only as a source: the pages that a receiver of this loop gets. */
  | { kind: 'receiver'; receiver: number }
  | { kind: 'own'; store: number; writable: boolean; flushes: boolean; discards: boolean };

/** The pages that a checkpoint has: those of its files or of another host, then those of a page server. The caller closes the files, after the loop has ended. */
export interface PagesHandle {
  kind: 'pages';
  files: readonly PagesFile[];
  remote: RemoteImages | null;
  /** Note the order in which pages are read for the first time, until a push begins. */
  recorded: boolean;
  /** In the order in which they are brought in first; null: in that of their addresses. */
  order: Uint32Array | null;
  server: PageServerSpec | null;
}

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
  /** See src/core/meters.ts. */
  meters: SharedArrayBuffer;
  /** The calling thread: stores that are objects answer there. */
  owner: number;
  /** The pager serves other processes: frames that keep their memory, spaces in place of regions. */
  spaces: boolean;
}

export interface MapRequest {
  address: bigint;
  pages: number;
  /** The memfile's descriptor, -1 for anonymous memory. */
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

/** Present if the region is another process's memory. */
export interface RemoteMemory {
  /** The caller closes it. */
  userfaultfd: number;
  /** Sorted by page; pages in none of them have no address. */
  parts: readonly RemotePart[];
  /** Pages, `end` not in it, that are zeros whatever the source has. */
  zeros: readonly PageRange[];
  /** Whether first touches are recorded. */
  noted: boolean;
}

export interface GuestRequest extends MapRequest {
  remote: RemoteMemory;
}

// A type, not an interface: it is walked by name.
export type GuestEvents = {
  /** Its faults are answered from now on. */
  begun: Event<null>;
  /** A page that cannot be read. */
  lost: Event<{ page: number; why: string }>;
  /** A fault outside all parts. */
  stray: Event<{ address: bigint }>;
  /** The process's address space is gone. */
  dead: Event<null>;
};

/** How an agent's fork is recognized: the thread that touches its mailbox, and the page that it touches. */
export interface Knock {
  pid: number;
  ticket: number;
}

/** Files shared with the agent of a process; the caller closes the descriptors. */
export interface AgentRequest {
  socket: number;
  control: number;
  window: number;
  program: number;
}

/** A process whose first content is in the store of all spaces. The caller closes the descriptor. */
export interface SeedRequest {
  userfaultfd: number;
  /** Of each run of pages: its address, its number of pages, the store's number of its first page. */
  runs: Float64Array;
}

export interface SnapshotRequest {
  region: number;
  target: TargetSpec;
  /** Bytes. */
  bufferLimit: number;
  /** The parent image; null: none. */
  parent: string | null;
  track: boolean;
  /** /proc/PID/mem of another process's memory, closed by the caller; null: the memory is this process's. */
  memory: number | null;
  /** Pages by which the region's numbers are ahead of the image's. */
  ahead: number;
  meta: ImageMeta;
}

export type SnapshotEvents = {
  progress: Event<{ taken: number; most: number }>;
  /** The instant has passed: the image's content is fixed. */
  instant: Event<null>;
  /** A chunk for a target that is a stream; answered when the stream has taken it. */
  chunk: Event<Uint8Array>;
  /** No more chunks follow; answered when the stream has ended. */
  end: Event<null>;
};

export type ReceiveEvents = {
  /** The receiver listens; a region may name it as its source. */
  listening: Event<{ receiver: number }>;
  /** Answered when the memory is mapped, so that the switch may follow. */
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

/** Requests and notices to the loop's thread. */
export interface LoopSide {
  requests: {
    /** The first request. */
    begin: { ask: BeginRequest; result: { frames: { address: bigint; byteLength: number } } };
    /** Resolves to the region's number. */
    map: { ask: MapRequest; result: number };
    /** Lasts as long as the guest is served; resolves to the pages in the order of their first faults. */
    guest: { ask: GuestRequest; result: Uint32Array; events: GuestEvents };
    /** Resolves to what the core counted: see its operations. */
    operation: { ask: RegionRange & { kind: number; flags: number }; result: number };
    closeRegion: { ask: { region: number }; result: void };
    /** The region in another process, at `base` there; the caller closes the descriptors. */
    addView: { ask: { region: number; userfaultfd: number; socket: number; base: bigint }; result: void };
    /** Opens the store of all spaces; called once, before any space begins. */
    openSpaces: { ask: { store: StoreHandle | PagesHandle }; result: void };
    /** Why pages of the checkpoint could not be read, for good; null: all that were asked for have come. */
    lostPages: { ask: null; result: string | null };
    /**
     * Says to the page server of the checkpoint that no more pages are needed. Without it, as when pages were lost, the
     * page server sees a failure when the loop ends.
     */
    finishPages: { ask: null; result: void };
    /** The pages that were read until a push began, in the order of their first reads: see PagesHandle. */
    firstTouches: { ask: null; result: Uint32Array };
    /** As `beginSpace`, for a process without an agent whose pages are in the store: see SeedRequest. */
    seedSpace: { ask: SeedRequest; result: number };
    /** Brings in the pages of these spaces, and of forks, that no thread asks for. */
    push: { ask: { spaces: readonly number[] }; result: void };
    /** Ends a space whose pages are all in its process; false if it has a page left. */
    releaseSpace: { ask: { space: number }; result: boolean };
    /** Resolves to the space's number. The caller closes descriptors, here and below. */
    beginSpace: { ask: AgentRequest & { userfaultfd: number; mailbox: bigint }; result: number };
    /**
     * Resolves to the forked space whose mailbox was touched by thread `pid` at its page `ticket`, and a descriptor that the
     * caller closes; null: none yet.
     */
    adoptSpace: { ask: AgentRequest & Knock; result: { space: number; userfaultfd: number } | null };
    /** The agent that was to touch that page has ended. */
    forgetKnock: { ask: Knock; result: void };
    endSpace: { ask: { space: number }; result: void };
    /** A paused space's agent gets no requests. */
    pauseAgent: { ask: { space: number; paused: boolean }; result: void };
    /** Resolves after one more turn of the loop. */
    settle: { ask: null; result: void };
    /** The thread that faulted last, 0: none yet. */
    ride: { ask: null; result: RideFigures };
    snapshot: {
      ask: SnapshotRequest;
      result: { pass: PassReport; image: ImageReport };
      events: SnapshotEvents;
    };
    /** Lasts until all pages have arrived. */
    receive: { ask: ReceiveSpec; result: ReceiveReport; events: ReceiveEvents };
    /** Resolves when the other end has all of the region. */
    migrate: { ask: { region: number; spec: SendSpec }; result: SendReport; events: SendEvents };
    /** Resolves to the number of a new regenerator of the region. */
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

/** Whether the failure is transient, so that a retry may succeed. */
export type StoreOutcome<T> = { done: T } | { failed: PagerErrorMessage & { permanent: boolean } };

/** Requests and notices to the user's thread. */
export interface UserSide {
  /** Calls to a store whose object is in the user's thread. */
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
    /** A store refuses pages; it takes them again. */
    storeError: { region: number; error: PagerErrorMessage };
    storeRecovered: { region: number };
    /** A page that a thread waits for cannot be read: the thread gets SIGBUS. */
    pageLost: { region: number; page: number; error: PagerErrorMessage };
    /** A process warning of the loop's thread. */
    warning: WarningMessage;
    /** The process of a space was found gone. */
    dead: { space: number };
    /** A push has brought in all pages of a space; `left`: but those that it does not map, or that cannot be read. */
    drained: { space: number; left: boolean };
  };
}
