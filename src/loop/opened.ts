// A source or a store that the loop's thread has opened.
import { SOURCE_ZERO } from '../../assembly/layout.js';
import type { Deliver } from '../migrate/types.js';
import type { ClaimedFile } from '../store/file-claim.js';
import type { Store } from '../store/store.js';

export interface Opened {
  kind: number;
  name: string;
  /** Descriptor of a local file; -1 for other stores. */
  fd: number;
  file?: ClaimedFile;
  /** Identifies it among all stores; for an image also its parents: see placeOf in src/image/media.ts. */
  places: readonly string[];
  /** Pages it had when it was opened; past them a source reads as zeros. */
  pages: number;
  /** Of a source file: its length when it was opened. */
  bytes: number;
  /** For a store in the event loop. */
  store: Store | null;
  /** The store is the user's code: its calls may never settle, and it may keep the buffers it was given. */
  own: boolean;
  /** It answers on the thread that created the pager, so a page that this thread blocks on would never come. */
  onUsersThread: boolean;
  /** It rejects by itself once a page can no longer come. */
  patient: boolean;
  /** For a source whose pages come by themselves: it may put them into the region, which is registered. */
  attach?(deliver: Deliver): void;
  /** For a compressed pool. */
  pool: { address: bigint; byteLength: number; compress: boolean } | null;
  /**
   * Resolves when the disk has all that was written.
   * @param rewritten whether all pages of the file were written once more (see `doubtful`)
   */
  flush(rewritten: boolean): Promise<void>;
  /** A flush failed: the disk may lack pages that the kernel counts as written, until they are written again. */
  readonly doubtful: boolean;
  close(): Promise<void>;
}

export const nothing = async () => {};

export const NO_SOURCE: Opened = {
  kind: SOURCE_ZERO,
  name: 'none',
  fd: -1,
  places: [],
  pages: 0,
  bytes: 0,
  store: null,
  own: false,
  onUsersThread: false,
  patient: false,
  pool: null,
  flush: nothing,
  doubtful: false,
  close: nothing,
};
