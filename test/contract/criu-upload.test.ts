// budget: 120 s
// covers: src/criu/upload.ts, src/criu/redis-folder.ts, src/store/redis-values.ts
// A checkpoint in a real Redis: what is there when a connection is lost at the last write, and numbers there that cannot be right.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { Checkpoint } from '../../src/criu/checkpoint.js';
import { imagesPlace, openFolder } from '../../src/criu/images-place.js';
import { checkUpload, uploadCheckpoint } from '../../src/criu/upload.js';
import { writeCheckpoint } from '../support/criu/checkpoint.js';
import { find } from '../support/process/packages.js';
import { type Server, startRedis } from '../support/servers/servers.js';

const test = suite('uploads of checkpoints');
const root = mkdtempSync(path.join(tmpdir(), 'farpage-upload-'));
const images = path.join(root, 'images');
const PAGES = 300;
writeCheckpoint(images, [{ pid: 5, runs: [{ address: 0x7f0000000000, pages: PAGES }] }]);
const QUIET = { begin() {}, update() {}, end() {} };
const ID = '0123456789abcdef0123456789abcdef';

let redis: Server;
test.before(async () => {
  redis = await startRedis();
});
test.after(async () => {
  await redis?.stop();
  rmSync(root, { recursive: true });
});
test.before.each(() => {
  cli('flushall');
});

function cli(...args: string[]): string {
  return execFileSync(find('redis-cli'), ['-p', String(redis.port), ...args], { encoding: 'utf8' }).trim();
}

/** Passes everything on, but the reply to the first command that has `words`: in its place the connection ends. */
async function withoutReply(words: string, use: (url: string) => Promise<void>): Promise<void> {
  let isDone = false;
  const server: NetServer = createServer((client) => {
    const upstream = connect(redis.port, '127.0.0.1');
    for (const socket of [client, upstream]) socket.on('error', () => {});
    let hides = false;
    client.on('data', (bytes: Buffer) => {
      if (!isDone && bytes.includes(words)) isDone = hides = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (hides) client.destroy();
      else client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  assert.ok(typeof bound === 'object' && bound !== null);
  try {
    await use(`redis://127.0.0.1:${bound.port}?prefix=web:`);
    assert.ok(isDone);
  } finally {
    server.close();
  }
}

async function open(prefix: string): Promise<Checkpoint> {
  return Checkpoint.open(await openFolder(imagesPlace(`${redis.url}?prefix=${prefix}`)));
}

test('the reply to the index is lost: the checkpoint is there, whole, and the upload says so', async () => {
  await withoutReply('web:checkpoint\r\n$', async (to) => {
    const report = await uploadCheckpoint(checkUpload({ images, to }), QUIET, new AbortController().signal);
    assert.equal(report.pages, PAGES);
  });
  const checkpoint = await open('web:');
  assert.equal(checkpoint.task(5)?.pages, PAGES);
  checkpoint.close();
  // The pages, three images, and the index.
  assert.equal(cli('dbsize'), String(PAGES + 4));
});

test('an upload that is interrupted after the last page leaves nothing', async () => {
  const stop = new AbortController();
  const progress = { ...QUIET, end: () => stop.abort() };
  const to = `${redis.url}?prefix=web:`;
  await assert.rejects(
    uploadCheckpoint(checkUpload({ images, to }), progress, stop.signal),
    /the upload was ended by its caller/,
  );
  assert.equal(cli('dbsize'), '0');
});

function index(folder: unknown): string {
  return JSON.stringify({ format: 'farpage checkpoint', version: 1, id: ID, folders: [folder] });
}

test('uploads of one prefix at once: one checkpoint is there, whole, and no key of another', async () => {
  const to = `${redis.url}?prefix=web:`;
  const upload = (replace: boolean) =>
    uploadCheckpoint(checkUpload({ images, to, replace }), QUIET, new AbortController().signal);
  await upload(false);
  const outcomes = await Promise.allSettled([upload(true), upload(true)]);
  assert.ok(outcomes.some(({ status }) => status === 'fulfilled'));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.match(String(outcome.reason), /writes there already/);
  }
  const checkpoint = await open('web:');
  assert.equal(checkpoint.task(5)?.pages, PAGES);
  checkpoint.close();
  assert.equal(cli('dbsize'), String(PAGES + 4));
});

test('a checkpoint that another program has put there meanwhile is the one that is replaced', async () => {
  const to = `${redis.url}?prefix=web:`;
  const meanwhile = () => {
    cli('set', 'web:checkpoint', index({ images: [], pages: { 'pages-1.img': { first: 0, pages: 1 } } }));
    cli('set', `web:${ID}:0`, 'x');
  };
  const upload = (replace: boolean) =>
    uploadCheckpoint(checkUpload({ images, to, replace }), { ...QUIET, end: meanwhile }, new AbortController().signal);
  await upload(true);
  assert.equal(cli('exists', `web:${ID}:0`), '0');
  assert.equal(cli('dbsize'), String(PAGES + 4));
  cli('flushall');
  await assert.rejects(upload(false), { errno: 'EEXIST' });
  assert.equal(cli('dbsize'), '2');
});

test('an image that is too long is refused', async () => {
  cli('set', 'long:checkpoint', index({ images: ['inventory.img'], pages: {} }));
  cli('setrange', `long:${ID}:0/inventory.img`, String(2 ** 27), 'x');
  await assert.rejects(open('long:'), /inventory\.img: .* are more than 128 MiB/);
});

test('an index with more pages than any checkpoint has is refused, also by an upload that is to replace it', async () => {
  const pages = { 'pages-1.img': { first: 0, pages: 2 ** 27 }, 'pages-2.img': { first: 0, pages: 2 ** 27 + 1 } };
  cli('set', 'many:checkpoint', index({ images: [], pages }));
  const to = `${redis.url}?prefix=many:`;
  const upload = uploadCheckpoint(checkUpload({ images, to, replace: true }), QUIET, new AbortController().signal);
  await assert.rejects(upload, /names more than 268435456 pages/);
  assert.equal(cli('dbsize'), '1');
});

test.run();
