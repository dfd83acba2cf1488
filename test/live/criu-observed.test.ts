// budget: 240 s
// covers: src/criu/, src/pager/process-pager.ts, src/loop/replay.ts, src/loop/spaces.ts, src/store/first-touches.ts
// What `farpage criu` notes and says of a restore: the order of touches, and figures that are those of the peer's pages.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import type { LiveSample } from '../../src/live/types.js';
import { decodeWorkingSet } from '../../src/pager/working-set.js';
import { GET, readMessage } from '../../src/store/page-server-wire.js';
import { FLAGS, PAGE, writeCheckpoint } from '../support/criu/checkpoint.js';
import { CriuStage, MAIN } from '../support/criu/kit.js';
import { PagePeer } from '../support/criu/page-peer.js';
import { parseExposition, sampleOf } from '../support/exposition.js';
import { runChild } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const BASE = 0x700000000000;
const OTHER = 0x710000000000;
const BUDGET = 60_000;
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

live(
  '--record to a place that cannot be written to: the restore goes well, and the exit code says that no file is there',
  async () => {
    const daemon = await stage.daemon(images(), ['--record', path.join(stage.folder, 'none', 'touched')]);
    const peer = await stage.restore(daemon);
    await peer.task(101, BASE, PAGES);
    await peer.done('finish');
    await peer.right(101, 'verify 30 5 0');
    daemon.child.kill('SIGINT');
    const { recorded, stderr } = await daemon.report(1);
    assert.equal(recorded, null);
    assert.match(stderr, /the working set cannot be written to .*none/);
    await peer.right(101, EVERY);
  },
);

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

/** Two tasks and a zombie; the first one touches what TOUCHED names. Nothing is read ahead, so each touch is a fault. */
async function touching(...args: string[]) {
  const folder = stage.images();
  writeCheckpoint(folder, [
    { pid: 101, runs: [{ address: BASE, pages: PAGES }] },
    { pid: 102, runs: [{ address: OTHER, pages: 700 }] },
    { pid: 103, runs: null },
  ]);
  const daemon = await stage.daemon(folder, ['--record', path.join(stage.folder, 'unused'), ...args]);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.task(102, OTHER, 700);
  await peer.done('zombie 103');
  await peer.right(101, 'verify 1000 10 0');
  await peer.right(101, 'verify 30 5 0');
  await peer.right(101, 'verify 700 1 0');
  await peer.right(102, 'verify 5 3 0');
  await peer.done('finish');
  return { daemon, peer };
}

/** Pages that both tasks have touched. */
const ALL_TOUCHED = TOUCHED.length + 3;

live('--metrics has the faults, the pages and the tasks that are there', async () => {
  const { daemon, peer } = await touching('--metrics', '127.0.0.1:0');
  const [, url = ''] = await daemon.child.waitFor(/metrics at (http:\S+)\n/, BUDGET, 'stderr');
  const scrape = async () => parseExposition(await (await fetch(url)).text());
  const families = await scrape();
  assert.equal(sampleOf(families, 'farpage_regions'), 2);
  assert.equal(sampleOf(families, 'farpage_faults_total', { kind: 'missing' }), ALL_TOUCHED);
  assert.equal(sampleOf(families, 'farpage_fills_total', { from: 'store' }), ALL_TOUCHED);
  assert.equal(sampleOf(families, 'farpage_resident_bytes'), ALL_TOUCHED * PAGE);
  assert.equal(sampleOf(families, 'farpage_store_bytes_total', { op: 'read' }), ALL_TOUCHED * PAGE);
  assert.equal(sampleOf(families, 'farpage_fault_duration_seconds_count'), ALL_TOUCHED);
  assert.equal(await peer.say('at 102 exit'), 'gone');
  await until(async () => sampleOf(await scrape(), 'farpage_regions') === 1, 'the end of task 102');
  daemon.child.kill('SIGINT');
  await daemon.report();
  await assert.rejects(fetch(url));
});

live('--live shows the tasks by their pids, with their pages and faults', async () => {
  const { daemon } = await touching('--live', '127.0.0.1:0');
  const [, url = ''] = await daemon.child.waitFor(/live view at (http:\S+)\n/, BUDGET, 'stderr');
  const { title, cores } = await sampleAt(url);
  assert.equal(title, 'farpage criu');
  assert.deepEqual(cores[0]?.regions.map(({ name, resident, faults }) => [name, resident, faults]).sort(), [
    ['task 101', TOUCHED.length, TOUCHED.length],
    ['task 102', 3, 3],
  ]);
  assert.equal(cores[0]?.faults, ALL_TOUCHED);
  daemon.child.kill('SIGINT');
  await daemon.report();
});

live('--json and the lines on standard error say what each task had, and what the fill has brought', async () => {
  const { daemon, peer } = await touching();
  daemon.child.kill('SIGINT');
  const report = await daemon.report();
  const [restore] = report.restores;
  assert.deepEqual([restore?.finished, restore?.tasks, restore?.zombies], [true, 2, 1]);
  const tasks = report.tasks.toSorted((a, b) => (a.pid ?? 0) - (b.pid ?? 0));
  const told = tasks.map(({ pid, pages, ending, stats }) => [
    pid,
    pages,
    ending,
    stats.faults.missing,
    stats.fills.store,
  ]);
  assert.deepEqual(told, [
    [101, PAGES, 'drained', TOUCHED.length, PAGES],
    [102, 700, 'drained', 3, 700],
  ]);
  assert.ok(tasks.every(({ seconds }) => seconds > 0));
  assert.equal(report.stats.store.bytesRead, (PAGES + 700) * PAGE);
  assert.equal(report.recorded, ALL_TOUCHED);
  assert.match(report.stderr, /restore 1: 2 tasks, 1 zombies; criu restore has finished/);
  assert.match(report.stderr, new RegExp(`task 101: all of its ${PAGES} pages are in memory after`));
  assert.match(report.stderr, /task 102: all of its 700 pages are in memory after/);
  await peer.right(101, EVERY);
});

/** The next sample of a live view. */
async function sampleAt(url: string): Promise<LiveSample> {
  const answer = await fetch(`${url}events`);
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    const [, data] = /^data: (.*)\n\n/m.exec(text) ?? [];
    if (data !== undefined) return JSON.parse(data);
  }
  throw new Error(`no sample in '${text}'`);
}

test('what does not fit is refused with a hint', async () => {
  const folder = images();
  const odd = path.join(stage.folder, 'odd');
  writeFileSync(odd, 'no working set\n');
  for (const [args, words] of [
    [['--record', odd, '--replay', odd], /exclude each other/],
    [['--resident', '64MiB'], /--resident: a restored task cannot be held to a limit/],
    [['--store', 'memory:'], /--store: no page of a restored task can be evicted/],
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
