// All pagers of this user's processes, as they are now: read from outside, so that a process that waits for a page is seen, too.
import { readdirSync, statSync } from 'node:fs';
import { PagerHistogram } from '../core/histogram.js';
import { pageSizeOf } from '../core/reader.js';
import { type PagerStats, StatsReader } from '../core/stats.js';
import { PagerError } from '../errors.js';
import { nameOf } from '../linux/proc.js';
import { withCores } from './cores.js';

/** A fork of a run's pager: what its memory holds is of the time of the fork. */
const KEEPER = 'farpage-keeper';

/** A pager at the time of a look. */
export interface SeenPager {
  pid: number;
  /** Of its core memory: tells the pagers of a process apart. */
  address: bigint;
  stats: PagerStats;
  pageSize: number;
  faults: PagerHistogram;
}

export interface SeenProcess {
  pid: number;
  name: string;
  command: string;
  pagers: SeenPager[];
  /** It has a pager of another build of farpage. */
  otherBuild: boolean;
}

export interface Look {
  /** Milliseconds of a clock that only grows. */
  at: number;
  /** Those that have pagers, by pid. */
  processes: SeenProcess[];
  /** Processes of this user whose memory this process may not read. */
  unreadable: number;
}

export function lookAtPagers(): Look {
  const look: Look = { at: performance.now(), processes: [], unreadable: 0 };
  for (const pid of ownProcesses()) {
    try {
      const { found: pagers, others: otherBuild } = withCores(pid, (reader, address): SeenPager => {
        const stats = new StatsReader(reader);
        const faults = new PagerHistogram(stats.faultTimes());
        return { pid, address, stats: stats.pager(), pageSize: pageSizeOf(reader), faults };
      });
      const names = nameOf(pid);
      if (names === null || names.name === KEEPER || (pagers.length === 0 && !otherBuild)) continue;
      look.processes.push({ pid, ...names, pagers, otherBuild });
    } catch (error) {
      if (!(error instanceof PagerError)) throw error;
      if (error.code === 'PERMISSION') look.unreadable++;
    }
  }
  return look;
}

/** Processes of this user that live, of root those of all users; but not this one. */
function ownProcesses(): number[] {
  const user = process.geteuid?.();
  const isSeen = (owner: number | undefined) => owner !== undefined && (user === 0 || owner === user);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => isSeen(statSync(`/proc/${name}`, { throwIfNoEntry: false })?.uid))
    .map(Number)
    .toSorted((a, b) => a - b);
}
