// budget: 240 s
// covers: src/criu/, src/loop/replay.ts, src/loop/spaces.ts, src/store/first-touches.ts
// What `farpage criu` notes and says of a restore: the order of touches, and figures that are those of the peer's pages.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { decodeWorkingSet } from '../../src/pager/working-set.js';
import { GET, readMessage } from '../../src/store/page-server-wire.js';
import { FLAGS, PAGE, writeCheckpoint } from '../support/criu/checkpoint.js';
import { CriuStage, MAIN } from '../support/criu/kit.js';
import { PagePeer } from '../support/criu/page-peer.js';
import { runChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';

const BASE = 0x700000000000;
const PAGES = 1500;
const EVERY = `verify 0 ${PAGES} 0`;

const stage = new CriuStage();
const peers: PagePeer[] = [];
const test = suite('farpage criu, observed');
const live = skipUnless(test, process.getuid?.() === 0, 'fork events need root');
test.after.each(() => {
  for (const peer of peers.splice(0)) peer.close();
});
test.after(() => stage.close());

function images(flags = FLAGS.lazy | FLAGS.present): string {
  const folder = stage.images();
  writeCheckpoint(folder, [{ pid: 101, runs: [{ address: BASE, pages: PAGES, flags }] }]);
  return folder;
}

/** Numbers from one on. */
const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);
const TOUCHED = [...from(1000, 10), ...from(30, 5), 700];

function recordingOf(pages: readonly number[]): string {
  const file = path.join(stage.folder, `given-${pages.length}`);
  const head = JSON.stringify({ format: 'farpage working set', version: 1, pageSize: PAGE, pages: pages.length });
  writeFileSync(file, Buffer.concat([Buffer.from(`${head}\n`), Buffer.from(Uint32Array.from(pages).buffer)]));
  return file;
}

live('--record notes the first touches in their order, and nothing that the end brings in', async () => {
  const file = path.join(stage.folder, 'touched');
  const daemon = await stage.daemon(images(), ['--record', file]);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.right(101, 'verify 1000 10 0');
  await peer.done('finish');
  await peer.right(101, 'verify 30 5 0');
  await peer.right(101, 'verify 1003 4 0');
  await peer.right(101, 'verify 700 1 0');
  daemon.child.kill('SIGINT');
  const report = await daemon.report();
  assert.equal(report.recorded, TOUCHED.length);
  assert.deepEqual([...decodeWorkingSet(readFileSync(file), file).pages], TOUCHED);
  assert.equal(report.tasks[0]?.ending, 'drained');
  await peer.right(101, EVERY);
});

live('--replay asks for the recorded pages first, and then for the others', async () => {
  const pages = await PagePeer.listening({});
  peers.push(pages);
  const args = ['--page-server', pages.address, '--replay', recordingOf(TOUCHED)];
  const daemon = await stage.daemon(images(FLAGS.lazy), args);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  // No thread touches a page meanwhile, so all requests are the replay's and the push's.
  const report = await daemon.report();
  assert.equal(report.tasks[0]?.ending, 'drained');
  const asked = pages.messages
    .map((hex) => readMessage('4.2', Buffer.from(hex, 'hex')))
    .filter(({ command }) => command === GET)
    .flatMap(({ address, pages: count }) => from((address - BASE) / PAGE, count));
  // Requests of one batch are sent shortest first.
  const ascending = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
  assert.deepEqual(ascending(asked.slice(0, TOUCHED.length)), ascending(TOUCHED));
  assert.deepEqual(ascending(asked), from(0, PAGES));
  await peer.right(101, EVERY);
});

live('a recording of another checkpoint, and of local files, does no harm', async () => {
  const daemon = await stage.daemon(images(), ['--replay', recordingOf([...TOUCHED, 99_999, ...from(0, 5)])]);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.right(101, `fork 0 ${PAGES}`);
  await peer.done('finish');
  await peer.right(101, EVERY);
  assert.equal((await daemon.report()).tasks.find(({ pid }) => pid === 101)?.ending, 'drained');
});

test('what does not fit is refused with a hint', async () => {
  const folder = images();
  const odd = path.join(stage.folder, 'odd');
  writeFileSync(odd, 'no working set\n');
  for (const [args, words] of [
    [['--record', odd, '--replay', odd], /exclude each other/],
    [['--replay', odd], /is not a working set/],
    [['--replay', path.join(stage.folder, 'none')], /cannot be read/],
  ] as const) {
    const { code, stderr } = await runChild(MAIN, { args: ['criu', '--images', folder, ...args] });
    assert.notEqual(code, 0);
    assert.match(stderr, words);
    assert.match(stderr, /hint/);
    assert.ok(!existsSync(path.join(folder, 'lazy-pages.socket')));
  }
});

test.run();
