// What the user's thread and the thread of a node exchange over their wire (src/call).
import type { Event } from '../call/contract.js';
import type { ImageMeta, TargetSpec } from '../image/target.js';
import type { TlsFiles } from '../tls-files.js';
import type { ViewRequest } from './views.js';

/** Pages, first and how many. */
export type Runs = Array<[first: number, count: number]>;

/** Joins pages that follow each other, in the order of the list: in ascending order the runs are the fewest. */
export function runsOf(pages: readonly number[]): Runs {
  const runs: Runs = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === page) last[1]++;
    else runs.push([page, 1]);
  }
  return runs;
}

export interface JoinRequest {
  /** Of the homes that may be the one, in the order in which they are tried. */
  urls: readonly string[];
  tls: TlsFiles | null;
  token: string;
  name: string;
  pages: number;
  address: bigint;
  alias: bigint;
  /** The memfile that both map. */
  file: number;
  rollBack: boolean;
  /** Milliseconds between writes of all exclusive pages to the home; null: only when it asks. */
  interval: number | null;
  /** Each exclusive page goes to the home by itself when Δ has passed. */
  through: boolean;
  /** null: by the measured round trip. */
  holdMs: number | null;
  leaseMs: number | null;
  /** Pages; null: no limit. */
  resident: number | null;
  /** Milliseconds without the home after which the node gives up. */
  patience: number;
  /** Shared with the user's thread: see counters.ts. */
  counters: SharedArrayBuffer;
}

/** A process that attaches to the node. */
export interface AttachRequest extends ViewRequest {
  /** Where the node writes until when its lease lets its pages be used: see times.ts. */
  times: bigint;
}

export interface SnapshotRequest {
  target: TargetSpec;
  meta: ImageMeta;
}

export interface SnapshotResult {
  id: string;
  /** In the image; the others are zeros. */
  pages: number;
  bytesWritten: number;
  instantMs: number;
}

export interface SnapshotEvents {
  progress: Event<{ taken: number; most: number }>;
}

/** Requests that the node's thread answers. */
export interface NodeSide {
  requests: {
    join: { ask: JoinRequest; result: { node: number; kernelFaults: boolean } };
    load: { ask: { first: number; end: number; write: boolean }; result: void };
    flush: { ask: null; result: void };
    evict: { ask: { first: number; end: number }; result: number };
    discard: { ask: { first: number; end: number }; result: void };
    attach: { ask: AttachRequest; result: void };
    changed: { ask: { byteOffset: number; old: number }; result: number };
    snapshot: { ask: SnapshotRequest; result: SnapshotResult; events: SnapshotEvents };
    close: { ask: null; result: void };
  };
  notices: { prefetch: { first: number; end: number } };
}

/** What a node tells its thread, which passes it on. */
export interface NodeEvents {
  lost(runs: Runs): void;
  fenced(runs: Runs, why: string): void;
}

/** Notices that the user's thread receives. */
export interface UserSide {
  requests: Record<never, never>;
  notices: {
    lost: { runs: Runs };
    /** The node has been taken out of the region; these pages had been written since their last put. */
    fenced: { runs: Runs; why: string };
  };
}
