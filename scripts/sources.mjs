// The sources of the native parts, and what is made of them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** What prebuilt parts are made for, and zig's name of it. Node.js 20 itself needs glibc 2.28. */
export const TARGETS = {
  'linux-x64-glibc': 'x86_64-linux-gnu.2.28',
  'linux-x64-musl': 'x86_64-linux-musl',
  'linux-arm64-glibc': 'aarch64-linux-gnu.2.28',
  'linux-arm64-musl': 'aarch64-linux-musl',
};

/** Says what the parts beside it were built from, and by what. */
export const STAMP = 'built-from';

const PARTS = ['farpage-guardian', 'farpage-launch', 'farpage.node'];

/** The files that a build makes. The preload library uses what only glibc has, and knows the instructions of x64. */
export function partsOf(machine) {
  return machine === 'linux-x64-glibc' ? ['farpage-preload.so', ...PARTS] : PARTS;
}

/** 'linux-x64-glibc' where this runs; src/place.ts says the same in the package. */
export function machineHere() {
  const musl = /\/ld-musl-[^/\n]*\.so/.test(readFileSync('/proc/self/maps', 'latin1'));
  return `${process.platform}-${process.arch}-${musl ? 'musl' : 'glibc'}`;
}

/** What gyp is to know of a machine that native parts are made for. */
export function gypWords(machine) {
  return [`-Dlibc=${machine.split('-')[2]}`];
}

/** Of the sources and of the headers of node-addon-api. Node-API is the same for every Node.js. */
export function hashSources() {
  const hash = createHash('sha256');
  const sources = readdirSync(path.join(PACKAGE, 'native'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of sources.sort()) hash.update(`${path.relative(PACKAGE, file)}\0`).update(readFileSync(file));
  return hash.update(addonApiVersion()).digest('hex');
}

function addonApiVersion() {
  try {
    return createRequire(import.meta.url)('node-addon-api/package.json').version;
  } catch {
    return 'none'; // node-gyp will say so
  }
}
