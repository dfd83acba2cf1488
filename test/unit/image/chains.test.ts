// budget: 60 s
// Chains of images: long ones, and such as lead back to themselves.
import assert from 'node:assert/strict';
import { readdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { ImageChain, openParent } from '../../../src/image/read.js';
import openSnapshot from '../../../src/image/store.js';
import { verifyImage } from '../../../src/image/tools.js';
import { native } from '../../../src/native/native.js';
import { bytesOfFormat1 } from '../../support/image/format1.js';
import { ImageFolder, PAGE } from '../../support/image/kit.js';

const PAGES = 64;
const LONG = 2100;
const test = suite('chains of images');
const folder = new ImageFolder();
test.after(() => folder.remove());

const idOf = (index: number) => (index + 1).toString(16).padStart(32, '0');
const pageOf = (index: number) => Buffer.alloc(PAGE, `page of image ${index} `);

/** An image in format 1 that has one page, and says where its parent is; `digests` are those of all pages up to it. */
function put(file: string, index: number, parent: { id: string; place: string } | null, digests: BigUint64Array): void {
  native().pageDigests(pageOf(index), PAGE, digests, index % PAGES);
  const image = bytesOfFormat1({
    pageSize: PAGE,
    pages: PAGES,
    id: idOf(index),
    parentId: parent?.id ?? null,
    parent: parent === null ? [] : [parent.place],
    digests,
    meta: { created: '' },
    own: new Map([[index % PAGES, pageOf(index)]]),
  });
  writeFileSync(file, image);
}

function openIn(place: string): number {
  const links = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // the folder's own
    }
  });
  return links.filter((link) => link.startsWith(place)).length;
}

test(`${LONG} images: all pages are read, checked and gone on from, and not all files are open at once`, async () => {
  const place = path.dirname(folder.file('x'));
  const digests = new BigUint64Array(PAGES);
  for (let index = 0; index < LONG; index++) {
    const before = { id: idOf(index - 1), place: `long-${index - 1}` };
    put(folder.file(`long-${index}`), index, index === 0 ? null : before, digests);
  }
  const newest = folder.file(`long-${LONG - 1}`);
  const store = await openSnapshot({ where: newest });
  assert.ok(openIn(place) < LONG / 4, `${openIn(place)} files are open`);
  const reads = Array.from({ length: PAGES }, (_, page) => ({ page, into: new Uint8Array(PAGE) }));
  await store.read(reads);
  for (const { page, into } of reads) {
    const holder = LONG - 1 - ((LONG - 1 - page) % PAGES);
    assert.ok(pageOf(holder).equals(into), `page ${page}`);
  }
  // A file that was closed, and is another one by now, is not read as if it were the same.
  const oldest = folder.file(`long-${LONG - PAGES}`);
  renameSync(oldest, `${oldest}.away`);
  writeFileSync(oldest, 'another file');
  const alone = { page: (LONG - PAGES) % PAGES, into: new Uint8Array(PAGE) };
  await store.read([alone]).then(
    () => assert.ok(pageOf(LONG - PAGES).equals(alone.into), 'it was open still'),
    (error: unknown) => assert.match(String(error), /another file/),
  );
  renameSync(`${oldest}.away`, oldest);
  await store.close();
  const parent = await openParent(newest, undefined);
  assert.equal(parent.chain.length, LONG);
  await parent.close();
  const { checkedPages, damaged } = await verifyImage(newest);
  assert.deepEqual([checkedPages, damaged], [LONG, []]);
  assert.equal(openIn(place), 0);
});

test('an image that is its own ancestor is refused, by whatever name it comes back', async () => {
  const itself = folder.file('itself');
  put(itself, 0, { id: idOf(0), place: 'itself' }, new BigUint64Array(PAGES));
  await assert.rejects(ImageChain.open(itself), /itself: it is its own ancestor/);
  await assert.rejects(openParent(itself, undefined), /its own ancestor/);
  // Two that lead to each other, the second by a link.
  const [first, second] = [folder.file('first'), folder.file('second')];
  put(first, 1, { id: idOf(2), place: 'second' }, new BigUint64Array(PAGES));
  put(second, 2, { id: idOf(1), place: 'first.link' }, new BigUint64Array(PAGES));
  symlinkSync(first, `${first}.link`);
  await assert.rejects(ImageChain.open(first), /its own ancestor/);
  assert.equal(openIn(path.dirname(first)), 0);
});

test.run();
