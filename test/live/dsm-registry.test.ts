// budget: 300 s
// parts: 2
// covers: src/dsm/, assembly/dsm/
// uses: redis
// Homes on several hosts, with the journal in Redis: one is the home, and when it ends, stops or loses Redis, no byte that a node wrote is lost.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventsOf, HomeProcess, NodeProcess, pair, rangesIn, untilAnswer } from '../support/dsm/nodes.js';
import { losesOwned, ownPages, untilFrozen } from '../support/dsm/scenes.js';
import { suite } from '../support/parts.js';
import { find } from '../support/process/packages.js';
import { freePort, type Server, startRedis, until } from '../support/servers/servers.js';

const test = suite('homes with a journal in Redis');
const PAGE = 4096;
const LEASE = 3000;
const open: Array<{ end(): Promise<void> }> = [];
let redis: Server;

test.before.each(async () => {
  redis = await startRedis();
});
test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
  await redis.stop();
});

const journal = () => ['--journal', `${redis.url}?prefix=prices:`];

function cli(...args: string[]): string {
  return execFileSync(find('redis-cli'), ['-p', String(redis.port), ...args], { encoding: 'utf8' }).trim();
}

async function startHome(listen?: string): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', String(LEASE), ...journal()], listen);
  open.push(home);
  return home;
}

/** A home that waits; `start` resolves when it is the home. */
async function startNext(): Promise<{ url: string; home: HomeProcess; began: Promise<string> }> {
  const url = `tcp://127.0.0.1:${await freePort()}`;
  const home = HomeProcess.spawn(['--listen', url, '--lease', String(LEASE), ...journal()]);
  open.push(home);
  await home.said(/it waits: process \d+ of host \S+ is the home/);
  const began = home.line('the next home');
  // A test that fails before it waits for this ends the home.
  began.catch(() => {});
  return { url, home, began };
}

async function joinTwo(urls: string[], options: object = {}): Promise<[NodeProcess, NodeProcess]> {
  const join = () => NodeProcess.join(urls, { name: 'region', byteLength: 16 * PAGE, holdMs: 0, ...options });
  const nodes = await Promise.all([join(), join()]);
  open.push(...nodes);
  return pair(nodes);
}

/** Pages that both nodes have written, and what they read of them now. */
async function writeSome([one, two]: [NodeProcess, NodeProcess]): Promise<void> {
  await one.ask({ do: 'write', page: 1, pages: 3, value: 5 });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  await two.ask({ do: 'write', page: 3, value: 6 });
  await one.ask({ do: 'evict', page: 1 });
}

async function checkAll(nodes: [NodeProcess, NodeProcess]): Promise<void> {
  const [one, two] = nodes;
  for (const node of nodes) assert.deepEqual(await node.ask({ do: 'read', page: 0, pages: 5 }), [0, 5, 5, 6, 0]);
  await one.ask({ do: 'write', page: 3, value: 7 });
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 1 }), [7]);
  for (const node of nodes) assert.deepEqual(await eventsOf(node)(), []);
}

test('a second home waits; the first is killed, and its nodes go on at the second with all that they wrote', async () => {
  const first = await startHome();
  const next = await startNext();
  const nodes = await joinTwo([first.url, next.url]);
  await writeSome(nodes);
  first.kill('SIGKILL');
  assert.match(await next.began, /home at/);
  await checkAll(nodes);
  assert.equal(cli('hget', 'prices:home', 'epoch'), '2');
});

test('a home that ends by itself is followed at once', async () => {
  const first = await startHome();
  const next = await startNext();
  const nodes = await joinTwo([next.url, first.url]);
  await writeSome(nodes);
  first.kill('SIGTERM');
  assert.deepEqual(await first.exited, { code: 0, signal: null });
  await next.began;
  await checkAll(nodes);
});

test('a home that is stopped is followed; when it continues, it changes nothing and ends', async () => {
  const first = await startHome();
  const next = await startNext();
  const nodes = await joinTwo([first.url, next.url]);
  await writeSome(nodes);
  first.kill('SIGSTOP');
  await next.began;
  await checkAll(nodes);
  await nodes[0].ask({ do: 'flush' });
  const before = cli('--raw', 'getrange', 'prices:journal', '0', '-1');
  first.kill('SIGCONT');
  await first.said(/another home has taken this one’s place/);
  assert.deepEqual(await first.exited, { code: 1, signal: null });
  assert.equal(cli('--raw', 'getrange', 'prices:journal', '0', '-1'), before);
  assert.deepEqual(await nodes[1].ask({ do: 'read', page: 3, pages: 1 }), [7]);
});

test('the home is killed with an owner: exactly the owner’s pages are lost', async () => {
  const first = await startHome();
  const next = await startNext();
  const [one, two] = await joinTwo([first.url, next.url]);
  await ownPages(one, two);
  first.kill('SIGKILL');
  one.kill('SIGKILL');
  await next.began;
  await losesOwned(two);
});

test('Redis is away for longer than a lease: all freeze, and continue when it is there again', async () => {
  const home = await startHome();
  const nodes = await joinTwo([home.url]);
  await writeSome(nodes);
  await redis.kill('SIGKILL');
  await untilFrozen(nodes[0]);
  await home.said(/its journal cannot be reached/);
  await sleep(2 * LEASE);
  await redis.restart();
  await checkAll(nodes);
});

test('Redis stays away: every wait ends', async () => {
  const home = await startHome();
  const [one, two] = await joinTwo([home.url], { patienceMs: 500 });
  await one.ask({ do: 'write', page: 1, value: 5 });
  await redis.kill('SIGKILL');
  await assert.rejects(two.ask({ do: 'load', page: 1 }), /does not answer/);
  const events = await untilAnswer(eventsOf(one), (list) => list.length > 0, 'fenced');
  assert.deepEqual(rangesIn(events, 'fenced'), [{ byteOffset: PAGE, byteLength: PAGE }]);
  home.kill('SIGTERM');
  assert.deepEqual(await home.exited, { code: 0, signal: null });
});

test('Redis has lost what it had confirmed: the home writes it again', async () => {
  const home = await startHome();
  const nodes = await joinTwo([home.url]);
  await writeSome(nodes);
  const batch = Number(cli('hget', 'prices:home', 'batch'));
  // As if a replica that lacked all of it had taken the place of the server.
  execFileSync(find('redis-cli'), ['-p', String(redis.port)], {
    input: 'multi\nhset prices:home batch 0\nunlink prices:journal prices:1 prices:2 prices:3\nexec\n',
  });
  // No page is read from it before.
  await checkAll(nodes);
  assert.ok(Number(cli('hget', 'prices:home', 'batch')) > batch);
});

test('Redis is killed with the home, and a replica takes its place: nothing that was confirmed is lost', async () => {
  const replica = await startRedis({ args: ['--replicaof', '127.0.0.1', String(redis.port)] });
  open.push({ end: () => replica.stop() });
  // Until it has all that the primary has, nothing is confirmed.
  await until(() => cli('info', 'replication').includes('state=online'), 'the replica');
  const careful = ['--lease', String(LEASE), '--journal-replicas', '1'];
  const home = await HomeProcess.start([...careful, ...journal()]);
  open.push(home);
  const nodes = await joinTwo([home.url], { patienceMs: 100_000 });
  await writeSome(nodes);
  // No replica has what is written now: nobody may hear of it.
  await replica.kill('SIGSTOP');
  let isGranted = false;
  const granted = nodes[0].ask({ do: 'load', page: 8, write: true }).then(() => (isGranted = true));
  await untilFrozen(nodes[1]);
  assert.equal(isGranted, false);
  await replica.kill('SIGCONT');
  await granted;
  await Promise.all([home.end(), redis.kill('SIGKILL')]);
  execFileSync(find('redis-cli'), ['-p', String(replica.port), 'replicaof', 'no', 'one']);
  const next = ['--journal', `${replica.url}?prefix=prices:`, '--lease', String(LEASE)];
  open.push(await HomeProcess.start(next, home.url));
  await checkAll(nodes);
});

test('Redis has lost everything: the home ends, and no other continues', async () => {
  const home = await startHome();
  await joinTwo([home.url]);
  cli('flushall');
  await home.said(/has lost what it had confirmed/);
  assert.deepEqual(await home.exited, { code: 1, signal: null });
  await assert.rejects(startHome(), /has lost what it had confirmed .*remove the keys of the prefix/s);
});

test('a journal that is none is refused, and so are a cluster, a URL without a prefix, and a store beside it', async () => {
  const refused = async (why: RegExp, ...set: string[]) => {
    cli('flushall');
    cli(...set);
    await assert.rejects(startHome(), why);
    assert.equal(cli('exists', 'prices:owner'), '0');
  };
  await refused(/prices:.* is not a home's journal/, 'set', 'prices:journal', 'something else');
  await refused(/prices:.* is damaged/, 'set', 'prices:journal', `farpage home journal 1\n${' '.repeat(2000)}`);
  await refused(/WRONGTYPE/, 'rpush', 'prices:journal', 'something else');
  await refused(/not an integer/, 'hset', 'prices:home', 'epoch', 'x');
  await refused(/the key prices:journal is not a home's/, 'setrange', 'prices:journal', String(2 ** 25), 'x');
  const start = (...args: string[]) => HomeProcess.start(args);
  await assert.rejects(start('--journal', redis.url), /no prefix/);
  await assert.rejects(start('--journal', 'redis-cluster://127.0.0.1:1?prefix=x:'), /a cluster cannot keep it/);
  await assert.rejects(
    start(...journal(), '--store', 'file:/x'),
    /a journal in Redis has the pages.*leave --store out/s,
  );
});

test('no password of the journal is in a message', async () => {
  await assert.rejects(
    HomeProcess.start(['--journal', `redis://:hunter2@127.0.0.1:${redis.port}?prefix=x:`]),
    (error: Error) => /redis:\/\/127\.0\.0\.1/.test(error.message) && !error.message.includes('hunter2'),
  );
});

test.run();
