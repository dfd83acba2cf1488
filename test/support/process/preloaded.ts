// Libraries that a test preloads into programs, each with a file of words through which both sides speak.
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../paths.js';

/** Builds test/support/process/NAME.c into a folder. Returns the paths of the library and of its words, which are zeros. */
export function buildPreloaded(
  folder: string,
  name: string,
  ...libraries: string[]
): { library: string; words: string } {
  const library = path.join(folder, `${name}.so`);
  const source = path.join(ROOT, 'test/support/process', `${name}.c`);
  execFileSync('cc', ['-Wall', '-Werror', '-shared', '-fPIC', '-o', library, source, ...libraries]);
  const words = path.join(folder, name);
  const fd = openSync(words, 'w+');
  ftruncateSync(fd, 4096);
  closeSync(fd);
  return { library, words };
}
