// The package as `npm pack` makes it, from a copy: other test files pack at the same time, and packing fills prebuilds/.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
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

/** Milliseconds. */
const BUDGET = 120_000;
const UNLISTED = ['package.json', 'README.md', 'LICENSE', 'build/Release', 'scripts'];

/** Copies what the package is made of, as built, with the prebuilt parts that this checkout has. */
export function stage(folder: string): string {
  const copy = path.join(folder, 'stage');
  mkdirSync(copy);
  const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
  const { files }: { files: string[] } = JSON.parse(text);
  for (const name of new Set([...files, ...UNLISTED])) {
    const from = path.join(ROOT, name);
    if (existsSync(from)) cpSync(from, path.join(copy, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** Packs this checkout as built, into a folder. Without `prepare`, which would build. */
export async function pack(folder: string): Promise<Tarball> {
  const cwd = stage(folder);
  const prepack = await runProgram(process.execPath, { args: [path.join(cwd, 'scripts/prepack.mjs')], budget: BUDGET });
  if (prepack.code !== 0) throw new Error(prepack.stderr);
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { code, stdout, stderr } = await runProgram('npm', { args, cwd, env: userEnvironment(), budget: BUDGET });
  if (code !== 0) throw new Error(stderr);
  const answer: Packed[] | Record<string, Packed> = JSON.parse(stdout);
  // npm 12 keys its answer by package where older ones give a list.
  const [packed] = Array.isArray(answer) ? answer : Object.values(answer);
  if (packed === undefined) throw new Error(stdout);
  const files = packed.files.map((file) => file.path);
  return { file: path.join(folder, packed.filename), files, parts: prepack.stderr };
}
