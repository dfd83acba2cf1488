// Writes an image file with the benchmarks' data.
import { closeSync, openSync, writeSync } from 'node:fs';
import { fillPage, PAGE_BYTES, PAGE_WORDS } from './data.js';

const CHUNK_PAGES = 1024;

/** A file of pattern pages that LZ4 halves; it is in the page cache then. */
export function writeImage(path: string, pages: number): string {
  const words = new Int32Array(CHUNK_PAGES * PAGE_WORDS);
  const file = openSync(path, 'w', 0o600);
  try {
    for (let page = 0; page < pages; page += CHUNK_PAGES) {
      const count = Math.min(CHUNK_PAGES, pages - page);
      for (let i = 0; i < count; i++) fillPage(words, i * PAGE_WORDS, page + i, true);
      const bytes = new Uint8Array(words.buffer, 0, count * PAGE_BYTES);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    }
  } finally {
    closeSync(file);
  }
  return path;
}
