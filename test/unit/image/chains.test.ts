// budget: 60 s
// Chains of images: long ones, and such as lead back to themselves.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import { PooledFile } from '../../../src/image/file-pool.js';
import { placesOf, readHeader } from '../../../src/image/layout.js';
import { ImageChain, openParent } from '../../../src/image/read.js';
import openSnapshot from '../../../src/image/store.js';
import { verifyImage } from '../../../src/image/tools.js';
import { native } from '../../../src/native/native.js';
import { bytesOfFormat1 } from '../../support/image/format1.js';
import { assertHolds, ImageFolder, Model, PAGE, writeImage } from '../../support/image/kit.js';

const PAGES = 64;
const LONG = 2100;
/** More than one job opens. */
const AHEAD = 80;
const STORE = new URL('../../../src/image/store.js', import.meta.url).href;
const test = suite('chains of images');
const folder = new ImageFolder();
test.after(() => folder.remove());

const idOf = (index: number) => (index + 1).toString(16).padStart(32, '0');
const headerOf = (image: Buffer) => readHeader(image.subarray(0, PAGE), 'image');
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

function damagedAt(image: Buffer, at: number): Buffer {
  const other = Buffer.from(image);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
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

test(`${AHEAD} images, opened ahead: refused wherever something is wrong, and no file stays open`, async () => {
  const model = new Model(PAGES).scramble(PAGES);
  const file = (index: number) => folder.file(`ahead-${index}`);
  for (let index = 0; index < AHEAD; index++) {
    await writeImage(file(index), model.scramble(5), index === 0 ? {} : { parent: file(index - 1), changedOnly: true });
  }
  const newest = file(AHEAD - 1);
  const place = path.dirname(newest);
  await assertHolds(newest, model);
  assert.equal(openIn(place), 0);
  for (const index of [0, 7, 40, AHEAD - 2]) {
    const wrong: Array<[string, () => void]> = [
      ['does not exist', () => {}],
      ['is not an image', () => writeFileSync(file(index), 'another file')],
      ['it ends in its header', () => writeFileSync(file(index), whole.subarray(0, 2000))],
      ['it ends before its index does', () => writeFileSync(file(index), whole.subarray(0, 2 * PAGE))],
      ['its header is damaged', () => writeFileSync(file(index), damagedAt(whole, 60))],
      ['its index is damaged', () => writeFileSync(file(index), damagedAt(whole, placesOf(headerOf(whole)).index))],
      ['is not its parent image', () => copyFileSync(file(index === 0 ? 1 : 0), file(index))],
    ];
    const whole = readFileSync(file(index));
    for (const [what, spoil] of wrong) {
      rmSync(file(index), { force: true });
      spoil();
      await assert.rejects(
        ImageChain.open(newest),
        (error: unknown) => String(error).includes(what),
        `${index}: ${what}`,
      );
      assert.equal(openIn(place), 0, `${index}: ${what}`);
    }
    writeFileSync(file(index), whole);
  }
  await assertHolds(newest, model);
});

test('a thread that opens a chain closes its files at its end, and Node.js warns of nothing', async () => {
  const model = new Model(PAGES);
  const file = (index: number) => folder.file(`thread-${index}`);
  for (let index = 0; index < AHEAD; index++) {
    await writeImage(file(index), model.scramble(5), index === 0 ? {} : { parent: file(index - 1), changedOnly: true });
  }
  const place = path.dirname(file(0));
  const warnings: string[] = [];
  const warned = (warning: Error) => void warnings.push(warning.message);
  process.on('warning', warned);
  for (const closes of [true, false]) {
    const worker = new Worker(
      `const { workerData: { store, where, closes } } = require('node:worker_threads');
       import(store).then(async ({ default: openSnapshot }) => {
         const chain = await openSnapshot({ where });
         if (closes) await chain.close();
       });`,
      { eval: true, workerData: { store: STORE, where: file(AHEAD - 1), closes }, stderr: true },
    );
    const stderr = text(worker.stderr);
    const [code] = await once(worker, 'exit');
    assert.deepEqual([code, await stderr], [0, '']);
    assert.equal(openIn(place), 0, closes ? 'closed' : 'left open');
  }
  process.off('warning', warned);
  assert.deepEqual(warnings, []);
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
  // The newest layout, opened ahead: in the oldest's place is a link to the newest.
  const model = new Model(PAGES).put(1, 1);
  const [old, young] = [folder.file('old'), folder.file('young')];
  await writeImage(old, model);
  await writeImage(young, model.put(2, 2), { parent: old });
  rmSync(old);
  symlinkSync(young, old);
  await assert.rejects(ImageChain.open(young), /its own ancestor/);
  await assert.rejects(openParent(young, undefined), /its own ancestor/);
  assert.equal(openIn(path.dirname(first)), 0);
});

test('a file that is closed while it is read is open until then, and closed when `close` resolves', async () => {
  const where = folder.file('in-use');
  writeFileSync(where, 'bytes');
  const file = new PooledFile(where);
  let release: () => void = () => {};
  let reading: Promise<void> | undefined;
  await new Promise<void>((begun) => {
    reading = file.use(() => {
      begun();
      return new Promise((resolve) => {
        release = resolve;
      });
    });
  });
  let closed = 0;
  const closing = [file.close(), file.close()].map((end) => end.then(() => closed++));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([closed, openIn(where)], [0, 1]);
  release();
  await Promise.all(closing);
  assert.equal(openIn(where), 0);
  await reading;
  // Closed by the pool for its room, and by its owner at the same time.
  const other = new PooledFile(where);
  await other.use(async () => {});
  void other.drop();
  await other.close();
  assert.equal(openIn(where), 0);
});

test.run();
