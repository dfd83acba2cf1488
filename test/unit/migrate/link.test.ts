// Two connections, and what one of them carries that is read after what was sent later on the other.
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { suite } from 'uvu';
import { dial, listen } from '../../../src/migrate/connection.js';
import { Link } from '../../../src/migrate/link.js';
import { Connection, PACKET, sendBits, VERSION, writeRuns } from '../../../src/migrate/packet.js';
import { sendPages } from '../../../src/migrate/sender.js';
import { Destination, Folder, receiveSpec, sendSpec } from '../../support/image/move.js';
import { until } from '../../support/servers/servers.js';
import { MemoryPages } from '../../support/world/memory-pages.js';

const test = suite('link');
const folder = new Folder();
const PAGES = 8;
const PAGE = 4096;

test.after(() => folder.remove());

function page(number: number, byte: number): [Buffer, Buffer] {
  return [writeRuns([{ first: number, count: 1 }]), Buffer.alloc(PAGE, byte)];
}

/** A link that has sent one page of two, and its end. */
async function endedEarly(lateTimeout?: number) {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket), lateTimeout);
  let arrived = 0;
  const events = {
    wanted: () => {},
    arrived: (bytes: number) => {
      arrived = bytes;
    },
  };
  const offer = { pages: PAGES, pageSize: PAGE, content: PAGES * PAGE };
  const link = await Link.open(sendSpec(socket), 'ab'.repeat(16), false, offer, events);
  let completed = false;
  void link.completed.then(() => {
    completed = true;
  });
  sendBits(link.push, PAGES, (number) => number < 2);
  link.push.write(PACKET.switch, [Buffer.from('state')]);
  link.push.write(PACKET.pages, page(0, 1));
  link.push.write(PACKET.end);
  const { sent } = link.push;
  // The destination reports what has arrived after every 16 KiB: so much again of what it has already.
  for (let i = 0; i < PAGES; i++) link.push.write(PACKET.pages, page(0, 9));
  const endIsRead = () => until(() => arrived >= sent, 'the end is read');
  const lost = link.lost.catch((error: unknown) => error);
  return { destination, link, endIsRead, lost, completed: () => completed };
}

test('an urgent page that is read after the end of the push connection is not a missing page', async () => {
  const { destination, link, endIsRead, lost, completed } = await endedEarly();
  try {
    await endIsRead();
    assert.equal(completed(), false);
    link.urgent.write(PACKET.pages, page(1, 2));
    const first = await Promise.race([link.completed.then(() => 'completed'), lost]);
    assert.equal(first, 'completed');
    await destination.completed;
    assert.deepEqual([...new Set(await destination.read(0))], [1]);
    assert.deepEqual([...new Set(await destination.read(1))], [2]);
  } finally {
    link.end();
    await destination.receiver.close();
  }
});

test('a page that does not come after the end is reported, and the sender has to connect again', async () => {
  const { destination, link, lost, completed } = await endedEarly(1);
  try {
    await lost;
    assert.equal(completed(), false);
    await until(() => destination.lines.length >= 2, 'the lines of the destination');
    assert.match(destination.lines.join('\n'), /ended with page 1 not sent\n.* lost; it has 3 s to reconnect/);
  } finally {
    link.end();
    await destination.receiver.close();
  }
});

const greeting = { version: 1, id: 'cd'.repeat(16), again: false, pages: PAGES, pageSize: PAGE };

/** A connection without a sender, and the types of the packets that come over it. */
async function stranger(url: string, hello: object) {
  const came: number[] = [];
  const connection = new Connection(await dial({ url, tls: null, patience: 1000 }), (type) => came.push(type));
  connection.writeJson(PACKET.hello, hello);
  return { connection, came };
}

test('the end of the link before says nothing of the next one', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const join = async (role: string, again: boolean) => {
    const made = await stranger(`unix:${socket}`, { ...greeting, role, again });
    await until(() => made.came.includes(PACKET.welcome), `the welcome of ${role}`);
    return made.connection;
  };
  await join('push', false);
  const before = await join('urgent', false);
  // The sender has lost both, which the destination has not noticed, and dials again.
  const push = await join('push', true);
  before.end();
  const urgent = await join('urgent', true);
  await before.closed;
  assert.deepEqual([push.open, urgent.open], [true, true]);
  push.end();
  urgent.end();
  await destination.receiver.close();
});

test('pages that come before the welcome reach no transfer', async () => {
  const { url, ...spec } = receiveSpec(folder.socket());
  const destination = await Destination.listen({ url, ...spec });
  try {
    const one = await stranger(url, { ...greeting, role: 'push' });
    await until(() => one.came.includes(PACKET.welcome), 'the first is welcome');
    const other = await stranger(url, { ...greeting, id: 'ef'.repeat(16), role: 'push' });
    other.connection.write(PACKET.pages, page(0, 9));
    await other.connection.closed;
    assert.equal(other.came.includes(PACKET.welcome), false);
    one.connection.write(PACKET.pages, page(1, 1));
    sendBits(one.connection, PAGES, () => false);
    one.connection.write(PACKET.switch, [Buffer.from('state')]);
    await destination.switched;
    assert.deepEqual([...new Set(await destination.read(0))], [0]);
    assert.deepEqual([...new Set(await destination.read(1))], [1]);
    one.connection.end();
  } finally {
    destination.receiver.close();
  }
});

test('a sender that is aborted while it waits for the welcome ends its connection, and makes no other', async () => {
  const socket = folder.socket();
  const joined: Socket[] = [];
  const spec = { url: `unix:${socket}`, tls: null, patience: 0 };
  let goOn = (): void => {};
  const goesOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const listener = await listen(spec, (one) => {
    if (joined.push(one) === 2) goOn();
  });
  try {
    const ending = new AbortController();
    const hooks = { switch: async () => Buffer.from('state'), signal: ending.signal };
    const sending = sendPages(new MemoryPages(PAGES), sendSpec(socket), hooks);
    const ended = assert.rejects(sending, /enough/);
    await until(() => joined.length === 1, 'the sender connects');
    ending.abort(new Error('enough'));
    await ended;
    const push = new Connection(joined[0] as Socket, () => {});
    // To a sender that still waits.
    push.writeJson(PACKET.welcome, { version: VERSION, complete: false, lz4: false });
    await Promise.race([push.closed, goesOn]);
    assert.equal(joined.length, 1);
  } finally {
    listener.close();
    for (const one of joined) one.destroy();
  }
});

test('a receiver that closes before it is ready says so to the sender that waits', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  destination.ready = () => destination.receiver.close();
  const offer = { pages: PAGES, pageSize: PAGE, content: PAGES * PAGE };
  const events = { wanted: () => {}, arrived: () => {} };
  await assert.rejects(Link.open(sendSpec(socket), 'ab'.repeat(16), false, offer, events), /refuses: .*closed/);
});

test.run();
