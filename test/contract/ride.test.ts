// budget: 120 s
// covers: native/engine/ride.cc
// The guard of a ride, without Node.js and without load: test/support/ride/stand.cc.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { skipUnless } from '../support/skip.js';

const execute = promisify(execFile);
const test = suite('the guard of a ride');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-ride-'));
test.after(() => rmSync(folder, { recursive: true }));
const riding = skipUnless(test, process.getuid?.() === 0 && availableParallelism() > 1, 'needs root and two CPUs');
const SOURCE = path.join(ROOT, 'native/engine/ride.cc');

async function build(name: string, source: string): Promise<string> {
  const program = path.join(folder, name);
  const stand = path.join(ROOT, 'test/support/ride/stand.cc');
  const flags = ['-std=c++17', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread', `-I${path.join(ROOT, 'native')}`];
  await execute('g++', [...flags, source, stand, '-o', program]);
  return program;
}

riding(
  'a thread that does not do its work is raised, also by a guard that has slept since it raised it before',
  async () => {
    const { stdout } = await execute(await build('ride', SOURCE));
    assert.ok(Number(stdout) >= 2, stdout);
  },
);

riding('a mistake is found: the end of a ride hides that the guard sleeps', async () => {
  const text = readFileSync(SOURCE, 'utf8');
  const right = 'state_.compare_exchange_strong(riding, QUIET);\n  forgetThread();';
  assert.ok(text.includes(right));
  const source = path.join(folder, 'mistake.cc');
  writeFileSync(source, text.replace(right, 'static_cast<void>(riding);\n  state_.store(QUIET);\n  forgetThread();'));
  await assert.rejects(execute(await build('mistake', source)), /nobody raises it/);
});

test.run();
