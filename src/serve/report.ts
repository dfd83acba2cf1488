// The report of `farpage serve`, as `--json` prints it.
import type { PagerStats } from '../core/stats.js';
import type { CoreHost } from '../options.js';
import type { Ending } from './guest.js';
import type { ReplayCounts } from './replay.js';
import type { ImageCounts } from './shared-image.js';

export interface SessionReport {
  number: number;
  pid: number;
  /** The process's, as /proc/PID/comm has it. */
  name: string;
  ending: Ending;
  /** Why it could no longer be served; null if its process ended by itself. */
  reason: string | null;
  /** Whether the process was killed for that. */
  killed: boolean;
  seconds: number;
  /** Bytes; null, as the following fields, if the hand-off was refused. */
  memory: { byteLength: number; pageSize: number } | null;
  stats: PagerStats | null;
  replay: ReplayCounts | null;
  /** Pages written to the file of --record. */
  recorded: number | null;
}

/** What `farpage serve --json` prints. */
export interface ServeReport {
  image: string;
  socket: string;
  /** The host that ran the core. */
  core: CoreHost;
  sessions: SessionReport[];
  /** Connections that handed over no userfaultfd. */
  refused: number;
  /** Pages of a remote image; null for a local file. */
  fetched: ImageCounts | null;
}
