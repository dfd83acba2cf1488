// covers: src/criu/page-session.ts, src/criu/page-server.ts
// `farpage criu page-server` with TLS: clients with certificates of its CA, and others.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ConnectionOptions, connect, TLSSocket } from 'node:tls';
import { suite } from 'uvu';
import { checkPageServing, type PageServerOptions, servePages } from '../../../src/criu/page-server.js';
import { readTls } from '../../../src/tls-files.js';
import { FLAGS, PAGE, writeCheckpoint } from '../../support/criu/checkpoint.js';
import { pageAt } from '../../support/criu/page-peer.js';
import { RecordTap } from '../../support/criu/record-tap.js';
import { makeKeys } from '../../support/servers/keys.js';
import { until } from '../../support/servers/servers.js';

const test = suite('pages of a checkpoint, served with TLS');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-page-serving-'));
const images = path.join(folder, 'images');
const tls = makeKeys(folder, 'both');
const strangers = makeKeys(folder, 'strangers');
const PID = 0x148a;
const BASE = 0x7f6ed24b4000;
/** Bytes of a message of CRIU 4.2, and most bytes of a record of TLS. */
const HEAD = 32;
const MAX_RECORD = 16384;
const ALERT = 21;
writeCheckpoint(images, [{ pid: PID, runs: [{ address: BASE, pages: 50, flags: FLAGS.lazy | FLAGS.present }] }]);
const closers: Array<() => void> = [];
test.after.each(() => {
  for (const close of closers.splice(0).reverse()) close();
});
test.after(() => rmSync(folder, { recursive: true }));

async function serve(options: Partial<PageServerOptions> = { tls }) {
  const lines: string[] = [];
  const serving = await servePages(checkPageServing({ images, ...options }), (line) => lines.push(line));
  closers.push(() => serving.stop());
  return { serving, lines, port: Number(serving.address.split(':').at(-1)) };
}

class Client {
  readonly socket: Socket;
  /** One a record: OpenSSL gives no more at once. */
  readonly chunks: Buffer[] = [];
  isOpen = false;
  isClosed = false;

  constructor(port: number, options: ConnectionOptions | null) {
    const place = { port, host: '127.0.0.1' };
    this.socket = options === null ? connectPlain(place) : connect({ ...place, ...options });
    closers.push(() => this.socket.destroy());
    this.socket.on('data', (bytes) => this.chunks.push(bytes));
    this.socket.on('error', () => {});
    this.socket.on(options === null ? 'connect' : 'secureConnect', () => {
      this.isOpen = true;
    });
    this.socket.on('close', () => {
      this.isClosed = true;
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  closed(): Promise<void> {
    return until(() => this.isClosed, 'the server closes');
  }
}

function message(command: number, pages: number, address: number, id: number): Buffer {
  const bytes = Buffer.alloc(HEAD);
  bytes.writeUInt32LE(command, 0);
  for (const [i, value] of [pages, address, id].entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * (i + 1));
  return bytes;
}

test('a client with a certificate of the CA gets pages, each answer’s header in a record of its own, and then the end of the session', async () => {
  const { serving, port } = await serve();
  const tap = await RecordTap.before(port);
  closers.push(() => tap.close());
  const client = new Client(tap.port, readTls(tls));
  await until(() => client.isOpen, 'the keys');
  assert.ok(client.socket instanceof TLSSocket);
  assert.ok(client.socket.authorized);
  // Tickets of TLS 1.3 would come while nothing is asked for.
  assert.equal(client.socket.getProtocol(), 'TLSv1.2');
  for (const [first, count] of [
    [0, 1],
    [3, 40],
  ] as const) {
    client.chunks.length = 0;
    client.socket.write(message(7, count, BASE + first * PAGE, PID));
    await until(() => client.bytes.byteLength >= HEAD + count * PAGE, 'the answer');
    assert.equal(client.chunks[0]?.byteLength, HEAD, 'CRIU waits for more bytes from the network after the header');
    assert.ok(client.chunks.every(({ byteLength }) => byteLength <= MAX_RECORD));
    assert.equal(client.bytes.byteLength, HEAD + count * PAGE);
    for (let i = 0; i < count; i++) {
      const page = client.bytes.subarray(HEAD + i * PAGE, HEAD + (i + 1) * PAGE);
      assert.ok(page.equals(pageAt(PID, BASE + (first + i) * PAGE)), `page ${first + i}`);
    }
  }
  client.chunks.length = 0;
  client.socket.write(message(0x1023, 0, 0, 0));
  await client.closed();
  assert.equal(client.bytes.toString('hex'), '00000000');
  assert.equal(tap.fromServer.at(-1), ALERT, tap.fromServer.join());
  const { pages, clients } = await serving.report;
  assert.deepEqual([pages, clients[0]?.finished, clients[0]?.reason], [41, true, null]);
});

const { ca, cert, key } = readTls(tls);
const refused: ReadonlyArray<readonly [string, ConnectionOptions | null, RegExp]> = [
  [
    'a certificate of another CA',
    { ...readTls(strangers), ca },
    /no TLS: its certificate is refused: UNABLE_TO_VERIFY/,
  ],
  ['no certificate', { ca }, /no TLS: .*peer did not return a certificate/],
  ['an older TLS', { ca, cert, key, maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' }, /no TLS: /],
  ['no TLS', null, /no TLS: /],
];
for (const [what, options, words] of refused) {
  test(`a client with ${what} gets no byte of the checkpoint, the server says why, and serves the next`, async () => {
    const { serving, lines, port } = await serve();
    const client = new Client(port, options);
    if (options === null) client.socket.write(message(7, 1, BASE, PID));
    else client.socket.on('secureConnect', () => client.socket.write(message(7, 1, BASE, PID)));
    await client.closed();
    assert.ok(client.bytes.byteLength < HEAD, client.bytes.toString('hex'));
    await until(() => lines.some((line) => words.test(line)), `${words} in ${lines.join('; ')}`);
    const next = new Client(port, readTls(tls));
    next.socket.write(message(0x1023, 0, 0, 0));
    await next.closed();
    const { pages, clients } = await serving.report;
    assert.deepEqual([pages, clients.length], [0, 1]);
  });
}

test('a server without TLS says that a client has begun it', async () => {
  const { serving, lines, port } = await serve({});
  await new Client(port, readTls(tls)).closed();
  await until(() => lines.some((line) => /it begins TLS, and --tls-ca/.test(line)), lines.join());
  serving.stop();
  assert.equal((await serving.report).pages, 0);
});

test('a server ends at once also while a client has not agreed on keys', async () => {
  const { serving, port } = await serve();
  const mute = new Client(port, null);
  await until(() => mute.isOpen, 'the connection');
  const next = new Client(port, readTls(tls));
  await until(() => next.isOpen, 'the keys of a later client');
  serving.stop();
  assert.equal((await serving.report).pages, 0);
  await mute.closed();
});

test.run();
