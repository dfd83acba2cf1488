// budget: 300 s
// parts: 2
// covers: src/dsm/, assembly/dsm/
// A discarded range reads as zeros in every process from then on, in order with the writes of all of them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JoinOptions } from '../../src/index.js';
import { contradictions } from '../support/dsm/checks.js';
import type { WordOperation } from '../support/dsm/child.js';
import { eventsOf, HomeProcess, NodeProcess, rangesIn, untilAnswer } from '../support/dsm/nodes.js';
import { countsOf, untilFrozen } from '../support/dsm/scenes.js';
import { suite } from '../support/parts.js';
import { DelayedLine } from '../support/servers/delay.js';
import { startRedis } from '../support/servers/servers.js';

const test = suite('discards of a shared region');
const PAGE = 4096;
/** Of tests that end or stop a process; of the others no lease ends, however busy the machine is. */
const LEASE = 3000;
const LONG_LEASE = 30_000;
/** Ten minutes of Δ: no page leaves by itself within this test. */
const NEVER = 600_000;
const open: Array<{ end(): Promise<void> }> = [];
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-discard-'));
});
test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
  rmSync(folder, { recursive: true });
});

async function startHome(lease: number, args: readonly string[] = [], listen?: string): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', String(lease), ...args], listen);
  open.push(home);
  return home;
}

async function join(url: string, options: Partial<JoinOptions> = {}): Promise<NodeProcess> {
  const node = await NodeProcess.join(url, { name: 'region', byteLength: 256 * PAGE, holdMs: 0, ...options });
  open.push(node);
  return node;
}

async function joinThree(url: string): Promise<[NodeProcess, NodeProcess, NodeProcess]> {
  return [await join(url), await join(url), await join(url)];
}

test('pages that others own, read and have never touched are zeros in all three', async () => {
  const home = await startHome(LONG_LEASE);
  const nodes = await joinThree(home.url);
  const [one, two, three] = nodes;
  await one.ask({ do: 'write', page: 0, pages: 8, value: 5 });
  await two.ask({ do: 'read', page: 2, pages: 2 });
  await two.ask({ do: 'write', page: 4, pages: 2, value: 6 });
  await three.ask({ do: 'discard', page: 1, pages: 6 });
  for (const node of nodes)
    assert.deepEqual(await node.ask({ do: 'read', page: 0, pages: 8 }), [5, 0, 0, 0, 0, 0, 0, 5]);
  // What is written after it stays.
  await one.ask({ do: 'write', page: 2, value: 7 });
  for (const node of nodes) assert.deepEqual(await node.ask({ do: 'read', page: 1, pages: 3 }), [0, 7, 0]);
  // The owner's own, and one that it reads.
  await one.ask({ do: 'write', page: 2, value: 8 });
  await one.ask({ do: 'discard', page: 2, pages: 2 });
  for (const node of nodes) assert.deepEqual(await node.ask({ do: 'read', page: 2, pages: 2 }), [0, 0]);
  await assert.rejects(one.ask({ do: 'discard', page: 0.5 }), /not whole pages/);
  await assert.rejects(one.ask({ do: 'discard', page: 255, pages: 2 }), /are not in a region/);
});

test('more pages than go at once, and the store forgets them: Redis behind the home', async () => {
  const redis = await startRedis();
  open.push({ end: async () => redis.stop() });
  const home = await startHome(LONG_LEASE, ['--store', redis.url]);
  const [one, two] = await joinThree(home.url);
  await one.ask({ do: 'write', page: 0, pages: 200, value: 5 });
  await one.ask({ do: 'evict', page: 0, pages: 200 });
  await two.ask({ do: 'discard', page: 0, pages: 199 });
  // Page after page: most of them are asked for ahead.
  const expected = [...new Array<number>(199).fill(0), 5];
  assert.deepEqual(await one.ask({ do: 'read', page: 0, pages: 200 }), expected);
  await two.ask({ do: 'write', page: 7, value: 6 });
  await two.ask({ do: 'evict', page: 0, pages: 200 });
  expected[7] = 6;
  assert.deepEqual(await one.ask({ do: 'read', page: 0, pages: 200 }), expected);
});

test('under a resident limit, with pages that were asked for ahead: what was discarded takes no room, and is zeros', async () => {
  const home = await startHome(LONG_LEASE);
  const one = await join(home.url, { resident: 128 * PAGE });
  const two = await join(home.url);
  for (let round = 1; round <= 3; round++) {
    await two.ask({ do: 'write', page: 0, pages: 256, value: round });
    await two.ask({ do: 'flush' });
    await one.ask({ do: 'read', page: 0, pages: 100 });
    await one.ask({ do: 'discard', page: 50, pages: 100 });
    const evictions = (await countsOf(one)()).evictions;
    // As many as have room now.
    await one.ask({ do: 'load', page: 160, pages: 60 });
    assert.equal((await countsOf(one)()).evictions, evictions);
    const expected = Array.from({ length: 256 }, (_, page) => (page >= 50 && page < 150 ? 0 : round));
    for (const node of [one, two]) assert.deepEqual(await node.ask({ do: 'read', page: 0, pages: 256 }), expected);
  }
});

test('with write-through a page that is discarded before Δ is sent as zeros, and nothing follows', async () => {
  const home = await startHome(LEASE);
  const one = await join(home.url, { writeBack: 'through', holdMs: NEVER });
  const two = await join(home.url);
  await one.ask({ do: 'write', page: 1, pages: 2, value: 5 });
  await one.ask({ do: 'discard', page: 1 });
  await two.ask({ do: 'write', page: 1, value: 6 });
  const short = await join(home.url, { writeBack: 'through', holdMs: 2 });
  await short.ask({ do: 'discard', page: 1 });
  await short.ask({ do: 'write', page: 3, value: 7 });
  await untilAnswer(countsOf(short), ({ puts }) => puts > 0, 'sent');
  await short.ask({ do: 'discard', page: 3 });
  one.kill('SIGKILL');
  short.kill('SIGKILL');
  const events = await untilAnswer(eventsOf(two), (list) => rangesIn(list, 'lost').length > 0, 'lost');
  // Page 2 is the only one that an owner had, and has not sent.
  assert.deepEqual(rangesIn(events, 'lost'), [{ byteOffset: 2 * PAGE, byteLength: PAGE }]);
  assert.deepEqual(await two.ask({ do: 'read', page: 1, pages: 1 }), [0]);
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 1 }), [0]);
});

test('a home that follows reads zeros, though its store has older bytes', async () => {
  const files = ['--store', `file:${path.join(folder, 'pages')}`, '--journal', path.join(folder, 'journal')];
  const home = await startHome(LEASE, files);
  const [one, two, three] = await joinThree(home.url);
  await one.ask({ do: 'write', page: 1, pages: 3, value: 5 });
  await one.ask({ do: 'evict', page: 1, pages: 3 });
  await two.ask({ do: 'discard', page: 1, pages: 2 });
  home.kill('SIGKILL');
  await home.exited;
  await startHome(LEASE, files, home.url);
  assert.deepEqual(await three.ask({ do: 'read', page: 0, pages: 5 }), [0, 0, 0, 5, 0]);
  await one.ask({ do: 'write', page: 1, value: 6 });
  assert.deepEqual(await three.ask({ do: 'read', page: 1, pages: 1 }), [6]);
  assert.deepEqual(await eventsOf(three)(), []);
});

test('a home is killed while a node discards, and another follows: the promise resolves, and the pages are zeros', async () => {
  const files = ['--store', `file:${path.join(folder, 'pages')}`, '--journal', path.join(folder, 'journal')];
  let home = await startHome(LEASE, files);
  const [one, two] = await joinThree(home.url);
  for (let round = 1; round <= 3; round++) {
    await two.ask({ do: 'write', page: 0, pages: 256, value: round });
    await two.ask({ do: 'flush' });
    const discarded = one.ask({ do: 'discard', page: 0, pages: 255 });
    await sleep(Math.random() * 20);
    home.kill('SIGKILL');
    await home.exited;
    home = await startHome(LEASE, files, home.url);
    await discarded;
    const expected = [...new Array<number>(255).fill(0), round];
    for (const node of [one, two]) assert.deepEqual(await node.ask({ do: 'read', page: 0, pages: 256 }), expected);
  }
  for (const node of [one, two]) assert.deepEqual(await eventsOf(node)(), []);
});

test('the node that has discarded is killed: the pages stay zeros. A lost page stays lost', async () => {
  const home = await startHome(LEASE);
  const [one, two, three] = await joinThree(home.url);
  await one.ask({ do: 'write', page: 1, pages: 2, value: 5 });
  await two.ask({ do: 'discard', page: 1 });
  await two.ask({ do: 'write', page: 3, value: 6 });
  two.kill('SIGKILL');
  const events = await untilAnswer(eventsOf(three), (list) => list.length > 0, 'lost');
  assert.deepEqual(rangesIn(events, 'lost'), [{ byteOffset: 3 * PAGE, byteLength: PAGE }]);
  assert.deepEqual(await three.ask({ do: 'read', page: 1, pages: 2 }), [0, 5]);
  await assert.rejects(one.ask({ do: 'discard', page: 3 }), /page 3 .* lost/);
});

test('a node is killed at any moment while it discards: each page is zeros or what it was, and it was that where it is lost', async () => {
  const home = await startHome(LEASE);
  const witness = await join(home.url, { onLost: 'lastWritten' });
  for (let round = 1; round <= 4; round++) {
    await witness.ask({ do: 'write', page: 0, pages: 256, value: round });
    await witness.ask({ do: 'flush' });
    const node = await join(home.url, { onLost: 'lastWritten' });
    await node.ask({ do: 'discard', page: 0, pages: 8 });
    const before = (await eventsOf(witness)()).length;
    // It never answers.
    node.ask({ do: 'discard', page: 8, pages: 248 }).catch(() => {});
    await sleep(Math.random() * 15);
    node.kill('SIGKILL');
    await node.exited;
    const read = await witness.ask<number[]>({ do: 'read', page: 0, pages: 256 });
    for (const [page, value] of read.entries())
      assert.ok(value === 0 || (page >= 8 && value === round), `round ${round}, page ${page}: ${value}`);
    for (const { byteOffset, byteLength } of rangesIn((await eventsOf(witness)()).slice(before), 'lost')) {
      const lost = read.slice(byteOffset / PAGE, (byteOffset + byteLength) / PAGE);
      assert.ok(
        lost.every((value) => value === round),
        `round ${round}, pages from ${byteOffset / PAGE} are lost: ${lost}`,
      );
    }
  }
});

test('a discard waits while the home is stopped, and is done when it continues', async () => {
  const home = await startHome(LEASE);
  const [one, two] = await joinThree(home.url);
  await one.ask({ do: 'write', page: 0, pages: 4, value: 5 });
  await two.ask({ do: 'write', page: 2, pages: 2, value: 6 });
  home.kill('SIGSTOP');
  await untilFrozen(one);
  // Its own pages, which the freeze has saved, and those of the other.
  const discarded = one.ask({ do: 'discard', page: 1, pages: 2 });
  await sleep(100);
  home.kill('SIGCONT');
  await discarded;
  for (const node of [one, two]) assert.deepEqual(await node.ask({ do: 'read', page: 0, pages: 4 }), [5, 0, 0, 6]);
});

test('a connection breaks while a node discards: each page is discarded once', async () => {
  const home = await startHome(LONG_LEASE);
  const line = await DelayedLine.open({ to: Number(home.url.split(':').at(-1)), delay: 0 });
  open.push({ end: async () => line.close() });
  const one = await join(`tcp://127.0.0.1:${line.port}`);
  const two = await join(home.url);
  for (let round = 1; round <= 5; round++) {
    await two.ask({ do: 'write', page: 0, pages: 64, value: round });
    const discarded = one.ask({ do: 'discard', page: 0, pages: 64 });
    line.cut();
    await discarded;
    await two.ask({ do: 'write', page: 3, pages: 2, value: 100 + round });
    line.cut();
    const expected = Array.from({ length: 64 }, (_, page) => (page === 3 || page === 4 ? 100 + round : 0));
    assert.deepEqual(await one.ask({ do: 'read', page: 0, pages: 64 }), expected);
    assert.deepEqual(await two.ask({ do: 'read', page: 0, pages: 64 }), expected);
  }
});

for (const through of [false, true]) {
  const name = through ? ', and writes go through' : '';
  test(`words are linearizable while each of three nodes discards a page that all write${name}`, async () => {
    const home = await startHome(LONG_LEASE);
    const options: Partial<JoinOptions> = through ? { writeBack: 'through', holdMs: 1 } : {};
    const nodes = [await join(home.url, options), await join(home.url, options), await join(home.url, options)];
    const planted = (await nodes[0]?.ask<WordOperation[]>({ do: 'plant', pages: 3 })) ?? [];
    const ask = { do: 'operate', pages: 3, ms: 2000 };
    const histories = await Promise.all(
      nodes.map((node, role) => node.ask<WordOperation[]>({ ...ask, role, page: role, seed: role + 3 })),
    );
    const all = [...planted, ...histories.flat()];
    assert.equal(all.filter(([kind, , value]) => kind === 1 && value === 0).length, 6);
    assert.ok(
      all.some(([kind, , value]) => kind === 0 && value === 0),
      'somebody has read zeros',
    );
    assert.deepEqual(contradictions(all).slice(0, 5), []);
  });
}

test.run();
