// ARCHITECTURE.md speaks of the house as it is: each room is in it, and each path that it names exists.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';

const test = suite('ARCHITECTURE.md');
const text = readFileSync(path.join(ROOT, 'ARCHITECTURE.md'), 'utf8');

test('names every room', () => {
  const rooms = new Set<string>();
  for (const file of projectFiles()) {
    const room = /^((?:assembly|native|src)\/[^/]+)\//.exec(file)?.[1];
    if (room !== undefined) rooms.add(room);
  }
  assert.ok(rooms.size > 20, `only ${rooms.size} rooms found`);
  assert.deepEqual(
    [...rooms].filter((room) => !text.includes(`\`${room}\``) && !text.includes(`(${room})`)),
    [],
  );
});

test('names no path that does not exist', () => {
  const named = [...text.matchAll(/\b(?:assembly|native|src|test|bench|scripts|docs)\/[\w./-]*\w/g)].map(([at]) => at);
  assert.ok(named.length > 50, `only ${named.length} paths found`);
  // NAME stands for what the reader adds.
  const missing = named.filter((at) => !at.includes('NAME') && !existsSync(path.join(ROOT, at)));
  assert.deepEqual(missing, []);
});

test.run();
