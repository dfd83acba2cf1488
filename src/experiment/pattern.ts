// The access patterns of an experiment, reproducible from a seed.
import { mix32, type Random } from './random.js';

export const WORKLOADS = ['random', 'sequential', 'zipf', 'loop', 'strided'] as const;
export type Workload = (typeof WORKLOADS)[number];

/** Gives the page of the next access, from 0 to less than the number of pages it was made for. */
export type Pattern = () => number;

/** Pages between two accesses of `strided`: more than one, so that it is not a scan, and odd, so that it meets every set. */
export const STRIDE_PAGES = 3;

/** How much more than the resident limit `loop` goes round: enough that least-recently-used order always misses. */
export const LOOP_FACTOR = 1.25;

/** The skew of `zipf`, YCSB's default. */
export const ZIPF_THETA = 0.99;

export interface PatternOptions {
  /** Pages to choose among. */
  pages: number;
  /** Pages that may be resident at once; `loop` goes round LOOP_FACTOR times as many. */
  residentPages: number;
  random: Random;
}

export function makePattern(workload: Workload, { pages, residentPages, random }: PatternOptions): Pattern {
  switch (workload) {
    case 'random':
      return () => random.below(pages);
    case 'sequential':
      return cycle(pages);
    case 'loop':
      return cycle(Math.min(pages, Math.max(1, Math.ceil(residentPages * LOOP_FACTOR))));
    case 'strided':
      return strided(pages, STRIDE_PAGES);
    case 'zipf':
      return zipf(pages, random);
  }
}

function cycle(pages: number): Pattern {
  let next = 0;
  return () => {
    const page = next;
    next = page + 1 === pages ? 0 : page + 1;
    return page;
  };
}

/** 0, 3, 6, … then 1, 4, 7, … then 2, 5, 8, …: every page once in a round. */
function strided(pages: number, stride: number): Pattern {
  let page = 0;
  let phase = 0;
  return () => {
    const current = page;
    page += stride;
    if (page >= pages) {
      phase = phase + 1 < Math.min(stride, pages) ? phase + 1 : 0;
      page = phase;
    }
    return current;
  };
}

/**
 * Ranks drawn by the method of Gray et al., “Quickly Generating Billion-Record Synthetic Databases” (SIGMOD '94), as in
 * YCSB, and scattered over the pages by a permutation, so that hot pages are not neighbours. YCSB scatters by a hash
 * modulo n, which lets two ranks fall on one page; a permutation keeps the distribution exact.
 */
function zipf(pages: number, random: Random): Pattern {
  const place = permutation(pages, random.next());
  const theta = ZIPF_THETA;
  const zetan = zeta(pages, theta);
  const alpha = 1 / (1 - theta);
  const second = 1 + 0.5 ** theta;
  const eta = (1 - (2 / pages) ** (1 - theta)) / (1 - zeta(Math.min(2, pages), theta) / zetan);
  return () => {
    const u = random.fraction();
    const scaled = u * zetan;
    let rank = 0;
    if (scaled >= 1) {
      rank = scaled < second ? 1 : Math.floor(pages * (eta * u - eta + 1) ** alpha);
    }
    return place(Math.min(rank, pages - 1));
  };
}

/** Terms of zeta that are added one by one; the rest is an integral, exact to far below what a draw can show. */
const ZETA_TERMS = 1 << 16;

/** The sum of 1 / i^theta for i from 1 to n. */
export function zeta(n: number, theta: number): number {
  const terms = Math.min(n, ZETA_TERMS);
  let sum = 0;
  for (let i = 1; i <= terms; i++) sum += i ** -theta;
  if (terms === n) return sum;
  // Euler-Maclaurin: the integral from `terms` to n, and half the difference of the ends.
  const integral = (n ** (1 - theta) - terms ** (1 - theta)) / (1 - theta);
  return sum + integral + (n ** -theta - terms ** -theta) / 2;
}

/** A permutation of 0 to count - 1: a bijection on the next power of two, walked until it falls inside. */
export function permutation(count: number, seed: number): (index: number) => number {
  const bits = Math.max(1, Math.ceil(Math.log2(count)));
  const mask = (2 ** bits - 1) >>> 0;
  const half = Math.max(1, bits >>> 1);
  const multiplier = mix32(seed) | 1;
  const offset = mix32(seed ^ 0x5bd1e995);
  return (index) => {
    let x = index;
    do {
      x = ((x + offset) & mask) >>> 0;
      x = (Math.imul(x, multiplier) & mask) >>> 0;
      x ^= x >>> half;
      x = (Math.imul(x, 0x2c1b3c6d) & mask) >>> 0;
      x = (x ^ (x >>> half)) >>> 0;
    } while (x >= count);
    return x;
  };
}
