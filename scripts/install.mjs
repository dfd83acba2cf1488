// Compiles the addon and the programs beside it: when the package is installed where scripts may run, and for
// `farpage build` everywhere else. Says what to do where that fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

if (process.platform !== 'linux') {
  console.error('farpage: this works on Linux alone: it needs userfaultfd.');
  process.exit(1);
}

const [command, ...words] = findNodeGyp();
// Headers that came with this Node.js need no download.
const prefix = path.join(path.dirname(process.execPath), '..');
const headers = existsSync(path.join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
const { status, error } = spawnSync(command, [...words, 'rebuild', ...headers], { cwd: PACKAGE, stdio: 'inherit' });
if (status !== 0) {
  const why = error === undefined ? '' : ` (${error.message})`;
  console.error(`
farpage: the addon could not be compiled${why}. It takes a C++ compiler, make, Python 3 and the kernel's headers:
  Debian, Ubuntu:  apt-get install g++ make python3 linux-libc-dev
  Fedora:          dnf install gcc-c++ make python3 kernel-headers
  Alpine:          apk add g++ make python3 linux-headers
then run \`npx farpage build\`. What node-gyp said is above.`);
  process.exit(1);
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
