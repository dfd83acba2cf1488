// Writes an image as a stream: pages in the order in which they were saved. The last record of a page is its content.
//
//   'farpage stream\n\0' │ version u32 │ page size u32 │ pages u64 │ id 16
//   then records: kind u32 │ count u32 │ first u64 │ …
//     1 pages: their digests, u64 each, and their bytes     2 zeros     3 the end: bytes of JSON in `first`, the JSON,
//                                                                       SHA-256 of the stream's first 48 bytes, of all
//                                                                       digests (0 for zeros) and of the JSON
// A record has at most 16 MiB of pages.
import { randomBytes } from 'node:crypto';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { settleAll } from '../store/store-error.js';
import { hashOf } from './hash.js';
import type { ImageShape, ImageTarget } from './report.js';

export const STREAM_MAGIC = Buffer.from('farpage stream\n\0', 'latin1');
export const STREAM_VERSION = 1;
export const STREAM_HEAD_BYTES = 48;
export const RECORD_BYTES = 16;
export const RECORD_PAGES = 1;
export const RECORD_ZEROS = 2;
export const RECORD_END = 3;
/** Bytes of pages in one record at most. */
export const MAX_RECORD_BYTES = 16 * 2 ** 20;

/** The sink of a stream's bytes. Each call resolves when the bytes before it have been taken. */
export interface ChunkSink {
  send(chunk: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** Chunks, one after the other: one is taken before the next is sent. */
class Chunks {
  readonly #sink: ChunkSink;
  #last: Promise<void> = Promise.resolve();
  #fail: (error: unknown) => void = () => {};
  /** Rejects when it is cancelled. */
  readonly #failed: Promise<never>;

  constructor(sink: ChunkSink) {
    this.#sink = sink;
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    // The next chunk rejects with it.
    this.#failed.catch(() => {});
  }

  send(chunk: Uint8Array): Promise<void> {
    this.#last = this.#last.then(() => Promise.race([this.#failed, this.#sink.send(chunk)]));
    return this.#last;
  }

  /** Abandons the chunk in flight, and sends no other. */
  fail(error: unknown): void {
    this.#fail(
      error instanceof PagerError ? error : new PagerError('CLOSED', 'the snapshot was ended', { cause: error }),
    );
  }

  async end(): Promise<void> {
    await this.#last;
    await Promise.race([this.#failed, this.#sink.end()]);
  }
}

export function streamTarget(sink: ChunkSink, { pageSize, pages, meta }: ImageShape): ImageTarget {
  const chunks = new Chunks(sink);
  const id = randomBytes(16).toString('hex');
  const digests = new BigUint64Array(pages);
  let bytesWritten = 0;
  const head = Buffer.alloc(STREAM_HEAD_BYTES);
  STREAM_MAGIC.copy(head);
  head.writeUInt32LE(STREAM_VERSION, 16);
  head.writeUInt32LE(pageSize, 20);
  head.writeBigUInt64LE(BigInt(pages), 24);
  head.write(id, 32, 'hex');
  const begun = chunks.send(head);
  // The first page, or the end, rejects with it.
  begun.catch(() => {});
  return {
    id,
    parentId: null,
    async take({ first, count, bytes }) {
      if (bytes === null) {
        digests.fill(0n, first, first + count);
        return chunks.send(record(RECORD_ZEROS, first, count));
      }
      native().pageDigests(bytes, pageSize, digests, first);
      bytesWritten += bytes.length;
      const limit = MAX_RECORD_BYTES / pageSize;
      const sent = [];
      for (let done = 0; done < count; done += limit) {
        const part = Math.min(limit, count - done);
        const own = new Uint8Array(digests.buffer, (first + done) * 8, part * 8);
        const content = bytes.subarray(done * pageSize, (done + part) * pageSize);
        sent.push(chunks.send(Buffer.concat([record(RECORD_PAGES, first + done, part), own, content])));
      }
      await settleAll(sent);
    },
    cancel: (error) => chunks.fail(error),
    async finish(more = {}) {
      const { whole: _whole, ...rest } = more;
      const words = Buffer.from(JSON.stringify({ ...meta, ...rest }));
      const hash = hashOf([head, new Uint8Array(digests.buffer), words]);
      await chunks.send(Buffer.concat([record(RECORD_END, words.length, 0), words, hash]));
      await chunks.end();
      let present = 0;
      for (const digest of digests) if (digest !== 0n) present++;
      return { id, bytesWritten, pages: present, samePages: 0 };
    },
    async abort() {
      chunks.fail(new PagerError('CLOSED', 'the snapshot was ended'));
    },
  };
}

function record(kind: number, first: number, count: number): Buffer {
  const bytes = Buffer.alloc(RECORD_BYTES);
  bytes.writeUInt32LE(kind, 0);
  bytes.writeUInt32LE(count, 4);
  bytes.writeBigUInt64LE(BigInt(first), 8);
  return bytes;
}
