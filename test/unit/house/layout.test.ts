import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';

interface LayoutScript {
  renderLayout(): string;
  renderHash(): string;
}

const script: LayoutScript = await import(pathToFileURL(path.join(ROOT, 'scripts/layout.mjs')).href);

const test = suite('the layout in three languages');

test('native/layout.h is what assembly/layout.ts makes it', () => {
  assert.equal(committed('native/layout.h'), script.renderLayout(), 'run `npm run build:layout`');
});

test('assembly/layout-hash.ts is what assembly/layout.ts makes it', () => {
  assert.equal(committed('assembly/layout-hash.ts'), script.renderHash(), 'run `npm run build:layout`');
});

test('every constant of the source is in the header', () => {
  const names = sources().flatMap((text) => [...text.matchAll(/^export const (\w+)/gm)].map((match) => match[1]));
  const header = committed('native/layout.h');
  assert.ok(names.length > 50, `${names.length} names`);
  assert.deepEqual(
    names.filter((name) => !new RegExp(`^ *${name} = \\d+,$`, 'm').test(header)),
    [],
  );
});

test('no two words of the header lie at the same place', () => {
  const source = committed('assembly/layout.ts');
  const places = [...source.matchAll(/^export const \w+ = HEADER_AT \+ (\d+);(.*)$/gm)].flatMap(([, at, rest]) => {
    const place = Number(at);
    return rest?.includes('U64') === true ? [place, place + 4] : [place];
  });
  const twice = places.filter((place, index) => places.indexOf(place) !== index);
  assert.ok(places.length > 50, `${places.length} words`);
  assert.deepEqual(twice, []);
});

test('no constant of the layout is defined again in another file', () => {
  // Sizes are left out: other formats have headers and entries of their own.
  const names = new Set(
    sources()
      .flatMap((text) => [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name ?? ''))
      .filter((name) => !name.endsWith('_BYTES')),
  );
  const defined = /^\s*(?:export )?(?:const|constexpr [\w:]+|#define) ([A-Z][A-Z0-9_]+)\b(?:: \w+)? *(?:=|\d)(.*)$/gm;
  const files = projectFiles().filter((file) => /^(assembly|src|native)\/.*\.(ts|cc|c|h)$/.test(file));
  const again = files.flatMap((file) =>
    ['assembly/layout.ts', 'assembly/codes.ts'].includes(file)
      ? []
      : [...committed(file).matchAll(defined)]
          .filter(([, name = '', value = '']) => names.has(name) && !value.includes(`${name}_CODE`))
          .map(([, name]) => `${file}: ${name}`),
  );
  assert.ok(files.length > 300, `only ${files.length} files found`);
  assert.deepEqual(again, []);
});

function sources(): string[] {
  return ['assembly/layout.ts', 'assembly/codes.ts'].map(committed);
}

function committed(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

test.run();
