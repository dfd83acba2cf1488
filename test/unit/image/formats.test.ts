// Format 2 and its forms, and format 1, which farpage still reads: alone, and in chains with images of format 2.
import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { suite } from 'uvu';
import { type ImageHeader, type MapHeader, placesOf, readHeader } from '../../../src/image/layout.js';
import { openTarget } from '../../../src/image/target.js';
import { imageInfo, mergeImage, verifyImage } from '../../../src/image/tools.js';
import { toFormat1 } from '../../support/image/format1.js';
import { assertHolds, ImageFolder, Model, PAGE, writeImage } from '../../support/image/kit.js';

const PAGES = 2000;
const test = suite('formats of images');
const folder = new ImageFolder();
test.after(() => folder.remove());

const headerOf = (file: string): ImageHeader => readHeader(readFileSync(file).subarray(0, PAGE), file);

function mapOf(file: string): MapHeader {
  const { map } = headerOf(file);
  assert.ok(map !== null, 'it is of format 2');
  return map;
}

/** Writes these pages, one batch each, in this order. */
async function inOrder(file: string, model: Model, pages: Iterable<number>): Promise<void> {
  const target = await openTarget(
    { kind: 'file', path: file, format: 'image' },
    { pageSize: PAGE, pages: model.pages, parent: null, meta: { created: '' } },
  );
  for (const page of pages) await target.take({ first: page, count: 1, bytes: model.page(page) });
  await target.finish({ whole: true });
}

test('an image takes room for its pages and its index alone, wherever the pages are', async () => {
  const model = new Model(PAGES, { seed: 1 });
  const full = folder.file('dense-0');
  await writeImage(full, model.scramble(3000));
  const spread = Array.from({ length: 20 }, (_, i) => i * 100 + 7);
  for (const page of spread) model.put(page, 1000 + page);
  const next = folder.file('dense-1');
  await writeImage(next, model, { parent: full });
  const header = headerOf(next);
  const { index, metaAt } = placesOf(header);
  assert.equal(index, (1 + spread.length) * PAGE);
  assert.equal(statSync(next).size, Math.ceil((index + metaAt + header.metaBytes) / PAGE) * PAGE);
  await assertHolds(next, model);
});

test('the map has the smaller form: few pages as a list, many as a bitmap; slots only where they are not the ranks', async () => {
  const model = new Model(PAGES, { seed: 2 });
  for (let page = 0; page < PAGES; page++) model.put(page, 5 + page);
  const file = folder.file('forms');
  const all = Array.from({ length: PAGES }, (_, page) => page);
  for (const [pages, pagesListed, slotsListed] of [
    [all, false, false],
    [all.toReversed(), false, true],
    [[3, 99, 1999], true, false],
    [[1999, 3, 99], true, true],
    [[], true, false],
  ] as const) {
    await inOrder(file, model, pages);
    const map = mapOf(file);
    assert.deepEqual([map.pagesListed, map.slotsListed, map.present], [pagesListed, slotsListed, pages.length]);
    const expected = new Model(PAGES);
    for (const page of pages) expected.page(page).set(model.page(page));
    await assertHolds(file, expected);
  }
});

test('a page that is saved again, becomes zeros, or is there after all keeps its one slot', async () => {
  const model = new Model(10).put(2, 2).put(5, 5);
  const file = folder.file('again');
  const target = await openTarget(
    { kind: 'file', path: file, format: 'image' },
    { pageSize: PAGE, pages: 10, parent: null, meta: { created: '' } },
  );
  const bytes = Buffer.alloc(4 * PAGE, 1);
  await target.take({ first: 2, count: 4, bytes });
  await target.take({ first: 3, count: 2, bytes: null });
  await target.take({ first: 2, count: 1, bytes: model.page(2) });
  await target.take({ first: 5, count: 1, bytes: null });
  await target.take({ first: 5, count: 1, bytes: model.page(5) });
  await target.finish({ whole: true });
  const { slots, present } = mapOf(file);
  assert.deepEqual([slots, present], [4, 2]);
  await assertHolds(file, model);
});

test('a chain of both formats is read, described, verified, gone on from and merged', async () => {
  const model = new Model(300, { seed: 9 }).scramble(400);
  const files: string[] = [];
  for (let i = 0; i < 8; i++) {
    const file = folder.file(`mixed-${i}`);
    const parent = files.at(-1);
    await writeImage(file, model, parent === undefined ? {} : { parent, changedOnly: i % 3 === 0 });
    if (i % 3 !== 1) await toFormat1(file);
    files.push(file);
    await assertHolds(file, model);
    const info = await imageInfo(file);
    assert.equal(info.links, i + 1);
    assert.deepEqual(
      info.chain.map(({ version }) => version),
      files.toReversed().map((each) => (headerOf(each).map === null ? 1 : 2)),
    );
    assert.deepEqual((await verifyImage(file)).damaged, []);
    const whole = folder.file('mixed-whole');
    await mergeImage(file, whole);
    await assertHolds(whole, model);
    model.scramble(30);
  }
  const formats = files.map((file) => headerOf(file).map === null);
  assert.ok(formats.includes(true) && formats.includes(false), 'both formats are there');
});

test('info counts the reads that it takes to read a chain in order', async () => {
  const model = new Model(20);
  for (let page = 2; page < 12; page++) model.put(page, 3 + page);
  const [full, next] = [folder.file('runs-0'), folder.file('runs-1')];
  await inOrder(full, model, [2, 3, 4, 8, 9, 10, 11, 5, 6, 7]);
  const segments = async (file: string) => (await imageInfo(file)).segments;
  assert.equal(await segments(full), 3);
  await writeImage(next, model.put(9, 77), { parent: full, changedOnly: true });
  assert.equal(await segments(next), 5);
  const whole = folder.file('runs-whole');
  await mergeImage(next, whole);
  assert.deepEqual([await segments(whole), (await imageInfo(whole)).links], [1, 1]);
});

test('a chain that is merged and kept: the new image stands in for the newest', async () => {
  const model = new Model(60, { seed: 4 }).scramble(80);
  const [full, next, later, flat] = ['kept-0', 'kept-1', 'kept-2', 'kept-flat'].map((name) => folder.file(name));
  assert.ok(full !== undefined && next !== undefined && later !== undefined && flat !== undefined);
  await writeImage(full, model);
  const shape = { pageSize: PAGE, pages: 60, meta: { created: '' } };
  const target = await openTarget({ kind: 'file', path: next, format: 'image' }, { ...shape, parent: full });
  await target.take({ first: 0, count: 60, bytes: model.put(1, 88).bytes });
  await target.finish({ whole: true });
  const before = [full, next].map((file) => readFileSync(file));
  for (const over of [full, next]) {
    await assert.rejects(mergeImage(next, over, { keep: true }), { code: 'OPTION', message: /one of the images/ });
  }
  await assert.rejects(mergeImage(next, flat, { keep: true, format: 'mapped-ram' }), { code: 'OPTION' });
  await mergeImage(next, folder.file('kept-ram'), { format: 'mapped-ram' });
  await mergeImage(next, flat, { keep: true });
  assert.deepEqual(
    [full, next].map((file) => readFileSync(file)),
    before,
  );
  assert.equal((await imageInfo(flat)).id, (await imageInfo(next)).id);
  await assertHolds(flat, model);
  // What a pager knows of the newest holds for it, too: the pager goes on from either.
  assert.ok(target.known?.indexHash.equals(headerOf(flat).indexHash));
  // A later image takes it for its parent.
  await writeImage(later, model.put(2, 99), { parent: next, changedOnly: true });
  renameSync(flat, next);
  rmSync(full);
  await assertHolds(later, model);
  assert.equal((await imageInfo(later)).links, 2);
});

test.run();
