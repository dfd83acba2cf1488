// The readers of CRIU's images: what is read, and what is refused before it is used.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { Checkpoint } from '../../../src/criu/checkpoint.js';
import { decodeInventory, decodePagemap, decodeTree } from '../../../src/criu/images.js';
import { PagerError } from '../../../src/errors.js';
import { FLAGS, image, MAGIC, message, PAGE, pagemap, varint, writeCheckpoint } from '../../support/criu/checkpoint.js';

const BASE = 0x7f0000000000;
const lazy = (from: number, pages: number, flags = FLAGS.lazy | FLAGS.present) => ({
  address: BASE + from * PAGE,
  pages,
  flags,
});

const test = suite('images of CRIU');
const root = mkdtempSync(path.join(tmpdir(), 'farpage-images-'));
let folders = 0;
const folder = () => path.join(root, String(++folders));
test.after(() => rmSync(root, { recursive: true }));

function refused(work: () => unknown, words: RegExp): void {
  assert.throws(work, (error: unknown) => {
    assert.ok(error instanceof PagerError, String(error));
    assert.match(error.message, words);
    assert.ok(error.hint);
    return true;
  });
}

function notOpened(images: string, words: RegExp): Promise<void> {
  return assert.rejects(Checkpoint.open(images), (error: unknown) => {
    refused(() => {
      throw error;
    }, words);
    return true;
  });
}

test('a pagemap of either version has the same runs', () => {
  const runs = [lazy(0, 3), lazy(5, 70_000, FLAGS.present), lazy(80_000, 1, FLAGS.parent | FLAGS.lazy)];
  const expected = [
    { address: BASE, pages: 3, lazy: true, where: 'here' },
    { address: BASE + 5 * PAGE, pages: 70_000, lazy: false, where: 'here' },
    { address: BASE + 80_000 * PAGE, pages: 1, lazy: true, where: 'parent' },
  ];
  for (const version of ['4.1', '4.2'] as const) {
    assert.deepEqual(decodePagemap(pagemap(9, runs, version), 'x'), {
      pagesId: 9,
      entries: expected,
      isWide: version === '4.2',
    });
  }
});

test('images of early versions: one magic number, no flags, in_parent as a field of its own', () => {
  const bytes = image(MAGIC.pagemap, [
    message([1, 4]),
    message([1, BASE], [2, 2]),
    message([1, BASE + 8192], [2, 1], [3, 1]),
  ]);
  const { entries } = decodePagemap(bytes.subarray(4), 'x');
  assert.deepEqual(
    entries.map(({ where, lazy: isLazy }) => `${where} ${isLazy}`),
    ['here false', 'parent false'],
  );
});

for (const [what, bytes, words] of [
  ['is empty', new Uint8Array(), /ends before its magic/],
  ['is of another kind', image(MAGIC.pstree, []), /its magic number is 0x50273030/],
  ['has no head', image(MAGIC.pagemap, []), /has no message/],
  ['ends within a length', image(MAGIC.pagemap, [message([1, 1])]).subarray(0, 10), /ends before the length/],
  ['ends within a message', image(MAGIC.pagemap, [message([1, 1])]).subarray(0, 13), /ends within a message/],
  ['has an endless message', Buffer.concat([image(MAGIC.pagemap, []), Buffer.from([255, 255, 255, 255])]), /too long/],
  [
    'has a field of a later version',
    image(MAGIC.pagemap, [message([1, 1]), message([1, BASE], [2, 1], [6, 1])]),
    /field 6 is not known/,
  ],
  ['has flags of a later version', pagemap(1, [lazy(0, 1, 12)]), /flags 0xc are not known/],
  ['has no pages in a run', pagemap(1, [lazy(0, 0)]), /0 pages at/],
  ['has more pages than addresses', pagemap(1, [lazy(0, 2 ** 34)]), /between 1 and the end/],
  ['has an address within a page', pagemap(1, [{ address: BASE + 1, pages: 1 }]), /is not a page's/],
  ['has an address above all', pagemap(1, [{ address: 2 ** 47, pages: 1 }]), /field 1 is not a number below/],
  ['has runs over each other', pagemap(1, [lazy(0, 3), lazy(2, 1)]), /out of order/],
  [
    'has a number of more than 64 bits',
    image(MAGIC.pagemap, [Uint8Array.from([8, ...Array(10).fill(255), 1])]),
    /more than 64 bits/,
  ],
  [
    'has a string longer than itself',
    image(MAGIC.pagemap, [Uint8Array.from([10, ...varint(2 ** 40)])]),
    /longer than the message/,
  ],
  ['has a field of an unknown type', image(MAGIC.pagemap, [Uint8Array.from([11])]), /unknown type 3/],
] as const) {
  test(`a pagemap that ${what} is refused`, () => refused(() => decodePagemap(bytes, 'pagemap-1.img'), words));
}

test('an inventory of a later version is refused by the name of its field', () => {
  const of = (...fields: Array<[number, number]>) => image(MAGIC.inventory, [message(...fields)]);
  decodeInventory(of([1, 2], [14, 1]), 'x');
  refused(() => decodeInventory(of([1, 2], [15, 1]), 'x'), /field 15 is not known/);
  refused(() => decodeInventory(of([1, 3]), 'x'), /images of version 3/);
});

test('a tree has one task for each pid', () => {
  const of = (...pids: number[]) =>
    image(
      MAGIC.pstree,
      pids.map((pid) => message([1, pid], [5, pid])),
    );
  assert.deepEqual(decodeTree(of(3, 9), 'x'), [3, 9]);
  refused(() => decodeTree(of(), 'x'), /no task/);
  refused(() => decodeTree(of(3, 3), 'x'), /one pid/);
  refused(() => decodeTree(of(0), 'x'), /no pid/);
});

test('a checkpoint names each lazy page by its number over all files, parents included', async () => {
  const [first, second] = [folder(), folder()];
  const tasks = (runs: ReturnType<typeof lazy>[]) => [
    { pid: 5, runs },
    { pid: 6, runs: [lazy(0, 2)] },
  ];
  writeCheckpoint(first, tasks([lazy(0, 10), lazy(10, 10, FLAGS.present)]));
  writeCheckpoint(
    second,
    tasks([lazy(0, 4, FLAGS.parent | FLAGS.lazy), lazy(4, 1), lazy(8, 4, FLAGS.parent | FLAGS.lazy)]),
    {
      parent: first,
    },
  );
  const checkpoint = await Checkpoint.open(second);
  // Of task 5 its own 1 page and its parent's 20, of task 6 its own 2: none of its pages is in the parent.
  assert.deepEqual(
    checkpoint.files.map(({ pages }) => pages),
    [1, 20, 2],
  );
  const at = (from: number, pages: number, slot: number) => ({ address: BASE + from * PAGE, pages, slot });
  assert.deepEqual(checkpoint.task(5)?.runs, [at(0, 4, 1), at(4, 1, 0), at(8, 2, 9), at(10, 2, 11)]);
  assert.deepEqual(checkpoint.task(6)?.runs, [at(0, 2, 21)]);
  assert.equal(checkpoint.taskCount, 2);
  checkpoint.close();
});

test('a checkpoint that is not whole is refused, and no file stays open', async () => {
  const of = (change: (at: string) => void, flags?: number): string => {
    const at = folder();
    writeCheckpoint(at, [{ pid: 5, runs: [lazy(0, 10, flags)] }]);
    change(at);
    return at;
  };
  const file = (name: string) => (at: string) => path.join(at, name);
  const pages = file('pages-1.img');
  await notOpened(
    of((at) => unlinkSync(pages(at))),
    /cannot be opened/,
  );
  await notOpened(
    of((at) => truncateSync(pages(at), 9 * PAGE)),
    /speaks of 10 pages/,
  );
  await notOpened(
    of((at) => unlinkSync(path.join(at, 'pstree.img'))),
    /cannot be read/,
  );
  await notOpened(
    of((at) => symlinkSync('.', path.join(at, 'parent'))),
    /its own parent/,
  );
  await notOpened(
    of((at) => symlinkSync('none', path.join(at, 'parent'))),
    /is not a folder/,
  );
  await notOpened(
    of(() => {}, FLAGS.parent | FLAGS.lazy),
    /there is none/,
  );
  await notOpened(
    of(() => {}, FLAGS.lazy),
    /not in the images/,
  );
  await notOpened(
    of((at) => writeFileSync(path.join(at, 'pagemap-5.img'), 'x')),
    /ends before its magic/,
  );
});

test.run();
