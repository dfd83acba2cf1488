// The pages of a checkpoint as one read-only store: first those of its files, then those of a page server.
import type { PageServer } from './page-server.js';
import type { PagesFiles } from './pages-files.js';
import type { PageRead, Store } from './store.js';
import { settleAll } from './store-error.js';

export class CheckpointStore implements Store {
  readonly writable = false;
  readonly #files: PagesFiles;
  /** Pages in files. */
  readonly #count: number;
  readonly #server: PageServer;

  constructor(files: PagesFiles, count: number, server: PageServer) {
    this.#files = files;
    this.#count = count;
    this.#server = server;
  }

  read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const remote = pages.filter(({ page }) => page >= this.#count);
    if (remote.length === 0) return this.#files.read(pages);
    const local = pages.filter(({ page }) => page < this.#count);
    const fromServer = this.#server.read(remote.map(({ page, into }) => ({ page: page - this.#count, into })));
    return local.length === 0 ? fromServer : settleAll([fromServer, this.#files.read(local)]);
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.#files.close();
  }
}
