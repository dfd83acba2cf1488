// Opens the store or source that a handle describes, and refuses before anything is mapped if it is too small.
import { totalmem } from 'node:os';
import { SLAB_PAGES } from '../../assembly/codes.js';
import {
  FRAME_LIMIT,
  SLAB_LIMIT,
  SOURCE_ASYNC,
  SOURCE_FILE,
  STORE_ASYNC,
  STORE_FILE,
  STORE_POOL,
} from '../../assembly/layout.js';
import { addressError } from '../core/addresses.js';
import { PagerError } from '../errors.js';
import { placeOfFile, placeOfSpec } from '../image/media.js';
import type { Deliver } from '../migrate/types.js';
import type { Native } from '../native/native.js';
import { ClaimedFile } from '../store/file-claim.js';
import { describeSpec, openSpec, openToWrite } from '../store/open.js';
import type { Store } from '../store/store.js';
import { formatSize } from '../units.js';
import { Durable } from './durable.js';
import { NO_SOURCE, nothing, type Opened } from './opened.js';
import { type LoopWire, ownStore } from './own-store.js';
import { receivers } from './passes/receivers.js';
import type { StoreHandle } from './requests.js';

const MAX_PAGES = 0xffffffff;
/** How often a pool halves the addresses that it reserves, if the system refuses and the user gave no limit. */
const POOL_HALVINGS = 6;

/** The most pages of a source that the core needs: a region has fewer than 2^31. */
function pagesOf(byteLength: number, pageSize: number): number {
  return Math.min(MAX_PAGES, Math.ceil(byteLength / pageSize));
}

/** @throws PagerError with a hint, before anything is mapped */
export async function openSource(wire: LoopWire, handle: StoreHandle, pageSize: number): Promise<Opened> {
  if (handle.kind === 'spec' && handle.spec.kind === 'memory') {
    throw new PagerError('OPTION', 'source: a memory store that was never written to has no content', {
      hint: 'leave source out: a region without one begins as zeros',
    });
  }
  if (handle.kind === 'spec' && handle.spec.kind === 'file') {
    const file = await ClaimedFile.forReading(handle.spec.path, handle.spec.held);
    const { byteLength: bytes } = file;
    return Object.assign(fileOpened(SOURCE_FILE, file, pagesOf(bytes, pageSize)), { bytes });
  }
  const opened = await openAsync(wire, handle, SOURCE_ASYNC);
  const byteLength = (opened.store as { byteLength?: unknown }).byteLength;
  if (typeof byteLength === 'number') opened.pages = pagesOf(byteLength, pageSize);
  return opened;
}

/**
 * @param mustHold bytes that the store must be able to hold
 * @param pages the most pages that it may have to hold
 * @throws PagerError with a hint, before anything is mapped
 */
export async function openStoreHandle(
  wire: LoopWire,
  handle: StoreHandle,
  native: Native,
  pageSize: number,
  mustHold: number,
  pages: number,
  source: Opened = NO_SOURCE,
): Promise<Opened> {
  if (handle.kind === 'spec' && handle.spec.kind === 'memory') {
    return openPool(handle.spec, native, pageSize, mustHold, pages);
  }
  if (handle.kind === 'spec' && handle.spec.kind === 'file') {
    const { path, readOnly, overwrite = false } = handle.spec;
    if (readOnly) throw notWritable(`file:${path}`);
    const file = await ClaimedFile.forWriting(path, source.file);
    try {
      file.claim({ overwrite, empty: true });
    } catch (error) {
      file.close();
      throw error;
    }
    return fileOpened(STORE_FILE, file, 0);
  }
  const opened = await openAsync(wire, handle, STORE_ASYNC);
  if (opened.store?.writable === true) return opened;
  await opened.close();
  throw notWritable(opened.name);
}

function notWritable(name: string): PagerError {
  return new PagerError('OPTION', `store: ${name} is read-only`, {
    hint: 'give it as `source`, and leave `store` out or give one that can be written',
  });
}

function fileOpened(kind: number, file: ClaimedFile, pages: number): Opened {
  const { path, fd } = file;
  const durable = new Durable(fd, `file:${path}`);
  return {
    ...NO_SOURCE,
    kind,
    name: `file:${path}`,
    fd,
    file,
    places: [placeOfFile(fd)],
    pages,
    flush: kind === STORE_FILE ? (rewritten) => durable.flush(rewritten) : nothing,
    get doubtful() {
      return durable.doubtful;
    },
    close: async () => file.close(),
  };
}

function openPool(
  spec: { compress: boolean; limit: number | null },
  native: Native,
  pageSize: number,
  mustHold: number,
  pages: number,
): Opened {
  const missing = spec.compress ? native.checkLz4() : null;
  if (missing !== null) {
    throw new PagerError('UNSUPPORTED', `memoryStore: liblz4 cannot be used: ${missing}`, {
      hint: 'install it (apt-get install liblz4-1; on Alpine: apk add lz4-libs), or use memoryStore({compress: false})',
    });
  }
  if (!spec.compress && spec.limit !== null && spec.limit < mustHold) {
    throw new PagerError('OPTION', `memoryStore: ${formatSize(spec.limit)} cannot hold all pages that may be evicted`, {
      hint: `give it at least ${formatSize(mustHold)} (the region, and what is written again meanwhile), or compress`,
    });
  }
  const slabBytes = pageSize * SLAB_PAGES;
  const maxBytes = (SLAB_LIMIT + 1) * slabBytes;
  if (spec.limit !== null && spec.limit > maxBytes) {
    throw new PagerError(
      'OPTION',
      `memoryStore: limit: ${formatSize(spec.limit)} is not at most ${formatSize(maxBytes)}`,
      {
        hint: 'give a smaller one: it counts compressed bytes',
      },
    );
  }
  // At worst each page takes a slab of its own, and another one while it is written again from a frame.
  const needed = Math.min(pages + FRAME_LIMIT, SLAB_LIMIT) * slabBytes;
  const wanted = Math.min(spec.limit ?? totalmem(), needed);
  const { address, byteLength } =
    spec.limit === null
      ? reservePool(native, wanted, slabBytes, POOL_HALVINGS)
      : reserveAsked(native, wanted, slabBytes, spec.limit);
  return { ...NO_SOURCE, kind: STORE_POOL, name: 'memory:', pool: { address, byteLength, compress: spec.compress } };
}

/** Reserves addresses for the whole limit given by the user, or refuses before the first page. */
function reserveAsked(native: Native, wanted: number, slabBytes: number, limit: number) {
  try {
    return reservePool(native, wanted, slabBytes, 0);
  } catch (cause) {
    const { message, errno, hint } = cause as PagerError;
    throw new PagerError('OPTION', `memoryStore: limit: ${formatSize(limit)} is too much here: ${message}`, {
      errno,
      hint: `give a smaller limit, or: ${hint}`,
      cause,
    });
  }
}

function reservePool(native: Native, wanted: number, slabBytes: number, halvings: number) {
  const byteLength = Math.max(1, Math.floor(wanted / slabBytes)) * slabBytes;
  try {
    return { address: native.mapMemory(byteLength), byteLength };
  } catch (cause) {
    if (halvings === 0) throw addressError('a memory store', byteLength, cause);
    return reservePool(native, byteLength / 2, slabBytes, halvings - 1);
  }
}

export async function openAsync(wire: LoopWire, handle: StoreHandle, kind: number): Promise<Opened> {
  if (handle.kind === 'receiver') {
    const receiver = receivers.get(handle.receiver);
    if (receiver === undefined) throw new PagerError('CLOSED', 'the receiver is closed');
    const { store, pages } = receiver;
    const attach = (deliver: Deliver) => receiver.deliverBy(deliver);
    const close = () => store.close();
    return { ...NO_SOURCE, kind, name: 'a migration', pages, store, patient: true, attach, close };
  }
  const open = kind === STORE_ASYNC ? openToWrite : openSpec;
  const store = handle.kind === 'own' ? ownStore(wire, handle) : await open(handle.spec);
  const name = handle.kind === 'own' ? 'your store' : describeSpec(handle.spec);
  const onUsersThread = handle.kind === 'own';
  const places = handle.kind === 'own' ? [] : [placeOfSpec(handle.spec), ...placesIn(store)];
  const own = onUsersThread || handle.spec.kind === 'module';
  const close = () => store.close();
  return { ...NO_SOURCE, kind, name, places, pages: MAX_PAGES, store, own, onUsersThread, close };
}

/** An image names its parents. */
function placesIn(store: Store): string[] {
  const { places } = store as { places?: unknown };
  return Array.isArray(places) ? places.map(String) : [];
}
