// Pages of several files as one store.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { native } from '../../../src/native/native.js';
import { versionOf } from '../../../src/store/file-claim.js';
import { type PagesFile, PagesFiles } from '../../../src/store/pages-files.js';

const PAGE = 4096;
const test = suite('pages files');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-pages-files-'));
const files: PagesFile[] = [];
test.after(() => {
  for (const { fd } of files) closeSync(fd);
  rmSync(folder, { recursive: true });
});

/** A file whose pages are each filled with one byte. */
function file(name: string, bytes: readonly number[], pages = bytes.length): PagesFile {
  const at = path.join(folder, name);
  writeFileSync(at, Buffer.concat(bytes.map((byte) => Buffer.alloc(PAGE, byte))));
  // Long ago: where times are coarse, a write right after this would leave the file's as it is.
  utimesSync(at, 1, 1);
  const fd = openSync(at, 'r');
  const made = { path: at, fd, version: versionOf(fd), pages };
  files.push(made);
  return made;
}

const reads = (...pages: number[]) => pages.map((page) => ({ page, into: new Uint8Array(PAGE) }));
const bytesOf = (pages: ReturnType<typeof reads>) => pages.map(({ into }) => `${into[0]}-${into[PAGE - 1]}`);

test('numbers go on from one file to the next, in any order of the reads', async () => {
  const store = new PagesFiles([file('a', [1, 2, 3]), file('b', [4]), file('c', [5, 6, 99], 2)]);
  const asked = reads(0, 1, 2, 3, 4, 5, 2, 0, 5, 3);
  await store.read(asked);
  assert.deepEqual(
    bytesOf(asked),
    [1, 2, 3, 4, 5, 6, 3, 1, 6, 4].map((byte) => `${byte}-${byte}`),
  );
  await assert.rejects(store.read(reads(6)));
  await store.close();
});

test('a file that was cut, or written to, gives no page', async () => {
  const cut = file('cut', [1, 2]);
  const written = file('written', [1, 2]);
  const store = new PagesFiles([cut, written]);
  truncateSync(cut.path, PAGE);
  const fd = openSync(written.path, 'r+');
  writeSync(fd, Buffer.alloc(8), 0, 8, 0);
  closeSync(fd);
  await assert.rejects(store.read(reads(0)), /written to while it was served/);
  await assert.rejects(store.read(reads(3)), /written to while it was served/);
  await store.close();
});

test('a file that changed before it is served is refused, and no file is watched any more', () => {
  const good = file('good', [1]);
  const changed = file('changed', [1, 2]);
  truncateSync(changed.path, PAGE);
  assert.throws(() => new PagesFiles([good, changed]), /changed: it was written to while it was served/);
  // A descriptor that is not watched counts as unchanged.
  truncateSync(good.path, 0);
  assert.deepEqual([native().isUnchanged(good.fd), native().isUnchanged(changed.fd)], [true, true]);
});

test('a store that is closed watches its files no more', async () => {
  const closed = file('closed', [1]);
  const store = new PagesFiles([closed]);
  truncateSync(closed.path, 0);
  assert.equal(native().isUnchanged(closed.fd), false);
  await store.close();
  assert.equal(native().isUnchanged(closed.fd), true);
});

test.run();
