// Checks the options of `farpage serve`, or refuses before the socket exists.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { PagerError } from '../errors.js';
import type { CoreHost } from '../options.js';
import { type ServingOptions, settleForOthers } from '../pager/other-options.js';
import { openStore } from '../store/open.js';
import { SPEC, type StoreSpec } from '../store/store.js';
import { parseSize, type Size } from '../units.js';
import { type ListenAddress, parseLive, parseMetrics } from '../web/listen.js';

/** What `farpage serve` takes. */
export interface ServeOptions extends ServingOptions {
  /** Path of the socket, created with mode 0600. */
  socket: string;
  /** A path, a URL, or 'none': zeros. */
  image: string;
  /** Most memory that each guest's pages may hold. Default: no limit. */
  resident?: Size;
  /** Where evicted pages go. Default 'memory:'. */
  store?: string;
  /** The file to which the first guest's first touches are written. */
  record?: string;
  /** The file with the pages to load ahead. */
  replay?: string;
  /** End when the first session ends. Default: on a signal. */
  once?: boolean;
  /** Whether a process whose memory can no longer be served is killed. Default true. */
  kill?: boolean;
  /** Most bytes of a remote image that are cached for other guests. Default 1 GiB. */
  cache?: Size;
  /** Where the live view is served: HOST:PORT, or true: any port of 127.0.0.1. Default: nowhere. */
  live?: string | true;
  /** Where the metrics are served: HOST:PORT. Default: nowhere. */
  metrics?: string;
  /** The RAM block, if the image is a migration file of QEMU's. Default: the usual names. */
  ramBlock?: string;
}

export interface CheckedServe {
  core: CoreHost;
  socket: string;
  image: string;
  /** Bytes; null: no limit. */
  resident: number | null;
  store: string;
  record: string | null;
  replay: string | null;
  once: boolean;
  kill: boolean;
  cacheBytes: number;
  live: ListenAddress | null;
  metrics: ListenAddress | null;
  ramBlock: string | undefined;
}

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkServe(options: ServeOptions): CheckedServe {
  const { socket, image, resident, store = 'memory:', record, replay, once = false, kill = true } = options;
  if (socket === '')
    throw new PagerError('OPTION', '--socket: the path is empty', { hint: 'give the path to listen at' });
  if (image === '') throw new PagerError('OPTION', '--image: the path is empty', { hint: "a file, a URL, or 'none'" });
  if (record !== undefined && replay !== undefined && isSameFile(record, replay)) {
    throw new PagerError('OPTION', '--record and --replay name the same file', { hint: 'give two' });
  }
  if (record !== undefined && isSameFile(record, image)) {
    throw new PagerError('OPTION', '--record and --image name the same file', {
      hint: 'the record would take the image’s place',
    });
  }
  const { core, faults } = options;
  const settled = settleForOthers({
    ...(core !== undefined && { core }),
    ...(faults !== undefined && { faults }),
    ...(resident !== undefined && { residentLimit: resident }),
  });
  const { kind } = openStore(store)[SPEC];
  if (kind === 'http') {
    throw new PagerError('OPTION', '--store: evicted pages cannot be written there', {
      hint: 'memory:, file: or redis:',
    });
  }
  refuseDevice(store);
  return {
    core: settled.core,
    socket,
    image,
    resident: resident === undefined ? null : parseSize(resident, '--resident'),
    store,
    record: record ?? null,
    replay: replay ?? null,
    once,
    kill,
    cacheBytes: parseSize(options.cache ?? '1GiB', '--cache'),
    ramBlock: options.ramBlock,
    live: parseLive(options.live),
    metrics: parseMetrics(options.metrics),
  };
}

// In any spelling: through links, from other folders.
function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  const [a, b] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

// Each guest has a file of its own beside the named one: beside a device these would be files in /dev.
function refuseDevice(store: string): void {
  const spec = openStore(store)[SPEC];
  if (spec.kind !== 'file' || statSync(spec.path, { throwIfNoEntry: false })?.isBlockDevice() !== true) return;
  throw new PagerError('OPTION', `--store: ${spec.path} is a block device, and each guest needs a file of its own`, {
    hint: 'make a file system on it, and name a file there',
  });
}

/** A store for one session: each store may hold one guest's pages only. */
export function storeFor(url: string, session: number): StoreSpec {
  const spec = openStore(url)[SPEC];
  if (spec.kind === 'file') return { ...spec, path: `${spec.path}.${session}` };
  if (spec.kind === 'redis' && !spec.temporary) return { ...spec, prefix: `${spec.prefix}${session}:` };
  return spec;
}
