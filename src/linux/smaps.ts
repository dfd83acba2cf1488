// Counts resident bytes of this process by the kernel's own files, smaps and pagemap.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** A range of this process's addresses, `end` not in it. */
export interface AddressRange {
  start: bigint;
  end: bigint;
  /** The memfile behind it: its pages hold memory whether they are mapped or not. */
  file?: number;
}

const KIB = 1024;
/** Unit of st_blocks: inode(7). */
const STAT_BLOCK = 512;
const SMALL_PAGE = 4096;
const ENTRY_BYTES = 8;
const PRESENT = 0x80;
/** "00400000-0040b000 r-xp …": the head of a mapping, which none of its other lines looks like. */
const HEAD = /^([0-9a-f]+)-([0-9a-f]+) /;

/**
 * Resident bytes of the ranges, by the kernel's count: `Rss` of /proc/self/smaps for mappings that lie
 * inside a range, and the present pages of /proc/self/pagemap where a mapping only overlaps one. (pagemap also counts
 * the shared zero page, smaps does not.) Of a memfile's range, the bytes that the file has allocated. Ranges must
 * not overlap each other.
 */
export function residentBytes(ranges: ReadonlyArray<AddressRange>): number {
  let inFiles = 0;
  for (const { file } of ranges) if (file !== undefined) inFiles += fstatSync(file).blocks * STAT_BLOCK;
  const mapped = ranges.filter(({ file }) => file === undefined);
  return inFiles + sumResident(readFileSync('/proc/self/smaps', 'latin1'), mapped, presentBytes);
}

/** The sum over the text of an smaps file; `present` counts part of a mapping. */
export function sumResident(
  smaps: string,
  ranges: ReadonlyArray<AddressRange>,
  present: (range: AddressRange) => number,
): number {
  let total = 0;
  for (let at = 0; at < smaps.length; ) {
    const next = afterMapping(smaps, at);
    total += residentOf(smaps, at, next, ranges, present);
    at = next;
  }
  return total;
}

/** Every mapping's lines end with VmFlags: searching for that is the fast way through the text. */
function afterMapping(smaps: string, at: number): number {
  const flags = smaps.indexOf('\nVmFlags:', at);
  const end = flags === -1 ? -1 : smaps.indexOf('\n', flags + 1);
  return end === -1 ? smaps.length : end + 1;
}

function residentOf(
  smaps: string,
  at: number,
  next: number,
  ranges: ReadonlyArray<AddressRange>,
  present: (range: AddressRange) => number,
): number {
  const head = HEAD.exec(smaps.slice(at, at + 40));
  if (head?.[1] === undefined || head[2] === undefined) return 0;
  const start = BigInt(`0x${head[1]}`);
  const end = BigInt(`0x${head[2]}`);
  let total = 0;
  for (const range of ranges) {
    if (range.end <= start || range.start >= end) continue;
    if (range.start <= start && range.end >= end) return rssOf(smaps, at, next);
    total += present({ start: range.start > start ? range.start : start, end: range.end < end ? range.end : end });
  }
  return total;
}

function rssOf(smaps: string, at: number, next: number): number {
  const line = smaps.indexOf('\nRss:', at);
  return line === -1 || line >= next ? 0 : Number.parseInt(smaps.slice(line + 5, line + 40), 10) * KIB;
}

/** Bytes of a range whose pages /proc/self/pagemap shows as present. */
export function presentBytes({ start, end }: AddressRange): number {
  const first = Number(start / BigInt(SMALL_PAGE));
  const count = Number((end - start) / BigInt(SMALL_PAGE));
  const entries = Buffer.alloc(Math.min(count, 1 << 16) * ENTRY_BYTES);
  const pagemap = openSync('/proc/self/pagemap', 'r');
  let present = 0;
  try {
    for (let page = 0; page < count; ) {
      const wanted = Math.min(entries.length, (count - page) * ENTRY_BYTES);
      const read = readSync(pagemap, entries, 0, wanted, (first + page) * ENTRY_BYTES);
      if (read < ENTRY_BYTES) break;
      // The top byte of a little-endian entry holds the present bit, 63.
      for (let at = ENTRY_BYTES - 1; at < read; at += ENTRY_BYTES) if ((entries[at] ?? 0) & PRESENT) present++;
      page += Math.floor(read / ENTRY_BYTES);
    }
  } finally {
    closeSync(pagemap);
  }
  return present * SMALL_PAGE;
}
