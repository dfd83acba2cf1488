// Reads how much of a range is mapped by transparent huge pages.
import { readFileSync } from 'node:fs';
import type { Range } from '../userfaultfd/index.js';

type Field = 'AnonHugePages' | 'ShmemPmdMapped';

/** Bytes mapped by transparent huge pages in the mappings that a range touches, by /proc/self/smaps. */
export function hugeBytes({ start, byteLength }: Range, field: Field): number {
  let inside = false;
  let bytes = 0;
  for (const line of readFileSync('/proc/self/smaps', 'latin1').split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) /.exec(line);
    if (head) {
      const [from, to] = [BigInt(`0x${head[1]}`), BigInt(`0x${head[2]}`)];
      inside = from < start + BigInt(byteLength) && to > start;
    } else if (inside && line.startsWith(`${field}:`)) {
      bytes += 1024 * Number(/\d+/.exec(line)?.[0]);
    }
  }
  return bytes;
}
