// budget: 180 s
// covers: src/place.ts
// covers: src/native/load.ts
// Which native parts a copy of the package takes, what it says where none fit, and how an application may load it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import { machine } from '../../src/place.js';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runChild, runProgram } from '../support/process/child.js';
import { copyPackage, copyParts, PREBUILT, writeScript } from '../support/process/copies.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-install-test-'));
const sources: { machineHere(): string } = await import(pathToFileURL(path.join(ROOT, 'scripts/sources.mjs')).href);
const test = suite('an installed package');
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** An application's folder with one copy of the package. */
function application(name: string, place: 'built' | 'prebuilt' | 'nowhere'): { app: string; copy: string } {
  const app = path.join(folder, name);
  mkdirSync(app);
  return { app, copy: copyPackage(app, place) };
}

/** Pages both ways, in a region that does not fit its limit, and prints 'ok'. */
const TOUCH = `
export async function touch(createPager, engine) {
  const pager = await createPager({ residentLimit: '1MiB', engine });
  const region = await pager.map({ byteLength: '4MiB' });
  const words = new Uint32Array(region.buffer);
  for (let at = 0; at < words.length; at += 256) words[at] = at + 1;
  for (let at = 0; at < words.length; at += 256) if (words[at] !== at + 1) throw new Error('wrong at ' + at);
  if (pager.stats().evictions === 0) throw new Error('nothing was evicted');
  await pager.close();
}
`;

/** Asks for a pager and prints the error's words. */
const REFUSED = `
const { createPager } = await import('farpage');
await createPager({ residentLimit: '1MiB' }).then(
  () => console.log('works'),
  ({ code, message, hint }) => console.log(JSON.stringify({ code, message, hint })),
);
`;

function told({ code, stdout, stderr }: ChildResult): string {
  return `code ${code}\n${stdout}\n${stderr}`;
}

async function refusal(app: string, before = ''): Promise<{ code: string; message: string; hint: string }> {
  const script = writeScript(app, 'refused.mjs', `${before}${REFUSED}`);
  const result = await runChild(script);
  assert.match(result.stdout, /^\{/, told(result));
  const parsed: { code: string; message: string; hint: string } = JSON.parse(result.stdout);
  assert.equal(parsed.code, 'UNSUPPORTED');
  assert.doesNotMatch(`${parsed.message}${parsed.hint}`, /\n/);
  return parsed;
}

async function works(script: string, lines = 'ok\n'): Promise<void> {
  const result = await runChild(script);
  assert.equal(result.stdout, lines, told(result));
  assert.equal(result.code, 0, told(result));
}

test('the scripts and the package have one name for this machine', () => {
  assert.equal(sources.machineHere(), machine());
  assert.match(machine(), /^linux-(x64|arm64)-(glibc|musl)$/);
});

test('prebuilt parts serve without a build, and doctor says which they are', async () => {
  const { app, copy } = application('prebuilt', 'prebuilt');
  writeScript(app, 'touch.mjs', TOUCH);
  const script = `import { createPager } from 'farpage'; import { touch } from './touch.mjs';
    await touch(createPager, 'auto'); await touch(createPager, 'trap'); console.log('ok');`;
  await works(writeScript(app, 'main.mjs', script));
  const doctor = await runProgram(path.join(copy, 'bin/farpage.js'), { args: ['doctor'], budget: 60_000 });
  assert.equal(doctor.code, 0, told(doctor));
  assert.ok(doctor.stdout.includes(PREBUILT), told(doctor));
});

test('what was built beside the package goes before what came with it, unless it does not load', async () => {
  const { app, copy } = application('both', 'prebuilt');
  copyParts(path.join(copy, 'build/Release'));
  const ask = writeScript(app, 'ask.mjs', "import { probe } from 'farpage'; console.log((await probe()).addon);");
  await works(ask, 'build/Release\n');
  writeFileSync(path.join(copy, 'build/Release/farpage.node'), 'for another machine');
  await works(ask, `${PREBUILT}\n`);
});

test('where none fits, the error names the machine and the reason in one line, and one command', async () => {
  const { app, copy } = application('none', 'nowhere');
  const none = await refusal(app);
  assert.equal(none.message, `the native part of farpage is not built for this machine, ${machine()}`);
  assert.match(none.hint, /^run: npx farpage build /);
  mkdirSync(path.join(copy, PREBUILT), { recursive: true });
  writeFileSync(path.join(copy, PREBUILT, 'farpage.node'), 'for another machine');
  const broken = await refusal(app);
  assert.ok(broken.message.startsWith(`${none.message}: `), broken.message);
  assert.match(broken.message, /farpage\.node: /);
});

test('where none fits, doctor says so of each use, and of none with a stack', async () => {
  const { copy } = application('doctor', 'nowhere');
  const { stdout, stderr } = await runChild(path.join(copy, 'dist/src/bundle/main/cli.js'), { args: ['doctor'] });
  assert.equal(stderr, '');
  for (const use of ['your own code', 'system calls', 'farpage run', 'farpage serve', 'migration']) {
    assert.match(stdout, new RegExp(`^  ${use} +no  the native part of farpage is not built for this machine`, 'm'));
  }
});

test('another system than Linux learns that it needs Linux', async () => {
  const { app } = application('darwin', 'prebuilt');
  const { message, hint } = await refusal(app, "Object.defineProperty(process, 'platform', { value: 'darwin' });\n");
  assert.equal(message, 'farpage works on Linux alone, and this is darwin');
  assert.match(hint, /virtual machine or a container/);
});

test('an older Node.js learns which it needs', async () => {
  const { app } = application('node', 'prebuilt');
  for (const old of ['20.18.0', '20.9.5', '16.20.2']) {
    const before = `Object.defineProperty(process.versions, 'node', { value: '${old}' });\n`;
    const { message, hint } = await refusal(app, before);
    assert.equal(message, `farpage needs Node.js 20.18.1 or newer, and this is ${old}`);
    assert.equal(hint, 'install the newest Node.js, and start the program with it');
  }
});

test('a kernel with larger pages is refused with their size, and doctor shows that', async () => {
  const { copy } = application('pages', 'prebuilt');
  const source = path.join(folder, 'pages.c');
  const library = path.join(folder, 'pages.so');
  // In place of a kernel of arm64 with such pages: libc's answer, in the addon's eyes alone.
  writeFileSync(
    source,
    `#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
long sysconf(int name) {
  Dl_info info;
  if (name == _SC_PAGESIZE && dladdr(__builtin_return_address(0), &info) != 0 && strstr(info.dli_fname, "farpage.node"))
    return 65536;
  return ((long (*)(int))dlsym(RTLD_NEXT, "sysconf"))(name);
}
`,
  );
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl']);
  const env = { LD_PRELOAD: library };
  const farpage = path.join(copy, 'dist/src/bundle/main/cli.js');
  const doctor = await runChild(farpage, { args: ['doctor'], env, budget: 60_000 });
  assert.equal(doctor.code, 3, told(doctor));
  assert.match(
    doctor.stdout,
    /your own code +no {2}pages of this kernel have 65536 bytes: farpage needs pages of 4096/,
  );
  assert.match(doctor.stdout, /→ start this machine with a kernel whose pages have 4 KiB/);
});

test('a machine whose programs it cannot page says so under run', async () => {
  const { app, copy } = application('other', 'prebuilt');
  rmSync(path.join(copy, PREBUILT, 'farpage-preload.so'), { force: true });
  const arch = process.arch === 'x64' ? 'arm64' : process.arch;
  // The processor's name changes after the addon was found, by the module that is not in the bundle.
  const other = writeScript(
    app,
    'other.mjs',
    `import { native } from '${path.join(copy, 'dist/src/native/native.js')}'; native();
    Object.defineProperty(process, 'arch', { value: '${arch}' });`,
  );
  // A program of that processor: its number is in the header.
  const program = path.join(app, 'true');
  const header = readFileSync('/bin/true');
  header.writeUInt16LE(183, 18);
  writeFileSync(program, header, { mode: 0o755 });
  for (const name of ['true', program]) {
    const args = ['--import', other, path.join(copy, 'dist/src/cli/main.js'), 'run', '--', name];
    const refused = await runProgram(process.execPath, { args });
    assert.equal(refused.code, 3, told(refused));
    assert.match(
      refused.stderr,
      /^farpage: farpage run pages programs on linux-x64-glibc alone, and this is linux-arm64-\w+[^\n]*\nhint: page your own/,
    );
  }
});

test('CommonJS requires it', async () => {
  const { app } = application('commonjs', 'prebuilt');
  const script = `const { createPager } = require('farpage');
    (async () => {
      const pager = await createPager({ residentLimit: '1MiB' });
      const region = await pager.map({ byteLength: '2MiB' });
      new Uint8Array(region.buffer).fill(7);
      await pager.close();
      console.log('ok', typeof require('farpage/userfaultfd').Userfaultfd);
    })();`;
  await works(writeScript(app, 'main.cjs', script), 'ok function\n');
});

test('two copies page side by side in one process, in both engines', async () => {
  const one = application('one', 'prebuilt').copy;
  const two = application('two', 'built').copy;
  const script = `import { touch } from './touch.mjs';
    const copies = await Promise.all(${JSON.stringify([one, two])}.map((copy) => import(copy + '/dist/src/index.js')));
    if (copies[0].createPager === copies[1].createPager) throw new Error('one copy');
    for (const engine of ['userfaultfd', 'trap']) {
      await Promise.all(copies.map(({ createPager }) => touch(createPager, engine)));
    }
    const errors = await Promise.all(copies.map(({ createPager }) => createPager({ residentLimit: 1 }).catch((error) => error)));
    for (const { PagerError } of copies) if (!errors.every((error) => PagerError.is(error))) throw new Error('not its error');
    console.log('ok');`;
  writeScript(folder, 'touch.mjs', TOUCH);
  await works(writeScript(folder, 'two.mjs', script));
});

test('a worker imports it first, ends, and the main thread pages after it', async () => {
  const { app } = application('worker', 'prebuilt');
  writeScript(app, 'touch.mjs', TOUCH);
  const script = `import { once } from 'node:events';
    import { isMainThread, Worker } from 'node:worker_threads';
    import { touch } from './touch.mjs';
    if (isMainThread) {
      const worker = new Worker(new URL(import.meta.url));
      const [code] = await once(worker, 'exit');
      if (code !== 0) throw new Error('the worker ended with ' + code);
    }
    const { createPager } = await import('farpage');
    for (const engine of ['userfaultfd', 'trap']) await touch(createPager, engine);
    if (isMainThread) console.log('ok');`;
  await works(writeScript(app, 'main.mjs', script));
});

test.run();
