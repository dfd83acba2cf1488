// A home and nodes of which a test writes each message: one that breaks the rules, one that says nothing, a store that fails.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import {
  FLAG_ALL_ZEROS,
  FLAG_BYTES,
  FLAG_STORE,
  MESSAGE_DATA,
  MESSAGE_GET,
  MESSAGE_GRANT,
  MESSAGE_KEPT,
  MESSAGE_LOST,
  MESSAGE_OWN,
  MESSAGE_PUT,
  MESSAGE_RECALL,
  MESSAGE_SHARE,
  MESSAGE_TOOK,
} from '../../../assembly/dsm/layout.js';
import { Home, type HomeOptions } from '../../../src/dsm/home.js';
import { MESSAGE_LEAVE, MESSAGE_LEFT, MESSAGE_RENEW, MESSAGE_RENEWED, PAGE_BYTES } from '../../../src/dsm/message.js';
import { PACKET, readRuns } from '../../../src/migrate/packet.js';
import { Peer } from '../../support/dsm/peer.js';

const LEASE = 600_000;
const test = suite('the home of shared regions');
const homes: Home[] = [];

test.after.each(async () => {
  for (const home of homes.splice(0)) await home.close();
});

async function start(options: Partial<HomeOptions> = {}): Promise<Home> {
  const home = await Home.start({ listen: 'tcp://127.0.0.1:0', leaseMs: LEASE, ...options });
  homes.push(home);
  return home;
}

/** Asks for the page, and confirms the grant. Returns its version. */
async function own(peer: Peer, page = 0): Promise<bigint> {
  peer.send({ message: MESSAGE_OWN, page, req: 1 });
  const { txn, version } = await peer.hear(MESSAGE_GRANT);
  peer.send({ message: MESSAGE_TOOK, page, txn, version });
  return version;
}

for (const message of [MESSAGE_DATA, MESSAGE_PUT]) {
  test(`message ${message} without its page's bytes is refused`, async () => {
    const { url } = await start();
    const [owner, other] = [Peer.greet(url), Peer.greet(url)];
    const version = await own(owner);
    if (message === MESSAGE_DATA) other.send({ message: MESSAGE_GET, req: 1 });
    const { txn } = message === MESSAGE_DATA ? await owner.hear(MESSAGE_RECALL) : { txn: 0 };
    owner.send({ message, txn, version });
    await owner.closed;
    other.end();
  });
}

test('a page’s bytes with a message that has none are refused', async () => {
  const peer = Peer.greet((await start()).url);
  peer.send({ message: MESSAGE_GET, req: 1 }, Buffer.alloc(PAGE_BYTES));
  await peer.closed;
});

for (const [what, flags, bytes] of [
  ['zeros with bytes', FLAG_ALL_ZEROS | FLAG_BYTES, Buffer.alloc(PAGE_BYTES)],
  ['a message of neither', 0, undefined],
] as const) {
  test(`what a node has written: ${what} is refused`, async () => {
    const peer = Peer.greet((await start()).url);
    const version = await own(peer);
    peer.send({ message: MESSAGE_PUT, version, flags }, bytes);
    await peer.closed;
  });
}

test('a request that says that its page is zeros is refused', async () => {
  const peer = Peer.greet((await start()).url);
  peer.send({ message: MESSAGE_OWN, req: 1, flags: FLAG_ALL_ZEROS });
  await peer.closed;
});

for (const rollBack of [false, true]) {
  const what = rollBack ? 'the page has the bytes of before' : 'the page is lost';
  test(`a node is gone after it was granted a page to discard, and before it said that it is zeros: ${what}`, async () => {
    const { url } = await start();
    const [owner, other] = [Peer.greet(url, { rollBack }), Peer.greet(url, { rollBack })];
    const written = Buffer.alloc(PAGE_BYTES, 7);
    owner.send({ message: MESSAGE_PUT, version: await own(owner) }, written);
    await owner.hear(MESSAGE_KEPT);
    owner.send({ message: MESSAGE_OWN, req: 2, version: 2n ** 64n - 1n });
    const { txn, version, bytes } = await owner.hear(MESSAGE_GRANT);
    assert.equal(bytes, null);
    owner.send({ message: MESSAGE_TOOK, txn, version });
    owner.send({ message: MESSAGE_LEAVE });
    assert.deepEqual(readRuns(await other.packet(PACKET.lost), 1), [{ first: 0, count: 1 }]);
    other.send({ message: MESSAGE_GET, req: 1 });
    if (rollBack) assert.deepEqual((await other.hear(MESSAGE_SHARE)).bytes, written);
    else await other.hear(MESSAGE_LOST);
    other.end();
  });
}

test('a connection that does not greet is ended', async () => {
  const { url } = await start({ greetingMs: 50 });
  const node = Peer.greet(url);
  await node.packet(PACKET.welcome);
  await Peer.dial(url).closed;
  assert.ok(node.connection.open);
  node.end();
});

test('the pages of a node that leaves are named to the others', async () => {
  const { url } = await start();
  const pages = 8;
  const [owner, other] = [Peer.greet(url, { pages }), Peer.greet(url, { pages })];
  await other.packet(PACKET.welcome);
  for (const page of [1, 2, 5]) await own(owner, page);
  owner.send({ message: MESSAGE_LEAVE });
  assert.deepEqual(readRuns(await other.packet(PACKET.lost), pages), [
    { first: 1, count: 2 },
    { first: 5, count: 1 },
  ]);
  other.end();
});

test('a list of lost pages that a node has not heard is sent again when it connects again', async () => {
  const { url } = await start();
  const other = Peer.greet(url, { pages: 2 });
  const { session } = JSON.parse((await other.packet(PACKET.welcome)).toString()) as { session: string };
  const lose = async (page: number): Promise<void> => {
    const owner = Peer.greet(url, { pages: 2 });
    await own(owner, page);
    owner.send({ message: MESSAGE_LEAVE });
    await owner.hear(MESSAGE_LEFT);
    owner.end();
  };
  const again = (losses: number) => Peer.greet(url, { pages: 2, session, losses });
  const lostIn = async (node: Peer) => readRuns(await node.packet(PACKET.lost), 2);
  await lose(0);
  other.end();
  await lose(1);
  // It has heard nothing, whatever the first connection has carried.
  const second = again(0);
  assert.deepEqual(await lostIn(second), [{ first: 0, count: 1 }]);
  assert.deepEqual(await lostIn(second), [{ first: 1, count: 1 }]);
  const third = again(1);
  assert.deepEqual(await lostIn(third), [{ first: 1, count: 1 }]);
  third.send({ message: MESSAGE_RENEW, req: 2 });
  await third.hear(MESSAGE_RENEWED);
  const fourth = again(2);
  await fourth.packet(PACKET.welcome);
  // What was confirmed is forgotten, and more than there was cannot have been heard.
  for (const impossible of [1, 3]) await again(impossible).closed;
  fourth.end();
});

test('a store that takes nothing loses nothing; one that gives nothing is reported, and blocks nobody', async () => {
  let fails = true;
  const refuse = async () => {
    if (fails) throw new Error('the store is gone');
  };
  const store = { writable: true, read: refuse, write: refuse, close: async () => {} };
  const { url } = await start({ store });
  const [one, two] = [Peer.greet(url, { pages: 2 }), Peer.greet(url, { pages: 2 })];
  const written = Buffer.alloc(PAGE_BYTES, 7);
  one.send({ message: MESSAGE_PUT, version: await own(one) }, written);
  await one.hear(MESSAGE_KEPT);
  two.send({ message: MESSAGE_GET, req: 1 });
  const shared = await two.hear(MESSAGE_SHARE);
  assert.deepEqual(shared.bytes, written);
  two.send({ message: MESSAGE_TOOK, txn: shared.txn, version: shared.version });
  fails = false;
  one.send({ message: MESSAGE_PUT, page: 1, version: await own(one, 1) }, written);
  await one.hear(MESSAGE_KEPT);
  fails = true;
  two.send({ message: MESSAGE_GET, page: 1, req: 2 });
  assert.equal((await two.hear(MESSAGE_LOST)).flags, FLAG_STORE);
  fails = false;
  one.send({ message: MESSAGE_GET, page: 1, req: 2 });
  await one.hear(MESSAGE_SHARE);
  one.end();
  two.end();
});

test.run();
