// Opens the files of images. A chain may have more files than a process may have open, so a thread keeps only the ones used
// last open, and opens others again when they are read.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Most idle files of a thread that stay open. */
const MAX_OPEN = 256;
/** In the order of their last use. */
const opened = new Set<PooledFile>();

export interface OpenFile {
  readonly fd: number;
  close(): Promise<void> | void;
}

export class PooledFile {
  readonly path: string;
  /** Device, inode and length: a reopened file must be the same. (Digests check its content.) */
  #version: string | undefined;
  #file: Promise<OpenFile> | undefined;
  #users = 0;
  #closing: Promise<void> | undefined;
  #onIdle: () => void = () => {};
  /** Descriptors that were this file's are closed. */
  #shut: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** A file that is open already, and is this one's from now on: see `makeRoom`. @param place its device and inode */
  static adopt(path: string, open: OpenFile, place: string, byteLength: number): PooledFile {
    const file = new PooledFile(path);
    file.#version = `${place}:${byteLength}`;
    file.#file = Promise.resolve(open);
    opened.add(file);
    return file;
  }

  /** Calls `work` with the file open. @throws (rejects) the error of open(2); 'ESTALE' if its path names another file by now */
  async use<T>(work: (fd: number) => Promise<T>): Promise<T> {
    this.#users++;
    try {
      return await work((await this.#open()).fd);
    } finally {
      this.#users--;
      if (this.#users === 0) this.#onIdle();
      // A use after the close has opened it again.
      if (this.#closing !== undefined && this.#users === 0) await this.drop();
      else await closeIdle(MAX_OPEN);
    }
  }

  /** Waits until nobody uses it; then its descriptor is closed. */
  close(): Promise<void> {
    this.#closing ??= new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      if (this.#users === 0) resolve();
    }).then(() => this.drop());
    return this.#closing;
  }

  get isIdle(): boolean {
    return this.#users === 0;
  }

  #open(): Promise<OpenFile> {
    // It is the one used last now.
    opened.delete(this);
    opened.add(this);
    this.#file ??= this.#openNow().catch((error: unknown) => {
      this.#file = undefined;
      opened.delete(this);
      throw error;
    });
    return this.#file;
  }

  async #openNow(): Promise<FileHandle> {
    // The open of a FIFO would wait for a writer.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    let file: FileHandle;
    try {
      file = await open(this.path, flags);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
      // Other parts of the process need descriptors, too: close all idle files.
      await closeIdle(0);
      file = await open(this.path, flags);
    }
    const { dev, ino, size } = await file.stat({ bigint: true });
    const version = `${dev}:${ino}:${size}`;
    this.#version ??= version;
    if (version === this.#version) return file;
    await file.close();
    throw Object.assign(new Error('its path has another file by now'), { code: 'ESTALE', syscall: 'open' });
  }

  /** Closes it until it is used again. */
  drop(): Promise<void> {
    opened.delete(this);
    const [file, before] = [this.#file, this.#shut];
    this.#file = undefined;
    const shut = async () => {
      await before;
      await (await file?.catch(() => undefined))?.close();
    };
    if (file !== undefined) this.#shut = shut();
    return this.#shut;
  }
}

/** Closes idle files, so that `files` more may be open. */
export function makeRoom(files: number): Promise<void> {
  return closeIdle(MAX_OPEN - files);
}

async function closeIdle(limit: number): Promise<void> {
  for (const file of opened) {
    if (opened.size <= limit) return;
    if (file.isIdle) await file.drop();
  }
}
