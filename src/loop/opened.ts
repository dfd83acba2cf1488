// A source or a store, as the loop's thread has opened it.
import { SOURCE_ZERO } from '../../assembly/layout.js';
import type { ClaimedFile } from '../store/file-claim.js';
import type { Store } from '../store/store.js';

export interface Opened {
  kind: number;
  name: string;
  /** For a local file; -1 where it is none. */
  fd: number;
  file?: ClaimedFile;
  /** What tells it from all others, and of an image the same of its parents: see placeOf in src/image/media.ts. */
  places: readonly string[];
  /** Pages it came with; past them a source reads as zeros. */
  pages: number;
  /** Of a source file: its length when it was opened. */
  bytes: number;
  /** For a store in the event loop. */
  store: Store | null;
  /** The store is the user's code: it need not end, and may keep what it was given. */
  own: boolean;
  /** It answers on the thread that made the pager: a thread that blocks there waits for itself. */
  onUsersThread: boolean;
  /** It ends its waits itself, when a page is not to come any more. */
  patient: boolean;
  /** For a compressed pool. */
  pool: { address: bigint; byteLength: number; compress: boolean } | null;
  /**
   * Resolves when the disk has all that was written.
   * @param anew whether all that the file held before was written to it once more (see `doubtful`)
   */
  flush(anew: boolean): Promise<void>;
  /** A flush has failed, so that the disk may lack what the kernel takes for written: only what is written again is known. */
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
