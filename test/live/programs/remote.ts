// Memory of other processes, by the engine's own commands: filled from here, moved out by their agents.
import assert from 'node:assert/strict';
import { fstatSync } from 'node:fs';
import * as layout from '../../../assembly/layout.js';
import { READABLE, Readiness } from '../../../src/userfaultfd/readiness.js';
import { perform, until } from './kit.js';
import {
  done,
  EAGAIN,
  EBUSY,
  exited,
  full,
  Machine,
  openDescriptors,
  PAGE,
  Peer,
  refused,
  type Setting,
  take,
} from './remote-kit.js';

const ENOENT = 2;
const { OUTCOME_GONE, OUTCOME_BUSY, OUTCOME_CHANGING, OUTCOME_PRESENT } = layout;

await perform({
  async fills(setting: Setting) {
    const machine = new Machine();
    const peer = await (await Peer.start(machine, setting, 8)).join(machine, 3);
    assert.equal(machine.engine.lastThread(), 0);
    const written = peer.do('w', 2, 77);
    const told = await machine.next();
    const address = peer.pageAt(2);
    assert.deepEqual([told.event, told.space, told.flags], [layout.EVENT_PAGEFAULT, 3, layout.FAULT_WRITE]);
    assert.equal(told.address - (told.address % PAGE), address);
    assert.equal(machine.engine.lastThread(), peer.child.pid);
    assert.deepEqual(machine.zeros(3, address), done(1));
    assert.equal(await written, 77);
    machine.frame(5).fill(9);
    machine.frame(6).fill(10);
    const copy = {
      op: layout.OP_COPY,
      region: 3,
      target: peer.pageAt(1),
      source: machine.frameAt(5),
      frame: 5,
      pages: 2,
    };
    assert.deepEqual(machine.one(copy), refused(OUTCOME_PRESENT, 17, 1));
    // What moves elsewhere is copied, and the frames keep what they have.
    const move = { ...copy, op: layout.OP_MOVE, target: peer.pageAt(3) };
    assert.deepEqual(machine.one(move), done(2));
    assert.deepEqual([machine.valueOf(5), machine.valueOf(6)], [9, 10]);
    assert.deepEqual(machine.one({ op: layout.OP_VACATE, region: 3, target: machine.frameAt(5), pages: 2 }).errno, 0);
    assert.equal(machine.valueOf(5), 9);
    const values = await Promise.all([1, 2, 3, 4].map((page) => peer.do('r', page)));
    assert.deepEqual(values, [9, 77, 9, 10]);
  },

  async takes(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 40);
    // Three runs are one request; a hole ends only its own.
    assert.deepEqual(machine.run([take(machine, peer, 1, 12, 50)]), [done(1)]);
    const runs = [
      take(machine, peer, 1, 0, 0, 4),
      take(machine, peer, 1, 10, 10, 4),
      take(machine, peer, 1, 20, 20, 2),
    ];
    assert.deepEqual(machine.run(runs), [done(4), refused(OUTCOME_GONE, ENOENT, 2), done(2)]);
    assert.equal(peer.posted, 2);
    const frames = [0, 1, 2, 3, 10, 11, 20, 21, 50].map((frame) => machine.valueOf(frame));
    assert.deepEqual(frames, [1, 2, 3, 4, 11, 12, 21, 22, 13]);
    // And back.
    const read = peer.do('r', 12);
    assert.equal((await machine.next()).flags & layout.FAULT_WRITE, 0);
    machine.one({ op: layout.OP_COPY, region: 1, target: peer.pageAt(12), source: machine.frameAt(50), frame: 50 });
    assert.equal(await read, 13);
    assert.equal(await peer.do('r', 13), 14);
  },

  async 'takes many'(setting: Setting) {
    const machine = new Machine();
    const peer = await (await Peer.start(machine, setting, 700)).join(machine, 1);
    machine.zeros(1, peer.memory, 700);
    for (const page of [0, 255, 256, 299]) await peer.do('w', page, (page % 250) + 1);
    // More runs than a request holds, each of one page.
    const single = Array.from({ length: 300 }, (_, page) => take(machine, peer, 1, page, page));
    assert.deepEqual(new Set(machine.run(single).map(({ outcome }) => outcome)), new Set([layout.OUTCOME_DONE]));
    assert.equal(peer.posted, 5);
    assert.deepEqual(
      [0, 255, 256, 299].map((frame) => machine.valueOf(frame)),
      [1, 6, 7, 50],
    );
    // More pages than a request holds, in few runs; and one run that is too long for any.
    const long = [take(machine, peer, 1, 300, 0, 40), take(machine, peer, 1, 500, 200, 30)];
    assert.deepEqual(machine.run(long), [done(40), done(30)]);
    assert.equal(peer.posted, 7);
    machine.zeros(1, peer.memory, 300);
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0, 100)), refused(OUTCOME_CHANGING, EAGAIN, 64));
    assert.deepEqual(machine.one(take(machine, peer, 1, 64, 64, 36)), done(36));
  },

  async 'a part'(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 8);
    peer.agentDoes = 'half';
    const runs = [take(machine, peer, 1, 0, 0, 4), take(machine, peer, 1, 4, 4, 2)];
    assert.deepEqual(machine.run(runs), [refused(OUTCOME_CHANGING, EAGAIN, 2), refused(OUTCOME_CHANGING, EAGAIN, 1)]);
    assert.deepEqual(
      [0, 1, 4].map((frame) => machine.valueOf(frame)),
      [1, 2, 5],
    );
    assert.deepEqual(await Promise.all([2, 3, 5].map((page) => peer.do('r', page))), [3, 4, 6]);
  },

  async 'an odd agent'(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 8);
    peer.agentDoes = 'boast';
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0, 2)), done(2));
    peer.agentDoes = 'odd error';
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0)), refused(OUTCOME_CHANGING, EAGAIN));
    // Its staging was not empty: nothing about the page or its frame.
    peer.agentDoes = 'crowded';
    assert.equal(machine.one(take(machine, peer, 1, 0, 0)).outcome, OUTCOME_CHANGING);
  },

  async 'an agent that is not there yet'(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 2);
    const { engine } = machine;
    const other = await Peer.start(machine, setting, 2);
    engine.addRemote(2, other.userfaultfd, true);
    machine.zeros(2, other.memory, 2);
    const runs = [take(machine, other, 2, 0, 0), take(machine, peer, 1, 0, 1), take(machine, other, 2, 1, 2)];
    const busy = refused(OUTCOME_BUSY, EBUSY);
    assert.deepEqual(machine.run(runs), [busy, done(1), busy]);
    // Known to the engine, but it does not wait for requests: nor may it be waited for.
    await until(() => other.words[5] === 1);
    other.words[5] = 0;
    engine.setAgent(2, other.socket.fd, other.control, other.window, -1);
    assert.deepEqual([machine.one(take(machine, other, 2, 0, 0)), other.posted], [busy, 0]);
    other.words[5] = 1;
    assert.deepEqual([machine.one(take(machine, other, 2, 0, 0)), other.posted], [done(1), 1]);
  },

  async 'locked and shared'(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 6);
    await peer.do('l', 1);
    // The kernel says EINVAL.
    assert.deepEqual(machine.one(take(machine, peer, 1, 1, 0)), refused(OUTCOME_BUSY, 22));
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0)), done(1));
    await machine.serveUntil(peer.do('f', 1, 1).then(() => peer.child.waitFor(/^child/m)));
    const runs = [take(machine, peer, 1, 3, 1), take(machine, peer, 1, 5, 2)];
    await machine.serveUntil(peer.do('w', 5, 50));
    assert.deepEqual(machine.run(runs), [refused(OUTCOME_BUSY, EBUSY), done(1)]);
    assert.deepEqual([await peer.do('r', 3), machine.valueOf(2)], [4, 50]);
  },

  async changing(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 8);
    const readiness = new Readiness(machine.engine.duplicateRemote(1), 'the userfaultfd');
    const dropped = peer.do('d', 4, 2);
    await readiness.wait(READABLE);
    readiness.close();
    const runs = [take(machine, peer, 1, 0, 0, 2), take(machine, peer, 1, 6, 2)];
    const changing = refused(OUTCOME_CHANGING, EAGAIN);
    assert.deepEqual(machine.run(runs), [changing, changing]);
    assert.deepEqual(machine.zeros(1, peer.pageAt(4)), changing);
    const told = await machine.next();
    assert.deepEqual([told.event, told.space], [layout.EVENT_REMOVE, 1]);
    assert.deepEqual([told.flags, told.end], [peer.pageAt(4) % 2 ** 32, peer.pageAt(6)]);
    await dropped;
    assert.deepEqual(machine.run(runs), [done(2), done(1)]);
    assert.deepEqual(
      [0, 1, 2].map((frame) => machine.valueOf(frame)),
      [1, 2, 7],
    );
  },

  async hundred(setting: Setting) {
    const machine = new Machine();
    const peers: Peer[] = [];
    for (let region = 1; region <= 100; region++) {
      peers.push(await (await Peer.start(machine, setting, 4)).join(machine, region));
    }
    const at = new Map(peers.map((peer, index) => [index + 1, peer]));
    const work = Promise.all(
      peers.map(async (peer, index) => {
        await Promise.all([peer.do('w', 1, index + 1), peer.do('w', 3, 250 - index), peer.do('t', 0, 4)]);
      }),
    );
    for (const { space, address } of await machine.serveUntil(work)) {
      const peer = at.get(space) ?? assert.fail(`space ${space}`);
      assert.ok(address >= peer.memory && address < peer.pageAt(4));
    }
    const records = peers.flatMap((peer, index) => [
      take(machine, peer, index + 1, 1, index),
      take(machine, peer, index + 1, 3, 100 + index),
    ]);
    assert.ok(machine.run(records).every(({ pages }) => pages === 1));
    for (const [index, peer] of peers.entries()) {
      const [first, second] = [machine.frame(index), machine.frame(100 + index)];
      assert.deepEqual([first[0], first[1]], [index + 2, index + 1]);
      assert.deepEqual([second[0], second[1]], [251 - index, 250 - index]);
      assert.equal(peer.posted, 1);
    }
    machine.engine.close();
    const ended = await Promise.all(peers.map(({ child }) => child.result));
    assert.ok(ended.every(({ code }) => code === 9));
  },

  /** Faults come by the event loop, and by the wait in place of it. */
  async 'in the event loop'(setting: Setting) {
    const machine = new Machine();
    const { engine, core } = machine;
    let faults = 0;
    engine.start(
      () => {
        machine.collect();
        for (const { space, address } of machine.told.splice(0)) {
          faults++;
          machine.zeros(space, address);
        }
        return core.requested;
      },
      () => {},
    );
    const first = await (await Peer.start(machine, setting, 3000)).join(machine, 1);
    await first.do('t', 0, 1000);
    const second = await (await Peer.start(machine, setting, 1000)).join(machine, 2);
    await Promise.all([first.do('t', 1000, 2000), second.do('t', 0, 1000)]);
    await second.kill();
    engine.removeRemote(2);
    await first.do('t', 2000, 3000);
    assert.equal(faults, 4000);
    engine.close();
    assert.equal((await first.child.result).code, 9);
  },

  async 'a memfile'(setting: Setting) {
    const machine = new Machine();
    const { engine } = machine;
    const before = openDescriptors();
    const peer = await Peer.start(machine, setting, 16, 'file');
    engine.addRemoteRegion(1, peer.userfaultfd, BigInt(peer.memory), peer.byteLength, peer.file, false);
    const written = peer.do('w', 5, 55);
    const told = await machine.next();
    assert.deepEqual([told.space, told.address], [0, peer.pageAt(5)]);
    assert.deepEqual(machine.zeros(1, told.address), done(1));
    await written;
    machine.frame(0).fill(66);
    const copy = {
      op: layout.OP_COPY,
      region: 1,
      target: peer.pageAt(6),
      page: 6,
      source: machine.frameAt(0),
      frame: 0,
    };
    assert.deepEqual(machine.one(copy), done(1));
    const blocks = () => fstatSync(peer.file).blocks / 8;
    assert.equal(blocks(), 2);
    assert.deepEqual(machine.one(take(machine, peer, 1, 5, 1, 2)), done(2));
    assert.deepEqual([machine.valueOf(1), machine.valueOf(2), blocks()], [55, 66, 0]);
    const read = peer.do('r', 5);
    assert.equal((await machine.next()).address, peer.pageAt(5));
    machine.one({ ...copy, target: peer.pageAt(5), page: 5, source: machine.frameAt(1), frame: 1 });
    assert.equal(await read, 55);
    await peer.kill();
    assert.deepEqual(machine.zeros(1, peer.memory), exited);
    assert.deepEqual(engine.deadRemotes(), [1]);
    engine.removeRemote(1);
    engine.addRemoteRegion(1, peer.userfaultfd, BigInt(peer.memory), peer.byteLength, -1, false);
    engine.removeRemote(1);
    for (const fd of [peer.userfaultfd, peer.file, peer.control, peer.window]) machine.addon.closeFile(fd);
    peer.socket.close();
    await until(() => openDescriptors() <= before);
  },
});
// Peers that still wait end with this process.
process.exit(0);
