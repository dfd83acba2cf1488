// Copies of the package as an application finds it in its node_modules, with native parts where a test wants them.
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { machine } from '../../../src/place.js';
import { ROOT } from '../paths.js';

const RELEASE = 'build/Release';

/** Where the native parts of a copy lie: as if built beside it, as if it came with them, or nowhere. */
export type Place = 'built' | 'prebuilt' | 'nowhere';

/** The folder in a copy that holds prebuilt parts for this machine. */
export const PREBUILT = `prebuilds/${machine()}`;

/** Copies the package to node_modules/farpage of a folder, and returns that. Its dependencies are this checkout's. */
export function copyPackage(folder: string, place: Place): string {
  const copy = path.join(folder, 'node_modules/farpage');
  mkdirSync(path.join(copy, 'node_modules'), { recursive: true });
  for (const name of [
    'bin',
    'dist/src',
    'dist/assembly',
    'dist/core.wasm',
    'dist/dsm.wasm',
    'scripts',
    'package.json',
  ]) {
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  const parsed: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  );
  for (const name of Object.keys(parsed.dependencies)) {
    const link = path.join(copy, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules', name), link);
  }
  if (place !== 'nowhere') copyParts(path.join(copy, place === 'built' ? RELEASE : PREBUILT));
  return copy;
}

/** Copies the parts that this checkout has built: not the objects beside them. */
export function copyParts(into: string): void {
  mkdirSync(into, { recursive: true });
  const parts = readdirSync(path.join(ROOT, RELEASE)).filter((name) => /^farpage.*(?<!\.a)$/.test(name));
  for (const name of parts) cpSync(path.join(ROOT, RELEASE, name), path.join(into, name));
}

/** Writes a script of the application's and returns its path. */
export function writeScript(folder: string, name: string, text: string): string {
  const script = path.join(folder, name);
  writeFileSync(script, text);
  return script;
}
