// budget: 240 s
// parts: 3
// covers: src/cli/, src/experiment/, src/terminal/, src/report/
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Uses } from '../../src/cli/doctor-uses.js';
import type { ExperimentResult } from '../../src/experiment/result.js';
import type { Capabilities } from '../../src/index.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runChild, runProgram, startChild } from '../support/process/child.js';
import { startNginx, startRedis } from '../support/servers/servers.js';

const test = suite('cli live');

const MAIN = path.join(ROOT, 'dist/src/bundle/main/cli.js');
const SMALL = ['--region', '32MiB', '--resident', '8MiB', '--ops', '20000'];
const ENDLESS = ['--region', '32MiB', '--resident', '8MiB', '--ops', '900000000'];
const BUDGET = 60_000;

function farpage(...args: string[]): Promise<ChildResult> {
  return runChild(MAIN, { args, budget: BUDGET });
}

async function experiment(...args: string[]): Promise<ExperimentResult> {
  const { code, stdout, stderr } = await farpage('experiment', ...SMALL, '--json', ...args);
  assert.equal(code, 0, stderr);
  const result: ExperimentResult = JSON.parse(stdout);
  return result;
}

function checkVerified(result: ExperimentResult): void {
  assert.equal(result.verified, true);
  assert.equal(result.mismatches, 0);
  assert.equal(result.interrupted, false);
  assert.equal(result.operations, 20_000);
  assert.ok(result.resident.peak > 0, 'nothing was resident');
  assert.ok(result.resident.peak <= result.resident.limit, `${result.resident.peak} bytes over the limit`);
  assert.equal(result.verification.sweepComplete, true);
}

let folder = '';
test.before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'farpage-cli-'));
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

for (const workload of ['random', 'sequential', 'zipf', 'loop', 'strided']) {
  test(`${workload} verifies, under the limit by the kernel's account`, async () => {
    const result = await experiment('--workload', workload, '--threads', '2');
    checkVerified(result);
    assert.equal(result.verification.sweptPages, 8192);
    assert.ok(
      result.access.p50 > 0 && result.access.p50 <= result.access.p99 && result.access.p99 <= result.access.max,
    );
    assert.ok(result.stats.evictions > 0);
  });
}

test('the same seed gives the same run', async () => {
  const [first, second] = [await experiment('--seed', '5'), await experiment('--seed', '5')];
  assert.deepEqual(first.workload, second.workload);
  assert.equal(first.verification.bytes, second.verification.bytes);
});

test('pages that are left absent read as zeros', async () => {
  const result = await experiment('--no-populate');
  checkVerified(result);
  assert.ok(result.verification.sweptPages < 8192);
});

test('larger pages, and each policy', async () => {
  checkVerified(await experiment('--page-size', '64KiB', '--eviction', 'fifo', '--readahead', 'off'));
  checkVerified(await experiment('--eviction', 'clock', '--readahead', 'stride', '--cpu', '0'));
});

test('a file as the source is compared with the file itself', async () => {
  const file = path.join(folder, 'source');
  writeFileSync(file, Buffer.alloc(32 * 2 ** 20, 'what a file holds, again and again; '));
  const result = await experiment('--source', `file:${file}`, '--store', `file:${path.join(folder, 'store')}`);
  checkVerified(result);
  assert.ok(result.stats.fills.source > 0);
});

test('a file behind HTTP is compared with a plain download', async () => {
  const root = mkdtempSync(path.join(folder, 'web-'));
  writeFileSync(path.join(root, 'image'), Buffer.alloc(32 * 2 ** 20, 'what a server holds '), { mode: 0o644 });
  const server = await startNginx({ root });
  try {
    const result = await experiment('--source', `${server.url}/image`);
    checkVerified(result);
    assert.ok(result.stats.fills.source > 0);
  } finally {
    await server.stop();
  }
});

test('a region over 4 GiB is touched from the main thread', async () => {
  const result = await experiment('--region', '5GiB', '--no-populate');
  checkVerified(result);
});

test('Redis as the store verifies, and its password is not printed', async () => {
  const server = await startRedis({ args: ['--requirepass', 'secret'] });
  try {
    const result = await experiment('--store', server.url.replace('//', '//:secret@'));
    checkVerified(result);
    assert.ok(!JSON.stringify(result).includes('secret'));
  } finally {
    await server.stop();
  }
});

test('Ctrl-C ends the run with what was reached, even where it arrives twice', async () => {
  const child = startChild(MAIN, { args: ['experiment', ...ENDLESS, '--json'], budget: BUDGET });
  // Node.js and the pager have started by then, on a busy machine too.
  await sleep(6000);
  child.kill('SIGINT');
  child.kill('SIGINT');
  const { code, stdout, stderr } = await child.result;
  assert.equal(code, 0, stderr);
  const result: ExperimentResult = JSON.parse(stdout);
  assert.equal(result.interrupted, true);
  assert.equal(result.verified, true);
  assert.ok(result.verification.sweptPages > 0);
});

test('Ctrl-C while a page cannot be read still prints, and fails', async () => {
  const server = await startRedis();
  try {
    const args = ['experiment', ...ENDLESS, '--json', '--store', server.url];
    const child = startChild(MAIN, { args, budget: BUDGET });
    await sleep(4000);
    await server.kill('SIGKILL');
    await sleep(1500);
    child.kill('SIGINT');
    const { code, stdout } = await child.result;
    const result: ExperimentResult = JSON.parse(stdout);
    assert.equal(result.interrupted, true);
    assert.equal(result.verified, false);
    assert.equal(code, 1);
  } finally {
    await server.stop();
  }
});

test('--stacks shows the places that load and the threads that do not, in the figures and in the report', async () => {
  const file = path.join(folder, 'stacks.html');
  const args = ['--stacks', '5', '--threads', '2', '--report', file];
  const { stacks, ...result } = await experiment(...args);
  checkVerified(result);
  assert.ok(stacks);
  assert.deepEqual([stacks.loads, stacks.sampled], [10_000, 2_000]);
  const names = stacks.stacks.map(({ stack }) => stack[0]?.replace(/ \(.*/, ''));
  assert.deepEqual(names.toSorted(), ['loadToRead', 'loadToWrite']);
  for (const { loads, pages, absentPages } of stacks.stacks) {
    assert.ok(loads > 0 && absentPages > 0 && absentPages <= pages, JSON.stringify(stacks));
  }
  const page = readFileSync(file, 'utf8');
  assert.match(page, /Code that waits for pages[\s\S]*<div>loadToRead \(/);
  if (result.faults === 'loop') assert.equal(stacks.threads, null);
  else {
    // One thread touched without a load; the other one may meet a page that left again.
    assert.ok(Number(stacks.threads?.[0]?.faults) > 100, JSON.stringify(stacks.threads));
    assert.match(page, /Threads that touch without a load/);
  }
  const { stdout } = await farpage('experiment', ...SMALL, '--stacks');
  assert.match(
    stdout,
    /^20000 loads, 2000 of them looked at\n {2}\d+ loads, \d+ of \d+ pages absent; .*\n {4}at load/m,
  );
});

test('a report is one file for its owner, that needs no network', async () => {
  const file = path.join(folder, 'report.html');
  const result = await experiment('--report', file);
  checkVerified(result);
  const page = readFileSync(file, 'utf8');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(page, /^<!doctype html>/);
  assert.match(page, /Every byte verified/);
  assert.ok(!/NaN|undefined|<script|https?:\/\//.test(page));
});

test('a report without a name is a new file, and a line says where; standard output stays one document', async () => {
  const { code, stdout, stderr } = await runProgram(process.execPath, {
    args: [MAIN, 'experiment', ...SMALL, '--json', '--report'],
    cwd: folder,
    budget: BUDGET,
  });
  assert.equal(code, 0, stderr);
  const { verified }: ExperimentResult = JSON.parse(stdout);
  assert.equal(verified, true);
  const [, file = ''] = /^farpage: the report is (.*\/farpage-\d{8}-\d{6}\.html)$/m.exec(stderr) ?? [];
  assert.equal(path.dirname(file), realpathSync(folder), stderr);
  assert.match(readFileSync(file, 'utf8'), /^<!doctype html>/);
  assert.match(stderr, /^ {2}it shows: every byte read was right; /m);
  assert.match(stderr, /^ {2}try next \(.*\): farpage experiment --region .* --report$/m);
});

test('people get a short summary', async () => {
  const { code, stdout } = await farpage('experiment', ...SMALL);
  assert.equal(code, 0);
  for (const word of ['throughput', 'faulting access', 'resident', 'faults', 'evictions', 'verified +yes']) {
    assert.match(stdout, new RegExp(`^  ${word}`, 'm'));
  }
});

test('doctor tells what there is', async () => {
  const { code, stdout } = await farpage('doctor', '--json');
  const { uses }: Capabilities & { uses: Uses } = JSON.parse(stdout);
  assert.equal(code, uses.code.works ? 0 : 3);
  const people = await farpage('doctor');
  assert.match(people.stdout, /userfaultfd +(yes|no)/);
});

test('bad usage is 2, on standard error, without a stack', async () => {
  const wrong = [
    [],
    ['nonsense'],
    ['experiment', '--nonsense'],
    ['experiment', '--ops', 'many'],
    ['experiment', '--workload', 'walk'],
    ['experiment', '--store', 'nowhere:'],
    ['experiment', '--resident', '4KiB'],
    ['experiment', '--source', 'file:/nonexistent'],
    ['experiment', '--source', 'redis://localhost'],
    ['experiment', 'extra'],
    ['bench', 'nonsense'],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await farpage(...args);
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.equal(stdout, '', args.join(' '));
    assert.ok(!/^\s+at /m.test(stderr), stderr);
    if (args.length > 0) assert.match(stderr, /^farpage: .+\nhint: /, args.join(' '));
  }
});

test('a store that is not there is 1, a machine that cannot is 3', async () => {
  const refused = await farpage('experiment', ...SMALL, '--store', 'redis://127.0.0.1:1');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^farpage: .+\(STORE_READ.+\nhint: /m);
  const unable = await farpage('experiment', ...SMALL, '--engine', 'trap');
  assert.ok(unable.code === 3 || unable.code === 0, unable.stderr);
});

test('help is for every command, and its reader may leave early', async () => {
  for (const args of [['--help'], ['doctor', '--help'], ['experiment', '--help'], ['bench', '--help']]) {
    const { code, stdout } = await farpage(...args);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: farpage/);
  }
  const line = `"${process.execPath}" "${MAIN}" doctor | head -1`;
  const { code, stderr } = await runProgram('sh', { args: ['-c', line] });
  assert.equal(code, 0);
  assert.equal(stderr, '');
});

test.run();
