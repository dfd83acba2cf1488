// A file in memory.
import { ENODATA } from './errnos.js';

/** What it does not hold reads as zeros. */
export interface FakeFile {
  read(offset: number, into: Uint8Array): void;
  write(offset: number, from: Uint8Array): void;
  /** Bytes; undefined: as long as anybody asks. */
  readonly length?: number;
}

/** 0 or an errno: the file must have the first `must` bytes of `into`; the rest is zeros. */
export function readFakeFile(file: FakeFile, offset: number, into: Uint8Array, must: number): number {
  const needed = Math.min(into.length, must);
  if (needed > 0 && offset + needed > (file.length ?? Number.POSITIVE_INFINITY)) return ENODATA;
  file.read(offset, into);
  into.fill(0, needed);
  return 0;
}
