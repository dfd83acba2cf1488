// Habits of native/ that the compiler does not enforce.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';

const HABITS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\binfo\[\d/, 'read arguments through native/args.h, which checks and names them'],
  [
    /\b(?:strerror(?:name|desc)_np|sig(?:abbrev|descr)_np|dirent64|execinfo)\b/,
    'glibc 2.28 or musl lacks it: see names.h',
  ],
  [/\bmutable\b/, 'a const method changes nothing: make the method non-const'],
];

function broken(file: string, text: string): string[] {
  if (file.startsWith('native/args.')) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      HABITS.filter(([habit]) => habit.test(line)).map(([, instead]) => `${file}:${index + 1}: ${instead}`),
    );
}

const test = suite('native');

test('arguments are read in one place, and const means const', () => {
  const files = projectFiles().filter((file) => /^native\/.*\.(cc|h)$/.test(file));
  assert.ok(files.length > 50, `only ${files.length} files found`);
  assert.deepEqual(
    files.flatMap((file) => broken(file, readFileSync(path.join(ROOT, file), 'utf8'))),
    [],
  );
});

test('a habit that is broken is found, with its line', () => {
  assert.equal(broken('native/x.cc', 'a\n  const int fd = info[0].As<Napi::Number>();').length, 1);
  assert.equal(broken('native/x.h', '  mutable bool read = false;').length, 1);
});

test.run();
