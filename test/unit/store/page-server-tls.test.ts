// covers: src/store/page-server.ts, src/store/page-connection.ts, src/tls-files.ts
// A page server of CRIU that speaks TLS, played with real certificates; and ends that do not fit.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { PageServer, type PageServerSpec } from '../../../src/store/page-server.js';
import { readTls, type TlsFiles } from '../../../src/tls-files.js';
import { PAGE } from '../../support/criu/checkpoint.js';
import { PagePeer, type PagePeerOptions, pageAt } from '../../support/criu/page-peer.js';
import { RecordTap } from '../../support/criu/record-tap.js';
import { makeKeys } from '../../support/servers/keys.js';
import { until } from '../../support/servers/servers.js';

const test = suite('page server of CRIU with TLS');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-page-tls-'));
const tls = makeKeys(folder, 'both');
const strangers = makeKeys(folder, 'strangers');
const BASE = 0x7fca40083000;
const PID = 5671;
const ALERT = 21;
const closers: Array<() => unknown> = [];
test.after.each(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
test.after(() => rmSync(folder, { recursive: true }));

async function peerWith(options: PagePeerOptions): Promise<PagePeer> {
  const peer = await PagePeer.listening(options);
  closers.push(() => peer.close());
  return peer;
}

async function open(port: number, spec: Partial<PageServerSpec> = {}) {
  const lines: string[] = [];
  const events = { say: (line: string) => lines.push(line), failed: () => {} };
  const runs = Float64Array.of(PID, BASE, 100);
  const place = { host: '127.0.0.1', port, protocol: '4.2', tls, patience: 20_000, runs } as const;
  const store = await PageServer.open({ ...place, ...spec }, events);
  closers.push(() => store.close());
  return { store, lines };
}

async function refusal(promise: Promise<unknown>): Promise<PagerError> {
  const error = await promise.then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PagerError);
  return error;
}

const range = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ page: first + i, into: Buffer.alloc(PAGE) }));

/** A server that does not know TLS. */
async function plainServer(take: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    take(socket);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`pages come over ${maxVersion}, also after a lost connection, and a store that has finished says so`, async () => {
    const answer: PagePeerOptions['answer'] = (each, number) => (number === 9 ? null : each);
    const peer = await peerWith({ tls, maxVersion, most: 7, answer });
    const { store, lines } = await open(peer.port);
    const pages = range(0, 100);
    await Promise.all([store.read(pages.slice(0, 60)), store.read(pages.slice(60))]);
    for (const { page, into } of pages) assert.ok(into.equals(pageAt(PID, BASE + page * PAGE)), `page ${page}`);
    assert.match(lines.join(), /is connected again/);
    await store.finish();
    await until(() => peer.endings.length === 2, 'the ends of the connections');
    assert.equal(peer.endings.at(-1), 'closed');
  });
}

// GnuTLS takes a connection without the end of its session for a failure: CRIU then lets the dumped tasks run on.
test('the session ends when the store has finished, and never without', async () => {
  const peer = await peerWith({ tls, maxVersion: 'TLSv1.2' });
  for (const isWhole of [true, false]) {
    const tap = await RecordTap.before(peer.port);
    closers.push(() => tap.close());
    const { store } = await open(tap.port);
    await store.read(range(0, 1));
    if (isWhole) await store.finish();
    await store.close();
    await until(() => peer.connections === 0, 'the end of the connection');
    assert.equal(tap.fromClient.includes(ALERT), isWhole, tap.fromClient.join());
  }
});

test('a page server whose certificate is of another CA is refused at once', async () => {
  const peer = await peerWith({ tls: { ...strangers, ca: tls.ca } });
  const error = await refusal(open(peer.port));
  assert.equal(error.code, 'STORE_READ');
  assert.match(error.message, /cannot be reached: unable to verify the first certificate/);
  assert.match(error.hint ?? '', /--tls-ca must be the CA/);
  assert.deepEqual(peer.messages, []);
});

test('a page server whose certificate names another host is refused at once', async () => {
  const peer = await peerWith({ tls });
  const error = await refusal(open(peer.port, { host: 'localhost' }));
  assert.equal(error.code, 'STORE_READ');
  assert.match(error.message, /altnames/);
  assert.match(error.hint ?? '', /must name the host of --page-server/);
});

for (const [what, take, words] of [
  ['closes', (socket: Socket) => socket.once('data', () => socket.destroy()), /it may speak no TLS/],
  ['answers', (socket: Socket) => socket.once('data', () => socket.write('what is this?')), /wrong version number/],
] as const) {
  test(`a page server that speaks no TLS, and ${what}, is refused at once`, async () => {
    let connections = 0;
    const port = await plainServer((socket) => {
      connections++;
      take(socket);
    });
    const error = await refusal(open(port));
    assert.equal(error.code, 'STORE_READ');
    assert.match(error.message, words);
    assert.notEqual(error.hint, undefined);
    assert.equal(connections, 1);
  });
}

test('a page server that wants TLS where none is asked for: the reason says so', async () => {
  const peer = await peerWith({ tls });
  const { store } = await open(peer.port, { tls: null, patience: 300 });
  const error = await refusal(store.read(range(0, 1)));
  assert.equal(error.code, 'STORE_READ');
  assert.match(error.message, /it may want TLS \(--tls-ca\)/);
  assert.deepEqual(peer.messages, []);
});

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a page server that refuses this end’s certificate: reads fail within the patience, with the reason: ${maxVersion}`, async () => {
    const peer = await peerWith({ tls: { ...tls, ca: strangers.ca }, maxVersion });
    const opened = open(peer.port, { patience: 300 }).then(({ store }) => store.read(range(0, 1)));
    const error = await refusal(opened);
    assert.equal(error.code, 'STORE_READ');
    assert.match(error.message, /refuse --tls-cert|alert/);
    assert.deepEqual(peer.messages, []);
  });
}

test('files that are not what they must be are refused before a connection', () => {
  const text = path.join(folder, 'text');
  writeFileSync(text, 'no certificate');
  const wrong: ReadonlyArray<readonly [Partial<TlsFiles>, RegExp]> = [
    [{ ca: path.join(folder, 'none') }, /none cannot be read/],
    [{ ca: text }, /text is not a certificate/],
    [{ cert: text }, /text is not a certificate/],
    [{ key: text }, /text is not the key of/],
    [{ key: strangers.key }, /strangers-key.pem is not the key of .*both-cert.pem/],
  ];
  for (const [change, message] of wrong) {
    assert.throws(() => readTls({ ...tls, ...change }), { code: 'OPTION', message });
  }
  assert.ok(readTls(tls).key.byteLength > 0);
});

test.run();
