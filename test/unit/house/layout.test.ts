import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';

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
  const names = [...committed('assembly/layout.ts').matchAll(/^export const (\w+)/gm)].map((match) => match[1]);
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

function committed(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

test.run();
