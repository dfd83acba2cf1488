// What can be done with images that lie there: tell of them, check them, make one of a chain.
import { open } from 'node:fs/promises';
import { PagerError } from '../errors.js';
import { hasBit, type ImageMeta, imageError } from './layout.js';
import { isUrl, pathOf } from './media.js';
import { ImageChain } from './read.js';
import { isStream, readStreamImage } from './read-stream.js';
import { readChecked } from './store.js';
import { type ImageReport, type ImageTarget, openTarget } from './target.js';

export interface ImageInfo {
  kind: 'image' | 'stream';
  id: string;
  /** Bytes. */
  byteLength: number;
  pageSize: number;
  pages: number;
  /** Pages that are not zeros, whichever image has them. */
  contentPages: number;
  meta: ImageMeta;
  /** The newest first; of each, the pages that it has itself. A stream is one. */
  chain: Array<{ name: string; id: string; pages: number }>;
}

export interface VerifyReport {
  id: string;
  /** Pages that were read and compared with their digests, in all images of the chain. */
  checkedPages: number;
  damaged: Array<{ name: string; page: number }>;
}

/** Told now and then. */
export type Advance = (done: number, most: number) => void;

/** Pages between two words about how far it is. */
const STRIDE = 256;

/** @throws PagerError 'PROTOCOL' where it is torn, damaged, or lacks a parent; 'STORE_READ' */
export async function imageInfo(where: string): Promise<ImageInfo> {
  if (await isStreamFile(where)) {
    const nothing = async () => {};
    const { id, pageSize, pages, presentPages, meta } = await readStreamImage(pathOf(where), nothing, nothing);
    const chain = [{ name: where, id, pages: presentPages }];
    return {
      kind: 'stream',
      id,
      byteLength: pages * pageSize,
      pageSize,
      pages,
      contentPages: presentPages,
      meta,
      chain,
    };
  }
  const image = await ImageChain.open(where);
  try {
    const { pages, pageSize, header, meta, digests, links } = image;
    const contentPages = digests.reduce((sum, digest) => (digest === 0n ? sum : sum + 1), 0);
    const chain = links.map((link) => ({
      name: link.reader.name,
      id: link.header.id,
      pages: countBits(link.present, pages),
    }));
    return { kind: 'image', id: header.id, byteLength: pages * pageSize, pageSize, pages, contentPages, meta, chain };
  } finally {
    await image.close();
  }
}

/**
 * Reads every page of every image of a chain. A stream is whole or throws.
 * @throws PagerError as `imageInfo`
 */
export async function verifyImage(where: string, advance: Advance = () => {}): Promise<VerifyReport> {
  if (await isStreamFile(where)) {
    const { id, chain } = await imageInfo(where);
    return { id, checkedPages: chain[0]?.pages ?? 0, damaged: [] };
  }
  const newest = await ImageChain.open(where);
  try {
    const { links, header, pages } = newest;
    const most = links.reduce((sum, { present }) => sum + countBits(present, pages), 0);
    const damaged: VerifyReport['damaged'] = [];
    let checkedPages = 0;
    // Each image says itself what its pages are; what a later one replaced must be sound for whoever goes back to it.
    for (const { reader } of links) {
      const own = reader === links[0]?.reader ? newest : await ImageChain.open(reader.name);
      try {
        const link = own.links[0];
        if (link === undefined) continue;
        const bytes = new Uint8Array(own.pageSize);
        for (let page = 0; page < pages; page++) {
          if (!hasBit(link.present, page)) continue;
          await readChecked(own, link, page, bytes).catch((error: unknown) => {
            if (!(error instanceof PagerError)) throw error;
            damaged.push({ name: reader.name, page });
          });
          if (++checkedPages % STRIDE === 0) advance(checkedPages, most);
        }
      } finally {
        if (own !== newest) await own.close();
      }
    }
    return { id: header.id, checkedPages, damaged };
  } finally {
    await newest.close();
  }
}

/**
 * Makes one whole image of a chain, or of a stream. `output` may be the newest image itself: it is replaced at the end.
 * @throws PagerError as `imageInfo`; 'STORE_READ' where a page is damaged: there is no image then
 */
export async function mergeImage(
  where: string,
  output: string,
  format: 'image' | 'mapped-ram',
  advance: Advance = () => {},
): Promise<ImageReport> {
  const spec = isUrl(output)
    ? ({ kind: 'store', url: output } as const)
    : ({ kind: 'file', path: pathOf(output), format } as const);
  if (await isStreamFile(where)) return mergeStream(pathOf(where), (shape) => openTarget(spec, shape), advance);
  const image = await ImageChain.open(where);
  const { pages, pageSize, meta } = image;
  let target: ImageTarget | undefined;
  try {
    target = await openTarget(spec, { pages, pageSize, parent: null, meta });
    for (let page = 0; page < pages; page++) {
      const link = image.holderOf(page);
      if (link === undefined) {
        if (image.digests[page] === 0n) continue;
        throw imageError(where, `page ${page} is in no image of its chain`);
      }
      const bytes = new Uint8Array(pageSize);
      await readChecked(image, link, page, bytes);
      await target.take({ first: page, count: 1, bytes });
      if (page % STRIDE === 0) advance(page, pages);
    }
    return await target.finish({ whole: true });
  } catch (error) {
    await target?.abort();
    throw error;
  } finally {
    await image.close();
  }
}

async function mergeStream(
  file: string,
  begin: (shape: { pages: number; pageSize: number; parent: null }) => Promise<ImageTarget>,
  advance: Advance,
): Promise<ImageReport> {
  let target: ImageTarget | undefined;
  let most = 0;
  try {
    const { meta } = await readStreamImage(
      file,
      async ({ pages, pageSize }) => {
        most = pages;
        target = await begin({ pages, pageSize, parent: null });
      },
      async (batch) => {
        await target?.take(batch);
        advance(batch.first, most);
      },
    );
    if (target === undefined) throw imageError(file, 'it is torn: its end is missing');
    return await target.finish({ whole: true, ...meta });
  } catch (error) {
    await target?.abort();
    throw error;
  }
}

async function isStreamFile(where: string): Promise<boolean> {
  if (isUrl(where)) return false;
  const handle = await open(pathOf(where), 'r').catch(() => undefined);
  if (handle === undefined) return false; // said by whoever opens it next
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return bytesRead === 16 && isStream(buffer);
  } finally {
    await handle.close();
  }
}

function countBits(bits: Uint8Array, pages: number): number {
  let sum = 0;
  for (let page = 0; page < pages; page++) if (hasBit(bits, page)) sum++;
  return sum;
}
