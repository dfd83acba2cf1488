// An other end that is busy is not lost: its process does nothing for a while, but its machine still answers.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import { Connection, PACKET } from '../../../src/migrate/packet.js';
import { countdown, Listening, type Silence } from '../../../src/migrate/silence.js';

const test = suite('silence');
const INTERVAL = 5;
const NEVER = 1e6;
const never = () => 0;

/** Sends back what it gets, and after each time does nothing until its word is no longer 0. */
const BUSY = `
const { workerData } = require('node:worker_threads');
const socket = require('node:net').connect(workerData.place);
const word = new Int32Array(workerData.memory);
socket.on('data', (bytes) => {
  Atomics.store(word, 1, 1);
  Atomics.wait(word, 0, 0);
  if (socket.writable) socket.write(bytes);
});
socket.on('error', () => {});
`;

interface Busy {
  connection: Connection;
  /** How many packets the worker has sent back. */
  heard(): number;
  /** The worker runs on. */
  release(): void;
  end(): Promise<void>;
}

async function busyPeer(place: net.ListenOptions, silence: Silence): Promise<Busy> {
  const server = net.createServer().listen(place);
  await once(server, 'listening');
  const bound = server.address() as AddressInfo | string;
  const memory = new SharedArrayBuffer(8);
  const word = new Int32Array(memory);
  const target = typeof bound === 'string' ? bound : bound.port;
  const worker = new Worker(BUSY, { eval: true, workerData: { place: target, memory } });
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  let heard = 0;
  const connection = new Connection(socket, () => heard++, silence);
  connection.write(PACKET.taken, [Buffer.alloc(8)]);
  while (Atomics.load(word, 1) === 0) await new Promise(setImmediate);
  const release = (): void => {
    Atomics.store(word, 0, 1);
    Atomics.notify(word, 0);
  };
  return {
    connection,
    heard: () => heard,
    release,
    end: async () => {
      connection.end(new Error('the test is over'));
      release();
      await connection.closed;
      await worker.terminate();
      server.close();
    },
  };
}

const places = {
  tcp: () => ({ host: '127.0.0.1', port: 0 }),
  unix: () => ({ path: path.join(tmpdir(), `farpage-silence-${process.pid}.sock`) }),
};

for (const [kind, place] of Object.entries(places)) {
  test(`${kind}: a process that does nothing for long is waited for`, async () => {
    const silence = { interval: INTERVAL, short: 5, long: NEVER };
    const { connection, heard, release, end } = await busyPeer(place(), silence);
    try {
      // It gets a sign of life each interval, and answers none.
      const before = connection.sent;
      while (connection.open && connection.sent < before + 40 * 12) await new Promise(setImmediate);
      assert.equal(connection.open, true);
      assert.equal(heard(), 0);
      release();
      while (connection.open && heard() === 0) await new Promise(setImmediate);
      assert.equal(heard(), 1);
    } finally {
      await end();
    }
  });

  test(`${kind}: but not without end`, async () => {
    const { connection, end } = await busyPeer(place(), { interval: INTERVAL, short: 5, long: 20 });
    try {
      const error = await connection.closed;
      assert.match(String(error), /the other end is silent/);
    } finally {
      await end();
    }
  });
}

test('a machine that acknowledges nothing is lost sooner than one whose process is busy', () => {
  const listening = new Listening({ interval: 1000, short: 5, long: 15 });
  const after = (intervals: number, unanswered: () => number) => {
    listening.heard();
    return Array.from({ length: intervals }, () => listening.isOver(unanswered));
  };
  assert.equal(after(5, () => NEVER).includes(true), false);
  assert.equal(after(6, () => NEVER).at(-1), true);
  // Not for so long yet.
  assert.equal(after(6, () => 4999).at(-1), false);
  assert.equal(after(15, never).includes(true), false);
  assert.equal(after(16, never).at(-1), true);
});

// By a clock the time would be over before the first read.
test('what arrived while this thread was busy is read before a time-out is over', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [net.Socket];
  await once(near, 'connect');
  const events: string[] = [];
  const stop = countdown(25, () => events.push('over'));
  const read = once(near, 'data').then(() => {
    events.push('read');
    stop();
  });
  far.write('here');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  await read;
  assert.deepEqual(events, ['read']);
  near.destroy();
  far.destroy();
  server.close();
});

test('a time-out is over once, if nothing ends it', async () => {
  let times = 0;
  countdown(5, () => times++);
  while (times === 0) await new Promise(setImmediate);
  await new Promise((resolve) => countdown(10, () => resolve(undefined)));
  assert.equal(times, 1);
});

test.run();
