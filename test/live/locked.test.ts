// Memory of a region that its process has locked (mlock): the kernel moves pages neither into it nor out of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { program } from './play.js';

const test = suite('locked regions');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-locked-'));
test.after(() => rmSync(folder, { recursive: true }));
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to lock more than an ordinary user may');

asRoot('what is locked stays, its absent pages come, and others are loaded beside it', async () => {
  const library = path.join(folder, 'locked.so');
  const source = path.join(ROOT, 'test/live/programs/locked.c');
  execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-shared', '-fPIC', '-o', library, source]);
  const env = { LD_PRELOAD: library, LOCK: path.join(folder, 'range') };
  const result = await runChild(program('locked'), { env, budget: 60_000 });
  assert.equal(result.code, 0, `${result.stdout}\n${result.stderr}`);
  assert.equal(result.stdout, 'fine\n');
});

test.run();
