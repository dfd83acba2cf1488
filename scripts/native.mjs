// Compiles the addon and the programs beside it into build/Release: in a checkout (`npm ci`), and for `farpage build` in
// an installed package whose prebuilt ones do not fit the machine. Does nothing if they are built from these very sources
// and work: npm runs this for each `npx farpage` in a checkout. Says what to do if the compilation fails.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gypWords, hashSources, machineHere, PACKAGE, partsOf, STAMP } from './sources.mjs';

if (process.platform !== 'linux') {
  console.error('farpage: this works on Linux alone: it needs userfaultfd.');
  process.exit(1);
}

const RELEASE = path.join(PACKAGE, 'build/Release');
const MACHINE = machineHere();
const NEEDED = partsOf(MACHINE);
/** Folders in which a build runs, beside the products: so they can be renamed, and node-addon-api is found from there. */
const WORKSHOP = '.build-';
/** Milliseconds after which such a folder belongs to a build that was killed. */
const ABANDONED = 3_600_000;

const inputs = `${hashSources()} ${MACHINE}`;
if (!isBuilt(inputs)) process.exitCode = await build(inputs);

function isBuilt(wanted) {
  try {
    if (readFileSync(path.join(RELEASE, STAMP), 'utf8') !== wanted) return false;
  } catch {
    return false;
  }
  if (!NEEDED.every((name) => existsSync(path.join(RELEASE, name)))) return false;
  // Another libc, as after a copy into a container, shows only here.
  const load = ['-e', 'require(process.argv[1])', path.join(RELEASE, 'farpage.node')];
  return spawnSync(process.execPath, load, { stdio: 'ignore' }).status === 0;
}

/** In a folder of its own: an addon that works stays in place until its successor is complete. @returns the exit code */
async function build(from) {
  const folder = workshop();
  if (folder === null) return 1;
  try {
    for (const name of ['native', 'native/binding.gyp']) {
      symlinkSync(path.join(PACKAGE, name), path.join(folder, path.basename(name)));
    }
    const why = await compile(folder);
    if (why !== null) {
      console.error(describeFailure(why));
      return 1;
    }
    writeFileSync(path.join(folder, STAMP), from);
    mkdirSync(RELEASE, { recursive: true });
    for (const name of NEEDED) renameSync(path.join(folder, 'build/Release', name), path.join(RELEASE, name));
    renameSync(path.join(folder, STAMP), path.join(RELEASE, STAMP));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function removeAbandoned() {
  for (const name of readdirSync(PACKAGE)) {
    const folder = path.join(PACKAGE, name);
    if (!name.startsWith(WORKSHOP)) continue;
    const began = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - began > ABANDONED) rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns null, or why it failed */
async function compile(folder) {
  const [command, ...words] = findNodeGyp();
  // Headers that came with this Node.js need no download.
  const prefix = path.join(path.dirname(process.execPath), '..');
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const child = spawn(command, [...words, 'rebuild', ...headers, '--', ...gypWords(MACHINE)], {
    cwd: folder,
    stdio: 'inherit',
  });
  // The folder is removed after node-gyp has ended, not beside it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(` (${error.message})`));
    child.on('exit', (code, signal) => resolve(code === 0 ? null : signal === null ? '' : ` (${signal})`));
  });
}

/** A new folder in the package; null, after a line, if this user may not write there. */
function workshop() {
  try {
    removeAbandoned();
    return mkdtempSync(path.join(PACKAGE, WORKSHOP));
  } catch (error) {
    console.error(
      `farpage: cannot write into ${PACKAGE} (${error.code}): run it as the user who installed the package`,
    );
    return null;
  }
}

function describeFailure(why) {
  return `
farpage: the addon could not be compiled${why}. It takes a C++ compiler, make, Python 3 and the kernel's headers:
  Debian, Ubuntu:  apt-get install g++ make python3 linux-libc-dev
  Fedora:          dnf install gcc-c++ make python3 kernel-headers
  Alpine:          apk add g++ make python3 linux-headers
then run \`npx farpage build\`. What node-gyp said is above.`;
}

/** Beside this package; npm's own, of the npm that runs this or of this Node.js; on PATH; else npm brings it. */
function findNodeGyp() {
  const npm = process.env.npm_execpath;
  const places = [
    ...(npm === undefined ? [] : [path.join(path.dirname(npm), '..')]),
    path.join(path.dirname(process.execPath), '../lib/node_modules/npm'),
    '/usr/share/nodejs/npm',
  ];
  const require = createRequire(import.meta.url);
  for (const from of [PACKAGE, ...places]) {
    try {
      return [process.execPath, require.resolve('node-gyp/bin/node-gyp.js', { paths: [from] })];
    } catch {
      // Not there.
    }
  }
  const onPath = (process.env.PATH ?? '').split(':').some((folder) => existsSync(path.join(folder, 'node-gyp')));
  return onPath ? ['node-gyp'] : ['npx', '--yes', 'node-gyp'];
}
