#!/usr/bin/env node
// Plants one fault at a time in a copy of assembly/, builds it, and runs the tests of the core over it: each must be found.
// `npm run mutants [-- NAME…]`. It takes minutes. A text that is no longer where a mutant replaces it ends the run with an error.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MUTANTS } from './mutants-list.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Tests that take another core by FARPAGE_TEST_CORE. */
const TESTS = [
  'test/sim/sim.test.js',
  'test/sim/inline.test.js',
  'test/model/pages.test.js',
  'test/model/spaces.test.js',
  'test/unit/core/kept.test.js',
];
const BUDGET = 300_000;

/** Builds the core with the mutant's replacements; returns where it is. */
function build({ name, edits }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-mutant-'));
  for (const each of ['assembly', 'asconfig.json'])
    cpSync(path.join(ROOT, each), path.join(folder, each), { recursive: true });
  for (const { file, find, replace } of edits) {
    const at = path.join(folder, file);
    const text = readFileSync(at, 'utf8');
    const count = text.split(find).length - 1;
    if (count !== 1) throw new Error(`${name}: ${file} has ${count} times what the mutant replaces:\n${find}`);
    writeFileSync(
      at,
      text.replace(find, () => replace),
    );
  }
  const wasm = path.join(folder, 'core.wasm');
  const asc = path.join(ROOT, 'node_modules/assemblyscript/bin/asc.js');
  const options = ['assembly/index.ts', '--config', 'asconfig.json', '--target', 'release', '--outFile', wasm];
  execFileSync(process.execPath, [asc, ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return { folder, wasm };
}

/** The first test that fails over the core, and its first line; undefined: none does. */
function finder(wasm) {
  for (const test of TESTS) {
    const env = { ...process.env, FARPAGE_TEST_CORE: wasm };
    const script = path.join(ROOT, 'dist', test);
    const { status, stdout } = spawnSync(process.execPath, [script], { env, encoding: 'utf8', timeout: BUDGET });
    if (status === 0) continue;
    const lines = stdout.split('\n').map((line) => line.trim());
    const at = lines.findIndex((line) => line.startsWith('FAIL'));
    return { test: test.replace('.js', '.ts'), why: lines[at + 1] ?? `status ${status}` };
  }
  return undefined;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !MUTANTS.some((mutant) => mutant.name === name));
if (unknown.length > 0) throw new Error(`there is no mutant ${unknown.join(', ')}`);
let escaped = 0;
for (const mutant of MUTANTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const { folder, wasm } = build(mutant);
  try {
    const found = finder(wasm);
    if (found === undefined) escaped++;
    process.stdout.write(`${mutant.name}: ${found === undefined ? 'NOT FOUND' : `${found.test}: ${found.why}`}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
if (escaped > 0) process.exitCode = 1;
