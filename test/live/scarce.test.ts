// budget: 120 s
// parts: 2
// What a long command meets that has nothing to do with it: no more open files, no memory for a socket, no reader of
// its messages, a full disk. The server continues.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { constants, existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { within } from '../support/budget.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { type Child, startProgram } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-scarce-'));
const test = suite('scarcity');
const env = { XDG_RUNTIME_DIR: folder };
let shim = '';

// accept4 fails the first COUNT times with ERROR.
const SHIM = `#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
int accept4(int fd, struct sockaddr *name, socklen_t *length, int flags) {
  static int count;
  if (count++ < atoi(getenv("COUNT"))) {
    errno = atoi(getenv("ERROR"));
    return -1;
  }
  return (int)syscall(SYS_accept4, fd, name, length, flags);
}
`;

test.before(() => {
  shim = path.join(folder, 'shim.so');
  const source = path.join(folder, 'shim.c');
  writeFileSync(source, SHIM);
  execFileSync('cc', ['-shared', '-fPIC', '-o', shim, source]);
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const serveArgs = (socket: string) => ['serve', '--socket', socket, '--image', 'none'];

/** Connects and says nothing that could be understood: the server answers by closing. */
function visit(socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(socket, () => connection.end('no hand-off'));
    let failure: NodeJS.ErrnoException | undefined;
    connection.on('error', (error) => {
      failure = error;
    });
    connection.on('close', () => {
      // Between its bind(2) and listen(2) the server's file is there, and refuses.
      if (failure?.code === 'ECONNREFUSED') setTimeout(() => visit(socket).then(resolve, reject), 20);
      else if (failure === undefined || failure.code === 'ECONNRESET') resolve();
      else reject(failure);
    });
    connection.resume();
  });
}

async function end(child: Child): Promise<string> {
  child.kill('SIGTERM');
  const { code, signal, stderr } = await child.result;
  assert.deepEqual([code, signal], [0, null], stderr);
  return stderr;
}

for (const [name, error] of [
  ['ENFILE', 23],
  ['EMFILE', 24],
  ['ENOBUFS', 105],
  ['ENOMEM', 12],
] as const) {
  test(`${name} when a guest connects: the server says so once, continues, and answers it`, async () => {
    const socket = path.join(folder, name);
    const failing = { LD_PRELOAD: shim, COUNT: '5', ERROR: String(error) };
    const server = startProgram(COMMAND, { args: serveArgs(socket), env: { ...env, ...failing } });
    await until(() => existsSync(socket), 'the server listens');
    await within(20_000, visit(socket), 'the answer');
    const said = await end(server);
    assert.equal(said.split(`(${name})`).length - 1, 1, said);
    assert.match(said, /the hand-off is refused/);
  });
}

test('no memory for a process’s socket under run: it is paged all the same', async () => {
  // The launcher and the program do not accept: only the pager does.
  const failing = { LD_PRELOAD: shim, COUNT: '3', ERROR: '105' };
  const run = startProgram(COMMAND, { args: ['run', '--', 'sh', '-c', 'exit 5'], env: { ...env, ...failing } });
  const { code, stderr } = await run.result;
  assert.equal(code, 5, stderr);
  assert.equal(stderr.split('(ENOBUFS)').length - 1, 1, stderr);
});

function startInto(stderr: number | 'pipe', args: readonly string[]) {
  const child = spawn(COMMAND, args, { stdio: ['ignore', 'pipe', stderr], env: { ...process.env, ...env } });
  const ended = new Promise<string>((resolve) => child.on('exit', (code, signal) => resolve(`${code} ${signal}`)));
  return { child, ended };
}

/** A pipe that is full, and that nobody reads. */
function fullPipe(): number {
  const fifo = path.join(folder, 'full');
  execFileSync('mkfifo', [fifo]);
  const both = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    for (;;) writeSync(both, Buffer.alloc(4096));
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN');
  }
  return openSync(fifo, constants.O_RDWR);
}

for (const [what, open] of [
  ['a reader that has gone', () => 'pipe' as const],
  ['a full disk', () => openSync('/dev/full', 'w')],
  ['a reader that reads no more', fullPipe],
] as const) {
  test(`messages to ${what} do not end serve, nor hold it up`, async () => {
    const socket = path.join(folder, `messages-${what.length}`);
    const { child, ended } = startInto(open(), serveArgs(socket));
    child.stderr?.destroy();
    await until(() => existsSync(socket), 'the server listens');
    for (let i = 0; i < 3; i++) await within(20_000, visit(socket), 'the answer');
    child.kill('SIGTERM');
    assert.equal(await within(20_000, ended, 'the end'), '0 null');
  });

  test(`messages to ${what} do not end run, and its code is the program's`, async () => {
    const stderr =
      what === 'a reader that reads no more' ? openSync(path.join(folder, 'full'), constants.O_RDWR) : open();
    const { child, ended } = startInto(stderr, ['run', '--', 'sh', '-c', '(sleep 3; echo later) & exit 6']);
    let printed = '';
    child.stdout?.on('data', (text) => {
      printed += text;
    });
    child.stderr?.destroy();
    assert.equal(await within(30_000, ended, 'the end'), '6 null');
    assert.equal(printed, 'later\n');
  });
}

test('what cannot be printed is a failure; a reader that has enough is none', async () => {
  const full = startProgram('sh', { args: ['-c', '"$1" doctor >/dev/full', 'sh', COMMAND], env });
  const { code, stderr } = await full.result;
  assert.equal(code, 1, stderr);
  assert.match(stderr, /^farpage: .*ENOSPC[^\n]*\n$/);
  const short = startProgram('bash', {
    args: ['-c', 'set -o pipefail; "$1" doctor | head -n 1; echo $?', 'bash', COMMAND],
    env,
  });
  assert.match((await short.result).stdout, /^[^\n]*\n0\n$/);
});

test.run();
