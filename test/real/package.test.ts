// budget: 900 s
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { machine } from '../../src/place.js';
import { type ChildResult, runChild, runProgram } from '../support/process/child.js';
import { userEnvironment } from '../support/process/npm.js';
import { fromRegistry, nodeFromRegistry } from '../support/process/registry.js';
import { pack } from '../support/process/tarball.js';
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

/** Other Node.js than the one that runs the tests: all that are maintained, and the newest. */
const NODES = ['22', '24', 'latest'];

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
const nodes = await Promise.all(NODES.map((range) => nodeFromRegistry(range)));
const publint = await fromRegistry('publint', '0.3');
const attw = await fromRegistry('@arethetypeswrong/cli', '0.18');
const tarball = await pack(folder);
// Only this machine's unless `npm run prebuilds` has made the others.
process.stdout.write(`${tarball.parts}\n`);

const test = suite('the package');

test.before(async () => {
  const app = path.join(folder, 'app');
  mkdirSync(app);
  // The prefix, because npm would take a folder above that has a package.json.
  const args = ['install', '--prefix', app, '--no-save', '--prefer-offline', tarball.file];
  succeed(await runProgram('npm', { args, cwd: app, env: userEnvironment(), budget: 300_000 }));
  assert.ok(!readdirSync(path.join(app, 'node_modules')).includes('assemblyscript'), 'development packages came along');
  writeFileSync(script, SCRIPT);
});
test.after(() => rmSync(folder, { recursive: true }));

test('packs what a user needs and nothing of the workshop', () => {
  const { files } = tarball;
  for (const needed of [
    'dist/src/bundle/lib/index.js',
    'dist/src/bundle/loop/worker.js',
    'dist/src/index.d.ts',
    'dist/core.wasm',
    'native/binding.gyp',
    'scripts/native.mjs',
    'SECURITY.md',
    'native/layout.h',
    'LICENSE',
    'README.md',
    ...['farpage.node', 'farpage-launch', 'farpage-guardian'].map((part) => `prebuilds/${machine()}/${part}`),
  ]) {
    assert.ok(files.includes(needed), `no ${needed}`);
  }
  assert.ok(!files.includes('binding.gyp'), 'npm takes it for an order to compile');
  assert.deepEqual(
    files.filter((file) => /(^|\/)(test|node_modules|build|decisions|\.ci|\.git)\//.test(file)),
    [],
  );
});

test('no script of it runs at install', () => {
  const text = readFileSync(path.join(installed(), 'package.json'), 'utf8');
  const { scripts = {} }: { scripts?: Record<string, string> } = JSON.parse(text);
  for (const name of ['preinstall', 'install', 'postinstall']) assert.equal(scripts[name], undefined, name);
  assert.ok(!existsSync(path.join(installed(), 'build')), 'something was compiled');
});

test('maps and touches a region there', async () => {
  const { stdout } = succeed(await runChild(script, { env: userEnvironment() }));
  assert.equal(stdout, `ok ${process.version}\n`);
});

for (const [at, node] of nodes.entries()) {
  skipUnless(
    test,
    'path' in node,
    'missing' in node ? node.missing : '',
  )(`does so on Node.js ${NODES[at]}, with the same addon`, async () => {
    assert.ok('path' in node);
    const before = digest(addon());
    const { stdout } = succeed(await runChild(script, { node: node.path, env: userEnvironment() }));
    assert.equal(stdout, `ok v${node.version}\n`);
    assert.equal(digest(addon()), before);
  });
}

test('the command works there', async () => {
  const farpage = path.join(folder, 'app', 'node_modules', '.bin', 'farpage');
  succeed(await runProgram(farpage, { args: ['doctor', '--json'], env: userEnvironment() }));
});

skipUnless(
  test,
  'folder' in publint,
  'missing' in publint ? publint.missing : '',
)('publint finds nothing but the shebang', async () => {
  assert.ok('folder' in publint);
  const args = [path.join(publint.folder, 'src/cli.js'), tarball.file, '--strict'];
  const { stdout } = await runProgram(process.execPath, { args });
  // It knows no shebang but env's: ours begins in the shell, which keeps what the start of Node.js would lose.
  const found = [...stdout.matchAll(/^\d+\. (.*)$/gm)].map(([, line = '']) => line);
  assert.deepEqual(
    found.filter((line) => !/^pkg\.bin\.farpage .* should start with a shebang/.test(line)),
    [],
  );
  assert.match(stdout, /Linting\.\.\./);
});

skipUnless(
  test,
  'folder' in attw,
  'missing' in attw ? attw.missing : '',
)('its types are those of its modules', async () => {
  assert.ok('folder' in attw);
  // CommonJS requires an ES module, as Node.js 20.19 and newer do: that is the only thing to ignore.
  const args = [
    path.join(attw.folder, 'dist/index.js'),
    tarball.file,
    '--profile',
    'node16',
    '--ignore-rules',
    'cjs-resolves-to-esm',
  ];
  succeed(await runProgram(process.execPath, { args }));
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

const installed = (): string => path.join(folder, 'app', 'node_modules', 'farpage');
const addon = (): string => path.join(installed(), 'prebuilds', machine(), 'farpage.node');

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function succeed(result: ChildResult): ChildResult {
  assert.equal(result.code, 0, `exit code ${result.code}, ${result.signal}\n${result.stdout}\n${result.stderr}`);
  return result;
}

test.run();
