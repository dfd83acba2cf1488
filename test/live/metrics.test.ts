// budget: 180 s
// variants: host v8
// covers: src/metrics/, src/pager/, src/cli/
// The metrics of commands: served while they run, of what they page, and gone with them.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import { parseExposition, sampleOf } from '../support/exposition.js';
import { Stage } from '../support/guest/vm.js';
import { ROOT } from '../support/paths.js';
import { type Child, startProgram } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';
import { play } from './play.js';

const MAIN = path.join(ROOT, 'dist/src/bundle/main/cli.js');
const HOST = process.env.FARPAGE_TEST_HOST;
const PAGES = 256;
const MIB = 2 ** 20;

const stage = new Stage();
const test = suite('metrics of commands');
test.after(() => stage.close());
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root: the kernel’s faults must be served');

/** A command whose standard error is on its standard output; `url` is what it says of its metrics. */
function start(...args: readonly string[]): Child {
  const host = HOST === undefined ? [] : ['--core', HOST];
  const [command = '', ...rest] = args;
  const words = ['-c', 'exec "$@" 2>&1', 'sh', process.execPath, MAIN, command, ...host, ...rest];
  return startProgram('sh', { args: words, budget: 90_000 });
}

async function urlOf(child: Child): Promise<string> {
  const [, url = ''] = await child.waitFor(/metrics at (http:\S+)\n/);
  return url;
}

async function scrape(url: string) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  return parseExposition(await answer.text());
}

async function isGone(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  );
}

asRoot('of a run: faults, resident pages and the limit, and nothing once it has ended', async () => {
  const script = "b = bytearray(48 << 20)\nb[::4096] = b'x' * len(b[::4096])\nprint('touched', flush=True)\ninput()";
  const child = start('run', '--resident', '16MiB', '--metrics', '127.0.0.1:0', '--', 'python3', '-c', script);
  const url = await urlOf(child);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  await child.waitFor(/touched\n/);
  const families = await scrape(url);
  // Pages loaded ahead of faults are among the fills.
  assert.ok(sampleOf(families, 'farpage_faults_total', { kind: 'missing' }) > 0);
  assert.ok(sampleOf(families, 'farpage_fills_total', { from: 'zero' }) >= (48 * MIB) / 4096);
  assert.equal(sampleOf(families, 'farpage_resident_limit_bytes'), 16 * MIB);
  assert.ok(sampleOf(families, 'farpage_evicted_pages_total') > 0);
  assert.equal(sampleOf(families, 'farpage_regions'), 1);
  assert.ok(sampleOf(families, 'farpage_fault_duration_seconds_count') > 0);
  assert.equal(families.has('farpage_load_duration_seconds'), false);
  child.write('\n');
  const result = await child.result;
  assert.equal(result.code, 0, result.stdout);
  assert.ok(await isGone(url));
});

test('of a server: each guest is a session of its own, until it ends', async () => {
  const image = stage.image('image', PAGES);
  const socket = stage.path('metrics.sock');
  const child = start('serve', '--socket', socket, '--image', image, '--metrics', '0');
  const url = await urlOf(child);
  assert.equal((await scrape(url)).size, 0);
  const args = ['--image-bytes', String(PAGES * 4096)];
  await child.waitFor(/serving /);
  const guests = [stage.guest(socket, `0:${PAGES}`, args), stage.guest(socket, `0:${PAGES}`, args)];
  for (const guest of guests) await guest.right(`verify 0 0 ${PAGES} 1`);
  const families = await scrape(url);
  for (const session of ['1', '2']) {
    const fills = { session, from: 'source' };
    assert.equal(sampleOf(families, 'farpage_fills_total', fills), PAGES);
    assert.equal(sampleOf(families, 'farpage_mapped_bytes', { session }), PAGES * 4096);
  }
  for (const guest of guests) await guest.exit();
  await until(async () => (await scrape(url)).size === 0, 'the sessions are gone');
  child.kill('SIGTERM');
  await child.result;
  assert.ok(await isGone(url));
});

test('of an experiment, which ends with its metrics', async () => {
  const sizes = ['--region', '4MiB', '--resident', '2MiB', '--ops', '1000000'];
  const child = start('experiment', ...sizes, '--metrics', ':0');
  const url = await urlOf(child);
  const families = await scrape(url);
  assert.equal(sampleOf(families, 'farpage_resident_limit_bytes', { pager: '1' }), 2 * MIB);
  child.kill('SIGINT');
  await child.result;
  assert.ok(await isGone(url));
});

test('an address that cannot be listened at: usage, before anything runs', async () => {
  for (const wrong of ['nowhere', '203.0.113.1:1']) {
    const child = start('serve', '--socket', stage.path('no.sock'), '--image', 'none', '--metrics', wrong);
    const { code, stdout } = await child.result;
    assert.equal(code, 2, stdout);
    assert.match(stdout, /^farpage: --metrics: /);
    assert.match(stdout, /hint: give /);
  }
});

test('of several pagers of one program, each under a label of its own', async () => {
  const told = await play<{ texts: string[]; registered: string }>('observe', 'two pagers are exposed');
  for (const [index, text] of told.texts.entries()) {
    const families = parseExposition(text);
    const pager = String(index + 1);
    assert.equal(sampleOf(families, 'farpage_faults_total', { pager, kind: 'missing' }), index + 1);
    assert.equal(sampleOf(families, 'farpage_load_duration_seconds_count', { pager }), 1);
  }
  // The first is closed by then.
  assert.equal(told.registered, 'farpage_faults_total 2 missing 2');
});

test.run();
