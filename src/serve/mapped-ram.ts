// Reads QEMU's mapped-ram: a migration file in which each RAM block's pages are at fixed offsets. For each block:
//
//   u8 length, name, u64 used length, [u64 page size], [u64 address]       numbers are big-endian
//   u32 version 1, u64 page size, u64 bitmap's offset, u64 pages' offset
//   the bitmap, little-endian words: a bit for each page that is in the file; the others are zeros
//   … up to the next MiB …  the pages
//
// The bytes between the start and the first block depend on the machine; a block is recognised by its bitmap's
// offset, which is where its header ends.
import { PagerError } from '../errors.js';

/** Reads bytes of the image; shorter at its end. */
export type ReadAt = (position: number, byteLength: number) => Promise<Buffer>;

export interface RamBlock {
  name: string;
  byteLength: number;
  pageSize: number;
  bitmapOffset: number;
  pagesOffset: number;
}

/** A run of pages, `end` not in it. */
export interface Run {
  first: number;
  end: number;
}

const MAGIC = 0x5145564d; // 'QEVM'
const VERSION = 1;
const HEADER_BYTES = 28;
const ALIGNMENT = 2 ** 20;
/** The first block's header is within so many bytes from the start, any other after the pages of the block before. */
const LOOK_BYTES = 2 ** 20;
/** QEMU has some tens. */
const MAX_BLOCKS = 4096;
/** Most pages of a guest's memory, and QEMU's largest page. */
const MAX_PAGES = 2 ** 31;
const MAX_PAGE_BYTES = 2 ** 30;
/** The usual names of a guest's main memory. */
const MAIN = ['pc.ram', 'ram0', 'ram-node0', 'mach-virt.ram', 'ram'];

export function isMigration(head: Buffer): boolean {
  return head.byteLength >= 4 && head.readUInt32BE(0) === MAGIC;
}

/**
 * The RAM blocks of a migration file.
 * @throws PagerError 'OPTION' if it has no mapped-ram block
 */
export async function findBlocks(read: ReadAt, name: string): Promise<RamBlock[]> {
  const blocks: RamBlock[] = [];
  let from = 8;
  for (;;) {
    const block = findBlock(await read(from, LOOK_BYTES), from);
    if (block === undefined) break;
    blocks.push(block);
    from = block.pagesOffset + block.byteLength;
    if (blocks.length > MAX_BLOCKS) {
      throw new PagerError('OPTION', `${name}: more than ${MAX_BLOCKS} RAM blocks`, { hint: 'save it again' });
    }
  }
  if (blocks.length > 0) return blocks;
  throw new PagerError('OPTION', `${name}: a QEMU migration file without the capability mapped-ram`, {
    hint: 'save it with migrate-set-capabilities [mapped-ram: true] to a file: URI (QEMU 9.0 or newer)',
  });
}

function findBlock(bytes: Buffer, base: number): RamBlock | undefined {
  const last = bytes.byteLength - HEADER_BYTES;
  for (let at = 10; at <= last; at++) {
    // Cheap first: version 1, and a bitmap that begins right here.
    if (bytes.readUInt32BE(at) !== VERSION) continue;
    if (bytes.readBigUInt64BE(at + 12) !== BigInt(base + at + HEADER_BYTES)) continue;
    const pageSize = Number(bytes.readBigUInt64BE(at + 4));
    const pagesOffset = Number(bytes.readBigUInt64BE(at + 20));
    if (pageSize < 4096 || pageSize > MAX_PAGE_BYTES || !Number.isInteger(Math.log2(pageSize))) continue;
    const named = nameBefore(bytes, at);
    if (named === undefined) continue;
    const block = { ...named, pageSize, bitmapOffset: base + at + HEADER_BYTES, pagesOffset };
    if (isSound(block)) return block;
  }
  return undefined;
}

// Its pages follow its bitmap, within the possible size of a file; the next block is searched for after them.
function isSound({ byteLength, pageSize, bitmapOffset, pagesOffset }: RamBlock): boolean {
  const pages = Math.ceil(byteLength / pageSize);
  return (
    pages < MAX_PAGES &&
    pagesOffset % ALIGNMENT === 0 &&
    pagesOffset >= bitmapOffset + Math.ceil(pages / 64) * 8 &&
    Number.isSafeInteger(pagesOffset + byteLength)
  );
}

// Name and length are followed by up to two more numbers, depending on the migration's other capabilities.
function nameBefore(bytes: Buffer, header: number): { name: string; byteLength: number } | undefined {
  for (const extra of [0, 8, 16]) {
    const lengthAt = header - extra - 8;
    for (let size = 1; size <= 255 && lengthAt - size - 1 >= 0; size++) {
      if (bytes[lengthAt - size - 1] !== size) continue;
      const name = bytes.toString('latin1', lengthAt - size, lengthAt);
      const byteLength = Number(bytes.readBigUInt64BE(lengthAt));
      const plausible = byteLength > 0 && byteLength % 4096 === 0 && Number.isSafeInteger(byteLength);
      if (/^[\x21-\x7e]+$/.test(name) && plausible) return { name, byteLength };
    }
  }
  return undefined;
}

/**
 * The block that is the guest's memory.
 * @param wanted its name; by default one of the usual names, or the only block
 * @throws PagerError 'OPTION' listing the blocks
 */
export function chooseBlock(blocks: readonly RamBlock[], wanted: string | undefined, image: string): RamBlock {
  const names = wanted === undefined ? MAIN : [wanted];
  for (const name of names) {
    // A device's memory is named by its path and its own name.
    const found = blocks.find((block) => block.name === name || block.name.endsWith(`/${name}`));
    if (found !== undefined) return found;
  }
  const [only] = blocks;
  if (wanted === undefined && blocks.length === 1 && only !== undefined) return only;
  throw new PagerError('OPTION', `${image}: it has no RAM block '${wanted ?? MAIN.join("', '")}'`, {
    hint: `give one of its own with --ram-block: ${blocks.map(({ name }) => name).join(', ')}`,
  });
}

/** Runs of the block's pages that are not in the file: zeros, whatever bytes the file has there. */
export async function absentRuns(read: ReadAt, block: RamBlock, name: string): Promise<Run[]> {
  const pages = Math.ceil(block.byteLength / block.pageSize);
  const byteLength = Math.ceil(pages / 64) * 8;
  const bitmap = await read(block.bitmapOffset, byteLength);
  if (bitmap.byteLength < byteLength) {
    throw new PagerError('OPTION', `${name}: it ends in the bitmap of ${block.name}`, { hint: 'save it again' });
  }
  const runs: Run[] = [];
  let first = -1;
  for (let page = 0; page <= pages; page++) {
    const present = page === pages || ((bitmap[page >> 3] ?? 0) & (1 << (page & 7))) !== 0;
    if (!present && first < 0) first = page;
    if (present && first >= 0) {
      runs.push({ first, end: page });
      first = -1;
    }
  }
  return runs;
}
