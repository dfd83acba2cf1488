// Finds the native parts and loads the addon: built here, or prebuilt for this processor and C library.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PagerError } from '../errors.js';
import { BUILD_HINT, machine, type Part, packageFile, packageFolder, partFolders } from '../place.js';

/** The library in programs uses what only glibc has, and knows the instructions of x64. */
const PAGES_PROGRAMS = 'linux-x64-glibc';
/** The only size of page that farpage works with. */
const PAGE = 4096;

/** As `engines` of package.json: what farpage is tested with, and what its HTTP client needs. */
const OLDEST_NODE = [20, 18, 1];

/** An addon that works here, and the folder that it and the programs of the same build lie in. */
export interface Loaded {
  exports: unknown;
  folder: string;
}

/** @throws PagerError 'UNSUPPORTED' if no addon works on this machine */
export function loadAddon(): Loaded {
  if (process.platform !== 'linux') {
    throw new PagerError('UNSUPPORTED', `farpage works on Linux alone, and this is ${process.platform}`, {
      hint: 'run it on Linux: a virtual machine or a container on this computer will do',
    });
  }
  if (isOlder(process.versions.node)) {
    const needed = `farpage needs Node.js ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}`;
    throw new PagerError('UNSUPPORTED', needed, { hint: 'install the newest Node.js, and start the program with it' });
  }
  const failures: unknown[] = [];
  for (const { file, folder } of candidates()) {
    try {
      const exports: unknown = createRequire(file)(file);
      requirePages(exports);
      return { exports, folder };
    } catch (error) {
      if (error instanceof PagerError) throw error;
      failures.push(error);
    }
  }
  const [cause] = failures;
  const why = cause instanceof Error ? `: ${cause.message.split('\n', 1)[0]}` : '';
  throw new PagerError('UNSUPPORTED', `the native part of farpage is not built for this machine, ${machine()}${why}`, {
    hint: BUILD_HINT,
    cause,
  });
}

/**
 * The path of a program or library of the same build as the addon.
 * @throws PagerError 'UNSUPPORTED' if that build lacks it
 */
export function partIn(folder: string, part: Part): string {
  const file = path.join(folder, part);
  if (existsSync(file)) return file;
  if (part === 'farpage-preload.so' && machine() !== PAGES_PROGRAMS) {
    throw new PagerError(
      'UNSUPPORTED',
      `farpage run pages programs on ${PAGES_PROGRAMS} alone, and this is ${machine()}`,
      {
        hint: 'page your own code, serve guests and migrate regions here: these need no library in a program',
      },
    );
  }
  throw new PagerError('UNSUPPORTED', `${part} is not built for this machine`, { hint: BUILD_HINT });
}

/** `npm run test:sanitize` names another build of the addon; the programs beside it are the ordinary ones. */
function candidates(): Array<{ file: string; folder: string }> {
  const asked = process.env.FARPAGE_ADDON;
  if (asked !== undefined) return [{ file: asked, folder: packageFile('build/Release') }];
  return partFolders().map((folder) => ({ file: path.join(folder, 'farpage.node'), folder }));
}

/** Addresses, protection and the layout of the core's memory are in pages of 4 KiB; arm64 has kernels with larger ones. */
function requirePages(exports: unknown): void {
  const { pageSize } = (exports ?? {}) as { pageSize?: unknown };
  if (pageSize === PAGE) return;
  throw new PagerError('UNSUPPORTED', `pages of this kernel have ${pageSize} bytes: farpage needs pages of ${PAGE}`, {
    hint: 'start this machine with a kernel whose pages have 4 KiB (getconf PAGESIZE prints 4096 then)',
  });
}

/** Where the addon came from, as doctor shows it. */
export function originOf(folder: string): string {
  return path.relative(packageFolder(), folder);
}

function isOlder(version: string): boolean {
  const numbers = version.split('.').map(Number);
  const at = OLDEST_NODE.findIndex((wanted, place) => numbers[place] !== wanted);
  return at >= 0 && (numbers[at] ?? 0) < (OLDEST_NODE[at] ?? 0);
}
