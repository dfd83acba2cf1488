// covers: scripts/bundle.mjs
// The package’s entries and threads are bundles: what they share with modules of the user’s must not be in them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import { createPager, moduleStore, PagerError } from '../../src/index.js';
import { ROOT } from '../support/paths.js';

const INDEX = pathToFileURL(path.join(ROOT, 'dist/src/bundle/lib/index.js')).href;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-bundles-'));
const test = suite('bundles');
test.after(() => rmSync(folder, { recursive: true }));

test('a PagerError of the user’s own store module arrives as it was thrown', async () => {
  const module = path.join(folder, 'store.mjs');
  writeFileSync(
    module,
    `import { PagerError } from ${JSON.stringify(INDEX)};
    export default () => { throw new PagerError('PERMISSION', 'not for this user', { hint: 'ask its owner' }); };`,
  );
  const pager = await createPager();
  try {
    await assert.rejects(pager.map({ byteLength: 4096, store: moduleStore(module) }), (error) => {
      assert.ok(error instanceof PagerError);
      assert.deepEqual([error.code, error.message, error.hint], ['PERMISSION', 'not for this user', 'ask its owner']);
      return true;
    });
  } finally {
    await pager.close();
  }
});

test.run();
