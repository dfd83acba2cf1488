// The data pattern and the access lists, as bench/peers/common.h has them: both sides do the same work on the same bytes.
import { writeFileSync } from 'node:fs';

export const PAGE_BYTES = 4096;
export const PAGE_WORDS = 1024;

function mix32(seed: number): number {
  let x = seed;
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** Word `i` of `page`, signed; compressible pages have their second half constant, so LZ4 makes about 2:1 of them. */
export function patternWord(page: number, i: number, compressible: boolean): number {
  if (compressible && i >= PAGE_WORDS / 2) return page | 0;
  return mix32((page * PAGE_WORDS + i + 0x9e3779b9) | 0);
}

export function fillPage(into: Int32Array, at: number, page: number, compressible: boolean): void {
  for (let i = 0; i < PAGE_WORDS; i++) into[at + i] = patternWord(page, i, compressible);
}

export function wrongWords(from: Int32Array, at: number, page: number, compressible: boolean): number {
  let wrong = 0;
  for (let i = 0; i < PAGE_WORDS; i++) if (from[at + i] !== patternWord(page, i, compressible)) wrong++;
  return wrong;
}

/** xorshift32: seeded, so that a run can be repeated. */
export function random32(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Every page once, in random order. */
export function permutation(pages: number, seed: number): Uint32Array {
  const next = random32(seed);
  const order = Uint32Array.from({ length: pages }, (_, page) => page);
  for (let i = pages - 1; i > 0; i--) {
    const j = next() % (i + 1);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}

/** An op is `page << 1 | write`. */
export function operations(count: number, pages: number, sequential: boolean, seed: number): Uint32Array {
  const next = random32(seed);
  return Uint32Array.from({ length: count }, (_, i) => {
    const page = sequential ? i % pages : next() % pages;
    return (page << 1) | (next() % 10 < 3 ? 1 : 0);
  });
}

/** u32 little-endian, which every machine that farpage runs on is. */
export function writeList(path: string, list: Uint32Array): string {
  writeFileSync(path, new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  return path;
}

/** Nearest rank over sorted samples. */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] as number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return sorted.length === 0 ? 0 : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
