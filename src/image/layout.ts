// The layout of an image: a region's pages at one instant, in blocks of the page size, the same in a file and in a store.
// farpage writes format 2, and reads 1 too.
//
// format 2   block 0          header, written last: without it there is no image
//            block 1 + s      slot s: one of the pages of this image. Slots are in the order in which pages came
//            block 1 + slots  the index. Its map:   the pages of this image: a bitmap, or a list in ascending order, u32 each
//                                                   their slots in the order of the pages, u32 each; absent where every
//                                                   page's slot is its rank: the number of pages of this image before it
//                             Its rest:             digests, u64 each, of the region's pages whatever image of the chain
//                                                   has them; 0: zeros
//                                                   further facts, as JSON
//
// format 1   block 0          header
//            block 1 + n      page n, if it is in this image; other blocks are holes
//            block 1 + pages  the index: the bitmap, a bitmap of pages that have become zeros, digests, JSON
//
// header     magic 16 │ format u32 │ page size u32 │ pages u64 │ id 16 │ parent's id 16 │ bytes of JSON u64 │
//            SHA-256 32 of the index's rest (1: of the whole index) │ bytes of the parent's places u32 │
//            2: slots u32 │ pages in this image u32 │ u32: 1 if pages are listed, + 2 if slots are │ SHA-256 of the map 32 │
//            1: 32 zeros │ the parent's places, UTF-8, NUL between them │ … │
//            SHA-256 of the rest of the first 4096 bytes 32                             numbers are little-endian
import { PagerError } from '../errors.js';
import { hashOf } from './hash.js';

export const HEADER_BYTES = 4096;
const MAGIC = Buffer.from('farpage image\n\0\0', 'latin1');
const FORMAT = 2;
/** Where the parent's places begin, by format. */
const PLACE_AT = { 1: 140, 2: 152 };
const PAGES_LISTED = 1;
const SLOTS_LISTED = 2;
const ALL_LISTS = PAGES_LISTED | SLOTS_LISTED;
const CHECK_BYTES = 32;
const PLACES_END = HEADER_BYTES - CHECK_BYTES;
const NO_ID = '0'.repeat(32);
export const MAX_META_BYTES = 2 ** 20;

/** Further facts about an image. */
export interface ImageMeta {
  /** The addresses of its pages in another process: hexadecimal address, first page here, count. */
  ranges?: Array<{ address: string; first: number; pages: number }>;
  pid?: number;
  program?: string;
  /** ISO 8601. */
  created: string;
}

export interface ImageHeader {
  /** Bytes. */
  pageSize: number;
  pages: number;
  /** 32 hexadecimal digits. */
  id: string;
  parentId: string | null;
  /** Where the parent may be, the likeliest first: paths, absolute or relative to the image's folder, or a URL. */
  parent: readonly string[];
  metaBytes: number;
  /** Of the index's rest; in format 1 of the whole index. */
  indexHash: Buffer;
  /** null: format 1. */
  map: MapHeader | null;
}

/** Format 2: what the header says of the index's map. */
export interface MapHeader {
  /** Blocks for pages. */
  slots: number;
  /** Pages in this image. */
  present: number;
  /** Whether the map lists the pages in place of a bitmap. */
  pagesListed: boolean;
  /** Whether the map lists the slots; else each page's slot is its rank. */
  slotsListed: boolean;
  hash: Buffer;
}

/** Offsets in bytes; the index's parts from its own start. */
export interface Places {
  index: number;
  /** The end of the bitmap, or of the list, of the pages in this image. */
  pagesEnd: number;
  /** Also the bytes of the index's map. */
  digestsAt: number;
  metaAt: number;
}

export function bitmapBytesOf(pages: number): number {
  return Math.ceil(pages / 64) * 8;
}

export function placesOf({ pageSize, pages, map }: Pick<ImageHeader, 'pageSize' | 'pages' | 'map'>): Places {
  const bitmapBytes = bitmapBytesOf(pages);
  const pagesEnd = map?.pagesListed ? 4 * map.present : bitmapBytes;
  // Format 1 has a second bitmap, which nothing needs.
  const slotBytes = map === null ? bitmapBytes : map.slotsListed ? 4 * map.present : 0;
  const digestsAt = pagesEnd + slotBytes;
  return { index: (1 + (map?.slots ?? pages)) * pageSize, pagesEnd, digestsAt, metaAt: digestsAt + 8 * pages };
}

export function isImage(head: Uint8Array): boolean {
  return head.length >= MAGIC.length && MAGIC.equals(head.subarray(0, MAGIC.length));
}

/** A header of format 2. */
export function writeHeader(header: ImageHeader & { map: MapHeader }): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const place = Buffer.from(header.parent.join('\0'));
  const most = PLACES_END - PLACE_AT[FORMAT];
  if (place.length > most) {
    throw new PagerError('OPTION', `the parent's paths have ${place.length} bytes, not up to ${most}`, {
      hint: 'give it a shorter path',
    });
  }
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(FORMAT, 16);
  bytes.writeUInt32LE(header.pageSize, 20);
  bytes.writeBigUInt64LE(BigInt(header.pages), 24);
  bytes.write(header.id, 32, 'hex');
  bytes.write(header.parentId ?? NO_ID, 48, 'hex');
  bytes.writeBigUInt64LE(BigInt(header.metaBytes), 64);
  header.indexHash.copy(bytes, 72);
  bytes.writeUInt32LE(place.length, 104);
  const { slots, present, pagesListed, slotsListed, hash } = header.map;
  bytes.writeUInt32LE(slots, 108);
  bytes.writeUInt32LE(present, 112);
  bytes.writeUInt32LE((pagesListed ? PAGES_LISTED : 0) | (slotsListed ? SLOTS_LISTED : 0), 116);
  hash.copy(bytes, 120);
  place.copy(bytes, PLACE_AT[FORMAT]);
  hashOf([bytes.subarray(0, PLACES_END)]).copy(bytes, PLACES_END);
  return bytes;
}

/** @throws PagerError 'PROTOCOL' saying why it is not a whole image */
export function readHeader(bytes: Buffer, name: string): ImageHeader {
  if (!isImage(bytes)) {
    if (bytes.every((byte) => byte === 0)) throw imageError(name, 'it was never finished', 'write the snapshot again');
    throw imageError(name, 'it is not an image of farpage', 'give one that region.snapshot or farpage snapshot wrote');
  }
  if (bytes.length < HEADER_BYTES) throw imageError(name, 'it ends in its header', 'write the snapshot again');
  const format = bytes.readUInt32LE(16);
  if (format !== 1 && format !== FORMAT)
    throw imageError(name, `it has version ${format}, not 1 or ${FORMAT}`, 'use the farpage that made it');
  if (!hashOf([bytes.subarray(0, PLACES_END)]).equals(bytes.subarray(PLACES_END, HEADER_BYTES))) {
    throw imageError(name, 'its header is damaged', 'take it from a copy');
  }
  const pageSize = bytes.readUInt32LE(20);
  const pages = Number(bytes.readBigUInt64LE(24));
  const metaBytes = Number(bytes.readBigUInt64LE(64));
  const placeAt = PLACE_AT[format];
  const placeBytes = bytes.readUInt32LE(104);
  const map = format === 1 ? null : readMapHeader(bytes);
  // A page has one slot at most.
  const mapFits =
    map === null || (map.slots <= pages && map.present <= map.slots && bytes.readUInt32LE(116) <= ALL_LISTS);
  const sound =
    pageSize >= 4096 && pageSize <= 2 ** 21 && Number.isInteger(Math.log2(pageSize)) && pages > 0 && pages < 2 ** 32;
  const fits = metaBytes <= MAX_META_BYTES && placeBytes <= PLACES_END - placeAt;
  if (!sound || !fits || !mapFits) throw imageError(name, 'its header makes no sense');
  const parentId = bytes.toString('hex', 48, 64);
  return {
    pageSize,
    pages,
    id: bytes.toString('hex', 32, 48),
    parentId: parentId === NO_ID ? null : parentId,
    parent: placeBytes === 0 ? [] : bytes.toString('utf8', placeAt, placeAt + placeBytes).split('\0'),
    metaBytes,
    indexHash: Buffer.from(bytes.subarray(72, 104)),
    map,
  };
}

function readMapHeader(bytes: Buffer): MapHeader {
  const lists = bytes.readUInt32LE(116);
  return {
    slots: bytes.readUInt32LE(108),
    present: bytes.readUInt32LE(112),
    pagesListed: (lists & PAGES_LISTED) !== 0,
    slotsListed: (lists & SLOTS_LISTED) !== 0,
    hash: Buffer.from(bytes.subarray(120, 152)),
  };
}

/** @throws PagerError 'PROTOCOL' */
export function readMeta(bytes: Buffer, name: string): ImageMeta {
  try {
    const meta: unknown = JSON.parse(bytes.toString());
    if (typeof meta === 'object' && meta !== null && bytes.length <= MAX_META_BYTES) return meta as ImageMeta;
  } catch {
    // reported below
  }
  throw imageError(name, 'its description is not JSON');
}

export function imageError(name: string, what: string, hint?: string, cause?: unknown): PagerError {
  return new PagerError('PROTOCOL', `${name}: ${what}`, { hint, cause });
}

export function hasBit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

export function putBit(bits: Uint8Array, index: number, on: boolean): void {
  const at = index >> 3;
  const mask = 1 << (index & 7);
  bits[at] = on ? (bits[at] ?? 0) | mask : (bits[at] ?? 0) & ~mask;
}
