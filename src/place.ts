// Where this package lies, and which of its folders the native parts are taken from.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PagerError } from './errors.js';

/** The end of this module's own URL in the package. In a bundle it has another, or none (CommonJS). */
const OWN = '/dist/src/place.js';

/** Works under every package manager's policy on install scripts. */
export const BUILD_HINT = 'run: npx farpage build (it needs a C++ compiler, make and python3)';

/** A file that `npm run build:native`, `farpage build` or `npm run prebuilds` makes. */
export type Part = 'farpage.node' | 'farpage-guardian' | 'farpage-launch' | 'farpage-preload.so';

/**
 * The package's top folder.
 * @throws PagerError 'UNSUPPORTED' if a bundler has moved this code out of the package
 */
export function packageFolder(): string {
  const url: string | undefined = import.meta.url;
  if (url?.endsWith(OWN) !== true) {
    const where = url === undefined ? 'a bundle' : `the bundle ${url}`;
    throw new PagerError(
      'UNSUPPORTED',
      `a bundler has put farpage into ${where}, without its worker, core.wasm and addon, which it loads from its package`,
      {
        hint: 'mark farpage as external in the bundler (esbuild: --external:farpage) and install it where the bundle runs',
      },
    );
  }
  return fileURLToPath(url.slice(0, -OWN.length));
}

/** The path of a file of the package. */
export function packageFile(name: string): string {
  return path.join(packageFolder(), name);
}

/** What a prebuilt part must fit: 'linux-x64-glibc'. */
export function machine(): string {
  return `${process.platform}-${process.arch}-${libc()}`;
}

/**
 * Folders that may hold the native parts, the best first: what was built here, then what came with the package. A folder
 * without an addon is left out.
 */
export function partFolders(): string[] {
  const folders = [packageFile('build/Release'), packageFile(`prebuilds/${machine()}`)];
  return folders.filter((folder) => existsSync(path.join(folder, 'farpage.node')));
}

/** The C library that this process runs on: only an addon for the same one can be loaded. */
function libc(): 'glibc' | 'musl' {
  try {
    return /\/ld-musl-[^/\n]*\.so/.test(readFileSync('/proc/self/maps', 'latin1')) ? 'musl' : 'glibc';
  } catch {
    return 'glibc';
  }
}
