// The package as `npm pack` makes it.
import path from 'node:path';
import { ROOT } from '../paths.js';
import { runProgram } from './child.js';
import { userEnvironment } from './npm.js';

export interface Tarball {
  file: string;
  /** Paths in the package. */
  files: string[];
  /** What prepack said of each machine's native parts. */
  parts: string;
}

interface Packed {
  filename: string;
  files: { path: string }[];
}

/** Packs this checkout as built, into a folder. Without the scripts, which would build under the feet of this very run. */
export async function pack(folder: string): Promise<Tarball> {
  const prepack = await runProgram(process.execPath, { args: [path.join(ROOT, 'scripts/prepack.mjs')] });
  if (prepack.code !== 0) throw new Error(prepack.stderr);
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { code, stdout, stderr } = await runProgram('npm', { args, cwd: ROOT, env: userEnvironment() });
  if (code !== 0) throw new Error(stderr);
  const answer: Packed[] | Record<string, Packed> = JSON.parse(stdout);
  // npm 12 keys its answer by package where older ones give a list.
  const [packed] = Array.isArray(answer) ? answer : Object.values(answer);
  if (packed === undefined) throw new Error(stdout);
  const files = packed.files.map((file) => file.path);
  return { file: path.join(folder, packed.filename), files, parts: prepack.stderr };
}
