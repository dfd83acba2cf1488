// Tools for existing images: describe one, verify it, merge a chain into one.
import { open, stat } from 'node:fs/promises';
import { PagerError } from '../errors.js';
import { isUrl, pathOf } from '../store/local-path.js';
import { isPermanent, settleAll } from '../store/store-error.js';
import { type ImageMeta, imageError } from './layout.js';
import { placeOf } from './media.js';
import { refuseOver } from './own.js';
import { ImageChain } from './read.js';
import { isStream, readStreamImage } from './read-stream.js';
import type { ImageReport, ImageShape, ImageTarget } from './report.js';
import { readChecked } from './store.js';
import { STREAM_VERSION } from './stream.js';
import { openTarget } from './target.js';

export interface ImageInfo {
  kind: 'image' | 'stream';
  id: string;
  /** Bytes. */
  byteLength: number;
  pageSize: number;
  pages: number;
  /** Pages that are not zeros, in any image of the chain. */
  contentPages: number;
  meta: ImageMeta;
  /** Images of the chain. */
  links: number;
  /** Runs of adjacent pages that one read gets. */
  segments: number;
  /** The newest first; of each, the version of its layout, and the pages that it has itself. A stream is one. */
  chain: Array<{ name: string; id: string; version: number; pages: number }>;
}

export interface VerifyReport {
  id: string;
  /** Pages that were read and compared with their digests, in all images of the chain. */
  checkedPages: number;
  damaged: Array<{ name: string; page: number }>;
}

/** Called from time to time. */
export type Advance = (done: number, total: number) => void;

/** Bytes that are read at a time, and how many such pieces are being written at once. */
const PIECE_BYTES = 2 ** 20;
const MAX_PIECES = 4;

/** @throws PagerError 'PROTOCOL' if it is torn, damaged, or lacks a parent; 'STORE_READ' */
export async function imageInfo(where: string): Promise<ImageInfo> {
  if (await isStreamFile(where)) {
    const nothing = async () => {};
    const { id, pageSize, pages, presentPages, meta } = await readStreamImage(pathOf(where), nothing, nothing);
    const chain = [{ name: where, id, version: STREAM_VERSION, pages: presentPages }];
    return {
      kind: 'stream',
      id,
      byteLength: pages * pageSize,
      pageSize,
      pages,
      contentPages: presentPages,
      meta,
      links: 1,
      segments: 1,
      chain,
    };
  }
  const image = await ImageChain.open(where);
  try {
    const { pages, pageSize, header, meta, digests } = image;
    const contentPages = digests.reduce((sum, digest) => (digest === 0n ? sum : sum + 1), 0);
    const chain = image.links.map((link) => ({
      name: link.reader.name,
      id: link.header.id,
      version: link.header.map === null ? 1 : 2,
      pages: link.ownPages,
    }));
    let segments = 0;
    for (const _run of runsOf(image, pages)) segments++;
    const { id } = header;
    const links = chain.length;
    const byteLength = pages * pageSize;
    return { kind: 'image', id, byteLength, pageSize, pages, contentPages, meta, links, segments, chain };
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
    const { links, header } = newest;
    const total = links.reduce((sum, { ownPages }) => sum + ownPages, 0);
    const damaged: VerifyReport['damaged'] = [];
    let checkedPages = 0;
    // Check each image by its own digests: pages that a later image replaced matter to readers of the earlier one.
    for (const { reader } of links) {
      const own = await ImageChain.openAlone(reader.where);
      try {
        for (const { first, count } of runsOf(own, piecePages(own))) {
          const pages = await damagedOf(own, first, count);
          damaged.push(...pages.map((page) => ({ name: reader.name, page })));
          checkedPages += count;
          advance(checkedPages, total);
        }
      } finally {
        await own.close();
      }
    }
    return { id: header.id, checkedPages, damaged };
  } finally {
    await newest.close();
  }
}

export interface MergeOptions {
  /** Default 'image'. */
  format?: 'image' | 'mapped-ram';
  /** Leaves all images of the chain as they are, and gives the output the newest image's id: it may stand in for that image. */
  keep?: boolean;
}

/**
 * Merges a chain, or a stream, into one whole image. `output` may be the newest image itself, unless that is kept: it is
 * replaced at the end.
 * @throws PagerError as `imageInfo`; 'STORE_READ' if a page is damaged: no image is written then
 */
export async function mergeImage(
  where: string,
  output: string,
  { format = 'image', keep = false }: MergeOptions = {},
  advance: Advance = () => {},
): Promise<ImageReport> {
  if (keep && format !== 'image') {
    throw new PagerError('OPTION', `--keep: ${format} has no id to keep`, { hint: 'leave it out' });
  }
  const spec = isUrl(output)
    ? ({ kind: 'store', url: output } as const)
    : ({ kind: 'file', path: pathOf(output), format } as const);
  const open = ({ id, ...shape }: ImageShape & { id: string }) => openTarget(spec, keep ? { ...shape, id } : shape);
  if (await isStreamFile(where)) {
    if (keep) await refuseSame(where, output);
    return mergeStream(pathOf(where), open, advance);
  }
  const image = await ImageChain.open(where);
  const { pages, pageSize, meta, links } = image;
  let target: ImageTarget | undefined;
  try {
    // A file is replaced only when all of it has been read; a store is overwritten from the first page on.
    await refuseOver(spec.kind === 'file' && !keep ? links.slice(1) : links, spec);
    target = await open({ pages, pageSize, parent: null, meta, id: image.header.id });
    await copyPages(image, where, target, advance);
    return await target.finish({ whole: true });
  } catch (error) {
    await target?.abort();
    throw error;
  } finally {
    await image.close();
  }
}

async function refuseSame(where: string, output: string): Promise<void> {
  const place = await placeOf(output);
  if (place === null || place !== (await placeOf(where))) return;
  throw new PagerError('OPTION', `${where} is one of the images that the new one needs`, {
    hint: 'write the new one to another place',
  });
}

async function copyPages(image: ImageChain, where: string, target: ImageTarget, advance: Advance): Promise<void> {
  const { pages, pageSize } = image;
  const lost = image.digests.findIndex((digest, page) => digest !== 0n && image.holderOf(page) === undefined);
  if (lost >= 0) throw imageError(where, `page ${lost} is in no image of its chain`);
  const writing = new Set<Promise<void>>();
  try {
    for (const { first, count } of runsOf(image, piecePages(image))) {
      const bytes = new Uint8Array(count * pageSize);
      await readChecked(image, first, bytes);
      const written = target.take({ first, count, bytes });
      const one = written.then(() => void writing.delete(one));
      writing.add(one);
      // It is awaited later, and may fail while the next pages are read.
      one.catch(() => {});
      if (writing.size >= MAX_PIECES) await Promise.race(writing);
      advance(first + count, pages);
    }
  } finally {
    await settleAll([...writing]);
  }
}

function piecePages({ pageSize }: ImageChain): number {
  return Math.max(1, PIECE_BYTES / pageSize);
}

/** Adjacent pages that one read gets, up to `limit`. */
function* runsOf(image: ImageChain, limit: number): Generator<{ first: number; count: number }> {
  for (let page = 0; page < image.pages; ) {
    const first = page++;
    if (image.holderOf(first) === undefined) continue;
    page = image.runEnd(first, limit);
    yield { first, count: page - first };
  }
}

// If a piece is damaged or cannot be read, check each of its pages alone.
async function damagedOf(image: ImageChain, first: number, count: number): Promise<number[]> {
  try {
    await readChecked(image, first, new Uint8Array(count * image.pageSize));
    return [];
  } catch (error) {
    if (!isPermanent(error)) throw error;
    if (count === 1) return [first];
  }
  const damaged: number[] = [];
  for (let page = first; page < first + count; page++) damaged.push(...(await damagedOf(image, page, 1)));
  return damaged;
}

async function mergeStream(
  file: string,
  begin: (shape: ImageShape & { id: string }) => Promise<ImageTarget>,
  advance: Advance,
): Promise<ImageReport> {
  let target: ImageTarget | undefined;
  let total = 0;
  try {
    const { meta } = await readStreamImage(
      file,
      async ({ pages, pageSize, id }) => {
        total = pages;
        target = await begin({ pages, pageSize, parent: null, id });
      },
      async (batch) => {
        await target?.take(batch);
        advance(batch.first, total);
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
  const file = pathOf(where);
  const status = await stat(file).catch(() => undefined);
  // The open of a FIFO would wait for a writer.
  if (!status?.isFile()) return false;
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return false; // the next open reports it
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return bytesRead === 16 && isStream(buffer);
  } finally {
    await handle.close();
  }
}
