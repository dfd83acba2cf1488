// budget: 240 s
// covers: src/image/, src/cli/
// Images in use: as the source of a region, of guests' memory, and under `farpage image`.
import assert from 'node:assert/strict';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import { ImageChain } from '../../src/image/read.js';
import type { ImageInfo, VerifyReport } from '../../src/image/tools.js';
import { imageBytes, PAGE, Stage } from '../support/guest/vm.js';
import { assertHolds, Model, writeImage } from '../support/image/kit.js';
import { type ChildResult, runChild } from '../support/process/child.js';
import { startRedis } from '../support/servers/servers.js';
import { describe, play, run, told as toldBy } from './play.js';
import type { Failure } from './programs/kit.js';
import { MAIN } from './run/kit.js';

const PAGES = 1024;
const stage = new Stage();
const sized = ['--image-bytes', String(PAGES * PAGE)];
const [full, next, last] = [stage.path('full.img'), stage.path('next.img'), stage.path('last.img')];
const model = new Model(PAGES);
const test = suite('images in use');
test.after(() => stage.close());

// The last of three has what vm.c expects of its image; pages 600 to 699 are zeros.
test.before(async () => {
  for (let page = 0; page < 800; page++) model.put(page, page % 3);
  await writeImage(full, model);
  for (let page = 300; page < 700; page++) model.put(page, 7);
  await writeImage(next, model, { parent: full, changedOnly: true });
  model.bytes.set(imageBytes(PAGES));
  for (let page = 600; page < 700; page++) model.put(page, 0);
  await writeImage(last, model, { parent: next, meta: { program: 'vm', pid: 5 } });
});

function image(...args: readonly string[]): Promise<ChildResult> {
  return runChild(MAIN, { args: ['image', ...args] });
}

async function told<T>(...args: readonly string[]): Promise<T> {
  const result = await image(...args, '--json');
  assert.equal(result.code, 0, describe(result));
  return JSON.parse(result.stdout) as T;
}

test('as the source of a region, under a limit: every page is what was saved; the image is not written', async () => {
  const before = readFileSync(last);
  const sums = await play<number[]>('image', 'sums', { image: last, pages: PAGES, write: 650 });
  const words = new Uint32Array(model.bytes.buffer);
  for (const [page, sum] of sums.entries()) {
    let expected = page === 650 ? 99 : 0;
    for (let at = page * 1024; at < (page + 1) * 1024; at++) expected = (expected + (words[at] ?? 0)) >>> 0;
    assert.equal(sum, expected, `page ${page}`);
  }
  assert.ok(before.equals(readFileSync(last)));
});

test('a damaged page fails alone; an image that is torn maps nothing', async () => {
  const damaged = stage.path('damaged.img');
  await writeImage(damaged, model);
  const opened = await ImageChain.openAlone(damaged);
  const at = opened.positionOf(20);
  await opened.close();
  const bytes = readFileSync(damaged);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(damaged, bytes);
  const ended = await run('image', 'damaged', { image: damaged, page: 20 });
  assert.equal(ended.code, 0, describe(ended));
  const failure = toldBy<Failure>(ended);
  assert.equal(failure.code, 'STORE_READ');
  assert.match(failure.message, /page 20 cannot be read from image .*damaged.img: page 20 is damaged/);
  const verified = await image('verify', damaged, '--json');
  assert.equal(verified.code, 1);
  const { damaged: found } = JSON.parse(verified.stdout) as VerifyReport;
  assert.deepEqual(found, [{ name: damaged, page: 20 }]);
  const merged = await image('merge', damaged, '--output', stage.path('never.img'));
  assert.equal(merged.code, 1);
  assert.match(merged.stderr, /page 20 is damaged/);
  assert.throws(() => statSync(stage.path('never.img')));
  truncateSync(damaged, 3 * PAGE);
  const refused = await play<Failure>('image', 'refused', { image: damaged });
  assert.match(refused.message, /ends before its index/);
});

test('image info, verify and merge of a chain', async () => {
  const info = await told<ImageInfo>('info', last);
  assert.equal(info.contentPages, PAGES - 100);
  assert.deepEqual([info.pages, info.pageSize, info.meta.program, info.meta.pid], [PAGES, PAGE, 'vm', 5]);
  assert.deepEqual(
    info.chain.map(({ name }) => name),
    [last, next, full],
  );
  const verified = await told<VerifyReport>('verify', last);
  assert.deepEqual(verified.damaged, []);
  assert.equal(
    verified.checkedPages,
    info.chain.reduce((sum, { pages }) => sum + pages, 0),
  );
  const merged = stage.path('merged.img');
  await told('merge', last, '--output', merged);
  await assertHolds(merged, model);
  assert.equal((await told<ImageInfo>('info', merged)).chain.length, 1);
  for (const [args, code, says] of [
    [['info', stage.path('absent.img')], 1, /absent\.img/],
    [['verify', MAIN], 1, /it is not an image of farpage/],
    [['merge', last, '--output', full], 2, /is one of the images that the new one needs/],
    [['merge', last], 2, /--output/],
  ] as const) {
    const result = await image(...args);
    assert.equal(result.code, code, describe(result));
    assert.match(result.stderr, says);
  }
  // The output for people says the same.
  assert.match((await image('info', last)).stdout, /1,024 pages of 4 KiB/);
  assert.match((await image('verify', last)).stdout, /^sound: /);
  // In its own place.
  await told('merge', merged, '--output', merged);
  await assertHolds(merged, model);
});

test('guests are served from a chain; what one touches is recorded, and brought in for the next', async () => {
  const set = stage.path('chain.set');
  const verify = ['verify 0 0 600 1', 'zero 0 600 100 1', 'verify 0 700 324 1'];
  const first = await stage.serve(['--image', last, '--record', set]);
  const guests = [1, 2].map(() => stage.guest(first.socket, `0:${PAGES}`, sized));
  await Promise.all(
    guests.map(async (guest) => {
      for (const command of verify) await guest.right(command);
    }),
  );
  await Promise.all(guests.map((guest) => guest.exit()));
  await first.stop();
  assert.ok(statSync(set).size > 0);
  const again = await stage.serve(['--image', last, '--replay', set, '--resident', '2MiB']);
  const guest = stage.guest(again.socket, `0:${PAGES}`, [...sized, '--memory', 'memfd']);
  for (const command of verify) await guest.right(command);
  await guest.exit();
  const { report } = await again.stop();
  assert.equal(report.sessions.length, 1);
});

test('guests are served from an image in Redis, and from a chain made QEMU’s', async () => {
  const redis = await startRedis();
  try {
    const url = `${redis.url}?prefix=saved:`;
    await told('merge', last, '--output', url);
    assert.deepEqual((await told<VerifyReport>('verify', url)).damaged, []);
    const ram = stage.path('ram.img');
    await told('merge', last, '--output', ram, '--format', 'mapped-ram');
    for (const where of [url, ram]) {
      const server = await stage.serve(['--image', where]);
      const guest = stage.guest(server.socket, `0:${PAGES}`, sized);
      await guest.right('verify 0 0 600 1');
      await guest.right('zero 0 600 100 1');
      await guest.right('verify 0 700 324 1');
      await guest.exit();
      await server.stop();
    }
    const own = await image('merge', url, '--output', url);
    assert.equal(own.code, 2, describe(own));
    await assertHolds(url, model);
  } finally {
    await redis.stop();
  }
});

test.run();
