// budget: 240 s
// parts: 3
// alone: a guest's ticks are timed
// A running guest moves from one unmodified QEMU to another: devices' state by QEMU, memory by `farpage migrate`, over a
// line that holds everything back, and that breaks. The guest checks its own memory all the time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { FarpageMove, type Move, type MoveOptions, moveByFarpage, moveByQemu } from '../support/guest/move.js';
import { type GuestFiles, makeGuest } from '../support/guest/qemu.js';
import { Stage } from '../support/guest/vm.js';
import { suite } from '../support/parts.js';
import { until } from '../support/servers/servers.js';

const test = suite('a guest of QEMU moves');
const stage = new Stage();
const MEMORY = 256;
const FILLED = 48;
const MEBIBYTE = 2 ** 20;
/** Milliseconds each way. */
const DELAY = 5;
/** Bytes a second: a transfer slow enough to be disturbed. */
const SLOW = '16MiB';
/** Of QEMU's own line. */
const DEVICES_SLOW = 128 * 2 ** 10;
/** Bytes on the line, when that happens. */
const DISTURBED = 8 * MEBIBYTE;
let guest: GuestFiles;

test.before(() => {
  guest = makeGuest(stage.folder);
  console.log(
    `the line is ${hasNetem() ? 'a proxy of the test (the kernel has netem too)' : 'a proxy: the kernel has no netem'}`,
  );
});
test.after(() => stage.close());

function options(name: string, filled = FILLED): MoveOptions {
  return { guest, folder: stage.folder, name, memory: MEMORY, filled, delay: DELAY };
}

function hasNetem(): boolean {
  const name = `farpage${process.pid}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
  } catch {
    return false;
  }
  try {
    const words = ['netns', 'exec', name, 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'];
    execFileSync('ip', words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('ip', ['netns', 'delete', name], { stdio: 'ignore' });
  }
}

function describe(name: string, { downtime, longestGap, usualGap, bytes }: Move): void {
  const times = `down ${downtime.toFixed(1)} ms, longest gap ${longestGap.toFixed(0)} ms (usual ${usualGap.toFixed(0)})`;
  console.log(`${name}: ${times}, ${(bytes / MEBIBYTE).toFixed(0)} MiB`);
}

test('its memory stays clean; beside QEMU’s own postcopy', async () => {
  describe('farpage', await moveByFarpage(stage, options('ours', 96)));
  describe('QEMU’s postcopy', await moveByQemu(options('theirs', 96)));
});

test('the line is cut twice while memory is on its way: it recovers, nothing is lost', async () => {
  const move = await FarpageMove.begin(stage, options('cut'));
  try {
    const sender = move.send(['--bandwidth', SLOW]);
    const { line } = move;
    for (let cuts = 0; cuts < 2; cuts++) {
      await line.passed(DISTURBED);
      line.cut();
    }
    const { code, stdout, stderr } = await sender.result;
    assert.equal(code, 0, stderr);
    const report: { reconnects: number } = JSON.parse(stdout);
    assert.ok(report.reconnects >= 2, stdout);
    describe('cut twice', await move.pair.moved(line.bytes));
  } finally {
    await move.end();
  }
});

test('the receiver is killed: the source keeps all and says so', async () => {
  const move = await FarpageMove.begin(stage, options('killed'));
  try {
    const sender = move.send(['--bandwidth', SLOW, '--patience', '1']);
    await move.line.passed(DISTURBED);
    const { source, destination } = move.pair;
    move.receiver.child.kill();
    const { code, stderr } = await sender.result;
    assert.equal(code, 1, stderr);
    assert.match(stderr, /memory is whole here still/);
    await destination.child.result;
    // As it says: it can be continued there.
    const ticks = source.ticks.length;
    await source.qmp('cont');
    await move.pair.ticked(source, ticks + 50);
  } finally {
    await move.end();
  }
});

test('Ctrl-C before the switch: the guest runs on; Ctrl-C after the switch: the sender sends the rest', async () => {
  const move = await FarpageMove.begin(stage, options('told'));
  try {
    const { source } = move.pair;
    move.receiver.child.kill('SIGSTOP');
    const early = move.send();
    await until(() => move.line.connections > 0, 'the sender dials');
    early.kill('SIGINT');
    const ended = await early.result;
    move.receiver.child.kill('SIGCONT');
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, /the guest runs on here/);
    await move.pair.ticked(source, source.ticks.length + 10);

    const late = move.send(['--bandwidth', SLOW]);
    await move.line.passed(DISTURBED);
    late.kill('SIGINT');
    const { code, stderr } = await late.result;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /the guest runs there by now/);
    await move.pair.moved(move.line.bytes);
  } finally {
    await move.end();
  }
});

test('Ctrl-C at the receiver after the switch: its guest ends, the source keeps all', async () => {
  const move = await FarpageMove.begin(stage, options('left'));
  try {
    const sender = move.send(['--bandwidth', SLOW, '--patience', '1']);
    await move.line.passed(DISTURBED);
    move.receiver.child.kill('SIGINT');
    const left = await move.receiver.child.result;
    assert.match(left.stderr, /is killed/);
    assert.equal((await move.pair.destination.child.result).signal, 'SIGKILL');
    const { code, stderr } = await sender.result;
    assert.equal(code, 1, stderr);
    assert.match(stderr, /memory is whole here still/);
  } finally {
    await move.end();
  }
});

test('QEMU cannot send its devices after the switch of memory: the guest runs on where it was, its copy ends', async () => {
  const move = await FarpageMove.begin(stage, options('devices'));
  try {
    const { source, destination } = move.pair;
    // What goes before the devices takes a while; they themselves are not held to it.
    await source.qmp('migrate-set-parameters', { 'max-bandwidth': DEVICES_SLOW });
    const sender = move.send(['--patience', '5']);
    await move.devices.passed(1);
    sender.kill('SIGSTOP');
    const status = async () => ((await source.qmp('query-migrate')) as { status: string }).status;
    await until(async () => (await status()) === 'pre-switchover', 'the guest to stand still', 20_000);
    move.devices.cut(true);
    sender.kill('SIGCONT');
    const { code, stderr } = await sender.result;
    assert.equal(code, 1, stderr);
    assert.match(stderr, /QEMU’s migration has failed/);
    assert.match(stderr, /the guest runs on here/);
    await move.pair.ticked(source, source.ticks.length + 50);
    // Without devices it never ran there.
    assert.equal((await destination.child.result).code, 1);
    const { stderr: said } = await move.receiver.child.result;
    assert.match(said, /session 1: ends: process \d+ has ended/);
    assert.equal(destination.ticks.length, 0);
  } finally {
    await move.end();
  }
});

test.run();
