// A core's memory, read word by word: one of this process, or one of another process.
import { CORE_ADDRESS_AT, FIXED_END, LAYOUT_AT, PAGE_SHIFT_AT } from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';

/** Offsets are bytes, and aligned. A word that cannot be read is 0. */
export interface CoreReader {
  word(at: number): number;
  long(at: number): bigint;
}

/** Of a core whose memory this process has: each word is whole, also while the loop's thread writes. */
export function readerOf(buffer: ArrayBufferLike): CoreReader {
  const u32 = new Uint32Array(buffer);
  const u64 = new BigUint64Array(buffer);
  return { word: (at) => Atomics.load(u32, at >>> 2), long: (at) => Atomics.load(u64, at >>> 3) };
}

/** Bytes of a page. */
export function pageSizeOf({ word }: CoreReader): number {
  return 2 ** word(PAGE_SHIFT_AT);
}

/** Bytes from its beginning on that are one mapping: what follows, the frames, is registered with a userfaultfd. */
export const CORE_HEAD_BYTES = FIXED_END;

/** Whether an open core's memory begins at `address`, and this build can read it. */
export function recognizeCore(reader: CoreReader, address: bigint): 'none' | 'this build' | 'another build' {
  if (reader.long(CORE_ADDRESS_AT) !== address) return 'none';
  const hash = reader.word(LAYOUT_AT);
  // A pager that starts has not written it yet.
  if (hash === 0) return 'none';
  return hash === LAYOUT_HASH ? 'this build' : 'another build';
}
