// `farpage build`: compiles the native parts of an installed package, where no prebuilt ones fit the machine.
import { spawn } from 'node:child_process';
import { packageFile } from '../place.js';
import { say } from '../terminal/messages.js';
import { EXIT, type ExitCode } from './exit.js';

/** Compiles the addon beside the package, whatever the package manager's policy on scripts is. */
export async function build(): Promise<ExitCode> {
  const child = spawn(process.execPath, [packageFile('scripts/native.mjs')], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) return EXIT.unable;
  say("the addon is built; 'farpage doctor' tries it");
  return EXIT.done;
}
