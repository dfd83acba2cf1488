// Connections without streams: every byte arrives once and in order, whatever the kernel takes at a time, and every end is heard of.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import { dial, type Listener, listen } from '../../../src/migrate/connection.js';
import { Connection, MAX_PACKET_BYTES, PACKET } from '../../../src/migrate/packet.js';
import { SHORT_SILENCE } from '../../../src/migrate/silence.js';
import { native } from '../../../src/native/native.js';
import { until } from '../../support/servers/servers.js';

const test = suite('direct connections');
const specOf = (url: string) => ({ url, tls: null, patience: 1000 });

type Take = (type: number, body: Buffer) => void;

interface Pair {
  near: Connection;
  far: Connection;
  nearSocket: net.Socket;
  farSocket: net.Socket;
  end(): Promise<void>;
}

let places = 0;
const kinds = {
  tcp: () => 'tcp://127.0.0.1:0',
  unix: () => `unix:${path.join(tmpdir(), `farpage-direct-${process.pid}-${places++}.sock`)}`,
};

async function listenOnce(url: string): Promise<{ listener: Listener; joined: Promise<net.Socket> }> {
  let join: (socket: net.Socket) => void = () => {};
  const joined = new Promise<net.Socket>((resolve) => {
    join = resolve;
  });
  return { listener: await listen(specOf(url), (socket) => join(socket), true), joined };
}

async function pairOf(url: string, takeNear: Take, takeFar: Take): Promise<Pair> {
  const { listener, joined } = await listenOnce(url);
  const [nearSocket, farSocket] = await Promise.all([dial(specOf(listener.url)), joined]);
  const near = new Connection(nearSocket, takeNear, SHORT_SILENCE, true);
  const far = new Connection(farSocket, takeFar, SHORT_SILENCE, true);
  const end = async () => {
    near.end(new Error('the test is over'));
    far.end(new Error('the test is over'));
    await Promise.all([near.closed, far.closed]);
    listener.close();
  };
  return { near, far, nearSocket, farSocket, end };
}

const nothing: Take = () => {};

test('a descriptor that cannot be watched: the connection is a stream, and its watcher is given back', async () => {
  const { userfaultfd } = native();
  const { Watcher } = userfaultfd;
  let closed = 0;
  class Refused extends Watcher {
    override arm(): void {
      throw new Error('ENOMEM');
    }

    override close(): void {
      closed++;
      super.close();
    }
  }
  Object.assign(userfaultfd, { Watcher: Refused });
  try {
    const heard = { near: '', far: '' };
    const { near, far, end } = await pairOf(
      kinds.tcp(),
      (_, body) => {
        heard.near += body.toString();
      },
      (_, body) => {
        heard.far += body.toString();
      },
    );
    near.write(PACKET.pages, [Buffer.from('there')]);
    far.write(PACKET.pages, [Buffer.from('back')]);
    await until(() => heard.near === 'back' && heard.far === 'there', 'both are heard');
    await end();
    assert.equal(closed, 2);
  } finally {
    Object.assign(userfaultfd, { Watcher });
  }
});

for (const [kind, urlOf] of Object.entries(kinds)) {
  test(`${kind}: packets of all sizes, more than the kernel takes at once, arrive in order`, async () => {
    const big = Array.from({ length: 10 }, () => MAX_PACKET_BYTES);
    const sizes = [0, 1, 8, 4096, 8192, 8193, 65544, ...big, 3, 1_000_003, 5];
    const heard: Array<{ type: number; length: number; isRight: boolean }> = [];
    const { near, nearSocket, farSocket, end } = await pairOf(urlOf(), nothing, (type, body) => {
      heard.push({ type, length: body.length, isRight: body.equals(Buffer.alloc(body.length, body.length % 251)) });
    });
    try {
      // Nothing came, or went, by a stream of Node.js before.
      assert.equal(nearSocket.isPaused() && farSocket.isPaused(), true);
      const sent: number[] = [];
      const write = (round: number): void => {
        for (const [n, size] of sizes.entries()) {
          const body = Buffer.alloc(size, size % 251);
          near.write(PACKET.pages, [body.subarray(0, size >> 1), body.subarray(size >> 1)], () => {
            sent.push(round * sizes.length + n);
          });
        }
      };
      write(0);
      // Far more than the kernel takes: the rest waits in the stream, and what follows may not overtake it.
      assert.ok(nearSocket.writableLength > 0);
      await until(() => heard.length >= 3, 'some have arrived');
      write(1);
      await until(() => heard.length === 2 * sizes.length, 'all have arrived');
      await until(() => sent.length === 2 * sizes.length, 'all are written');
      const expected = [...sizes, ...sizes].map((length) => ({ type: PACKET.pages, length, isRight: true }));
      assert.deepEqual(heard, expected);
      assert.deepEqual(
        sent,
        expected.map((_, n) => n),
      );
      assert.equal(farSocket.bytesRead, 0);
    } finally {
      await end();
    }
  });

  test(`${kind}: what was written before the end arrives, and both ends close`, async () => {
    const heard: number[] = [];
    const { near, far, end } = await pairOf(urlOf(), nothing, (_type, body) => heard.push(body.length));
    try {
      for (const size of [10, 1_000_000, 20]) near.write(PACKET.pages, [Buffer.alloc(size)]);
      near.end();
      await Promise.all([near.closed, far.closed]);
      assert.deepEqual(heard, [10, 1_000_000, 20]);
    } finally {
      await end();
    }
  });

  test(`${kind}: what came before an abrupt end is taken first`, async () => {
    const heard: number[] = [];
    let isBusy = true;
    const { near, far, farSocket, end } = await pairOf(urlOf(), nothing, (_type, body) => {
      heard.push(body.length);
      if (!isBusy) return;
      isBusy = false;
      // The other end writes once more and ends, with bytes unread, before this end reads again.
      far.write(PACKET.pages, [Buffer.alloc(7)]);
      near.write(PACKET.pages, [Buffer.alloc(30)]);
      near.end(new Error('abrupt'));
    });
    try {
      near.write(PACKET.pages, [Buffer.alloc(10)]);
      await far.closed;
      assert.deepEqual(heard, [10, 30]);
      assert.equal(farSocket.destroyed, true);
    } finally {
      await end();
    }
  });

  test(`${kind}: a damaged packet, and what the other end sends after that, ends the connection`, async () => {
    const { near, far, nearSocket, end } = await pairOf(urlOf(), nothing, () => assert.fail('a packet was taken'));
    try {
      const junk = Buffer.alloc(64, 1);
      junk.writeUInt32LE(20, 0);
      nearSocket.write(junk);
      assert.match(String(await far.closed), /damaged/);
      await near.closed;
    } finally {
      await end();
    }
  });
}

/** A thread that dials, reads its connection directly, says so, and ends without closing it. */
const GONE = `
const { parentPort, workerData } = require('node:worker_threads');
Promise.all([import(workerData.connection), import(workerData.packet)]).then(async ([{ dial }, { Connection, PACKET }]) => {
  const socket = await dial({ url: workerData.url, tls: null, patience: 1000 });
  const connection = new Connection(socket, () => {}, undefined, true);
  connection.write(PACKET.alive);
  parentPort.postMessage('there');
});
`;

test('a thread that ends closes its connections', async () => {
  const { listener, joined } = await listenOnce(kinds.tcp());
  const folder = new URL('../../../src/migrate/', import.meta.url);
  const workerData = {
    url: listener.url,
    connection: new URL('connection.js', folder).href,
    packet: new URL('packet.js', folder).href,
  };
  const worker = new Worker(GONE, { eval: true, workerData });
  const said = once(worker, 'message');
  const connection = new Connection(await joined, nothing, { ...SHORT_SILENCE, long: 1e6 }, true);
  await said;
  await worker.terminate();
  // A descriptor that stays open somewhere would keep it alive.
  await connection.closed;
  listener.close();
});

test.run();
