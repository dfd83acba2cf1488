import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';
import {
  anyType,
  brokenLinks,
  type Check,
  headless,
  machinePaths,
  posted,
  ringRead,
  silenced,
  singledOut,
  tooLong,
  unfinished,
  wordWritten,
} from './tidy.js';

const TEXT = /\.(m?[jt]s|json|md|cc?|h|gyp|sh|yml|wat)$|^\.ci\/run$/;
const MUST_EXIST = [
  'README.md',
  'ARCHITECTURE.md',
  'GLOSSARY.md',
  'CHANGELOG.md',
  'LICENSE',
  'CONTRIBUTING.md',
  'decisions/0000-record-decisions.md',
  '.ci/run',
];

const texts = new Map<string, string>();
for (const file of projectFiles()) {
  if (TEXT.test(file) && file !== 'package-lock.json') texts.set(file, readFileSync(path.join(ROOT, file), 'utf8'));
}

/** What a check finds in the whole project. */
const inProject = (check: Check) => [...texts].flatMap(([file, text]) => check(file, text));

const test = suite('tidiness');

test('the project has its documents', () => {
  assert.deepEqual(
    MUST_EXIST.filter((file) => !existsSync(path.join(ROOT, file))),
    [],
  );
});

test('what the package carries links only to what it carries', () => {
  const { files }: { files: string[] } = JSON.parse(texts.get('package.json') ?? '');
  const inside = (file: string, names: string[]) => names.some((name) => file === name || file.startsWith(`${name}/`));
  const left = files.flatMap((name) => (name.startsWith('!') ? [name.slice(1)] : []));
  // npm adds the two itself.
  const isPacked = (file: string) => inside(file, [...files, 'README.md', 'LICENSE']) && !inside(file, left);
  const folders = [...texts.keys()].filter(isPacked).map((file) => path.dirname(file));
  const read = (file: string) =>
    isPacked(file) || folders.includes(file)
      ? (texts.get(file) ?? (existsSync(path.join(ROOT, file)) ? '' : undefined))
      : undefined;
  const pages = [...texts].filter(([file]) => file.endsWith('.md') && isPacked(file));
  assert.ok(pages.length > 20, `only ${pages.length} pages`);
  assert.deepEqual(
    pages.flatMap(([file, text]) => brokenLinks(file, text, read)),
    [],
  );
  assert.deepEqual(brokenLinks('docs/a.md', '[x](../decisions/0001-typescript-7.md)', read), [
    'docs/a.md:1: no decisions/0001-typescript-7.md',
  ]);
});

test('CI can run', () => {
  assert.ok(statSync(path.join(ROOT, '.ci/run')).mode & 0o100, '.ci/run is not executable');
});

test('nothing is marked as unfinished', () => {
  assert.deepEqual(inProject(unfinished), []);
  for (const text of [`// ${'TO'}DO: x`, `/* ${'FIX'}ME */`, `throw new Error('not ${'implemented'}')`]) {
    assert.deepEqual(unfinished('src/x.ts', `\n${text}`), ['src/x.ts:2: unfinished work']);
  }
  assert.deepEqual(unfinished('src/x.ts', `const ${'TO'}DOS = 1;`), []);
});

test('no source file is long', () => {
  assert.deepEqual(inProject(tooLong), []);
  assert.equal(tooLong('src/x.ts', 'x\n'.repeat(401)).length, 1);
  assert.equal(tooLong('src/x.ts', 'x\n'.repeat(400)).length, 0);
  assert.equal(tooLong('native/x.cc', 'x\n'.repeat(401)).length, 1);
  for (const file of ['test/support/x.ts', 'test/support/process/x.c', 'test/support/sim/x.h']) {
    assert.equal(tooLong(file, 'x\n'.repeat(401)).length, 1);
    assert.equal(tooLong(file, 'x\n'.repeat(400)).length, 0);
  }
});

test('each file begins with what it promises', () => {
  assert.deepEqual(inProject(headless), []);
  for (const file of [
    'assembly/x.ts',
    'src/a/x.ts',
    'native/x.cc',
    'scripts/x.mjs',
    'bench/x.ts',
    'test/support/x.ts',
  ]) {
    assert.equal(headless(file, "import 'y';\n").length, 1, file);
    assert.equal(headless(file, '// What it promises.\n').length, 0, file);
  }
  assert.equal(headless('test/support/x.c', '/* What it is for. */\n').length, 0);
  assert.equal(headless('src/cli/x.ts', '#!/usr/bin/env node\n// What it promises.\n').length, 0);
});

test('threads speak over the wire alone', () => {
  assert.deepEqual(inProject(posted), []);
  for (const code of ['new MessageChannel()', 'port.postMessage(1)', 'let x: MessagePort;']) {
    assert.deepEqual(posted('src/x.ts', `\n${code}`), ['src/x.ts:2: posts past the wire']);
    assert.deepEqual(posted('src/call/x.ts', code), []);
  }
});

test('only src/core writes words of the core’s memory', () => {
  assert.deepEqual(inProject(wordWritten), []);
  for (const code of [
    'u32[LIMIT_PAGES_AT >> 2] = 5;',
    'core.u64[(at + 8) >> 3] = 1n;',
    'this.#core.u32[at] += 1;',
    'Atomics.store(u32, at, 1)',
  ]) {
    assert.equal(wordWritten('src/loop/x.ts', code).length, 1, code);
    assert.equal(wordWritten('src/core/x.ts', code).length, 0, code);
  }
  for (const code of ['if (u32[at] === 5) {', 'const x = u32[at] ?? 0;', 'u32[at] >= 1', 'each: (u32[at] => 1)']) {
    assert.equal(wordWritten('src/loop/x.ts', code).length, 0, code);
  }
});

test('only src/core reads the request ring', () => {
  assert.deepEqual(inProject(ringRead), []);
  for (const code of [
    'u32[REQUEST_HEAD_AT >> 2]',
    'word(layout.REQUEST_PAGE_AT)',
    'REQUESTS_AT + (at & REQUEST_MASK) * REQUEST_BYTES',
  ]) {
    assert.equal(ringRead('src/loop/x.ts', code).length, 1, code);
    assert.equal(ringRead('src/core/x.ts', code).length, 0, code);
  }
  assert.equal(ringRead('src/loop/x.ts', 'if (kind === REQUEST_FAIL) {').length, 0);
});

test('no type is any', () => {
  assert.deepEqual(inProject(anyType), []);
  for (const code of [
    'let x: any;',
    'y as any',
    'new Map<string, any>()',
    'type T = any;',
    'f(x: string | any)',
    'let x: any[]',
  ]) {
    assert.equal(anyType('src/x.ts', code).length, 1, code);
  }
  for (const code of [
    '// takes: any page',
    "const x = ': any';",
    'anyPage: string',
    'Promise.any(x)',
    '/** as any */',
    'x.any',
  ]) {
    assert.equal(anyType('src/x.ts', code).length, 0, code);
  }
});

test('no check is silenced and no test singled out', () => {
  assert.deepEqual([...inProject(silenced), ...inProject(singledOut)], []);
  assert.equal(silenced('src/x.ts', `// @${'ts-'}ignore`).length, 1);
  assert.equal(silenced('assembly/x.ts', `// @${'ts-'}ignore: decorator\nlet x = 1;`).length, 1);
  assert.equal(silenced('assembly/x.ts', `// @${'ts-'}ignore: decorator\n@inline\nfunction f(): void {}`).length, 0);
  assert.equal(silenced('src/x.ts', `// ${'biome-'}ignore lint: x`).length, 1);
  assert.equal(singledOut('test/x.test.ts', `test${'.on'}ly('x', () => {})`).length, 1);
});

test("no path of someone's machine", () => {
  assert.deepEqual(inProject(machinePaths), []);
  assert.equal(machinePaths('README.md', `cd /${'home'}/me/x`).length, 1);
  assert.equal(machinePaths('src/x.ts', `'/${'work'}/main'`).length, 1);
  assert.equal(machinePaths('README.md', 'docs/home/x').length, 0);
});

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

test('package-lock.json names every package that `npm ci` will ask it for', () => {
  // npm leaves out those for other systems where its registry does not have them, and then refuses its own file.
  const { packages }: Lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  assert.deepEqual(
    wanted.filter((name) => packages[`node_modules/${name}`] === undefined),
    [],
  );
});

test('every relative link leads somewhere', () => {
  const read = (file: string) => {
    const at = path.join(ROOT, file);
    if (!existsSync(at)) return undefined;
    return texts.get(file) ?? '';
  };
  const broken = [...texts]
    .filter(([file]) => file.endsWith('.md'))
    .flatMap(([file, text]) => brokenLinks(file, text, read));
  assert.deepEqual(broken, []);
});

test('a link to nowhere is found', () => {
  const files = new Map([['docs/b.md', '# A heading: `here`!\n## Twice\n## Twice\n']]);
  const broken = (text: string) => brokenLinks('docs/a.md', text, (file) => files.get(file));
  assert.deepEqual(broken('[b](b.md) [b](b.md#a-heading-here) [c](b.md#twice-1) [d](https://example.org/x)'), []);
  assert.deepEqual(broken('\n[b](gone.md)'), ['docs/a.md:2: no docs/gone.md']);
  assert.deepEqual(broken('[b](b.md#other)'), ['docs/a.md:1: no heading #other']);
  assert.deepEqual(broken('![x](../x.png)'), ['docs/a.md:1: no x.png']);
  assert.deepEqual(broken('<img src="y.png">'), ['docs/a.md:1: no docs/y.png']);
  assert.deepEqual(broken('[ref]: z.md'), ['docs/a.md:1: no docs/z.md']);
  assert.deepEqual(broken('# Here\n[x](#here) [y](#there)'), ['docs/a.md:2: no heading #there']);
  assert.deepEqual(broken('`[x](gone.md)`\n```\n[y](gone.md)\n```\n'), []);
});

test('the command can be run as npx runs it in a checkout', () => {
  const { bin } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  for (const file of Object.values(bin))
    assert.ok(statSync(path.join(ROOT, file)).mode & 0o100, `${file} is not executable`);
});

test.run();
