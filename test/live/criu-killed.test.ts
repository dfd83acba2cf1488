// budget: 180 s
// covers: src/criu/, native/endings/keeper.cc
// farpage criu is killed at each stage of a restore, or refuses one: what criu restore has sent by then is kept, and its tasks wait and read no zeros.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { suite } from 'uvu';
import { FLAGS, PAGE, writeCheckpoint } from '../support/criu/checkpoint.js';
import { CriuStage, type Daemon, MAIN, type Peer } from '../support/criu/kit.js';
import { isInFault } from '../support/process/fault.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const BASE = 0x700000000000;
const OTHER = 0x710000000000;
const PAGES = 600;
const stage = new CriuStage();
const test = suite('farpage criu is killed');
const live = skipUnless(test, process.getuid?.() === 0, 'fork events need root');
test.after(() => stage.close());

function pair(): string {
  const images = stage.images();
  const runs = (address: number) => [{ address, pages: PAGES, flags: FLAGS.lazy | FLAGS.present }];
  writeCheckpoint(images, [
    { pid: 101, runs: runs(BASE) },
    { pid: 102, runs: runs(OTHER) },
  ]);
  return images;
}

/** Stops all threads of the server: from now on it receives nothing. */
async function stop({ child: { pid = 0 } }: Daemon): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const isStopped = (thread: string) => /\) T /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1'));
  await until(() => readdirSync(`/proc/${pid}/task`).every(isStopped), 'the server is stopped');
}

async function kill(daemon: Daemon): Promise<void> {
  daemon.child.kill();
  await until(() => !existsSync(`/proc/${daemon.child.pid}`), 'the end of the server');
}

/** Each task touches a page that it does not have. */
async function wait(peer: Peer, pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    peer.begin(pid, 'verify 500 1 0');
    await until(() => isInFault(peer.pidOf(pid)), `task ${pid} waits for its page`);
    process.kill(peer.pidOf(pid), 'SIGKILL');
    assert.equal(await peer.next(), 'gone');
  }
}

live('before it has accepted the connection, over which everything was sent', async () => {
  const daemon = await stage.daemon(pair(), ['--no-push']);
  await stop(daemon);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.task(102, OTHER, PAGES);
  await peer.done('finish');
  await kill(daemon);
  await wait(peer, [101, 102]);
});

live('with one task served, and the rest sent and not received', async () => {
  const daemon = await stage.daemon(pair(), ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.right(101, 'verify 7 1 0');
  await stop(daemon);
  await peer.task(102, OTHER, PAGES);
  await peer.done('finish');
  await kill(daemon);
  await wait(peer, [101, 102]);
});

live('with all tasks served, and criu restore not finished: it is refused what it sends then', async () => {
  const daemon = await stage.daemon(pair(), ['--no-push']);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, PAGES);
  await peer.task(102, OTHER, PAGES);
  await peer.right(102, 'verify 7 1 0');
  await kill(daemon);
  await wait(peer, [101, 102]);
  peer.child.write('finish\n');
  assert.equal((await peer.child.result).code, 1);
  assert.match((await peer.child.result).stderr, /send: Broken pipe/);
});

live('while it brings in the pages', async () => {
  const images = stage.images();
  const pages = 40_000;
  writeCheckpoint(images, [{ pid: 101, runs: [{ address: BASE, pages, flags: FLAGS.lazy | FLAGS.present }] }]);
  const daemon = await stage.daemon(images);
  const peer = await stage.restore(daemon);
  await peer.task(101, BASE, pages);
  await peer.done('finish');
  await until(() => residentPages(peer.pidOf(101)) > 500, 'the push has begun');
  await stop(daemon);
  const there = residentPages(peer.pidOf(101));
  await kill(daemon);
  // It may have come to the end before it was stopped.
  if (there >= pages) return peer.right(101, `verify 0 ${pages} 0`);
  peer.begin(101, `verify 0 ${pages} 0`);
  await until(() => isInFault(peer.pidOf(101)), 'the task waits for a page');
  process.kill(peer.pidOf(101), 'SIGKILL');
  assert.equal(await peer.next(), 'gone');
});

live(
  'a restore that is refused had sent everything before: its task waits, also when the server has ended',
  async () => {
    const daemon = await stage.daemon(pair());
    await stop(daemon);
    const [peer, second] = [await stage.restore(daemon), await stage.restore(daemon)];
    for (const each of [peer, second]) {
      await each.task(101, BASE, PAGES);
      await each.task(102, OTHER, PAGES);
      await each.done('finish');
    }
    process.kill(daemon.child.pid ?? 0, 'SIGCONT');
    await peer.right(101, `verify 0 ${PAGES} 0`);
    await peer.right(102, `verify 0 ${PAGES} 0`);
    await until(() => !existsSync(`/proc/${daemon.child.pid}`), 'the end of the server');
    await wait(second, [101, 102]);
    const { restores, tasks, stderr } = await daemon.report();
    assert.deepEqual([restores.length, tasks.length], [1, 2]);
    assert.match(stderr, /is refused/);
    assert.match(stderr, /the restored processes wait/);
  },
);

live('a socket that another process has, too, stays as it is', async () => {
  const images = pair();
  const words = [MAIN, 'criu', '--images', images];
  const script = '"$@" & echo pager $!; read line <&3; echo "heard $line"; wait';
  const shell = spawn('sh', ['-c', script, 'sh', process.execPath, ...words], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  let told = '';
  shell.stdout?.on('data', (bytes: Buffer) => {
    told += bytes.toString('utf8');
  });
  const socket = shell.stdio[3];
  assert.ok(socket instanceof Duplex);
  socket.on('error', () => {});
  await until(() => existsSync(path.join(images, 'lazy-pages.socket')), 'the socket of farpage criu');
  const pager = Number(/^pager (\d+)$/m.exec(told)?.[1]);
  const keeper = keeperOf(pager);
  process.kill(pager, 'SIGKILL');
  await until(() => !existsSync(`/proc/${keeper}`), 'the end of the keeper');
  socket.write('a word\n');
  await until(() => told.includes('heard'), 'the line of the shell');
  assert.match(told, /^heard a word$/m);
  socket.destroy();
});

/** The process beside a pager that outlives it. */
function keeperOf(pager: number): number {
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    let stat = '';
    try {
      stat = readFileSync(`/proc/${name}/stat`, 'latin1');
    } catch {
      continue; // it has ended
    }
    if (new RegExp(`\\(farpage-keeper\\) \\S ${pager} `).test(stat)) return Number(name);
  }
  throw new Error(`process ${pager} has no keeper`);
}

function residentPages(pid: number): number {
  return (Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024) / PAGE;
}

test.run();
