/** A migration file as QEMU writes it with the capability mapped-ram, its pages filled by `fill`. */
export function migrationFile(options: {
  blocks: ReadonlyArray<{ name: string; pages: number; present: readonly number[] }>;
  /** Bytes of further numbers between a block's length and its header: its page size, its address. */
  extra?: number;
  fill?: (bytes: Buffer, page: number) => void;
}): Buffer {
  const { blocks, extra = 0, fill = (bytes, page) => void bytes.fill(page + 1) } = options;
  const parts: Buffer[] = [Buffer.from('QEVM\0\0\0\x03\x07\0\0\0\x06pc-q35\x01\0\0\0\x02\x03ram', 'latin1')];
  let position = parts[0]?.byteLength ?? 0;
  const add = (bytes: Buffer) => {
    parts.push(bytes);
    position += bytes.byteLength;
  };
  for (const { name, pages, present } of blocks) {
    const entry = Buffer.alloc(1 + name.length + 8 + extra);
    entry.writeUInt8(name.length);
    entry.write(name, 1, 'latin1');
    entry.writeBigUInt64BE(BigInt(pages * 4096), 1 + name.length);
    if (extra >= 8) entry.writeBigUInt64BE(4096n, 1 + name.length + 8);
    add(entry);
    const bitmap = Buffer.alloc(Math.ceil(pages / 64) * 8);
    for (const page of present) bitmap.writeUInt8((bitmap[page >> 3] ?? 0) | (1 << (page & 7)), page >> 3);
    const bitmapOffset = position + 28;
    const pagesOffset = Math.ceil((bitmapOffset + bitmap.byteLength) / 2 ** 20) * 2 ** 20;
    const header = Buffer.alloc(28);
    header.writeUInt32BE(1);
    header.writeBigUInt64BE(4096n, 4);
    header.writeBigUInt64BE(BigInt(bitmapOffset), 12);
    header.writeBigUInt64BE(BigInt(pagesOffset), 20);
    add(header);
    add(bitmap);
    add(Buffer.alloc(pagesOffset - position));
    const content = Buffer.alloc(pages * 4096);
    // What was there before a page became zeros stays in the file: only the bitmap counts.
    for (let page = 0; page < pages; page++) {
      const bytes = content.subarray(page * 4096, (page + 1) * 4096);
      if (present.includes(page)) fill(bytes, page);
      else bytes.fill(0xee);
    }
    add(content);
  }
  add(Buffer.from('devices'));
  return Buffer.concat(parts);
}
