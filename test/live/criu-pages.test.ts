// budget: 240 s
// covers: src/criu/, src/store/page-server.ts, src/store/page-connection.ts, src/loop/checkpoint-pages.ts, src/loop/push.ts
// `farpage criu` with pages at a page server, and `farpage criu page-server`: peers play criu restore and criu dump --lazy-pages.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import type { PageServingReport } from '../../src/criu/index.js';
import { FLAGS, PAGE, writeCheckpoint } from '../support/criu/checkpoint.js';
import { CriuStage, MAIN } from '../support/criu/kit.js';
import { PagePeer, type PagePeerOptions } from '../support/criu/page-peer.js';
import { runChild, startChild } from '../support/process/child.js';
import { makeKeys } from '../support/servers/keys.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const BASE = 0x700000000000;
const OTHER = 0x710000000000;
const PAGES = 1500;
const BUDGET = 60_000;
const EVERY = `verify 0 ${PAGES} 0`;
/** As criu dump --lazy-pages writes it: the pages are not in the folder. */
const ELSEWHERE = FLAGS.lazy;

const stage = new CriuStage();
const peers: PagePeer[] = [];
const test = suite('farpage criu, pages over TCP');
const live = skipUnless(test, process.getuid?.() === 0, 'fork events need root');
test.after.each(() => {
  for (const peer of peers.splice(0)) peer.close();
});
test.after(() => stage.close());

async function pagePeer(options: PagePeerOptions = {}): Promise<PagePeer> {
  const peer = await PagePeer.listening(options);
  peers.push(peer);
  return peer;
}

function dumped(version: '4.1' | '4.2' = '4.2'): string {
  const images = stage.images();
  writeCheckpoint(images, [{ pid: 101, runs: [{ address: BASE, pages: PAGES, flags: ELSEWHERE }] }], { version });
  return images;
}

for (const [version, header] of [
  ['4.2', 32],
  ['4.1', 24],
] as const) {
  live(
    `tasks get pages of the folder, of its parent and of the page server, which learns of the end: ${version}`,
    async () => {
      const [before, images] = [stage.images(), stage.images()];
      writeCheckpoint(before, [{ pid: 101, runs: [{ address: BASE, pages: PAGES }], salt: 7 }], { version });
      const runs = [
        { address: BASE, pages: 400, flags: ELSEWHERE },
        { address: BASE + 400 * PAGE, pages: 100, flags: FLAGS.lazy | FLAGS.parent },
        { address: BASE + 500 * PAGE, pages: 50, flags: FLAGS.lazy | FLAGS.present },
        { address: BASE + 550 * PAGE, pages: PAGES - 550, flags: ELSEWHERE },
      ];
      const second = [{ address: OTHER, pages: 700, flags: ELSEWHERE }];
      writeCheckpoint(
        images,
        [
          { pid: 101, runs },
          { pid: 102, runs: second },
        ],
        { version, parent: before },
      );
      // As CRIU: one client, and then no more.
      const pages = await pagePeer({ header, most: 48 });
      const daemon = await stage.daemon(images, ['--page-server', pages.address]);
      await until(() => pages.connections === 1, 'the connection');
      pages.closeDoor();
      const peer = await stage.restore(daemon);
      await peer.task(101, BASE, PAGES);
      await peer.task(102, OTHER, 700);
      await peer.right(101, 'verify 600 3 0');
      await peer.right(101, 'fork 550 900');
      await peer.done('finish');
      await peer.right(101, 'threads 550 900');
      await peer.right(102, 'verify 0 700 0');
      await peer.right(101, 'verify 0 400 0');
      await peer.right(101, 'verify 400 100 7');
      await peer.right(101, 'verify 500 50 0');
      const { pageServer, tasks } = await daemon.report();
      assert.deepEqual(pageServer, { address: pages.address, protocol: version, reason: null });
      assert.ok(tasks.filter(({ pid }) => pid !== null).every(({ ending }) => ending === 'drained'));
      await until(() => pages.endings.length === 1, 'the end of the connection');
      assert.deepEqual(pages.endings, ['closed']);
      assert.ok(!pages.messages.some((message) => message.slice(0, 4) === '0700' && message.endsWith('ff')));
    },
  );
}

function tlsArgs(): string[] {
  const { ca, cert, key } = makeKeys(stage.folder, 'both');
  return ['--tls-ca', ca, '--tls-cert', cert, '--tls-key', key];
}

live('--protocol decides where the images and the page server are of different versions', async () => {
  const pages = await pagePeer({ header: 24 });
  const daemon = await stage.daemon(dumped('4.2'), ['--page-server', pages.address, '--protocol', '4.1']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, EVERY);
  assert.equal((await daemon.report()).pageServer?.protocol, '4.1');
});

live('without the push only touched pages are asked for', async () => {
  const pages = await pagePeer();
  const daemon = await stage.daemon(dumped(), ['--page-server', pages.address, '--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 1000 1 0');
  assert.equal(await peer.say('at 101 exit'), 'gone');
  await daemon.report();
  assert.ok(pages.answers < 100);
  await until(() => pages.endings.length === 1, 'the end of the connection');
  assert.deepEqual(pages.endings, ['closed']);
});

live('no restore has finished: the page server sees a failure, so that CRIU lets the dumped tasks run on', async () => {
  const pages = await pagePeer();
  for (const isBegun of [false, true]) {
    const daemon = await stage.daemon(dumped(), ['--page-server', pages.address]);
    if (isBegun) {
      const peer = await stage.restore(daemon);
      await peer.task(101, BASE, PAGES);
      await peer.done('close');
      await peer.right(101, EVERY);
    } else daemon.child.kill('SIGINT');
    const { pageServer } = await daemon.report(isBegun ? 1 : 0);
    assert.equal(pageServer?.reason, 'no restore has finished');
  }
  await until(() => pages.endings.length === 2, 'the end of the connections');
  assert.deepEqual(pages.endings, ['ECONNRESET', 'ECONNRESET']);
});

live('criu restore cannot be started: the page server sees a failure', async () => {
  const pages = await pagePeer();
  const args = ['criu', '--images', dumped(), '--page-server', pages.address, '--', path.join(stage.folder, 'none')];
  const { code, stderr } = await runChild(MAIN, { args, budget: BUDGET });
  assert.notEqual(code, 0);
  assert.match(stderr, /none' cannot be started/);
  await until(() => pages.endings.length === 1, 'the end of the connection');
  assert.deepEqual(pages.endings, ['ECONNRESET']);
});

live('a page of a file is lost: the page server sees a failure, and its tasks run on', async () => {
  const pages = await pagePeer();
  const images = stage.images();
  const runs = [
    { address: BASE, pages: 400, flags: ELSEWHERE },
    { address: BASE + 400 * PAGE, pages: PAGES - 400, flags: FLAGS.lazy | FLAGS.present },
  ];
  writeCheckpoint(images, [{ pid: 101, runs }]);
  const daemon = await stage.daemon(images, ['--page-server', pages.address, '--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 7 1 0');
  appendFileSync(path.join(images, 'pages-1.img'), 'written to');
  assert.equal(await peer.say('at 101 verify 900 1 0'), 'gone');
  const { stderr, pageServer } = await daemon.report(1);
  assert.match(stderr, /is not notified that its tasks may end: .*pages-1\.img: it was written to/);
  assert.match(pageServer?.reason ?? '', /it was written to/);
  await until(() => pages.endings.length === 1, 'the end of the connection');
  assert.deepEqual(pages.endings, ['ECONNRESET']);
});

live('a connection that is lost is made again, and no task notices', async () => {
  const pages = await pagePeer({ most: 16, answer: (answer, number) => (number % 40 === 39 ? null : answer) });
  const daemon = await stage.daemon(dumped(), ['--page-server', pages.address]);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.right(101, 'verify 700 100 0');
  await peer.done('finish');
  await peer.right(101, EVERY);
  const { stderr, pageServer } = await daemon.report();
  assert.match(stderr, /; threads wait, and it is tried again/);
  assert.equal(pageServer?.reason, null);
});

live(
  'a page server that does not come back: the thread that waits gets SIGBUS, with the reason, and no thread reads zeros',
  async () => {
    const pages = await pagePeer({ answer: (answer, number) => (number < 3 ? answer : null) });
    const daemon = await stage.daemon(dumped(), ['--page-server', pages.address, '--no-push', '--patience', '1']);
    await until(() => pages.connections === 1, 'the connection');
    pages.closeDoor();
    const peer = await stage.restore(daemon);
    await peer.task(101, BASE, PAGES);
    await peer.done('finish');
    await peer.right(101, 'verify 7 1 0');
    // All pages: the next ones are refused.
    assert.equal(await peer.say(`at 101 ${EVERY}`), 'gone');
    const { stderr, pageServer, tasks } = await daemon.report(1);
    assert.equal(stderr.match(/; threads wait, and it is tried again/g)?.length, 1);
    assert.match(stderr, /restore the checkpoint again/);
    assert.match(stderr, /gets SIGBUS/);
    assert.notEqual(pageServer?.reason, null);
    assert.equal(tasks[0]?.ending, 'ended');
  },
);

live('a page server that is lost during the push: a task without its pages is served on, and says so', async () => {
  const pages = await pagePeer({ answer: (answer, number) => (number < 10 ? answer : null) });
  const daemon = await stage.daemon(dumped(), ['--page-server', pages.address, '--patience', '1']);
  await until(() => pages.connections === 1, 'the connection');
  pages.closeDoor();
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await daemon.child.waitFor(/some pages of task 101 are not mapped there, or cannot be read/, BUDGET, 'stderr');
  assert.equal(await peer.say(`at 101 ${EVERY}`), 'gone');
  await daemon.report(1);
});

live('an answer for another page than the one asked for is never installed', async () => {
  const pages = await pagePeer({
    answer: (answer, number) => (number === 5 ? { ...answer, address: answer.address + BigInt(PAGE) } : answer),
  });
  const daemon = await stage.daemon(dumped(), ['--page-server', pages.address, '--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  assert.equal(await peer.say(`at 101 ${EVERY}`), 'gone');
  assert.match((await daemon.report(1)).stderr, /it answers command 6/);
});

for (const [protocol, isSecure] of [
  ['4.2', false],
  ['4.1', false],
  ['4.2', true],
] as const) {
  live(
    `farpage criu gets its pages from farpage criu page-server: protocol ${protocol}${isSecure ? ', TLS' : ''}`,
    async () => {
      const tls = isSecure ? tlsArgs() : [];
      const source = stage.images();
      writeCheckpoint(source, [{ pid: 101, runs: [{ address: BASE, pages: PAGES }] }]);
      const server = startChild(MAIN, {
        args: ['criu', 'page-server', '--images', source, '--json', ...tls],
        budget: BUDGET,
      });
      const [, address = ''] = await server.waitFor(/serving pages of .* at (\S+)/, BUDGET, 'stderr');
      const daemon = await stage.daemon(dumped(), ['--page-server', address, '--protocol', protocol, ...tls]);
      const peer = await stage.restore(daemon);
      await peer.task(101, BASE, PAGES);
      await peer.right(101, 'threads 0 900');
      await peer.done('finish');
      await peer.right(101, EVERY);
      assert.equal((await daemon.report()).pageServer?.reason, null);
      const { code, stdout, stderr } = await server.result;
      assert.equal(code, 0, stderr);
      const report: PageServingReport = JSON.parse(stdout);
      assert.deepEqual([report.pages, report.clients[0]?.protocol], [PAGES, protocol]);
    },
  );
}

test('Ctrl-C ends a page server at once, and it says that no client has finished', async () => {
  const source = stage.images();
  writeCheckpoint(source, [{ pid: 101, runs: [{ address: BASE, pages: 5 }] }]);
  const server = startChild(MAIN, { args: ['criu', 'page-server', '--images', source], budget: BUDGET });
  await server.waitFor(/serving pages of/, BUDGET, 'stderr');
  server.kill('SIGINT');
  assert.equal((await server.result).code, 1);
});

test('options that do not fit are refused with a hint', async () => {
  const images = dumped();
  for (const [args, words] of [
    [['--images', images], /are not in the images[\s\S]*--page-server/],
    [['--images', images, '--page-server', 'here'], /--page-server: 'here' is not an address/],
    [['--images', images, '--page-server', '127.0.0.1:0'], /port 0/],
    [['--images', images, '--protocol', '4.1'], /--protocol is of a page server/],
    [['--images', images, '--page-server', '127.0.0.1:9', '--patience', '0'], /--patience: '0' is not/],
    [['--images', images, ...tlsArgs()], /--tls-ca is of a page server/],
    [['--images', images, '--page-server', '127.0.0.1:9', '--tls-ca', images], /some are missing/],
    [['page-server', '--images', images, ...tlsArgs().slice(0, 4), '--tls-key', images], /cannot be read/],
    [['--images', images, '--page-server', '127.0.0.1:9'], /the page server at 127\.0\.0\.1:9 cannot be reached/],
    [['page-server', '--images', images], /are not in the images/],
    [['page-server', '--images', path.join(images, 'none')], /is not a folder/],
    [['page-server', '--images', images, '--listen', '1.2.3.4.5'], /--listen/],
  ] as const) {
    const { code, stderr } = await runChild(MAIN, { args: ['criu', ...args], budget: BUDGET });
    assert.notEqual(code, 0);
    assert.match(stderr, words);
    assert.match(stderr, /hint/);
  }
});

test.run();
