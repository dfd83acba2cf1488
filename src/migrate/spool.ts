// The file that holds received pages: unnamed, sparse, and gone with its descriptor.
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { formatSize } from '../units.js';

/** File systems in memory (statfs(2)'s types): reserving room there would use the memory at once. */
const TMPFS = 0x01021994;
const RAMFS = 0x858458f6;
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

  /**
   * @param byteLength of all pages; those that have content have up to `content` bytes: there must be room for so much
   * @param folder default: the system's for temporary files
   * @throws PagerError 'STORE_WRITE' if no file can be created, or there is no room for it
   */
  constructor(byteLength: number, content: number, folder = tmpdir()) {
    const name = path.join(folder, `farpage-${randomBytes(8).toString('hex')}`);
    let fd = -1;
    try {
      fd = openSync(name, 'wx+', 0o600);
      unlinkSync(name);
      ftruncateSync(fd, byteLength);
      this.#fd = fd;
    } catch (cause) {
      if (fd >= 0) closeSync(fd);
      const { code: errno, syscall } = cause as NodeJS.ErrnoException;
      throw new PagerError('STORE_WRITE', `no file can be created in ${folder}`, { errno, syscall, hint: HINT, cause });
    }
    try {
      this.#reserve(byteLength, content, folder);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  write(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at, bytes.length - at, position + at);
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
      const length = readSync(this.#fd, into, at, into.length - at, position + at);
      if (length === 0) throw new PagerError('STORE_READ', 'the file of received pages has ended');
      at += length;
    }
  }

  close(): void {
    if (!this.#closed) closeSync(this.#fd);
    this.#closed = true;
  }

  // The source must stop only if all its pages fit here. Reserve room for all of them if the file system can; else there must
  // be free room now for those that have content.
  #reserve(byteLength: number, content: number, folder: string): void {
    const { type, bavail, bsize } = statfsSync(folder, { bigint: true });
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
    const refused = native().reserve(this.#fd, byteLength);
    if (refused === 'ENOSPC' || refused === 'EDQUOT' || refused === 'EFBIG') throw lacking(refused, 'fallocate');
  }
}
