// What the mutants of the core replace is still there, once: a mutant that cannot be planted proves nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';

interface Mutant {
  name: string;
  edits: ReadonlyArray<{ file: string; find: string; replace: string }>;
}

const list: { MUTANTS: readonly Mutant[] } = await import(
  pathToFileURL(path.join(ROOT, 'scripts/mutants-list.mjs')).href
);

const test = suite('mutants');

test('each text that a mutant replaces stands once in its file', () => {
  const wrong = list.MUTANTS.flatMap(({ name, edits }) =>
    edits.flatMap(({ file, find, replace }) => {
      const count = readFileSync(path.join(ROOT, file), 'utf8').split(find).length - 1;
      return count === 1 && find !== replace ? [] : [`${name}: ${count} times in ${file}`];
    }),
  );
  assert.ok(list.MUTANTS.length > 9);
  assert.deepEqual(wrong, []);
});

test('CONTRIBUTING.md has each mutant', () => {
  const text = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  assert.deepEqual(
    list.MUTANTS.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``)),
    [],
  );
});

test.run();
