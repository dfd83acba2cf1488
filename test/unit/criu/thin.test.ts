// A thin copy of a checkpoint has what criu restore reads itself, where the pagemaps say, and no lazy page.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { thinCheckpoint } from '../../../src/criu/thin.js';
import { FLAGS, PAGE, pagemap, writeCheckpoint } from '../../support/criu/checkpoint.js';

const BASE = 0x7f0000000000;
const { lazy, present, parent } = FLAGS;
const test = suite('thin copies of checkpoints');
const root = mkdtempSync(path.join(tmpdir(), 'farpage-thin-'));
test.after(() => rmSync(root, { recursive: true }));

test('pages that are not lazy are copied, those of parents included, and the others are holes', async () => {
  const [images, before, to] = [path.join(root, 'images'), path.join(root, 'before'), path.join(root, 'thin')];
  const at = (from: number, pages: number, flags: number) => ({ address: BASE + from * PAGE, pages, flags });
  // Lazy at the earlier checkpoint, and locked since.
  writeCheckpoint(before, [{ pid: 5, runs: [at(0, 40, lazy | present)], salt: 7 }]);
  const runs = [at(0, 10, lazy | present), at(10, 3, present), at(13, 2, parent), at(15, 300, lazy | present)];
  writeCheckpoint(images, [{ pid: 5, runs }], { parent: before });
  writeFileSync(path.join(images, 'core-5.img'), 'core');
  for (const folder of [images, before]) {
    writeFileSync(path.join(folder, 'pagemap-9.img'), pagemap(9, [{ address: BASE, pages: 1 }]));
    writeFileSync(path.join(folder, 'pages-9.img'), 'of a task that has ended');
    writeFileSync(path.join(folder, 'pagemap-shmem-77.img'), pagemap(3, [{ address: 0, pages: 2, flags: present }]));
    writeFileSync(path.join(folder, 'pages-3.img'), `of shared memory in ${folder}`);
  }
  const report = await thinCheckpoint({ images, to });
  assert.deepEqual([report.folders, report.pages, report.lazy], [2, 5, 310]);
  const expected = readFileSync(path.join(images, 'pages-1.img'))
    .fill(0, 0, 10 * PAGE)
    .fill(0, 13 * PAGE);
  const copy = readFileSync(path.join(to, 'pages-1.img'));
  assert.ok(copy.equals(expected));
  assert.ok(statSync(path.join(to, 'pages-1.img')).blocks * 512 < 100 * PAGE);
  const parentCopy = readFileSync(path.join(to, 'parent/pages-1.img'));
  const parentWhole = readFileSync(path.join(before, 'pages-1.img'))
    .fill(0, 0, 13 * PAGE)
    .fill(0, 15 * PAGE);
  assert.ok(parentCopy.equals(parentWhole));
  assert.equal(readFileSync(path.join(to, 'core-5.img'), 'utf8'), 'core');
  assert.ok(existsSync(path.join(to, 'pagemap-5.img')) && existsSync(path.join(to, 'parent/inventory.img')));
  assert.ok(!existsSync(path.join(to, 'pages-9.img')));
  assert.equal(readFileSync(path.join(to, 'pages-3.img'), 'utf8'), `of shared memory in ${images}`);
  assert.equal(readFileSync(path.join(to, 'parent/pages-3.img'), 'utf8'), `of shared memory in ${before}`);
});

test('a copy that fails leaves nothing that looks like a checkpoint', async () => {
  const [images, to] = [path.join(root, 'short'), path.join(root, 'unmade')];
  writeCheckpoint(images, [{ pid: 5, runs: [{ address: BASE, pages: 9, flags: present }] }]);
  truncateSync(path.join(images, 'pages-1.img'), 8 * PAGE);
  await assert.rejects(thinCheckpoint({ images, to }), /short\/pages-1\.img: it ends at byte 32768/);
  assert.ok(!existsSync(to));
});

test('a folder that is there already is refused, and left as it is', async () => {
  const [images, to] = [path.join(root, 'single'), path.join(root, 'there')];
  writeCheckpoint(images, [{ pid: 5, runs: [{ address: BASE, pages: 1 }] }]);
  mkdirSync(to);
  await assert.rejects(thinCheckpoint({ images, to }), /there cannot be written: .*EEXIST/);
  await assert.rejects(thinCheckpoint({ images, to: '' }), /--to: the path is empty/);
  await assert.rejects(thinCheckpoint({ images: path.join(root, 'none'), to }), /is not a folder/);
});

test.run();
