// Notes in which order the pages of a store are read for the first time.
import { PageSet } from './page-set.js';
import type { PageRead, Store } from './store.js';

/** While nothing is read ahead, reads are touches. */
export class FirstTouches implements Store {
  readonly writable = false;
  readonly #store: Store;
  readonly #seen = new PageSet();
  readonly #order: number[] = [];
  #isOver = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** In the order of their first reads. */
  get pages(): Uint32Array {
    return Uint32Array.from(this.#order);
  }

  /** What is read from now on is not noted. */
  end(): void {
    this.#isOver = true;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    if (!this.#isOver) for (const { page } of pages) this.#note(page);
    await this.#store.read(pages);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #note(page: number): void {
    if (this.#seen.has(page)) return;
    this.#seen.add(page);
    this.#order.push(page);
  }
}
