// The pager of other processes, as `run` and `serve` use it.
import { createCoreMemory } from '../core/core.js';
import { type CoreDump, dumpCore } from '../core/dump.js';
import { type PagerStats, type RegionStats, StatsReader, underLimit } from '../core/stats.js';
import { PagerError } from '../errors.js';
import type { RideFigures } from '../native/native.js';
import { checkPagerOptions, type PagerOptions } from '../options.js';
import { memoryStore } from '../store/memory.js';
import { isBuiltIn, SPEC, type Store } from '../store/store.js';
import { Channel, sayWarning } from './channel.js';
import { settleCore } from './core-host.js';
import { settleEngine } from './engine.js';
import { type OtherProcess, withMemoryOf } from './other-memory.js';
import { type SnapshotOptions, type SnapshotReport, takeSnapshot } from './snapshot.js';

export interface ProcessPagerOptions extends Pick<PagerOptions, 'cpu' | 'eviction' | 'readahead' | 'storePatience'> {
  /** Over all processes together; their share of the frames included. */
  residentLimit: NonNullable<PagerOptions['residentLimit']>;
  /** One of farpage's own. Default: a compressed pool in memory. */
  store?: Store;
}

/** What a process that is to be paged has handed over; descriptors stay the caller's to close. */
export interface PagedProcess {
  userfaultfd: number;
  agent: AgentFiles;
  mailbox: bigint;
}

/** What a process's agent and the pager share, and nobody else; descriptors stay the caller's to close. */
export interface AgentFiles {
  socket: number;
  control: number;
  /** WINDOW_PAGES pages: victims on their way out. */
  window: number;
  /** A pidfd of the process. */
  program: number;
}

/** The pager of other processes: see native/programs/preload/agent.h for what goes over their sockets. */
export interface ProcessPager {
  readonly frameCount: number;
  /** Takes a process's memory over. Resolves to the number of its space. */
  begin(process: PagedProcess): Promise<number>;
  /**
   * Finds a forked child that has said hello; null while its mailbox has not been touched: ask again soon. The
   * userfaultfd is to be sent to the child, and is the caller's to close.
   */
  adopt(pid: number, agent: AgentFiles): Promise<{ space: number; userfaultfd: number } | null>;
  /** Its process has ended. Resolves to what the space has counted. */
  end(space: number): Promise<RegionStats>;
  /** Calls back for each space whose process was found gone. */
  onDead(listener: (space: number) => void): void;
  /** While it is paused, a space's agent is asked for nothing: its process is stopped. */
  pauseAgent(space: number, paused: boolean): Promise<void>;
  /** Resolves when the loop has nothing in hand. */
  settled(): Promise<void>;
  /** Processes that are paged now, forks that have not said hello included. */
  readonly living: number;
  /** How the loop's thread rode beside the threads that fault, so far. */
  ride(): Promise<RideFigures>;
  /** An image of a process's paged memory, with its addresses. @throws PagerError as Region.snapshot does */
  snapshot(space: number, process: OtherProcess, target: string, options: SnapshotOptions): Promise<SnapshotReport>;
  spaceStats(space: number): RegionStats;
  stats(): PagerStats;
  /** What the core knows now: see src/core/dump.ts. */
  dump(): CoreDump;
  close(): Promise<void>;
}

/** @throws (rejects) PagerError 'OPTION', 'UNSUPPORTED', 'PERMISSION' or of the store, saying what to change */
export async function createProcessPager(options: ProcessPagerOptions): Promise<ProcessPager> {
  const { store = memoryStore(), ...rest } = options;
  if (!isBuiltIn(store)) {
    throw new PagerError('OPTION', 'store: processes are paged to a store of farpage’s own', {
      hint: 'give one made by memoryStore, fileStore, redisStore or moduleStore',
    });
  }
  const checked = settleCore(settleEngine(checkPagerOptions({ ...rest, engine: 'userfaultfd' })));
  const memory = createCoreMemory();
  const { channel } = await Channel.start({ options: checked, memory, spaces: true });
  channel.heard.warning = sayWarning;
  try {
    await channel.call('openSpaces', { store: { kind: 'spec', spec: store[SPEC] } });
  } catch (error) {
    await channel.end();
    throw error;
  }
  const stats = new StatsReader(memory.buffer);
  const { frameCount, limitPages, pageSize } = checked;
  return {
    frameCount,
    onDead: (listener) => {
      channel.heard.dead = ({ space }) => listener(space);
    },
    begin: ({ userfaultfd, agent, mailbox }) => channel.call('beginSpace', { userfaultfd, ...agent, mailbox }),
    adopt: (pid, agent) => channel.call('adoptSpace', { pid, ...agent }),
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
    dump: () => dumpCore(memory.buffer),
    ride: () => channel.call('ride', null),
    snapshot(space, { pid, name, isSame, onInstant }, target, options) {
      const home = { channel, region: space, pageSize, meta: { pid, program: name }, ...(onInstant && { onInstant }) };
      return withMemoryOf({ pid, isSame }, (memory) => takeSnapshot({ ...home, memory }, target, options));
    },
    spaceStats: (space) => stats.region(space),
    stats() {
      const counted = stats.pager();
      const limit = limitPages === null ? null : limitPages * pageSize;
      return { ...counted, ...underLimit(limit, counted.residentBytesPeak) };
    },
    async close() {
      try {
        await channel.call('close', null);
      } finally {
        await channel.end();
      }
    },
  };
}
