// `npm run prebuilds`: makes the native parts for every machine that the package serves, into prebuilds/, with zig, which
// compiles for each processor, each C library and an old glibc. It is taken from ZIG, else from PATH. Words name the targets
// wanted. (The name is not `prebuild`: npm would run that before each `build`.)
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { configure, run } from './gyp.mjs';
import { gypWords, hashSources, PACKAGE, partsOf, STAMP, TARGETS } from './sources.mjs';

const PREBUILDS = path.join(PACKAGE, 'prebuilds');
const ZIG = process.env.ZIG ?? 'zig';

const version = versionOfZig();
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!(name in TARGETS)) fail(`${name} is not one of ${Object.keys(TARGETS).join(', ')}`);
}
for (const [name, triple] of Object.entries(TARGETS)) {
  if (wanted.length === 0 || wanted.includes(name)) make(name, triple);
}

function versionOfZig() {
  try {
    return execFileSync(ZIG, ['version'], { encoding: 'utf8' }).trim();
  } catch {
    return fail(`${ZIG} does not run: install zig 0.11 or newer, or name it: ZIG=/path/to/zig npm run prebuilds`);
  }
}

function make(name, triple) {
  mkdirSync(path.join(PACKAGE, 'build'), { recursive: true });
  const folder = mkdtempSync(path.join(PACKAGE, 'build/prebuild-'));
  try {
    // Symbols and paths of this machine stay out: the same sources and the same zig make the same bytes anywhere.
    const env = {
      CC: `${ZIG} cc -target ${triple}`,
      CXX: `${ZIG} c++ -target ${triple}`,
      LINK: `${ZIG} c++ -target ${triple}`,
      AR: `${ZIG} ar`,
      CFLAGS: `-ffile-prefix-map=${PACKAGE}=`,
      CXXFLAGS: `-ffile-prefix-map=${PACKAGE}=`,
      LDFLAGS: '-s',
    };
    configure(folder, { words: [`--arch=${name.split('-')[1]}`], gyp: ['-Dzig=1', ...gypWords(name)], env });
    const jobs = `-j${availableParallelism()}`;
    run('make', ['-C', path.join(folder, 'build'), 'BUILDTYPE=Release', '--silent', jobs], env);
    const release = path.join(folder, 'build/Release');
    const place = path.join(PREBUILDS, name);
    const parts = path.join(folder, 'parts');
    mkdirSync(parts);
    for (const part of partsOf(name)) renameSync(path.join(release, part), path.join(parts, part));
    writeFileSync(path.join(parts, STAMP), `${hashSources()} zig ${version}\n`);
    mkdirSync(PREBUILDS, { recursive: true });
    rmSync(place, { recursive: true, force: true });
    renameSync(parts, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fail(why) {
  console.error(`farpage: ${why}`);
  process.exit(1);
}
