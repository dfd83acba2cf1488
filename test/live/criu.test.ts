// budget: 240 s
// parts: 2
// covers: src/criu/, src/loop/push.ts, src/store/pages-files.ts, assembly/changes/seed.ts, native/endings/keeper.cc
// `farpage criu` with a peer that plays criu restore: real userfaultfds of real processes, images written by the tests.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { FLAGS, PAGE, writeCheckpoint } from '../support/criu/checkpoint.js';
import { CriuStage, MAIN } from '../support/criu/kit.js';
import { suite } from '../support/parts.js';
import { runChild } from '../support/process/child.js';
import { isInFault } from '../support/process/fault.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const BASE = 0x700000000000;
const OTHER = 0x710000000000;
const PAGES = 1500;
/** Milliseconds for a line on standard error. */
const BUDGET = 60_000;
const EVERY = `verify 0 ${PAGES} 0`;

/** Fields of /proc/PID/stat from the state on, and the name; null: there is no such process. */
function statOf(pid: number): { name: string; state: string; parent: number } | null {
  try {
    const [, name = '', state = '', parent] =
      /\((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    return { name, state, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** The keeper that a server has started; 0: none. */
function keeperOf(server: number): number {
  const pids = readdirSync('/proc').map(Number);
  return (
    pids.find((pid) => {
      const stat = pid > 0 ? statOf(pid) : null;
      return stat?.name === 'farpage-keeper' && stat.parent === server;
    }) ?? 0
  );
}

function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.state !== 'Z';
}

const stage = new CriuStage();
const test = suite('farpage criu');
const live = skipUnless(test, process.getuid?.() === 0, 'fork events need root');
test.after(() => stage.close());

const lazy = (address: number, pages = PAGES) => ({ address, pages, flags: FLAGS.lazy | FLAGS.present });

function single(pid = 101): string {
  const images = stage.images();
  writeCheckpoint(images, [{ pid, runs: [lazy(BASE)] }]);
  return images;
}

for (const version of ['4.1', '4.2'] as const) {
  live(
    `tasks get their own pages, a zombie has none, and the server ends when all are there: images of ${version}`,
    async () => {
      const images = stage.images();
      const tasks = [
        { pid: 101, runs: [lazy(BASE)] },
        { pid: 102, runs: [lazy(OTHER, 700), lazy(OTHER + 800 * PAGE, 30)] },
        { pid: 103, runs: null },
      ];
      writeCheckpoint(images, tasks, { version });
      const daemon = await stage.daemon(images);
      assert.equal(statSync(daemon.socket).mode & 0o777, 0o600);
      const peer = await stage.restore(daemon);
      await peer.task(101, BASE, PAGES);
      await peer.task(102, OTHER, 830);
      await peer.done('zombie 103');
      await peer.right(101, 'threads 3 900');
      await peer.done('finish');
      await peer.right(102, 'verify 0 700 0');
      await peer.right(102, 'verify 700 100 -1');
      await peer.right(102, 'verify 800 30 0');
      await peer.right(101, EVERY);
      const report = await daemon.report();
      const [restore] = report.restores;
      assert.equal([restore?.finished, restore?.tasks, restore?.zombies].join(), 'true,2,1');
      assert.deepEqual(report.tasks.map(({ pid, pages, ending }) => [pid, pages, ending]).sort(), [
        [101, PAGES, 'drained'],
        [102, 730, 'drained'],
      ]);
      // What was absent from the checkpoint reads as zeros after the server, too.
      await peer.right(102, 'verify 700 100 -1');
      await peer.right(101, EVERY);
    },
  );
}

live('without the push only touched pages come, and the server lives as long as its tasks', async () => {
  const daemon = await stage.daemon(single(), ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 1000 1 0');
  await peer.right(101, 'verify 30 1 0');
  assert.equal(await peer.say('at 101 exit'), 'gone');
  const { tasks } = await daemon.report();
  assert.equal(tasks[0]?.ending, 'ended');
  assert.ok((tasks[0]?.stats.fills.store ?? PAGES) < 100, 'few pages came');
});

for (const push of [[], ['--no-push']]) {
  live(
    `forks, moves, drops and unmaps of a restored task are followed${push.length > 0 ? ', without the push' : ''}`,
    async () => {
      const daemon = await stage.daemon(single(), push);
      const peer = await stage.restore(daemon);
      await peer.task(101, BASE, PAGES);
      await peer.right(101, `fork 0 ${PAGES}`);
      await peer.right(101, 'move 100 300');
      await peer.right(101, 'drop 500 100');
      await peer.right(101, 'unmap 700 50');
      await peer.right(101, 'write 800 10');
      await peer.done('finish');
      await peer.right(101, 'verify 500 100 -1');
      await peer.right(101, 'verify 400 100 0');
      await peer.right(101, 'verify 600 100 0');
      await peer.right(101, 'verify 800 10 -1');
      await peer.right(101, 'verify 810 690 0');
      await peer.right(101, 'fork 0 100');
      assert.equal(await peer.say('at 101 exit'), 'gone');
      const { tasks } = await daemon.report();
      assert.ok(tasks.filter(({ pid }) => pid === null).length >= 1, 'the report has the forks');
    },
  );
}

live('pages of parent checkpoints are read where they are', async () => {
  const [first, second, third] = [stage.images(), stage.images(), stage.images()];
  writeCheckpoint(first, [{ pid: 101, runs: [lazy(BASE)], salt: 0 }]);
  const inParent = (from: number, pages: number) => ({
    address: BASE + from * PAGE,
    pages,
    flags: FLAGS.parent | FLAGS.lazy,
  });
  const here = (from: number, pages: number) => lazy(BASE + from * PAGE, pages);
  const runs = [inParent(0, 400), here(400, 200), inParent(600, 900)];
  writeCheckpoint(second, [{ pid: 101, runs, salt: 1 }], { parent: first });
  writeCheckpoint(third, [{ pid: 101, runs: [here(0, 50), inParent(50, 1450)], salt: 2 }], { parent: second });
  const daemon = await stage.daemon(third);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 0 50 2');
  await peer.right(101, 'verify 50 350 0');
  await peer.right(101, 'verify 400 200 1');
  await peer.right(101, 'verify 600 900 0');
  assert.equal((await daemon.report()).files, 3);
});

live('with --keep any number of restores share one server, until it is asked to end', async () => {
  const daemon = await stage.daemon(single(), ['--keep']);
  const peers = [await stage.restore(daemon), await stage.restore(daemon), await stage.restore(daemon)];
  for (const peer of peers) await peer.task(101, BASE, PAGES);
  for (const peer of peers) await peer.done('finish');
  await Promise.all(peers.map((peer) => peer.right(101, EVERY)));
  daemon.child.kill('SIGINT');
  const report = await daemon.report();
  assert.equal(report.tasks.length, 3);
  assert.ok(report.restores.every(({ finished }) => finished));
});

live('a request to end brings in what is left first: no task reads zeros afterwards', async () => {
  const daemon = await stage.daemon(single(), ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 3 1 0');
  daemon.child.kill('SIGTERM');
  assert.equal((await daemon.report()).tasks[0]?.ending, 'drained');
  await peer.right(101, EVERY);
});

live('a killed server leaves its tasks waiting: they read no zeros', async () => {
  const daemon = await stage.daemon(single(), ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 7 1 0');
  const task = peer.pidOf(101);
  daemon.child.kill();
  await until(() => !existsSync(`/proc/${daemon.child.pid}`), 'the end of the server');
  peer.begin(101, 'verify 1200 1 0');
  await until(() => isInFault(task), 'the task waits for its page');
  // Killed, as by an operator: the process that keeps the descriptors ends with it.
  process.kill(task, 'SIGKILL');
  assert.equal(await peer.next(), 'gone');
  const { signal, stderr } = await daemon.child.result;
  assert.equal(signal, 'SIGKILL');
  assert.match(stderr, /the restored processes wait/);
});

live('a peer that connects and sends nothing is no restore: the next one is served', async () => {
  const images = single();
  const daemon = await stage.daemon(images);
  const visitor = await stage.restore(daemon);
  await visitor.done('close');
  await daemon.child.waitFor(/has connected and sent nothing/, BUDGET, 'stderr');
  // As the start of a second server at the same path does.
  const { code, stderr } = await runChild(MAIN, { args: ['criu', '--images', images] });
  assert.notEqual(code, 0);
  assert.match(stderr, /something is at this path already/);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, EVERY);
  const { restores } = await daemon.report();
  assert.deepEqual(
    restores.map(({ number, finished }) => [number, finished]),
    [[1, true]],
  );
});

live('one restore without --keep: a second one that is connected already is refused', async () => {
  const daemon = await stage.daemon(single());
  const [peer, second] = [await stage.restore(daemon), await stage.restore(daemon)];
  await peer.task(101, BASE, PAGES);
  // It is served: of two that have sent a task before the server looks, either may be the one.
  await peer.right(101, 'verify 0 1 0');
  await second.say(`task 101 ${BASE.toString(16)} ${PAGES}`);
  await peer.done('finish');
  await peer.right(101, EVERY);
  // As criu, which kills its tasks when it is refused.
  second.child.kill();
  const { restores, tasks } = await daemon.report();
  assert.deepEqual([restores.length, tasks.length], [1, 1]);
});

live('a request to end does not wait for a peer that has sent nothing', async () => {
  const daemon = await stage.daemon(single(), ['--keep']);
  await stage.restore(daemon);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, EVERY);
  daemon.child.kill('SIGINT');
  const { restores, stderr } = await daemon.report();
  assert.equal(restores.length, 1);
  assert.match(stderr, /has connected and sent nothing/);
});

live('a request to end lets a restore that goes on finish before its pages are brought in', async () => {
  const daemon = await stage.daemon(single(), ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  daemon.child.kill('SIGTERM');
  await until(() => !existsSync(daemon.socket), 'no more restores are taken');
  await peer.done('finish');
  await peer.right(101, EVERY);
  const { restores, tasks } = await daemon.report();
  assert.deepEqual([restores[0]?.finished, tasks[0]?.ending], [true, 'drained']);
});

live('a task that does not map some of its pages is served until it ends', async () => {
  const daemon = await stage.daemon(single());
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES / 2);
  await peer.done('finish');
  await daemon.child.waitFor(/some pages of task 101 are not mapped there, or cannot be read/, BUDGET, 'stderr');
  await peer.right(101, `verify 0 ${PAGES / 2} 0`);
  assert.equal(await peer.say('at 101 exit'), 'gone');
  assert.equal((await daemon.report()).tasks[0]?.ending, 'ended');
});

live('pages that lie in several mappings are all brought in', async () => {
  const daemon = await stage.daemon(single());
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  for (const first of [7, 100, 1023]) await peer.right(101, `split ${first} 3`);
  await peer.right(101, 'drop 500 20');
  await peer.right(101, 'unmap 600 1');
  await peer.done('finish');
  const [task] = (await daemon.report()).tasks;
  assert.equal(task?.ending, 'drained');
  for (const [first, pages] of [
    [0, 500],
    [520, 80],
    [601, PAGES - 601],
  ])
    await peer.right(101, `verify ${first} ${pages} 0`);
  await peer.right(101, 'verify 500 20 -1');
});

live('a killed server whose standard error is full leaves no keeper behind', async () => {
  const images = single();
  const pipe = path.join(stage.folder, 'full');
  execFileSync('mkfifo', [pipe]);
  // Two open files: what the server has blocks, as a pipe of a shell does.
  const [line, fill] = [openSync(pipe, constants.O_RDWR), openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)];
  const socket = path.join(images, 'lazy-pages.socket');
  const server = spawn(process.execPath, [MAIN, 'criu', '--images', images, '--no-push'], {
    stdio: ['ignore', 'ignore', line],
  });
  const ended = once(server, 'exit');
  try {
    await until(() => existsSync(socket), 'the socket of farpage criu');
    const peer = await stage.restore({ socket });
    await peer.task(101, BASE, PAGES);
    await peer.done('finish');
    await peer.right(101, 'verify 7 1 0');
    const keeper = keeperOf(server.pid ?? 0);
    assert.ok(keeper > 0, 'the server has a keeper');
    assert.throws(() => {
      for (;;) writeSync(fill, Buffer.alloc(PAGE));
    }, /EAGAIN/);
    server.kill('SIGKILL');
    await ended;
    assert.ok(isRunning(keeper), 'it waits for the task');
    process.kill(peer.pidOf(101), 'SIGKILL');
    await until(() => !isRunning(keeper), 'the end of the keeper');
  } finally {
    server.kill('SIGKILL');
    closeSync(line);
    closeSync(fill);
  }
});

live('criu restore hangs up too early: the server says so and fails, and serves what it has begun', async () => {
  const daemon = await stage.daemon(single());
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('close');
  await peer.right(101, EVERY);
  const { restores, stderr } = await daemon.report(1);
  assert.equal(restores[0]?.finished, false);
  assert.match(stderr, /before it had finished/);
});

for (const [what, line, words] of [
  ['a task that the checkpoint does not have', `task 999 ${BASE.toString(16)} 10`, /no task 999/],
  ['a word that is no pid', 'bytes 000000ff00', /not a task's pid/],
  ['a task without its descriptor', 'bytes 6500000001', /no descriptor for task 101/],
] as const) {
  live(`${what} is refused, with a reason`, async () => {
    const daemon = await stage.daemon(single());
    const peer = await stage.restore(daemon);
    await peer.say(line);
    // As criu, which kills its tasks when it is refused: the keeper waits for one that is not served.
    peer.child.kill();
    const { restores } = await daemon.report(1);
    assert.match(restores[0]?.reason ?? '', words);
  });
}

live('a pages file that is written to in place ends the task rather than give it a mix', async () => {
  const images = single();
  const daemon = await stage.daemon(images, ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.done('finish');
  await peer.right(101, 'verify 7 1 0');
  const file = openSync(path.join(images, 'pages-1.img'), 'r+');
  writeSync(file, Buffer.alloc(PAGE), 0, PAGE, 1200 * PAGE);
  closeSync(file);
  assert.equal(await peer.say('at 101 verify 1200 1 0'), 'gone');
  const { stderr } = await daemon.report();
  assert.match(stderr, /written to while it was served/);
});

live('the command after -- starts once the socket listens, and its exit code is that of farpage criu', async () => {
  const images = single();
  const script = `task 101 ${BASE.toString(16)} ${PAGES}\nfinish\nat 101 ${EVERY}\nend 7\n`;
  const socket = path.join(images, 'lazy-pages.socket');
  const args = ['criu', '--images', images, '--', stage.peer, socket];
  const { code, stdout, stderr } = await runChild(MAIN, { args, input: script });
  assert.equal(code, 7, stderr);
  assert.match(stdout, /^connected\ntask \d+\nok\nbad 0\n/);
});

test('a command that does not exist, a folder that is none: refused with a hint', async () => {
  const images = single();
  for (const [args, words] of [
    [['--images', images, '--', '/nonexistent/criu'], /cannot be started/],
    [['--images', path.join(images, 'none')], /is not a folder/],
    [['--images', stage.folder], /inventory\.img cannot be read/],
    [['--images', 'ftp://127.0.0.1/x'], /is not the URL of a folder/],
  ] as const) {
    const { code, stderr } = await runChild(MAIN, { args: ['criu', ...args] });
    assert.notEqual(code, 0);
    assert.match(stderr, words);
    assert.match(stderr, /hint/);
  }
});

test.run();
