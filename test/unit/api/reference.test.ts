// docs/reference.md, which `npm run build` makes, has each export of the package, and says of it what its comment says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';

const page = readFileSync(path.join(ROOT, 'docs/reference.md'), 'utf8');
const test = suite('the reference');

/** The names that an entry exports, from its source. */
function exportsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(([, list = '']) => list);
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim().replace(/^type /, ''));
  return names.filter((name) => name !== '');
}

/** The section of a name, or the line of a member in it. */
function sectionOf(name: string): string {
  return page.split(/^### /m).find((each) => each.startsWith(`${name}\n`)) ?? '';
}

/** The words of a comment that stands before the declaration, without its tags. */
function commentBefore(file: string, declaration: string): string {
  const [before = ''] = readFileSync(path.join(ROOT, file), 'utf8').split(declaration);
  const comment = before.slice(before.lastIndexOf('/**') + 3, before.lastIndexOf('*/'));
  const text = comment.replace(/^\s*\* ?/gm, '').split('@')[0] ?? '';
  return text.replace(/\s+/g, ' ').trim();
}

test('each export has a section', () => {
  const names = exportsOf('src/index.ts');
  assert.ok(names.length > 40, `only ${names.length} exports were found`);
  assert.deepEqual(
    names.filter((name) => sectionOf(name) === ''),
    [],
  );
});

test('calls and members say what their comments say', () => {
  const lineOf = (section: string, start: string) =>
    section.split('\n').find((each) => each.startsWith(`- \`${start}`)) ?? '';
  const region = 'src/pager/region-api.ts';
  const load = commentBefore(region, '\n  load(byteOffset');
  assert.match(load, /^Loads a range without blocking .* pins are counted\.$/);
  assert.ok(lineOf(sectionOf('Region'), 'load(').endsWith(`: ${load}`));
  assert.ok(lineOf(sectionOf('Region'), 'flush(').endsWith(`: ${commentBefore(region, '\n  flush(')}`));
  assert.match(sectionOf('Region'), /load\(.*\n {2}- Rejects with: PagerError 'STORE_READ' /);
  assert.ok(
    sectionOf('createPager').includes(commentBefore('src/pager/pager.ts', '\nexport async function createPager')),
  );
  const paragraphs = sectionOf('fileStore').replace(/\s+/g, ' ');
  assert.ok(paragraphs.includes(commentBefore('src/store/file.ts', '\nexport function fileStore')));
});

test('no member is lost: each of the built declarations stands in it', () => {
  const declared = readFileSync(path.join(ROOT, 'dist/src/pager/region-api.d.ts'), 'utf8');
  const [, body = ''] = /^export interface Region [^{]*\{\n([\s\S]*?)^\}/m.exec(declared) ?? [];
  const members = [...body.matchAll(/^ {4}(?:readonly )?(\w+)[?(<:]/gm)].map(([, name = '']) => name);
  assert.ok(members.length > 15, `only ${members.length} members were found`);
  const section = sectionOf('Region');
  assert.deepEqual(
    members.filter((name) => !new RegExp(`^- \`(?:readonly )?${name}\\b`, 'm').test(section)),
    [],
  );
});

test.run();
