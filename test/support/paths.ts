// Where the project is, and which files it has.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout's top folder; this file runs from dist/test/support. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The project's files as git sees them, new ones included and ignored ones not: paths from the top folder, sorted. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' });
  const files = new Set(listed.split('\0').filter((file) => file !== '' && existsSync(path.join(ROOT, file))));
  return [...files].sort();
}
