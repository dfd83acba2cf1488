// Pages of several files as one store.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
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
});

test('a file that was cut, or written to, gives no page', async () => {
  const cut = file('cut', [1, 2]);
  truncateSync(cut.path, PAGE);
  await assert.rejects(new PagesFiles([cut]).read(reads(0)), /written to while it was served/);
  const written = file('written', [1, 2]);
  const fd = openSync(written.path, 'r+');
  writeSync(fd, Buffer.alloc(8), 0, 8, 0);
  closeSync(fd);
  await assert.rejects(new PagesFiles([written]).read(reads(1)), /written to while it was served/);
});

test.run();
