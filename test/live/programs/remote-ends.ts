// Other processes that fork, stop, die and lie, and what is refused.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import * as layout from '../../../assembly/layout.js';
import { regionAt } from '../../support/world/core-machine.js';
import { pause, perform, until } from './kit.js';
import {
  done,
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

const { OUTCOME_BUSY } = layout;
/** An engine's two epoll descriptors go with the object. */
const KEPT_UNTIL_COLLECTED = 2;

/** Every number is taken but these. */
function leaveFree(machine: Machine, ...free: number[]): void {
  for (let region = 1; region < layout.REGION_LIMIT; region++) {
    const state = free.includes(region) ? layout.REGION_FREE : layout.REGION_OPEN;
    machine.core.put(regionAt(region) + layout.REGION_STATE_AT, state);
  }
}

/** Whether each thread of a process has stopped: until then its agent may take up a request. */
function isStopped(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((task) =>
    /^State:\s+T/m.test(readFileSync(`/proc/${pid}/task/${task}/status`, 'latin1')),
  );
}

async function refuse(setting: Setting): Promise<void> {
  const machine = new Machine();
  const { engine, addon } = machine;
  const peer = await Peer.start(machine, setting, 2);
  for (const region of [0, layout.REGION_LIMIT]) {
    assert.throws(() => engine.addRemote(region, peer.userfaultfd, true), { errno: 'EINVAL' });
  }
  assert.throws(() => engine.addRemote(1, 9999, true), { errno: 'EBADF' });
  assert.throws(() => engine.setAgent(1, peer.socket.fd, peer.control, peer.window, -1), { errno: 'ENOENT' });
  engine.addRemote(1, peer.userfaultfd, true);
  assert.throws(() => engine.addRemote(1, peer.userfaultfd, true), { errno: 'EINVAL' });
  const short = addon.createMemfd('control', PAGE, false);
  assert.throws(() => engine.setAgent(1, peer.socket.fd, short, peer.window, -1), { errno: 'EINVAL' });
  assert.throws(() => engine.setAgent(1, 9999, peer.control, peer.window, -1), { errno: 'EBADF' });
  engine.setAgent(1, peer.socket.fd, peer.control, peer.window, -1);
  assert.throws(() => engine.setAgent(1, peer.socket.fd, peer.control, peer.window, -1), { errno: 'EBUSY' });
  assert.throws(() => engine.duplicateRemote(2), { errno: 'EBADF' });
  engine.removeRemote(2);
  assert.equal(engine.findFork(0, 0), 0);
  // Its end closes what it has duplicated, and tells the agent, though the socket is open here.
  engine.close();
  assert.throws(() => engine.addRemote(2, peer.userfaultfd, true), /closed/);
  assert.equal((await peer.child.result).code, 9);
  for (const fd of [peer.userfaultfd, peer.control, peer.window, short]) addon.closeFile(fd);
  peer.socket.close();
}

await perform({
  async dead(setting: Setting) {
    const machine = new Machine();
    const { engine } = machine;
    const peer = await full(machine, setting, 1, 4);
    const other = await full(machine, setting, 2, 4);
    await peer.kill();
    assert.deepEqual(engine.deadRemotes(), []);
    assert.deepEqual(machine.zeros(1, peer.memory), exited);
    const runs = [take(machine, peer, 1, 0, 0), take(machine, peer, 1, 2, 1), take(machine, other, 2, 0, 2)];
    assert.deepEqual(machine.run(runs), [exited, exited, done(1)]);
    assert.deepEqual([engine.deadRemotes(), engine.deadRemotes()], [[1], []]);
    engine.removeRemote(1);
    assert.throws(() => engine.duplicateRemote(1), { errno: 'EBADF' });
    // Its number's next owner is not taken for dead.
    await other.kill();
    assert.deepEqual(machine.zeros(2, other.memory), exited);
    engine.removeRemote(2);
    const next = await full(machine, setting, 2, 1);
    assert.deepEqual(engine.deadRemotes(), []);
    assert.deepEqual(machine.one(take(machine, next, 2, 0, 0)), done(1));
  },

  async 'killed at work'(setting: Setting & { last: 'die' | 'chatter' }) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 4);
    peer.agentDoes = setting.last;
    const runs = [take(machine, peer, 1, 0, 0, 2), take(machine, peer, 1, 2, 2)];
    assert.deepEqual(machine.run(runs), [exited, exited]);
    assert.deepEqual(machine.engine.deadRemotes(), [1]);
    assert.equal((await peer.child.result).signal, 'SIGKILL');
  },

  async stopped(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 4);
    peer.agentDoes = 'stop';
    const mark = `${setting.folder}/continued`;
    // This thread waits inside `execute` meanwhile: somebody else has to wake the process.
    const state = `/proc/${peer.child.pid}/status`;
    const script = `until grep -q 'State:.T' ${state}; do sleep 0.05; done; sleep 0.3; : > ${mark}; kill -CONT ${peer.child.pid}`;
    spawn('sh', ['-c', script], { stdio: 'inherit' });
    assert.deepEqual(machine.one(take(machine, peer, 1, 1, 0, 3)), done(3));
    assert.ok(existsSync(mark), 'it came back before the agent had answered');
    assert.deepEqual([machine.valueOf(0), machine.valueOf(2)], [2, 4]);
  },

  async silent(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 4);
    const other = await full(machine, setting, 2, 4);
    const busy = refused(layout.OUTCOME_BUSY, EBUSY);
    peer.child.kill('SIGSTOP');
    await until(() => isStopped(peer.child.pid));
    // Withdrawn in time, and not asked again: the other is served meanwhile.
    const runs = [take(machine, peer, 1, 0, 0), take(machine, other, 2, 0, 1), take(machine, peer, 1, 1, 2)];
    assert.deepEqual(machine.run(runs), [busy, done(1), busy]);
    assert.deepEqual([peer.posted, other.posted], [1, 1]);
    peer.child.kill('SIGCONT');
    await until(() => peer.heard === 1);
    // What was withdrawn was not done.
    assert.equal(await peer.do('r', 0), 1);
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0)), done(1));
    assert.equal(machine.valueOf(0), 1);
  },

  async fork(setting: Setting) {
    const machine = new Machine();
    const { engine } = machine;
    const peer = await full(machine, setting, 1, 4);
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0)), done(1));
    // The core has taken the last number, and native the first.
    leaveFree(machine, 1, 253, 254);
    const before = openDescriptors();
    const forked = peer.do('f', 3, 2);
    const event = await machine.next();
    assert.deepEqual([event.event, event.space, event.flags], [layout.EVENT_FORK, 1, 254]);
    const knock = await machine.next();
    assert.deepEqual([knock.event, knock.space, knock.address], [layout.EVENT_PAGEFAULT, 254, Number(peer.mailbox)]);
    const child = await forked;
    const found = [engine.findFork(child, 0), engine.findFork(child, 1), engine.findFork(peer.child.pid, 0)];
    assert.deepEqual([engine.lastThread(), ...found], [child, 254, 0, 0]);
    assert.deepEqual(machine.one(take(machine, peer, 254, 1, 1)), refused(OUTCOME_BUSY, EBUSY));
    machine.zeros(254, knock.address);
    const left = await machine.next();
    assert.deepEqual([left.event, left.space, left.end], [layout.EVENT_REMOVE, 254, knock.address + PAGE]);
    // The child is brought its own copy of what its parent has lost.
    const fault = await machine.next();
    assert.deepEqual([fault.space, fault.address], [254, peer.memory]);
    machine.frame(9).fill(200);
    machine.one({ op: layout.OP_COPY, region: 254, target: fault.address, source: machine.frameAt(9), frame: 9 });
    await peer.child.waitFor(new RegExp(`^child ${child} 0: 200 2 3$`, 'm'));
    // The child's child.
    const second = await machine.next();
    assert.deepEqual([second.event, second.space, second.flags], [layout.EVENT_FORK, 254, 253]);
    const [again] = await machine.serveUntil(
      peer.child.waitFor(/^child \d+ 0: 200 2 3\n(.*\n)*child \d+ 0: 200 2 3$/m),
    );
    assert.deepEqual([again?.space, again?.address], [253, Number(peer.mailbox)]);
    assert.equal(engine.findFork(engine.lastThread(), 0), 253);
    assert.equal(openDescriptors(), before + 2);
    const copy = engine.duplicateRemote(254);
    assert.equal(readlinkSync(`/proc/self/fd/${copy}`), 'anon_inode:[userfaultfd]');
    machine.addon.closeFile(copy);
    // With an agent it is a fork no more.
    engine.setAgent(254, peer.socket.fd, peer.control, peer.window, -1);
    assert.equal(engine.findFork(child, 0), 0);
    const grandchild = engine.lastThread();
    engine.forgetKnock(grandchild, 1);
    assert.equal(engine.findFork(grandchild, 0), 253);
    engine.forgetKnock(grandchild, 0);
    assert.equal(engine.findFork(grandchild, 0), 0);
    // Nobody has touched the grandchild's end with an ioctl.
    assert.deepEqual(engine.deadRemotes(), []);
    process.kill(engine.lastThread(), 'SIGKILL');
    await until(() => engine.deadRemotes().join() === '253');
    engine.removeRemote(253);
    assert.equal(openDescriptors(), before + 2, 'a descriptor of the grandchild’s is left');
  },

  async 'no number for a fork'(setting: Setting) {
    const machine = new Machine();
    const peer = await full(machine, setting, 1, 2);
    assert.deepEqual(machine.one(take(machine, peer, 1, 0, 0)), done(1));
    leaveFree(machine);
    const before = openDescriptors();
    const forked = peer.do('f', 2, 1);
    const event = await machine.next();
    assert.deepEqual([event.event, event.flags], [layout.EVENT_FORK, 0]);
    const child = await forked;
    // It learns that there is no number for it, by the mailbox; what its parent has lost it must not see as zeros.
    await until(() => {
      machine.engine.read();
      return machine.engine.findFork(child, 0) === layout.REGION_LIMIT;
    });
    await until(() => {
      machine.engine.read();
      return /\) [ZX] /.test(readFileSync(`/proc/${child}/stat`, 'utf8'));
    });
    const told = await Promise.race([peer.child.waitFor(/^child.*$/m).then(([line]) => line), pause(100)]);
    assert.equal(told, undefined);
    machine.engine.deadRemotes();
    return openDescriptors() - before;
  },

  async refusals(setting: Setting) {
    await refuse(setting);
    // Node.js has made what it keeps open by now.
    const before = openDescriptors();
    await refuse(setting);
    await until(() => openDescriptors() <= before + KEPT_UNTIL_COLLECTED);
  },

  async 'what is not a userfaultfd'(setting: Setting) {
    const machine = new Machine();
    const peer = await Peer.start(machine, setting, 2);
    // A socket can be polled and read, and what it says would be taken for the kernel's words.
    assert.throws(() => machine.engine.addRemote(1, peer.socket.fd, true), { errno: 'EINVAL' });
    assert.throws(() => machine.engine.addRemoteRegion(1, peer.socket.fd, 0n, PAGE, -1, false), { errno: 'EINVAL' });
  },
});
// Peers that still wait end with this process.
process.exit(0);
