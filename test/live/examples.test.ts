// budget: 240 s
// covers: examples/
// Each program of examples/ runs as its first lines say, and prints what it must. The service that moves and SQLite have
// tests of their own.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runChild } from '../support/process/child.js';
import { startRedis } from '../support/servers/servers.js';

const FOLDER = path.join(ROOT, 'examples');
const BUDGET = 60_000;
const ELSEWHERE = ['dsm', 'migrate', 'sqlite.mjs', 'grafana-dashboard.json'];

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-examples-'));
const test = suite('examples');
const tried = new Set(ELSEWHERE);
test.after(() => rmSync(folder, { recursive: true, force: true }));

function start(name: string, ...args: string[]): Promise<ChildResult> {
  tried.add(name);
  return runChild(path.join(FOLDER, name), { args, cwd: folder, budget: BUDGET });
}

/** Runs it to its good end. @returns what it printed */
async function run(name: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await start(name, ...args);
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  return stdout;
}

test('a scan of a file that is larger than the limit', async () => {
  const file = path.join(folder, 'lines');
  writeFileSync(file, 'a line of 16 B.\n'.repeat(2 ** 17));
  const printed = await run('file.mjs', file, '256KiB');
  assert.match(printed, /newlines: 131072,\s+byteLength: 2097152,/);
  const [, peak] = /residentBytesPeak: (\d+)/.exec(printed) ?? [];
  assert.ok(Number(peak) <= 2 ** 18, printed);
});

test('an array in a file continues where the last run ended', async () => {
  for (const time of [1, 2]) {
    assert.equal(await run('persistent.mjs', 'array.bin'), `run ${time}: 8388608 numbers in array.bin\n`);
  }
});

test('a pool of Workers over one region', async () => {
  assert.match(
    await run('worker.mjs'),
    /^64 blocks filled, 0 wrong; pages were loaded on touch;\nat most [\d.]+ MiB resident\n$/,
  );
});

test('an LRU cache larger than its memory', async () => {
  const printed = await run('lru.mjs', 'lru.pages');
  assert.match(printed, /^16384 of 20000 values kept, 2341 read, 0 wrong;\nat most [\d.]+ MiB of 64 MiB resident\n$/);
});

test('a service ends a request whose page takes too long, and answers the others', async () => {
  assert.equal(await run('service.mjs'), 'page 1, page 200, page 4000\npage 7 answers 504, page 4096 404\n');
});

test('SQLite without its package: one line says what to install', async () => {
  // A copy, beside which no package is found but farpage.
  const copy = path.join(folder, 'sqlite.mjs');
  writeFileSync(copy, readFileSync(path.join(FOLDER, 'sqlite.mjs')));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules/farpage'));
  const { code, stderr } = await runChild(copy, { budget: BUDGET });
  assert.deepEqual([code, stderr], [1, 'this example needs SQLite: npm install @sqlite.org/sqlite-wasm\n']);
});

test('far memory in Redis; without a server one line says what to do', async () => {
  const redis = await startRedis();
  try {
    assert.match(
      await run('redis.mjs', redis.url),
      /^64 steps, 0 wrong; at most [\d.]+ MiB resident\npages came back from Redis\n$/,
    );
  } finally {
    await redis.stop();
  }
  const { code, stdout, stderr } = await start('redis.mjs', redis.url);
  assert.equal(code, 1, stdout);
  assert.match(stderr, /^redis:\/\/127\.0\.0\.1:\d+: no connection: .*\nhint: start the server, [^\n]*\n$/);
});

test('a cache in volatile pages writes none', async () => {
  assert.match(await run('cache.mjs'), /^\d+ hits, \d+ misses; [1-9]\d* pages dropped, 0 written\n$/);
});

test('a service loads first', async () => {
  assert.equal(await run('load.mjs'), 'sum 7168\n');
});

test('a pager in one’s own code', async () => {
  assert.equal(await run('userfaultfd.mjs'), '334 pages made when they were touched, of 1000\n');
});

test('counters as OpenTelemetry’s instruments', async () => {
  const printed = await run('opentelemetry.mjs');
  assert.match(printed, /^farpage\.fills 256 zero$/m);
  assert.match(printed, /^farpage\.faults [1-9]\d* missing$/m);
});

test('no example is left out, and each says how it is run', () => {
  const names = readdirSync(FOLDER);
  assert.deepEqual(
    names.filter((name) => !tried.has(name)),
    [],
  );
  for (const name of names.filter((each) => each.endsWith('.mjs'))) {
    assert.match(readFileSync(path.join(FOLDER, name), 'utf8'), new RegExp(`^//   .*node examples/${name}`, 'm'), name);
  }
});

test.run();
