// The pages of a checkpoint as one read-only store of several: its pages files, where they are, and its page server.
import { describeError, PagerError } from '../errors.js';
import { openSpec } from './open.js';
import { type PatientEvents, PatientStore } from './patient-store.js';
import type { PageRead, Store, StoreSpec } from './store.js';
import { isPermanent, StoreError, settleAll } from './store-error.js';

/** Pages of a checkpoint that a store on another host has: those of one pages file. */
export interface RemotePages {
  /** For people, without secrets. */
  name: string;
  spec: StoreSpec;
  /** The number of its first page in that store. */
  first: number;
  pages: number;
}

/** All pages of images on another host. */
export interface RemoteImages {
  /** Of the images, for people. */
  name: string;
  /** Milliseconds for which a lost connection is tried again. */
  patience: number;
  pages: readonly RemotePages[];
}

/** Adjacent pages of one store. */
export interface Part {
  store: Store;
  first: number;
  pages: number;
}

export class CheckpointStore implements Store {
  readonly writable = false;
  readonly #parts: readonly Part[];
  /** The number of each part's first page in this store. */
  readonly #starts: readonly number[];
  /** In all parts. */
  readonly pages: number;
  #lost: PagerError | undefined;

  /** Takes the parts' stores over: `close` closes them, the last one first. */
  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    let pages = 0;
    this.#starts = parts.map((part) => {
      pages += part.pages;
      return pages - part.pages;
    });
    this.pages = pages;
  }

  /** Why the first page that was lost could not be read, for good; undefined: all that were asked for have come. */
  get lost(): PagerError | undefined {
    return this.#lost;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    const reads = new Map<number, PageRead[]>();
    for (const { page, into } of pages) {
      const at = this.#partOf(page);
      const mine = { page: (this.#parts[at]?.first ?? 0) + page - (this.#starts[at] ?? 0), into };
      const others = reads.get(at);
      if (others === undefined) reads.set(at, [mine]);
      else others.push(mine);
    }
    await settleAll([...reads].map(([at, mine]) => this.#readPart(at, mine)));
  }

  async close(): Promise<void> {
    for (const { store } of this.#parts.toReversed()) await store.close();
  }

  async #readPart(at: number, pages: readonly PageRead[]): Promise<void> {
    try {
      await this.#parts[at]?.store.read(pages);
    } catch (error) {
      const isClosed = error instanceof PagerError && error.code === 'CLOSED';
      if (isPermanent(error) && !isClosed) this.#lost ??= asPagerError(error);
      throw error;
    }
  }

  #partOf(page: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= page) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function asPagerError(error: unknown): PagerError {
  return error instanceof PagerError
    ? error
    : new StoreError('STORE_READ', false, describeError(error), { cause: error });
}

/**
 * Opens the pages of images on another host.
 * @throws (rejects) StoreError if one cannot be read, or is not what it was
 */
export async function openRemote(
  { name, patience, pages: remote }: RemoteImages,
  events: PatientEvents,
): Promise<PatientStore> {
  const stores = new Map<string, Store>();
  const parts: Part[] = [];
  try {
    for (const { spec, first, pages } of remote) {
      const key = JSON.stringify(spec);
      const store = stores.get(key) ?? asOneFile(await openSpec(spec), spec);
      stores.set(key, store);
      parts.push({ store, first, pages });
    }
  } catch (error) {
    for (const store of stores.values()) await store.close();
    throw error;
  }
  return new PatientStore(name, new CheckpointStore(parts), patience, events);
}

// A file that has changed is not asked again, page by page.
function asOneFile(store: Store, { kind }: StoreSpec): Store {
  if (kind !== 'http') return store;
  let failed: unknown;
  const read = async (pages: ReadonlyArray<PageRead>) => {
    if (failed !== undefined) throw failed;
    await store.read(pages).catch((error: unknown) => {
      if (isPermanent(error)) failed = error;
      throw error;
    });
  };
  return { writable: false, read, close: () => store.close() };
}
