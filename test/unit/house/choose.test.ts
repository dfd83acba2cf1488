import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';
import { importGraph, reached } from '../../support/runner/changed.js';
import { filesOf, headOf, longestFirst, oneOf, rotate, sources } from '../../support/runner/choose.js';
import { slownessOf } from '../../support/runner/speed.js';

const test = suite('which tests run');
const source = (file: string, ...lines: string[]) => ({ file, text: lines.join('\n') });

test('a file says what it needs at its top', () => {
  const head = [
    '// budget: 300 s',
    '// parts: 3',
    '// uses: hugepages',
    '// variants: engine trap, memory shared',
    '// covers: native/trap/',
  ];
  assert.deepEqual(headOf(head.join('\n')), {
    budget: 300,
    parts: 3,
    alone: false,
    uses: ['hugepages'],
    variants: ['engine trap', 'memory shared'],
    covers: ['native/trap/'],
  });
  assert.deepEqual(headOf("const text = '// budget: 300 s';"), {
    budget: 120,
    parts: 1,
    alone: false,
    uses: [],
    variants: [],
    covers: [],
  });
});

test('each variant is a run of its own, and has its turn', () => {
  const files = filesOf(source('test/live/x.test.ts', '// variants: engine trap, memory shared'));
  assert.deepEqual(
    files.map(({ name, env }) => [name, env]),
    [
      ['test/live/x.test.ts', {}],
      ['test/live/x.test.ts (engine trap)', { FARPAGE_TEST_ENGINE: 'trap' }],
      ['test/live/x.test.ts (memory shared)', { FARPAGE_TEST_MEMORY: 'shared' }],
    ],
  );
  const turns = [0, 1, 2].map((turn) => rotate(files, turn).map(({ env }) => Object.values(env)[0] ?? 'plain'));
  assert.deepEqual(turns, [
    ['plain', 'trap'],
    ['plain', 'shared'],
    ['plain', 'trap'],
  ]);
  const plain = filesOf(source('test/unit/y.test.ts'));
  assert.deepEqual(rotate(plain, 5), plain);
});

test('on a slow machine a file runs once, and each of its forms has its turn', () => {
  const file = source('test/live/x.test.ts', '// variants: engine trap, memory shared');
  const turns = [0, 1, 2, 3].map((turn) => oneOf(file, turn));
  assert.ok(turns.every(({ length }) => length === 1));
  assert.deepEqual(
    turns.map(([file]) => Object.values(file?.env ?? {})[0] ?? 'plain'),
    ['plain', 'trap', 'shared', 'plain'],
  );
});

test('on a slow machine a long file runs in parts, and each part of each variant has its turn', () => {
  const file = source('test/live/x.test.ts', '// budget: 300 s\n// parts: 2\n// variants: engine trap');
  const turns = [0, 1, 2, 3].flatMap((turn) => oneOf(file, turn));
  assert.deepEqual(
    turns.map(({ name, budget, env }) => [name, budget, env]),
    [
      ['test/live/x.test.ts, part 1 of 2', 300, { FARPAGE_TEST_PART: '0 of 2' }],
      [
        'test/live/x.test.ts (engine trap), part 1 of 2',
        300,
        { FARPAGE_TEST_ENGINE: 'trap', FARPAGE_TEST_PART: '0 of 2' },
      ],
      ['test/live/x.test.ts, part 2 of 2', 300, { FARPAGE_TEST_PART: '1 of 2' }],
      [
        'test/live/x.test.ts (engine trap), part 2 of 2',
        300,
        { FARPAGE_TEST_ENGINE: 'trap', FARPAGE_TEST_PART: '1 of 2' },
      ],
    ],
  );
});

test('a file of several parts, and no other, has its suite from support/parts', () => {
  for (const { file, text } of sources()) {
    assert.equal(/\bsuite\b.* from '.*\/support\/parts\.js'/.test(text), headOf(text).parts > 1, file);
  }
});

test('the parts of a suite are all of it, each test once', () => {
  const script = `
    const { suite } = await import(${JSON.stringify(path.join(ROOT, 'dist/test/support/parts.js'))});
    const test = suite('parts');
    for (const name of 'abcde') test(name, () => void process.stdout.write('ran ' + name + '\\n'));
    test.run();`;
  const ran = (part?: string) => {
    const env = { ...process.env, ...(part !== undefined && { FARPAGE_TEST_PART: part }) };
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
    return [...text.matchAll(/ran (.)/g)].map(([, name]) => name).join('');
  };
  assert.deepEqual([ran(), ran('0 of 2'), ran('1 of 2')], ['abcde', 'ace', 'bd']);
});

test('a variant may set several things', () => {
  const [, both] = filesOf(source('test/live/x.test.ts', '// variants: engine trap faults loop'));
  assert.deepEqual(both?.env, { FARPAGE_TEST_ENGINE: 'trap', FARPAGE_TEST_FAULTS: 'loop' });
  const [, own] = filesOf(source('test/live/x.test.ts', '// variants: engine trap FARPAGE_GUARD_PAGES 0'));
  assert.deepEqual(own?.env, { FARPAGE_TEST_ENGINE: 'trap', FARPAGE_GUARD_PAGES: '0' });
});

test('the longest come first, and a new file counts as its budget', () => {
  const files = [source('a'), source('b', '// budget: 30 s'), source('c')].flatMap(filesOf);
  assert.deepEqual(
    longestFirst(files, { a: 10, c: 40 }).map(({ name }) => name),
    ['c', 'b', 'a'],
  );
});

test('limits of time grow with a slow machine, up to four times, and never shrink', () => {
  assert.deepEqual([0.5, 2, 5, 14].map(slownessOf), [1, 1, 2.5, 4]);
});

test('a change reaches the tests that import it, through other files too, and those that cover it', () => {
  const tests = [
    source('test/unit/near.test.ts'),
    source('test/unit/far.test.ts'),
    source('test/live/trap.test.ts', '// covers: native/trap/'),
  ];
  const graph = new Map([
    ['test/unit/near.test.ts', ['src/units.ts']],
    ['test/unit/far.test.ts', ['test/support/kit.ts']],
    ['test/support/kit.ts', ['src/errors.ts']],
  ]);
  const names = (...changed: string[]) => reached(tests, changed, graph).map(({ file }) => file);
  assert.deepEqual(names('src/units.ts'), ['test/unit/near.test.ts']);
  assert.deepEqual(names('src/errors.ts'), ['test/unit/far.test.ts']);
  assert.deepEqual(names('native/trap/pages.cc'), ['test/live/trap.test.ts']);
  assert.deepEqual(names('test/unit/far.test.ts', 'README.md'), ['test/unit/far.test.ts']);
});

test('the graph of imports is the project’s own', () => {
  const graph = importGraph(true);
  assert.ok(graph.get('src/loop/worker.ts')?.includes('src/loop/loop.ts'));
  assert.ok(graph.get('test/unit/units.test.ts')?.includes('src/units.ts'));
});

test.run();
