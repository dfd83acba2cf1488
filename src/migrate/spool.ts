// The file that holds received pages: unnamed, sparse, and gone with its descriptor.
import { randomBytes } from 'node:crypto';
import { close, ftruncate, open, readSync, unlink, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { formatSize } from '../units.js';

/** File systems in memory (statfs(2)'s types): reserving room there would use the memory at once. */
const TMPFS = 0x01021994;
const RAMFS = 0x858458f6;
/** With descriptors as numbers: they may be read and written at once. */
const files = {
  open: promisify(open),
  unlink: promisify(unlink),
  ftruncate: promisify(ftruncate),
  close: promisify(close),
};
const HINT = 'name a folder on a file system with room for what is received (option spool, --spool)';

interface Unwritten {
  bytes: Uint8Array;
  position: number;
  failed: (error: unknown) => void;
}

export class Spool {
  readonly #fd: number;
  readonly #unwritten: Unwritten[] = [];
  #failure: { error: unknown } | undefined;
  #closed = false;

  /** @param fd from `createSpoolFile`; closed with it */
  constructor(fd: number) {
    this.#fd = fd;
  }

  write(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; )
      at += writeSync(this.#openFile(), bytes, at, bytes.length - at, position + at);
  }

  /** Copies the bytes and writes them in this round of the event loop, or before the next read. If that fails, so do all reads. */
  writeSoon(bytes: Uint8Array, position: number, failed: (error: unknown) => void): void {
    if (this.#unwritten.length === 0) setImmediate(() => this.finish());
    this.#unwritten.push({ bytes: Uint8Array.from(bytes), position, failed });
  }

  /** Writes what `writeSoon` has left. False if that has failed. */
  finish(): boolean {
    for (const { bytes, position, failed } of this.#unwritten.splice(0)) {
      if (this.#failure !== undefined || this.#closed) break;
      try {
        this.write(bytes, position);
      } catch (error) {
        this.#failure = { error };
        failed(error);
      }
    }
    return this.#failure === undefined;
  }

  /** Fills `into`. @throws PagerError 'STORE_READ' past its end */
  read(into: Uint8Array, position: number): void {
    if (!this.finish()) throw this.#failure?.error;
    for (let at = 0; at < into.length; ) {
      const length = readSync(this.#openFile(), into, at, into.length - at, position + at);
      if (length === 0) throw new PagerError('STORE_READ', 'the file of received pages has ended');
      at += length;
    }
  }

  // Its number may be another file's by now.
  #openFile(): number {
    if (this.#closed) throw new PagerError('STORE_READ', 'the file of received pages is closed');
    return this.#fd;
  }

  /** Its pages are freed in another thread: for a GiB that takes half a second. */
  close(): void {
    if (!this.#closed) close(this.#fd, () => {});
    this.#closed = true;
  }
}

/**
 * An unnamed file. All that may wait for a disk is done in other threads.
 * @param byteLength of all pages; those that have content have up to `content` bytes: there must be room for so much
 * @param folder default: the system's for temporary files
 * @throws PagerError 'STORE_WRITE' if no file can be created, or there is no room for it
 */
export async function createSpoolFile(byteLength: number, content: number, folder = tmpdir()): Promise<number> {
  const name = path.join(folder, `farpage-${randomBytes(8).toString('hex')}`);
  let fd = -1;
  try {
    fd = await files.open(name, 'wx+', 0o600);
    await files.unlink(name);
    await files.ftruncate(fd, byteLength);
  } catch (cause) {
    if (fd >= 0) await files.close(fd);
    const { code: errno, syscall } = cause as NodeJS.ErrnoException;
    throw new PagerError('STORE_WRITE', `no file can be created in ${folder}`, { errno, syscall, hint: HINT, cause });
  }
  try {
    await reserve(fd, byteLength, content, folder);
    return fd;
  } catch (error) {
    await files.close(fd);
    throw error;
  }
}

// The source must stop only if all its pages fit here. Reserve room for all of them if the file system can; else there must
// be free room now for those that have content.
async function reserve(fd: number, byteLength: number, content: number, folder: string): Promise<void> {
  const { type, bavail, bsize } = await statfs(folder, { bigint: true });
  const isMemory = type === BigInt(TMPFS) || type === BigInt(RAMFS);
  const room = Number(bavail * bsize);
  // A RAM file system without a size limit reports no blocks.
  const isKnown = type !== BigInt(RAMFS) && bsize > 0n;
  const lacking = (errno: string, syscall: string) =>
    new PagerError('STORE_WRITE', `${folder} has no room for ${formatSize(content)} that would be received`, {
      errno,
      syscall,
      hint: HINT,
    });
  if (isKnown && room < content) throw lacking('ENOSPC', 'statfs');
  if (isMemory || room < byteLength) return;
  const refused = await native().reserveSoon(fd, byteLength);
  if (refused === 'ENOSPC' || refused === 'EDQUOT' || refused === 'EFBIG') throw lacking(refused, 'fallocate');
}
