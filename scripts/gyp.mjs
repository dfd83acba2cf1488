// What the developer's scripts share: node-gyp of this checkout, and commands whose failure ends the script.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** Writes the makefiles of the addon into build/ of `folder`; `more` goes to gyp. */
export function configure(folder, ...more) {
  // Headers that came with this Node.js need no download.
  const prefix = path.join(path.dirname(process.execPath), '..');
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const script = path.join(PACKAGE, 'node_modules/node-gyp/bin/node-gyp.js');
  run(process.execPath, [script, 'configure', ...headers, `--directory=${folder}`, '--', ...more]);
}

export function run(command, words, env = {}) {
  const { status, error } = spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) {
    console.error(`farpage: ${path.basename(command)} failed${error === undefined ? '' : `: ${error.message}`}`);
    process.exit(status ?? 1);
  }
}
