// Sentences that a reader had to decode do not come back: CONTRIBUTING.md and GLOSSARY.md say how farpage writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';

const TEXT = /\.(ts|mjs|js|cc|c|h|md)$/;
/** In pieces, so that this file does not hold them itself; each has what to write in its place. */
const PHRASES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bwho wai(?:ts)\b/i, 'name the thread, process or caller that waits'],
  [/\bto be tol(?:d)\b/i, 'must be notified'],
  [/\bto be ha(?:d)\b/i, 'is available'],
  [/\bthat is waited fo(?:r)\b/i, 'urgent, or: that a thread blocks on'],
  [/\b(?:stands?|stood) in the wa(?:y)\b/i, 'name the error, or what refused'],
  [/\bis none o(?:f)\b/i, 'is not one of'],
  [/\b(?:test|asRoot)\(.*\bgoes o(?:n)\b/i, 'in a title: what continues, runs or returns; name the actor'],
  [/\bwhoeve(?:r)\b/i, 'name the actor'],
  [/\b(?:is|are|was|were|be|been|being) tol(?:d)\b/i, 'is notified, learns, is asked, is reported'],
  [/\bnobody(?:['’]s| else's| else’s)(?= )|\b(?:is|was) nobod(?:y)\b(?!')/i, 'name the owner, or what is free'],
  [/\bane(?:w)\b/i, 'again, or: regenerate, rewrite'],
  [/\bat the (?:mos|leas)(?:t)\b(?! \w+(?:ly|ed|ent|al)\b)/i, 'at most, at least'],
  [/\bof it there i(?:s)\b/i, 'name the thing'],
  [/\bwho (?:come|fault|touche)(?:s)\b|\bwho has i(?:t)\b/i, 'name the process, thread or guest'],
  [/\bwhat stand(?:s)\b|\bstand in it(?:s)\b/i, 'name it'],
  [/\b(?:be|is|was|are) ha(?:d)\b/i, 'is read, is available'],
  [
    /(?<!\bthere )\bis n(?:o) (?:file|object|JSON|number|page|size|image|store|path|process|folder|list)\b/i,
    'is not a',
  ],
  [/\b(?:MOST|LEAST)_[A-Z]+\b|\b(?!AT_)[A-Z]+_(?:MOS|LEAS)(?:T)\b/, 'MAX_, MIN_'],
  [/\bthe (?:warde|guardia)(?:n)\b/i, 'the last resort, or the reaper'],
];

function decoded(file: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      PHRASES.filter(([phrase]) => phrase.test(line)).map(
        ([phrase, instead]) => `${file}:${index + 1}: ${phrase}: write ${instead}`,
      ),
    );
}

const test = suite('words');

test('no phrase that had to be decoded has come back', () => {
  const files = projectFiles().filter((file) => TEXT.test(file));
  assert.ok(files.length > 400, `only ${files.length} files found`);
  assert.deepEqual(
    files.flatMap((file) => decoded(file, readFileSync(path.join(ROOT, file), 'utf8'))),
    [],
  );
});

test('one that comes back is found, with its line', () => {
  const found = decoded('x.ts', `\n// ${'who wai'}ts for it`);
  assert.equal(found.length, 1);
  assert.match(found[0] ?? '', /^x\.ts:2: /);
});

test.run();
