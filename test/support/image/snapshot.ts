// Images of other processes' memory, as the snapshot tests look at them.
import assert from 'node:assert/strict';
import { ImageChain } from '../../../src/image/read.js';
import openSnapshot from '../../../src/image/store.js';

/** Pages read at a time. */
const BATCH = 256;

/** Bytes of an image by the address that they had; every page of them is checked against its digest. */
export async function bytesAt(image: string, address: bigint, byteLength: number): Promise<Buffer> {
  const chain = await ImageChain.open(image);
  const { meta, pageSize } = chain;
  await chain.close();
  const bytes = Buffer.alloc(byteLength);
  const pages: Array<{ page: number; into: Uint8Array }> = [];
  for (const { address: at, first, pages: count } of meta.ranges ?? []) {
    for (let page = 0; page < count; page++) {
      const offset = Number(BigInt(at) + BigInt(page * pageSize) - address);
      if (offset < 0 || offset >= byteLength) continue;
      pages.push({ page: first + page, into: bytes.subarray(offset, offset + pageSize) });
    }
  }
  assert.equal(pages.length * pageSize, byteLength, 'the image has all of these addresses');
  await readAll(image, pages);
  return bytes;
}

/** Every page of the image is what was saved. */
export async function verifyImage(image: string): Promise<void> {
  const chain = await ImageChain.open(image);
  const { digests, pageSize } = chain;
  await chain.close();
  const pages = [...digests.keys()].filter((page) => digests[page] !== 0n);
  assert.ok(pages.length > 0, 'the image has pages');
  await readAll(
    image,
    pages.map((page) => ({ page, into: new Uint8Array(pageSize) })),
  );
}

async function readAll(image: string, pages: ReadonlyArray<{ page: number; into: Uint8Array }>): Promise<void> {
  const store = await openSnapshot({ where: image });
  try {
    for (let at = 0; at < pages.length; at += BATCH) await store.read(pages.slice(at, at + BATCH));
  } finally {
    await store.close?.();
  }
}
