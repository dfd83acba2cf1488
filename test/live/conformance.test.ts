// budget: 300 s
// parts: 2
// uses: hugepages
// covers: src/conformance/, native/conformance/
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConformanceReport,
  KERNEL_TESTS,
  type RowResult,
  rowsOf,
  runConformance,
} from '../../src/conformance/index.js';
import { allowed } from '../support/budget.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { type Child, type ChildOptions, type ChildResult, runProgram, startChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { describe, program } from './play.js';

const MAIN = path.join(ROOT, 'dist/src/bundle/main/cli.js');
const SETTING = '/proc/sys/vm/nr_hugepages';
const budget = 120_000;

const test = suite('conformance');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root');

const hugePages = (): string => readFileSync(SETTING, 'latin1').trim();
const freeHugePages = (): number =>
  Number(readFileSync('/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages', 'latin1'));

function conformance(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return runProgram(process.execPath, { budget, args: [MAIN, 'conformance', ...args], ...options });
}

/** As the user nobody, who has no privilege. */
function asNobody(args: readonly string[]): Promise<ChildResult> {
  const user = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
  return runProgram('setpriv', { budget, args: [...user, MAIN, 'conformance', ...args] });
}

function reportOf(result: ChildResult): ConformanceReport {
  const report: ConformanceReport = JSON.parse(result.stdout);
  return report;
}

function list(rows: readonly RowResult[], outcome: RowResult['outcome']): string[] {
  return rows
    .filter((row) => row.outcome === outcome)
    .map(({ test: name, memory, reason }) => `${name} ${memory}: ${reason}`);
}

/** A whole run, once a row of it runs; where pages had to be reserved for it, once they are. */
async function startRun(args: readonly string[]): Promise<Child> {
  const before = hugePages();
  const reserves = freeHugePages() < 32;
  const child = startChild(MAIN, { args: ['conformance', ...args], budget });
  await until(() => rowProcesses().length > 0 && (!reserves || hugePages() !== before), 'a row runs');
  return child;
}

/** Processes of rows that are still there. */
function rowProcesses(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
        return line.includes(`${ROOT}/dist/src/conformance/row-process.js`) ? [`${pid} ${line}`] : [];
      } catch {
        return [];
      }
    });
}

async function until(done: () => boolean, what: string): Promise<void> {
  const end = performance.now() + allowed(10_000);
  while (!done()) {
    assert.ok(performance.now() < end, what);
    await sleep(20);
  }
}

test("the kernel's list is whole: 19 tests, 65 rows", () => {
  assert.equal(KERNEL_TESTS.length, 19);
  assert.equal(rowsOf(KERNEL_TESTS.map(({ name }) => name)).length, 65);
  const names = rowsOf().map(({ test: { name }, memory }) => `${name} ${memory}`);
  assert.equal(new Set(names).size, names.length, 'a row twice');
});

test('the page of the matrix tells of every test', () => {
  const page = readFileSync(path.join(ROOT, 'docs/conformance.md'), 'utf8');
  for (const { test: described } of rowsOf()) {
    assert.ok(page.includes(`| \`${described.name}\` |`), `docs/conformance.md has no row for ${described.name}`);
    assert.ok(page.includes(described.verifies), `docs/conformance.md: what ${described.name} verifies`);
  }
});

asRoot('as root every row passes and none is skipped', async () => {
  const before = hugePages();
  const result = await conformance(['--json']);
  const report = reportOf(result);
  assert.deepEqual([list(report.rows, 'failed'), list(report.rows, 'skipped')], [[], []]);
  assert.equal(result.code, 0, describe(result));
  const expected = rowsOf().map(({ test: { name }, memory }) => `${name} ${memory}`);
  assert.deepEqual(
    report.rows.map(({ test: name, memory }) => `${name} ${memory}`),
    expected,
  );
  assert.deepEqual([report.passed, report.failed, report.skipped, report.interrupted], [expected.length, 0, 0, false]);
  assert.equal(hugePages(), before, SETTING);
  assert.deepEqual(rowProcesses(), []);
});

asRoot('as nobody what needs privilege is skipped with its reason, and nothing fails', async () => {
  const result = await asNobody(['--json']);
  assert.equal(result.code, 0, describe(result));
  const { rows } = reportOf(result);
  assert.deepEqual(list(rows, 'failed'), []);
  const skipped = new Map(rows.flatMap((row) => (row.outcome === 'skipped' ? [[nameOf(row), row.reason]] : [])));
  assert.match(skipped.get('api device') ?? '', /\/dev\/userfaultfd/);
  assert.match(skipped.get('wp-fork-with-event anon') ?? '', /CAP_SYS_PTRACE/);
  assert.match(skipped.get('events shmem') ?? '', /CAP_SYS_PTRACE/);
  assert.match(skipped.get('zeropage hugetlb') ?? '', /needs root/);
  const passed = new Set(rows.flatMap((row) => (row.outcome === 'passed' ? [nameOf(row)] : [])));
  for (const name of [
    'api syscall',
    'zeropage anon',
    'move anon',
    'minor shmem',
    'poison shmem',
    'user-mode-only anon',
  ]) {
    assert.ok(passed.has(name), `${name}: ${skipped.get(name)}`);
  }
});

function nameOf({ test: name, memory }: RowResult): string {
  return `${name} ${memory}`;
}

asRoot('for people: a table, and progress aside', async () => {
  const result = await conformance(['poison', 'api']);
  assert.equal(result.code, 0, describe(result));
  assert.match(result.stdout, /^ {2}poison( +✓){5}$/m);
  assert.match(result.stdout, /^ {2}api {2}syscall {2}✓ {2}device {2}✓$/m);
  assert.match(result.stdout, /^7 passed, 0 failed, 0 skipped$/m);
});

test('an unknown test is bad usage, and the tests are listed', async () => {
  const result = await conformance(['poisn']);
  assert.equal(result.code, 2, describe(result));
  assert.match(result.stderr, /'poisn'[^\n]*\nhint: [^\n]*\bpoison\b/);
});

asRoot('rows that hang, die or throw have failed, with the reason, and the others are run', async () => {
  const report = await runConformance({ tests: ['partial-copy'], limit: 2000, script: program('conformance-bad') });
  const [hung, died, threw] = report.rows;
  assert.deepEqual(
    report.rows.map(({ outcome }) => outcome),
    ['failed', 'failed', 'failed'],
  );
  assert.match(hung?.reason ?? '', /^no answer in 2 s; its main thread is in handle_userfault/);
  assert.match(died?.reason ?? '', /SIGABRT/);
  assert.match(threw?.reason ?? '', /exit code 1.*a row that throws/);
});

asRoot('Ctrl-C ends the run: what was reached is printed, the setting of huge pages is put back', async () => {
  const before = hugePages();
  const child = await startRun(['--json']);
  child.kill('SIGINT');
  const result = await child.result;
  assert.equal(result.code, 0, describe(result));
  const { rows, interrupted, skipped } = reportOf(result);
  assert.equal(interrupted, true);
  assert.equal(rows.length, rowsOf().length);
  assert.equal(list(rows, 'skipped').filter((line) => line.endsWith(': interrupted')).length, skipped);
  assert.equal(hugePages(), before, SETTING);
  assert.deepEqual(rowProcesses(), []);
});

asRoot('a run that is killed leaves neither the setting nor a row behind', async () => {
  const before = hugePages();
  const child = await startRun([]);
  child.kill('SIGKILL');
  await child.result;
  await until(() => hugePages() === before && rowProcesses().length === 0, 'the setting is back and the row is gone');
});

asRoot('two runs at once: one has huge pages after the other, and none stay reserved', async () => {
  const before = hugePages();
  const [first, second] = await Promise.all([conformance(['zeropage', '--json']), conformance(['zeropage', '--json'])]);
  for (const { code, stdout, stderr } of [first, second]) {
    assert.equal(code, 0, stderr);
    const { rows } = JSON.parse(stdout) as ConformanceReport;
    assert.ok(rows.some(({ memory }) => memory === 'hugetlb'));
  }
  assert.equal(hugePages(), before, SETTING);
});

asRoot('what others change of the setting while it runs stays changed', async () => {
  const before = Number(hugePages());
  const reserves = freeHugePages() < 32;
  const running = startChild(MAIN, { budget, args: ['conformance'] });
  await until(() => rowProcesses().length > 0 && (!reserves || Number(hugePages()) !== before), 'a row runs');
  writeFileSync(SETTING, String(Number(hugePages()) + 1));
  running.kill('SIGKILL');
  await running.result;
  await until(() => Number(hugePages()) === before + 1, 'what was added is taken back, and no more');
  writeFileSync(SETTING, String(before));
});

test.run();
