// What a home has done for one region since the region was made: for its metrics.
import { FLAG_BYTES, MESSAGE_GRANT, MESSAGE_INV, MESSAGE_RECALL, MESSAGE_SHARE } from '../../assembly/dsm/layout.js';
import { Times } from '../core/meters.js';
import type { Store } from '../store/store.js';
import type { Operation } from './machine.js';
import { PAGE_BYTES } from './message.js';

/** No node has had the page for itself. */
const NONE = 255;

export class HomeCounts {
  joins = 0;
  /** Nodes whose lease has ended. */
  fences = 0;
  /** Pages whose owner was taken out: its writes to them since the home got them last are lost. */
  lostPages = 0;
  /** Pages sent to be read, sent to be written, and those whose bytes the writer has or discards. */
  readonly grants = { read: 0, write: 0, upgrade: 0 };
  recalls = 0;
  invalidations = 0;
  handOffs = 0;
  readonly store = { reads: 0, writes: 0, bytesRead: 0, bytesWritten: 0, errors: 0 };
  readonly times = { 'store.read': new Times(), 'store.write': new Times() };
  /** By page: the node that had it for itself last. */
  readonly #owners: Uint8Array;

  constructor(pages: number) {
    this.#owners = new Uint8Array(pages).fill(NONE);
  }

  /** The home sends a message, for the first time. */
  sent({ message, node, page, flags }: Operation): void {
    if (message === MESSAGE_RECALL) this.recalls++;
    else if (message === MESSAGE_INV) this.invalidations++;
    else if (message === MESSAGE_SHARE) this.grants.read++;
    else if (message === MESSAGE_GRANT) {
      if ((flags & FLAG_BYTES) === 0) this.grants.upgrade++;
      else this.grants.write++;
      const before = this.#owners[page];
      if (before !== NONE && before !== node) this.handOffs++;
      this.#owners[page] = node;
    }
  }
}

/** The store, whose calls are counted. */
export function countedStore(store: Store, { store: counts, times }: HomeCounts): Store {
  const timed = async (name: keyof typeof times, call: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    try {
      await call();
    } catch (error) {
      counts.errors++;
      throw error;
    } finally {
      times[name].record(performance.now() - began);
    }
  };
  return {
    writable: store.writable,
    read: (pages) => {
      counts.reads++;
      counts.bytesRead += pages.length * PAGE_BYTES;
      return timed('store.read', () => store.read(pages));
    },
    ...(store.write !== undefined && {
      write: (pages) => {
        counts.writes++;
        counts.bytesWritten += pages.length * PAGE_BYTES;
        return timed('store.write', async () => store.write?.(pages));
      },
    }),
    ...(store.discard !== undefined && {
      discard: (pages) =>
        Promise.resolve(store.discard?.(pages)).catch((error: unknown) => {
          counts.errors++;
          throw error;
        }),
    }),
    close: () => store.close(),
  };
}
