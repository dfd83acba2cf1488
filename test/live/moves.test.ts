// budget: 240 s
// The kernel's MOVE beside a thread that writes: what it has moved is known to the byte, whatever it returns.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { skipUnless } from '../support/skip.js';

const suiteOf = suite('moves');
const works = existsSync(path.join(ROOT, 'build/Release/farpage.node'));
const test = skipUnless(suiteOf, works, 'needs x86-64 Linux with userfaultfd');

// By the kernel's own word alone (1 in place of 0) up to 5 of 8,000 rounds are wrong on Linux 6.18.
test('a page that the kernel has moved counts as moved, also where it returns EEXIST', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-moves-'));
  try {
    const binary = path.join(folder, 'moves');
    const sources = ['test/live/programs/moves.cc', 'native/kernel/move.cc', 'native/kernel/uffd.cc'];
    const flags = ['-std=c++17', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread', `-I${path.join(ROOT, 'native')}`];
    execFileSync('c++', [...flags, '-o', binary, ...sources.map((file) => path.join(ROOT, file))]);
    const wrong = execFileSync(binary, ['5000', '0'], { encoding: 'utf8', timeout: 200_000 });
    assert.equal(wrong, '0\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

suiteOf.run();
