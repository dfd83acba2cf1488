/**
 * Runs every test file in a process of its own.
 *
 *   npm test                     all but the acceptance tests in test/real
 *   npm test -- store serve      those with 'store' or 'serve' in their path, wherever they are
 *   npm test -- --changed        those that the change against HEAD reaches; `--changed main` against another commit
 *   npm run test:all             all, in all variants; on a slow machine, which is measured, each once,
 *                                plain or in a variant, and a long one in part
 *   npm run check                what fits into a minute: an edit's first test
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './support/paths.js';
import { changedFiles, importGraph, reached } from './support/runner/changed.js';
import { filesOf, longestFirst, oneOf, rotate, type Source, sources } from './support/runner/choose.js';
import { killRunning, runFiles, type TestFile } from './support/runner/runner.js';
import { slowness } from './support/runner/speed.js';
import { closingLine } from './support/runner/tally.js';

/** How many files run at once. */
const WIDTH = 2;
/** On a machine slower than this, all variants of all files would take more than 45 minutes: there they take turns. */
const SLOWEST_FOR_ALL = 2;
/** Acceptance: real programs, guests and packages. */
const REAL = 'test/real/';
const CHECKED = ['test/unit/', 'test/model/', 'test/fuzz/', 'test/sim/', 'test/contract/native', 'test/live/smoke'];
/** What `npm run check` leaves to `npm test`: seeds and sizes that need longer. */
const CHECK_ENV = { FARPAGE_TEST_QUICK: '1' };
/** Seconds that each file took when it ran last, by name. */
const SECONDS = path.join(ROOT, 'dist', 'test-seconds.json');

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean' }, check: { type: 'boolean' }, changed: { type: 'boolean' } },
  allowPositionals: true,
});

function choose(): TestFile[] {
  const all = sources();
  if (values.check === true) {
    const quick = all.filter(({ file }) => CHECKED.some((place) => file.startsWith(place)));
    return quick.flatMap(filesOf).map((file) => ({ ...file, env: { ...file.env, ...CHECK_ENV } }));
  }
  if (values.changed === true)
    return variantsOf(reached(all, changedFiles(positionals[0] ?? 'HEAD'), importGraph(true)));
  if (positionals.length > 0) {
    return all.flatMap(filesOf).filter(({ name }) => positionals.some((filter) => name.includes(filter)));
  }
  return variantsOf(values.all === true ? all : all.filter(({ file }) => !file.startsWith(REAL)));
}

function variantsOf(chosen: readonly Source[]): TestFile[] {
  if (process.env['CI'] !== undefined || values.all === true) {
    if (slower <= SLOWEST_FOR_ALL) return chosen.flatMap(filesOf);
    console.log(
      'each file runs once, plain or in one of its variants, and long files in one of their parts: the commit decides which',
    );
    return chosen.flatMap((source) => oneOf(source, turnOf()));
  }
  return chosen.flatMap((source) => rotate(filesOf(source), turnOf()));
}

/** A number that changes with every commit. */
function turnOf(): number {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  return Number.parseInt(commit.slice(0, 6), 16);
}

function lastSeconds(): Record<string, number> {
  try {
    return JSON.parse(readFileSync(SECONDS, 'utf8')) as Record<string, number>;
  } catch {
    // No run yet, or one that was cut short: every file counts as long as its budget.
    return {};
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    killRunning();
    process.exit(code);
  });
}

const slower = slowness();
if (slower > 1) console.log(`this machine is slow: every limit of time is ${slower} times as long`);
process.env['FARPAGE_TEST_SLOWNESS'] = String(slower);
const seconds = lastSeconds();
const files = longestFirst(choose(), seconds);
if (files.length === 0) console.log(`no test file has '${positionals.join("' or '")}' in its path`);
const tallies = await runFiles(
  files.map((file) => ({ ...file, budget: file.budget * slower })),
  WIDTH,
  (text) => console.log(text),
  ({ name }, took) => {
    seconds[name] = Math.round(took * 10) / 10;
  },
);
mkdirSync(path.dirname(SECONDS), { recursive: true });
writeFileSync(SECONDS, JSON.stringify(seconds, null, 1));
const failed = tallies.reduce((sum, one) => sum + one.failed, 0);
const passed = tallies.reduce((sum, one) => sum + one.passed, 0);
console.log(`\n${closingLine(tallies)}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
