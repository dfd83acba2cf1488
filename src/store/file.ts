// fileStore: a local file or block device as source or store.
import { fdatasync, read, write } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { ClaimedFile, changedError } from './file-claim.js';
import { PageSet } from './page-set.js';
import { type BuiltInStore, type PageRead, type PageWrite, SPEC, type StoreSpec } from './store.js';
import { closedError, errorCode, StoreError, toStoreError } from './store-error.js';

const readFile = promisify(read);
const writeFile = promisify(write);

type FileSpec = Extract<StoreSpec, { kind: 'file' }>;

export interface FileOptions {
  /** Open read-only, as a source. Default false. */
  readOnly?: boolean;
  /**
   * As a store: overwrite the file's content, or the block device. Default false: a file that is neither empty nor created
   * by a store is refused.
   */
  overwrite?: boolean;
}

/**
 * A local file or block device: page n at byte n * page size. As a source it is opened read-only. A missing file is
 * created with mode 0600, and stays when the store is closed. A file with other content than a store's pages is refused
 * as a store. It is locked while it is open: many sources, or one store.
 *
 * Pages past the end of the file read as zeros, as in mmap; a file that was truncated while open is an error.
 * `write` resolves when the kernel has the bytes, `flush` when the disk has them.
 * @throws PagerError 'OPTION' if the path is empty; `map` checks whether it can be opened
 */
export function fileStore(path: string, options: FileOptions = {}): BuiltInStore {
  checkOptions('fileStore', options, { readOnly: 'boolean', overwrite: 'boolean' });
  const { readOnly = false, overwrite = false } = options;
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw new PagerError('OPTION', 'fileStore: the path is not a path', {
      hint: "give a path such as '/data/pages.bin'",
    });
  }
  if (readOnly && overwrite) {
    throw new PagerError('OPTION', 'fileStore: readOnly and overwrite exclude each other', { hint: 'leave one out' });
  }
  return new FileStore({ kind: 'file', path: resolve(path), readOnly, ...(overwrite && { overwrite }) });
}

/** Opens a file by the spec of another thread, or by an open descriptor. */
export function fileOf(spec: FileSpec): BuiltInStore {
  return new FileStore(spec);
}

class FileStore implements BuiltInStore {
  readonly [SPEC]: FileSpec;
  readonly writable: boolean;
  #opening: Promise<ClaimedFile> | undefined;
  /** Bytes that the file must have: its length when it was opened, or the end of the last write since. */
  #byteLength = 0;
  #closed = false;
  /** Pages written since the last flush began, and those of flushes that failed. */
  #unflushed = new PageSet();
  readonly #doubtful = new PageSet();

  constructor(spec: FileSpec) {
    this[SPEC] = spec;
    this.writable = !spec.readOnly;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const file = await this.#open();
    for (const { page, into } of pages) await this.#readPage(file, page * into.byteLength, into);
    if (!file.isUnchanged) throw changedError(file.path);
  }

  async write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    if (!this.writable) throw new StoreError('STORE_WRITE', false, `${this.#name}: opened read-only`);
    const file = await this.#open();
    // Called directly, a file keeps its content outside the pages that are written.
    file.claim({ overwrite: this[SPEC].overwrite === true, empty: false });
    for (const { page, from } of pages) {
      await this.#writePage(file, page * from.byteLength, from);
      this.#unflushed.add(page);
      this.#doubtful.delete(page);
    }
  }

  async flush(): Promise<void> {
    const file = await this.#open();
    if (!this.writable) return;
    const pages = this.#unflushed;
    this.#unflushed = new PageSet();
    await promisify(fdatasync)(file.fd).catch((error: unknown) => {
      // The kernel reports the error once and then marks the pages clean: only pages that are written again reach the disk.
      for (const chunk of pages.chunks(1024)) for (const page of chunk) this.#doubtful.add(page);
      throw toStoreError('STORE_WRITE', `${this.#name}: flush`, error, DISK_HINT, this[SPEC].path);
    });
    const [first] = this.#doubtful.chunks(1);
    if (first === undefined) return;
    throw new StoreError(
      'STORE_WRITE',
      false,
      `${this.#name}: page ${first[0]} and perhaps others were not flushed before`,
      {
        hint: `write the pages again, then flush; ${DISK_HINT}`,
      },
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const file = await this.#opening?.catch(() => undefined);
    file?.close();
  }

  get #name(): string {
    return `file ${this[SPEC].path}`;
  }

  #open(): Promise<ClaimedFile> {
    if (this.#closed) return Promise.reject(closedError(this.#name));
    this.#opening ??= this.#openNow().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #openNow(): Promise<ClaimedFile> {
    const { path, readOnly, held } = this[SPEC];
    const file = await (readOnly ? ClaimedFile.forReading(path, held) : ClaimedFile.forWriting(path));
    this.#byteLength = file.byteLength;
    return file;
  }

  async #readPage(file: ClaimedFile, position: number, into: Uint8Array): Promise<void> {
    let done = 0;
    while (done < into.byteLength) {
      const { bytesRead } = await readFile(file.fd, into, done, into.byteLength - done, position + done).catch(
        (error) => {
          throw toStoreError('STORE_READ', `${this.#name}: byte ${position + done}`, error, DISK_HINT, this[SPEC].path);
        },
      );
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    if (position + done < Math.min(position + into.byteLength, this.#byteLength)) {
      // Zeros here would look like content that the file had at open.
      throw new StoreError('STORE_READ', false, `${this.#name}: ends at byte ${position + done}, it was longer`, {
        hint: 'the file was cut shorter while it was in use: restore it, and map it again',
      });
    }
    into.fill(0, done);
  }

  async #writePage(file: ClaimedFile, position: number, from: Uint8Array): Promise<void> {
    let done = 0;
    while (done < from.byteLength) {
      const { bytesWritten } = await writeFile(file.fd, from, done, from.byteLength - done, position + done).catch(
        (error: unknown) => {
          const hint = errorCode(error) === 'ENOSPC' ? 'make room on the disk: the write is retried' : DISK_HINT;
          throw toStoreError('STORE_WRITE', `${this.#name}: byte ${position + done}`, error, hint, this[SPEC].path);
        },
      );
      done += bytesWritten;
    }
    this.#byteLength = Math.max(this.#byteLength, position + from.byteLength);
  }
}

const DISK_HINT = 'look at the disk and its file system (dmesg)';
