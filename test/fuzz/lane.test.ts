/** Replies that no Redis sends, or that come in pieces: a lane takes whole replies and nothing else. */
// budget: 120 s
// covers: native/lane/
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';

const ROUNDS = 4000;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-lane-'));
const program = path.join(folder, 'replies');
const test = suite('lane');

test.before(() => {
  const sources = ['test/support/lane/replies.cc', 'native/lane/lane.cc'].map((file) => path.join(ROOT, file));
  const checks = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  const flags = ['-std=c++17', '-O1', '-g', '-Wall', '-Wextra', '-Werror', ...checks, '-I', path.join(ROOT, 'native')];
  execFileSync('c++', [...flags, '-o', program, ...sources], { stdio: ['ignore', 'inherit', 'inherit'] });
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

for (const seed of [1, 2, 3]) {
  test(`seed ${seed}`, () => {
    const { status, stdout, stderr } = spawnSync(program, [String(seed), String(ROUNDS)], { encoding: 'utf8' });
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
  });
}

test.run();
