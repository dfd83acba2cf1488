// The target of a snapshot: a file, the blocks of a store, or a stream. Decides which pages an incremental image needs.
import { randomBytes } from 'node:crypto';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import type { PageBatch, PageRun } from '../pass/pass.js';
import { isUrl, pathOf } from '../store/local-path.js';
import { settleAll } from '../store/store-error.js';
import { fileMedium } from './file-medium.js';
import { hashInParts, yieldToLoop } from './hash.js';
import { bitmapBytesOf, type ImageHeader, MAX_META_BYTES, placesOf, putBit, writeHeader } from './layout.js';
import { mappedRamMedium } from './mapped-ram.js';
import type { ImageMedium } from './medium.js';
import { refuseOver } from './own.js';
import { type KnownImage, openParent, type Parent } from './read.js';
import type { ImageReport, ImageShape, ImageTarget, LastWords } from './report.js';
import { Slots } from './slots.js';
import { storeMedium } from './store-medium.js';
import { type ChunkSink, streamTarget } from './stream.js';

export type { ImageMeta } from './layout.js';
export type { ImageReport, ImageShape, ImageTarget, LastWords } from './report.js';

export type TargetSpec =
  | { kind: 'file'; path: string; format: 'image' | 'mapped-ram' }
  | { kind: 'store'; url: string }
  /** Chunks to the reader of the stream: see stream.ts. */
  | { kind: 'stream' };

/** Of a path or URL. @throws PagerError 'OPTION' */
export function targetOf(target: string, format: 'image' | 'mapped-ram'): TargetSpec {
  if (target === '')
    throw new PagerError('OPTION', 'target: there is no path', { hint: "region.snapshot('monday.img')" });
  return isUrl(target) ? { kind: 'store', url: target } : { kind: 'file', path: pathOf(target), format };
}

/** @throws PagerError 'OPTION', 'PROTOCOL' (the parent is not an image, or of another region), 'STORE_READ', 'STORE_WRITE' */
export async function openTarget(spec: TargetSpec, shape: ImageShape, chunks?: ChunkSink): Promise<ImageTarget> {
  const plain =
    spec.kind === 'stream' ? 'a stream' : spec.kind === 'file' && spec.format === 'mapped-ram' ? spec.format : null;
  if (plain !== null && shape.parent !== null) {
    throw new PagerError('OPTION', `incrementalFrom: ${plain} holds whole images`, {
      hint: 'write it to a file or a store',
    });
  }
  if (spec.kind === 'stream') {
    if (chunks === undefined) throw new PagerError('INTERNAL', 'a stream without a sink');
    return streamTarget(chunks, shape);
  }
  const parent = shape.parent === null ? null : await openParent(shape.parent, shape.known);
  try {
    if (parent !== null) {
      await refuseOver(parent.chain, spec);
      refuseOther(parent.header, shape);
    }
    const medium =
      spec.kind === 'store'
        ? await storeMedium(spec.url, shape)
        : spec.format === 'mapped-ram'
          ? await mappedRamMedium(spec.path, shape)
          : await fileMedium(spec.path, shape);
    return new BlockTarget(medium, shape, parent);
  } finally {
    await parent?.close();
  }
}

function refuseOther({ pageSize, pages }: ImageHeader, shape: ImageShape): void {
  if (pageSize === shape.pageSize && pages === shape.pages) return;
  throw new PagerError(
    'OPTION',
    `incrementalFrom: ${shape.parent} is of another region: ${pages} pages of ${pageSize} bytes`,
    { hint: `this one has ${shape.pages} of ${shape.pageSize}` },
  );
}

type WriteSlots = (slot: number, bytes: Uint8Array) => Promise<void>;

/** Pages compared before faults are served again. */
const PART = 8192;

function wordsOf(digests: BigUint64Array): Uint32Array {
  return new Uint32Array(digests.buffer, digests.byteOffset, 2 * digests.length);
}

function isZero(words: Uint32Array, page: number): boolean {
  return ((words[2 * page] ?? 0) | (words[2 * page + 1] ?? 0)) === 0;
}

class BlockTarget implements ImageTarget {
  readonly id: string;
  readonly parentId: string | null;
  readonly takeRuns: ImageTarget['takeRuns'];
  known: KnownImage | undefined;
  readonly #medium: ImageMedium;
  readonly #shape: ImageShape;
  readonly #digests: BigUint64Array;
  // Digests as two words each: reading one creates no bigint.
  readonly #words: Uint32Array;
  readonly #parentWords: Uint32Array | null;
  readonly #present: Uint8Array;
  readonly #taken: Uint8Array;
  readonly #slots: Slots;
  #bytesWritten = 0;
  #samePages = 0;

  constructor(medium: ImageMedium, shape: ImageShape, parent: Parent | null) {
    this.#medium = medium;
    this.#shape = shape;
    this.id = shape.id ?? randomBytes(16).toString('hex');
    this.parentId = parent?.header.id ?? null;
    this.#digests = new BigUint64Array(shape.pages);
    if (parent !== null) this.#digests.set(parent.digests);
    this.#words = wordsOf(this.#digests);
    this.#parentWords = parent === null ? null : wordsOf(parent.digests);
    this.#slots = new Slots(shape.pages);
    const bitmapBytes = bitmapBytesOf(shape.pages);
    this.#present = new Uint8Array(bitmapBytes);
    this.#taken = new Uint8Array(bitmapBytes);
    const writeSlots = medium.writeSlots?.bind(medium);
    if (writeSlots !== undefined) this.takeRuns = (runs, bytes) => this.#takeRuns(runs, bytes, writeSlots);
  }

  // Not async: a promise would cost more than a page's digest.
  take({ first, count, bytes }: PageBatch): Promise<void> {
    const { pageSize, pages } = this.#shape;
    if (first < 0 || first + count > pages) throw new PagerError('INTERNAL', 'a page outside its image');
    if (bytes === null) this.#digests.fill(0n, first, first + count);
    else native().pageDigests(bytes, pageSize, this.#digests, first);
    const writes: Promise<void>[] = [];
    for (let page = first; page < first + count; ) {
      let end = page;
      while (end < first + count && this.#isNews(end)) putBit(this.#present, end++, true);
      while (page < end && bytes !== null) {
        const start = page;
        page = this.#slots.takeRun(start, end);
        const part = bytes.subarray((start - first) * pageSize, (page - first) * pageSize);
        this.#bytesWritten += part.length;
        writes.push(this.#medium.writePages(start, this.#slots.take(start), part));
      }
      // The page that ended the run stays out.
      if (end < first + count) {
        putBit(this.#present, end, false);
        if (bytes !== null && !isZero(this.#words, end)) this.#samePages++;
        end++;
      }
      page = end;
    }
    for (let page = first; page < first + count; page++) putBit(this.#taken, page, true);
    const [write] = writes;
    if (write !== undefined && writes.length === 1) return write;
    // While one part is being written, the caller may not reuse the bytes.
    return settleAll(writes);
  }

  // One digest call for all pages, and one write for all that come into adjacent slots.
  #takeRuns(runs: readonly PageRun[], bytes: Uint8Array, writeSlots: WriteSlots): Promise<void> {
    const { pageSize, pages } = this.#shape;
    const digests = new BigUint64Array(bytes.length / pageSize);
    native().pageDigests(bytes, pageSize, digests, 0);
    const from = wordsOf(digests);
    const writes: Promise<void>[] = [];
    // Pages of `bytes` that are to be written: the first, its slot, and how many.
    let [start, slot, count] = [0, 0, 0];
    const write = () => {
      if (count === 0) return;
      const part = bytes.subarray(start * pageSize, (start + count) * pageSize);
      this.#bytesWritten += part.length;
      writes.push(writeSlots(slot, part));
      count = 0;
    };
    let at = 0;
    for (const run of runs) {
      if (run.first < 0 || run.first + run.count > pages) throw new PagerError('INTERNAL', 'a page outside its image');
      for (let page = run.first; page < run.first + run.count; page++, at++) {
        this.#words[2 * page] = from[2 * at] ?? 0;
        this.#words[2 * page + 1] = from[2 * at + 1] ?? 0;
        putBit(this.#taken, page, true);
        const isNews = this.#isNews(page);
        putBit(this.#present, page, isNews);
        if (!isNews) {
          if (!isZero(this.#words, page)) this.#samePages++;
          continue;
        }
        const own = this.#slots.take(page);
        if (count === 0 || at !== start + count || own !== slot + count) {
          write();
          [start, slot] = [at, own];
        }
        count++;
      }
    }
    write();
    const [only] = writes;
    return only !== undefined && writes.length === 1 ? only : settleAll(writes);
  }

  // Whether this image must hold the page.
  #isNews(page: number): boolean {
    const words = this.#words;
    const parent = this.#parentWords;
    if (isZero(words, page)) return false;
    return parent === null || words[2 * page] !== parent[2 * page] || words[2 * page + 1] !== parent[2 * page + 1];
  }

  async finish(more: LastWords = {}): Promise<ImageReport> {
    const { whole = false, ...meta } = more;
    const { pages, pageSize, parent } = this.#shape;
    const { id, parentId } = this;
    const places = parent === null ? [] : this.#medium.nameParent(parent);
    let present = 0;
    for (let first = 0; first < pages; first += PART) {
      present += this.#finishPart(first, Math.min(pages, first + PART), whole);
      await yieldToLoop();
    }
    const { parts, pagesListed, slotsListed } = await this.#slots.mapOf(this.#present, present);
    const words = Buffer.from(JSON.stringify({ ...this.#shape.meta, ...meta }));
    if (words.length > MAX_META_BYTES) throw new PagerError('OPTION', 'the image’s description has more than 1 MiB');
    const rest = [new Uint8Array(this.#digests.buffer), words];
    const hash = await hashInParts(parts);
    const map = { slots: this.#slots.count, present, pagesListed, slotsListed, hash };
    // The rest is written to the disk meanwhile: only the header needs the hash.
    const hashed = hashInParts(rest);
    const header = async (): Promise<Buffer> => {
      const indexHash = await hashed;
      this.known = { id: this.id, indexHash, digests: this.#digests };
      return writeHeader({ pageSize, pages, id, parentId, parent: places, metaBytes: words.length, indexHash, map });
    };
    const at = placesOf({ pageSize, pages, map }).index;
    await this.#medium.finish({ at, present: this.#present, parts: [...parts, ...rest] }, header);
    return { id, bytesWritten: this.#bytesWritten, pages: present, samePages: this.#samePages };
  }

  // How many of these pages are in this image.
  #finishPart(first: number, end: number, whole: boolean): number {
    let present = 0;
    for (let page = first; page < end; page++) {
      // Eight pages that were not taken are unchanged.
      if (!whole && (page & 7) === 0 && this.#taken[page >> 3] === 0) {
        page += 7;
        continue;
      }
      const bit = 1 << (page & 7);
      if (whole && ((this.#taken[page >> 3] ?? 0) & bit) === 0) this.#digests[page] = 0n;
      if (((this.#present[page >> 3] ?? 0) & bit) !== 0) present++;
    }
    return present;
  }

  abort(): Promise<void> {
    return this.#medium.abort();
  }
}
