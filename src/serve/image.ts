// Opens the image that guests' memory comes from: a local file, a file behind HTTP, Redis, or only zeros.
import { fstatSync, read } from 'node:fs';
import { promisify } from 'node:util';
import { PagerError } from '../errors.js';
import { isImage } from '../image/layout.js';
import { isImageAt, isSamePlace, placeOf, placeOfSpec } from '../image/media.js';
import { snapshotStore } from '../image/store.js';
import type { GuestLoop } from '../pager/session.js';
import { fileStore } from '../store/file.js';
import { openHttp } from '../store/http.js';
import { isUrl } from '../store/local-path.js';
import { describeSpec, openSpec, openStore } from '../store/open.js';
import { SPEC, type Store, type StoreSpec } from '../store/store.js';
import { ImageFile } from './image-file.js';
import {
  absentRuns,
  chooseBlock,
  findBlocks,
  isMigration,
  type RamBlock,
  type ReadAt,
  type Run,
} from './mapped-ram.js';
import { type ImageCounts, SharedImage } from './shared-image.js';

const HEAD_BYTES = 4096;
const readFrom = promisify(read);

/** How a session reads the image: a file by its spec, in its own thread; any other through this thread. */
export type ImageSource =
  | { kind: 'none' }
  | { kind: 'file'; spec: StoreSpec }
  | { kind: 'shared'; image: SharedImage }
  /** A migration, which the session's loop receives already. */
  | { kind: 'arrival'; loop: GuestLoop; receiver: number };

/** The source of a guest's memory. */
export type GuestImage = Pick<Image, 'block' | 'zeros' | 'start' | 'source' | 'refuseOver'>;

export class Image {
  readonly name: string;
  readonly #spec: StoreSpec | null;
  /** Of a local file. */
  readonly #held: ImageFile | null;
  readonly #cacheBytes: number;
  readonly #shared = new Map<number, Promise<SharedImage>>();
  /** The RAM block, if it is a migration file of QEMU's. */
  readonly block: RamBlock | undefined;
  /** Pages of the block, in units of its page size, that are zeros. */
  readonly zeros: readonly Run[];

  private constructor(
    name: string,
    spec: StoreSpec | null,
    held: ImageFile | null,
    cacheBytes: number,
    found?: { block: RamBlock; zeros: Run[] },
  ) {
    this.name = name;
    this.#spec = spec;
    this.#held = held;
    this.#cacheBytes = cacheBytes;
    this.block = found?.block;
    this.zeros = found?.zeros ?? [];
  }

  /**
   * @param where a path, a URL, or 'none'
   * @param ramBlock of a QEMU migration file: which RAM block
   * @throws PagerError 'OPTION', 'STORE_READ', with a hint
   */
  static async open(where: string, cacheBytes: number, ramBlock: string | undefined): Promise<Image> {
    if (where === 'none') return new Image('none', null, null, cacheBytes);
    const store = /^[a-z][a-z0-9+.-]*:/i.test(where) ? openStore(where) : fileStore(where, { readOnly: true });
    const spec = store[SPEC];
    const name = describeSpec(spec);
    if (spec.kind === 'memory') {
      throw new PagerError('OPTION', '--image: memory: has no content', { hint: "write '--image none' for zeros" });
    }
    if (spec.kind === 'redis' && spec.temporary) {
      throw new PagerError('OPTION', `--image: ${name} needs to know which keys are the pages`, {
        hint: 'add their prefix to the URL: redis://host:port?prefix=image:',
      });
    }
    if (spec.kind === 'redis' && ramBlock === undefined && (await isImageAt(where))) {
      return new Image(name, snapshotStore(where)[SPEC], null, cacheBytes);
    }
    if (spec.kind !== 'file') return Image.#open(where, spec, null, cacheBytes, ramBlock);
    const held = await ImageFile.open(spec.path);
    try {
      return await Image.#open(
        where,
        { ...spec, readOnly: true, held: { fd: held.fd, version: held.version } },
        held,
        cacheBytes,
        ramBlock,
      );
    } catch (error) {
      held.close();
      throw error;
    }
  }

  static async #open(
    where: string,
    spec: StoreSpec,
    held: ImageFile | null,
    cacheBytes: number,
    ramBlock: string | undefined,
  ): Promise<Image> {
    const name = describeSpec(spec);
    const found = await withReader(spec, async (read) => {
      const head = await read(0, HEAD_BYTES);
      if (isImage(head)) return 'snapshot';
      if (!isMigration(head)) return undefined;
      const block = chooseBlock(await findBlocks(read, name), ramBlock, name);
      return { block, zeros: await absentRuns(read, block, name) };
    });
    // A snapshot's image is read by its own store, which knows its chain and checks every page.
    if (found === 'snapshot' && ramBlock === undefined) {
      const file = spec.kind === 'file' ? spec.path : where;
      return new Image(file, snapshotStore(file)[SPEC], held, cacheBytes);
    }
    if ((found === undefined || found === 'snapshot') && ramBlock !== undefined) {
      throw new PagerError('OPTION', `--ram-block: ${name} is not a migration file of QEMU’s`, {
        hint: 'leave it out',
      });
    }
    return new Image(name, spec, held, cacheBytes, found === 'snapshot' ? undefined : found);
  }

  /** Bytes in the image before the memory's first. */
  get start(): number {
    return this.block?.pagesOffset ?? 0;
  }

  /**
   * How a session of this page size gets its pages.
   * @param _gone aborted when the guest has ended: stop waiting for pages still to come
   * @param direct whether the session's pages are numbered as the image's are
   */
  async source(pageSize: number, direct: boolean, _gone: Promise<unknown>): Promise<ImageSource> {
    const spec = this.#spec;
    if (spec === null) return { kind: 'none' };
    if (spec.kind === 'file' && direct) return { kind: 'file', spec };
    const opened = this.#shared.get(pageSize) ?? this.#openShared(spec, pageSize);
    this.#shared.set(pageSize, opened);
    opened.catch(() => this.#shared.delete(pageSize));
    return { kind: 'shared', image: await opened };
  }

  async counts(): Promise<ImageCounts | null> {
    const all = (await Promise.all(this.#shared.values())).map(({ counts }) => counts);
    if (all.length === 0) return null;
    const total = { asked: 0, shared: 0, fetched: 0, bytesFetched: 0 };
    for (const counts of all) {
      total.asked += counts.asked;
      total.shared += counts.shared;
      total.fetched += counts.fetched;
      total.bytesFetched += counts.bytesFetched;
    }
    return total;
  }

  /** Whether its path names another file by now, or the file was written to. Remote images check themselves. */
  get isReplaced(): boolean {
    return this.#held?.isReplaced ?? false;
  }

  /**
   * Call before writing to a place. A store's pages would change one by one under the guests that are served from it. (A new
   * file is renamed into its place, and the old one is held open.)
   * @throws PagerError 'OPTION' if the place holds this image, or an image of its chain
   */
  async refuseOver(output: string): Promise<void> {
    if (!isUrl(output)) return;
    const place = await placeOf(output);
    const shared = await Promise.all(this.#shared.values());
    const own = this.#spec === null ? [] : [placeOfSpec(this.#spec)];
    const read = [...own, ...shared.flatMap(({ places }) => places)];
    if (place === null || !read.some((each) => isSamePlace(each, place))) return;
    throw new PagerError('OPTION', `${this.name}: guests are served from it, and it would be overwritten`, {
      hint: 'give the new image a place of its own: another file, or another prefix',
    });
  }

  async close(): Promise<void> {
    const shared = await Promise.allSettled(this.#shared.values());
    await Promise.all(shared.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
    this.#held?.close();
  }

  async #openShared(spec: StoreSpec, pageSize: number): Promise<SharedImage> {
    const store = await openReadable(spec);
    const ahead = await openReadable(spec);
    return new SharedImage(store, ahead, pageSize, this.#cacheBytes);
  }
}

async function openReadable(spec: StoreSpec): Promise<Store> {
  const store = await openSpec(spec);
  if (spec.kind !== 'file' || spec.held === undefined) return store;
  const { size } = fstatSync(spec.held.fd);
  return size === 0 ? store : Object.assign(store, { byteLength: size });
}

// Reads bytes of a file, local or behind HTTP; Redis' keys hold only pages.
async function withReader<T>(spec: StoreSpec, use: (read: ReadAt) => Promise<T>): Promise<T | undefined> {
  if (spec.kind === 'file' && spec.held !== undefined) {
    const { fd } = spec.held;
    return use(async (position, byteLength) => {
      const bytes = Buffer.alloc(byteLength);
      const { bytesRead } = await readFrom(fd, bytes, 0, byteLength, position);
      return bytes.subarray(0, bytesRead);
    });
  }
  if (spec.kind !== 'http') return undefined;
  const store = await openHttp(spec);
  try {
    return await use(async (position, byteLength) => {
      const first = Math.floor(position / HEAD_BYTES);
      const end = Math.min(position + byteLength, store.byteLength);
      const pages = [];
      for (let page = first; page * HEAD_BYTES < end; page++) pages.push({ page, into: new Uint8Array(HEAD_BYTES) });
      await store.read(pages);
      const bytes = Buffer.concat(pages.map(({ into }) => into));
      return bytes.subarray(position - first * HEAD_BYTES, Math.max(end, position) - first * HEAD_BYTES);
    });
  } finally {
    await store.close();
  }
}
