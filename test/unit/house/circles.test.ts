// Dependencies run one way: between files, types included; between rooms; and between the native files by their includes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';
import { importGraph } from '../../support/runner/changed.js';
import { circles } from './circles.js';
import { NATIVE_ROOMS, ROOMS } from './rooms.js';

const test = suite('no circles');
const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

test('files import each other one way, types included', () => {
  assert.deepEqual(circles(importGraph(false)), []);
});

test('rooms import each other one way', () => {
  const open = new Set(['*']);
  const rooms = Object.entries(ROOMS).map(
    ([name, { imports }]) => [name, imports.filter((other) => !open.has(other))] as const,
  );
  assert.deepEqual(circles(new Map(rooms)), []);
});

/** The native files that each includes, by their paths from the top of native/. */
function includes(): Map<string, string[]> {
  const files = projectFiles().filter((file) => /^native\/.*\.(cc|c|h)$/.test(file));
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const found = [...text.matchAll(/^#include "([^"]+)"$/gm)].map(([, name = '']) => {
        const near = path.posix.join(path.posix.dirname(file), name);
        return existsSync(path.join(ROOT, near)) ? near : `native/${name}`;
      });
      return [file, found];
    }),
  );
}

const roomOf = (file: string) => {
  const [, room, below] = file.split('/');
  return below === undefined ? 'top' : (room ?? 'top');
};

test('native files include each other one way', () => {
  const found = includes();
  assert.ok(found.size > 50, `only ${found.size} files found`);
  assert.deepEqual(circles(found), []);
});

test('native rooms include only rooms below them', () => {
  const wrong: string[] = [];
  for (const [file, targets] of includes()) {
    const from = roomOf(file);
    for (const target of targets) {
      if (!existsSync(path.join(ROOT, target))) wrong.push(`${file}: ${target} does not exist`);
      const to = roomOf(target);
      if (from === to || file === 'native/addon.cc') continue;
      if (!(NATIVE_ROOMS[from] ?? []).includes(to)) wrong.push(`${file}: ${from} → ${to} is not allowed`);
    }
  }
  assert.deepEqual(wrong, []);
  const rooms = Object.entries(NATIVE_ROOMS).map(([name, below]): [string, readonly string[]] => [name, below]);
  assert.deepEqual(circles(new Map(rooms)), []);
});

test('a circle is found, however long, and what only leads to it is not part of it', () => {
  assert.deepEqual(circles(graph({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] })), [['a', 'b', 'c']]);
  assert.deepEqual(circles(graph({ a: ['b'], b: ['a'], c: ['d'], d: ['c', 'a'] })), [
    ['a', 'b'],
    ['c', 'd'],
  ]);
  assert.deepEqual(circles(graph({ a: ['a'], b: [] })), [['a']]);
  assert.deepEqual(circles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })), []);
});

test.run();
