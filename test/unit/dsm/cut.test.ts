// The cut of a region at its home, and nodes of which a test writes each message: one that breaks the rules, is slow, or goes away.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import {
  FLAG_ALL_ZEROS,
  FLAG_BYTES,
  FLAG_HELD,
  FLAG_STORE,
  FLAG_TO_I,
  MESSAGE_ACK,
  MESSAGE_COPIED,
  MESSAGE_COPY,
  MESSAGE_CUT,
  MESSAGE_CUT_END,
  MESSAGE_CUT_OVER,
  MESSAGE_DATA,
  MESSAGE_GET,
  MESSAGE_GRANT,
  MESSAGE_INSTANT,
  MESSAGE_INV,
  MESSAGE_KEPT,
  MESSAGE_NO_COPY,
  MESSAGE_OWN,
  MESSAGE_PUT,
  MESSAGE_RECALL,
  MESSAGE_SAVED,
  MESSAGE_SHARE,
  MESSAGE_TOOK,
} from '../../../assembly/dsm/layout.js';
import { Home, type HomeOptions } from '../../../src/dsm/home.js';
import {
  CUT_STALLED,
  MAX_COPIES,
  MESSAGE_LEAVE,
  MESSAGE_LEFT,
  MESSAGE_RENEW,
  MESSAGE_RENEWED,
  PAGE_BYTES,
} from '../../../src/dsm/message.js';
import { Peer } from '../../support/dsm/peer.js';

const LEASE = 600_000;
/** Pages for which writers wait, past which a grant waits for the node that takes the snapshot. */
const UNSAVED = 1024;
const PAGES = UNSAVED + 8;
const test = suite('the cut of a shared region');
const homes: Home[] = [];
const peers: Peer[] = [];

test.after.each(async () => {
  for (const peer of peers.splice(0)) peer.end();
  for (const home of homes.splice(0)) await home.close();
});

async function start(options: Partial<HomeOptions> = {}): Promise<string> {
  const home = await Home.start({ listen: 'tcp://127.0.0.1:0', leaseMs: LEASE, ...options });
  homes.push(home);
  return home.url;
}

function greet(url: string): Peer {
  const peer = Peer.greet(url, { pages: PAGES });
  peers.push(peer);
  return peer;
}

async function own(peer: Peer, page = 0, req = 1): Promise<bigint> {
  peer.send({ message: MESSAGE_OWN, page, req });
  const { txn, version } = await peer.hear(MESSAGE_GRANT);
  peer.send({ message: MESSAGE_TOOK, page, txn, version });
  return version;
}

/** The home has taken what the peer has sent. */
async function settled(peer: Peer): Promise<void> {
  peer.send({ message: MESSAGE_RENEW, version: 9n });
  await peer.hear(MESSAGE_RENEWED);
}

/** A cut of a region that nobody owns pages of. */
async function cut(peer: Peer, req = 1): Promise<void> {
  peer.send({ message: MESSAGE_CUT, req });
  assert.equal((await peer.hear(MESSAGE_INSTANT)).req, req);
}

for (const [what, message] of [
  ['without a number', { message: MESSAGE_CUT, req: 0 }],
  ['with a flag', { message: MESSAGE_CUT, req: 1, flags: FLAG_TO_I }],
  ['beside its own', { message: MESSAGE_CUT, req: 2 }],
  ['of no pages', { message: MESSAGE_COPY, req: 1, txn: 0 }],
  ['of too many pages', { message: MESSAGE_COPY, req: 1, txn: MAX_COPIES + 1 }],
  ['past the last page', { message: MESSAGE_COPY, req: 1, page: PAGES - 1, txn: 2 }],
  ['of a page that was not sent', { message: MESSAGE_SAVED, req: 1 }],
] as const) {
  test(`a message ${message.message} ${what} is refused`, async () => {
    const peer = greet(await start());
    await cut(peer);
    peer.send(message);
    await peer.closed;
  });
}

test('an owner’s pages are recalled to be read, each page is sent once, and never-written ones without bytes', async () => {
  const url = await start();
  const [owner, taker] = [greet(url), greet(url)];
  const version = await own(owner, 5);
  taker.send({ message: MESSAGE_CUT, req: 3 });
  const recall = await owner.hear(MESSAGE_RECALL);
  assert.deepEqual([recall.page, recall.flags, taker.count(MESSAGE_INSTANT)], [5, 0, 0]);
  owner.send({ message: MESSAGE_DATA, page: 5, txn: recall.txn, version }, Buffer.alloc(PAGE_BYTES, 7));
  await taker.hear(MESSAGE_INSTANT);
  // Twice: the second time nothing is left to be sent.
  for (let again = 0; again < 2; again++) taker.send({ message: MESSAGE_COPY, req: 3, page: 4, txn: 3 });
  for (const [page, flags] of [
    [4, FLAG_ALL_ZEROS],
    [5, FLAG_BYTES],
    [6, FLAG_ALL_ZEROS],
  ]) {
    const one = await taker.hear(MESSAGE_COPIED);
    assert.deepEqual([one.page, one.flags, one.req], [page, flags, 3]);
    assert.deepEqual(one.bytes, page === 5 ? Buffer.alloc(PAGE_BYTES, 7) : null);
  }
  await settled(taker);
  assert.equal(taker.count(MESSAGE_COPIED), 0);
});

test('a writer waits for the instant without taking copies away, and then until its page has been sent', async () => {
  const url = await start();
  const [owner, reader, writer, taker] = [greet(url), greet(url), greet(url), greet(url)];
  const version = await own(owner, 5);
  reader.send({ message: MESSAGE_GET, page: 1, req: 1 });
  const shared = await reader.hear(MESSAGE_SHARE);
  reader.send({ message: MESSAGE_TOOK, page: 1, txn: shared.txn, version: shared.version });
  taker.send({ message: MESSAGE_CUT, req: 1 });
  const recall = await owner.hear(MESSAGE_RECALL);
  // The home recalls what it can before it lets writers wait, so a second recall follows a grant.
  writer.send({ message: MESSAGE_OWN, page: 1, req: 1 });
  const inv = await reader.hear(MESSAGE_INV);
  reader.send({ message: MESSAGE_ACK, page: 1, txn: inv.txn });
  const first = await writer.hear(MESSAGE_GRANT);
  writer.send({ message: MESSAGE_TOOK, page: 1, txn: first.txn, version: first.version });
  owner.send({ message: MESSAGE_DATA, page: 5, txn: recall.txn, version }, Buffer.alloc(PAGE_BYTES, 7));
  const second = await writer.hear(MESSAGE_RECALL);
  // Now it gathers.
  reader.send({ message: MESSAGE_GET, page: 2, req: 2 });
  const other = await reader.hear(MESSAGE_SHARE);
  reader.send({ message: MESSAGE_TOOK, page: 2, txn: other.txn, version: other.version });
  owner.send({ message: MESSAGE_OWN, page: 2, req: 2 });
  await settled(owner);
  await settled(reader);
  assert.deepEqual([reader.count(MESSAGE_INV), owner.count(MESSAGE_GRANT), taker.count(MESSAGE_INSTANT)], [0, 0, 0]);
  writer.send({ message: MESSAGE_DATA, page: 1, txn: second.txn, version: first.version }, Buffer.alloc(PAGE_BYTES, 8));
  await taker.hear(MESSAGE_INSTANT);
  const late = await reader.hear(MESSAGE_INV);
  reader.send({ message: MESSAGE_ACK, page: 2, txn: late.txn });
  const held = await taker.hear(MESSAGE_COPIED);
  assert.deepEqual([held.page, held.flags], [2, FLAG_ALL_ZEROS | FLAG_HELD]);
  await owner.hear(MESSAGE_GRANT);
});

test('grants wait for a node that does not write, and go on when it has written, or its cut ends', async () => {
  const url = await start();
  const [writer, taker] = [greet(url), greet(url)];
  await cut(taker);
  for (let page = 0; page < UNSAVED + 2; page++) writer.send({ message: MESSAGE_OWN, page, req: 1 });
  for (let page = 0; page < UNSAVED; page++) assert.equal((await writer.hear(MESSAGE_GRANT)).page, page);
  await settled(taker);
  assert.equal(writer.count(MESSAGE_GRANT), 0);
  taker.send({ message: MESSAGE_SAVED, page: 0, req: 1 });
  assert.equal((await writer.hear(MESSAGE_GRANT)).page, UNSAVED);
  await settled(taker);
  assert.equal(writer.count(MESSAGE_GRANT), 0);
  taker.send({ message: MESSAGE_CUT_END, req: 1 });
  assert.equal((await writer.hear(MESSAGE_GRANT)).page, UNSAVED + 1);
  // Late answers of a cut that has ended.
  taker.send({ message: MESSAGE_SAVED, page: 1, req: 1 });
  taker.send({ message: MESSAGE_COPY, page: 1, req: 1, txn: 1 });
  await settled(taker);
  await settled(writer);
});

test('the home ends a cut whose node writes nothing while grants wait, and says so', async () => {
  const url = await start({ leaseMs: 200 });
  const [writer, taker] = [greet(url), greet(url)];
  const renewing = setInterval(() => {
    for (const peer of [writer, taker]) peer.send({ message: MESSAGE_RENEW, version: 1n });
  }, 20);
  try {
    await cut(taker);
    for (let page = 0; page < UNSAVED + 1; page++) writer.send({ message: MESSAGE_OWN, page, req: 1 });
    for (let page = 0; page < UNSAVED + 1; page++) await writer.hear(MESSAGE_GRANT);
    const over = await taker.hear(MESSAGE_CUT_OVER);
    assert.deepEqual([over.req, over.txn], [1, CUT_STALLED]);
  } finally {
    clearInterval(renewing);
  }
});

test('a second cut waits for the first; a node that is gone, or has given up, is left out', async () => {
  const url = await start();
  const [one, two, three, four] = [greet(url), greet(url), greet(url), greet(url)];
  await cut(one, 1);
  two.send({ message: MESSAGE_CUT, req: 2 });
  await settled(two);
  three.send({ message: MESSAGE_CUT, req: 3 });
  await settled(three);
  four.send({ message: MESSAGE_CUT, req: 4 });
  await settled(four);
  two.send({ message: MESSAGE_CUT_END, req: 2 });
  three.send({ message: MESSAGE_LEAVE });
  await three.hear(MESSAGE_LEFT);
  assert.equal(four.count(MESSAGE_INSTANT), 0);
  one.end();
  assert.equal((await four.hear(MESSAGE_INSTANT)).req, 4);
  assert.equal(two.count(MESSAGE_INSTANT), 0);
});

test('a grant that waits begins when the node’s connection is lost', async () => {
  const url = await start();
  const [writer, taker] = [greet(url), greet(url)];
  await cut(taker);
  for (let page = 0; page < UNSAVED + 1; page++) writer.send({ message: MESSAGE_OWN, page, req: 1 });
  for (let page = 0; page < UNSAVED; page++) await writer.hear(MESSAGE_GRANT);
  taker.end();
  assert.equal((await writer.hear(MESSAGE_GRANT)).page, UNSAVED);
});

test('a page that is lost, and one that the store does not give, are named', async () => {
  let fails = false;
  const read = async () => {
    if (fails) throw new Error('the store is gone');
  };
  const url = await start({ store: { writable: true, read, write: async () => {}, close: async () => {} } });
  const [owner, writer, taker] = [greet(url), greet(url), greet(url)];
  for (const page of [2, 3]) {
    owner.send({ message: MESSAGE_PUT, page, version: await own(owner, page, page) }, Buffer.alloc(PAGE_BYTES, 7));
    await owner.hear(MESSAGE_KEPT);
  }
  await own(owner, 1);
  owner.send({ message: MESSAGE_LEAVE });
  await owner.hear(MESSAGE_LEFT);
  fails = true;
  taker.send({ message: MESSAGE_CUT, req: 1 });
  const lost = await taker.hear(MESSAGE_NO_COPY);
  assert.deepEqual([lost.page, lost.flags], [1, 0]);
  await taker.hear(MESSAGE_INSTANT);
  taker.send({ message: MESSAGE_COPY, req: 1, page: 2, txn: 1 });
  const unread = await taker.hear(MESSAGE_NO_COPY);
  assert.deepEqual([unread.page, unread.flags], [2, FLAG_STORE]);
  // A writer that needs no bytes is not held up by it.
  writer.send({ message: MESSAGE_OWN, page: 3, req: 1, version: 2n ** 64n - 1n });
  await writer.hear(MESSAGE_GRANT);
  const late = await taker.hear(MESSAGE_NO_COPY);
  assert.deepEqual([late.page, late.flags], [3, FLAG_STORE]);
});

test.run();
