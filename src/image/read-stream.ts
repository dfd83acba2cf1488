// Reads an image that was written as a stream, record by record, and checks that it is whole and undamaged.
import { createReadStream } from 'node:fs';
import { native } from '../native/native.js';
import type { PageBatch } from '../pass/pass.js';
import { hashOf } from './hash.js';
import { type ImageMeta, imageError, MAX_META_BYTES, readMeta } from './layout.js';
import { fileError } from './media.js';
import {
  MAX_RECORD_BYTES,
  RECORD_BYTES,
  RECORD_END,
  RECORD_PAGES,
  RECORD_ZEROS,
  STREAM_HEAD_BYTES,
  STREAM_MAGIC,
  STREAM_VERSION,
} from './stream.js';

/** Most bytes of all digests: what a Buffer can hold. */
const MAX_DIGEST_BYTES = 2 ** 32;

export interface StreamImage {
  id: string;
  pageSize: number;
  pages: number;
  presentPages: number;
  meta: ImageMeta;
}

export function isStream(head: Uint8Array): boolean {
  return STREAM_MAGIC.equals(head.subarray(0, STREAM_MAGIC.length));
}

/**
 * @param take receives the stream's content, in its order
 * @throws PagerError 'PROTOCOL' if it is torn or damaged: then everything taken is invalid
 */
export async function readStreamImage(
  file: string,
  begin: (image: { pageSize: number; pages: number; id: string }) => Promise<void>,
  take: (batch: PageBatch) => Promise<void>,
): Promise<StreamImage> {
  const input = new Input(file);
  try {
    return await readAll(input, file, begin, take);
  } finally {
    await input.close();
  }
}

async function readAll(
  input: Input,
  file: string,
  begin: (image: { pageSize: number; pages: number; id: string }) => Promise<void>,
  take: (batch: PageBatch) => Promise<void>,
): Promise<StreamImage> {
  const head = await input.bytes(STREAM_HEAD_BYTES);
  if (!isStream(head)) throw imageError(file, 'it is not a stream of farpage');
  if (head.readUInt32LE(16) !== STREAM_VERSION) throw imageError(file, `it has version ${head.readUInt32LE(16)}`);
  const pageSize = head.readUInt32LE(20);
  const pages = Number(head.readBigUInt64LE(24));
  const sound = pageSize >= 4096 && pageSize <= 2 ** 21 && Number.isInteger(Math.log2(pageSize));
  if (!sound || pages < 1 || pages * 8 > MAX_DIGEST_BYTES) throw imageError(file, 'its header makes no sense');
  await begin({ pageSize, pages, id: idOf(head) });
  const digests = new BigUint64Array(pages);
  for (;;) {
    const record = await input.bytes(RECORD_BYTES);
    const kind = record.readUInt32LE(0);
    const count = record.readUInt32LE(4);
    const first = Number(record.readBigUInt64LE(8));
    if (kind === RECORD_END) return end(input, file, { head, digests, metaBytes: first, pageSize, pages });
    if (count < 1 || first + count > pages) throw imageError(file, 'a record names pages that it has not');
    if (kind === RECORD_ZEROS) {
      digests.fill(0n, first, first + count);
      await take({ first, count, bytes: null });
    } else if (kind === RECORD_PAGES && count * pageSize <= MAX_RECORD_BYTES) {
      const told = await input.bytes(count * 8);
      const bytes = await input.bytes(count * pageSize);
      native().pageDigests(bytes, pageSize, digests, first);
      if (!told.equals(new Uint8Array(digests.buffer, first * 8, count * 8))) {
        throw imageError(file, `pages ${first} to ${first + count - 1} are damaged`, 'take it from a copy');
      }
      await take({ first, count, bytes });
    } else {
      throw imageError(file, 'a record of it makes no sense', 'take it from a copy');
    }
  }
}

async function end(
  input: Input,
  file: string,
  known: { head: Buffer; digests: BigUint64Array; metaBytes: number; pageSize: number; pages: number },
): Promise<StreamImage> {
  const { head, digests, metaBytes, pageSize, pages } = known;
  if (metaBytes > MAX_META_BYTES) throw imageError(file, 'its end makes no sense');
  const words = await input.bytes(metaBytes);
  const hash = await input.bytes(32);
  if (!hashOf([head, new Uint8Array(digests.buffer), words]).equals(hash)) {
    throw imageError(file, 'it is not what was written: pages are missing, or it is damaged', 'take it from a copy');
  }
  if (await input.more()) throw imageError(file, 'something follows its end');
  let presentPages = 0;
  for (const digest of digests) if (digest !== 0n) presentPages++;
  return { id: idOf(head), pageSize, pages, presentPages, meta: readMeta(words, file) };
}

function idOf(head: Buffer): string {
  return head.toString('hex', 32, 48);
}

/** A file, read so many bytes at a time. */
class Input {
  readonly #file: string;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
    this.#chunks = createReadStream(file, { highWaterMark: 2 ** 20 })[Symbol.asyncIterator]();
  }

  async bytes(length: number): Promise<Buffer> {
    const parts = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const next = await this.#next();
      if (next.done === true)
        throw imageError(this.#file, 'it is torn: its end is missing', 'write the snapshot again');
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }

  async more(): Promise<boolean> {
    return this.#rest.length > 0 || (await this.#next()).done !== true;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#chunks.next();
    } catch (error) {
      throw fileError('STORE_READ', this.#file, error);
    }
  }
}
