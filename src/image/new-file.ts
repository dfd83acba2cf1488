// Writes a file that appears in its place whole or not at all: written beside it under another name, then renamed.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { native } from '../native/native.js';
import { fileError } from './media.js';

/** Bytes that one job writes, plus at most one piece; callers get their buffers back after each job. */
const MAX_WRITE_BYTES = 2 ** 20;

/** Least bytes of one write-back to the disk: fewer would be scattered on it. */
const MIN_WRITEBACK = 2 ** 18;

interface Piece {
  position: number;
  bytes: Uint8Array;
}

/** Pieces that are written and released together: a promise for each would cost more than its write. */
class Batch {
  readonly pieces: Piece[] = [];
  bytes = 0;
  done: () => void = () => {};
  failed: (error: unknown) => void = () => {};
  readonly written = new Promise<void>((done, failed) => {
    this.done = done;
    this.failed = failed;
  });
}

export class NewFile {
  readonly path: string;
  readonly #partial: string;
  readonly #handle: FileHandle;
  readonly #waiting: Batch[] = [];
  #writing: Promise<void> | undefined;
  /** Written since the last write-back began: where it lies, and how much it is. */
  #dirty = { first: Infinity, end: 0, bytes: 0 };
  #writeBack: Promise<void> | undefined;
  #ended = false;

  private constructor(file: string, partial: string, handle: FileHandle) {
    this.path = file;
    this.#partial = partial;
    this.#handle = handle;
  }

  /** @throws StoreError 'STORE_WRITE' */
  static async create(file: string): Promise<NewFile> {
    const whole = path.resolve(file);
    const there = await stat(whole).catch(() => undefined);
    // At the end of a long write rename(2) would refuse it.
    if (there?.isDirectory()) throw fileError('STORE_WRITE', file, folderError());
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

  /** Resolves when the bytes are written, and the caller may reuse them. */
  write(position: number, bytes: Uint8Array): Promise<void> {
    let batch = this.#waiting.at(-1);
    if (batch === undefined || batch.bytes >= MAX_WRITE_BYTES) {
      batch = new Batch();
      this.#waiting.push(batch);
    }
    batch.pieces.push({ position, bytes });
    batch.bytes += bytes.length;
    this.#writing ??= this.#writeAll();
    return batch.written;
  }

  // One job at a time, with all pieces that wait by then, in file order: the round trip to the writing thread takes longer
  // than writing a page.
  async #writeAll(): Promise<void> {
    // Set before the first await, so that writes from now on join this job.
    await null;
    for (let batch = this.#waiting.shift(); batch !== undefined; batch = this.#waiting.shift()) {
      const pieces = batch.pieces.sort((a, b) => a.position - b.position);
      try {
        for (let first = 0; first < pieces.length; ) {
          const end = endOfJob(pieces, first);
          await this.#write(pieces.slice(first, end));
          first = end;
        }
        batch.done();
      } catch (error) {
        batch.failed(fileError('STORE_WRITE', this.path, error));
      }
    }
    this.#writing = undefined;
  }

  async #write(pieces: readonly Piece[]): Promise<void> {
    const words = new Float64Array(3 * pieces.length);
    let at = 0;
    for (const { position, bytes } of pieces) {
      words[at++] = position;
      words[at++] = bytes.byteOffset;
      words[at++] = bytes.length;
    }
    const [first] = pieces;
    if (first !== undefined) await native().writePieces(this.#handle.fd, new Uint8Array(first.bytes.buffer), words);
    this.#note(pieces);
  }

  #note(pieces: readonly Piece[]): void {
    const dirty = this.#dirty;
    for (const { position, bytes } of pieces) {
      dirty.first = Math.min(dirty.first, position);
      dirty.end = Math.max(dirty.end, position + bytes.length);
      dirty.bytes += bytes.length;
    }
    if (dirty.bytes >= MIN_WRITEBACK) this.#writeBack ??= this.#sendBack();
  }

  // Start write-back to the disk early, so that the sync at the end has little left. In separate jobs: if the disk is slow,
  // they wait for it, and callers that wait for a write do not.
  async #sendBack(): Promise<void> {
    while (this.#dirty.bytes >= MIN_WRITEBACK) {
      const { first, end } = this.#dirty;
      this.#dirty = { first: Infinity, end: 0, bytes: 0 };
      await native().writeBack(this.#handle.fd, first, end - first);
    }
    this.#writeBack = undefined;
  }

  async #settle(): Promise<void> {
    await this.#writing;
    await this.#writeBack;
  }

  async sync(): Promise<void> {
    await this.#settle();
    await this.#handle.datasync().catch((error: unknown) => {
      throw fileError('STORE_WRITE', this.path, error);
    });
  }

  async grow(byteLength: number): Promise<void> {
    await this.#handle.truncate(byteLength).catch((error: unknown) => {
      throw fileError('STORE_WRITE', this.path, error);
    });
  }

  /** Renames the file into its place. */
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
    await this.#settle();
    await this.#handle.close();
    await unlink(this.#partial);
  }
}

// A job writes pieces of one buffer, passed once: a view for each piece would cost more than the call.
function endOfJob(pieces: readonly Piece[], first: number): number {
  const buffer = pieces[first]?.bytes.buffer;
  let end = first;
  while (pieces[end]?.bytes.buffer === buffer && end < pieces.length) end++;
  return end;
}

function folderError(): Error {
  return Object.assign(new Error('it is a folder'), { code: 'EISDIR', syscall: 'rename' });
}
