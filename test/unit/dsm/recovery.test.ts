// A home that follows another by its journal: what it believes of the nodes that come back, of the store, and of the journal.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import {
  FLAG_ALL_ZEROS,
  FLAG_TO_I,
  MESSAGE_ACK,
  MESSAGE_DECLINE,
  MESSAGE_GET,
  MESSAGE_GRANT,
  MESSAGE_HAVE,
  MESSAGE_INV,
  MESSAGE_KEPT,
  MESSAGE_LOST,
  MESSAGE_OWN,
  MESSAGE_PUT,
  MESSAGE_SHARE,
  MESSAGE_TOOK,
} from '../../../assembly/dsm/layout.js';
import { Home, type HomeOptions } from '../../../src/dsm/home.js';
import { Journal } from '../../../src/dsm/journal.js';
import {
  MAX_PAGES,
  MESSAGE_RENEW,
  MESSAGE_RENEWED,
  MESSAGE_REPORTED,
  type Message,
  PAGE_BYTES,
} from '../../../src/dsm/message.js';
import { PACKET, readJson, readRuns } from '../../../src/migrate/packet.js';
import type { PageRead, PageWrite, Store } from '../../../src/store/store.js';
import { Peer } from '../../support/dsm/peer.js';
import { until } from '../../support/servers/servers.js';

const LEASE = 600_000;
const PAGES = 4;
const SESSION = '0123456789abcdef0123456789abcdef';
const test = suite('a home that follows another');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-recovery-'));
const homes: Home[] = [];
let files = 0;

test.after.each(async () => {
  for (const home of homes.splice(0)) await home.close();
});
test.after(() => rmSync(folder, { recursive: true }));

/** Pages that outlive a home. A page that was never written is an error, as in Redis. */
class Pages implements Store {
  readonly writable = true;
  readonly pages = new Map<number, Buffer>();
  takes = true;
  forgets = true;
  gate: Promise<void> = Promise.resolve();

  async read(pages: readonly PageRead[]): Promise<void> {
    await this.gate;
    for (const { page, into } of pages) {
      const found = this.pages.get(page);
      if (found === undefined) throw new Error(`page ${page} was never written`);
      into.set(found);
    }
  }

  async write(pages: readonly PageWrite[]): Promise<void> {
    if (!this.takes) throw new Error('it is full');
    for (const { page, from } of pages) this.pages.set(page, Buffer.from(from));
  }

  async discard(pages: readonly number[]): Promise<void> {
    for (const page of pages) this.pages.delete(page);
    await this.gate;
    if (!this.forgets) throw new Error('it does not answer');
  }

  async close(): Promise<void> {}
}

interface Following {
  home: Home;
  file: string;
}

const newFile = () => path.join(folder, `journal-${++files}`);

/** @param before whose journal it has, as if that home had been killed now */
async function start(store: Store, before?: Following, options: Partial<HomeOptions> = {}): Promise<Following> {
  const file = newFile();
  if (before !== undefined) copyFileSync(before.file, file);
  const journal = new Journal(file);
  const home = await Home.start({ listen: 'tcp://127.0.0.1:0', leaseMs: LEASE, store, journal, ...options });
  homes.push(home);
  return { home, file };
}

interface Joined {
  node: Peer;
  session: string;
}

async function join({ home }: Following, greeting: object = {}): Promise<Joined> {
  const node = Peer.greet(home.url, { pages: PAGES, ...greeting });
  const { session } = readJson(await node.packet(PACKET.welcome));
  return { node, session: String(session) };
}

/** A member's next connection to the home that follows. */
async function connect({ home }: Following, session: string, greeting: object = {}): Promise<Peer> {
  const node = Peer.greet(home.url, { pages: PAGES, session, losses: 0, ...greeting });
  await node.packet(PACKET.welcome);
  return node;
}

/** As `connect`, of a node that has not said yet what it has. */
async function comeBack({ home }: Following, session: string, greeting: object = {}): Promise<Peer> {
  const node = Peer.greet(home.url, { pages: PAGES, session, losses: 0, ...greeting });
  assert.equal(readJson(await node.packet(PACKET.welcome))['report'], true);
  return node;
}

/** Resolves when the home is open. */
async function opened(node: Peer): Promise<void> {
  // A home that is not open yet answers no renewal.
  const timer = setInterval(() => node.send({ message: MESSAGE_RENEW }), 50);
  try {
    await node.hear(MESSAGE_RENEWED);
  } finally {
    clearInterval(timer);
  }
}

/** Asks for the page; the grant is not confirmed. */
async function own(node: Peer, page = 0, req = 1): Promise<Pick<Message, 'txn' | 'version' | 'bytes'>> {
  node.send({ message: MESSAGE_OWN, page, req });
  const { txn, version, bytes } = await node.hear(MESSAGE_GRANT);
  return { txn, version, bytes };
}

/** Page 0 goes from a node that has a copy to another; the grant is not confirmed. */
async function giveOn(from: Peer, to: Peer): Promise<Pick<Message, 'version' | 'bytes'>> {
  to.send({ message: MESSAGE_OWN, req: 1 });
  const { txn } = await from.hear(MESSAGE_INV);
  from.send({ message: MESSAGE_ACK, txn });
  return to.hear(MESSAGE_GRANT);
}

async function put(node: Peer, page: number, version: bigint, value: number): Promise<void> {
  node.send({ message: MESSAGE_PUT, page, version }, Buffer.alloc(PAGE_BYTES, value));
  await node.hear(MESSAGE_KEPT);
}

async function get(node: Peer, page: number, req = 9): Promise<Buffer> {
  node.send({ message: MESSAGE_GET, page, req });
  const { txn, version, bytes } = await node.hear(MESSAGE_SHARE);
  node.send({ message: MESSAGE_TOOK, page, txn, version });
  return Buffer.from(bytes ?? []);
}

const full = (value: number) => Buffer.alloc(PAGE_BYTES, value);

/** Page 0 has the bytes 5 in the store, then 6 in the home's memory alone; returns the version of the latter. */
async function hold(store: Pages, { node }: Joined): Promise<bigint> {
  const first = await own(node);
  node.send({ message: MESSAGE_TOOK, txn: first.txn, version: first.version });
  await put(node, 0, first.version, 5);
  const second = await own(node, 0, 2);
  node.send({ message: MESSAGE_TOOK, txn: second.txn, version: second.version });
  store.takes = false;
  await put(node, 0, second.version, 6);
  return second.version;
}

for (const rollBack of [false, true]) {
  const what = rollBack ? 'has the bytes that the store got last, and is reported' : 'is lost';
  test(`bytes that the home before had in its memory alone, granted but not received: the page ${what}`, async () => {
    const store = new Pages();
    const before = await start(store);
    const [one, two] = [await join(before, { rollBack }), await join(before, { rollBack })];
    await hold(store, one);
    assert.deepEqual((await giveOn(one.node, two.node)).bytes, full(6));
    // The grant does not arrive: the second node has nothing to say.
    const after = await start(store, before);
    const again = await Promise.all([one, two].map(({ session }) => comeBack(after, session, { rollBack })));
    for (const node of again) node.send({ message: MESSAGE_REPORTED });
    const [node] = again;
    assert.ok(node !== undefined);
    assert.deepEqual(readRuns(await node.packet(PACKET.lost), PAGES), [{ first: 0, count: 1 }]);
    await opened(node);
    if (rollBack) return assert.deepEqual(await get(node, 0), full(5));
    node.send({ message: MESSAGE_GET, req: 9 });
    await node.hear(MESSAGE_LOST);
  });
}

test('bytes that the home before had in its memory alone, and a node still has: they are the page’s', async () => {
  const store = new Pages();
  const before = await start(store);
  const one = await join(before);
  const version = await hold(store, one);
  const after = await start(store, before);
  const node = await comeBack(after, one.session);
  node.send({ message: MESSAGE_HAVE, version, flags: FLAG_TO_I });
  node.send({ message: MESSAGE_REPORTED });
  await opened(node);
  node.send({ message: MESSAGE_PUT, version }, full(6));
  await node.hear(MESSAGE_KEPT);
  assert.deepEqual(await get(node, 0), full(6));
});

test('bytes that have gone on to another node, as far as the journal says: the node that had them forgets them', async () => {
  const store = new Pages();
  const before = await start(store);
  const [one, two] = [await join(before), await join(before)];
  const version = await hold(store, one);
  const granted = await giveOn(one.node, two.node);
  const after = await start(store, before);
  const [first, second] = [await comeBack(after, one.session), await comeBack(after, two.session)];
  first.send({ message: MESSAGE_HAVE, version, flags: FLAG_TO_I });
  await first.hear(MESSAGE_KEPT);
  first.send({ message: MESSAGE_REPORTED });
  second.send({ message: MESSAGE_HAVE, version: granted.version });
  second.send({ message: MESSAGE_REPORTED });
  await opened(first);
  second.send({ message: MESSAGE_PUT, version: granted.version }, full(7));
  await second.hear(MESSAGE_KEPT);
  assert.deepEqual(await get(first, 0), full(7));
});

/** The node gets page 0 without its bytes, and sends that it is zeros. Returns the version of that. */
async function discard(node: Peer): Promise<bigint> {
  node.send({ message: MESSAGE_OWN, req: 5, version: 2n ** 64n - 1n });
  const { txn, version, bytes } = await node.hear(MESSAGE_GRANT);
  assert.equal(bytes, null);
  node.send({ message: MESSAGE_TOOK, txn, version });
  node.send({ message: MESSAGE_PUT, version, flags: FLAG_ALL_ZEROS });
  return version;
}

/** The node writes to page 0, and the home has it. */
async function write(node: Peer, value: number): Promise<void> {
  const { txn, version } = await own(node);
  node.send({ message: MESSAGE_TOOK, txn, version });
  await put(node, 0, version, value);
}

for (const [what, forgets, held] of [
  ['the store has forgotten it', true, false],
  ['the store did not forget it', false, false],
  ['the bytes before were in the memory of the home alone', true, true],
] as const) {
  test(`a page that was discarded is zeros in a home that follows, and in the one after it: ${what}`, async () => {
    const store = new Pages();
    const before = await start(store);
    const one = await join(before);
    if (held) await hold(store, one);
    else await write(one.node, 5);
    store.forgets = forgets;
    await discard(one.node);
    await one.node.hear(MESSAGE_KEPT);
    // A store may do anything with a page that it should forget.
    if (!forgets) store.pages.set(0, full(5));
    let last = before;
    for (const home of [1, 2]) {
      last = await start(store, last);
      const node = await comeBack(last, one.session);
      node.send({ message: MESSAGE_REPORTED });
      await opened(node);
      assert.deepEqual(await get(node, 0), full(0), `home ${home}`);
      node.end();
    }
  });
}

test('a page that is written after a discard has these bytes in a home that follows', async () => {
  const store = new Pages();
  const before = await start(store);
  const { node, session } = await join(before);
  await write(node, 5);
  await discard(node);
  await node.hear(MESSAGE_KEPT);
  await write(node, 6);
  const after = await start(store, before);
  const again = await comeBack(after, session);
  again.send({ message: MESSAGE_REPORTED });
  await opened(again);
  assert.deepEqual(await get(again, 0), full(6));
});

test('the home ends while its store forgets a page: the node that discards it sends it again', async () => {
  const store = new Pages();
  const before = await start(store);
  const { node, session } = await join(before);
  await write(node, 5);
  let open = (): void => {};
  store.gate = new Promise((resolve) => (open = resolve));
  const version = await discard(node);
  await until(() => !store.pages.has(0), 'the store has forgotten it');
  const after = await start(store, before);
  open();
  const again = await comeBack(after, session);
  again.send({ message: MESSAGE_HAVE, version, flags: FLAG_TO_I });
  again.send({ message: MESSAGE_REPORTED });
  await opened(again);
  again.send({ message: MESSAGE_PUT, version, flags: FLAG_ALL_ZEROS });
  await again.hear(MESSAGE_KEPT);
  assert.deepEqual(await get(again, 0), full(0));
});

for (const rollBack of [false, true]) {
  const what = rollBack ? 'is reported, and zeros: the store has no older bytes' : 'is lost';
  test(`the home ends while its store forgets a page, and so does the node that discards it: the page ${what}`, async () => {
    const store = new Pages();
    const before = await start(store);
    const [one, two] = [await join(before, { rollBack }), await join(before, { rollBack })];
    await write(one.node, 5);
    let open = (): void => {};
    store.gate = new Promise((resolve) => (open = resolve));
    await discard(one.node);
    await until(() => !store.pages.has(0), 'the store has forgotten it');
    // The first node is no member any more.
    const file = newFile();
    copyFileSync(before.file, file);
    const journal = new Journal(file);
    journal.member(0, null);
    journal.close();
    const after = await start(store, { home: before.home, file });
    open();
    const node = await comeBack(after, two.session, { rollBack });
    node.send({ message: MESSAGE_REPORTED });
    assert.deepEqual(readRuns(await node.packet(PACKET.lost), PAGES), [{ first: 0, count: 1 }]);
    await opened(node);
    if (rollBack) return assert.deepEqual(await get(node, 0), full(0));
    node.send({ message: MESSAGE_GET, req: 9 });
    await node.hear(MESSAGE_LOST);
  });
}

test('pages that no node has ever put are zeros, however often the home is followed', async () => {
  const store = new Pages();
  const before = await start(store);
  const { node, session } = await join(before);
  const { txn, version } = await own(node, 1);
  node.send({ message: MESSAGE_DECLINE, page: 1, txn, version });
  const lost = await own(node, 2);
  node.send({ message: MESSAGE_TOOK, page: 2, txn: lost.txn, version: lost.version });
  const second = await start(store, before);
  const again = await comeBack(second, session);
  again.send({ message: MESSAGE_REPORTED });
  await opened(again);
  const third = await start(store, second);
  const last = await comeBack(third, session);
  last.send({ message: MESSAGE_REPORTED });
  await opened(last);
  for (let page = 0; page < PAGES; page++) assert.deepEqual(await get(last, page), full(0), `page ${page}`);
});

test('a node that says it has a page beyond the region is refused, and the home continues', async () => {
  const store = new Pages();
  const before = await start(store);
  const [one, two] = [await join(before), await join(before)];
  const after = await start(store, before);
  for (const page of [PAGES, 2 ** 20, 2 ** 32 - 1]) {
    const node = await comeBack(after, one.session);
    node.send({ message: MESSAGE_HAVE, page, version: 2n, flags: FLAG_TO_I });
    assert.match(String(await node.closed), /closed|ended|ECONNRESET/);
  }
  for (const { session } of [one, two]) (await comeBack(after, session)).send({ message: MESSAGE_REPORTED });
  await opened(await connect(after, two.session));
});

test('what a node answers the home before does not end its connection to the new one', async () => {
  const store = new Pages();
  const before = await start(store);
  const one = await join(before);
  const after = await start(store, before);
  const node = await comeBack(after, one.session);
  node.send({ message: MESSAGE_ACK, txn: 3 });
  node.send({ message: MESSAGE_REPORTED });
  await opened(node);
});

test('a lease counts from when the journal has been read, however long that takes', async () => {
  const file = newFile();
  const journal = new Journal(file);
  journal.begin({ name: 'region', pages: MAX_PAGES, rollBack: false, leaseMs: 1000 });
  journal.member(0, SESSION);
  // All records are there.
  journal.stored(MAX_PAGES - 1, 1n, true);
  journal.close();
  const after = await start(new Pages(), { home: homes[0] as Home, file });
  const node = await comeBack(after, SESSION, { pages: MAX_PAGES });
  node.send({ message: MESSAGE_REPORTED });
  await opened(node);
});

test('a home that does not run for longer than a lease still hears who has come back meanwhile', async () => {
  const file = newFile();
  const journal = new Journal(file);
  journal.begin({ name: 'region', pages: PAGES, rollBack: false, leaseMs: 1000 });
  journal.member(0, SESSION);
  journal.close();
  const after = await start(new Pages(), { home: homes[0] as Home, file });
  const node = Peer.greet(after.home.url, { pages: PAGES, session: SESSION, losses: 0 });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
  assert.equal(readJson(await node.packet(PACKET.welcome))['report'], true);
});

test('a home that is closed writes nothing any more, and gives its journal back once', async () => {
  const store = new Pages();
  let open = (): void => {};
  const { home, file } = await start(store);
  const { node } = await join({ home, file });
  const { txn, version } = await own(node);
  node.send({ message: MESSAGE_TOOK, txn, version });
  await put(node, 0, version, 5);
  store.gate = new Promise((resolve) => (open = resolve));
  node.send({ message: MESSAGE_GET, req: 2 });
  node.send({ message: MESSAGE_OWN, page: 1, req: 3 });
  await node.hear(MESSAGE_GRANT);
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.on('unhandledRejection', note);
  await Promise.all([home.close(), home.close()]);
  open();
  new Journal(file).close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  assert.deepEqual(failures, []);
});

test('a store that fails to close does not keep the journal; neither does an address that is in use', async () => {
  const failing = Object.assign(new Pages(), { close: () => Promise.reject(new Error('it hangs')) });
  const before = await start(failing);
  const { node } = await join(before);
  homes.splice(0);
  await assert.rejects(before.home.close(), /it hangs/);
  node.end();
  new Journal(before.file).close();
  const busy = await start(new Pages());
  await assert.rejects(start(new Pages(), before, { listen: busy.home.url }), /cannot be listened at/);
  new Journal(path.join(folder, `journal-${files}`)).close();
});

test('a journal with a damaged plan, member or record is refused', () => {
  const plan = { name: 'region', pages: PAGES, rollBack: false, leaseMs: 1000 };
  const refused = (change: object, spoil?: (file: string) => void) => {
    const file = newFile();
    const journal = new Journal(file);
    journal.begin({ ...plan, ...change });
    journal.member(0, SESSION);
    journal.granted(0, 0, 2n);
    journal.close();
    spoil?.(file);
    assert.throws(() => {
      const next = new Journal(file);
      try {
        next.members();
        [...next.records()];
      } finally {
        next.close();
      }
    }, /is damaged/);
  };
  const wrong = [{ pages: 0 }, { pages: 2 ** 21 }, { pages: '4' }, { name: '' }, { leaseMs: 1e9 }, { rollBack: 1 }];
  for (const change of wrong) refused(change);
  const put = (at: number, bytes: Buffer) => (file: string) => {
    const whole = Buffer.alloc(4096 + PAGES * 24);
    const journal = readFileSync(file);
    journal.copy(whole);
    bytes.copy(whole, at);
    writeFileSync(file, whole);
  };
  refused({}, put(1024, Buffer.from('no session')));
  refused({}, put(4096 + 16, Buffer.from([64])));
  refused({}, put(4096, Buffer.from([9])));
});

test('a name that has no room in the journal is refused with the reason', async () => {
  const { home } = await start(new Pages());
  const node = Peer.greet(home.url, { name: '\u0001'.repeat(200) });
  assert.match((await node.packet(PACKET.refused)).toString(), /too many for a journal/);
  await join({ home, file: '' });
});

test.run();
