// budget: 420 s
// covers: examples/sqlite.mjs
// SQLite's own WebAssembly build on a paged region, as examples/sqlite.mjs sets it up.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';
import { fromRegistry } from '../support/process/registry.js';
import { skipUnless } from '../support/skip.js';

// The newest that Node.js 20 takes. They are all prereleases by their numbers: a range would find none.
const sqlite = await fromRegistry('@sqlite.org/sqlite-wasm', '3.50.4-build1');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-sqlite-'));
const test = suite('the example of SQLite');
test.after(() => rmSync(folder, { recursive: true, force: true }));

skipUnless(
  test,
  'folder' in sqlite,
  'missing' in sqlite ? sqlite.missing : '',
)('a table of 50 MB within 16 MiB, every row right', async () => {
  assert.ok('folder' in sqlite);
  mkdirSync(path.join(folder, 'node_modules/@sqlite.org'), { recursive: true });
  symlinkSync(ROOT, path.join(folder, 'node_modules/farpage'));
  symlinkSync(sqlite.folder, path.join(folder, 'node_modules/@sqlite.org/sqlite-wasm'));
  const program = path.join(folder, 'sqlite.mjs');
  cpSync(path.join(ROOT, 'examples/sqlite.mjs'), program);
  const { code, stdout, stderr } = await runChild(program, { budget: 120_000 });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^100000 rows of 500 bytes, sum 5000050000; at most ([\d.]+) MiB resident\n$/);
  const [, peak] = /at most ([\d.]+) MiB/.exec(stdout) ?? [];
  assert.ok(Number(peak) <= 16, stdout);
});

test.run();
