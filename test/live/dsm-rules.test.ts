// budget: 60 s
// covers: src/dsm/
// A node and a home of which the test writes each packet: what breaks the rules ends the connection, and not the node.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { suite } from 'uvu';
import { MESSAGE_GET, MESSAGE_SHARE } from '../../assembly/dsm/layout.js';
import { MESSAGE_RENEW, MESSAGE_RENEWED } from '../../src/dsm/message.js';
import { createPager } from '../../src/index.js';
import { PACKET, readJson } from '../../src/migrate/packet.js';
import { within } from '../support/budget.js';
import { Peer } from '../support/dsm/peer.js';

const BUDGET = 20_000;
const PAGE = 4096;
const test = suite('a home that breaks the rules');

test('a page that comes without its bytes: the node connects again, and gets it then', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accept = async () => {
    const [socket] = (await within(BUDGET, once(server, 'connection'), 'the node connects')) as [Socket];
    const home = new Peer(socket);
    const hello = readJson(await home.packet(PACKET.hello));
    home.connection.writeJson(PACKET.welcome, { node: 0, session: 'session', leaseMs: 600_000 });
    return { home, hello };
  };
  const pager = await createPager();
  const joining = pager.join(`tcp://127.0.0.1:${port}`, { name: 'region', byteLength: PAGE });
  const { home } = await accept();
  for (let ping = 0; ping < 3; ping++) {
    const { version } = await home.hear(MESSAGE_RENEW);
    home.send({ message: MESSAGE_RENEWED, version });
  }
  const region = await joining;
  const fenced: unknown[] = [];
  region.on('fenced', (...what) => fenced.push(what));
  const loading = region.load(0, PAGE);
  const { req } = await home.hear(MESSAGE_GET);
  home.send({ message: MESSAGE_SHARE, txn: 1, req, version: 1n });
  const { home: again, hello } = await accept();
  assert.equal(hello['session'], 'session');
  const second = await again.hear(MESSAGE_GET);
  again.send({ message: MESSAGE_SHARE, txn: 1, req: second.req, version: 1n }, Buffer.alloc(PAGE, 7));
  await within(BUDGET, loading, 'the page arrives');
  assert.equal(new Uint8Array(region.buffer)[PAGE - 1], 7);
  assert.deepEqual(fenced, []);
  again.end();
  server.close();
  await pager.close();
});

test.run();
