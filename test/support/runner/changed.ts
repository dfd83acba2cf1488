// Which test files a change reaches: those whose imports lead to a changed file, and those that say they cover it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findImports } from '../../unit/house/imports.js';
import { projectFiles, ROOT } from '../paths.js';
import { headOf, type Source } from './choose.js';

/** Files that differ from the commit `base`, new ones included. */
export function changedFiles(base: string): string[] {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' })
      .split('\0')
      .filter((file) => file !== '');
  return [...git('diff', '--name-only', '-z', base), ...git('ls-files', '--others', '--exclude-standard', '-z')];
}

/** For each TypeScript file of the project, the files it imports, and those that it starts as threads where `started`. */
export function importGraph(started: boolean): Map<string, readonly string[]> {
  const known = projectFiles().filter((file) => file.endsWith('.ts'));
  const byStem = new Map(known.map((file) => [file.replace(/\.ts$/, ''), file]));
  const graph = new Map<string, readonly string[]>();
  for (const file of known) {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const found = findImports(text).flatMap(({ from, started: starts }) => {
      if (!from.startsWith('.') || (starts && !started)) return [];
      const target = byStem.get(path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, ''));
      return target === undefined ? [] : [target];
    });
    graph.set(file, found);
  }
  return graph;
}

/** The sources among `tests` that the change reaches. */
export function reached(
  tests: readonly Source[],
  changed: readonly string[],
  graph: ReadonlyMap<string, readonly string[]>,
): Source[] {
  const hit = new Set(changed);
  return tests.filter(({ file, text }) => {
    const { covers } = headOf(text);
    if (covers.some((place) => changed.some((each) => each.startsWith(place)))) return true;
    const seen = new Set<string>([file]);
    for (const each of seen) {
      if (hit.has(each)) return true;
      for (const next of graph.get(each) ?? []) seen.add(next);
    }
    return false;
  });
}
