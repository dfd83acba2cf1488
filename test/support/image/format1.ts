// Writes images in format 1, as farpage 0.2 did: page n at block 1 + n.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { ImageChain } from '../../../src/image/read.js';
import { readChecked } from '../../../src/image/store.js';

const HEADER_BYTES = 4096;

export interface Format1 {
  pageSize: number;
  pages: number;
  id: string;
  parentId: string | null;
  parent: readonly string[];
  /** Of all pages, whatever image has them. */
  digests: BigUint64Array;
  meta: object;
  /** The pages that it has itself. */
  own: ReadonlyMap<number, Uint8Array>;
  /** What the header says, if not the truth. */
  header?: { pages?: number; pageSize?: number; metaBytes?: number };
}

export function bytesOfFormat1(image: Format1): Buffer {
  const { pageSize, pages, own } = image;
  const bitmapBytes = Math.ceil(pages / 64) * 8;
  const present = Buffer.alloc(bitmapBytes);
  for (const page of own.keys()) present.writeUInt8((present[page >> 3] ?? 0) | (1 << (page & 7)), page >> 3);
  const words = Buffer.from(JSON.stringify(image.meta));
  const zeros = Buffer.alloc(bitmapBytes);
  const index = Buffer.concat([present, zeros, new Uint8Array(image.digests.buffer, 0, 8 * pages), words]);
  const at = (1 + pages) * pageSize;
  const bytes = Buffer.alloc(Math.ceil((at + index.length) / pageSize) * pageSize);
  for (const [page, content] of own) bytes.set(content, (1 + page) * pageSize);
  index.copy(bytes, at);
  headerOf(image, words.length, sha256(index)).copy(bytes);
  return bytes;
}

function headerOf(image: Format1, metaBytes: number, indexHash: Buffer): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const places = Buffer.from(image.parent.join('\0'));
  bytes.write('farpage image\n', 'latin1');
  bytes.writeUInt32LE(1, 16);
  bytes.writeUInt32LE(image.header?.pageSize ?? image.pageSize, 20);
  bytes.writeBigUInt64LE(BigInt(image.header?.pages ?? image.pages), 24);
  bytes.write(image.id, 32, 'hex');
  bytes.write(image.parentId ?? '', 48, 'hex');
  bytes.writeBigUInt64LE(BigInt(image.header?.metaBytes ?? metaBytes), 64);
  indexHash.copy(bytes, 72);
  bytes.writeUInt32LE(places.length, 104);
  places.copy(bytes, 140);
  sha256(bytes.subarray(0, HEADER_BYTES - 32)).copy(bytes, HEADER_BYTES - 32);
  return bytes;
}

/** Writes an image of any format again in format 1: the same image, for its children, too. */
export async function toFormat1(file: string, header: Format1['header'] = {}): Promise<void> {
  const image = await ImageChain.openAlone(file);
  try {
    const { pageSize, pages, digests, meta } = image;
    const { id, parentId, parent } = image.header;
    const own = new Map<number, Uint8Array>();
    for (let page = 0; page < pages; page++) {
      if (image.holderOf(page) === undefined) continue;
      const into = new Uint8Array(pageSize);
      await readChecked(image, page, into);
      own.set(page, into);
    }
    writeFileSync(file, bytesOfFormat1({ pageSize, pages, id, parentId, parent, digests, meta, own, header }));
  } finally {
    await image.close();
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
