// Two connections, and what one of them carries that is read after what was sent later on the other.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Link } from '../../../src/migrate/link.js';
import { PACKET, sendBits, writeRuns } from '../../../src/migrate/packet.js';
import { Destination, Folder, receiveSpec, sendSpec } from '../../support/image/move.js';

const test = suite('link');
const folder = new Folder();
const PAGES = 8;
const PAGE = 4096;

test.after(() => folder.remove());

/** The loop of both ends runs so many rounds. */
async function rounds(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

test('an urgent page that is read after the end of the push connection is not a missing page', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const events = { wanted: () => {}, arrived: () => {} };
  const offer = { pages: PAGES, pageSize: PAGE, content: PAGES * PAGE };
  const link = await Link.open(sendSpec(socket), 'ab'.repeat(16), false, offer, events);
  const lost = link.lost.catch((error: unknown) => error);
  try {
    sendBits(link.push, PAGES, (page) => page < 2);
    link.push.write(PACKET.switch, [Buffer.from('state')]);
    link.push.write(PACKET.pages, [writeRuns([{ first: 0, count: 1 }]), Buffer.alloc(PAGE, 1)]);
    link.push.write(PACKET.end);
    await destination.switched;
    await rounds(50);
    link.urgent.write(PACKET.pages, [writeRuns([{ first: 1, count: 1 }]), Buffer.alloc(PAGE, 2)]);
    const first = await Promise.race([link.completed.then(() => 'completed'), lost]);
    assert.equal(first, 'completed');
    await destination.completed;
    assert.deepEqual([...new Set(await destination.read(1))], [2]);
  } finally {
    link.end();
    await destination.receiver.close();
  }
});

test.run();
