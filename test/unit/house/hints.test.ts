// Each hint of the sources has its row in docs/hints.md, and each row its hint and a test that is there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';
import { findHints, findLines } from './hints.js';

const PAGE = 'docs/hints.md';
const test = suite('hints');

/** The rows of the page's tables, as the first cell stands in the source, with their tests. */
function rowsOf(page: string): Array<{ hint: string; test: string | undefined }> {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:hint|command|npx|npm) /.test(line))
    .map((line) => {
      const [, hint = '', , last = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return { hint: hint.replaceAll('\\|', '|').replaceAll('&lt;', '<'), test: /^\[.*\]\((.*)\)$/.exec(last)?.[1] };
    });
}

function sources(which: RegExp): Map<string, string> {
  const files = projectFiles().filter((file) => which.test(file));
  return new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));
}

const lines = findLines(sources(/^native\/programs\/preload\/.*\.c$/));
const found = [...findHints(sources(/^src\/.*\.ts$/)), ...lines];
const rows = rowsOf(readFileSync(path.join(ROOT, PAGE), 'utf8'));

test('each hint of the sources has a row', () => {
  assert.ok(found.length > 250, `only ${found.length} hints were found`);
  assert.ok(lines.length >= 6, `only ${lines.length} lines of the preload library were found`);
  const listed = new Set(rows.map(({ hint }) => hint));
  assert.deepEqual(
    found.filter(({ text }) => !listed.has(text)).map(({ file, line, text }) => `${file}:${line}: ${text}`),
    [],
    `list it in ${PAGE}, with a test that follows it`,
  );
});

test('each row is of a hint, and stands once; the test that it names is there', () => {
  const given = new Set(found.map(({ text }) => text));
  assert.deepEqual(
    rows.filter(({ hint }) => !given.has(hint)).map(({ hint }) => hint),
    [],
    'no source has these hints',
  );
  assert.equal(new Set(rows.map(({ hint }) => hint)).size, rows.length);
  const named = rows.flatMap((row) => row.test ?? []);
  assert.ok(named.length > 100, `only ${named.length} are followed`);
  assert.deepEqual(
    named.filter((file) => !existsSync(path.join(ROOT, 'docs', file))),
    [],
  );
});

test('a hint is found however it is given', () => {
  const source = `
    // hint: 'not this one'
    const A_HINT: Readonly<Record<string, string>> = { X: 'one of a list' };
    function bad(message: string, hint: string): never { throw new PagerError('OPTION', message, { hint }); }
    bad('no hint', \`an argument \${a ? \`b\` : 'c'} of a call\`);
    throw new PagerError('OPTION', 'no hint', { errno: 'X Y', hint: wrong ? 'a value ' + 'in two parts' : A_HINT, cause });
    function someHint() { return /[/'"]/.test('x') ? 'of a function' : 'one word'.trim(); }
    advice.push(\`advice as well\`, 'and more');`;
  assert.deepEqual(
    findHints(new Map([['x.ts', source]])).map(({ text }) => text),
    [
      'one of a list',
      'an argument … of a call',
      'a value in two parts',
      'of a function',
      'one word',
      'advice as well',
      'and more',
    ],
  );
});

test.run();
