// A file that comes into its place whole or not at all: written beside it under another name, then renamed.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from './media.js';

/** Bytes of one write at the most, and pieces of it: writev(2) takes 1024. */
const WRITE_MOST = 4 * 2 ** 20;
const PIECES_MOST = 512;

interface Piece {
  position: number;
  bytes: Uint8Array;
  done(): void;
  failed(error: unknown): void;
}

export class NewFile {
  readonly path: string;
  readonly #partial: string;
  readonly #handle: FileHandle;
  readonly #waiting: Piece[] = [];
  #writing: Promise<void> | undefined;
  #ended = false;

  private constructor(file: string, partial: string, handle: FileHandle) {
    this.path = file;
    this.#partial = partial;
    this.#handle = handle;
  }

  /** @throws StoreError 'STORE_WRITE' */
  static async create(file: string): Promise<NewFile> {
    const whole = path.resolve(file);
    const partial = path.join(
      path.dirname(whole),
      `.${path.basename(whole)}.${randomBytes(6).toString('hex')}.partial`,
    );
    try {
      const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
      return new NewFile(whole, partial, await open(partial, flags, 0o600));
    } catch (error) {
      throw fileError('STORE_WRITE', file, error);
    }
  }

  /** Resolves when the bytes are written, and are the caller's again. */
  write(position: number, bytes: Uint8Array): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ position, bytes, done, failed });
      this.#writing ??= this.#writeAll().finally(() => {
        this.#writing = undefined;
      });
    });
  }

  // Writes to one file exclude each other in the kernel, so there is one at a time, of all that follows each other.
  async #writeAll(): Promise<void> {
    for (let run = this.#nextRun(); run.length > 0; run = this.#nextRun()) {
      try {
        await this.#writeRun(run);
        for (const { done } of run) done();
      } catch (error) {
        const failure = fileError('STORE_WRITE', this.path, error);
        for (const { failed } of run) failed(failure);
      }
    }
  }

  #nextRun(): Piece[] {
    let length = 0;
    let bytes = 0;
    for (const piece of this.#waiting) {
      const before = this.#waiting[length - 1];
      if (before !== undefined && before.position + before.bytes.length !== piece.position) break;
      if (length === PIECES_MOST || bytes >= WRITE_MOST) break;
      bytes += piece.bytes.length;
      length++;
    }
    return this.#waiting.splice(0, length);
  }

  async #writeRun(run: readonly Piece[]): Promise<void> {
    let left = run.map(({ bytes }) => bytes);
    for (let position = run[0]?.position ?? 0; left.length > 0; ) {
      const { bytesWritten } = await this.#handle.writev(left, position);
      position += bytesWritten;
      left = after(left, bytesWritten);
    }
  }

  async sync(): Promise<void> {
    await this.#writing;
    await this.#handle.datasync().catch((error: unknown) => {
      throw fileError('STORE_WRITE', this.path, error);
    });
  }

  async grow(byteLength: number): Promise<void> {
    await this.#handle.truncate(byteLength).catch((error: unknown) => {
      throw fileError('STORE_WRITE', this.path, error);
    });
  }

  /** Puts it in its place. */
  async commit(): Promise<void> {
    try {
      await rename(this.#partial, this.path);
      this.#ended = true;
      await this.#handle.close();
      const folder = await open(path.dirname(this.path), constants.O_RDONLY);
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    } catch (error) {
      throw fileError('STORE_WRITE', this.path, error);
    }
  }

  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#writing;
    await this.#handle.close();
    await unlink(this.#partial);
  }
}

function after(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  const left: Uint8Array[] = [];
  for (const piece of pieces) {
    if (skip < piece.length) left.push(piece.subarray(skip));
    skip = Math.max(0, skip - piece.length);
  }
  return left;
}
