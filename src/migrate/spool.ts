// The file that received pages are kept in: without a name, sparse, and gone with its descriptor.
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PagerError } from '../errors.js';

export class Spool {
  readonly #fd: number;
  #closed = false;

  /**
   * @param folder default: the system's for temporary files
   * @throws PagerError 'STORE_WRITE'
   */
  constructor(byteLength: number, folder = tmpdir()) {
    const name = path.join(folder, `farpage-${randomBytes(8).toString('hex')}`);
    try {
      this.#fd = openSync(name, 'wx+', 0o600);
      unlinkSync(name);
      ftruncateSync(this.#fd, byteLength);
    } catch (cause) {
      const { code: errno, syscall } = cause as NodeJS.ErrnoException;
      const hint = 'name a folder on a file system with room for what is received';
      throw new PagerError('STORE_WRITE', `no file can be made in ${folder}`, { errno, syscall, hint, cause });
    }
  }

  write(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at, bytes.length - at, position + at);
  }

  /** Fills `into`. @throws PagerError 'STORE_READ' past its end */
  read(into: Uint8Array, position: number): void {
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
}
