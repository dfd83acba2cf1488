// The bytes that a home has of its region: in hand on their way between nodes, in its memory where no store takes them, and in the store.
import type { Store } from '../store/store.js';
import { emitWarning, type WarningMessage } from '../warn.js';
import { PAGE_BYTES } from './message.js';

/** What the store has answered, later than in the call. */
export interface StoreAnswers {
  stored(page: number): void;
  loaded(page: number): void;
  failed(page: number): void;
}

const ZEROS = Buffer.alloc(PAGE_BYTES);

export class HomeBytes {
  readonly #store: Store | null;
  readonly #answers: StoreAnswers;
  /** Bytes of pages under way between nodes. */
  readonly #hand = new Map<number, Buffer>();
  /** Bytes of pages that no store has. */
  readonly #kept = new Map<number, Buffer>();
  /** Pages that the store has. One that is neither here nor kept is zeros. */
  readonly #stored = new Set<number>();
  /** Pages whose bytes were stored or loaded in the call. */
  readonly ready: { stored: number[]; loaded: number[] } = { stored: [], loaded: [] };
  #warned = false;

  constructor(store: Store | null, answers: StoreAnswers) {
    this.#store = store;
    this.#answers = answers;
  }

  /** Pages in this process's memory. */
  get count(): number {
    return this.#kept.size + [...this.#hand.keys()].filter((page) => !this.#kept.has(page)).length;
  }

  /** The store has the page from the home before. */
  found(page: number): void {
    this.#stored.add(page);
  }

  /** Only this process's memory has the page's newest bytes. */
  isKept(page: number): boolean {
    return this.#kept.has(page);
  }

  isStored(page: number): boolean {
    return this.#stored.has(page);
  }

  inHand(page: number): Buffer | undefined {
    return this.#hand.get(page);
  }

  /** The page in hand was never written, or was discarded. */
  isZeros(page: number): boolean {
    return this.#hand.get(page) === ZEROS;
  }

  release(page: number): void {
    this.#hand.delete(page);
  }

  /** @param bytes nobody else uses them */
  keep(page: number, bytes: Buffer): void {
    this.#hand.set(page, bytes);
    const store = this.#store;
    if (store?.write === undefined) {
      this.#kept.set(page, bytes);
      this.ready.stored.push(page);
      return;
    }
    store
      .write([{ page, from: bytes }])
      .then(
        () => {
          this.#kept.delete(page);
          this.#stored.add(page);
        },
        (error: unknown) => {
          // No byte is lost: it stays here.
          this.#kept.set(page, bytes);
          this.#warn(`the store takes no pages, they stay in the home's memory: ${(error as Error).message}`);
        },
      )
      .then(() => this.#answers.stored(page));
  }

  /** The page is zeros. */
  erase(page: number): void {
    this.#hand.set(page, ZEROS);
    this.#kept.delete(page);
    const store = this.#store;
    if (!this.#stored.delete(page) || store?.discard === undefined) {
      this.ready.stored.push(page);
      return;
    }
    // The answer comes before the next write of the page, which the store must not forget.
    store
      .discard([page])
      .catch((error: unknown) =>
        this.#warn(
          `the store does not forget pages that were discarded, though nobody reads them: ${(error as Error).message}`,
        ),
      )
      .then(() => this.#answers.stored(page));
  }

  read(page: number): void {
    const store = this.#store;
    if (store === null || this.#kept.has(page) || !this.#stored.has(page)) {
      this.#hand.set(page, this.#kept.get(page) ?? ZEROS);
      this.ready.loaded.push(page);
      return;
    }
    const into = Buffer.alloc(PAGE_BYTES);
    store.read([{ page, into }]).then(
      () => {
        this.#hand.set(page, into);
        this.#answers.loaded(page);
      },
      () => this.#answers.failed(page),
    );
  }

  /** Once. */
  #warn(message: string): void {
    const warning: WarningMessage = { type: 'FarpageWarning', message, code: 'FARPAGE_STORE_WRITE', detail: undefined };
    if (!this.#warned) emitWarning(warning);
    this.#warned = true;
  }
}
