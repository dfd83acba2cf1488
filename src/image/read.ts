// Opens an image for reading with its chain of parents, and one table of where each page is.
import path from 'node:path';
import { PagerError } from '../errors.js';
import { isUrl } from '../store/local-path.js';
import { withSecretsOf } from '../store/secrets.js';
import { ChainAhead } from './chain-ahead.js';
import { hashInParts, hashOf } from './hash.js';
import { type ImageHeader, type ImageMeta, imageError, placesOf, readHeader, readMeta } from './layout.js';
import { type ImageReader, openReader } from './media.js';
import { PageIndex } from './page-index.js';

/** Most images of a chain. */
const MAX_CHAIN = 10_000;
/** Most bytes of an index: what a Buffer can hold. */
const MAX_INDEX_BYTES = 2 ** 32;
/** Bytes of an index that are hashed before faults are served again. */
const READ_PART = 2 ** 20;
/** Maps of indexes that are read at the same time. */
const MAPS_AHEAD = 8;

/** An image of a chain of which only the header has been read. */
export interface Ancestor {
  reader: ImageReader;
  header: ImageHeader;
}

export interface Link extends Ancestor {
  /** Pages that it has itself, also those that later images replaced. */
  ownPages: number;
}

export class ImageChain {
  readonly pageSize: number;
  readonly pages: number;
  readonly header: ImageHeader;
  readonly meta: ImageMeta;
  /** The newest image's digest of each page; 0n: zeros. */
  readonly digests: BigUint64Array;
  /** The newest first. */
  readonly links: readonly Link[];
  readonly #index: PageIndex;

  private constructor(links: readonly Link[], newest: WholeIndex, index: PageIndex) {
    this.header = newestOf(links).header;
    this.pageSize = this.header.pageSize;
    this.pages = this.header.pages;
    this.links = links;
    this.meta = newest.meta;
    this.digests = newest.digests;
    this.#index = index;
  }

  /** @throws PagerError 'PROTOCOL' if an image of the chain is torn, damaged or not the parent; 'OPTION', 'STORE_READ' */
  static open(where: string): Promise<ImageChain> {
    return ImageChain.#open(where, MAX_CHAIN);
  }

  /** Only the newest image: its own pages can be read. */
  static openAlone(where: string): Promise<ImageChain> {
    return ImageChain.#open(where, 1);
  }

  // The next image is opened while maps of the ones before it are being read: each names only its parent.
  static async #open(where: string, most: number): Promise<ImageChain> {
    const reading: Array<() => Promise<void>> = [];
    let newest: WholeIndex | undefined;
    let index: PageIndex | undefined;
    let images = 0;
    const links = await openLinks<Link>(where, most, true, async (reader) => {
      const header = await readLinkHeader(reader);
      const link = { reader, header, ownPages: 0 };
      const image = images++;
      if (newest === undefined) {
        newest = await readIndex(reader, header);
        index = new PageIndex(header.pages);
        link.ownPages = index.add(image, header, newest.map, reader.name);
        return link;
      }
      const read = readMap(reader, header);
      // It is awaited in its turn.
      read.catch(() => {});
      reading.push(async () => {
        link.ownPages = index?.add(image, header, await read, reader.name) ?? 0;
      });
      if (reading.length > MAPS_AHEAD) await reading.shift()?.();
      return link;
    });
    try {
      for (const add of reading) await add();
      if (newest === undefined || index === undefined) throw new PagerError('INTERNAL', 'a chain has an image');
      return new ImageChain(links, newest, index);
    } catch (error) {
      await closeAll(links);
      throw error;
    }
  }

  /** The image that has the page; undefined if it is zeros. */
  holderOf(page: number): Link | undefined {
    return this.digests[page] === 0n ? undefined : this.links[this.#index.holderOf(page)];
  }

  /** The page's first byte in the image that has it. */
  positionOf(page: number): number {
    return this.#index.blockOf(page) * this.pageSize;
  }

  /** The end of the run of pages from `first` on, which has a holder, that one read gets; up to `most` pages. */
  runEnd(first: number, most: number): number {
    const limit = Math.min(this.pages, first + most);
    let end = first + 1;
    while (end < limit && this.#index.isJoined(end - 1) && this.digests[end] !== 0n) end++;
    return end;
  }

  close(): Promise<void> {
    return closeAll(this.links);
  }
}

function newestOf<T>(links: readonly T[]): T {
  const [newest] = links;
  if (newest === undefined) throw new PagerError('INTERNAL', 'a chain has an image');
  return newest;
}

/** Identifies an image, and each of its pages. */
export interface KnownImage {
  id: string;
  indexHash: Buffer;
  digests: BigUint64Array;
}

/** What a new image needs of its parents. */
export interface Parent {
  header: ImageHeader;
  digests: BigUint64Array;
  /** The newest first. */
  chain: readonly Ancestor[];
  close(): Promise<void>;
}

/**
 * The newest image has the digests of all pages, so only the headers of earlier images are read; if the newest is known
 * already, only its header, too.
 * @throws PagerError as `ImageChain.open`
 */
export async function openParent(where: string, known: KnownImage | undefined): Promise<Parent> {
  let digests: BigUint64Array | undefined;
  const chain = await openLinks<Ancestor>(where, MAX_CHAIN, false, async (reader) => {
    const header = await readLinkHeader(reader);
    if (digests !== undefined) return { reader, header };
    const same = known !== undefined && header.id === known.id && header.indexHash.equals(known.indexHash);
    digests = same ? known.digests : (await readIndex(reader, header)).digests;
    return { reader, header };
  });
  if (digests === undefined) throw new PagerError('INTERNAL', 'a chain has an image');
  return { header: newestOf(chain).header, digests, chain, close: () => closeAll(chain) };
}

/**
 * @param most images that are opened; with more than one, a longer chain is an error
 * @param maps whether the maps of their indexes are read as well
 */
async function openLinks<T extends Ancestor>(
  where: string,
  most: number,
  maps: boolean,
  openOne: (reader: ImageReader) => Promise<T>,
): Promise<T[]> {
  const links: T[] = [];
  const places = new Set<string>();
  const ahead = new ChainAhead(most, maps);
  try {
    for (let next: readonly string[] = [where], child: T | undefined; next.length > 0; ) {
      const reader = await openFirst(next, child, ahead);
      const link = await openNew(reader, places, () => openOne(reader));
      links.push(link);
      if (child !== undefined) checkParent(child, link);
      if (most === 1) return links;
      child = link;
      next = link.header.parent;
      if (links.length > most) throw imageError(where, `more than ${most} images go before it`, 'merge them');
    }
    return links;
  } catch (error) {
    await closeAll(links);
    throw error;
  } finally {
    await ahead.close();
  }
}

/** @throws PagerError 'PROTOCOL' if the chain has visited this image before: a cycle */
async function openNew<T>(reader: ImageReader, places: Set<string>, open: () => Promise<T>): Promise<T> {
  try {
    if (places.has(reader.place)) throw imageError(reader.name, 'it is its own ancestor', 'take the chain from a copy');
    places.add(reader.place);
    return await open();
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function closeAll(links: readonly Ancestor[]): Promise<void> {
  await Promise.all(links.map(({ reader }) => reader.close()));
}

// Look for a parent beside its child first, so that both can be moved together, then at its old place.
async function openFirst(
  places: readonly string[],
  child: Ancestor | undefined,
  ahead: ChainAhead,
): Promise<ImageReader> {
  const folder = child?.reader.folder ?? null;
  let absent: unknown;
  for (const where of places) {
    const relative = child !== undefined && !isUrl(where) && !path.isAbsolute(where);
    // Beside a URL there is no path of this machine's.
    if (relative && folder === null) continue;
    try {
      if (relative && folder !== null) return await openReader(path.join(folder, where), ahead);
      return await openReader(child === undefined ? where : withSecretsOf(where, child.reader.where), ahead);
    } catch (error) {
      if (!(error instanceof PagerError && error.errno === 'ENOENT')) throw error;
      absent ??= error;
    }
  }
  const beyond = `its parent ${places.join(' or ')} cannot be found`;
  throw absent ?? imageError(child?.reader.name ?? '', beyond, 'merge the chain where its images are');
}

async function readLinkHeader(reader: ImageReader): Promise<ImageHeader> {
  const header = readHeader(await reader.readHead(), reader.name);
  // Allocate only what the file can hold: a damaged header may give any length.
  if (reader.byteLength !== null && reader.byteLength < placesOf(header).index + indexBlocks(header)) {
    throw imageError(reader.name, 'it ends before its index does', 'take it from a copy');
  }
  return header;
}

// Bytes of the index in whole blocks.
function indexBlocks(header: ImageHeader): number {
  return inBlocks(header, placesOf(header).metaAt + header.metaBytes);
}

function inBlocks({ pageSize }: ImageHeader, bytes: number): number {
  return Math.ceil(bytes / pageSize) * pageSize;
}

interface WholeIndex {
  map: Buffer;
  digests: BigUint64Array;
  meta: ImageMeta;
}

async function readIndex(reader: ImageReader, header: ImageHeader): Promise<WholeIndex> {
  const { index, digestsAt, metaAt } = placesOf(header);
  const byteLength = indexBlocks(header);
  if (byteLength > MAX_INDEX_BYTES) throw imageError(reader.name, 'its index is bigger than 4 GiB');
  const blocks = Buffer.alloc(byteLength);
  await reader.read(index, blocks);
  const bytes = blocks.subarray(0, metaAt + header.metaBytes);
  const map = bytes.subarray(0, digestsAt);
  if (header.map !== null) await checkHash(reader, map, header.map.hash);
  await checkHash(reader, header.map === null ? bytes : bytes.subarray(digestsAt), header.indexHash);
  const digests = new BigUint64Array(header.pages);
  new Uint8Array(digests.buffer).set(bytes.subarray(digestsAt, metaAt));
  return { map, digests, meta: readMeta(bytes.subarray(metaAt), reader.name) };
}

// The map alone, where it has a hash of its own.
async function readMap(reader: ImageReader, header: ImageHeader): Promise<Buffer> {
  if (header.map === null) return (await readIndex(reader, header)).map;
  const { index, digestsAt } = placesOf(header);
  let map = reader.takeMap();
  if (map?.length !== digestsAt) {
    const blocks = Buffer.alloc(inBlocks(header, digestsAt));
    await reader.read(index, blocks);
    map = blocks.subarray(0, digestsAt);
  }
  await checkHash(reader, map, header.map.hash);
  return map;
}

async function checkHash(reader: ImageReader, bytes: Buffer, hash: Buffer): Promise<void> {
  const own = bytes.length <= READ_PART ? hashOf([bytes]) : await hashInParts([bytes], READ_PART);
  if (!own.equals(hash)) throw imageError(reader.name, 'its index is damaged', 'take it from a copy');
}

function checkParent(child: Ancestor, parent: Ancestor): void {
  const { header } = child;
  if (parent.header.id !== header.parentId) {
    throw imageError(child.reader.name, `${parent.reader.name} is not its parent image`, 'put that one back');
  }
  if (parent.header.pageSize !== header.pageSize || parent.header.pages !== header.pages) {
    throw imageError(child.reader.name, `${parent.reader.name} is of another size`);
  }
}
