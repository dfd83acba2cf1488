// budget: 420 s
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runChild, runProgram } from '../support/process/child.js';
import { newestNode } from '../support/process/newest-node.js';
import { userEnvironment } from '../support/process/npm.js';
import { skipUnless } from '../support/skip.js';

/** What a stranger would write: a region four times the limit, written, evicted and read back; then the lower door. */
const SCRIPT = `
import { createPager } from 'farpage';
import { anonymous, Userfaultfd } from 'farpage/userfaultfd';

const LIMIT = 8 * 2 ** 20;
for (const [engine, memory] of [['userfaultfd', 'anonymous'], ['userfaultfd', 'shared'], ['trap', 'anonymous']]) {
const pager = await createPager({ residentLimit: LIMIT, engine });
const region = await pager.map({ byteLength: 4 * LIMIT, memory });
const words = new Uint32Array(region.buffer);
const value = (at) => Math.imul(at, 2654435761) >>> 0;
for (let at = 0; at < words.length; at++) words[at] = value(at);
const dropped = await region.evict();
for (let at = 0; at < words.length; at++) {
  if (words[at] !== value(at)) throw new Error(\`word \${at} is \${words[at]}, not \${value(at)}\`);
}
const { evictions, residentPages, residentBytesPeak } = pager.stats();
if (dropped === 0 || evictions === 0) throw new Error(\`evicted \${dropped} and \${evictions} pages\`);
if (residentPages * region.pageSize > LIMIT) throw new Error(\`\${residentPages} pages resident\`);
if (residentBytesPeak > LIMIT) throw new Error(\`peak of \${residentBytesPeak} bytes\`);
await pager.close();
}
const range = anonymous(4096);
const uffd = new Userfaultfd();
uffd.register({ start: range.address, byteLength: range.byteLength }, { missing: true });
const { outcome, bytes } = uffd.zeropage(range.address, range.byteLength);
if (outcome !== 'done' || bytes !== 4096 || new Uint8Array(range.buffer)[4095] !== 0) throw new Error(outcome);
uffd.close();
console.log('ok', process.version);
`;

/** Symbols that Node.js keeps stable for addons, and those of the system's versioned libraries. */
const ALLOWED = [
  /^napi_/,
  /^node_api_/,
  /^uv_/,
  /@(GLIBC|GLIBCXX|CXXABI|GCC)_/,
  /^_ITM_/,
  /^__gmon_start__$/,
  /^__cxa_finalize/,
];

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-package-'));
const script = path.join(folder, 'app', 'touch.mjs');
const newest = await newestNode();

const test = suite('the package');

test.after(() => rmSync(folder, { recursive: true }));

test('packs what a user needs and nothing of the workshop', async () => {
  // Scripts off: packing would build again under the feet of this very run.
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = succeed(await runProgram('npm', { args, cwd: ROOT, env: userEnvironment() }));
  const [packed] = entries(JSON.parse(stdout));
  assert.ok(packed);
  const files = packed.files.map((file) => file.path);
  for (const needed of [
    'dist/src/index.js',
    'dist/src/index.d.ts',
    'dist/core.wasm',
    'binding.gyp',
    'native/layout.h',
    'LICENSE',
    'README.md',
  ]) {
    assert.ok(files.includes(needed), `no ${needed}`);
  }
  assert.deepEqual(
    files.filter((file) => /(^|\/)(test|node_modules|build|decisions|\.ci|\.git)\//.test(file)),
    [],
  );
});

test('installs into an empty folder, compiling only the addon', async () => {
  const app = path.join(folder, 'app');
  mkdirSync(app);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  assert.ok(tarball);
  // The prefix, because npm would take a folder above that has a package.json.
  const args = ['install', '--prefix', app, '--no-save', '--prefer-offline', path.join(folder, tarball)];
  succeed(await runProgram('npm', { args, cwd: app, env: userEnvironment(), budget: 300_000 }));
  assert.ok(!readdirSync(path.join(app, 'node_modules')).includes('assemblyscript'), 'development packages came along');
  writeFileSync(script, SCRIPT);
});

test('maps and touches a region there', async () => {
  const { stdout } = succeed(await runChild(script, { env: userEnvironment() }));
  assert.equal(stdout, `ok ${process.version}\n`);
});

skipUnless(
  test,
  'path' in newest,
  'missing' in newest ? newest.missing : '',
)('does so on the newest Node.js, with the same addon', async () => {
  assert.ok('path' in newest);
  const before = digest(addon());
  const { stdout } = succeed(await runChild(script, { node: newest.path, env: userEnvironment() }));
  assert.equal(stdout, `ok v${newest.version}\n`);
  assert.equal(digest(addon()), before);
});

test('the command works there', async () => {
  const farpage = path.join(folder, 'app', 'node_modules', '.bin', 'farpage');
  succeed(await runProgram(farpage, { args: ['doctor', '--json'], env: userEnvironment() }));
});

test('the addon needs Node-API, libuv and the system, and nothing of V8', async () => {
  const { stdout } = succeed(await runProgram('nm', { args: ['-D', '--undefined-only', addon()] }));
  const symbols = stdout.split('\n').flatMap((line) => line.trim().split(/\s+/)[1] ?? []);
  assert.ok(
    symbols.some((symbol) => symbol.startsWith('napi_')),
    'no Node-API in it: is this the addon?',
  );
  assert.deepEqual(foreign(symbols), []);
});

test('a V8 or Node.js symbol would be found', () => {
  assert.deepEqual(
    foreign(['_ZN2v87Isolate10GetCurrentEv', '_ZN4node9AddEnvironmentCleanupHookEv', 'napi_throw', 'read@GLIBC_2.2.5']),
    ['_ZN2v87Isolate10GetCurrentEv', '_ZN4node9AddEnvironmentCleanupHookEv'],
  );
});

function foreign(symbols: readonly string[]): string[] {
  return symbols.filter((symbol) => !ALLOWED.some((allowed) => allowed.test(symbol)));
}

/** The one addon that the install compiled. */
function addon(): string {
  const release = path.join(folder, 'app', 'node_modules', 'farpage', 'build', 'Release');
  const found = readdirSync(release).filter((file) => file.endsWith('.node'));
  assert.equal(found.length, 1, `addons: ${found.join(', ')}`);
  return path.join(release, String(found[0]));
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function succeed(result: ChildResult): ChildResult {
  assert.equal(result.code, 0, `exit code ${result.code}, ${result.signal}\n${result.stdout}\n${result.stderr}`);
  return result;
}

interface Packed {
  files: { path: string }[];
}

/** npm 12 keys its answer by package where older ones give a list. */
function entries(answer: Packed[] | Record<string, Packed>): Packed[] {
  return Array.isArray(answer) ? answer : Object.values(answer);
}

test.run();
