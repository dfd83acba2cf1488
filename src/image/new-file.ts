// A file that comes into its place whole or not at all: written beside it under another name, then renamed.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { native } from '../native.js';
import { fileError } from './media.js';

/** Bytes that are written by one job, at the most one piece more: room for others comes job by job. */
const WRITE_MOST = 2 ** 20;

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
  #waiting: Piece[] = [];
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
      this.#writing ??= this.#writeAll();
    });
  }

  // One job at a time, of what waits then, in the order of the file: the way to the thread that writes and back takes
  // longer than a page does.
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const pieces = this.#waiting.sort((a, b) => a.position - b.position);
      this.#waiting = [];
      for (let first = 0; first < pieces.length; ) {
        const end = endOfJob(pieces, first);
        await this.#write(pieces.slice(first, end));
        first = end;
      }
    }
    this.#writing = undefined;
  }

  async #write(pieces: readonly Piece[]): Promise<void> {
    const positions = Float64Array.from(pieces, ({ position }) => position);
    try {
      const bytes = pieces.map((piece) => piece.bytes);
      await native().writePieces(this.#handle.fd, positions, bytes);
      for (const { done } of pieces) done();
    } catch (error) {
      const failure = fileError('STORE_WRITE', this.path, error);
      for (const { failed } of pieces) failed(failure);
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

function endOfJob(pieces: readonly Piece[], first: number): number {
  let end = first;
  let bytes = 0;
  for (let piece = pieces[end]; piece !== undefined && bytes < WRITE_MOST; piece = pieces[++end]) {
    bytes += piece.bytes.length;
  }
  return end;
}
