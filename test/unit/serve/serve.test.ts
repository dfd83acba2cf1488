import assert from 'node:assert/strict';
import { linkSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { decodeWorkingSet, readWorkingSet, writeWorkingSet } from '../../../src/pager/working-set.js';
import { absentRuns, chooseBlock, findBlocks, isMigration, type ReadAt } from '../../../src/serve/mapped-ram.js';
import { checkServe, storeFor } from '../../../src/serve/options.js';
import { judge, parseMappings } from '../../../src/serve/peer.js';
import { inRuns, SharedImage } from '../../../src/serve/shared-image.js';
import type { PageRead, Store } from '../../../src/store/store.js';
import { migrationFile } from '../../support/guest/mapped-ram.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-serve-'));
const test = suite('the parts of serve');
test.after(() => rmSync(folder, { recursive: true }));

const readerOf =
  (bytes: Buffer): ReadAt =>
  async (position, byteLength) =>
    bytes.subarray(position, position + byteLength);

test('QEMU’s RAM blocks are found whatever else their entries hold', async () => {
  for (const extra of [0, 8, 16]) {
    const bytes = migrationFile({
      extra,
      blocks: [
        { name: 'pc.ram', pages: 600, present: [0, 2, 3, 599] },
        { name: '0000:00:02.0/vga.vram', pages: 16, present: [1] },
      ],
    });
    assert.ok(isMigration(bytes));
    const read = readerOf(bytes);
    const blocks = await findBlocks(read, 'x');
    assert.deepEqual(
      blocks.map(({ name, byteLength }) => [name, byteLength]),
      [
        ['pc.ram', 600 * 4096],
        ['0000:00:02.0/vga.vram', 65536],
      ],
    );
    const block = chooseBlock(blocks, undefined, 'x');
    assert.equal(block.name, 'pc.ram');
    assert.equal(block.pagesOffset % 2 ** 20, 0);
    assert.deepEqual(await absentRuns(read, block, 'x'), [
      { first: 1, end: 2 },
      { first: 4, end: 599 },
    ]);
    assert.equal(chooseBlock(blocks, 'vga.vram', 'x').byteLength, 65536);
    assert.throws(() => chooseBlock(blocks, 'other', 'x'), /no RAM block 'other'/);
    await assert.rejects(
      absentRuns(readerOf(bytes.subarray(0, block.bitmapOffset + 8)), block, 'x'),
      /ends in the bitmap/,
    );
  }
  await assert.rejects(findBlocks(readerOf(Buffer.from('QEVM0000more')), 'x'), /without the capability mapped-ram/);
});

test('a file that only looks like one of QEMU’s is refused, and looking through it ends', async () => {
  const good = migrationFile({ extra: 8, blocks: [{ name: 'pc.ram', pages: 64, present: [1] }] });
  const [block] = await findBlocks(readerOf(good), 'x');
  const header = (block?.bitmapOffset ?? 0) - 28;
  const lengthAt = header - 16;
  assert.equal(good.readBigUInt64BE(lengthAt), 64n * 4096n);
  const changed: Array<[string, (bytes: Buffer) => unknown]> = [
    [
      'pages in front of their own bitmap: the next block would be this one',
      (bytes) => bytes.writeBigUInt64BE(0n, header + 20),
    ],
    ['pages far behind any end', (bytes) => bytes.writeBigUInt64BE(2n ** 64n - 2n ** 20n, header + 20)],
    ['more memory than there is', (bytes) => bytes.writeBigUInt64BE(2n ** 63n, lengthAt)],
    ['more pages than a guest has', (bytes) => bytes.writeBigUInt64BE(2n ** 52n, lengthAt)],
    ['pages of another size', (bytes) => bytes.writeBigUInt64BE(2n ** 62n, header + 4)],
  ];
  for (const [what, change] of changed) {
    const bytes = Buffer.from(good);
    change(bytes);
    await assert.rejects(findBlocks(readerOf(bytes), 'x'), /without the capability mapped-ram/, what);
  }
  // One block after the other, for ever: as a sparse file of any length has them.
  const template = good.subarray(8, header + 64);
  const endless: ReadAt = async (position) => {
    const bytes = Buffer.from(template);
    bytes.writeBigUInt64BE(BigInt(position + header - 8 + 28), header - 8 + 12);
    bytes.writeBigUInt64BE(BigInt(Math.ceil(position / 2 ** 20 + 1) * 2 ** 20), header - 8 + 20);
    return bytes;
  };
  await assert.rejects(findBlocks(endless, 'x'), /more than 4096 RAM blocks/);
});

test('a working set is read as it was written, and nothing else is', async () => {
  const file = path.join(folder, 'set');
  writeFileSync(file, 'older');
  const pages = Uint32Array.of(7, 0, 2 ** 31 - 1);
  await writeWorkingSet(file, { pageSize: 4096, pages });
  assert.deepEqual(await readWorkingSet(file), { pageSize: 4096, pages });
  assert.deepEqual(readdirSync(folder), ['set']);
  await assert.rejects(
    writeWorkingSet(path.join(folder, 'none', 'set'), { pageSize: 4096, pages }),
    /cannot be written/,
  );
  await assert.rejects(readWorkingSet(path.join(folder, 'gone')), /cannot be read/);
  const head = (fields: object) =>
    Buffer.from(
      `${JSON.stringify({ format: 'farpage working set', version: 1, pageSize: 4096, pages: 0, ...fields })}\n`,
    );
  const refused: Array<[Buffer, RegExp]> = [
    [Buffer.from('older'), /not a working set/],
    [Buffer.from('null\n'), /not a working set/],
    [head({ format: 'else' }), /not a working set/],
    [head({ version: 2 }), /of version 2, not 1/],
    [head({ pageSize: 8192 }), /odd size/],
    [head({ pages: 1 }), /cut short/],
    [Buffer.concat([head({ pages: 1.25 }), Buffer.alloc(5)]), /cut short/],
    [Buffer.concat([head({ pages: 2 }), Buffer.alloc(8)]), /a page that it cannot/],
    [Buffer.concat([head({ pages: 1 }), Buffer.alloc(4, 255)]), /a page that it cannot/],
  ];
  for (const [bytes, match] of refused) assert.throws(() => decodeWorkingSet(bytes, 'x'), match);
  // More than a Set of JavaScript holds: 64 GiB and a page.
  const many = Uint32Array.from({ length: 2 ** 24 + 1 }, (_, page) => page);
  const whole = Buffer.concat([head({ pages: many.length }), Buffer.from(many.buffer)]);
  assert.equal(decodeWorkingSet(whole, 'x').pages.at(-1), 2 ** 24);
});

/** Page n is full of n; counts the reads of each, and answers when it is let. */
function countingStore(): { store: Store; reads: number[][]; release: () => void; fail: boolean } {
  let waiting: Array<() => void> = [];
  const state = {
    reads: [] as number[][],
    fail: false,
    release: () => {
      for (const go of waiting.splice(0)) go();
    },
    store: {
      writable: false,
      byteLength: 2 ** 30,
      async read(pages: ReadonlyArray<PageRead>) {
        state.reads.push(pages.map(({ page }) => page));
        await new Promise<void>((resolve) => waiting.push(resolve));
        if (state.fail) throw new Error('gone');
        for (const { page, into } of pages) into.fill(page);
      },
      async close() {
        waiting = [];
      },
    },
  };
  return state;
}

const pageOf = (page: number) => ({ page, into: new Uint8Array(4096) });

test('a page is fetched once for all sessions that ask, while it is kept', async () => {
  const { store, reads, release } = countingStore();
  const image = new SharedImage(store, store, 4096, 2 * 4096);
  const first = [pageOf(1), pageOf(2)];
  const second = [pageOf(2), pageOf(3)];
  const all = [image.read(first), image.read(second)];
  release();
  await Promise.all(all);
  assert.deepEqual(reads, [[1, 2], [3]]);
  assert.deepEqual(
    [...first, ...second].map(({ into }) => into[4095]),
    [1, 2, 2, 3],
  );
  // Two are kept: 1 went first.
  assert.equal(image.keptBytes, 2 * 4096);
  await image.read([pageOf(2), pageOf(3)]);
  assert.equal(reads.length, 2);
  const again = image.read([pageOf(1)]);
  release();
  await again;
  assert.deepEqual(reads.at(-1), [1]);
  assert.deepEqual(image.counts, { asked: 7, shared: 3, fetched: 4, bytesFetched: 4 * 4096 });
});

test('a fetch that fails rejects for all sessions that wait, and the next one tries again', async () => {
  const counting = countingStore();
  const image = new SharedImage(counting.store, counting.store, 4096, 2 ** 20);
  counting.fail = true;
  const both = [image.read([pageOf(9)]), image.read([pageOf(9)])].map((each) => assert.rejects(each, /gone/));
  counting.release();
  await Promise.all(both);
  counting.fail = false;
  const page = pageOf(9);
  const again = image.read([page]);
  counting.release();
  await again;
  assert.equal(page.into[0], 9);
});

test('ahead of time, small gaps are fetched along, and a fault joins what is on its way', async () => {
  const { store, reads, release } = countingStore();
  const image = new SharedImage(store, store, 4096, 2 ** 20);
  const ahead = image.prefetch([10, 3, 4, 100], () => assert.fail('it all arrives'));
  const fault = image.read([pageOf(5), pageOf(100)]);
  release();
  await Promise.all([ahead, fault]);
  assert.deepEqual(reads, [[3, 4, 5, 6, 7, 8, 9, 10], [100]]);
  assert.deepEqual(inRuns([5, 1, 2, 3], 2, 0), [[1, 2], [3], [5]]);
});

test('what the kernel says of a peer’s memory', () => {
  const text = [
    '7f0000000000-7f0000100000 rw-s 00200000 00:01 77                         /memfd:guest (deleted)',
    'Size:               1024 kB',
    'VmFlags: rd wr sh mr mw me ms um uw sd ',
    '7f0000100000-7f0000200000 rw-p 00000000 00:00 0 ',
    'Size:               1024 kB',
    'VmFlags: rd wr mr mw me um ht ',
    '',
  ].join('\n');
  const mappings = parseMappings(text);
  assert.equal(mappings.length, 2);
  const part = (address: number, byteLength: number) => [
    { address: BigInt(address), byteLength, offset: 0, fileOffset: 0 },
  ];
  const first = judge(mappings, part(0x7f0000000000, 2 ** 20));
  assert.deepEqual([first.registered, first.protectable, first.huge], [true, true, false]);
  const both = judge(mappings, part(0x7f0000000000, 2 ** 21));
  assert.deepEqual([both.registered, both.protectable, both.huge], [true, false, false]);
  assert.equal(judge(mappings, part(0x7f0000100000, 2 ** 20)).huge, true);
  assert.equal(judge(mappings, part(0x7f0000100000, 2 ** 21)).registered, false);
});

test('options that cannot be meant are refused', () => {
  const base = { socket: 's', image: 'i' };
  assert.throws(() => checkServe({ ...base, record: 'a', replay: 'a' }), /same file/);
  const set = path.join(folder, 'recorded');
  writeFileSync(set, '');
  linkSync(set, `${set}.link`);
  const [named, linked] = [path.join(folder, '.', 'x', '..', 'recorded'), `${set}.link`];
  for (const other of [named, linked]) {
    assert.throws(() => checkServe({ ...base, record: set, replay: other }), /--replay name the same file/);
    assert.throws(() => checkServe({ ...base, record: other, image: set }), /--image name the same file/);
  }
  assert.throws(() => checkServe({ ...base, resident: '4KiB' }), /is too small/);
  assert.throws(() => checkServe({ ...base, store: 'http://x/y' }), /cannot be written/);
  assert.throws(() => checkServe({ ...base, cache: 'much' }), /not a size/);
  assert.equal(checkServe(base).kill, true);
});

test('two sessions’ evicted pages never meet', () => {
  const pathOf = (session: number) => (storeFor('file:/tmp/pages', session) as { path: string }).path;
  assert.deepEqual([pathOf(1), pathOf(2)], ['/tmp/pages.1', '/tmp/pages.2']);
  const prefixOf = (url: string, session: number) => (storeFor(url, session) as { prefix: string }).prefix;
  assert.deepEqual([prefixOf('redis://h?prefix=a:', 1), prefixOf('redis://h?prefix=a:', 2)], ['a:1:', 'a:2:']);
  const temporary = [1, 1].map((session) => prefixOf('redis://h', session));
  assert.equal(new Set(temporary).size, 2);
});

test.run();
