// `farpage build`: compiles the addon of an installed package whose install scripts did not run.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { say } from '../terminal/messages.js';
import { EXIT, type ExitCode } from './exit.js';

const SCRIPT = fileURLToPath(new URL('../../../scripts/install.mjs', import.meta.url));

/** Compiles the addon beside the package, whatever the package manager's policy on scripts is. */
export async function build(): Promise<ExitCode> {
  const child = spawn(process.execPath, [SCRIPT], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) return EXIT.unable;
  say("the addon is built; 'farpage doctor' tries it");
  return EXIT.done;
}
