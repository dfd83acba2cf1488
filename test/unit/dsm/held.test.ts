// A home whose journal confirms late says nothing before; one that cannot reach its journal has no nodes.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { MESSAGE_GRANT, MESSAGE_OWN } from '../../../assembly/dsm/layout.js';
import { Home } from '../../../src/dsm/home.js';
import { Journal } from '../../../src/dsm/journal.js';
import type { JournalPlace } from '../../../src/dsm/journal-place.js';
import { MESSAGE_RENEW, MESSAGE_RENEWED, notice } from '../../../src/dsm/message.js';
import { PACKET, readJson } from '../../../src/migrate/packet.js';
import { Peer } from '../../support/dsm/peer.js';
import { until } from '../../support/servers/servers.js';

const test = suite('what a home says waits for its journal');
let home: Home | undefined;

test.after.each(async () => {
  await home?.close();
});

/** It confirms what is asked for when the test says so. */
class LatePlace implements JournalPlace {
  size = 0;
  isAway = false;
  onAway: (() => void) | undefined;
  confirms = true;
  readonly held: Array<() => void> = [];
  #bytes = Buffer.alloc(8192);
  #isDirty = false;

  read(at: number, length: number): Buffer {
    return Buffer.from(this.#bytes.subarray(at, at + length));
  }

  write(at: number, bytes: Buffer): void {
    bytes.copy(this.#bytes, at);
    this.size = Math.max(this.size, at + bytes.length);
    this.#isDirty = true;
  }

  confirm(): void {
    this.#isDirty = true;
  }

  whenSafe(then: () => void): void {
    this.held.push(then);
    if (this.confirms || !this.#isDirty) this.release();
  }

  release(): void {
    this.#isDirty = false;
    for (const then of this.held.splice(0)) then();
  }

  async close(): Promise<void> {}
}

async function start(): Promise<{ place: LatePlace; url: string }> {
  const place = new LatePlace();
  home = await Home.start({ listen: 'tcp://127.0.0.1:0', leaseMs: 600_000, journal: new Journal('late', place) });
  return { place, url: home.url };
}

/** A node that has joined. */
async function join(url: string): Promise<{ node: Peer; session: string }> {
  const node = Peer.greet(url, { pages: 4 });
  return { node, session: String(readJson(await node.packet(PACKET.welcome))['session']) };
}

/** What the home has to say is held, and arrives when it is confirmed. */
async function isHeld<T>(place: LatePlace, ask: () => Promise<T>): Promise<T> {
  let isHere = false;
  place.confirms = false;
  const heard = ask().then((value) => {
    isHere = true;
    return value;
  });
  await until(() => place.held.length > 0, 'it is held');
  // Long enough for a packet that is not.
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(isHere, false);
  place.confirms = true;
  place.release();
  return heard;
}

test('a welcome, a refusal, the answer to a renewal and a grant', async () => {
  const { place, url } = await start();
  await isHeld(place, () => Peer.greet(url, { pages: 4 }).packet(PACKET.welcome));
  const unknown = { pages: 4, session: 'unknown', losses: 0 };
  const refused = await isHeld(place, () => Peer.greet(url, unknown).packet(PACKET.refused));
  assert.match(refused.toString(), /its lease has ended/);
  const { node } = await join(url);
  await isHeld(place, () => {
    node.send(notice(MESSAGE_RENEW, 7n));
    return node.hear(MESSAGE_RENEWED);
  });
  await isHeld(place, () => {
    node.send({ message: MESSAGE_OWN, page: 1, req: 1 });
    return node.hear(MESSAGE_GRANT);
  });
});

test('a node that came back while the home could not confirm is welcomed once it can', async () => {
  const { place, url } = await start();
  const { node, session } = await join(url);
  node.end();
  await isHeld(place, () => Peer.greet(url, { pages: 4, session, losses: 0 }).packet(PACKET.welcome));
});

test('a home that cannot reach its journal ends its connections and takes no new ones; its members stay', async () => {
  const { place, url } = await start();
  const { node, session } = await join(url);
  place.isAway = true;
  place.onAway?.();
  await node.closed;
  const early = Peer.greet(url, { pages: 4, session, losses: 0 });
  await early.closed;
  place.isAway = false;
  const again = Peer.greet(url, { pages: 4, session, losses: 0 });
  await again.packet(PACKET.welcome);
});

test.run();
