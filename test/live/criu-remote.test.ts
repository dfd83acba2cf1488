// budget: 240 s
// parts: 2
// covers: src/criu/, src/store/checkpoint-store.ts, src/store/patient-store.ts, src/store/redis-values.ts, src/loop/checkpoint-pages.ts
// `farpage criu` with images on a real nginx and in a real Redis: a peer plays criu restore.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { UploadReport } from '../../src/criu/index.js';
import { FLAGS, PAGE, writeCheckpoint } from '../support/criu/checkpoint.js';
import { CriuStage, type Daemon, MAIN, type Peer } from '../support/criu/kit.js';
import { PagePeer } from '../support/criu/page-peer.js';
import { suite } from '../support/parts.js';
import { runChild, startChild } from '../support/process/child.js';
import { find } from '../support/process/packages.js';
import { type Server, startNginx, startRedis, until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const BASE = 0x700000000000;
const OTHER = 0x710000000000;
const PAGES = 1500;
const BUDGET = 60_000;
const EVERY = `verify 0 ${PAGES} 0`;

const stage = new CriuStage();
const test = suite('farpage criu, images on another host');
const live = skipUnless(test, process.getuid?.() === 0, 'fork events need root');
const servers: Server[] = [];
test.after.each(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
test.after(() => stage.close());

let folders = 0;
function workDir(): string {
  const folder = path.join(stage.folder, `work-${++folders}`);
  mkdirSync(folder);
  return folder;
}

/** A checkpoint of two tasks and a zombie; some pages of the first task are in its parent, inside of the folder. */
function written(): string {
  const images = stage.images();
  const flags = FLAGS.lazy | FLAGS.present;
  writeCheckpoint(images, [
    {
      pid: 101,
      runs: [
        { address: BASE, pages: 400, flags },
        { address: BASE + 400 * PAGE, pages: 100, flags: FLAGS.lazy | FLAGS.parent },
        { address: BASE + 500 * PAGE, pages: PAGES - 500, flags },
      ],
    },
    { pid: 102, runs: [{ address: OTHER, pages: 700 }] },
    { pid: 103, runs: null },
  ]);
  writeCheckpoint(path.join(images, 'parent'), [{ pid: 101, runs: [{ address: BASE, pages: PAGES }], salt: 7 }]);
  return images;
}

function single(): string {
  const images = stage.images();
  writeCheckpoint(images, [{ pid: 101, runs: [{ address: BASE, pages: PAGES }] }]);
  return images;
}

async function nginx(root = stage.folder): Promise<Server> {
  const server = await startNginx({ root });
  servers.push(server);
  return server;
}

async function redis(): Promise<Server> {
  const server = await startRedis();
  servers.push(server);
  return server;
}

function redisCli({ port }: Server, ...args: string[]): string {
  return execFileSync(find('redis-cli'), ['-p', String(port), ...args], { encoding: 'utf8' }).trim();
}

async function uploaded(images: string, { url }: Server, ...args: string[]): Promise<string> {
  const to = `${url}?prefix=web:`;
  const words = ['criu', 'upload', '--images', images, '--to', to, '--json', ...args];
  const { code, stdout, stderr } = await runChild(MAIN, { args: words, budget: BUDGET });
  assert.equal(code, 0, stderr);
  const report: UploadReport = JSON.parse(stdout);
  assert.equal(report.to, to);
  return to;
}

async function begun(images: string, ...args: string[]): Promise<{ daemon: Daemon; peer: Peer }> {
  const folder = workDir();
  const daemon = await stage.daemon(images, ['--work-dir', folder, ...args], folder);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  return { daemon, peer };
}

async function restoreTree(images: string): Promise<void> {
  const { daemon, peer } = await begun(images);
  await peer.task(102, OTHER, 700);
  await peer.done('zombie 103');
  await peer.right(101, 'threads 500 900');
  await peer.right(101, 'fork 500 900');
  await peer.done('finish');
  await peer.right(101, 'verify 0 400 0');
  await peer.right(101, 'verify 400 100 7');
  await peer.right(101, 'verify 500 1000 0');
  await peer.right(102, 'verify 0 700 0');
  const report = await daemon.report();
  assert.equal(report.lost, null);
  assert.equal(report.files, 3);
  assert.ok(report.tasks.filter(({ pid }) => pid !== null).every(({ ending }) => ending === 'drained'));
}

live('a tree is restored from a folder on nginx, with a parent', async () => {
  const images = written();
  const { url } = await nginx();
  await restoreTree(`${url}/${path.basename(images)}`);
});

live('a tree is restored from Redis, with a parent, and the keys are as documented', async () => {
  const server = await redis();
  const to = await uploaded(written(), server);
  const index = JSON.parse(redisCli(server, 'get', 'web:checkpoint'));
  assert.deepEqual([index.format, index.version, index.folders.length], ['farpage checkpoint', 1, 2]);
  assert.deepEqual(index.folders[0].pages['pages-1.img'], { first: 0, pages: 1400 });
  assert.equal(redisCli(server, 'strlen', `web:${index.id}:0`), String(PAGE));
  // The pages of both folders, their images, and the index.
  assert.equal(Number(redisCli(server, 'dbsize')), 1400 + 1500 + 700 + 5 + 1);
  await restoreTree(to);
});

live('pages come from farpage criu page-server, which has them from nginx', async () => {
  const images = written();
  const { url } = await nginx();
  const args = ['criu', 'page-server', '--images', `${url}/${path.basename(images)}/`, '--json'];
  const server = startChild(MAIN, { args, budget: BUDGET });
  const [, address = ''] = await server.waitFor(/serving pages of .* at (\S+)/, BUDGET, 'stderr');
  const thin = stage.images();
  writeCheckpoint(thin, [{ pid: 101, runs: [{ address: BASE, pages: PAGES, flags: FLAGS.lazy }] }]);
  const daemon = await stage.daemon(thin, ['--page-server', address]);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 0 400 0');
  await peer.right(101, 'verify 400 100 7');
  await daemon.report();
  assert.equal((await server.result).code, 0);
});

for (const kind of ['nginx', 'Redis'] as const) {
  live(`${kind} goes away and comes back: threads wait, and no task notices`, async () => {
    const images = single();
    const server = kind === 'nginx' ? await nginx() : await redis();
    const place = kind === 'nginx' ? `${server.url}/${path.basename(images)}` : await uploaded(images, server);
    const { daemon, peer } = await begun(place, '--no-push');
    await peer.done('finish');
    await peer.right(101, 'verify 7 1 0');
    await server.kill('SIGKILL');
    peer.begin(101, `verify 900 100 0`);
    await daemon.child.waitFor(/; threads wait, and it is tried again for 30 s/, BUDGET, 'stderr');
    await server.restart();
    assert.equal(await peer.next(), 'bad 0');
    await daemon.child.waitFor(/answers again/, BUDGET, 'stderr');
    await peer.right(101, EVERY);
    assert.equal(await peer.say('at 101 exit'), 'gone');
    assert.equal((await daemon.report()).lost, null);
  });

  live(`${kind} does not come back: SIGBUS with one reason, and no thread reads zeros`, async () => {
    const images = single();
    const server = kind === 'nginx' ? await nginx() : await redis();
    const place = kind === 'nginx' ? `${server.url}/${path.basename(images)}` : await uploaded(images, server);
    const { daemon, peer } = await begun(place, '--no-push', '--patience', '1');
    await peer.done('finish');
    await peer.right(101, 'verify 7 1 0');
    await server.kill('SIGKILL');
    assert.equal(await peer.say(`at 101 ${EVERY}`), 'gone');
    const { stderr, lost } = await daemon.report(1);
    assert.equal(stderr.match(/; threads wait, and it is tried again/g)?.length, 1);
    assert.equal(stderr.match(/no page comes any more/g)?.length, 1);
    assert.match(stderr, /gets SIGBUS/);
    assert.notEqual(lost, null);
  });
}

live('a file of pages that is replaced on nginx is refused, whole', async () => {
  const images = single();
  const { url } = await nginx();
  const { daemon, peer } = await begun(`${url}/${path.basename(images)}`);
  await peer.right(101, 'verify 7 1 0');
  const pages = path.join(images, 'pages-1.img');
  writeFileSync(`${pages}.new`, readFileSync(pages).fill(1));
  renameSync(`${pages}.new`, pages);
  await peer.done('finish');
  assert.equal(await peer.say(`at 101 ${EVERY}`), 'gone');
  const { stderr, lost } = await daemon.report(1);
  assert.match(lost ?? '', /changed underneath/);
  assert.match(stderr, /gets SIGBUS/);
});

live('pages on nginx are lost, others are at a page server: that is not notified, and `lost` says why', async () => {
  const images = stage.images();
  const runs = [
    { address: BASE, pages: 400, flags: FLAGS.lazy },
    { address: BASE + 400 * PAGE, pages: PAGES - 400, flags: FLAGS.lazy | FLAGS.present },
  ];
  writeCheckpoint(images, [{ pid: 101, runs }]);
  const [server, pages] = [await nginx(), await PagePeer.listening()];
  try {
    const place = `${server.url}/${path.basename(images)}`;
    const { daemon, peer } = await begun(place, '--no-push', '--patience', '1', '--page-server', pages.address);
    await peer.done('finish');
    await peer.right(101, 'verify 7 1 0');
    await server.kill('SIGKILL');
    assert.equal(await peer.say('at 101 verify 900 1 0'), 'gone');
    const { lost, pageServer } = await daemon.report(1);
    assert.notEqual(lost, null);
    assert.equal(pageServer?.reason, lost);
    await until(() => pages.endings.length === 1, 'the end of the connection');
    assert.deepEqual(pages.endings, ['ECONNRESET']);
  } finally {
    pages.close();
  }
});

live('a checkpoint in Redis that is replaced: its readers find their pages or none', async () => {
  const [images, server] = [single(), await redis()];
  const to = await uploaded(images, server);
  const keys = redisCli(server, 'dbsize');
  const { daemon, peer } = await begun(to, '--no-push');
  await peer.done('finish');
  await peer.right(101, 'verify 7 1 0');
  const other = stage.images();
  writeCheckpoint(other, [{ pid: 101, runs: [{ address: BASE, pages: PAGES }], salt: 9 }]);
  const again = await runChild(MAIN, { args: ['criu', 'upload', '--images', other, '--to', to], budget: BUDGET });
  assert.notEqual(again.code, 0);
  assert.match(again.stderr, /has a checkpoint[\s\S]*--replace/);
  await uploaded(other, server, '--replace');
  assert.equal(redisCli(server, 'dbsize'), keys);
  assert.equal(await peer.say(`at 101 verify 900 100 0`), 'gone');
  assert.notEqual((await daemon.report(1)).lost, null);
  const { daemon: second, peer: restored } = await begun(to);
  await restored.done('finish');
  await restored.right(101, `verify 0 ${PAGES} 9`);
  await second.report();
});

test('what cannot be read is refused before anything listens, without secrets', async () => {
  const images = stage.images();
  mkdirSync(images);
  const web = await nginx();
  const store = await redis();
  redisCli(store, 'set', 'odd:checkpoint', '{"format":"farpage checkpoint","version":1,"id":"x"}');
  redisCli(store, 'set', 'torn:checkpoint', '{"format":"farpage che');
  const folder = workDir();
  const host = web.url.slice('http://'.length);
  const at = `${host}/${path.basename(images)}/`;
  for (const [args, words] of [
    [['--images', `http://me:hunter2@${at}`, '--work-dir', folder], /inventory\.img cannot be read/],
    [['--images', web.url], /--work-dir is missing/],
    [['--images', 'ftp://somewhere/x', '--work-dir', folder], /--images: ftp:\/\/ is not the URL of a folder/],
    [['--images', store.url, '--work-dir', folder], /is not a Redis URL with a prefix/],
    [['--images', `${store.url}?prefix=none:`, '--work-dir', folder], /has no checkpoint/],
    [['--images', `${store.url}?prefix=odd:`, '--work-dir', folder], /its id is not/],
    [['--images', `${store.url}?prefix=torn:`, '--work-dir', folder], /not that of a checkpoint/],
    [['upload', '--images', images, '--to', 'memory:'], /--to: memory: is not a Redis URL/],
    [['upload', '--images', images, '--to', `${store.url}?prefix=a:`], /inventory\.img cannot be read/],
  ] as const) {
    const { code, stderr } = await runChild(MAIN, { args: ['criu', ...args], budget: BUDGET });
    assert.notEqual(code, 0, args.join(' '));
    assert.match(stderr, words);
    assert.match(stderr, /hint/);
    assert.doesNotMatch(stderr, /hunter2/);
  }
});

test.run();
