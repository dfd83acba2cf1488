// An image as a reader sees it: itself, its parent, its parent's parent … with the index of each in memory.
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

/** Images that may follow each other. */
const MAX_CHAIN = 10_000;
/** Bytes of an index: what a Buffer can have. */
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
  /** Of the newest image: what each page's bytes are; 0n: zeros. */
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

  /** @throws PagerError 'PROTOCOL' where an image of the chain is torn, damaged or another; 'OPTION', 'STORE_READ' */
  static async open(where: string): Promise<ImageChain> {
    let digests: BigUint64Array = new BigUint64Array();
    const links = await openLinks(where, async (reader, newest) => {
      const { link, digests: own } = await openLink(reader);
      if (newest) digests = own;
      return link;
    });
    return new ImageChain(links, digests);
  }

  /** The newest image alone: what it has itself can be read, and is told from what its parents have by `links[0].present`. */
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

  /** The image that has the page; undefined where it is zeros. */
  holderOf(page: number): Link | undefined {
    if (this.digests[page] === 0n) return undefined;
    return this.links.find(({ present }) => hasBit(present, page));
  }

  close(): Promise<void> {
    return closeAll(this.links);
  }
}

/** What tells an image from all others, and each of its pages. */
export interface KnownImage {
  id: string;
  indexHash: Buffer;
  digests: BigUint64Array;
}

/** What a new image must know of its parents. */
export interface Parent {
  header: ImageHeader;
  digests: BigUint64Array;
  /** The newest first. */
  chain: readonly Ancestor[];
  close(): Promise<void>;
}

/**
 * The newest says what all pages are: of the images before it only the headers are read, and of itself no more where it
 * is the one that is known already.
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

/** @throws PagerError 'PROTOCOL' where the chain has come to this image before: it would have no beginning */
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

// A parent is looked for beside its child, wherever both are now, and then where it was.
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
  // Nothing is reserved on a header's word alone.
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
    throw imageError(
      child.reader.name,
      `${parent.reader.name} is not the image that it goes on from`,
      'put that one back',
    );
  }
  if (parent.header.pageSize !== header.pageSize || parent.header.pages !== header.pages) {
    throw imageError(child.reader.name, `${parent.reader.name} is of another size`);
  }
}
