// Joins page ranges.
import type { PageRange } from './requests.js';

/** Sorts the ranges and joins adjacent ones. */
export function joined(ranges: readonly PageRange[]): PageRange[] {
  const all: PageRange[] = [];
  for (const { first, end } of ranges.toSorted((a, b) => a.first - b.first)) {
    const last = all.at(-1);
    if (last !== undefined && last.end >= first) last.end = Math.max(last.end, end);
    else all.push({ first, end });
  }
  return all;
}
