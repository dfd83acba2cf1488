import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';
import { findImports, forbiddenImports, roomOf } from './imports.js';
import { ROOMS } from './rooms.js';

const SOURCE = /^(assembly|src|bench|test|scripts|examples)\/.*\.m?[jt]s$/;

/** What the table says of one made-up file, with those it imports. */
function check(file: string, source: string, ...others: string[]): string[] {
  return forbiddenImports(new Map([[file, source], ...others.map((other): [string, string] => [other, ''])]), ROOMS);
}

const test = suite('allowed imports');

test('every import follows an arrow', () => {
  const sources = new Map<string, string>();
  for (const file of projectFiles())
    if (SOURCE.test(file)) sources.set(file, readFileSync(path.join(ROOT, file), 'utf8'));
  assert.ok(sources.size > 20, `only ${sources.size} sources found`);
  assert.deepEqual(forbiddenImports(sources, ROOMS), []);
});

test('an arrow against the stream is found, with its line', () => {
  assert.deepEqual(
    check(
      'assembly/ring.ts',
      "import { A } from './layout';\nimport { f } from './paging/fault';",
      'assembly/layout.ts',
      'assembly/paging/fault.ts',
    ),
    ['assembly/ring.ts:2: assembly/ring → assembly/paging/fault is not allowed'],
  );
  assert.deepEqual(check('src/loop/turn.ts', "import '../pager/pager.js';", 'src/pager/pager.ts'), [
    'src/loop/turn.ts:1: loop → pager is not allowed',
  ]);
  assert.deepEqual(check('src/errors.ts', "export * from './units.js';", 'src/units.ts'), [
    'src/errors.ts:1: errors → units is not allowed',
  ]);
});

test('siblings may not meet', () => {
  assert.equal(
    check('assembly/paging/evict.ts', "import { x } from './writeback';", 'assembly/paging/writeback.ts').length,
    1,
  );
  assert.equal(check('src/store/redis.ts', "import { x } from '../core/core.js';", 'src/core/core.ts').length, 1);
  assert.equal(
    check('src/core/core.ts', "import type { x } from '../store/store.js';", 'src/store/store.ts').length,
    1,
  );
  assert.equal(check('src/report/page.ts', "import { x } from '../errors.js';", 'src/errors.ts').length, 1);
});

test('the product imports neither tests nor scripts', () => {
  assert.equal(check('src/index.ts', "export { x } from '../test/x.js';", 'test/x.ts').length, 1);
  assert.equal(check('src/core/core.ts', "import '../../scripts/layout.mjs';", 'scripts/layout.mjs').length, 1);
});

test('what is allowed passes', () => {
  assert.deepEqual(
    check('assembly/paging/evict.ts', "import { x } from '../books/page-table';\n", 'assembly/books/page-table.ts'),
    [],
  );
  assert.deepEqual(check('src/store/redis.ts', "import { x } from './store.js';\n", 'src/store/store.ts'), []);
  assert.deepEqual(check('src/loop/turn.ts', "import { x } from '../core/core.js';\n", 'src/core/core.ts'), []);
  assert.deepEqual(check('test/live/x.test.ts', "import 'uvu';\nimport '../../src/index.js';\n", 'src/index.ts'), []);
});

test('packages are held to their rooms', () => {
  assert.deepEqual(check('src/loop/turn.ts', "import { createClient } from 'redis';"), [
    "src/loop/turn.ts:1: loop → package 'redis' is not allowed",
  ]);
  assert.equal(check('assembly/paging/fault.ts', "import { readFileSync } from 'node:fs';").length, 1);
  assert.deepEqual(check('src/core/core.ts', "import * as loader from '@assemblyscript/loader/umd';"), []);
});

test('a file of no room is found', () => {
  assert.deepEqual(check('src/misc/helpers.ts', ''), ['src/misc/helpers.ts:1: belongs to no room']);
  assert.deepEqual(check('assembly/extra.ts', ''), ['assembly/extra.ts:1: belongs to no room']);
});

test('an import of nothing is found', () => {
  assert.deepEqual(check('src/index.ts', "export { x } from './gone.js';"), [
    "src/index.ts:1: './gone.js' is not a source file",
  ]);
});

test('the room with the longest path wins', () => {
  assert.equal(roomOf('test/programs/sort.ts', ROOMS), 'programs');
  assert.equal(roomOf('test/unit/units.test.ts', ROOMS), 'test');
  assert.equal(roomOf('src/pager/pager.ts', ROOMS), 'pager');
});

test('every room named in an arrow exists', () => {
  for (const [name, { imports }] of Object.entries(ROOMS)) {
    for (const other of imports) assert.ok(other === '*' || ROOMS[other], `${name} → ${other}`);
  }
});

test('every form of import is seen', () => {
  // In pieces, so that this file's own text holds none of them at the start of a line.
  const source = [
    "import 'a';",
    "import b from 'b';",
    'import {\n  c,\n  type C,\n} from "c";',
    "import type { D } from 'd';",
    "export * from 'e';",
    "export { f } from 'f';",
    "const g = await import('g');",
    "let h: import('h').H;",
    `new Worker(new ${'URL'}('./i.js', import.meta.url));`,
    "export const not = 'x'; // from 'nowhere'",
    'const text = `import`;\nconst other = "from \'nothing\'";',
  ].join('\n');
  assert.deepEqual(
    findImports(source).map(({ from, line }) => `${from} ${line}`),
    ['a 1', 'b 2', 'c 6', 'd 7', 'e 8', 'f 9', 'g 10', 'h 11', './i.js 12'],
  );
});

test.run();
