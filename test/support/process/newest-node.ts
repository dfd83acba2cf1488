// The newest Node.js there is, beside the one that runs the tests.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../paths.js';
import { runProgram } from './child.js';
import { userEnvironment } from './npm.js';

export interface NewestNode {
  /** The program. */
  path: string;
  version: string;
}

/**
 * The newest Node.js of the npm registry, or why it cannot be installed. The `node` package only picks the one for this
 * processor in an install script, which newer npm may refuse to run; so this takes that one itself.
 */
export async function newestNode(): Promise<NewestNode | { missing: string }> {
  const name = `node-linux-${process.arch}`;
  // Kept from run to run in the ignored build folder: it is 150 MB, and npm replaces it when there is a newer one.
  const folder = path.join(ROOT, 'dist', '.newest-node');
  const args = ['install', '--no-save', '--no-package-lock', '--prefix', folder, `${name}@latest`];
  const { code, stderr } = await runProgram('npm', { args, env: userEnvironment(), budget: 180_000 });
  if (code !== 0) return { missing: `no ${name} from the npm registry: ${firstError(stderr)}` };
  const installed = path.join(folder, 'node_modules', name);
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  return { path: path.join(installed, 'bin', 'node'), version };
}

function firstError(stderr: string): string {
  return /^npm error (.*)$/m.exec(stderr)?.[1] ?? 'npm failed';
}
