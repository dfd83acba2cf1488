// A loop of its own for one virtual machine, whose memory lies in another process.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { OPERATION_LOAD } from '../../assembly/layout.js';
import { CORE_MEMORY_PAGES, createCoreMemory } from '../core/core.js';
import { type PagerStats, StatsReader } from '../core/stats.js';
import type { StoreHandle } from '../loop/messages.js';
import { serveStore } from '../loop/port-store.js';
import { type RemoteNews, type RemotePart, remoteBase } from '../loop/remote.js';
import { checkPagerOptions, type PagerOptions } from '../options.js';
import type { Store, StoreSpec } from '../store/store.js';
import { Channel } from './channel.js';

export type { RemoteNews, RemotePart } from '../loop/remote.js';

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
  source: StoreSpec | Store | null;
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
  stats(): PagerStats;
  /** Lets the guest's memory go as it is, and ends the loop. Idempotent. */
  close(): Promise<void>;
}

/** @throws PagerError 'OPTION', 'UNSUPPORTED', 'PROTOCOL', or of a store */
export async function openGuest(options: GuestOptions): Promise<GuestSession> {
  const { parts, pageSize, noted, onNews } = options;
  const checked = checkPagerOptions({ ...options.pager, pageSize, engine: 'userfaultfd' });
  const memory = createCoreMemory(CORE_MEMORY_PAGES);
  const { channel } = await Channel.start({ options: checked, memory, spaces: false, guest: true });
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
        keep: null,
        source: handleOf(options.source, memory, ports),
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
    stats: () => lastStats ?? statsNow(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function handleOf(
  source: StoreSpec | Store | null,
  memory: WebAssembly.Memory,
  ports: MessagePort[],
): StoreHandle | null {
  if (source === null) return null;
  if ('kind' in source) return { kind: 'spec', spec: source };
  const { port1, port2 } = new MessageChannel();
  serveStore(port1, source, new Uint8Array(memory.buffer));
  ports.push(port2);
  return { kind: 'port', port: port2, writable: false, flushes: false, discards: false };
}
