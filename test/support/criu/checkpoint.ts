// Writes checkpoint folders as criu dump does, for tests: the images that farpage reads, with pages whose words tell where they belong.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const PAGE = 4096;
export const FLAGS = { parent: 1, lazy: 2, present: 4 } as const;
export const MAGIC = { common: 0x54564319, inventory: 0x58313116, pstree: 0x50273030, pagemap: 0x56084025 } as const;

/** A run of pages of a task. Default: lazy, and in the pages file. */
export interface Run {
  address: number;
  pages: number;
  flags?: number;
}

export interface WrittenTask {
  pid: number;
  /** Null: a zombie, without a pagemap. */
  runs: readonly Run[] | null;
  /** Added to each word of its pages: tells a parent's pages from a later checkpoint's. */
  salt?: number;
}

export interface CheckpointOptions {
  /** How the number of pages is written: CRIU 4.2 has it in another field than 4.1. */
  version?: '4.1' | '4.2';
  parent?: string;
}

export function writeCheckpoint(folder: string, tasks: readonly WrittenTask[], options: CheckpointOptions = {}): void {
  const { version = '4.2', parent } = options;
  mkdirSync(folder, { recursive: true });
  if (parent !== undefined) symlinkSync(path.relative(folder, parent), path.join(folder, 'parent'));
  const write = (name: string, bytes: Uint8Array) => writeFileSync(path.join(folder, name), bytes);
  write('inventory.img', image(MAGIC.inventory, [message([1, 2], [2, 1], [8, 12345])]));
  write(
    'pstree.img',
    image(
      MAGIC.pstree,
      tasks.map(({ pid }) => message([1, pid], [2, 0], [3, pid], [4, pid], [5, pid])),
    ),
  );
  for (const [index, { pid, runs, salt = 0 }] of tasks.entries()) {
    if (runs === null) continue;
    write(`pagemap-${pid}.img`, pagemap(index + 1, runs, version));
    const present = runs.filter(({ flags = FLAGS.present }) => (flags & FLAGS.present) !== 0);
    write(`pages-${index + 1}.img`, Buffer.concat(present.flatMap((run) => pagesOf(pid, run, salt))));
  }
}

export function pagemap(pagesId: number, runs: readonly Run[], version: '4.1' | '4.2' = '4.2'): Uint8Array {
  const entries = runs.map(({ address, pages, flags = FLAGS.lazy | FLAGS.present }) =>
    version === '4.2'
      ? message([1, address], [2, 0], [4, flags], [5, pages])
      : message([1, address], [2, pages], [4, flags]),
  );
  return image(MAGIC.pagemap, [message([1, pagesId]), ...entries]);
}

/** An image file: the magic numbers, then each message behind its length. */
export function image(type: number, messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([word(MAGIC.common), word(type), ...messages.flatMap((each) => [word(each.byteLength), each])]);
}

/** A protobuf message of numbers: pairs of a field's number and its value. */
export function message(...fields: ReadonlyArray<readonly [number, number]>): Uint8Array {
  return Uint8Array.from(fields.flatMap(([number, value]) => [...varint(number * 8), ...varint(value)]));
}

export function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = BigInt(value); ; left >>= 7n) {
    if (left < 128n) return [...bytes, Number(left)];
    bytes.push(Number(left & 127n) | 128);
  }
}

/** Each word of a page is pid << 48 | page address, plus the salt: restore-peer.c expects it. */
function pagesOf(pid: number, { address, pages }: Run, salt: number): Uint8Array[] {
  return Array.from({ length: pages }, (_, i) => {
    const value = (BigInt(pid) << 48n) + BigInt(address + i * PAGE) + BigInt(salt);
    return new Uint8Array(new BigUint64Array(PAGE / 8).fill(value).buffer);
  });
}

function word(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
