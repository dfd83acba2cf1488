// Opens an image for reading with its chain of parents, and the index of each in memory.
import path from 'node:path';
import { PagerError } from '../errors.js';
import { isUrl } from '../store/local-path.js';
import { withSecretsOf } from '../store/secrets.js';
import {
  hasBit,
  hashOf,
  type ImageHeader,
  type ImageMeta,
  imageError,
  placesOf,
  readHeader,
  readMeta,
} from './layout.js';
import { type ImageReader, openReader } from './media.js';

/** Most images of a chain. */
const MAX_CHAIN = 10_000;
/** Most bytes of an index: what a Buffer can hold. */
const MAX_INDEX_BYTES = 2 ** 32;

/** An image of a chain of which only the header has been read. */
export interface Ancestor {
  reader: ImageReader;
  header: ImageHeader;
}

export interface Link extends Ancestor {
  present: Uint8Array;
  zeros: Uint8Array;
  meta: ImageMeta;
}

export class ImageChain {
  readonly pageSize: number;
  readonly pages: number;
  /** The newest image's digest of each page; 0n: zeros. */
  readonly digests: BigUint64Array;
  /** The newest first. */
  readonly links: readonly Link[];

  private constructor(links: readonly Link[], digests: BigUint64Array) {
    const [newest] = links;
    if (newest === undefined) throw new PagerError('INTERNAL', 'a chain has an image');
    this.pageSize = newest.header.pageSize;
    this.pages = newest.header.pages;
    this.links = links;
    this.digests = digests;
  }

  /** @throws PagerError 'PROTOCOL' if an image of the chain is torn, damaged or not the parent; 'OPTION', 'STORE_READ' */
  static async open(where: string): Promise<ImageChain> {
    let digests: BigUint64Array = new BigUint64Array();
    const links = await openLinks(where, async (reader, newest) => {
      const { link, digests: own } = await openLink(reader);
      if (newest) digests = own;
      return link;
    });
    return new ImageChain(links, digests);
  }

  /** Only the newest image: its own pages can be read; `links[0].present` says which these are. */
  static async openAlone(where: string): Promise<ImageChain> {
    const reader = await openReader(where);
    try {
      const { link, digests } = await openLink(reader);
      return new ImageChain([link], digests);
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  get header(): ImageHeader {
    return this.#newest.header;
  }

  get meta(): ImageMeta {
    return this.#newest.meta;
  }

  get #newest(): Link {
    const [newest] = this.links;
    if (newest === undefined) throw new PagerError('INTERNAL', 'a chain has an image');
    return newest;
  }

  /** The image that has the page; undefined if it is zeros. */
  holderOf(page: number): Link | undefined {
    if (this.digests[page] === 0n) return undefined;
    return this.links.find(({ present }) => hasBit(present, page));
  }

  close(): Promise<void> {
    return closeAll(this.links);
  }
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
  let digests: BigUint64Array = new BigUint64Array();
  const chain = await openLinks<Ancestor>(where, async (reader, newest) => {
    const header = await readLinkHeader(reader);
    if (!newest) return { reader, header };
    const same = known !== undefined && header.id === known.id && header.indexHash.equals(known.indexHash);
    digests = same ? known.digests : (await readIndex(reader, header)).digests;
    return { reader, header };
  });
  const [newest] = chain;
  if (newest === undefined) throw new PagerError('INTERNAL', 'a chain has an image');
  return { header: newest.header, digests, chain, close: () => closeAll(chain) };
}

async function openLinks<T extends Ancestor>(
  where: string,
  openOne: (reader: ImageReader, newest: boolean) => Promise<T>,
): Promise<T[]> {
  const links: T[] = [];
  const places = new Set<string>();
  try {
    for (let next: readonly string[] = [where], child: T | undefined; next.length > 0; ) {
      const reader = await openFirst(next, child);
      const link = await openNew(reader, places, () => openOne(reader, child === undefined));
      links.push(link);
      if (child !== undefined) checkParent(child, link);
      child = link;
      next = link.header.parent;
      if (links.length > MAX_CHAIN) throw imageError(where, `more than ${MAX_CHAIN} images go before it`, 'merge them');
    }
    return links;
  } catch (error) {
    await closeAll(links);
    throw error;
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
async function openFirst(places: readonly string[], child: Ancestor | undefined): Promise<ImageReader> {
  const folder = child?.reader.folder ?? null;
  let absent: unknown;
  for (const where of places) {
    const relative = child !== undefined && !isUrl(where) && !path.isAbsolute(where);
    // Beside a URL there is no path of this machine's.
    if (relative && folder === null) continue;
    try {
      if (relative && folder !== null) return await openReader(path.join(folder, where));
      return await openReader(child === undefined ? where : withSecretsOf(where, child.reader.where));
    } catch (error) {
      if (!(error instanceof PagerError && error.errno === 'ENOENT')) throw error;
      absent ??= error;
    }
  }
  const beyond = `its parent ${places.join(' or ')} cannot be found`;
  throw absent ?? imageError(child?.reader.name ?? '', beyond, 'merge the chain where its images are');
}

async function openLink(reader: ImageReader): Promise<{ link: Link; digests: BigUint64Array }> {
  const header = await readLinkHeader(reader);
  const { bytes, digests } = await readIndex(reader, header);
  const { bitmapBytes, zerosAt, metaAt } = placesOf(header);
  const link = {
    reader,
    header,
    // Copies: the whole index of each of a long chain would stay.
    present: Uint8Array.from(bytes.subarray(0, bitmapBytes)),
    zeros: Uint8Array.from(bytes.subarray(zerosAt, zerosAt + bitmapBytes)),
    meta: readMeta(bytes.subarray(metaAt), reader.name),
  };
  return { link, digests };
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
  return Math.ceil((placesOf(header).metaAt + header.metaBytes) / header.pageSize) * header.pageSize;
}

async function readIndex(
  reader: ImageReader,
  header: ImageHeader,
): Promise<{ bytes: Buffer; digests: BigUint64Array }> {
  const { index, digestsAt, metaAt } = placesOf(header);
  const byteLength = indexBlocks(header);
  if (byteLength > MAX_INDEX_BYTES) throw imageError(reader.name, 'its index is bigger than 4 GiB');
  const blocks = Buffer.alloc(byteLength);
  await reader.read(index, blocks);
  const bytes = blocks.subarray(0, metaAt + header.metaBytes);
  if (!hashOf([bytes]).equals(header.indexHash))
    throw imageError(reader.name, 'its index is damaged', 'take it from a copy');
  const digests = new BigUint64Array(header.pages);
  new Uint8Array(digests.buffer).set(bytes.subarray(digestsAt, digestsAt + 8 * header.pages));
  return { bytes, digests };
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
