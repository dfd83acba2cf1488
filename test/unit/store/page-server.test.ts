// covers: src/store/page-server.ts, src/store/page-connection.ts, src/store/page-server-wire.ts, src/store/checkpoint-store.ts
// A page server of CRIU as a store, against one that is played. The bytes of protocol 4.2 are those that went between CRIU 4.2 and
// farpage in a real dump and restore, written down by a proxy between them, with other addresses and pids.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { PageServer, type PageServerSpec } from '../../../src/store/page-server.js';
import { readMessage, writeMessage } from '../../../src/store/page-server-wire.js';
import { PAGE } from '../../support/criu/checkpoint.js';
import { type Answer, PagePeer, type PagePeerOptions, pageAt } from '../../support/criu/page-peer.js';
import { until } from '../../support/servers/servers.js';

const test = suite('page server of CRIU');
const BASE = 0x7fca40083000;
const PID = 5671;
const peers: PagePeer[] = [];
const stores: PageServer[] = [];
test.after.each(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const peer of peers.splice(0)) peer.close();
});

async function peerWith(options: PagePeerOptions = {}): Promise<PagePeer> {
  const peer = await PagePeer.listening(options);
  peers.push(peer);
  return peer;
}

interface Opened {
  store: PageServer;
  lines: string[];
  failed: () => boolean;
}

async function open(port: number, spec: Partial<PageServerSpec> = {}): Promise<Opened> {
  const lines: string[] = [];
  let isOver = false;
  const events = {
    say: (line: string) => lines.push(line),
    failed: () => {
      isOver = true;
    },
  };
  const runs = Float64Array.of(PID, BASE, 100, PID + 1, 0x10000, 50);
  const store = await PageServer.open(
    { host: '127.0.0.1', port, protocol: '4.2', tls: null, patience: 20_000, runs, ...spec },
    events,
  );
  stores.push(store);
  return { store, lines, failed: () => isOver };
}

const reads = (...pages: number[]) => pages.map((page) => ({ page, into: Buffer.alloc(PAGE) }));
const range = (first: number, count: number) => reads(...Array.from({ length: count }, (_, i) => first + i));

function right(pages: ReturnType<typeof reads>, salt = 0): void {
  for (const { page, into } of pages) {
    const expected =
      page < 100 ? pageAt(PID, BASE + page * PAGE, salt) : pageAt(PID + 1, 0x10000 + (page - 100) * PAGE, salt);
    assert.ok(into.equals(expected), `page ${page}`);
  }
}

test('messages are the bytes that CRIU 4.2 sends, and 8 bytes less before', () => {
  const get = { command: 7, pages: 1, address: 0x7fca40083000, id: 0x1627 };
  const wide = Buffer.alloc(32, 255);
  writeMessage('4.2', get, wide);
  assert.equal(wide.toString('hex'), '0700000000000000010000000000000000300840ca7f00002716000000000000');
  const answer = Buffer.from('0600040000000000010000000000000000300840ca7f00002716000000000000', 'hex');
  assert.deepEqual(readMessage('4.2', answer), { ...get, command: 0x40006 });
  const close = Buffer.alloc(32, 255);
  writeMessage('4.2', { command: 0x1023, pages: 0, address: 0, id: 0 }, close);
  assert.equal(close.toString('hex'), `2310${'0'.repeat(60)}`);
  const old = Buffer.alloc(24, 255);
  writeMessage('4.1', get, old);
  assert.equal(old.toString('hex'), '070000000100000000300840ca7f00002716000000000000');
  assert.deepEqual(readMessage('4.1', old), get);
  assert.equal(readMessage('4.2', Buffer.alloc(32, 255)).pages > 2 ** 53, true);
});

for (const [protocol, header] of [
  ['4.2', 32],
  ['4.1', 24],
] as const) {
  test(`adjacent pages of a task are one request, several are on their way, and short answers are completed: ${protocol}`, async () => {
    const peer = await peerWith({ header, most: 5 });
    const { store } = await open(peer.port, { protocol });
    const parts = [range(90, 20), range(0, 70), reads(149, 3, 100)];
    await Promise.all(parts.map((part) => store.read(part)));
    for (const part of parts) right(part);
    assert.ok(peer.outstanding > 1, 'requests do not wait for each other');
    await store.finish();
    await until(() => peer.endings.length === 1, 'the end of the connection');
    assert.deepEqual(peer.endings, ['closed']);
    assert.equal(peer.messages.at(-1), `2310${'0'.repeat(2 * header - 4)}`);
    await assert.rejects(store.read(range(0, 1)), { code: 'CLOSED' });
  });
}

test('a store that is closed without finish resets the connection: the dumper must not take that for its end', async () => {
  const peer = await peerWith();
  const { store, lines } = await open(peer.port);
  await store.read(range(0, 1));
  await store.close();
  await until(() => peer.endings.length === 1, 'the end of the connection');
  assert.deepEqual(peer.endings, ['ECONNRESET']);
  assert.deepEqual(lines, []);
});

const wrong: ReadonlyArray<readonly [string, (answer: Answer) => Answer]> = [
  ['another command', (answer) => ({ ...answer, command: 6 })],
  ['other flags', (answer) => ({ ...answer, command: 0xc0006 })],
  ['another task', (answer) => ({ ...answer, id: answer.id + 1n })],
  ['another address', (answer) => ({ ...answer, address: answer.address + 4096n })],
  ['an address that differs above 53 bits', (answer) => ({ ...answer, address: answer.address + 2n ** 63n })],
  ['no page', (answer) => ({ ...answer, pages: 0 })],
  ['more pages than asked for', (answer) => ({ ...answer, pages: answer.pages + 1 })],
];
for (const [what, change] of wrong) {
  test(`an answer with ${what} ends the store for good`, async () => {
    const peer = await peerWith({ answer: (answer, number) => (number === 2 ? change(answer) : answer) });
    const { store, lines, failed } = await open(peer.port);
    await store.read(range(0, 1));
    await store.read(range(1, 1));
    const error = await store.read(range(2, 3)).then(
      () => assert.fail('it was taken'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof PagerError);
    assert.match(
      error.message,
      /asked for command 7|asked for command 6 with flags 4, 3 pages at 0x7fca40085000 of task 5671/,
    );
    assert.ok(failed());
    assert.equal(lines.length, 1, 'the reason is said once');
    await until(() => peer.endings.length === 1, 'the end of the connection');
    assert.deepEqual(peer.endings, ['ECONNRESET']);
    await assert.rejects(store.read(range(0, 1)), (again) => again === error);
    await assert.rejects(store.finish(), (again) => again === error);
  });
}

test('a connection that is lost is made again, and all requests are answered', async () => {
  const peer = await peerWith({ answer: (answer, number) => (number === 3 || number === 9 ? null : answer) });
  const { store, lines } = await open(peer.port);
  const parts = [range(0, 10), range(20, 30), range(60, 2), range(100, 9), reads(5)];
  for (const part of parts) await store.read(part);
  for (const part of parts) right(part);
  assert.match(lines.join('\n'), /; threads wait, and it is tried again for 20 s\n.*connected again/);
});

test('a page server that goes and comes back is found again', async () => {
  const peer = await peerWith();
  const { store, lines } = await open(peer.port);
  await store.read(range(0, 10));
  peer.close();
  const waiting = range(10, 10);
  const read = store.read(waiting);
  await until(() => lines.length > 0, 'the loss is said');
  await peer.listen();
  await read;
  right(waiting);
});

test('another dump at the same address does not count as the same page server', async () => {
  const peer = await peerWith();
  const { store, failed } = await open(peer.port);
  await store.read(range(0, 10));
  peer.close();
  await peerWith({ port: peer.port, salt: 8 });
  await assert.rejects(store.read(range(10, 1)), /has other pages than before/);
  assert.ok(failed());
});

test('a page server that does not come back: reads are refused when the patience is over', async () => {
  const peer = await peerWith({ answer: () => null });
  const { store, lines, failed } = await open(peer.port, { patience: 200 });
  const read = store.read(range(0, 1));
  await until(() => peer.endings.length > 0, 'the request has come');
  peer.close();
  await assert.rejects(read, /the page server at 127\.0\.0\.1:\d+ (has closed the connection|is lost)/);
  assert.ok(failed());
  assert.equal(lines.length, 2);
  await assert.rejects(store.read(range(3, 1)));
});

test('a page server that accepts, and closes without a page, is not asked for ever', async () => {
  const peer = await peerWith({ answer: () => null });
  const { store } = await open(peer.port, { patience: 300 });
  await assert.rejects(store.read(range(0, 1)), { code: 'STORE_READ' });
  assert.ok(peer.endings.length > 1);
});

test('nothing listens there: the store does not open', async () => {
  const peer = await peerWith();
  peer.close();
  await assert.rejects(open(peer.port), (error: unknown) => {
    assert.ok(error instanceof PagerError);
    assert.equal(error.errno, 'ECONNREFUSED');
    assert.match(error.hint ?? '', /criu dump --lazy-pages/);
    return true;
  });
});

test('a close ends reads that wait for a lost connection', async () => {
  const peer = await peerWith();
  const { store, lines } = await open(peer.port);
  peer.close();
  await until(() => lines.length > 0, 'the loss is said');
  const read = store.read(range(0, 1));
  await store.close();
  await assert.rejects(read, { code: 'CLOSED' });
});

test('pages that a thread waits for are asked for before those of a push', async () => {
  const peer = await peerWith();
  const { store } = await open(peer.port, { runs: Float64Array.of(PID, BASE, 100_000) });
  const push = [range(1000, 64), range(2000, 64), range(3000, 64), range(4000, 64)].map((part) => store.read(part));
  const fault = store.read(reads(99));
  await Promise.all([...push, fault]);
  const asked = peer.messages.map((message) => Number(Buffer.from(message, 'hex').readBigUInt64LE(16)));
  assert.ok(asked.indexOf(BASE + 99 * PAGE) < asked.indexOf(BASE + 4000 * PAGE), 'the single page overtakes');
});

test.run();
