// A connection that has ended reads nothing more, and a list of pages of any length fits its packets.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { suite } from 'uvu';
import { Connection, PACKET, readRuns, sendRuns } from '../../../src/migrate/packet.js';

const test = suite('packets');

test('what arrives after the end is not kept', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peer = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  const connection = new Connection(socket, () => {});
  connection.end();
  let copied = 0;
  const chunk = Buffer.alloc(16);
  chunk.copy = () => ++copied;
  // The other end may go on sending for as long as it likes.
  socket.emit('data', chunk);
  assert.equal(copied, 0);
  peer.destroy();
  await connection.closed;
  server.close();
});

test('a list of more pages than one packet takes arrives whole', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [net.Socket];
  const runs = Array.from({ length: 2 ** 18 }, (_, n) => ({ first: 2 * n, count: 1 }));
  const heard: typeof runs = [];
  const receiver = new Connection(near, (_type, body) => heard.push(...readRuns(body, 2 ** 20)));
  const sender = new Connection(far, () => {});
  sendRuns(sender, PACKET.lost, runs);
  sender.end();
  await receiver.closed;
  assert.deepEqual(heard, runs);
  server.close();
});

test.run();
