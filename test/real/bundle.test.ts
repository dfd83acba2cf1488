// budget: 420 s
// An application that a bundler has put into one file: with the package outside it works, with the package inside the error
// names what is missing.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { type ChildResult, runChild, runProgram } from '../support/process/child.js';
import { copyPackage, writeScript } from '../support/process/copies.js';
import { fromRegistry } from '../support/process/registry.js';
import { skipUnless } from '../support/skip.js';

const APPLICATION = `
import { createPager } from 'farpage';
createPager({ residentLimit: '1MiB' }).then(
  async (pager) => {
    const region = await pager.map({ byteLength: '2MiB' });
    new Uint8Array(region.buffer).fill(7);
    await pager.close();
    console.log('ok');
  },
  ({ code, message, hint }) => console.log([code, message, 'hint: ' + hint].join('\\n')),
);
`;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-bundle-'));
// The package that carries the program itself: esbuild's own would look for it in an install script.
const esbuild = await fromRegistry(`@esbuild/linux-${process.arch}`, '0.28');

const test = suite('a bundle');
test.before(() => {
  mkdirSync(path.join(folder, 'dist'));
  copyPackage(folder, 'prebuilt');
  writeScript(folder, 'app.mjs', APPLICATION);
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const bundles = skipUnless(test, 'folder' in esbuild, 'missing' in esbuild ? esbuild.missing : '');

async function bundle(name: string, ...options: string[]): Promise<ChildResult> {
  assert.ok('folder' in esbuild);
  const file = path.join(folder, 'dist', name);
  const args = [path.join(folder, 'app.mjs'), '--bundle', '--platform=node', `--outfile=${file}`, ...options];
  const made = await runProgram(path.join(esbuild.folder, 'bin/esbuild'), { args, cwd: folder });
  assert.equal(made.code, 0, made.stderr);
  return runChild(file);
}

for (const [format, name] of [
  ['esm', 'outside.mjs'],
  ['cjs', 'outside.cjs'],
] as const) {
  bundles(`that leaves the package outside works (${format})`, async () => {
    const { stdout, stderr } = await bundle(name, `--format=${format}`, '--external:farpage');
    assert.equal(stdout, 'ok\n', stderr);
  });
}

const REQUIRE =
  "--banner:js=import { createRequire as maker } from 'node:module'; const require = maker(import.meta.url);";
for (const [format, name, options, where] of [
  ['esm', 'inside.mjs', [REQUIRE], 'the bundle file:///.*/inside\\.mjs'],
  ['cjs', 'inside.cjs', [], 'a bundle'],
] as const) {
  bundles(`that takes the package in says what is missing, and what to do (${format})`, async () => {
    const { stdout, stderr } = await bundle(name, `--format=${format}`, ...options);
    const [code = '', message = '', hint = ''] = stdout.split('\n');
    assert.equal(code, 'UNSUPPORTED', stderr);
    assert.match(
      message,
      new RegExp(`^a bundler has put farpage into ${where}, without its worker, core\\.wasm and addon`),
    );
    assert.match(hint, /--external:farpage/);
  });
}

test.run();
