// covers: src/criu/page-session.ts, src/criu/page-server.ts
// `farpage criu page-server`, asked byte by byte. The requests of protocol 4.2 are those of a real criu lazy-pages of CRIU 4.2, with
// other addresses and pids.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { checkPageServing, type PageServerOptions, servePages } from '../../../src/criu/page-server.js';
import { FLAGS, PAGE, writeCheckpoint } from '../../support/criu/checkpoint.js';
import { pageAt } from '../../support/criu/page-peer.js';
import { until } from '../../support/servers/servers.js';
import { Random } from '../../support/sim/random.js';

const test = suite('pages of a checkpoint, served');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-page-session-'));
const images = path.join(folder, 'images');
const PID = 0x148a;
const BASE = 0x7f6ed24b4000;
const LAZY = FLAGS.lazy | FLAGS.present;
writeCheckpoint(images, [
  {
    pid: PID,
    runs: [
      { address: 0x10000, pages: 3, flags: LAZY },
      { address: BASE, pages: 2000, flags: LAZY },
      { address: BASE + 2000 * PAGE, pages: 4, flags: FLAGS.present },
    ],
  },
  { pid: 0x10000, runs: [{ address: 0x20000, pages: 70_000, flags: LAZY }] },
]);
const stops: Array<() => void> = [];
const sockets: Socket[] = [];
test.after.each(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const stop of stops.splice(0)) stop();
});
test.after(() => rmSync(folder, { recursive: true }));

async function serve(options: Partial<PageServerOptions> = {}) {
  const lines: string[] = [];
  const serving = await servePages(checkPageServing({ images, ...options }), (line) => lines.push(line));
  stops.push(() => serving.stop());
  return { serving, lines, client: () => new Client(Number(serving.address.split(':').at(-1))) };
}

class Client {
  readonly socket: Socket;
  received = Buffer.alloc(0);
  isClosed = false;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    sockets.push(this.socket);
    this.socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.isClosed = true;
    });
  }

  send(...hex: string[]): void {
    this.socket.write(Buffer.from(hex.join(''), 'hex'));
  }

  async take(bytes: number): Promise<Buffer> {
    await until(() => this.received.byteLength >= bytes, `${bytes} bytes`);
    const taken = this.received.subarray(0, bytes);
    this.received = this.received.subarray(bytes);
    return taken;
  }

  closed(): Promise<void> {
    return until(() => this.isClosed, 'the server closes');
  }
}

const hex = (value: bigint, bytes: number) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer.subarray(0, bytes).toString('hex');
};
const wide = (command: number, pages: number, address: number, id: number) =>
  [hex(BigInt(command), 8), hex(BigInt(pages), 8), hex(BigInt(address), 8), hex(BigInt(id), 8)].join('');
const old = (command: number, pages: number, address: number, id: number) =>
  [hex(BigInt(command), 4), hex(BigInt(pages), 4), hex(BigInt(address), 8), hex(BigInt(id), 8)].join('');
const FORMS = { '4.2': wide, '4.1': old } as const;

test('a request of CRIU 4.2 gets the answer that CRIU gives, and CLOSE a status', async () => {
  const { serving, client } = await serve();
  const criu = client();
  criu.send('0700000000000000010000000000000000404bd26e7f00008a14000000000000');
  const answer = await criu.take(32 + PAGE);
  assert.equal(
    answer.subarray(0, 32).toString('hex'),
    '0600040000000000010000000000000000404bd26e7f00008a14000000000000',
  );
  assert.ok(answer.subarray(32).equals(pageAt(PID, BASE)));
  criu.send('2310000000000000000000000000000000000000000000000000000000000000');
  assert.equal((await criu.take(4)).toString('hex'), '00000000');
  const { pages, clients } = await serving.report;
  assert.equal(pages, 1);
  assert.deepEqual([clients[0]?.protocol, clients[0]?.finished, clients[0]?.reason], ['4.2', true, null]);
});

for (const protocol of ['4.2', '4.1'] as const) {
  const form = FORMS[protocol];
  const head = form(7, 1, BASE, PID).length / 2;
  for (const given of [undefined, protocol]) {
    test(`protocol ${protocol}, ${given === undefined ? 'as the first request tells' : 'as given'}: pieces of requests, many at once, and answers that end with a run`, async () => {
      const { serving, client } = await serve(given === undefined ? {} : { protocol: given });
      const criu = client();
      const first = form(7, 2, 0x11000, PID);
      for (let at = 0; at < first.length; at += 10) {
        criu.send(first.slice(at, at + 10));
        await new Promise((resolve) => setImmediate(resolve));
      }
      const answer = await criu.take(head + 2 * PAGE);
      assert.ok(answer.subarray(head + PAGE).equals(pageAt(PID, 0x12000)));
      criu.send(form(7, 100, 0x12000, PID), form(7, 5000, BASE, PID), form(7, 3, BASE + 1999 * PAGE, PID));
      const one = await criu.take(head + PAGE);
      assert.equal(one.subarray(0, head).toString('hex'), form(0x40006, 1, 0x12000, PID));
      const most = await criu.take(head + 1024 * PAGE);
      assert.equal(most.subarray(0, head).toString('hex'), form(0x40006, 1024, BASE, PID));
      assert.ok(most.subarray(head + 1023 * PAGE).equals(pageAt(PID, BASE + 1023 * PAGE)));
      const last = await criu.take(head + PAGE);
      assert.equal(last.subarray(0, head).toString('hex'), form(0x40006, 1, BASE + 1999 * PAGE, PID));
      criu.send(form(7, 1, 0x20000 + 0x10000 * PAGE, 0x10000), form(0x1024, 0, 0, 0));
      await criu.take(head + PAGE + 4);
      assert.equal((await serving.report).clients[0]?.protocol, protocol);
    });
  }

  for (const [what, message] of [
    ['a task that the checkpoint does not have', form(7, 1, BASE, 99)],
    ['an address of no run', form(7, 1, 0x9000, PID)],
    ['a page that is not lazy', form(7, 1, BASE + 2000 * PAGE, PID)],
    ['an address that is not a page’s', form(7, 1, BASE + 8, PID)],
    ['no page', form(7, 0, BASE, PID)],
    ['a command that opens an image for writing', form(4, 0, 0, (PID << 8) | 1)],
    ['a command with flags', form(7 | (4 << 16), 1, BASE, PID)],
    ['an unknown command', form(99, 1, BASE, PID)],
  ] as const) {
    test(`${what}, in protocol ${protocol}: the client is dropped, and the server serves the next`, async () => {
      const { serving, client, lines } = await serve();
      for (const before of ['', form(7, 1, BASE, PID)]) {
        const criu = client();
        criu.send(before, message, before === '' ? '00'.repeat(8) : '');
        await criu.closed();
      }
      const next = client();
      next.send(form(7, 1, BASE, PID), form(0x1023, 0, 0, 0));
      await next.take(head + PAGE + 4);
      const { clients } = await serving.report;
      assert.deepEqual(
        clients.map(({ finished }) => finished),
        [false, false, true],
      );
      assert.match(lines.join('\n'), /0 pages sent; .*(protocol|lazy pages|command)/);
    });
  }
}

test('a client that has all at once only says so, whatever it speaks', async () => {
  for (const form of [wide, old]) {
    const { serving, client } = await serve();
    const criu = client();
    criu.send(form(0x1023, 0, 0, 0));
    assert.equal((await criu.take(4)).readInt32LE(), 0);
    assert.ok((await serving.report).clients[0]?.finished);
  }
});

test('without keep a client that goes without a word is not the last; with keep none is', async () => {
  const { serving, client, lines } = await serve({ keep: true });
  const gone = client();
  gone.send(wide(7, 1, BASE, PID));
  await gone.take(32 + PAGE);
  gone.socket.end();
  await gone.closed();
  const whole = client();
  whole.send(wide(0x1023, 0, 0, 0));
  await whole.take(4);
  await whole.closed();
  const other = client();
  other.send(old(7, 1, BASE, PID));
  await other.take(24 + PAGE);
  await until(() => lines.some((line) => line.includes('before it had finished')), 'the reason');
  serving.stop();
  assert.equal((await serving.report).pages, 2);
});

test('any bytes end in answers, a reason, or a wait for more: never in a failure of the server', async () => {
  const { serving, client } = await serve({ keep: true });
  const random = new Random(18n);
  for (let round = 0; round < 150; round++) {
    const messages = [wide(7, 1 + random.below(4), BASE, PID), old(7, 1, 0x10000, PID), wide(0x1023, 0, 0, 0)];
    const bytes = Buffer.from(Array.from({ length: 4 }, () => messages[random.below(3)]).join(''), 'hex');
    for (let changes = random.below(6); changes > 0; changes--) {
      bytes[random.below(bytes.byteLength)] = random.below(256);
    }
    const criu = client();
    criu.socket.end(bytes);
    await criu.closed();
  }
  const last = client();
  last.send(wide(7, 1, BASE, PID));
  await last.take(32 + PAGE);
  serving.stop();
  assert.equal((await serving.report).clients.length, 151);
});

test.run();
