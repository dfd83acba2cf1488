// Images that are written and read again: whole ones, chains, every place they can be in.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { ImageChain } from '../../../src/image/read.js';
import { snapshotStore } from '../../../src/image/store.js';
import { openTarget } from '../../../src/image/target.js';
import { absentRuns, chooseBlock, findBlocks, isMigration } from '../../../src/serve/mapped-ram.js';
import { pathOf } from '../../../src/store/local-path.js';
import { assertHolds, ImageFolder, Model, PAGE, readImage, writeImage } from '../../support/image/kit.js';
import { startRedis } from '../../support/servers/servers.js';

const test = suite('images');
const folder = new ImageFolder();
test.after(() => folder.remove());

function joined(runs: ReadonlyArray<{ first: number; count: number }>): Array<{ first: number; count: number }> {
  const all: Array<{ first: number; count: number }> = [];
  for (const { first, count } of runs) {
    const last = all.at(-1);
    if (last !== undefined && last.first + last.count === first) last.count += count;
    else all.push({ first, count });
  }
  return all;
}

for (const pageSize of [4096, 16384, 2 ** 21]) {
  for (const pages of pageSize < 2 ** 20 ? [1, 63, 64, 65, 300] : [1, 5]) {
    test(`${pages} pages of ${pageSize} bytes: what is read is what was saved`, async () => {
      const model = new Model(pages, { pageSize, seed: pages }).scramble(pages);
      const file = folder.file(`whole-${pageSize}-${pages}`);
      const report = await writeImage(file, model);
      await assertHolds(file, model);
      assert.equal(report.bytesWritten, report.pages * pageSize);
      assert.equal(report.samePages, 0);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    });
  }
}

test('zeros take no room, and an image of nothing but zeros is one', async () => {
  const model = new Model(4096).put(0, 7).put(4095, 8);
  const file = folder.file('sparse');
  await writeImage(file, model);
  assert.ok(statSync(file).blocks * 512 < 256 * 1024, 'it is sparse');
  const zeros = folder.file('zeros');
  const report = await writeImage(zeros, new Model(100));
  assert.equal(report.pages, 0);
  await assertHolds(zeros, new Model(100));
});

test('the last record of a page counts, zeros or bytes', async () => {
  const file = folder.file('last');
  const shape = { pageSize: PAGE, pages: 4, parent: null, meta: { created: '' } };
  const target = await openTarget({ kind: 'file', path: file, format: 'image' }, shape);
  const [one, two] = [Buffer.alloc(2 * PAGE, 1), Buffer.alloc(PAGE, 2)];
  await target.take({ first: 0, count: 2, bytes: one });
  await target.take({ first: 0, count: 1, bytes: null });
  await target.take({ first: 1, count: 1, bytes: two });
  await target.take({ first: 2, count: 1, bytes: null });
  await target.take({ first: 2, count: 1, bytes: two });
  await target.finish({ whole: true });
  const expected = Buffer.concat([Buffer.alloc(PAGE), two, two, Buffer.alloc(PAGE)]);
  assert.ok((await readImage(file)).equals(expected));
});

test('bytes, and then what the parent has', async () => {
  const model = new Model(3).put(1, 5);
  const [full, next] = [folder.file('back-0'), folder.file('back-1')];
  await writeImage(full, model);
  const shape = { pageSize: PAGE, pages: 3, parent: full, meta: { created: '' } };
  const target = await openTarget({ kind: 'file', path: next, format: 'image' }, shape);
  await target.take({ first: 1, count: 1, bytes: Buffer.alloc(PAGE, 9) });
  await target.take({ first: 1, count: 1, bytes: model.page(1) });
  const report = await target.finish({ whole: true });
  assert.deepEqual([report.pages, report.samePages], [0, 1]);
  await assertHolds(next, model);
});

test('runs of pages that are not adjacent, in one call: the image is that of single pages', async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const model = new Model(300, { seed }).scramble(200);
    const [full, ...next] = ['full', 'singly', 'runs'].map((name) => folder.file(`scattered-${seed}-${name}`));
    await writeImage(full ?? '', model);
    model.scramble(60);
    const changed = [...model.changed];
    // A page that comes again, once with other bytes; runs of several pages.
    const order = [...changed, ...changed.slice(0, 9)];
    const content = order.map((page, at) => (at < 9 ? Buffer.alloc(PAGE, seed) : model.page(page)));
    const pages = (first: number, count: number) => order.slice(first, first + count);
    const reports = [];
    for (const [at, file] of next.entries()) {
      const shape = { pageSize: PAGE, pages: 300, parent: full ?? '', meta: { created: '' } };
      const target = await openTarget({ kind: 'file', path: file, format: 'image' }, shape);
      for (let first = 0; first < order.length; first += 17) {
        const bytes = Buffer.concat(content.slice(first, first + 17));
        const singles = pages(first, 17).map((page) => ({ first: page, count: 1 }));
        if (at === 1) await target.takeRuns?.(joined(singles), bytes);
        else {
          for (const [i, run] of singles.entries()) {
            await target.take({ ...run, bytes: bytes.subarray(i * PAGE, (i + 1) * PAGE) });
          }
        }
      }
      const { id: _, ...report } = await target.finish();
      reports.push(report);
      await assertHolds(file, model);
    }
    assert.deepEqual(reports[1], reports[0]);
  }
});

test('runs are for a file in the layout of an image: elsewhere a page’s place depends on its number', async () => {
  const shape = { pageSize: PAGE, pages: 4, parent: null, meta: { created: '' } };
  for (const format of ['image', 'mapped-ram'] as const) {
    const target = await openTarget({ kind: 'file', path: folder.file('place'), format }, shape);
    assert.equal(target.takeRuns !== undefined, format === 'image');
    if (target.takeRuns !== undefined) {
      const outside = async () => target.takeRuns?.([{ first: 3, count: 2 }], Buffer.alloc(2 * PAGE));
      await assert.rejects(outside, /a page outside its image/);
    }
    await target.abort();
  }
});

test('a chain of 12: every image of it is what its region was, whether all pages are compared or some', async () => {
  const model = new Model(500, { seed: 5 }).scramble(400);
  const copies: Array<[string, Model]> = [];
  for (let i = 0; i < 12; i++) {
    const file = folder.file(`chain-${i}`);
    const parent = folder.file(`chain-${i - 1}`);
    const report = await writeImage(file, model, i === 0 ? {} : { parent, changedOnly: i % 2 === 0 });
    if (i > 0) assert.ok(report.pages <= 40, `${report.pages} pages are new`);
    const copy = new Model(500);
    copy.bytes.set(model.bytes);
    copies.push([file, copy]);
    model.scramble(40);
  }
  for (const [file, copy] of copies) await assertHolds(file, copy);
});

test('pages that are as in the parent are counted, and not written', async () => {
  const model = new Model(50);
  for (let page = 0; page < 50; page++) model.put(page, 9);
  await writeImage(folder.file('same-0'), model);
  model.put(3, 0).put(4, 77);
  const report = await writeImage(folder.file('same-1'), model, { parent: folder.file('same-0') });
  assert.deepEqual([report.pages, report.samePages, report.bytesWritten], [1, 48, PAGE]);
  await assertHolds(folder.file('same-1'), model);
  // What comes back to an older image's content is not taken from the parent's.
  model.put(4, 9);
  const next = await writeImage(folder.file('same-2'), model, { parent: folder.file('same-1') });
  assert.deepEqual([next.pages, next.samePages], [1, 48]);
  await assertHolds(folder.file('same-2'), model);
});

test('a chain may be moved together; one image alone finds the others where they were', async () => {
  const model = new Model(20).put(1, 1).put(2, 2);
  mkdirSync(folder.file('a'));
  await writeImage(folder.file('a/full'), model);
  await writeImage(folder.file('a/next'), model.put(3, 3), { parent: folder.file('a/full') });
  renameSync(folder.file('a'), folder.file('b'));
  await assertHolds(folder.file('b/next'), model);
  mkdirSync(folder.file('c'));
  await writeImage(folder.file('c/third'), model.put(4, 4), { parent: folder.file('b/next') });
  await assertHolds(folder.file('c/third'), model);
  mkdirSync(folder.file('d'));
  mkdirSync(folder.file('d/e'));
  renameSync(folder.file('c/third'), folder.file('d/e/third'));
  await assertHolds(folder.file('d/e/third'), model);
});

test('a path is a name as it stands; in a file: URL a question mark begins a query, and there is none', async () => {
  assert.equal(pathOf('/a/b?c%20#d'), '/a/b?c%20#d');
  assert.equal(pathOf('file:/a/b%3Fc%20%23#d'), '/a/b?c ##d');
  assert.equal(pathOf('file:///a/b'), '/a/b');
  assert.equal(pathOf('file:b%3f'), path.resolve('b?'));
  for (const wrong of ['file:', 'file:/a?readonly', 'file:/a?', 'file://host/a', 'file:/%']) {
    assert.throws(
      () => pathOf(wrong),
      (error: unknown) => error instanceof PagerError && error.code === 'OPTION',
    );
  }
});

test('meta is kept', async () => {
  const meta = { pid: 77, program: 'redis', ranges: [{ address: '7f0000000000', first: 0, pages: 4 }] };
  await writeImage(folder.file('meta'), new Model(4), { meta });
  const chain = await ImageChain.open(folder.file('meta'));
  await chain.close();
  assert.deepEqual({ ...chain.meta, created: '' }, { ...meta, created: '' });
});

test('in the place of an older image, and given up: the older one stays', async () => {
  const [older, newer] = [new Model(30).put(3, 3), new Model(30).put(4, 4)];
  const file = folder.file('replaced');
  await writeImage(file, older);
  const target = await openTarget(
    { kind: 'file', path: file, format: 'image' },
    { pageSize: PAGE, pages: 30, parent: null },
  );
  await target.take({ first: 0, count: 30, bytes: newer.bytes });
  await target.abort();
  await assertHolds(file, older);
  await writeImage(file, newer);
  await assertHolds(file, newer);
  assert.deepEqual(leftovers(), []);
});

test('an image is never written over its own parent', async () => {
  const model = new Model(10).put(1, 1);
  const [full, next] = [folder.file('own-full'), folder.file('own-next')];
  await writeImage(full, model);
  await writeImage(next, model.put(2, 2), { parent: full });
  for (const over of [full, next]) {
    await assert.rejects(writeImage(over, model.put(3, 3), { parent: next }), { code: 'OPTION' });
  }
  await assertHolds(next, new Model(10).put(1, 1).put(2, 2));
  assert.deepEqual(leftovers(), []);
});

test('a place that cannot be: one error, nothing left', async () => {
  mkdirSync(folder.file('folder'));
  for (const place of [folder.file('folder'), folder.file('nowhere/image')]) {
    await assert.rejects(writeImage(place, new Model(3).put(1, 1)), { code: 'STORE_WRITE' });
  }
  assert.deepEqual(leftovers(), []);
});

test('pages of the region that are bigger or smaller than the image’s', async () => {
  const model = new Model(33, { pageSize: 16384 }).scramble(33);
  const file = folder.file('sizes');
  await writeImage(file, model);
  for (const pageSize of [4096, 65536]) assert.ok((await readImage(file, pageSize)).equals(model.bytes));
});

test('snapshotStore is a source: read-only, checked on use', async () => {
  const model = new Model(8).put(2, 2);
  await writeImage(folder.file('source'), model);
  const store = snapshotStore(folder.file('source'));
  const into = new Uint8Array(PAGE);
  await store.read([{ page: 2, into }]);
  assert.deepEqual(into, model.page(2));
  await store.close();
  assert.throws(() => snapshotStore(''), { code: 'OPTION' });
  const absent = snapshotStore(folder.file('absent'));
  await assert.rejects(absent.read([{ page: 0, into }]), /absent/);
  await absent.close();
});

for (const pages of [1, 64, 65, 1000]) {
  test(`mapped-ram of ${pages} pages is read as QEMU’s`, async () => {
    const model = new Model(pages, { seed: pages }).scramble(pages);
    const file = folder.file('mapped-ram');
    const report = await writeImage({ kind: 'file', path: file, format: 'mapped-ram' }, model);
    const bytes = readFileSync(file);
    const read = async (position: number, byteLength: number) => bytes.subarray(position, position + byteLength);
    assert.ok(isMigration(bytes));
    const block = chooseBlock(await findBlocks(read, file), undefined, file);
    assert.deepEqual([block.name, block.byteLength, block.pageSize], ['ram0', pages * PAGE, PAGE]);
    const zeros = new Set<number>();
    for (const { first, end } of await absentRuns(read, block, file)) {
      for (let page = first; page < end; page++) zeros.add(page);
    }
    assert.equal(zeros.size, pages - report.pages);
    for (let page = 0; page < pages; page++) {
      const at = block.pagesOffset + page * PAGE;
      const found = zeros.has(page) ? Buffer.alloc(PAGE) : bytes.subarray(at, at + PAGE);
      assert.ok(found.equals(model.page(page)), `page ${page}`);
    }
  });
}

test('into a store, and on from there: in its pages, and in a file', async () => {
  const redis = await startRedis();
  try {
    const model = new Model(150, { seed: 3 }).scramble(150);
    const [full, next] = [`${redis.url}?prefix=full:`, `${redis.url}?prefix=next:`];
    await writeImage({ kind: 'store', url: full }, model);
    await assertHolds(full, model);
    await writeImage({ kind: 'store', url: next }, model.scramble(20), { parent: full });
    await assertHolds(next, model);
    await writeImage(folder.file('of-store'), model.scramble(20), { parent: next, changedOnly: true });
    await assertHolds(folder.file('of-store'), model);
    await assert.rejects(writeImage({ kind: 'store', url: next }, model, { parent: next }), { code: 'OPTION' });
    await assert.rejects(writeImage({ kind: 'store', url: redis.url }, model), { code: 'OPTION' });
    // One that is given up is none, and says so.
    const target = await openTarget({ kind: 'store', url: full }, { pageSize: PAGE, pages: 150, parent: null });
    await target.take({ first: 0, count: 150, bytes: model.bytes });
    await target.abort();
    await assert.rejects(readImage(full), { code: 'PROTOCOL', message: /never finished/ });
  } finally {
    await redis.stop();
  }
});

function leftovers(): string[] {
  return readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.partial'));
}

test.run();
