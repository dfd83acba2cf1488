// budget: 600 s
// parts: 2
// covers: src/dsm/, assembly/dsm/
// A region in several processes: what one writes the others read, in an order that all agree on, whichever of them is killed or stopped.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedRegionStats } from '../../src/index.js';
import { contradictions, FORBIDDEN, type Race } from '../support/dsm/checks.js';
import type { WordOperation } from '../support/dsm/child.js';
import { eventsOf, HomeProcess, NodeProcess, pair, rangesIn, untilAnswer } from '../support/dsm/nodes.js';
import { untilFrozen } from '../support/dsm/scenes.js';
import { suite } from '../support/parts.js';
import { DelayedLine } from '../support/servers/delay.js';
import { startRedis } from '../support/servers/servers.js';

const test = suite('a region in several processes');
const PAGE_INTS = 1024;
const PAGE = 4096;
/** Of tests that end or stop a process; of the others no lease ends, however busy the machine is. */
const LEASE = 3000;
const LONG_LEASE = 30_000;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-'));
const open: Array<{ end(): Promise<void> }> = [];

test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
});
test.after(() => rmSync(folder, { recursive: true }));

async function startHome(lease: number, args: readonly string[] = [], listen?: string): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', String(lease), ...args], listen);
  open.push(home);
  return home;
}

async function joinAll(url: string, count: number, options: object = {}): Promise<NodeProcess[]> {
  const join = () => NodeProcess.join(url, { name: 'region', byteLength: 16 * PAGE, holdMs: 0, ...options });
  const nodes = await Promise.all(Array.from({ length: count }, join));
  open.push(...nodes);
  return nodes;
}

test('what one writes the others read, over a private unix socket', async () => {
  const socket = path.join(folder, 'home.sock');
  const home = await startHome(LONG_LEASE, [], `unix:${socket}`);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 1, pages: 2, value: 7 });
  assert.deepEqual(await two.ask({ do: 'read', page: 0, pages: 4 }), [0, 7, 7, 0]);
  const changed = two.ask({ do: 'changed', page: 1, value: 7 });
  await one.ask({ do: 'write', page: 1, value: 8 });
  assert.equal(await changed, 8);
  await two.ask({ do: 'load', page: 1, write: true });
  await two.ask({ do: 'write', page: 1, value: 9 });
  // Reading one page after the other has brought the two after them.
  assert.equal(await two.ask({ do: 'evict', page: 0, pages: 16 }), 6);
  await two.ask({ do: 'flush' });
  assert.deepEqual(await one.ask({ do: 'read', page: 1, pages: 1 }), [9]);
  const { dsm } = await one.ask<SharedRegionStats>({ do: 'stats' });
  assert.ok(dsm.grants >= 2 && dsm.recalls >= 1, JSON.stringify(dsm));
  await one.ask({ do: 'close' });
  assert.deepEqual(await two.ask({ do: 'read', page: 1, pages: 2 }), [9, 7]);
});

test('a node with another token, length or policy is refused', async () => {
  const token = path.join(folder, 'token');
  writeFileSync(token, 'secret\n');
  const home = await startHome(LONG_LEASE, ['--token-file', token]);
  await joinAll(home.url, 1, { token: 'secret' });
  await assert.rejects(joinAll(home.url, 1, { token: 'wrong' }), /token/);
  await assert.rejects(joinAll(home.url, 1), /token/);
  await assert.rejects(joinAll(home.url, 1, { token: '' }), /token: it is empty/);
  await assert.rejects(joinAll(home.url, 1, { token: 'secret', byteLength: PAGE }), /has 65536 bytes/);
  await assert.rejects(joinAll(home.url, 1, { token: 'secret', onLost: 'lastWritten' }), /onLost/);
});

test('words are linearizable with three nodes, evictions and prefetch', async () => {
  const home = await startHome(LONG_LEASE);
  const nodes = await joinAll(home.url, 3);
  const histories = await Promise.all(
    nodes.map((node, role) => node.ask<WordOperation[]>({ do: 'operate', role, pages: 2, ms: 2000, seed: role + 1 })),
  );
  for (const history of histories) assert.ok(history.length > 10, `${history.length} operations`);
  assert.deepEqual(contradictions(histories.flat()).slice(0, 5), []);
});

test('the same over TCP with Redis behind the home: every page goes there', async () => {
  const redis = await startRedis();
  open.push({ end: async () => redis.stop() });
  const home = await startHome(LONG_LEASE, ['--store', redis.url]);
  const nodes = await joinAll(home.url, 3);
  const ask = { do: 'operate', pages: 2, ms: 1500 };
  const histories = await Promise.all(
    nodes.map((node, role) => node.ask<WordOperation[]>({ ...ask, role, seed: role + 7 })),
  );
  assert.deepEqual(contradictions(histories.flat()).slice(0, 5), []);
  const [one, two] = pair(nodes);
  await one.ask({ do: 'write', page: 5, value: 5 });
  await one.ask({ do: 'evict', page: 5 });
  assert.deepEqual(await two.ask({ do: 'read', page: 5, pages: 2 }), [5, 0]);
});

test('four writers on one word: each gets on, and no addition is lost', async () => {
  const home = await startHome(LONG_LEASE);
  const nodes = await joinAll(home.url, 4, { holdMs: 2 });
  const ask = { do: 'race', test: 'ADD', role: 0, x: PAGE_INTS, ms: 1500 };
  const races = await Promise.all(nodes.map((node) => node.ask<Race>(ask)));
  for (const { count } of races) assert.ok(count > 0);
  const sum = races.reduce((total, { count }) => total + count, 0);
  assert.deepEqual(await nodes[0]?.ask({ do: 'read', page: 1, pages: 1 }), [sum | 0]);
});

test('the owner is killed: exactly its pages are lost, the others go on', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 2, pages: 2, value: 4 });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 2 }), [4, 4]);
  await one.ask({ do: 'write', page: 2, pages: 2, value: 5 });
  await one.ask({ do: 'write', page: 6, value: 6 });
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 1 }), [5]);
  one.kill('SIGKILL');
  const events = await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  assert.deepEqual(rangesIn(events, 'lost'), [
    { byteOffset: 2 * PAGE, byteLength: PAGE },
    { byteOffset: 6 * PAGE, byteLength: PAGE },
  ]);
  await assert.rejects(two.ask({ do: 'load', page: 2 }), /page 2 .* lost/);
  await assert.rejects(two.ask({ do: 'load', page: 6, write: true }), /page 6 .* lost/);
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 1 }), [5]);
  await two.ask({ do: 'write', page: 3, value: 8 });
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 2 }), [8, 0]);
  // It had a copy of this page before.
  await assert.rejects(two.ask({ do: 'read', page: 2, pages: 1 }), /ended/);
  assert.equal((await two.exited).signal, 'SIGBUS');
});

test('onLost lastWritten: the pages of a killed owner have what the home got last', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2, { onLost: 'lastWritten' }));
  await one.ask({ do: 'write', page: 2, value: 5 });
  await one.ask({ do: 'flush' });
  await one.ask({ do: 'write', page: 2, value: 6 });
  await one.ask({ do: 'write', page: 4, value: 7 });
  one.kill('SIGKILL');
  const events = await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  assert.deepEqual(
    rangesIn(events, 'lost').map(({ byteOffset }) => byteOffset / PAGE),
    [2, 4],
  );
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 3 }), [5, 0, 0]);
});

test('a reader is killed: the writer waits for no longer than its lease', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 1, value: 1 });
  assert.deepEqual(await two.ask({ do: 'read', page: 1, pages: 1 }), [1]);
  two.kill('SIGKILL');
  await one.ask({ do: 'write', page: 1, value: 2 });
  assert.deepEqual(await one.ask({ do: 'read', page: 1, pages: 1 }), [2]);
  assert.deepEqual(await eventsOf(one)(), []);
});

test('a stopped owner is taken out: it learns what of its writes is discarded, and nobody else sees it', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2, { onLost: 'lastWritten' }));
  await one.ask({ do: 'write', page: 2, value: 5 });
  await one.ask({ do: 'flush' });
  await one.ask({ do: 'write', page: 2, value: 6 });
  one.kill('SIGSTOP');
  await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  await two.ask({ do: 'write', page: 2, value: 7 });
  one.kill('SIGCONT');
  const events = await untilAnswer(eventsOf(one), (list) => list.length > 0, 'fenced');
  assert.deepEqual(rangesIn(events, 'fenced'), [{ byteOffset: 2 * PAGE, byteLength: PAGE }]);
  await assert.rejects(one.ask({ do: 'load', page: 2 }), /not a member/);
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [7]);
});

test('the home is stopped and continues: its nodes freeze, and continue too', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 2, value: 5 });
  home.kill('SIGSTOP');
  await untilFrozen(one);
  home.kill('SIGCONT');
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  await one.ask({ do: 'write', page: 2, value: 6 });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [6]);
  assert.deepEqual([await eventsOf(one)(), await eventsOf(two)()], [[], []]);
});

test('after a freeze: `changed` sees what the page has, and a close loses nothing that nobody has touched since', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 2, pages: 2, value: 5 });
  home.kill('SIGSTOP');
  await untilFrozen(one);
  home.kill('SIGCONT');
  assert.equal(await one.ask({ do: 'changed', page: 3, value: 0 }), 5);
  await one.ask({ do: 'close' });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 2 }), [5, 5]);
  assert.deepEqual(await eventsOf(two)(), []);
});

test('a close waits for a page that another node asks for while Δ holds it', async () => {
  const home = await startHome(LONG_LEASE);
  const [one, two] = pair(await joinAll(home.url, 2, { holdMs: 1000 }));
  await one.ask({ do: 'write', page: 2, value: 5 });
  const loaded = two.ask({ do: 'load', page: 2 });
  // Whenever the request arrives, the answer is the same; by now it waits for Δ, most likely.
  await sleep(200);
  await one.ask({ do: 'close' });
  await loaded;
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  assert.deepEqual(await eventsOf(two)(), []);
});

test('an aborted `changed` does not ask for its page any more', async () => {
  const home = await startHome(LONG_LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'load', page: 1 });
  assert.equal(await one.ask({ do: 'abandon', page: 1, value: 0 }), 'CLOSED');
  const { reads } = (await one.ask<SharedRegionStats>({ do: 'stats' })).dsm;
  for (let value = 1; value <= 5; value++) {
    await two.ask({ do: 'write', page: 1, value });
    // Time for a wait that is left to show itself.
    await sleep(20);
  }
  assert.equal((await one.ask<SharedRegionStats>({ do: 'stats' })).dsm.reads, reads);
});

test('a connection is lost and made again within the lease: nothing is lost, in either direction', async () => {
  const home = await startHome(LONG_LEASE);
  const line = await DelayedLine.open({ to: Number(home.url.split(':').at(-1)), delay: 0 });
  open.push({ end: async () => line.close() });
  const [one] = await joinAll(`tcp://127.0.0.1:${line.port}`, 1);
  const [two] = await joinAll(home.url, 1);
  assert.ok(one !== undefined && two !== undefined);
  for (let round = 1; round <= 5; round++) {
    await one.ask({ do: 'write', page: 2, pages: 4, value: round });
    // Node one is asked for its pages, and asks for one, while its connection breaks.
    const works = [two.ask({ do: 'load', page: 2, write: true }), one.ask({ do: 'load', page: 7 })];
    line.cut();
    await Promise.all(works);
    assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 4 }), [round, round, round, round]);
    await two.ask({ do: 'write', page: 7, value: round });
    line.cut();
    assert.deepEqual(await one.ask({ do: 'read', page: 7, pages: 1 }), [round]);
  }
  assert.ok(line.connections > 5);
  assert.deepEqual([await eventsOf(one)(), await eventsOf(two)()], [[], []]);
});

test('writeBack interval: of a killed owner the others have what was sent by itself', async () => {
  const home = await startHome(LEASE);
  const options = { writeBack: 'interval', intervalMs: 20, onLost: 'lastWritten' };
  const [one, two] = pair(await joinAll(home.url, 2, options));
  await one.ask({ do: 'write', page: 2, value: 5 });
  const putsOf = async () => (await one.ask<SharedRegionStats>({ do: 'stats' })).dsm;
  await untilAnswer(putsOf, ({ puts }) => puts > 0, 'sent');
  // It waits until the home has what is on its way.
  await one.ask({ do: 'flush' });
  const { puts, handOffs, contended } = await putsOf();
  assert.deepEqual([puts, handOffs, contended], [1, 0, []]);
  one.kill('SIGKILL');
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
});

test('the home is killed: each wait ends', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2, { patienceMs: 500 }));
  await one.ask({ do: 'write', page: 2, pages: 2, value: 5 });
  await one.ask({ do: 'flush' });
  await one.ask({ do: 'write', page: 2, value: 6 });
  home.kill('SIGKILL');
  await assert.rejects(two.ask({ do: 'load', page: 2 }), /not a member/);
  const events = await untilAnswer(eventsOf(one), (list) => list.length > 0, 'fenced');
  assert.deepEqual(rangesIn(events, 'fenced'), [{ byteOffset: 2 * PAGE, byteLength: PAGE }]);
  // A thread that touches what was a copy gets SIGBUS too.
  await assert.rejects(one.ask({ do: 'read', page: 3, pages: 1 }), /ended/);
  assert.equal((await one.exited).signal, 'SIGBUS');
});

test('a page that other code removes is SIGBUS, not zeros, and the others go on', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 2, value: 5 });
  await two.ask({ do: 'write', page: 3, value: 6 });
  await one.ask({ do: 'remove', page: 2 });
  await assert.rejects(one.ask({ do: 'read', page: 2, pages: 1 }), /ended/);
  assert.equal((await one.exited).signal, 'SIGBUS');
  await assert.rejects(two.ask({ do: 'load', page: 2 }), /page 2 .* lost/);
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 1 }), [6]);
});

test('the same for a page of which this node has a copy', async () => {
  const home = await startHome(LEASE);
  const [one, two] = pair(await joinAll(home.url, 2));
  await one.ask({ do: 'write', page: 2, value: 5 });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  await two.ask({ do: 'remove', page: 2 });
  await assert.rejects(two.ask({ do: 'read', page: 2, pages: 1 }), /ended/);
  assert.equal((await two.exited).signal, 'SIGBUS');
  assert.deepEqual(await one.ask({ do: 'read', page: 2, pages: 1 }), [5]);
});

test('one writer and eight readers: each reader sees it grow', async () => {
  const home = await startHome(LONG_LEASE);
  const nodes = await joinAll(home.url, 9, { holdMs: 2 });
  const all = () =>
    Promise.all(
      nodes.map((node, n) =>
        node.ask<Race>({ do: 'race', test: 'CoRR', role: n === 0 ? 0 : 1, x: PAGE_INTS, ms: 2000 }),
      ),
    );
  const grew = ([, ...readers]: Race[]) => readers.every(({ steps }) => steps.length > 1);
  const [writer, ...readers] = await untilAnswer(all, grew, 'each reader sees two values');
  assert.ok(writer !== undefined);
  for (const reader of readers) assert.equal(FORBIDDEN['CoRR']?.(writer, reader), 0);
});

test.run();
