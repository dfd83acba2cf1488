// Snapshots of a region or a process: checks the options, runs the pass, and returns the report.
import type { Writable } from 'node:stream';
import { throwIfEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { type ImageMeta, targetOf } from '../image/target.js';
import type { KnownOptions } from '../known-options.js';
import { redact } from '../redact.js';
import { parseSize, type Size } from '../units.js';
import type { Channel } from './channel.js';
import { streamSink } from './snapshot-stream.js';

export interface SnapshotOptions {
  /**
   * Most memory for pages that are saved and not written yet; writers wait rather than exceed it. At least one page.
   * Default 16 MiB.
   */
  bufferLimit?: Size;
  /** An earlier image of this region, a path: only what changed since is written. Default: everything is. */
  incrementalFrom?: string;
  /** 'image' (default), or QEMU's 'mapped-ram', of which there are no incremental ones. */
  format?: 'image' | 'mapped-ram';
  /**
   * Keep tracking writes, so that the next snapshot with `incrementalFrom` reads only changed pages: the first write to a
   * page then costs a fault. Without it, such a snapshot compares all pages. Default true.
   */
  track?: boolean;
  /** Pages saved so far, and the most that there will be. */
  onProgress?(progress: { pages: number; most: number }): void;
  /** Ends the snapshot; the promise rejects with 'CLOSED', and no image is left. */
  signal?: AbortSignal;
}

export interface SnapshotReport {
  /** 32 hexadecimal digits. */
  id: string;
  incrementalFrom: string | null;
  /** Pages saved; of these, not written because they equal `incrementalFrom`'s; and pages found to be zeros now. */
  pages: number;
  samePages: number;
  zeroPages: number;
  bytesWritten: number;
  durationMs: number;
  /** The older name of `durationMs`, in seconds. */
  seconds: number;
  /** From the call to the instant; writers ran meanwhile. */
  instantMs: number;
  /** The older name of `instantMs`. */
  instantMilliseconds: number;
  /** The most memory that saved pages took. */
  bufferPeakBytes: number;
}

export const SNAPSHOT_OPTIONS: KnownOptions = {
  bufferLimit: 'checked',
  incrementalFrom: 'text',
  format: 'checked',
  track: 'boolean',
  onProgress: 'function',
  signal: 'signal',
};
const BUFFER_LIMIT = '16MiB';
const WHAT = 'the snapshot';

export interface SnapshotHome {
  channel: Channel;
  region: number;
  pageSize: number;
  meta?: Omit<ImageMeta, 'created'>;
  /** /proc/PID/mem of the process whose memory it is. */
  memory?: number;
  /** Pages by which the region's numbers are ahead of the image's. Default 0. */
  ahead?: number;
  /** The instant has passed: the image's content is fixed. */
  onInstant?(): void;
}

export async function takeSnapshot(
  home: SnapshotHome,
  target: string | Writable,
  options: SnapshotOptions = {},
): Promise<SnapshotReport> {
  const { incrementalFrom, format = 'image', track = true, onProgress, signal } = options;
  const bufferLimit = parseSize(options.bufferLimit ?? BUFFER_LIMIT, 'bufferLimit');
  if (bufferLimit < home.pageSize) {
    throw new PagerError('OPTION', 'bufferLimit: there is no room for a page in it', {
      hint: `give at least ${home.pageSize} bytes`,
    });
  }
  if (format !== 'image' && format !== 'mapped-ram') {
    throw new PagerError('OPTION', `format: ${String(format)} is not 'image' or 'mapped-ram'`, {
      hint: "give 'image' or 'mapped-ram'",
    });
  }
  throwIfEnded(signal, WHAT);
  const began = performance.now();
  const stream = typeof target === 'string' ? undefined : streamSink(target);
  const { pass, image } = await home.channel.call(
    'snapshot',
    {
      region: home.region,
      target: stream === undefined ? targetOf(target as string, format) : { kind: 'stream' },
      bufferLimit,
      parent: incrementalFrom ?? null,
      track,
      memory: home.memory ?? null,
      ahead: home.ahead ?? 0,
      meta: { ...home.meta, created: new Date().toISOString() },
    },
    {
      signal,
      what: WHAT,
      on: {
        progress: ({ taken, most }) => onProgress?.({ pages: taken, most }),
        instant: () => home.onInstant?.(),
        chunk: (chunk) => stream?.take(chunk),
        end: () => stream?.end(),
      },
    },
  );
  const durationMs = performance.now() - began;
  return {
    id: image.id,
    incrementalFrom: incrementalFrom === undefined ? null : redact(incrementalFrom),
    pages: pass.pages,
    samePages: image.samePages,
    zeroPages: pass.zeroPages,
    bytesWritten: image.bytesWritten,
    durationMs,
    seconds: durationMs / 1000,
    instantMs: pass.instantMilliseconds,
    instantMilliseconds: pass.instantMilliseconds,
    bufferPeakBytes: pass.bufferPeakBytes,
  };
}
