// Packages of the npm registry that tests use beside the ones of this checkout: package managers, bundlers, other Node.js.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../paths.js';
import { runProgram } from './child.js';
import { userEnvironment } from './npm.js';

/** Milliseconds for one of them, beside others. */
const BUDGET = 240_000;

export interface Installed {
  /** The package's folder. */
  folder: string;
  version: string;
}

/**
 * Installs one package without its scripts, or says why npm could not. It is kept from run to run in the ignored build
 * folder, and npm replaces it when there is a newer one of that range.
 * @param force also one that is for another processor
 */
export async function fromRegistry(
  name: string,
  range: string,
  force = false,
): Promise<Installed | { missing: string }> {
  const top = path.join(ROOT, 'dist', '.registry', `${name.replace('/', '+')}@${range}`);
  const options = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    ...(force ? ['--force'] : []),
  ];
  const args = ['install', ...options, '--prefix', top, `${name}@${range}`];
  // A registry that does not answer is as good as none.
  const said = runProgram('npm', { args, env: userEnvironment(), budget: BUDGET });
  const { code, stderr } = await said.catch((error: Error) => ({ code: 1, stderr: `npm error ${error.message}` }));
  if (code !== 0) return { missing: `no ${name}@${range} from the npm registry: ${firstError(stderr)}` };
  const folder = path.join(top, 'node_modules', name);
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return { folder, version };
}

/** The program of a Node.js of the registry. Its package for one processor needs no install script, unlike `node`. */
export async function nodeFromRegistry(
  range: string,
): Promise<{ path: string; version: string } | { missing: string }> {
  const found = await fromRegistry(`node-linux-${process.arch}`, range);
  if ('missing' in found) return found;
  return { path: path.join(found.folder, 'bin', 'node'), version: found.version };
}

function firstError(stderr: string): string {
  return /^npm error (.*)$/m.exec(stderr)?.[1] ?? 'npm failed';
}
