// A connection that has ended reads nothing more.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { suite } from 'uvu';
import { Connection } from '../../../src/migrate/packet.js';

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

test.run();
