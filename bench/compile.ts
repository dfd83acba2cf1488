// Compiles the C peers of the benchmarks.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PagerError } from '../src/errors.js';
import { packageRoot } from './package-root.js';

const FLAGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread'];

/** Compiles one peer into `folder` and says where it is: a program, or an addon that a subject loads. */
export function compilePeer(name: string, folder: string, kind: 'program' | 'addon' = 'program'): string {
  const compiler = process.env.CC || 'cc';
  const source = join(packageRoot(), 'bench', 'peers', `${name}.c`);
  const program = join(folder, kind === 'addon' ? `${name}.node` : name);
  const flags = kind === 'addon' ? [...FLAGS, '-shared', '-fPIC'] : FLAGS;
  const { error, status, stderr } = spawnSync(compiler, [...flags, source, '-o', program, '-ldl'], {
    encoding: 'utf8',
  });
  if (error) {
    throw new PagerError(
      'UNSUPPORTED',
      `the benchmarks compare with C programs, and there is no compiler: ${compiler}`,
      {
        hint: 'install a C compiler (Debian: apt-get install gcc libc6-dev), or name one in CC',
        cause: error,
      },
    );
  }
  if (status !== 0) {
    throw new PagerError('UNSUPPORTED', `${compiler} could not compile ${source}:\n${stderr}`, {
      hint: 'the C library headers may be missing (Debian: apt-get install libc6-dev)',
    });
  }
  return program;
}
