// A home that follows another by its journal, and whose store's file is not what the journal says: it does not start, and invents no zeros.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, truncateSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { Home } from '../../../src/dsm/home.js';
import { Journal } from '../../../src/dsm/journal.js';
import { PAGE_BYTES } from '../../../src/dsm/message.js';
import { PagerError } from '../../../src/errors.js';
import { fileStore } from '../../../src/store/file.js';

const test = suite('the store of a home that follows another');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-check-store-'));
test.after(() => rmSync(folder, { recursive: true }));
const [pages, file] = [path.join(folder, 'pages'), path.join(folder, 'journal')];

test.before(async () => {
  const store = fileStore(pages);
  for (const page of [0, 2]) await store.write?.([{ page, from: new Uint8Array(PAGE_BYTES).fill(5) }]);
  await store.close();
  const journal = new Journal(file);
  journal.begin({ name: 'region', pages: 6, rollBack: false, leaseMs: 1000 });
  journal.stored(0, 2n, false);
  journal.stored(2, 2n, false);
  // Of these the store needs nothing: zeros, a page that a node had, and one that is lost.
  journal.stored(3, 2n, true);
  journal.granted(4, 0, 2n);
  journal.stored(5, 2n, false);
  journal.lost(5);
  journal.close();
});

const homes: Home[] = [];
test.after.each(async () => {
  for (const home of homes.splice(0)) await home.close();
});

async function start(): Promise<void> {
  homes.push(await Home.start({ listen: 'tcp://127.0.0.1:0', store: fileStore(pages), journal: new Journal(file) }));
}

test('as the home before left it: it starts', async () => {
  await start();
});

test('shorter: it says what is missing', async () => {
  truncateSync(pages, 2 * PAGE_BYTES + 1);
  const message = `--store: file ${pages} has 8193 bytes, and by the journal it has pages up to byte 12288`;
  await assert.rejects(start(), { code: 'OPTION', path: pages, message });
});

test('gone: each start is refused, none makes a new file; without the journal it begins with zeros', async () => {
  unlinkSync(pages);
  for (const _ of [1, 2]) {
    await assert.rejects(start(), (error: unknown) => {
      assert.ok(error instanceof PagerError);
      assert.deepEqual([error.code, error.errno], ['OPTION', 'ENOENT']);
      assert.match(error.message, /is not there, and by the journal it has pages up to byte 12288$/);
      assert.equal(error.hint, 'give the file of the home before; to begin with zeros, remove the journal');
      return true;
    });
  }
  assert.equal(existsSync(pages), false);
  unlinkSync(file);
  await start();
});

test.run();
