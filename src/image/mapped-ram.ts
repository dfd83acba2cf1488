// QEMU's mapped-ram: the layout of a migration file, with one RAM block and no devices. Numbers are big-endian.
//
//   'QEVM', u32 3 │ section start: u8 1, u32 id, u8 3 'ram', u32 instance, u32 version 4 │ u64 bytes of RAM | 4 │
//   u8 length, name, u64 bytes of the block │ u32 1, u64 page size, u64 bitmap's offset, u64 pages' offset │ the bitmap │
//   … up to the next MiB … │ the pages
//
// docs/devel/migration/mapped-ram.rst and migration/ram.c of QEMU.
import { PagerError } from '../errors.js';
import type { ImageHeader } from './layout.js';
import type { ImageMedium } from './medium.js';
import { NewFile } from './new-file.js';

const ALIGNMENT = 2 ** 20;
const BLOCK_NAME = 'ram0';
const MEM_SIZE = 4n;

export async function mappedRamMedium(
  where: string,
  { pageSize, pages }: Pick<ImageHeader, 'pageSize' | 'pages'>,
): Promise<ImageMedium> {
  const bytes = BigInt(pages) * BigInt(pageSize);
  const bitmapBytes = Math.ceil(pages / 64) * 8;
  const head = Buffer.concat([
    Buffer.from('QEVM', 'latin1'),
    numbers([4, 3n], [1, 1n], [4, 2n], [1, 3n]),
    Buffer.from('ram', 'latin1'),
    numbers([4, 0n], [4, 4n], [8, bytes | MEM_SIZE], [1, BigInt(BLOCK_NAME.length)]),
    Buffer.from(BLOCK_NAME, 'latin1'),
    numbers([8, bytes]),
  ]);
  const bitmapOffset = head.length + 28;
  const pagesOffset = Math.ceil((bitmapOffset + bitmapBytes) / ALIGNMENT) * ALIGNMENT;
  const header = numbers([4, 1n], [8, BigInt(pageSize)], [8, BigInt(bitmapOffset)], [8, BigInt(pagesOffset)]);
  const file = await NewFile.create(where);
  return {
    writePages: (first, _slot, content) => file.write(pagesOffset + first * pageSize, content),
    nameParent: () => {
      throw new PagerError('INTERNAL', 'mapped-ram has no parents');
    },
    async finish({ present }) {
      await file.grow(pagesOffset + pages * pageSize);
      await file.write(0, Buffer.concat([head, header, present]));
      await file.sync();
      await file.commit();
    },
    abort: () => file.abort(),
  };
}

function numbers(...fields: Array<[1 | 4 | 8, bigint]>): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 8) bytes.writeBigUInt64BE(value, at);
    else if (size === 4) bytes.writeUInt32BE(Number(value), at);
    else bytes.writeUInt8(Number(value), at);
    at += size;
  }
  return bytes;
}
