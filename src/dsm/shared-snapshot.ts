// Snapshots of a shared region, as the user sees them: options and report.
import type { Wire } from '../call/wire.js';
import { throwIfEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { targetOf } from '../image/target.js';
import { checkOptions } from '../known-options.js';
import type { NodeSide, UserSide } from './requests.js';

export interface SharedSnapshotOptions {
  /** Pages of the region that are in the image so far, or known to be zeros, and how many there will be. */
  onProgress?(progress: { pages: number; most: number }): void;
  /** Ends the snapshot; the promise rejects with 'CLOSED', and no image is left. */
  signal?: AbortSignal;
}

export interface SharedSnapshotReport {
  /** 32 hexadecimal digits. */
  id: string;
  /** Pages in the image; the others are zeros. */
  pages: number;
  zeroPages: number;
  bytesWritten: number;
  durationMs: number;
  /** From the call to the instant. */
  instantMs: number;
}

const SNAPSHOT_OPTIONS = { onProgress: 'function', signal: 'signal' } as const;
const WHAT = 'the snapshot';

/** @throws (rejects) PagerError 'OPTION', 'CLOSED', 'STORE_READ', 'STORE_WRITE' */
export async function takeSharedSnapshot(
  wire: Wire<UserSide, NodeSide>,
  regionPages: number,
  target: string,
  options: SharedSnapshotOptions = {},
): Promise<SharedSnapshotReport> {
  if (typeof target !== 'string') {
    throw new PagerError('OPTION', 'target: it is not a path or URL', { hint: "region.snapshot('monday.img')" });
  }
  if (typeof options === 'object' && options !== null && 'incrementalFrom' in options) {
    throw new PagerError('OPTION', 'incrementalFrom: a shared region has no incremental images', {
      hint: 'leave it out',
    });
  }
  checkOptions('snapshot', options, SNAPSHOT_OPTIONS);
  const { onProgress, signal } = options;
  throwIfEnded(signal, WHAT);
  const began = performance.now();
  const { id, pages, bytesWritten, instantMs } = await wire.call(
    'snapshot',
    { target: targetOf(target, 'image'), meta: { created: new Date().toISOString() } },
    { signal, what: WHAT, on: { progress: ({ taken, most }) => onProgress?.({ pages: taken, most }) } },
  );
  const durationMs = performance.now() - began;
  return { id, pages, zeroPages: regionPages - pages, bytesWritten, durationMs, instantMs };
}
