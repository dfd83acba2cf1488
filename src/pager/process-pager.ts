// The pager of other processes, as `run` and `criu` use it.
import { createCoreMemory } from '../core/core.js';
import { type CoreDump, dumpCore } from '../core/dump.js';
import { readerOf } from '../core/reader.js';
import { type PagerStats, type RegionStats, StatsReader, underLimit } from '../core/stats.js';
import { PagerError } from '../errors.js';
import type { LiveCore } from '../live/source.js';
import type { Knock } from '../loop/requests.js';
import type { Subject } from '../metrics/families.js';
import type { RideFigures } from '../native/native.js';
import type { CoreHost, PagerOptions } from '../options.js';
import type { RemoteImages } from '../store/checkpoint-store.js';
import { memoryStore } from '../store/memory.js';
import type { PageServerSpec } from '../store/page-server.js';
import type { PagesFile } from '../store/pages-files.js';
import { isBuiltIn, SPEC, type Store } from '../store/store.js';
import { Channel, sayWarning } from './channel.js';
import { servingSubject } from './metrics.js';
import { type OtherProcess, withMemoryOf } from './other-memory.js';
import { type ServingOptions, settleForOthers } from './other-options.js';
import { type SnapshotOptions, type SnapshotReport, takeSnapshot } from './snapshot.js';

/** Only processes with an agent can be held to a `residentLimit`: all of them together, frames included. */
export interface ProcessPagerOptions
  extends ServingOptions,
    Pick<PagerOptions, 'cpu' | 'eviction' | 'readahead' | 'storePatience' | 'residentLimit'> {
  /** One of farpage's own. Default: a compressed pool in memory. */
  store?: Store;
  /** In place of a store: what a checkpoint has. The caller closes the files, after the pager. */
  pages?: readonly PagesFile[];
  /** Beside `pages`: those of another host come after them. */
  remote?: RemoteImages;
  /** Beside `pages`: note in which order they are read for the first time, until a push begins. */
  recorded?: boolean;
  /** Beside `pages`: those that a push brings in first, by their numbers. */
  order?: Uint32Array;
  /** Beside both: those of a page server come after them. */
  pageServer?: PageServerSpec;
}

/** What a process handed over in order to be paged; the caller closes the descriptors. */
export interface PagedProcess {
  userfaultfd: number;
  agent: AgentFiles;
  mailbox: bigint;
}

/** Files that only a process's agent and the pager share; the caller closes the descriptors. */
export interface AgentFiles {
  socket: number;
  control: number;
  /** The window: WINDOW_PAGES pages through which victims leave. */
  window: number;
  /** A pidfd of the process. */
  program: number;
}

/** Pages of a process, and the number of the first among those given. */
export interface SeededRun {
  address: number;
  pages: number;
  slot: number;
}

export interface Adopted {
  space: number;
  userfaultfd: number;
}

/** The pager of other processes: see native/programs/preload/agent.h for what goes over their sockets. */
export interface ProcessPager {
  readonly frameCount: number;
  /** The host that runs the core. */
  readonly core: CoreHost;
  /** Begins to page a process. Resolves to the number of its space. */
  begin(process: PagedProcess): Promise<number>;
  /** Begins to page a process without an agent, whose first content is in the pages given. Resolves to the number of its space. */
  seed(userfaultfd: number, runs: readonly SeededRun[]): Promise<number>;
  /** Brings in the pages of these spaces, and of forks, that no thread asks for. */
  push(spaces: readonly number[]): Promise<void>;
  /** Why pages could not be read, for good; null: all that were asked for have come. Of files of this host alone it is not known. */
  lostPages(): Promise<string | null>;
  /** Says to the page server that no more pages are needed. @throws (rejects) PagerError if pages were lost, or if it could not be notified */
  finishPages(): Promise<void>;
  /** What `recorded` has noted. */
  firstTouches(): Promise<Uint32Array>;
  /** Ends a space whose pages are all in its process. Resolves to its counters; null: it has a page left. */
  release(space: number): Promise<RegionStats | null>;
  /** Calls back when a push has brought in all pages of a space; `left`: but those that it does not map, or that cannot be read. */
  onDrained(listener: (space: number, left: boolean) => void): void;
  /**
   * Finds a forked child that has said hello; null while it has not touched its mailbox: ask again soon. The caller sends
   * the userfaultfd to the child and closes it.
   */
  adopt(knock: Knock, agent: AgentFiles): Promise<Adopted | null>;
  /** The agent that was to touch that page has ended. */
  forgetKnock(knock: Knock): Promise<void>;
  /** Ends the space of a process that has ended. Resolves to the space's counters. */
  end(space: number): Promise<RegionStats>;
  /** Calls back for each space whose process was found gone. */
  onDead(listener: (space: number) => void): void;
  /** A paused space's agent gets no requests: its process is stopped. */
  pauseAgent(space: number, paused: boolean): Promise<void>;
  /** Resolves when the loop has no work. */
  settled(): Promise<void>;
  /** Processes paged now, including forks that have not said hello. */
  readonly living: number;
  /** How the loop's thread rode beside the threads that fault, so far. */
  ride(): Promise<RideFigures>;
  /** An image of a process's paged memory, with its addresses. @throws PagerError as Region.snapshot does */
  snapshot(space: number, process: OtherProcess, target: string, options: SnapshotOptions): Promise<SnapshotReport>;
  spaceStats(space: number): RegionStats;
  stats(): PagerStats;
  /** For a live view. @param nameOf the name of a space's process */
  liveCore(nameOf: (space: number) => string | undefined): LiveCore;
  /** For metrics. */
  subject(): Subject;
  /** The core's present state: see src/core/dump.ts. */
  dump(): CoreDump;
  close(): Promise<void>;
}

/** @throws (rejects) PagerError 'OPTION', 'UNSUPPORTED', 'PERMISSION' or of the store, with a hint */
export async function createProcessPager(options: ProcessPagerOptions): Promise<ProcessPager> {
  const {
    store = memoryStore(),
    pages,
    remote = null,
    pageServer = null,
    recorded = false,
    order = null,
    ...rest
  } = options;
  if (!isBuiltIn(store)) {
    throw new PagerError('OPTION', 'store: processes are paged to a store of farpage’s own', {
      hint: 'give one made by memoryStore, fileStore, redisStore or moduleStore',
    });
  }
  const checked = settleForOthers(rest);
  const memory = createCoreMemory();
  const { channel } = await Channel.start({ options: checked, memory, spaces: true });
  channel.heard.warning = sayWarning;
  try {
    const handle =
      pages === undefined
        ? ({ kind: 'spec', spec: store[SPEC] } as const)
        : ({ kind: 'pages', files: pages, remote, server: pageServer, recorded, order } as const);
    await channel.call('openSpaces', { store: handle });
  } catch (error) {
    await channel.end();
    throw error;
  }
  const stats = new StatsReader(readerOf(memory.buffer));
  const { core, frameCount, limitPages, pageSize } = checked;
  const statsNow = (): PagerStats => {
    const counted = stats.pager();
    const limit = limitPages === null ? null : limitPages * pageSize;
    return { ...counted, ...underLimit(limit, counted.residentBytesPeak) };
  };
  return {
    frameCount,
    core,
    onDead: (listener) => {
      channel.heard.dead = ({ space }) => listener(space);
    },
    begin: ({ userfaultfd, agent, mailbox }) => channel.call('beginSpace', { userfaultfd, ...agent, mailbox }),
    seed: (userfaultfd, runs) => {
      const words = runs.flatMap(({ address, pages, slot }) => [address, pages, slot]);
      return channel.call('seedSpace', { userfaultfd, runs: Float64Array.from(words) });
    },
    push: (spaces) => channel.call('push', { spaces }),
    lostPages: () => channel.call('lostPages', null),
    finishPages: () => channel.call('finishPages', null),
    firstTouches: () => channel.call('firstTouches', null),
    async release(space) {
      const counted = stats.region(space);
      return (await channel.call('releaseSpace', { space })) ? counted : null;
    },
    onDrained: (listener) => {
      channel.heard.drained = ({ space, left }) => listener(space, left);
    },
    adopt: (knock, agent) => channel.call('adoptSpace', { ...knock, ...agent }),
    forgetKnock: (knock) => channel.call('forgetKnock', knock),
    async end(space) {
      const counted = stats.region(space);
      await channel.call('endSpace', { space });
      return counted;
    },
    pauseAgent: (space, paused) => channel.call('pauseAgent', { space, paused }),
    settled: () => channel.call('settle', null),
    get living() {
      return stats.regions();
    },
    dump: () => dumpCore(readerOf(memory.buffer)),
    ride: () => channel.call('ride', null),
    snapshot(space, { pid, name, isSame, onInstant }, target, options) {
      const home = { channel, region: space, pageSize, meta: { pid, program: name }, ...(onInstant && { onInstant }) };
      return withMemoryOf({ pid, isSame }, (memory) => takeSnapshot({ ...home, memory }, target, options));
    },
    spaceStats: (space) => stats.region(space),
    stats: statsNow,
    liveCore: (nameOf) => ({ name: `core ${core}`, buffer: memory.buffer, meters: channel.meters, nameOf }),
    subject: () => servingSubject({ stats, channel, statsNow: statsNow(), pageSize, core, labels: {} }),
    async close() {
      try {
        await channel.call('close', null);
      } finally {
        await channel.end();
      }
    },
  };
}
