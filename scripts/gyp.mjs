// What the developer's scripts share: node-gyp of this checkout, and commands whose failure ends the script.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE } from './sources.mjs';

/**
 * Writes the makefiles of the native parts into build/ of `folder`, which gets links to their sources. binding.gyp is not
 * in the top folder, where npm would take it for an order to compile.
 */
export function configure(folder, { words = [], gyp = [], env = {} } = {}) {
  mkdirSync(folder, { recursive: true });
  for (const name of ['native', 'native/binding.gyp', 'package.json', 'node_modules']) {
    const link = path.join(folder, path.basename(name));
    rmSync(link, { force: true });
    symlinkSync(path.join(PACKAGE, name), link);
  }
  // Headers that came with this Node.js need no download.
  const prefix = path.join(path.dirname(process.execPath), '..');
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const script = path.join(PACKAGE, 'node_modules/node-gyp/bin/node-gyp.js');
  run(process.execPath, [script, 'configure', ...headers, ...words, `--directory=${folder}`, '--', ...gyp], env);
}

export function run(command, words, env = {}) {
  const { status, error } = spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) {
    console.error(`farpage: ${path.basename(command)} failed${error === undefined ? '' : `: ${error.message}`}`);
    process.exit(status ?? 1);
  }
}
