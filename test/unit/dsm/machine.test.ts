// One home or one node of dsm.wasm, and single messages: refusals, numbers at their end, late answers.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/dsm/layout.js';
import { DsmCore } from '../../../src/dsm/machine.js';

const {
  FLAG_BYTES,
  MESSAGE_ACK,
  MESSAGE_AHEAD,
  MESSAGE_DATA,
  MESSAGE_DECLINE,
  MESSAGE_GET,
  MESSAGE_GRANT,
  MESSAGE_INV,
} = layout;
const {
  MESSAGE_KEPT,
  MESSAGE_LOST,
  MESSAGE_OWN,
  MESSAGE_PASS,
  MESSAGE_PUT,
  MESSAGE_RECALL,
  MESSAGE_SHARE,
  MESSAGE_TOOK,
} = layout;
/** In the header of a node (assembly/dsm/copies.ts). */
const NEXT_REQ_AT = 4;
const NOW = 0;

const test = suite('the machines of a shared region');

/** A node of one page whose messages are read. */
class Node {
  readonly core = new DsmCore();
  readonly at: number;

  constructor({ hold = 0, through = false } = {}) {
    const { exports } = this.core;
    this.at = this.core.reserve(exports.nodeBytes(1));
    exports.nodeBegin(this.at, 1, hold, Number(through));
  }

  /** What it has been asked to do since the last time. */
  done(): number[] {
    return this.core.operations().map(({ kind }) => kind);
  }

  fault(write: boolean): void {
    this.core.exports.nodeFault(this.at, 0, Number(write), NOW);
  }

  ahead(): number {
    return this.core.exports.nodeAhead(this.at, 0);
  }

  take(message: number, { txn = 0, req = 0, version = 0n, flags = 0 }): number {
    return this.core.exports.nodeTake(this.at, message, 0, txn, req, version, flags, NOW);
  }

  /** What it has sent since the last time. */
  sent(): Array<{ message: number; txn: number; req: number; version: bigint }> {
    return this.core
      .operations()
      .filter(({ kind }) => kind === layout.DO_SEND)
      .map(({ message, txn, req, version }) => ({ message, txn, req, version }));
  }

  get handOffs(): number {
    return this.core.view().getUint32(this.core.exports.nodeEntry(this.at, 0) + layout.NODE_HAND_OFFS_AT, true);
  }
}

test('a message of no kind, to no page or from a node that is not a member is refused', () => {
  const core = new DsmCore();
  const at = core.reserve(core.exports.homeBytes(1, 2));
  core.exports.homeBegin(at, 1, 2, 0, 0);
  core.exports.homeJoin(at, 0);
  assert.equal(core.exports.homeTake(at, 1, MESSAGE_GET, 0, 0, 1, 0n, 0), 0);
  assert.equal(core.exports.homeTake(at, 0, MESSAGE_GET, 1, 0, 1, 0n, 0), 0);
  assert.equal(core.exports.homeTake(at, 0, MESSAGE_GET, 0, 0, 0, 0n, 0), 0);
  assert.equal(core.exports.homeTake(at, 0, MESSAGE_SHARE, 0, 0, 1, 0n, 0), 0);
  assert.equal(core.exports.homeTake(at, 0, MESSAGE_DATA, 0, 0, 0, 99n, 0), 0);
  const node = new Node();
  assert.equal(node.take(MESSAGE_SHARE, { txn: 1, req: 1, version: 1n }), 0);
  assert.equal(node.core.exports.nodeTake(node.at, MESSAGE_INV, 1, 1, 1, 1n, 0, NOW), 0);
  assert.equal(node.take(0, { txn: 1, req: 1, version: 1n }), 0);
});

test('after the last number of a request comes 1: 0 is none', () => {
  const node = new Node();
  node.core.view().setUint32(node.at + NEXT_REQ_AT, 0xffffffff, true);
  node.fault(false);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_GET, txn: 0, req: 1, version: 0n }]);
});

test('a request of number 1 is newer than one of the last number, at the home and in its queue', () => {
  const core = new DsmCore();
  const { exports } = core;
  const at = core.reserve(exports.homeBytes(1, 2));
  exports.homeBegin(at, 1, 2, 0, 0);
  for (const node of [0, 1]) exports.homeJoin(at, node);
  // Node 0's request is served; of node 1 two wait.
  exports.homeTake(at, 0, MESSAGE_OWN, 0, 0, 1, 0n, 0);
  exports.homeTake(at, 1, MESSAGE_GET, 0, 0, 0xffffffff, 0n, 0);
  exports.homeTake(at, 1, MESSAGE_GET, 0, 0, 1, 0n, 0);
  exports.homeLoaded(at, 0);
  core.operations();
  exports.homeTake(at, 0, MESSAGE_DECLINE, 0, 1, 0, 0n, 0);
  exports.homeLoaded(at, 0);
  const shared = core.operations().find(({ message }) => message === MESSAGE_SHARE);
  assert.equal(shared?.req, 1);
});

test('a node without the page in its place answers what the home may still ask', () => {
  const node = new Node();
  node.fault(false);
  const [get] = node.sent();
  node.take(MESSAGE_LOST, { req: get?.req ?? 0, flags: layout.FLAG_STORE });
  node.sent();
  node.take(MESSAGE_INV, { txn: 2 });
  node.take(MESSAGE_SHARE, { txn: 3, req: 1, version: 1n, flags: FLAG_BYTES });
  node.take(MESSAGE_GRANT, { txn: 4, req: 1, version: 2n, flags: FLAG_BYTES });
  assert.deepEqual(
    node.sent().map(({ message, txn }) => [message, txn]),
    [
      [MESSAGE_ACK, 2],
      [MESSAGE_TOOK, 3],
      [MESSAGE_DECLINE, 4],
    ],
  );
});

test('a grant without bytes for a copy that was invalidated is declined, and the page asked for again', () => {
  const node = new Node();
  node.fault(false);
  node.take(MESSAGE_SHARE, { txn: 1, req: 1, version: 1n, flags: FLAG_BYTES });
  node.fault(true);
  node.take(MESSAGE_INV, { txn: 2 });
  node.sent();
  assert.equal(node.take(MESSAGE_GRANT, { txn: 4, req: 2, version: 2n }), 1);
  assert.deepEqual(node.sent(), [
    { message: MESSAGE_DECLINE, txn: 4, req: 0, version: 2n },
    { message: MESSAGE_OWN, txn: 0, req: 3, version: 0n },
  ]);
});

test('with write-through a page is sent Δ after its grant, by itself and once', () => {
  const node = new Node({ hold: 10, through: true });
  const { exports } = node.core;
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  const held = node.core.operations().find(({ kind }) => kind === layout.DO_HOLD);
  assert.equal(held?.time, 10);
  assert.equal(exports.nodeTick(node.at, 0, 9), 0);
  assert.deepEqual(node.done(), [layout.DO_HOLD]);
  assert.equal(exports.nodeTick(node.at, 0, 10), 1);
  const [protect, put] = node.core.operations();
  assert.deepEqual([protect?.kind, put?.message, put?.version], [layout.DO_PROTECT, MESSAGE_PUT, 2n]);
  assert.equal(exports.nodeTick(node.at, 0, 20), 0);
  assert.deepEqual(node.done(), []);
});

test('with write-through a page that is recalled before Δ is sent once, as the answer', () => {
  const node = new Node({ hold: 10, through: true });
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  node.take(MESSAGE_RECALL, { txn: 2, version: 2n });
  node.sent();
  assert.equal(node.core.exports.nodeTick(node.at, 0, 10), 0);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_DATA, txn: 2, req: 0, version: 2n }]);
});

test('with write-through a page that was frozen is sent at the thaw', () => {
  const node = new Node({ hold: 10, through: true });
  const { exports } = node.core;
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  exports.nodeSetFrozen(node.at, 1);
  exports.nodeFreeze(node.at, 0);
  assert.equal(exports.nodeTick(node.at, 0, 10), 0);
  node.sent();
  exports.nodeSetFrozen(node.at, 0);
  assert.equal(exports.nodeThaw(node.at, 0, 20), 1);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_PUT, txn: 0, req: 0, version: 2n }]);
});

test('a page that its new owner sends to the home has arrived there: the lost TOOK is not waited for', () => {
  const core = new DsmCore();
  const { exports } = core;
  const at = core.reserve(exports.homeBytes(1, 2));
  exports.homeBegin(at, 1, 2, 0, 0);
  exports.homeJoin(at, 0);
  exports.homeTake(at, 0, MESSAGE_OWN, 0, 0, 1, 0n, 0);
  exports.homeLoaded(at, 0);
  core.operations();
  assert.equal(exports.homeTake(at, 0, MESSAGE_PUT, 0, 0, 0, 2n, 0), 1);
  exports.homeStored(at, 0);
  const kept = core.operations().find(({ message }) => message === MESSAGE_KEPT);
  assert.equal(kept?.version, 2n);
  // It arrives after all, and belongs to nothing.
  assert.equal(exports.homeTake(at, 0, MESSAGE_TOOK, 0, 1, 0, 2n, 0), 1);
});

test('a hand-off is a page that another node asks for, not one that comes', () => {
  const node = new Node();
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  assert.equal(node.handOffs, 0);
  for (let again = 0; again < 2; again++) node.take(MESSAGE_RECALL, { txn: 2, version: 2n });
  assert.equal(node.handOffs, 1);
});

/** A home of one page, and what it has sent to each node since the last time. */
function homeOf(nodes: number): { core: DsmCore; at: number; sent: () => Array<[message: number, node: number]> } {
  const core = new DsmCore();
  const at = core.reserve(core.exports.homeBytes(1, nodes));
  core.exports.homeBegin(at, 1, nodes, 0, 0);
  for (let node = 0; node < nodes; node++) core.exports.homeJoin(at, node);
  const sends = () => core.operations().filter(({ kind }) => kind === layout.DO_SEND);
  return { core, at, sent: () => sends().map(({ message, node }) => [message, node]) };
}

test('a page that is asked for ahead comes from the store, and from no other node', () => {
  const { core, at, sent } = homeOf(3);
  const { exports } = core;
  exports.homeTake(at, 0, MESSAGE_AHEAD, 0, 0, 1, 0n, 0);
  exports.homeLoaded(at, 0);
  assert.deepEqual(sent(), [[MESSAGE_SHARE, 0]]);
  // Its transaction has not ended; the same request again is not answered twice.
  exports.homeTake(at, 0, MESSAGE_AHEAD, 0, 0, 1, 0n, 0);
  exports.homeTake(at, 1, MESSAGE_AHEAD, 0, 0, 1, 0n, 0);
  assert.deepEqual(sent(), [[MESSAGE_PASS, 1]]);
  exports.homeTake(at, 0, MESSAGE_TOOK, 0, 1, 0, 1n, 0);
  exports.homeTake(at, 1, MESSAGE_OWN, 0, 0, 2, 0n, 0);
  exports.homeTake(at, 0, MESSAGE_ACK, 0, 2, 0, 0n, 0);
  exports.homeLoaded(at, 0);
  exports.homeTake(at, 1, MESSAGE_TOOK, 0, 2, 0, 2n, 0);
  sent();
  exports.homeTake(at, 2, MESSAGE_AHEAD, 0, 0, 1, 0n, 0);
  assert.deepEqual(sent(), [[MESSAGE_PASS, 2]]);
  assert.equal(exports.homeTake(at, 2, MESSAGE_AHEAD, 0, 0, 0, 0n, 0), 0);
});

test('a store that fails to give a page asked for ahead loses no page', () => {
  const { core, at, sent } = homeOf(1);
  core.exports.homeTake(at, 0, MESSAGE_AHEAD, 0, 0, 1, 0n, 0);
  core.exports.homeFailed(at, 0);
  assert.deepEqual(sent(), [[MESSAGE_PASS, 0]]);
});

test('a thread that touches a page asked for ahead asks again when the home passes', () => {
  const node = new Node();
  assert.equal(node.ahead(), 1);
  assert.equal(node.ahead(), 0);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_AHEAD, txn: 0, req: 1, version: 0n }]);
  node.fault(false);
  assert.deepEqual(node.sent(), []);
  assert.equal(node.take(MESSAGE_PASS, { req: 1 }), 1);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_GET, txn: 0, req: 2, version: 0n }]);
  // It is late: the page is asked for by another request.
  assert.equal(node.take(MESSAGE_PASS, { req: 1 }), 1);
  assert.deepEqual(node.sent(), []);
  node.take(MESSAGE_SHARE, { txn: 1, req: 2, version: 1n, flags: FLAG_BYTES });
  assert.equal(node.ahead(), 0);
});

/** In an OWN: the page is wanted without its bytes. */
const NO_BYTES = 2n ** 64n - 1n;

test('an owner discards its page at once, and sends that it is zeros; what it sends next are bytes', () => {
  const node = new Node();
  const { exports } = node.core;
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  node.sent();
  exports.nodeDiscard(node.at, 0);
  const [discard, put] = node.core.operations();
  assert.deepEqual([discard?.kind, put?.message, put?.flags], [layout.DO_DISCARD, MESSAGE_PUT, layout.FLAG_ALL_ZEROS]);
  // A thread touches it: it comes back after the home knows.
  node.fault(true);
  assert.deepEqual(node.sent(), []);
  node.take(MESSAGE_KEPT, { version: 2n });
  assert.deepEqual(node.sent(), [{ message: MESSAGE_OWN, txn: 0, req: 2, version: 0n }]);
  node.take(MESSAGE_GRANT, { txn: 2, req: 2, version: 3n, flags: FLAG_BYTES });
  node.core.operations();
  exports.nodePut(node.at, 0);
  assert.equal(node.core.operations().at(-1)?.flags, FLAG_BYTES);
});

test('a page to be discarded is asked for without its bytes, and none that arrive are installed', () => {
  for (const flags of [0, FLAG_BYTES]) {
    const node = new Node();
    node.core.exports.nodeDiscard(node.at, 0);
    const [own] = node.sent();
    assert.deepEqual([own?.message, own?.version], [MESSAGE_OWN, NO_BYTES]);
    node.take(MESSAGE_GRANT, { txn: 1, req: own?.req ?? 0, version: 2n, flags });
    const kinds = node.core.operations().map(({ kind, message }) => (kind === layout.DO_SEND ? message : -kind));
    assert.deepEqual(kinds, [MESSAGE_TOOK, -layout.DO_DISCARD, MESSAGE_PUT]);
  }
});

test('a page that was asked for ahead, or is a copy, is asked for as one to be discarded', () => {
  const node = new Node();
  const { exports } = node.core;
  node.ahead();
  exports.nodeDiscard(node.at, 0);
  assert.deepEqual(
    node.sent().map(({ message }) => message),
    [MESSAGE_AHEAD],
  );
  node.take(MESSAGE_SHARE, { txn: 1, req: 1, version: 1n, flags: FLAG_BYTES });
  const wanted = { message: MESSAGE_OWN, txn: 0, version: NO_BYTES };
  assert.deepEqual(node.sent().at(-1), { ...wanted, req: 2 });
  const other = new Node();
  other.ahead();
  other.core.exports.nodeDiscard(other.at, 0);
  other.sent();
  other.take(MESSAGE_PASS, { req: 1 });
  assert.deepEqual(other.sent(), [{ ...wanted, req: 2 }]);
});

test('a RECALL that waits for Δ is answered by a discard; the page has gone to the other node', () => {
  const node = new Node({ hold: 10 });
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  node.take(MESSAGE_RECALL, { txn: 2, version: 2n, flags: layout.FLAG_TO_I });
  node.sent();
  node.core.exports.nodeDiscard(node.at, 0);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_DATA, txn: 2, req: 0, version: 2n }]);
  assert.equal(node.handOffs, 1);
  assert.equal(node.core.exports.nodeTick(node.at, 0, 10), 0);
  assert.deepEqual(node.sent(), []);
});

test('with write-through a page that is discarded before Δ is sent once', () => {
  const node = new Node({ hold: 10, through: true });
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  node.sent();
  node.core.exports.nodeDiscard(node.at, 0);
  assert.deepEqual(node.sent(), [{ message: MESSAGE_PUT, txn: 0, req: 0, version: 2n }]);
  assert.equal(node.core.exports.nodeTick(node.at, 0, 10), 0);
  assert.deepEqual(node.done(), []);
});

test('a page that is discarded while the node is frozen is zeros at the thaw; none of its saved bytes come back', () => {
  const node = new Node();
  const { exports } = node.core;
  node.fault(true);
  node.take(MESSAGE_GRANT, { txn: 1, req: 1, version: 2n, flags: FLAG_BYTES });
  exports.nodeSetFrozen(node.at, 1);
  exports.nodeFreeze(node.at, 0);
  node.sent();
  exports.nodeDiscard(node.at, 0);
  assert.deepEqual(node.done(), []);
  exports.nodeSetFrozen(node.at, 0);
  exports.nodeThaw(node.at, 0, 20);
  const [discard, put] = node.core.operations();
  assert.deepEqual([discard?.kind, put?.message, put?.flags], [layout.DO_DISCARD, MESSAGE_PUT, layout.FLAG_ALL_ZEROS]);
});

test('a home erases a page that is zeros, reads nothing for who discards it, and takes a late PUT for what it is', () => {
  const { core, at, sent } = homeOf(2);
  const { exports } = core;
  exports.homeTake(at, 0, MESSAGE_OWN, 0, 0, 1, NO_BYTES, 0);
  const [, grant] = core.operations();
  assert.deepEqual([grant?.message, grant?.flags, grant?.version], [MESSAGE_GRANT, 0, 2n]);
  exports.homeTake(at, 0, MESSAGE_TOOK, 0, 1, 0, 2n, 0);
  exports.homeTake(at, 0, MESSAGE_PUT, 0, 0, 0, 2n, layout.FLAG_ALL_ZEROS);
  assert.deepEqual(
    core.operations().map(({ kind }) => kind),
    [layout.DO_ERASE],
  );
  exports.homeStored(at, 0);
  assert.deepEqual(sent(), [[MESSAGE_KEPT, 0]]);
  exports.homeTake(at, 1, MESSAGE_OWN, 0, 0, 1, 0n, 0);
  exports.homeTake(at, 0, MESSAGE_ACK, 0, 3, 0, 0n, 0);
  exports.homeLoaded(at, 0);
  exports.homeTake(at, 1, MESSAGE_TOOK, 0, 3, 0, 3n, 0);
  sent();
  // The other node has written since.
  exports.homeTake(at, 0, MESSAGE_PUT, 0, 0, 0, 2n, layout.FLAG_ALL_ZEROS);
  assert.deepEqual(sent(), [[MESSAGE_KEPT, 0]]);
});

test.run();
