// budget: 240 s
// covers: scripts/native.mjs
// scripts/native.mjs, in a package of its own whose addon takes seconds to compile.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runProgram } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';

const GYP = `{ "targets": [
  { "target_name": "farpage", "sources": ["native/addon.c"] },
  { "target_name": "farpage-guardian", "type": "executable", "sources": ["native/main.c"] },
  { "target_name": "farpage-launch", "type": "executable", "sources": ["native/main.c"] },
  { "target_name": "farpage-preload", "type": "shared_library", "product_prefix": "", "product_extension": "so",
    "sources": ["native/main.c"] } ] }`;
const BUDGET = 100_000;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-build-test-'));
const script = path.join(folder, 'scripts/native.mjs');
const addon = path.join(folder, 'build/Release/farpage.node');
const source = path.join(folder, 'native/addon.c');
/** Read by the compiler, which waits at it until it is written. */
const pipe = path.join(folder, 'pipe.h');

const test = suite('the build of the native parts');

test.before(() => {
  for (const name of ['scripts', 'native']) mkdirSync(path.join(folder, name));
  for (const name of ['native.mjs', 'sources.mjs']) {
    cpSync(path.join(ROOT, 'scripts', name), path.join(folder, 'scripts', name));
  }
  writeFileSync(path.join(folder, 'native/binding.gyp'), GYP);
  writeFileSync(source, '#include <node_api.h>\nNAPI_MODULE_INIT() { (void)env; return exports; }\n');
  writeFileSync(path.join(folder, 'native/main.c'), 'int main(void) { return 0; }\n');
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  execFileSync('mkfifo', [pipe]);
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

function install(): Promise<ChildResult> {
  return runProgram(process.execPath, { args: [script], budget: BUDGET });
}

async function succeeds(): Promise<string> {
  const { code, stdout, stderr } = await install();
  assert.equal(code, 0, `${stdout}\n${stderr}`.slice(-2000));
  return stdout;
}

const workshops = (): string[] => readdirSync(folder).filter((name) => name.startsWith('.build-'));
const built = (): number => statSync(addon).ino;
const loads = (): unknown => createRequire(import.meta.url)(addon);

test('compiles once; after that it does nothing', async () => {
  assert.match(await succeeds(), /farpage\.node/);
  loads();
  const first = built();
  assert.equal(await succeeds(), '', 'node-gyp has not been started');
  assert.equal(built(), first);
  assert.deepEqual(workshops(), []);
});

test('a build that is killed leaves the addon that works, and the next one is made from the new sources', async () => {
  const before = built();
  appendFileSync(source, '#include "../pipe.h"\n');
  // A group of its own: all of node-gyp, make and the compiler end with it.
  const child = spawn(process.execPath, [script], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  // Nobody opens a pipe to write before somebody reads it: the compiler is at work then.
  execFileSync('sh', ['-c', 'exec 3>"$1"; kill -KILL -"$2"', 'sh', pipe, String(child.pid)], { timeout: BUDGET });
  await ended;
  assert.equal(built(), before);
  loads();
  assert.equal(workshops().length, 1);
  rmSync(pipe);
  writeFileSync(pipe, '\n');
  await succeeds();
  assert.notEqual(built(), before);
  // The one that was killed a moment ago could be at work still; an old one could not.
  const [left = ''] = workshops();
  utimesSync(path.join(folder, left), 0, 0);
  appendFileSync(source, '\n');
  await succeeds();
  assert.deepEqual(workshops(), []);
});

test('an interrupted one ends with a failure and leaves nothing behind', async () => {
  const before = built();
  rmSync(pipe);
  execFileSync('mkfifo', [pipe]);
  appendFileSync(source, '\n');
  const child = spawn(process.execPath, [script], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  execFileSync('sh', ['-c', 'exec 3>"$1"; kill -INT -"$2"', 'sh', pipe, String(child.pid)], { timeout: BUDGET });
  assert.equal(await ended, 1);
  assert.equal(built(), before);
  await until(() => workshops().length === 0, 'the folder to be removed');
});

test('sources that do not compile leave the addon that works', async () => {
  const before = built();
  rmSync(pipe);
  writeFileSync(pipe, '#error no\n');
  const { code, stderr } = await install();
  assert.equal(code, 1);
  assert.match(stderr, /farpage: the addon could not be compiled\. It takes a C\+\+ compiler/);
  assert.equal(built(), before);
  loads();
});

test('an addon that does not load is built again', async () => {
  writeFileSync(pipe, '\n');
  await succeeds();
  writeFileSync(addon, 'not for this machine');
  await succeeds();
  assert.ok(statSync(addon).size > 1000);
});

test.run();
