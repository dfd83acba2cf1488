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

let built: Promise<string> | undefined;
const program = () => {
  built ??= build('ride', SOURCE);
  return built;
};

const ways = {
  again: 'by a guard that has slept since it raised it before',
  before: 'while it ends its ride and begins another',
  after: 'while it ends its ride and begins another, once it may run on all CPUs',
};
for (const [way, when] of Object.entries(ways)) {
  riding(`a thread that does not do its work is raised ${when}`, async () => {
    const { stdout } = await execute(await program(), [way]);
    assert.ok(Number(stdout) >= 2, stdout);
  });
}

const mistakes = [
  {
    what: 'the end of a ride hides that the guard sleeps',
    way: 'again',
    find: 'state_.compare_exchange_strong(state, QUIET)) rest();',
    replace: '(state_.exchange(QUIET) == RIDING)) rest();',
    found: /nobody raises it/,
  },
  {
    what: 'a guard that does not claim the ride that it ends',
    way: 'before',
    find: 'state_.compare_exchange_strong(state, RAISING)',
    replace: '(state == state_.load())',
    found: /while the guard is about to raise it/,
  },
  {
    what: 'a guard that looks on the CPU of the ride',
    way: 'after',
    find: '  keepGuardOff(cpu);\n',
    replace: '',
    found: /the guard may run on the CPU of the ride/,
  },
];
for (const { what, way, find, replace, found } of mistakes) {
  riding(`a mistake is found: ${what}`, async () => {
    const text = readFileSync(SOURCE, 'utf8');
    assert.ok(text.includes(find));
    const source = path.join(folder, `${way}.cc`);
    writeFileSync(source, text.replace(find, replace));
    await assert.rejects(execute(await build(`mistake-${way}`, source), [way]), found);
  });
}

test.run();
