// The report of `farpage criu`, as `--json` prints it.
import type { PagerStats, RegionStats } from '../core/stats.js';
import type { CoreHost } from '../options.js';
import type { PageProtocol } from '../store/page-server-wire.js';

export interface TaskReport {
  /** As the images name it: in its own PID namespace. Null: a fork of a restored task. */
  pid: number | null;
  /** Of its checkpoint: pages that it gets after the restore. */
  pages: number;
  /** 'drained': all of them are in its memory; 'ended': it has ended before that. */
  ending: 'drained' | 'ended';
  /** From its hand-off on. */
  seconds: number;
  stats: RegionStats;
}

export interface RestoreReport {
  number: number;
  /** Of criu restore. */
  pid: number;
  /** Whether criu restore has said that it has finished. */
  finished: boolean;
  /** Why not; null if it has. */
  reason: string | null;
  /** Tasks, and zombies, which have no memory. */
  tasks: number;
  zombies: number;
}

export interface PageServerReport {
  /** HOST:PORT. */
  address: string;
  /** What it was taken to speak. */
  protocol: PageProtocol;
  /** Why it was not notified that the dumped tasks may end; null: it was, and has answered. */
  reason: string | null;
}

/** What `farpage criu --json` prints. */
export interface CriuReport {
  /** The folder, or its URL without secrets. */
  images: string;
  /** The checkpoint's and its parents' pages files. */
  files: number;
  socket: string;
  /** The host that ran the core. */
  core: CoreHost;
  /** Null: none was given. */
  pageServer: PageServerReport | null;
  /** Why pages of images on another host could not be read; null: none was lost so. */
  lost: string | null;
  /** Pages written to the file of --record; null: nothing was recorded. */
  recorded: number | null;
  restores: RestoreReport[];
  /** In the order in which they left. */
  tasks: TaskReport[];
  stats: PagerStats;
}
