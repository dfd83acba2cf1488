// Runs a loop for one guest, whose memory is in another process.
import { OPERATION_LOAD } from '../../assembly/layout.js';
import { createCoreMemory } from '../core/core.js';
import { type CoreDump, dumpCore } from '../core/dump.js';
import { readerOf } from '../core/reader.js';
import { type PagerStats, StatsReader } from '../core/stats.js';
import type { LiveCore } from '../live/source.js';
import { remoteBase } from '../loop/guest.js';
import type { RemotePart, StoreHandle } from '../loop/requests.js';
import type { Labels, Subject } from '../metrics/families.js';
import type { PagerOptions } from '../options.js';
import type { Store, StoreSpec } from '../store/store.js';
import { Channel, sayWarning } from './channel.js';
import { servingSubject } from './metrics.js';
import { type OtherProcess, withMemoryOf } from './other-memory.js';
import { type ServingOptions, settleForOthers } from './other-options.js';
import { type SnapshotOptions, type SnapshotReport, takeSnapshot } from './snapshot.js';

export type { RemotePart } from '../loop/requests.js';

/** What a guest's loop reports. */
export type RemoteNews =
  /** A page that cannot be read. */
  | { type: 'lost'; page: number; why: string }
  /** A fault outside all parts. */
  | { type: 'stray'; address: bigint }
  /** The process's address space is gone. */
  | { type: 'dead' };

export interface GuestOptions {
  /** The caller closes it. */
  userfaultfd: number;
  /** Sorted by page. */
  parts: readonly RemotePart[];
  pageSize: number;
  /** Pages of hugetlbfs. */
  huge: boolean;
  /** The memfile that the guest's memory maps, page by page; -1: nothing can be evicted. */
  file: number;
  /** Where the pages' first bytes come from: opened in the loop's thread by a spec, or called in this one. Null: zeros. */
  source: StoreSpec | Store | { loop: GuestLoop; receiver: number } | null;
  /** Runs of pages that are zeros whatever the source has. */
  zeros: ReadonlyArray<{ first: number; end: number }>;
  store: StoreSpec;
  pager: ServingOptions & Pick<PagerOptions, 'residentLimit' | 'readahead' | 'storePatience'>;
  /** Whether first touches are recorded. */
  noted: boolean;
  onNews(news: RemoteNews): void;
}

/** One guest, served until it is closed. */
export interface GuestSession {
  /** Loads pages, `end` not included. @throws PagerError 'STORE_READ', 'CLOSED' */
  load(first: number, end: number): Promise<void>;
  /** After the close: pages in the order of their first faults. */
  touched(): Uint32Array;
  /**
   * An image of the memory, whose pages are numbered from `ahead` on.
   * @throws PagerError as Region.snapshot does
   */
  snapshot(guest: OtherProcess & { ahead: number }, target: string, options: SnapshotOptions): Promise<SnapshotReport>;
  /** Resolves when the loop has no work. */
  settled(): Promise<void>;
  stats(): PagerStats;
  /** For a live view. */
  liveCore(name: string): LiveCore;
  /** For metrics, with these labels. */
  subject(labels: Labels): Subject;
  /** The core's present state: see src/core/dump.ts. */
  dump(): CoreDump;
  /** Stops serving the guest's memory, as it is, and ends the loop. Idempotent. */
  close(): Promise<void>;
}

/** A loop before it has its guest: the guest's source may need the loop first. */
export interface GuestLoop {
  readonly channel: Channel;
  readonly memory: WebAssembly.Memory;
}

/** @throws PagerError 'OPTION', 'UNSUPPORTED' */
export async function startGuestLoop(pager: GuestOptions['pager'], pageSize: number): Promise<GuestLoop> {
  const options = settleForOthers({ ...pager, pageSize });
  const memory = createCoreMemory();
  const { channel } = await Channel.start({ options, memory, spaces: false });
  channel.heard.warning = sayWarning;
  return { channel, memory };
}

/** @throws PagerError 'OPTION', 'UNSUPPORTED', 'PROTOCOL', or of a store */
export async function openGuest(options: GuestOptions): Promise<GuestSession> {
  const { parts, pageSize, noted, onNews, source: from } = options;
  const begun = from !== null && 'loop' in from ? from.loop : await startGuestLoop(options.pager, pageSize);
  const { channel, memory } = begun;
  const last = parts.at(-1);
  const pages = last === undefined ? 0 : last.first + last.pages;
  const held = parts.reduce((sum, part) => sum + part.pages, 0);
  const source = handleOf(from, channel);
  let begin = (): void => {};
  const begins = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const serving = channel.call(
    'guest',
    {
      address: remoteBase(parts, pageSize),
      pages,
      file: options.file,
      huge: options.huge,
      source,
      store: { kind: 'spec', spec: options.store },
      remote: { userfaultfd: options.userfaultfd, parts, zeros: options.zeros, noted },
    },
    {
      background: true,
      on: {
        begun: begin,
        lost: (lost) => onNews({ type: 'lost', ...lost }),
        stray: (stray) => onNews({ type: 'stray', ...stray }),
        dead: () => onNews({ type: 'dead' }),
      },
    },
  );
  const served = serving.catch(() => undefined);
  try {
    // It may fail to begin.
    await Promise.race([begins, serving]);
  } catch (error) {
    await channel.end();
    throw error;
  }
  const reader = new StatsReader(readerOf(memory.buffer));
  const statsNow = (): PagerStats => ({ ...reader.pager(), pages: held });
  let lastStats: PagerStats | undefined;
  let touched: Uint32Array = new Uint32Array(0);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    lastStats = statsNow();
    try {
      await channel.call('close', null);
      touched = (await served) ?? touched;
    } finally {
      await channel.end();
    }
  };
  return {
    async load(first, end) {
      await channel.call('operation', { kind: OPERATION_LOAD, region: 1, first, end, flags: 0 });
    },
    touched: () => touched,
    snapshot({ pid, name, ahead, isSame, onInstant }, target, snapshot) {
      const ranges = parts
        .filter((part) => part.first + part.pages > ahead)
        .map((part) => ({ address: `0x${part.address.toString(16)}`, first: part.first - ahead, pages: part.pages }));
      const home = { channel, region: 1, pageSize, ahead, meta: { ranges, pid, program: name } };
      const heard = { ...home, ...(onInstant && { onInstant }) };
      return withMemoryOf({ pid, isSame }, (of) => takeSnapshot({ ...heard, memory: of }, target, snapshot));
    },
    settled: () => channel.call('settle', null),
    stats: () => lastStats ?? statsNow(),
    liveCore: (name) => ({ name, buffer: memory.buffer, meters: channel.meters }),
    subject(labels) {
      const core = options.pager.core === 'native' ? 'native' : 'v8';
      return servingSubject({ stats: reader, channel, statsNow: statsNow(), pageSize, core, labels });
    },
    dump: () => dumpCore(readerOf(memory.buffer)),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function handleOf(source: GuestOptions['source'], { stores }: Channel): StoreHandle | null {
  if (source === null) return null;
  if ('loop' in source) return { kind: 'receiver', receiver: source.receiver };
  if ('kind' in source) return { kind: 'spec', spec: source };
  return stores.offer(source, { writable: false, flushes: false, discards: false });
}
