// A node's lease and a home of which a test writes each packet: one that does not answer, ends connections, or is late.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { suite } from 'uvu';
import { MAX_NODES, MESSAGE_INV } from '../../../assembly/dsm/layout.js';
import { Lease, type LeaseEvents } from '../../../src/dsm/lease.js';
import { MESSAGE_LEAVE, MESSAGE_LEFT, MESSAGE_RENEW, MESSAGE_RENEWED } from '../../../src/dsm/message.js';
import type { JoinRequest, Runs } from '../../../src/dsm/requests.js';
import { PACKET, readJson, writeRuns } from '../../../src/migrate/packet.js';
import { within } from '../../support/budget.js';
import { Peer } from '../../support/dsm/peer.js';
import { until } from '../../support/servers/servers.js';

const BUDGET = 20_000;
const LONG_LEASE = 600_000;
const PAGES = 8;
const test = suite('the lease of a node');
let server: net.Server;
let lease: Lease | undefined;

test.before.each(async () => {
  server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
test.after.each(() => {
  lease?.end();
  server.close();
});

/** The home's end of the node's next connection. */
async function accept(): Promise<Peer> {
  return (await greeted()).home;
}

async function greeted(): Promise<{ home: Peer; hello: Record<string, unknown> }> {
  const [socket] = (await within(BUDGET, once(server, 'connection'), 'the node connects')) as [Socket];
  const home = new Peer(socket);
  return { home, hello: readJson(await home.packet(PACKET.hello)) };
}

function welcome(home: Peer, leaseMs: number): void {
  home.connection.writeJson(PACKET.welcome, { node: 0, session: 'session', leaseMs });
}

/** Answers the renewals that the join measures. */
async function answer(home: Peer): Promise<void> {
  for (let ping = 0; ping < 3; ping++) {
    const { version } = await home.hear(MESSAGE_RENEW);
    home.send({ message: MESSAGE_RENEWED, version });
  }
}

interface Noted {
  lost: Runs[];
  reconnected: number;
  /** What it has. */
  asked: number;
  /** Lists of messages about pages. */
  taken: number;
  /** How long pages may be used, and until the node ends, from when this was said. */
  extended: Array<{ usable: number; end: number }>;
  fenced: Promise<string>;
}

function leaseWith(options: { patience?: number; answerMs?: number } = {}): { lease: Lease; noted: Noted } {
  const { patience = 0, answerMs } = options;
  let fence: (why: string) => void = () => {};
  const fenced = new Promise<string>((resolve) => (fence = resolve));
  const noted: Noted = { lost: [], reconnected: 0, asked: 0, taken: 0, extended: [], fenced };
  const events: LeaseEvents = {
    take: () => noted.taken++,
    lost: (runs) => noted.lost.push(runs),
    extended: (usable, end) =>
      noted.extended.push({ usable: usable - performance.now(), end: end - performance.now() }),
    reconnected: () => noted.reconnected++,
    newHome: () => noted.asked++,
    freeze: () => {},
    thaw: () => {},
    fence,
  };
  const ask: JoinRequest = {
    urls: [`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`],
    tls: null,
    token: '',
    name: 'region',
    pages: PAGES,
    address: 0n,
    file: -1,
    alias: 0n,
    rollBack: false,
    resident: null,
    interval: null,
    through: false,
    holdMs: null,
    leaseMs: null,
    patience,
    counters: new SharedArrayBuffer(0),
  };
  lease = new Lease(ask, events, answerMs);
  return { lease, noted };
}

/** A node that has joined. */
async function join(leaseMs: number, patience?: number): Promise<{ home: Peer; noted: Noted }> {
  const { lease, noted } = leaseWith(patience === undefined ? {} : { patience });
  const opened = lease.open();
  const home = await accept();
  welcome(home, leaseMs);
  await answer(home);
  await opened;
  return { home, noted };
}

test('a home that does not welcome the node, or not answer it, ends the join', async () => {
  for (const welcomes of [false, true]) {
    const opened = leaseWith({ answerMs: 50 }).lease.open();
    const home = await accept();
    if (welcomes) welcome(home, LONG_LEASE);
    await assert.rejects(within(BUDGET, opened, 'the join ends'), /did not answer in 0.05 s/);
    await home.closed;
  }
});

test('pages may be used for less than the lease, from when the renewal was sent, and the node ends after its patience', async () => {
  const PATIENCE = 50_000;
  const { noted } = await join(LONG_LEASE, PATIENCE);
  assert.equal(noted.extended.length, 3);
  for (const { usable, end } of noted.extended) {
    assert.ok(usable <= 0.7 * LONG_LEASE, `${usable}`);
    assert.equal(Math.round(end - usable), Math.round(0.3 * LONG_LEASE + PATIENCE));
  }
});

test('a welcome with a lease that is none is refused', async () => {
  const opened = leaseWith().lease.open();
  welcome(await accept(), 1e300);
  await assert.rejects(within(BUDGET, opened, 'the join ends'), /not within its bounds/);
});

test('a welcome with a number that no node has, or that asks a new node what it has, is refused', async () => {
  const right = { node: 0, session: 'session', leaseMs: LONG_LEASE };
  for (const [wrong, why] of [
    [{ node: -1 }, /not within its bounds/],
    [{ node: MAX_NODES }, /not within its bounds/],
    [{ report: 'yes' }, /has the wrong type/],
    [{ report: true }, /asks a node that has just joined what it has/],
  ] as const) {
    const { lease, noted } = leaseWith();
    const opened = lease.open();
    const home = await accept();
    home.connection.writeJson(PACKET.welcome, { ...right, ...wrong });
    await assert.rejects(within(BUDGET, opened, 'the join ends'), { code: 'PROTOCOL', message: why });
    await home.closed;
    assert.equal(noted.asked, 0);
  }
});

test('a welcome that is another node’s ends the connection, and the node tries again', async () => {
  const { home, noted } = await join(LONG_LEASE);
  home.end();
  for (const wrong of [{ node: 1 }, { session: 'another' }]) {
    const again = await accept();
    again.connection.writeJson(PACKET.welcome, { node: 0, session: 'session', leaseMs: LONG_LEASE, ...wrong });
    await again.closed;
    assert.equal(noted.reconnected, 0);
  }
  welcome(await accept(), LONG_LEASE);
  await until(() => noted.reconnected === 1, 'the node is there again');
});

test('a home that speaks of pages before the node has joined ends the join', async () => {
  const { lease, noted } = leaseWith();
  const opened = lease.open();
  const home = await accept();
  welcome(home, LONG_LEASE);
  home.send({ message: MESSAGE_INV, page: 1, version: 1n });
  await assert.rejects(within(BUDGET, opened, 'the join ends'), { code: 'PROTOCOL', message: /speaks of pages/ });
  assert.equal(noted.taken, 0);
});

test('a welcome that comes after the fence joins nobody: the node has ended the connection', async () => {
  const { home, noted } = await join(2000);
  home.end();
  const again = await accept();
  await within(BUDGET, noted.fenced, 'fenced');
  welcome(again, 2000);
  await again.closed;
  assert.equal(noted.reconnected, 0);
});

test('a home that ends each connection is asked with pauses', async () => {
  const { home, noted } = await join(LONG_LEASE);
  let last = home;
  const began = performance.now();
  for (let times = 0; times < 3; times++) {
    last.end();
    last = await accept();
    welcome(last, LONG_LEASE);
    await last.hear(MESSAGE_RENEW);
  }
  // A timer never ends early, so this bound holds however slow the machine is.
  assert.ok(performance.now() - began >= 290);
  assert.equal(noted.reconnected, 3);
});

test('a node that connects again says how many lists of lost pages it has heard', async () => {
  const { home, noted } = await join(LONG_LEASE);
  for (const first of [1, 4]) home.connection.write(PACKET.lost, [writeRuns([{ first, count: 1 }])]);
  await until(() => noted.lost.length === 2, 'both have arrived');
  home.end();
  const { home: again, hello } = await greeted();
  assert.deepEqual([hello['session'], hello['losses']], ['session', 2]);
  welcome(again, LONG_LEASE);
  assert.equal((await again.hear(MESSAGE_RENEW)).req, 2);
});

test('a node that leaves while its connection breaks says so again', async () => {
  const { home } = await join(LONG_LEASE);
  const left = lease?.leave();
  await home.hear(MESSAGE_LEAVE);
  home.end();
  const { home: again } = await greeted();
  welcome(again, LONG_LEASE);
  await again.hear(MESSAGE_LEAVE);
  again.send({ message: MESSAGE_LEFT });
  await left;
});

test('a home that has taken out a node which leaves does not fence it', async () => {
  const { home, noted } = await join(LONG_LEASE);
  let fenced = false;
  void noted.fenced.then(() => (fenced = true));
  const left = lease?.leave();
  await home.hear(MESSAGE_LEAVE);
  home.end();
  (await accept()).connection.refuse('its lease has ended');
  await left;
  assert.equal(fenced, false);
});

test('lost pages that the region does not have end the connection', async () => {
  const { home, noted } = await join(LONG_LEASE);
  home.connection.write(PACKET.lost, [writeRuns([{ first: 2, count: 3 }])]);
  home.connection.write(PACKET.lost, [writeRuns([{ first: PAGES - 1, count: 2 }])]);
  await home.closed;
  assert.deepEqual(noted.lost, [[[2, 3]]]);
});

test.run();
