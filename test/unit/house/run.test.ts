// budget: 240 s
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { allowed, within } from '../../support/budget.js';
import { runChild, startChild } from '../../support/process/child.js';
import { runFiles } from '../../support/runner/runner.js';
import { closingLine, skipReasons, type Tally, tally } from '../../support/runner/tally.js';
import { skipUnless } from '../../support/skip.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-run-'));
const UVU = JSON.stringify(import.meta.resolve('uvu'));

/** Writes a test file, to be run by the runner under test. */
function write(name: string, ...lines: string[]): string {
  const script = path.join(folder, `${name}.mjs`);
  writeFileSync(script, [`import { suite } from ${UVU};`, 'const test = suite();', ...lines].join('\n'));
  return script;
}

async function run(name: string, body: string, budget = 30): Promise<{ result: Tally; said: string }> {
  const said: string[] = [];
  const file = { name, script: write(name, body), budget, alone: false, uses: [], env: {} };
  const [result] = await runFiles([file], 1, (text) => said.push(text));
  assert.ok(result);
  return { result, said: said.join('\n') };
}

const test = suite('the test runner');

test.after(() => rmSync(folder, { recursive: true }));

test('counts what passes', async () => {
  const { result, said } = await run('passes', "test('a', () => {}); test('b', () => {}); test.run();");
  assert.deepEqual(result, { passed: 2, failed: 0, skipped: 0, faults: [] });
  assert.match(said, /^ok +passes: 2 passed \(/);
});

test('counts and shows what fails', async () => {
  const { result, said } = await run(
    'fails',
    "test('a', () => {}); test('b', () => { throw new Error('broken'); }); test.run();",
  );
  assert.deepEqual(result, { passed: 1, failed: 1, skipped: 0, faults: [] });
  assert.match(said, /^FAIL fails: 1 passed, 1 failed/);
  assert.match(said, /broken/);
});

test('counts a broken hook, which uvu itself lets pass', async () => {
  const { result } = await run(
    'hook',
    "test.before(() => { throw new Error('x'); }); test('a', () => {}); test.run();",
  );
  assert.equal(result.failed, 1);
  assert.match(result.faults.join(), /hook/);
});

test('counts a crash', async () => {
  const { result } = await run('crash', "test('a', () => process.kill(process.pid, 'SIGSEGV')); test.run();");
  assert.equal(result.failed, 1);
  assert.match(result.faults.join(), /SIGSEGV/);
});

test('counts an early exit, even a quiet one', async () => {
  const { result } = await run('exit', "test('a', () => {}); process.exit(0);");
  assert.equal(result.failed, 1);
});

test('counts a file whose suite was never run', async () => {
  const { result } = await run('forgotten', "test('a', () => {});");
  assert.equal(result.failed, 1);
});

test('counts a failure after the last test', async () => {
  const { result } = await run('late', "test('a', () => setTimeout(() => { throw new Error('x'); }, 50)); test.run();");
  assert.equal(result.failed, 1);
});

test('kills a file past its budget, with all that it started, and says what ran', async () => {
  const { result, said } = await run(
    'hangs',
    [
      "import { spawn } from 'node:child_process';",
      "test('a', () => { spawn('sleep', ['54321']); return new Promise((r) => setTimeout(r, 60000)); });",
      'test.run();',
    ].join('\n'),
    8,
  );
  assert.equal(result.failed, 1);
  assert.match(result.faults.join(), /budget of 8 s/);
  const pid = /(\d+) sleep 54321/.exec(said)?.[1];
  assert.ok(pid, said);
  await gone(Number(pid));
});

test('counts a process left running, and ends it', async () => {
  const { result } = await run(
    'leaks',
    [
      "import { spawn } from 'node:child_process';",
      "test('a', () => { spawn('sleep', ['54322'], { stdio: 'ignore' }).unref(); });",
      'test.run();',
    ].join('\n'),
  );
  assert.equal(result.failed, 1);
  const pid = /left running: (\d+) sleep 54322/.exec(result.faults.join())?.[1];
  assert.ok(pid, result.faults.join());
  await gone(Number(pid));
});

test('a skipped test is counted and its reason shown once', async () => {
  const skip = JSON.stringify(import.meta.resolve('../../support/skip.js'));
  const { result, said } = await run(
    'skips',
    [
      `import { skipUnless } from ${skip};`,
      "const rooted = skipUnless(test, false, 'needs a moon');",
      "rooted('a', () => {}); rooted('b', () => {}); test('c', () => {}); test.run();",
    ].join('\n'),
  );
  assert.deepEqual(result, { passed: 1, failed: 0, skipped: 2, faults: [] });
  assert.match(said, /^ {5}skipped \[needs a moon\]$/m);
});

interface Noted {
  name: string;
  alone?: boolean;
  uses?: string[];
  /** The file ends only once this is in the log. */
  after?: string;
}

/** Files that note their beginning and their end, and the order of all these. */
async function noted(files: readonly Noted[]): Promise<string> {
  const log = path.join(folder, 'log');
  writeFileSync(log, '');
  const body = (name: string, after: string) =>
    [
      "import { appendFileSync, readFileSync } from 'node:fs';",
      `const file = ${JSON.stringify(log)};`,
      'const log = (text) => appendFileSync(file, text);',
      "test('a', async () => {",
      `  log('<${name}');`,
      '  do await new Promise((r) => setTimeout(r, 400));',
      `  while (!readFileSync(file, 'utf8').includes('${after}'));`,
      `  log('${name}>');`,
      '});',
      'test.run();',
    ].join('\n');
  await runFiles(
    files.map(({ name, alone = false, uses = [], after = '' }) => ({
      name,
      script: write(name, body(name, after)),
      budget: 60,
      alone,
      uses,
      env: {},
    })),
    2,
    () => {},
  );
  return readFileSync(log, 'utf8');
}

test('files that want to be alone are', async () => {
  assert.equal(await noted(['x', 'y', 'z'].map((name) => ({ name, alone: true }))), '<xx><yy><zz>');
});

test('files that use the same thing do not meet; another file runs beside them', async () => {
  const uses = ['hugepages'];
  const log = await noted([{ name: 'x', uses, after: '<z' }, { name: 'y', uses }, { name: 'z' }]);
  assert.ok(log.indexOf('x>') < log.indexOf('<y'), log);
  assert.ok(log.indexOf('<z') < log.indexOf('<y'), log);
});

test('the closing line sums up', () => {
  const one = tally({ output: '\n  Total:     3\n  Passed:    2\n  Skipped:   4\n', code: 1, signal: null });
  const two = tally({ output: '\n  Total:     5\n  Passed:    5\n  Skipped:   0\n', code: 0, signal: null });
  assert.equal(closingLine([one, two]), '7 passed, 1 failed, 4 skipped');
  assert.equal(closingLine([]), '0 passed, 0 failed, 0 skipped');
});

test('a test file without a test fails', () => {
  assert.equal(
    tally({ output: '\n  Total:     0\n  Passed:    0\n  Skipped:   0\n', code: 0, signal: null }).failed,
    1,
  );
});

test('skip reasons are read from lines alone', () => {
  assert.deepEqual(skipReasons('• \nskipped [a] x\nskipped [a] y\nnot skipped [b]\n'), ['skipped [a]']);
});

test('skipUnless adds the test where the condition holds', () => {
  const other = suite('other');
  assert.equal(skipUnless(other, true, 'none'), other);
});

test('limits of time are those of the machine', () => {
  const file = path.join(folder, 'limits.mjs');
  const budget = JSON.stringify(import.meta.resolve('../../support/budget.js'));
  writeFileSync(file, `import { allowed } from ${budget}; console.log(allowed(100));`);
  const limit = (env: Record<string, string>) => execFileSync(process.execPath, [file], { env, encoding: 'utf8' });
  assert.deepEqual([limit({}), limit({ FARPAGE_TEST_SLOWNESS: '2.5' })], ['100\n', '250\n']);
});

test('within passes a value on, and rejects late ones by name', async () => {
  assert.equal(await within(1000, Promise.resolve(7), 'seven'), 7);
  await assert.rejects(within(20, new Promise(() => {}), 'never'), new RegExp(`never: not within ${allowed(20)} ms`));
  await assert.rejects(within(1000, Promise.reject(new Error('own')), 'x'), /own/);
});

test('runChild gives what a script printed, and how it ended', async () => {
  const script = path.join(folder, 'echo.mjs');
  writeFileSync(
    script,
    'process.stdin.pipe(process.stdout); console.error(process.argv[2], process.env.GIVEN); process.exitCode = 3;',
  );
  const result = await runChild(script, { args: ['one'], env: { GIVEN: 'two' }, input: 'three' });
  assert.deepEqual(result, { code: 3, signal: null, stdout: 'three', stderr: 'one two\n' });
});

test('runChild kills at its budget and shows what was printed', async () => {
  const script = path.join(folder, 'stuck.mjs');
  writeFileSync(script, "console.log('got here'); setInterval(() => {}, 1000);");
  await assert.rejects(
    runChild(script, { budget: 5000 }),
    new RegExp(`killed after ${allowed(5000)} ms: .*stuck\\.mjs[\\s\\S]*got here`),
  );
});

test('a started child can be waited for, talked to and killed', async () => {
  const script = path.join(folder, 'talk.mjs');
  writeFileSync(script, "console.log('ready'); process.stdin.on('data', (text) => console.log('heard ' + text));");
  const child = startChild(script);
  await child.waitFor(/ready/);
  child.write('hello');
  assert.equal((await child.waitFor(/heard (\w+)/))[1], 'hello');
  child.kill('SIGTERM');
  assert.equal((await child.result).signal, 'SIGTERM');
  await assert.rejects(startChild(write('nothing', '')).waitFor(/ready/), /ended without printing/);
});

/** SIGKILL takes effect a moment after it is sent. A zombie has ended: when its parent reaps it is the parent's matter. */
async function gone(pid: number): Promise<void> {
  const alive = () => {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
    } catch {
      return false;
    }
  };
  await within(
    30_000,
    (async () => {
      while (alive()) await sleep(10);
    })(),
    `process ${pid} ending`,
  );
}

test.run();
