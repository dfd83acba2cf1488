// An image as a reader sees it: itself, its parent, its parent's parent … with the index of each in memory.
import path from 'node:path';
import { PagerError } from '../errors.js';
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
import { type ImageReader, isUrl, openReader } from './media.js';

/** Images that may follow each other. */
const CHAIN_MOST = 1000;
/** Bytes of an index: what a Buffer can have. */
const INDEX_MOST = 2 ** 32;

export interface Link {
  reader: ImageReader;
  header: ImageHeader;
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
    const links: Link[] = [];
    let digests: BigUint64Array | undefined;
    try {
      for (let next: readonly string[] = [where], child: Link | undefined; next.length > 0; ) {
        const reader = await openFirst(next, child);
        const opened = await openLink(reader).catch(async (error: unknown) => {
          await reader.close();
          throw error;
        });
        links.push(opened.link);
        if (child !== undefined) checkParent(child, opened.link);
        digests ??= opened.digests;
        child = opened.link;
        next = child.header.parent;
        if (links.length > CHAIN_MOST)
          throw imageError(where, `more than ${CHAIN_MOST} images go before it`, 'merge them');
      }
      return new ImageChain(links, digests ?? new BigUint64Array());
    } catch (error) {
      await Promise.all(links.map(({ reader }) => reader.close()));
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

  async close(): Promise<void> {
    await Promise.all(this.links.map(({ reader }) => reader.close()));
  }
}

// A parent is looked for beside its child, wherever both are now, and then where it was.
async function openFirst(places: readonly string[], child: Link | undefined): Promise<ImageReader> {
  const folder = child?.reader.folder ?? null;
  let absent: unknown;
  for (const where of places) {
    const relative = child !== undefined && !isUrl(where) && !path.isAbsolute(where);
    // Beside a URL there is no path of this machine's.
    if (relative && folder === null) continue;
    try {
      return await openReader(relative && folder !== null ? path.join(folder, where) : where);
    } catch (error) {
      if (!(error instanceof PagerError && error.errno === 'ENOENT')) throw error;
      absent ??= error;
    }
  }
  const beyond = `its parent ${places.join(' or ')} cannot be had from here`;
  throw absent ?? imageError(child?.reader.name ?? '', beyond, 'merge the chain where its images are');
}

async function openLink(reader: ImageReader): Promise<{ link: Link; digests: BigUint64Array }> {
  const header = readHeader(await reader.readHead(), reader.name);
  const { index, bitmapBytes, zerosAt, digestsAt, metaAt } = placesOf(header);
  const { pageSize, pages, metaBytes } = header;
  const byteLength = Math.ceil((metaAt + metaBytes) / pageSize) * pageSize;
  // Nothing is reserved on a header's word alone.
  if (reader.byteLength !== null && reader.byteLength < index + byteLength) {
    throw imageError(reader.name, 'it ends before its index does', 'take it from a copy');
  }
  if (byteLength > INDEX_MOST) throw imageError(reader.name, 'its index is bigger than 4 GiB');
  const bytes = Buffer.alloc(byteLength);
  await reader.read(index, bytes);
  const all = bytes.subarray(0, metaAt + metaBytes);
  if (!hashOf([all]).equals(header.indexHash))
    throw imageError(reader.name, 'its index is damaged', 'take it from a copy');
  const digests = new BigUint64Array(pages);
  new Uint8Array(digests.buffer).set(bytes.subarray(digestsAt, digestsAt + 8 * pages));
  const link = {
    reader,
    header,
    present: bytes.subarray(0, bitmapBytes),
    zeros: bytes.subarray(zerosAt, zerosAt + bitmapBytes),
    meta: readMeta(all.subarray(metaAt), reader.name),
  };
  return { link, digests };
}

function checkParent(child: Link, parent: Link): void {
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
