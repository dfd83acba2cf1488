// What the user's thread asks of the loop's thread, and what either says about it while it lasts. Types alone: the files that
// answer import them from here, and none of each other.
import type { MessagePort } from 'node:worker_threads';
import type { PagerErrorMessage } from '../errors.js';
import type { ImageMeta, ImageReport, TargetSpec } from '../image/target.js';
import type { Offer, ReceiveReport, ReceiveSpec, SendProgress, SendReport, SendSpec } from '../migrate/types.js';
import type { PassReport } from '../pass/pass.js';
import type { StoreSpec } from '../store/store.js';

/** A store as it travels: by its spec, or as a port to the user's thread. */
export type StoreHandle =
  | { kind: 'spec'; spec: StoreSpec }
  /** A source alone: what a receiver of this loop gets. */
  | { kind: 'receiver'; receiver: number }
  | { kind: 'port'; port: MessagePort; writable: boolean; flushes: boolean; discards: boolean };

/** `end` not in it. */
export interface PageRange {
  first: number;
  end: number;
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
  zeros: ReadonlyArray<{ first: number; end: number }>;
  /** Words: how many follow, then pages in the order of their first faults. */
  touches: SharedArrayBuffer | null;
  /** Says `RemoteNews`. */
  port: MessagePort;
}

export type RemoteNews =
  /** A page that cannot be had. */
  | { type: 'lost'; page: number; why: string }
  /** A fault where no part is. */
  | { type: 'stray'; address: bigint }
  /** The process's address space is gone. */
  | { type: 'dead' };

/** What a snapshot says to who asked for it, on a port of its own. */
export type SnapshotNews =
  | { type: 'progress'; taken: number; most: number }
  | { type: 'instant' }
  | { type: 'done'; pass: PassReport; image: ImageReport };

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
  port: MessagePort;
}

/** What a receiver says to who asked for it, on a port of its own. */
export type ReceiverNews =
  | ({ type: 'offered' } & Offer)
  | { type: 'switched'; state: Uint8Array }
  | { type: 'completed'; report: ReceiveReport }
  | { type: 'failed'; error: PagerErrorMessage }
  | { type: 'said'; line: string };

/** 'ready', after the offer: the memory has its place, and the switch may come; 'end' closes the receiver. */
export type ReceiverOrder = 'ready' | 'end';

export interface ReceiveRequest {
  spec: ReceiveSpec;
  /** Says `ReceiverNews`, and is told `ReceiverOrder`. */
  port: MessagePort;
}

/** What a sender says. */
export type SenderNews =
  /** Asks for the state: the source is to stop. */
  | { type: 'switch' }
  | ({ type: 'progress' } & SendProgress)
  | { type: 'said'; line: string }
  | { type: 'done'; report: SendReport };

/** What is said to it: the state, once; or that it is to end, which counts until then. */
export type SenderOrder = { type: 'state'; state: Uint8Array } | { type: 'end'; error: PagerErrorMessage };

export interface SendRequest {
  region: number;
  spec: SendSpec;
  port: MessagePort;
}
