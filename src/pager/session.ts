// A loop of its own for one virtual machine, whose memory lies in another process.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { OPERATION_LOAD } from '../../assembly/layout.js';
import { createCoreMemory } from '../core/core.js';
import { type PagerStats, StatsReader } from '../core/stats.js';
import { remoteBase } from '../loop/guest.js';
import { serveStore } from '../loop/port-store.js';
import type { RemoteNews, RemotePart, StoreHandle } from '../loop/requests.js';
import { checkPagerOptions, type PagerOptions } from '../options.js';
import type { Store, StoreSpec } from '../store/store.js';
import { Channel } from './channel.js';
import { type OtherProcess, withMemoryOf } from './other-memory.js';
import { type SnapshotOptions, type SnapshotReport, takeSnapshot } from './snapshot.js';

export type { ReceiverNews, ReceiverOrder, RemoteNews, RemotePart } from '../loop/requests.js';

export interface GuestOptions {
  /** Stays the caller's to close. */
  userfaultfd: number;
  /** By page. */
  parts: readonly RemotePart[];
  pageSize: number;
  /** Pages of hugetlbfs. */
  huge: boolean;
  /** The memory file that the guest's memory is a mapping of, page by page; -1: nothing can be evicted. */
  file: number;
  /** Where the pages' first bytes come from: opened in the loop's thread by a spec, or called in this one. Null: zeros. */
  source: StoreSpec | Store | { loop: GuestLoop; receiver: number } | null;
  /** Runs of pages that are zeros whatever the source has. */
  zeros: ReadonlyArray<{ first: number; end: number }>;
  store: StoreSpec;
  pager: Pick<PagerOptions, 'residentLimit' | 'readahead' | 'storePatience'>;
  /** Whether first touches are noted. */
  noted: boolean;
  onNews(news: RemoteNews): void;
}

/** One guest, served until it is closed. */
export interface GuestSession {
  /** Brings pages in, `end` not in it. @throws PagerError 'STORE_READ', 'CLOSED' */
  load(first: number, end: number): Promise<void>;
  /** Pages in the order of their first faults, as far as there are any by now. */
  touched(): Uint32Array;
  /**
   * An image of the memory, whose pages are numbered from `ahead` on.
   * @throws PagerError as Region.snapshot does
   */
  snapshot(guest: OtherProcess & { ahead: number }, target: string, options: SnapshotOptions): Promise<SnapshotReport>;
  /** Resolves when the loop has nothing in hand. */
  settled(): Promise<void>;
  stats(): PagerStats;
  /** Lets the guest's memory go as it is, and ends the loop. Idempotent. */
  close(): Promise<void>;
}

/** A loop before it has its guest: what the guest's memory comes from may have to be there first. */
export interface GuestLoop {
  readonly channel: Channel;
  readonly memory: WebAssembly.Memory;
}

/** @throws PagerError 'OPTION', 'UNSUPPORTED' */
export async function startGuestLoop(pager: GuestOptions['pager'], pageSize: number): Promise<GuestLoop> {
  const options = checkPagerOptions({ ...pager, pageSize, engine: 'userfaultfd' });
  const memory = createCoreMemory();
  const { channel } = await Channel.start({ options, memory, spaces: false, guest: true });
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
  const touches = noted ? new SharedArrayBuffer((held + 1) * 4) : null;
  const news = new MessageChannel();
  news.port1.on('message', onNews);
  news.port1.unref();
  const ports: MessagePort[] = [news.port2];
  try {
    await channel.ask(
      {
        type: 'map',
        address: remoteBase(parts, pageSize),
        pages,
        file: options.file,
        huge: options.huge,
        source: handleOf(from, ports),
        store: { kind: 'spec', spec: options.store },
        remote: { userfaultfd: options.userfaultfd, parts, zeros: options.zeros, touches, port: news.port2 },
      },
      ports,
    );
  } catch (error) {
    news.port1.close();
    await channel.end();
    throw error;
  }
  const reader = new StatsReader(memory.buffer);
  const statsNow = (): PagerStats => ({ ...reader.pager(), pages: held });
  let lastStats: PagerStats | undefined;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    lastStats = statsNow();
    try {
      await channel.ask({ type: 'close' });
    } finally {
      news.port1.close();
      await channel.end();
    }
  };
  return {
    async load(first, end) {
      await channel.ask({ type: 'operation', kind: OPERATION_LOAD, region: 1, first, end, flags: 0 });
    },
    touched() {
      const words = touches === null ? new Uint32Array(1) : new Uint32Array(touches);
      return words.slice(1, 1 + Atomics.load(words, 0));
    },
    snapshot({ pid, name, ahead, isSame, onInstant }, target, snapshot) {
      const ranges = parts
        .filter((part) => part.first + part.pages > ahead)
        .map((part) => ({ address: `0x${part.address.toString(16)}`, first: part.first - ahead, pages: part.pages }));
      const home = { channel, region: 1, pageSize, ahead, meta: { ranges, pid, program: name } };
      const heard = { ...home, ...(onInstant && { onInstant }) };
      return withMemoryOf({ pid, isSame }, (of) => takeSnapshot({ ...heard, memory: of }, target, snapshot));
    },
    async settled() {
      await channel.ask({ type: 'lastThread' });
    },
    stats: () => lastStats ?? statsNow(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function handleOf(source: GuestOptions['source'], ports: MessagePort[]): StoreHandle | null {
  if (source === null) return null;
  if ('loop' in source) return { kind: 'receiver', receiver: source.receiver };
  if ('kind' in source) return { kind: 'spec', spec: source };
  const { port1, port2 } = new MessageChannel();
  serveStore(port1, source);
  ports.push(port2);
  return { kind: 'port', port: port2, writable: false, flushes: false, discards: false };
}
