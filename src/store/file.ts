import { access, constants, type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { type BuiltInStore, type PageRead, type PageWrite, SPEC, type StoreSpec } from './store.js';
import { closedError, errnoOf, errorCode, errorSyscall, StoreError, toStoreError } from './store-error.js';

type FileSpec = Extract<StoreSpec, { kind: 'file' }>;

export interface FileOptions {
  /** Opened to be read alone: a source. Default false. */
  readOnly?: boolean;
}

/**
 * A local file or block device: page n at byte n * page size. As a source it is opened read-only. A file that does not
 * exist yet is made with mode 0600, and stays when the store is closed.
 *
 * What lies past the end of the file reads as zeros, as in mmap; a file that was cut shorter while open is an error.
 * `write` resolves when the kernel has the bytes, `flush` when the disk has them.
 * @throws PagerError 'OPTION' where the path is empty; whether it can be opened is checked by `map`
 */
export function fileStore(path: string, options: FileOptions = {}): BuiltInStore {
  checkOptions('fileStore', options, { readOnly: 'boolean' });
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw new PagerError('OPTION', 'fileStore: the path is no path', { hint: "give a path such as '/data/pages.bin'" });
  }
  return new FileStore({ kind: 'file', path: resolve(path), readOnly: options.readOnly === true });
}

/**
 * Finds out whether a file can serve, before anything is mapped.
 * @returns its length in bytes, 0 for one that is to be made
 * @throws PagerError 'OPTION' with errno and hint: missing (where it must exist), a directory, no file, no permission
 */
export async function checkFile(path: string, readOnly: boolean): Promise<{ byteLength: number; exists: boolean }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw fileOptionError(path, 'is a directory', 'EISDIR', 'give the path of a file');
    if (!found.isFile() && !found.isBlockDevice()) {
      throw fileOptionError(path, 'is neither a file nor a block device', 'EINVAL', 'give the path of a file');
    }
    await access(path, readOnly ? constants.R_OK : constants.R_OK | constants.W_OK);
    const byteLength = found.isBlockDevice() ? await blockDeviceBytes(found.rdev) : found.size;
    return { byteLength, exists: true };
  } catch (error) {
    if (error instanceof PagerError) throw error;
    if (errorCode(error) !== 'ENOENT') throw accessError(path, error, readOnly);
  }
  if (readOnly) {
    throw fileOptionError(path, 'does not exist', 'ENOENT', 'a source must exist: check the path', 'stat');
  }
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    const hint = `make the directory first: mkdir -p ${dirname(path)}`;
    if (errorCode(error) === 'ENOENT') throw fileOptionError(path, 'its directory does not exist', 'ENOENT', hint);
    throw accessError(dirname(path), error, false);
  }
  return { byteLength: 0, exists: false };
}

function fileOptionError(path: string, what: string, errno: string, hint: string, syscall?: string): PagerError {
  return new PagerError('OPTION', `file ${path}: ${what}`, { errno, syscall, hint });
}

function accessError(path: string, error: unknown, readOnly: boolean): PagerError {
  const wanted = readOnly ? 'read' : 'read and write';
  return new PagerError('OPTION', `file ${path}: cannot be opened to ${wanted}`, {
    errno: errnoOf(error),
    syscall: errorSyscall(error),
    hint: `let this user ${wanted} it (ls -l ${path}), or choose another path`,
    cause: error,
  });
}

/** stat gives 0 for a block device; sysfs counts it in sectors of 512 bytes, whatever the device's own. */
async function blockDeviceBytes(rdev: number): Promise<number> {
  const low = rdev % 2 ** 32;
  const high = Math.floor(rdev / 2 ** 32);
  const major = ((low >>> 8) & 0xfff) | (high & 0xfffff000);
  const minor = (low & 0xff) | ((low >>> 12) & 0xfff00);
  const text = await readFile(`/sys/dev/block/${major}:${minor}/size`, 'latin1');
  return Number(text) * 512;
}

class FileStore implements BuiltInStore {
  readonly [SPEC]: FileSpec;
  readonly writable: boolean;
  #opening: Promise<FileHandle> | undefined;
  /** Bytes that the file must have: its length when it was opened, or the end of what was written since. */
  #byteLength = 0;
  #closed = false;

  constructor(spec: FileSpec) {
    this[SPEC] = spec;
    this.writable = !spec.readOnly;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const handle = await this.#open();
    for (const { page, into } of pages) await this.#readPage(handle, page * into.byteLength, into);
  }

  async write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    if (!this.writable) throw new StoreError('STORE_WRITE', false, `${this.#name}: opened read-only`);
    const handle = await this.#open();
    for (const { page, from } of pages) await this.#writePage(handle, page * from.byteLength, from);
  }

  async flush(): Promise<void> {
    const handle = await this.#open();
    if (!this.writable) return;
    await handle.datasync().catch((error: unknown) => {
      throw toStoreError('STORE_WRITE', `${this.#name}: flush`, error, DISK_HINT);
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const handle = await this.#opening?.catch(() => undefined);
    await handle?.close();
  }

  get #name(): string {
    return `file ${this[SPEC].path}`;
  }

  #open(): Promise<FileHandle> {
    if (this.#closed) return Promise.reject(closedError(this.#name));
    this.#opening ??= this.#openNow().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #openNow(): Promise<FileHandle> {
    const { path, readOnly } = this[SPEC];
    this.#byteLength = (await checkFile(path, readOnly)).byteLength;
    try {
      return await open(path, readOnly ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT, 0o600);
    } catch (error) {
      throw accessError(path, error, readOnly);
    }
  }

  async #readPage(handle: FileHandle, position: number, into: Uint8Array): Promise<void> {
    let done = 0;
    while (done < into.byteLength) {
      const { bytesRead } = await handle.read(into, done, into.byteLength - done, position + done).catch((error) => {
        throw toStoreError('STORE_READ', `${this.#name}: byte ${position + done}`, error, DISK_HINT);
      });
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    if (position + done < Math.min(position + into.byteLength, this.#byteLength)) {
      // Zeros here would pass for content that was there when the file was opened.
      throw new StoreError('STORE_READ', false, `${this.#name}: ends at byte ${position + done}, it was longer`, {
        hint: 'the file was cut shorter while it was in use: restore it, and map it again',
      });
    }
    into.fill(0, done);
  }

  async #writePage(handle: FileHandle, position: number, from: Uint8Array): Promise<void> {
    let done = 0;
    while (done < from.byteLength) {
      const { bytesWritten } = await handle
        .write(from, done, from.byteLength - done, position + done)
        .catch((error: unknown) => {
          const hint = errorCode(error) === 'ENOSPC' ? 'make room on the disk: the write is tried again' : DISK_HINT;
          throw toStoreError('STORE_WRITE', `${this.#name}: byte ${position + done}`, error, hint);
        });
      done += bytesWritten;
    }
    this.#byteLength = Math.max(this.#byteLength, position + from.byteLength);
  }
}

const DISK_HINT = 'look at the disk and its file system (dmesg)';
