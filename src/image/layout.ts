// The layout of an image: a region's pages at one instant, in blocks of the page size, the same in a file and in a store.
//
//   block 0         header, written last: without it there is no image
//   block 1 + n     page n, if it is in this image; other blocks are holes
//   block 1 + pages the index: bitmap of the pages that are in this image
//                              bitmap of the pages that are zeros here, and were not in the parent
//                              digests, u64 each, of the region's pages whatever image of the chain has them; 0: zeros
//                              further facts, as JSON
//
// header   magic 16 │ version u32 │ page size u32 │ pages u64 │ id 16 │ parent's id 16 │ bytes of JSON u64 │
//          SHA-256 of the index 32 │ bytes of the parent's places u32 │ the parent's places, UTF-8, NUL between them │ … │
//          SHA-256 of the rest of the first 4096 bytes 32                             numbers are little-endian
import { createHash } from 'node:crypto';
import { PagerError } from '../errors.js';

export const HEADER_BYTES = 4096;
const MAGIC = Buffer.from('farpage image\n\0\0', 'latin1');
const VERSION = 1;
const PLACE_AT = 140;
const CHECK_BYTES = 32;
const MAX_PLACE_BYTES = HEADER_BYTES - CHECK_BYTES - PLACE_AT;
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
  indexHash: Buffer;
}

/** Offsets in bytes; the index's parts from its own start. */
export interface Places {
  data: number;
  index: number;
  bitmapBytes: number;
  zerosAt: number;
  digestsAt: number;
  metaAt: number;
}

export function placesOf({ pageSize, pages }: Pick<ImageHeader, 'pageSize' | 'pages'>): Places {
  const bitmapBytes = Math.ceil(pages / 64) * 8;
  return {
    data: pageSize,
    index: (1 + pages) * pageSize,
    bitmapBytes,
    zerosAt: bitmapBytes,
    digestsAt: 2 * bitmapBytes,
    metaAt: 2 * bitmapBytes + 8 * pages,
  };
}

export function isImage(head: Uint8Array): boolean {
  return head.length >= MAGIC.length && MAGIC.equals(head.subarray(0, MAGIC.length));
}

export function writeHeader(header: ImageHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const place = Buffer.from(header.parent.join('\0'));
  if (place.length > MAX_PLACE_BYTES) {
    throw new PagerError('OPTION', `the parent's paths have ${place.length} bytes, not up to ${MAX_PLACE_BYTES}`, {
      hint: 'give it a shorter path',
    });
  }
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(VERSION, 16);
  bytes.writeUInt32LE(header.pageSize, 20);
  bytes.writeBigUInt64LE(BigInt(header.pages), 24);
  bytes.write(header.id, 32, 'hex');
  bytes.write(header.parentId ?? NO_ID, 48, 'hex');
  bytes.writeBigUInt64LE(BigInt(header.metaBytes), 64);
  header.indexHash.copy(bytes, 72);
  bytes.writeUInt32LE(place.length, 104);
  place.copy(bytes, PLACE_AT);
  hashOf([bytes.subarray(0, HEADER_BYTES - CHECK_BYTES)]).copy(bytes, HEADER_BYTES - CHECK_BYTES);
  return bytes;
}

/** @throws PagerError 'PROTOCOL' saying why it is not a whole image */
export function readHeader(bytes: Buffer, name: string): ImageHeader {
  if (!isImage(bytes)) {
    if (bytes.every((byte) => byte === 0)) throw imageError(name, 'it was never finished', 'write the snapshot again');
    throw imageError(name, 'it is not an image of farpage', 'give one that region.snapshot or farpage snapshot wrote');
  }
  if (bytes.length < HEADER_BYTES) throw imageError(name, 'it ends in its header', 'write the snapshot again');
  const version = bytes.readUInt32LE(16);
  if (version !== VERSION)
    throw imageError(name, `it has version ${version}, not ${VERSION}`, 'use the farpage that made it');
  const rest = bytes.subarray(0, HEADER_BYTES - CHECK_BYTES);
  if (!hashOf([rest]).equals(bytes.subarray(HEADER_BYTES - CHECK_BYTES, HEADER_BYTES))) {
    throw imageError(name, 'its header is damaged', 'take it from a copy');
  }
  const pageSize = bytes.readUInt32LE(20);
  const pages = Number(bytes.readBigUInt64LE(24));
  const metaBytes = Number(bytes.readBigUInt64LE(64));
  const placeBytes = bytes.readUInt32LE(104);
  const sound =
    pageSize >= 4096 && pageSize <= 2 ** 21 && Number.isInteger(Math.log2(pageSize)) && pages > 0 && pages < 2 ** 32;
  if (!sound || metaBytes > MAX_META_BYTES || placeBytes > MAX_PLACE_BYTES)
    throw imageError(name, 'its header makes no sense');
  const parentId = bytes.toString('hex', 48, 64);
  return {
    pageSize,
    pages,
    id: bytes.toString('hex', 32, 48),
    parentId: parentId === NO_ID ? null : parentId,
    parent: placeBytes === 0 ? [] : bytes.toString('utf8', PLACE_AT, PLACE_AT + placeBytes).split('\0'),
    metaBytes,
    indexHash: Buffer.from(bytes.subarray(72, 104)),
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

export function hashOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function hasBit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

export function putBit(bits: Uint8Array, index: number, on: boolean): void {
  const at = index >> 3;
  const mask = 1 << (index & 7);
  bits[at] = on ? (bits[at] ?? 0) | mask : (bits[at] ?? 0) & ~mask;
}
