// The programs that questions name are there: a question whose program was moved would be skipped, or fail, only when it is asked.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';

const test = suite('the programs of the bench');

const folder = join(ROOT, 'bench');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** What `pattern` finds in the bench's sources: its first group, and the file that has it. */
function named(pattern: RegExp): { name: string; file: string }[] {
  return files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(pattern)].map(([, name = '']) => ({ name, file })),
  );
}

const kinds: [what: string, pattern: RegExp, least: number, source: (name: string) => string][] = [
  ['a peer or addon', /\.(?:peer|addon)\(\s*'([\w-]+)'/g, 20, (name) => `bench/peers/${name}.c`],
  ['a subject', /\.subject\(\s*'([\w-]+)'/g, 20, (name) => `bench/subjects/${name}.ts`],
  ['a program of the tests', /'(support\/[\w/-]+)\.js'/g, 1, (name) => `test/${name}.ts`],
];

for (const [what, pattern, least, source] of kinds) {
  test(`${what} that a question names is there`, () => {
    const found = named(pattern);
    assert.ok(found.length >= least, `only ${found.length} names were found`);
    const missing = found.filter(({ name }) => !existsSync(join(ROOT, source(name))));
    assert.deepEqual(missing, []);
  });
}

test.run();
