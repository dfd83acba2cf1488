// The pages of checkpoint folders as one read-only store: those of the first file, then those of the second, and so on.
import { readvSync } from 'node:fs';
import { native } from '../native/native.js';
import { changedError, versionOf } from './file-claim.js';
import type { HeldFile, PageRead, Store } from './store.js';
import { StoreError } from './store-error.js';

/** A file that is open in this process and must stay as it is. */
export interface PagesFile extends HeldFile {
  path: string;
  /** Pages that belong to the store, from the file's start. */
  pages: number;
}

/** The most pieces of one preadv(2): IOV_MAX. */
const MAX_PIECES = 1024;

/** Reads at once: the pages are in the kernel's page cache, or one read from the disk away. */
export class PagesFiles implements Store {
  readonly writable = false;
  readonly #files: readonly PagesFile[];
  /** The store's number of each file's first page. */
  readonly #firsts: readonly number[];

  /**
   * The caller closes the files' descriptors, after `close`.
   * @throws StoreError if a file has changed since it was opened
   */
  constructor(files: readonly PagesFile[]) {
    this.#files = files;
    try {
      for (const file of files) watch(file);
    } catch (error) {
      this.#unwatch();
      throw error;
    }
    let first = 0;
    this.#firsts = files.map(({ pages }) => {
      first += pages;
      return first - pages;
    });
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    for (let i = 0; i < pages.length; ) i += this.#readRun(pages, i);
  }

  async close(): Promise<void> {
    this.#unwatch();
  }

  #unwatch(): void {
    for (const { fd } of this.#files) native().unwatchFile(fd);
  }

  /** Reads adjacent pages of one file together; returns how many they are. */
  #readRun(pages: ReadonlyArray<PageRead>, from: number): number {
    const page = pages[from]?.page ?? 0;
    const at = this.#fileOf(page);
    const file = this.#files[at];
    if (file === undefined) throw new StoreError('STORE_READ', false, `page ${page} is in no pages file`);
    const first = this.#firsts[at] ?? 0;
    const pieces: Uint8Array[] = [];
    for (let i = from; i < pages.length && pieces.length < MAX_PIECES; i++) {
      const next = pages[i];
      if (next === undefined || next.page !== page + i - from || next.page >= first + file.pages) break;
      pieces.push(next.into);
    }
    const size = pieces[0]?.byteLength ?? 0;
    const got = readvSync(file.fd, pieces, (page - first) * size);
    // A file that is written to in place must not become a mix of two states: refuse what was read.
    if (!native().isUnchanged(file.fd)) throw changedError(file.path);
    if (got !== size * pieces.length) {
      throw new StoreError('STORE_READ', false, `file ${file.path}: only ${got} bytes of page ${page - first} on`, {
        path: file.path,
      });
    }
    return pieces.length;
  }

  #fileOf(page: number): number {
    let low = 0;
    let high = this.#firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#firsts[middle] ?? 0) <= page) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function watch({ path, fd, version }: PagesFile): void {
  native().watchFile(fd);
  // Begin to watch first, so that no change goes unnoticed in between.
  if (versionOf(fd) !== version) throw changedError(path);
}
