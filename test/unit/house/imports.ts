import path from 'node:path';
import type { Room } from './rooms.js';

export interface Import {
  line: number;
  /** As written. */
  from: string;
  /** A thread or process is started with the file: it runs beside this one, and is not part of it. */
  started: boolean;
}

/** Sources by path from the top folder. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Statements begin a line, as the formatter holds them to; `import()` and a Worker's `new URL(…, import.meta.url)` may stand
 * anywhere. TypeScript 7 offers a parser to JavaScript only through a server process and an interface it calls unstable.
 */
const STARTED = /\bnew URL\(\s*(['"])(?<from>\.[^'"]+\.[jt]s)\1,\s*import\.meta\.url\s*,?\s*\)/g;
const FORMS = [
  /^(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(?<from>[^'"]+)\1/gm,
  /^import\s*(['"])(?<from>[^'"]+)\1/gm,
  /\bimport\(\s*(['"])(?<from>[^'"]+)\1\s*\)/g,
  STARTED,
];

export function findImports(source: string): Import[] {
  const found: Import[] = [];
  for (const form of FORMS) {
    for (const match of source.matchAll(form)) {
      const from = match.groups?.['from'] ?? '';
      const started = form === STARTED;
      found.push({ started, line: source.slice(0, match.index + match[0].lastIndexOf(from)).split('\n').length, from });
    }
  }
  return found.sort((a, b) => a.line - b.line);
}

/** The room a file belongs to: the one with the longest path that matches. */
export function roomOf(file: string, rooms: Readonly<Record<string, Room>>): string | undefined {
  const bare = stem(file);
  let best: { name: string; length: number } | undefined;
  for (const [name, { files }] of Object.entries(rooms)) {
    for (const at of files) {
      if (at.endsWith('/') ? !file.startsWith(at) : bare !== at) continue;
      if (best === undefined || at.length > best.length) best = { name, length: at.length };
    }
  }
  return best?.name;
}

/** Every import that no arrow allows, as `file:line: what is wrong`. */
export function forbiddenImports(sources: Sources, rooms: Readonly<Record<string, Room>>): string[] {
  const wrong: string[] = [];
  const byStem = new Map([...sources.keys()].map((file) => [stem(file), file]));
  for (const [file, source] of sources) {
    const name = roomOf(file, rooms);
    const room = name === undefined ? undefined : rooms[name];
    if (name === undefined || room === undefined) {
      wrong.push(`${file}:1: belongs to no room`);
      continue;
    }
    for (const { line, from } of findImports(source)) {
      const problem = from.startsWith('.')
        ? problemWithFile(file, from, name, room, rooms, byStem)
        : problemWithPackage(from, name, room);
      if (problem !== undefined) wrong.push(`${file}:${line}: ${problem}`);
    }
  }
  return wrong;
}

function problemWithFile(
  file: string,
  from: string,
  name: string,
  room: Room,
  rooms: Readonly<Record<string, Room>>,
  byStem: ReadonlyMap<string, string>,
): string | undefined {
  const at = stem(path.posix.join(path.posix.dirname(file), from));
  const target = byStem.get(at) ?? byStem.get(`${at}/index`);
  if (target === undefined) return `'${from}' is not a source file`;
  const to = roomOf(target, rooms);
  if (to === name || room.imports.includes('*') || (to !== undefined && room.imports.includes(to))) return undefined;
  return `${name} → ${to ?? target} is not allowed`;
}

function problemWithPackage(from: string, name: string, room: Room): string | undefined {
  const wanted = from.startsWith('node:') ? 'node:' : from.split('/', from.startsWith('@') ? 2 : 1).join('/');
  if (room.packages.includes('*') || room.packages.includes(wanted)) return undefined;
  return `${name} → package '${from}' is not allowed`;
}

function stem(file: string): string {
  return file.replace(/\.d\.ts$|\.m?[jt]s$/, '');
}
