// Reads the bytes of images: from a file, or from the pages of a store, whose offsets and lengths are whole blocks.
import * as fs from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeError, PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { withoutSecrets } from '../redact.js';
import { isUrl, pathOf } from '../store/local-path.js';
import { describeSpec, openSpec, openStore } from '../store/open.js';
import { parseRedisUrl } from '../store/redis-url.js';
import { completeUrl } from '../store/secrets.js';
import { SPEC, type Store, type StoreSpec } from '../store/store.js';
import { errnoOf, errorSyscall, isPermanent, StoreError } from '../store/store-error.js';
import type { ChainAhead } from './chain-ahead.js';
import { PooledFile } from './file-pool.js';
import { HEADER_BYTES, isImage } from './layout.js';

const readFile = promisify(fs.read);
const statFile = promisify(fs.fstat);

/** Blocks requested from a store at a time. */
const BATCH = 64;
/** The biggest page. */
const MAX_BLOCK_BYTES = 2 ** 21;

export interface ImageReader {
  readonly name: string;
  /** The path or URL to open it again. */
  readonly where: string;
  /** Identifies the place: see placeOf. */
  readonly place: string;
  /** null: a store does not know its length. */
  readonly byteLength: number | null;
  /** The folder that relative paths of a parent start from; null: there is none. */
  readonly folder: string | null;
  /** The first block, or the first 4 KiB of it. */
  readHead(): Promise<Buffer>;
  /** What was read ahead as the map of its index, not checked; null: nothing was, or it has been taken. */
  takeMap(): Buffer | null;
  /** Fills `into` whole; of a store whole blocks. @throws (rejects) StoreError 'STORE_READ' */
  read(position: number, into: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** A place in the form that other images record: without secrets, which the later opener supplies. */
export function publicUrl(where: string): string {
  return withoutSecrets(completeUrl(where));
}

/**
 * @param ahead files that may be open already
 * @throws PagerError 'OPTION', 'STORE_READ'
 */
export function openReader(where: string, ahead?: ChainAhead): Promise<ImageReader> {
  return isUrl(where) ? openStoreReader(where) : openFileReader(pathOf(where), ahead);
}

function fileError(code: 'STORE_READ' | 'STORE_WRITE', file: string, cause: unknown): StoreError {
  const errno = errnoOf(cause);
  const isAbsent = code === 'STORE_READ' && errno === 'ENOENT';
  return new StoreError(code, false, isAbsent ? `${file}: does not exist` : `${file}: ${describeError(cause)}`, {
    errno,
    ...(isAbsent && { hint: 'check the path of the image' }),
    syscall: errorSyscall(cause),
    path: file,
    cause,
  });
}

/** Whether a snapshot's image is there; false also if nothing can be read. @throws PagerError 'OPTION' */
export async function isImageAt(where: string): Promise<boolean> {
  const reader = await openReader(where);
  try {
    return isImage(await reader.readHead());
  } catch (error) {
    if (isPermanent(error)) return false;
    throw error;
  } finally {
    await reader.close();
  }
}

async function openFileReader(file: string, ahead: ChainAhead | undefined): Promise<ImageReader> {
  const where = path.resolve(file);
  const head = await ahead?.take(where);
  if (head !== undefined) {
    const own = { fd: head.fd, close: () => native().closeHead(head.file) };
    return new FileReader(file, PooledFile.adopt(where, own, head.place, head.size), head.place, head.size, head.bytes);
  }
  const pooled = new PooledFile(where);
  const status = await use(file, pooled, (fd) => statFile(fd, { bigint: true }));
  if (!status.isFile() && !status.isBlockDevice()) {
    await pooled.close();
    const details = { errno: 'EINVAL', hint: 'check the path of the image', path: file };
    throw new StoreError('STORE_READ', false, `${file}: is neither a file nor a block device`, details);
  }
  const { dev, ino, size } = status;
  return new FileReader(file, pooled, `${dev}:${ino}`, Number(size), null);
}

/** Calls `work` with the file open. @throws StoreError 'STORE_READ' */
async function use<T>(name: string, file: PooledFile, work: (fd: number) => Promise<T>): Promise<T> {
  try {
    return await file.use(work);
  } catch (error) {
    throw fileError('STORE_READ', name, error);
  }
}

class FileReader implements ImageReader {
  readonly name: string;
  readonly place: string;
  readonly byteLength: number;
  readonly #file: PooledFile;
  #ahead: Buffer | null;

  /** @param ahead the header and the map, where they have been read already */
  constructor(name: string, file: PooledFile, place: string, byteLength: number, ahead: Buffer | null) {
    this.name = name;
    this.place = place;
    this.byteLength = byteLength;
    this.#file = file;
    this.#ahead = ahead;
  }

  get where(): string {
    return this.#file.path;
  }

  get folder(): string {
    return path.dirname(this.#file.path);
  }

  async readHead(): Promise<Buffer> {
    if (this.#ahead !== null) return this.#ahead.subarray(0, HEADER_BYTES);
    const head = Buffer.alloc(HEADER_BYTES);
    return head.subarray(0, await this.#fill(0, head));
  }

  takeMap(): Buffer | null {
    const map = this.#ahead?.subarray(HEADER_BYTES) ?? null;
    this.#ahead = null;
    return map;
  }

  async read(position: number, into: Uint8Array): Promise<void> {
    const done = await this.#fill(position, into);
    if (done < into.length) {
      throw new StoreError('STORE_READ', false, `${this.name}: it ends at byte ${position + done}`);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #fill(position: number, into: Uint8Array): Promise<number> {
    return use(this.name, this.#file, async (fd) => {
      let done = 0;
      while (done < into.length) {
        const { bytesRead } = await readFile(fd, into, done, into.length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    });
  }
}

async function openStoreReader(url: string): Promise<ImageReader> {
  const { store, name, place } = await openStoreAt(url);
  let block = HEADER_BYTES;
  return {
    name,
    where: completeUrl(url),
    place,
    byteLength: null,
    folder: null,
    // A store returns only whole blocks, and only the first block contains their size: try one size after the other.
    async readHead() {
      let failed: unknown;
      for (block = HEADER_BYTES; block <= MAX_BLOCK_BYTES; block *= 2) {
        const head = Buffer.alloc(block);
        try {
          await store.read([{ page: 0, into: head }]);
          return head;
        } catch (error) {
          failed ??= error;
        }
      }
      throw failed;
    },
    takeMap: () => null,
    async read(position, into) {
      for (let at = 0; at < into.length; at += BATCH * block) {
        const reads = [];
        for (let i = at; i < Math.min(into.length, at + BATCH * block); i += block) {
          reads.push({ page: (position + i) / block, into: into.subarray(i, i + block) });
        }
        await store.read(reads);
      }
    },
    close: () => store.close(),
  };
}

/** @throws PagerError 'OPTION' if its pages would be removed at its close */
export async function openStoreAt(url: string): Promise<{ store: Store; name: string; place: string }> {
  const spec = openStore(url)[SPEC];
  const name = describeSpec(spec);
  if (spec.kind === 'memory') throw new PagerError('OPTION', 'an image in memory: would be gone with its store');
  if (spec.kind === 'redis' && spec.temporary) {
    throw new PagerError('OPTION', `${name} needs to know which keys are the image`, {
      hint: 'add their prefix to the URL: redis://host:port?prefix=monday:',
    });
  }
  return { store: await openSpec(spec), name, place: placeOfSpec(spec) };
}

/** Identifies the place of a store's pages. Two names of one Redis server count as two servers. */
export function placeOfSpec(spec: StoreSpec): string {
  if (spec.kind !== 'redis') return describeSpec(spec);
  const { nodes, database } = parseRedisUrl(spec.url);
  const servers = nodes.map(({ host, port }) => `${host.toLowerCase().replace(/^localhost$/, '127.0.0.1')}:${port}`);
  return `redis ${servers.sort().join(',')}/${database} ${spec.prefix}`;
}

/** Whether a write at one place may change reads at the other. Redis: page 12 of prefix 'a:' is page 2 of 'a:1'. */
export function isSamePlace(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return a === b || (short.startsWith('redis ') && long.startsWith(short) && /^\d+$/.test(long.slice(short.length)));
}

/** Of an open file. */
export function placeOfFile(fd: number): string {
  const { dev, ino } = fs.fstatSync(fd, { bigint: true });
  return `${dev}:${ino}`;
}

/** Equal for two spellings of the same place; null: nothing exists there yet. */
export async function placeOf(where: string): Promise<string | null> {
  if (isUrl(where)) return placeOfSpec(openStore(where)[SPEC]);
  try {
    const { dev, ino } = await stat(pathOf(where), { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw fileError('STORE_WRITE', where, error);
  }
}

export { fileError };
