// budget: 300 s
// parts: 2
// covers: src/dsm/, assembly/dsm/
// uses: redis
// Images of a shared region: each is of one instant over all nodes, while nodes write, and are killed or stopped.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BREAK_CUT_HOLD, BREAK_CUT_MARK } from '../../assembly/dsm/layout.js';
import type { JoinOptions, SharedSnapshotReport } from '../../src/index.js';
import { Writers, wordsOf } from '../support/dsm/images.js';
import { eventsOf, HomeProcess, NodeProcess, pair, untilAnswer } from '../support/dsm/nodes.js';
import { suite } from '../support/parts.js';
import { DelayedLine } from '../support/servers/delay.js';
import { startRedis, until } from '../support/servers/servers.js';

const test = suite('snapshots of a shared region');
const PAGE = 4096;
const PAGE_INTS = 1024;
const PAGES = 1024;
/** Of tests in which something happens before a node far away has all pages: more than it asks for at once. */
const MANY_PAGES = 4 * PAGES;
const MANY = { byteLength: MANY_PAGES * PAGE };
/** Pages that are copied and that nobody writes. */
const FILLER = 300;
/** Of tests that end or stop a process; of the others no lease ends, however busy the machine is. */
const LEASE = 3000;
const LONG_LEASE = 30_000;
/** Each way: pages take many round trips then. */
const DELAY = 30;
const open: Array<{ end(): Promise<void> }> = [];
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-snapshot-'));
});
test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => path.join(folder, name);

async function startHome(lease: number, args: readonly string[] = [], listen?: string): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', String(lease), ...args], listen);
  open.push(home);
  return home;
}

async function join(url: string, options: Partial<JoinOptions> = {}): Promise<NodeProcess> {
  const node = await NodeProcess.join(url, { name: 'region', byteLength: PAGES * PAGE, holdMs: 0, ...options });
  open.push(node);
  return node;
}

async function joinThree(url: string): Promise<[NodeProcess, NodeProcess, NodeProcess]> {
  return [await join(url), await join(url), await join(url)];
}

/** A node far away, so that something can happen before it has all pages. */
async function joinFar(home: HomeProcess, delay = DELAY, options: Partial<JoinOptions> = MANY): Promise<NodeProcess> {
  const line = await DelayedLine.open({ to: Number(home.url.split(':').at(-1)), delay });
  open.push({ end: async () => line.close() });
  return join(`tcp://127.0.0.1:${line.port}`, options);
}

function take(node: NodeProcess, name: string, more: object = {}): Promise<SharedSnapshotReport> {
  return node.ask({ do: 'snapshot', path: file(name), ...more });
}

function noImage(): void {
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('.img')),
    [],
  );
}

/** The node's words go on. */
async function goesOn(node: NodeProcess, page: number): Promise<void> {
  const [before = 0] = await node.ask<number[]>({ do: 'read', page, pages: 1 });
  await untilAnswer(
    () => node.ask<number[]>({ do: 'read', page, pages: 1 }),
    ([now = 0]) => now > before,
    'the writers go on',
  );
}

test('three nodes write, and each takes images: all are of one instant', async () => {
  const home = await startHome(LONG_LEASE);
  const nodes = await joinThree(home.url);
  const writers = new Writers(nodes, PAGES, FILLER);
  await writers.start();
  let last = -1;
  for (let round = 0; round < 10; round++) {
    // Those of one round are taken one after the other.
    const reports = await Promise.all(nodes.map((node, n) => take(node, `${round}.${n}.img`)));
    for (const [n, report] of reports.entries()) {
      const image = file(`${round}.${n}.img`);
      assert.deepEqual((await writers.contradictions(image)).slice(0, 3), [], image);
      assert.equal(report.pages + report.zeroPages, PAGES);
      assert.ok(report.pages >= FILLER && report.pages <= FILLER + 9, JSON.stringify(report));
      assert.equal(report.bytesWritten, report.pages * PAGE);
      assert.match(report.id, /^[0-9a-f]{32}$/);
      assert.ok(report.instantMs > 0 && report.instantMs <= report.durationMs, JSON.stringify(report));
      assert.equal(statSync(image).mode & 0o777, 0o600);
    }
    const now = await writers.progress(file(`${round}.0.img`));
    assert.ok(now > last, `${now} after ${last}`);
    last = now;
  }
  assert.ok((await writers.stop()).every((rounds) => rounds > 0));
});

// Pages are gathered one after the other, each when its Δ has passed; and copied one after the other over a slow line.
for (const [what, breaks, holdMs, delay] of [
  ['exclusive grants begin while pages are gathered', BREAK_CUT_HOLD, 10, 0],
  ['pages are granted before they are copied', BREAK_CUT_MARK, 0, DELAY],
] as const) {
  test(`a home where ${what} is found`, async () => {
    const home = await HomeProcess.startBroken(breaks);
    open.push(home);
    const nodes = [await join(home.url, { holdMs }), await join(home.url, { holdMs })];
    const taker = await joinFar(home, delay, {});
    const writers = new Writers(nodes, PAGES, FILLER);
    await writers.start();
    for (let round = 0; ; round++) {
      await take(taker, 'torn.img');
      if ((await writers.contradictions(file('torn.img'))).length > 0) return;
      assert.ok(round < 40, 'no image was torn');
    }
  });
}

test('what processes write that are attached to nodes is in it, as it was at the instant', async () => {
  const home = await startHome(LONG_LEASE);
  const [one, two] = [await join(home.url), await join(home.url)];
  const attached: NodeProcess[] = [];
  for (const node of [one, two]) {
    const socket = file(`share.${attached.length}`);
    await node.ask({ do: 'share', path: socket });
    const other = await NodeProcess.attach(socket);
    open.push(other);
    attached.push(other);
  }
  const writers = new Writers([one, ...attached, two], PAGES, FILLER);
  await writers.start();
  for (let round = 0; round < 6; round++) {
    for (const [n, node] of [one, two].entries()) {
      await take(node, `${round}.${n}.img`);
      assert.deepEqual((await writers.contradictions(file(`${round}.${n}.img`))).slice(0, 3), []);
    }
  }
  assert.ok((await writers.stop()).every((rounds) => rounds > 0));
});

test('pages of a home whose journal and pages are in Redis', async () => {
  const redis = await startRedis();
  open.push({ end: async () => redis.stop() });
  const home = await startHome(LONG_LEASE, ['--journal', `${redis.url}?prefix=prices:`]);
  const nodes = await joinThree(home.url);
  const writers = new Writers(nodes, PAGES, 200);
  await writers.start();
  for (let round = 0; round < 4; round++) {
    for (const [n, node] of nodes.entries()) {
      await take(node, `${round}.${n}.img`);
      assert.deepEqual((await writers.contradictions(file(`${round}.${n}.img`))).slice(0, 3), []);
    }
  }
  await writers.stop();
});

test('one that its caller aborts leaves no image, writers go on, and the next is whole', async () => {
  const home = await startHome(LONG_LEASE);
  const [one, two] = [await join(home.url, MANY), await join(home.url, MANY)];
  const far = await joinFar(home);
  const writers = new Writers([one, two], MANY_PAGES, FILLER);
  await writers.start();
  await assert.rejects(take(far, 'a.img', { at: 'abort' }), /the snapshot was ended by its caller/);
  noImage();
  await goesOn(one, 1);
  await take(two, 'b.img');
  assert.deepEqual((await writers.contradictions(file('b.img'))).slice(0, 3), []);
});

test('its region is closed: no image is left, not even a part of one', async () => {
  const home = await startHome(LONG_LEASE);
  const one = await join(home.url, MANY);
  const far = await joinFar(home);
  await one.ask({ do: 'write', page: 1, pages: FILLER, value: 5 });
  await assert.rejects(take(far, 'a.img', { at: 'close' }), /closed/);
  noImage();
  await take(one, 'b.img');
});

test('the node that takes it is killed: writers go on, and another takes one', async () => {
  const home = await startHome(LEASE);
  const [one, two] = [await join(home.url, MANY), await join(home.url, MANY)];
  const far = await joinFar(home);
  const writers = new Writers([one, two], MANY_PAGES, FILLER);
  await writers.start();
  const taken = take(far, 'a.img', { at: 'kill' });
  await assert.rejects(taken, /the process has ended/);
  assert.equal(existsSync(file('a.img')), false);
  await goesOn(two, 1);
  await take(two, 'b.img');
  assert.deepEqual((await writers.contradictions(file('b.img'))).slice(0, 3), []);
});

test('the node that takes it is stopped for longer than its lease: writers go on, and it rejects when it continues', async () => {
  const home = await startHome(LEASE);
  const [one, two] = [await join(home.url, MANY), await join(home.url, MANY)];
  const far = await joinFar(home);
  const writers = new Writers([one, two], MANY_PAGES, FILLER);
  await writers.start();
  const taken = take(far, 'a.img', { at: 'stop' });
  const refused = assert.rejects(taken, /this node is (?:no|not a) member of the shared region any more/);
  await until(() => readFileSync(`/proc/${far.process.pid}/stat`, 'utf8').includes(') T '), 'it is stopped');
  // It is the second in a row: the cut before has to end, with the lease.
  await take(two, 'b.img');
  assert.deepEqual((await writers.contradictions(file('b.img'))).slice(0, 3), []);
  await goesOn(one, 1);
  far.kill('SIGCONT');
  await refused;
  assert.equal(existsSync(file('a.img')), false);
});

test('an owner is stopped, and continues within its lease: the image waits for its pages', async () => {
  const home = await startHome(LONG_LEASE);
  const [one, two] = pair(await joinThree(home.url));
  await one.ask({ do: 'write', page: 5, pages: 3, value: 9 });
  one.kill('SIGSTOP');
  const taken = take(two, 'a.img');
  await sleep(200);
  one.kill('SIGCONT');
  await taken;
  const words = await wordsOf(file('a.img'), PAGES);
  assert.deepEqual(
    [4, 5, 6, 7, 8].map((page) => words[page * PAGE_INTS]),
    [0, 9, 9, 9, 0],
  );
});

test('an owner is killed meanwhile, and its pages are lost: no image, and the error names them. So after it', async () => {
  const home = await startHome(LEASE);
  const [one, two, three] = await joinThree(home.url);
  await two.ask({ do: 'write', page: 1, value: 5 });
  await one.ask({ do: 'write', page: 5, pages: 3, value: 9 });
  await one.ask({ do: 'write', page: 11, value: 9 });
  one.kill('SIGSTOP');
  const taken = take(two, 'a.img');
  const refused = assert.rejects(taken, /4 pages are lost: 5 to 7, 11$/);
  // It waits for a page that the snapshot has been granted nothing of.
  const written = three.ask({ do: 'write', page: 1, value: 6 });
  one.kill('SIGKILL');
  await refused;
  await written;
  // It is its first event that pages are lost.
  await untilAnswer(eventsOf(three), (events) => events.length > 0, 'lost');
  await assert.rejects(take(three, 'b.img'), /4 pages are lost: 5 to 7, 11$/);
  noImage();
});

test('pages of a killed owner that are rolled back are in the image as the home got them last', async () => {
  const home = await startHome(LEASE);
  const options: Partial<JoinOptions> = { onLost: 'lastWritten' };
  const [one, two] = [await join(home.url, options), await join(home.url, options)];
  await one.ask({ do: 'write', page: 5, pages: 3, value: 8 });
  await one.ask({ do: 'flush' });
  await one.ask({ do: 'write', page: 6, value: 9 });
  one.kill('SIGSTOP');
  const taken = take(two, 'a.img');
  one.kill('SIGKILL');
  await taken;
  const words = await wordsOf(file('a.img'), PAGES);
  assert.deepEqual(
    [4, 5, 6, 7, 8].map((page) => words[page * PAGE_INTS]),
    [0, 8, 8, 8, 0],
  );
});

test('the home is killed meanwhile, and another follows: no image, writers go on, and the next is whole', async () => {
  const files = ['--store', `file:${file('pages')}`, '--journal', file('journal')];
  const home = await startHome(LEASE, files);
  const [one, two] = [await join(home.url, MANY), await join(home.url, MANY)];
  const far = await joinFar(home);
  const writers = new Writers([one, two], MANY_PAGES, FILLER);
  await writers.start();
  const taken = take(far, 'a.img', { mark: file('mark') });
  const refused = assert.rejects(taken, /the snapshot has ended: the connection to the home was lost/);
  await until(() => existsSync(file('mark')), 'pages have arrived');
  home.kill('SIGKILL');
  await home.exited;
  await startHome(LEASE, files, home.url);
  await refused;
  noImage();
  await goesOn(one, 1);
  await take(far, 'b.img');
  assert.deepEqual((await writers.contradictions(file('b.img'))).slice(0, 3), []);
});

test('what is no target, and options that a shared region does not have, are refused', async () => {
  const home = await startHome(LONG_LEASE);
  const node = await join(home.url);
  await assert.rejects(take(node, '.'), /it is a folder/);
  await assert.rejects(node.ask({ do: 'snapshot', path: '' }), /target: there is no path/);
  await assert.rejects(node.ask({ do: 'snapshot', path: file('no/a.img') }), /ENOENT|no such/i);
  await assert.rejects(take(node, 'a.img', { from: file('b.img') }), /incrementalFrom: a shared region has no/);
  // The next is not behind any of them.
  await take(node, 'a.img');
  const words = await wordsOf(file('a.img'), PAGES);
  assert.ok(words.every((word) => word === 0));
});

test.run();
