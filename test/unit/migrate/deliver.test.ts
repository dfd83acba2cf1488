// Where the pages that arrive go: into their region if it takes them, else into the file that they are read from.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Link } from '../../../src/migrate/link.js';
import { PACKET, sendBits, writeRuns } from '../../../src/migrate/packet.js';
import { Destination, Folder, receiveSpec, sendSpec } from '../../support/image/move.js';

const test = suite('pages on arrival');
const folder = new Folder();
const PAGES = 32;
const PAGE = 4096;
const ID = 'cd'.repeat(16);
const offer = { pages: PAGES, pageSize: PAGE, content: PAGES * PAGE };
const events = { wanted: () => {}, arrived: () => {} };

test.after(() => folder.remove());

/** Pages from `first` on, each filled with its number. */
function run(first: number, count: number): [Buffer, Buffer] {
  const bytes = Buffer.concat(Array.from({ length: count }, (_, i) => Buffer.alloc(PAGE, first + i)));
  return [writeRuns([{ first, count }]), bytes];
}

/** A region that takes pages up to `room`. */
async function receiving(room: number) {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const taken = new Map<number, number>();
  const offered: number[] = [];
  destination.receiver.deliverBy((first, count, bytes) => {
    offered.push(first);
    const most = Math.max(0, Math.min(count, room - first));
    for (let i = 0; i < most; i++) taken.set(first + i, bytes[i * PAGE] ?? -1);
    return most;
  });
  const link = await Link.open(sendSpec(socket), ID, false, offer, events);
  link.lost.catch(() => {});
  return { socket, destination, link, taken, offered };
}

test('what the region takes is not read from the file; the others are', async () => {
  const { destination, link, taken } = await receiving(10);
  sendBits(link.push, PAGES, () => true);
  link.push.write(PACKET.switch, [Buffer.from('state')]);
  await destination.switched;
  // A thread waits for a page that the region takes, and for one that it does not.
  const waiting = Promise.all([destination.read(4), destination.read(20)]);
  link.urgent.write(PACKET.pages, run(4, 1));
  link.urgent.write(PACKET.pages, run(20, 1));
  assert.deepEqual(
    (await waiting).map((bytes) => bytes[PAGE - 1]),
    [4, 20],
  );
  link.push.write(PACKET.pages, run(0, PAGES));
  link.push.write(PACKET.end);
  await link.completed;
  assert.deepEqual(
    [...taken].sort(([a], [b]) => a - b),
    Array.from({ length: 10 }, (_, page) => [page, page]),
  );
  for (let page = 10; page < PAGES; page++) assert.deepEqual([...new Set(await destination.read(page))], [page]);
  await assert.rejects(destination.read(3), /page 3 is in its region already/);
  link.end();
  destination.receiver.close();
});

test('before the switch nothing goes into the region: a page may be sent once more', async () => {
  const { destination, link, offered } = await receiving(PAGES);
  link.push.write(PACKET.pages, run(0, 8));
  sendBits(link.push, PAGES, (page) => page >= 8);
  link.push.write(PACKET.switch, [Buffer.from('state')]);
  await destination.switched;
  assert.deepEqual(offered, []);
  assert.deepEqual([...new Set(await destination.read(5))], [5]);
  link.end();
  destination.receiver.close();
});

test('a sender that connects again learns that the region has its pages', async () => {
  const { socket, destination, link } = await receiving(10);
  sendBits(link.push, PAGES, () => true);
  link.push.write(PACKET.switch, [Buffer.from('state')]);
  await destination.switched;
  const last = destination.read(31);
  link.push.write(PACKET.pages, run(0, 4));
  link.push.write(PACKET.pages, run(31, 1));
  await last;
  link.end(new Error('the line is cut'));
  const again = await Link.open(sendSpec(socket), ID, true, offer, events);
  again.lost.catch(() => {});
  assert.deepEqual(
    [...again.has].map((has, page) => (has === 1 ? page : -1)).filter((page) => page >= 0),
    [0, 1, 2, 3, 31],
  );
  again.end();
  destination.receiver.close();
});

test.run();
