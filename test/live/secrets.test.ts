// budget: 120 s
// A password on its way: where it comes from, and that nobody else sees it.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from 'redis';
import { suite } from 'uvu';
import { openStore } from '../../src/index.js';
import { assertHolds, ImageFolder, Model, writeImage } from '../support/image/kit.js';
import { type ChildOptions, type ChildResult, runProgram } from '../support/process/child.js';
import { type Server, startRedis } from '../support/servers/servers.js';
import { MAIN } from './run/kit.js';

const PASSWORD = 'open-sesame';
const test = suite('secrets');
const folder = new ImageFolder();
const directory = mkdtempSync(path.join(tmpdir(), 'farpage-secrets-'));
let guarded: Server;
let open: Server;
test.before(async () => {
  for (const name of ['FARPAGE_REDIS_PASSWORD', 'REDISCLI_AUTH']) delete process.env[name];
  [guarded, open] = await Promise.all([startRedis({ args: ['--requirepass', PASSWORD] }), startRedis()]);
});
test.after(async () => {
  await Promise.all([guarded?.stop(), open?.stop()]);
  folder.remove();
  rmSync(directory, { recursive: true, force: true });
});

const host = (server: Server): string => server.url.slice('redis://'.length);

function farpage(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return runProgram(process.execPath, { ...options, args: [MAIN, ...args], budget: 60_000 });
}

async function writeAndRead(url: string): Promise<void> {
  const store = openStore(url);
  const into = new Uint8Array(4096);
  await store.write?.([{ page: 0, from: new Uint8Array(4096).fill(7) }]);
  await store.read([{ page: 0, into }]);
  assert.equal(into[0], 7);
  await store.close();
}

test('each hint of a refused password helps', async () => {
  const refused = openStore(guarded.url);
  const error = await refused.write?.([{ page: 0, from: new Uint8Array(4096) }]).then(
    () => assert.fail('it was let in'),
    (reason: Error & { hint?: string }) => reason,
  );
  await refused.close();
  assert.match(error?.hint ?? '', /FARPAGE_REDIS_PASSWORD, REDISCLI_AUTH, or redis:\/\/host\?password-file=/);
  const file = path.join(directory, 'password');
  writeFileSync(file, `${PASSWORD}\n`);
  await writeAndRead(`${guarded.url}?password-file=${file}`);
  for (const name of ['FARPAGE_REDIS_PASSWORD', 'REDISCLI_AUTH']) {
    process.env[name] = PASSWORD;
    await writeAndRead(guarded.url);
    delete process.env[name];
  }
});

test('REDISCLI_AUTH may be meant for another server', async () => {
  process.env['REDISCLI_AUTH'] = PASSWORD;
  await writeAndRead(open.url);
  delete process.env['REDISCLI_AUTH'];
});

test('an image names its parent without the password, and finds it with that of its own', async () => {
  const whole = `redis://:${PASSWORD}@${host(guarded)}?prefix=whole:`;
  const next = `redis://:${PASSWORD}@${host(guarded)}?prefix=next:`;
  const model = new Model(64).scramble(20);
  await writeImage({ kind: 'store', url: whole }, model);
  await writeImage({ kind: 'store', url: next }, model.scramble(5), { parent: whole, changedOnly: true });
  await assertHolds(next, model);
  const client = createClient({ url: guarded.url, password: PASSWORD, RESP: 2 });
  await client.connect();
  for (const key of await client.keys('next:*')) assert.ok(!(await client.get(key))?.includes(PASSWORD), key);
  client.destroy();
  const file = folder.file('on-disk.img');
  await writeImage(file, model.scramble(5), { parent: next, changedOnly: true });
  assert.ok(!readFileSync(file).includes(PASSWORD));
  const info = await farpage(['image', 'info', file], { env: { FARPAGE_REDIS_PASSWORD: PASSWORD } });
  assert.equal(info.code, 0, info.stderr);
  assert.ok(!`${info.stdout}${info.stderr}`.includes(PASSWORD));
  const merged = await farpage(['image', 'merge', next, '--output', `redis://:${PASSWORD}@${host(guarded)}?prefix=m:`]);
  assert.equal(merged.code, 0, merged.stderr);
  assert.ok(!`${merged.stdout}${merged.stderr}`.includes(PASSWORD), merged.stdout);
});

// What the process list shows of the launcher and all that it has started: the pager, and this program.
const LOOK = 'for p in $PPID $(cat /proc/$PPID/task/*/children); do tr "\\0" " " </proc/$p/cmdline; echo; done; env';

test('neither the process list, nor the program, nor what is written down shows it', async () => {
  const json = path.join(directory, 'run.json');
  const url = `redis://:${PASSWORD}@${host(guarded)}`;
  const typed = await farpage(['run', '--store', url, '--json', json, '--', 'sh', '-c', LOOK]);
  assert.equal(typed.code, 0, typed.stderr);
  assert.ok(!`${typed.stdout}${typed.stderr}${readFileSync(json, 'utf8')}`.includes(PASSWORD), typed.stdout);
  assert.match(typed.stdout, /farpage-launch .*--store redis:\/\/\*+@/);
  assert.match(typed.stdout, /^farpage run --store redis:\/\/\*\*\*@/m);
  assert.match(typed.stderr, /holds a secret, which every user could see/);
  for (const [store, env] of [
    [guarded.url, { FARPAGE_REDIS_PASSWORD: PASSWORD }],
    ['env:PAGES', { PAGES: url }],
  ] as const) {
    const quiet = await farpage(['run', '--store', store, '--json', json, '--', 'sh', '-c', LOOK], { env });
    assert.equal(quiet.code, 0, quiet.stderr);
    const shown = `${quiet.stdout}${quiet.stderr}${readFileSync(json, 'utf8')}`;
    assert.ok(!shown.includes(PASSWORD), shown);
    assert.ok(!quiet.stderr.includes('holds a secret'));
  }
});

test('what is refused on the command line is not repeated with it', async () => {
  for (const args of [
    ['run', `--stroe=redis://:${PASSWORD}@h`, '--', 'true'],
    ['run', '--store', `redis://:${PASSWORD}@h:x`, '--', 'true'],
    ['run', '--store', `redis://:${PASSWORD}@127.0.0.1:1`, '--', 'true'],
    ['image', 'info', `redis://:${PASSWORD}@127.0.0.1:1?prefix=a:`],
    ['serve', '--socket', '/x', '--image', `http://127.0.0.1:1/f?signature=${PASSWORD}`],
    ['experiment', '--json', '--source', `http://u:${PASSWORD}@127.0.0.1:1/f?signature=${PASSWORD}`],
  ]) {
    const { code, stdout, stderr } = await farpage(args);
    assert.notEqual(code, 0);
    assert.ok(!`${stdout}${stderr}`.includes(PASSWORD), stderr);
  }
});

test.run();
