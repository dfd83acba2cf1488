// budget: 240 s
// uses: hugepages
// variants: host v8
// covers: src/serve/, src/wire/, native/others/
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { within } from '../support/budget.js';
import { isAlive, PAGE, type Serve, Stage } from '../support/guest/vm.js';
import { skipUnless } from '../support/skip.js';

const PAGES = 1024;
const HUGE_POOL = '/proc/sys/vm/nr_hugepages';
const isRoot = process.getuid?.() === 0;

const stage = new Stage();
const image = stage.image('image', PAGES);
const sized = ['--image-bytes', String(PAGES * PAGE)];
const test = suite('guests of the server');
test.after(() => stage.close());

async function withServer(
  args: readonly string[],
  work: (server: Serve) => Promise<void>,
): Promise<Awaited<ReturnType<Serve['stop']>>> {
  const server = await stage.serve(['--image', image, ...args]);
  try {
    await work(server);
  } catch (error) {
    const { result } = await server.stop();
    throw new Error(`${(error as Error).message}\n--- the server said\n${result.stderr}`, { cause: error });
  }
  return server.stop();
}

for (const version of ['1.1', '1.7', '1.12']) {
  test(`the hand-off of version ${version}, closed at once or kept open`, async () => {
    const { report } = await withServer([], async ({ socket }) => {
      for (const close of [[], ['--close']]) {
        const guest = stage.guest(socket, `0:${PAGES}`, [...sized, '--version', version, ...close]);
        await guest.right(`verify 0 0 ${PAGES} 1`);
        await guest.exit();
      }
    });
    assert.deepEqual(
      report.sessions.map(({ ending, reason }) => [ending, reason]),
      [
        ['exited', null],
        ['exited', null],
      ],
    );
  });
}

test('the report names the host that ran the core', async () => {
  const { report } = await withServer(['--core', 'v8'], async ({ socket }) => {
    const guest = stage.guest(socket, `0:${PAGES}`, sized);
    await guest.right(`verify 0 0 ${PAGES} 1`);
    await guest.exit();
  });
  assert.deepEqual([report.core, report.sessions.length], ['v8', 1]);
});

test('regions in no order, each where it is', async () => {
  await withServer([], async ({ socket }) => {
    const guest = stage.guest(socket, '512:256,768:256,128:384,0:128', sized);
    for (const [index, pages] of [256, 256, 384, 128].entries()) await guest.right(`verify ${index} 0 ${pages} 1`);
    await guest.exit();
  });
});

test('a part of the image alone, and an image that is shorter than the memory', async () => {
  await withServer([], async ({ socket }) => {
    const guest = stage.guest(socket, `1000:200`, sized);
    await guest.right('verify 0 0 200 1');
    await guest.right('zero 0 24 176 1');
    await guest.exit();
  });
});

test('a message of more than 1,024 bytes, in many pieces, with fields that nobody knows', async () => {
  const list = Array.from({ length: 40 }, (_, at) => `${(at * 7) % 40}:1`).join(',');
  await withServer([], async ({ socket }) => {
    for (const pieces of ['1', '9']) {
      const extra = ',"gpa":"0x1","more":{"a":[1,{"b":"]}"}]}';
      const guest = stage.guest(socket, list, [...sized, '--extra', extra, '--pieces', pieces]);
      const [, bytes] = await guest.child.waitFor(/bytes (\d+)/);
      assert.ok(Number(bytes) > 4000);
      for (let region = 0; region < 40; region++) await guest.right(`verify ${region} 0 1 1`);
      await guest.exit();
    }
  });
});

test('what was removed is zeros; faults in the kernel are served', async () => {
  await withServer([], async ({ socket }) => {
    const guest = stage.guest(socket, `0:${PAGES}`, sized);
    await guest.right('verify 0 0 100 1');
    await guest.right('remove 0 10 300');
    await guest.right('zero 0 10 300 1');
    await guest.right('pipe 0 400');
    await guest.right(`verify 0 402 ${PAGES - 402} 1`);
    await guest.exit();
  });
});

test('a hand-off that cannot be served ends the process that waits for it, and no other', async () => {
  const { report, result } = await withServer([], async ({ socket }) => {
    const served = stage.guest(socket, `0:${PAGES}`, sized);
    await served.right('verify 0 0 10 1');
    const other = ['--text', '[{"base_host_virt_addr": 4096, "size": 4096, "offset": 0}]'];
    for (const args of [
      ['--text', '[{]'],
      ['--text', '{"a": 1}'],
      ['--text', '[]'],
      ['--text', '[', '--close'],
      other,
    ]) {
      const guest = stage.guest(socket, '0:8', args);
      assert.equal(await guest.killed(10_000), 'SIGKILL', args.join(' '));
    }
    for (const args of [
      ['--descriptors', 'none'],
      ['--descriptors', 'file'],
      ['--silent', '--close'],
    ]) {
      const guest = stage.guest(socket, '0:8', args);
      await guest.child.waitFor(/pid/);
      await sleep(300);
      await guest.exit();
    }
    await served.right(`verify 0 0 ${PAGES} 1`);
    await served.exit();
  });
  assert.deepEqual(
    report.sessions.filter(({ ending }) => ending === 'failed').map(({ killed }) => killed),
    Array(5).fill(true),
  );
  assert.equal(report.refused, 3);
  for (const words of [
    /is not JSON/,
    /an object, not an array/,
    /has no regions/,
    /ends too early/,
    /memory that the process has not registered/,
    /no descriptor/,
    /a descriptor that is not a userfaultfd/,
    /closed before anything was said/,
  ]) {
    assert.match(result.stderr, words);
  }
});

test('a peer that says nothing is not waited for', async () => {
  const { report, result } = await withServer([], async ({ socket }) => {
    const guest = stage.guest(socket, '0:8', ['--silent']);
    await guest.child.waitFor(/pid/);
    await sleep(5500);
    await guest.exit();
  });
  assert.equal(report.refused, 1);
  assert.match(result.stderr, /nothing was said within 5 s/);
});

test('the descriptors in another order', async () => {
  await withServer(['--resident', '1MiB'], async ({ socket }) => {
    const guest = stage.guest(socket, `0:${PAGES}`, [...sized, '--memory', 'memfd', '--descriptors', 'swapped']);
    await guest.right(`verify 0 0 ${PAGES} 1`);
    await guest.exit();
  });
});

test('--no-kill leaves guests that cannot be served', async () => {
  const { report, result } = await withServer(['--no-kill'], async ({ socket }) => {
    const guest = stage.guest(socket, '0:8', ['--text', '[{]']);
    await guest.child.waitFor(/pid/);
    await sleep(500);
    assert.ok(isAlive(guest.child.pid));
    guest.child.kill();
    await guest.killed(5000);
  });
  assert.deepEqual(
    report.sessions.map(({ ending, killed }) => [ending, killed]),
    [['failed', false]],
  );
  assert.match(result.stderr, /is not killed, and blocks at its next absent page/);
});

test('a guest that is killed is reported, and the others live', async () => {
  const { report } = await withServer([], async ({ socket }) => {
    const first = stage.guest(socket, `0:${PAGES}`, sized);
    const second = stage.guest(socket, `0:${PAGES}`, sized);
    await first.right('verify 0 0 100 1');
    await second.right('verify 0 0 100 1');
    first.child.kill('SIGKILL');
    await first.killed(5000);
    await second.right(`verify 0 0 ${PAGES} 1`);
    await second.exit();
  });
  assert.deepEqual(
    report.sessions.map(({ ending }) => ending),
    ['exited', 'exited'],
  );
});

test('a server that is killed takes its guests along within a second', async () => {
  const server = await stage.serve(['--image', image]);
  const guests = [1, 2, 3].map(() => stage.guest(server.socket, `0:${PAGES}`, sized));
  for (const guest of guests) await guest.right('verify 0 0 10 1');
  const [waiting] = guests;
  server.child.kill('SIGKILL');
  // It must not find zeros either.
  waiting?.child.write('zero 0 500 1 1\n');
  for (const guest of guests) assert.equal(await guest.killed(1000), 'SIGKILL');
  const { stdout } = (await waiting?.child.result) ?? { stdout: '' };
  assert.doesNotMatch(stdout, /zero bad=0/);
  const { stderr } = await within(5000, server.child.result, 'the server’s end');
  assert.equal(stderr.match(/was killed: its memory can no longer be served/g)?.length, 3, stderr);
});

test('a socket that a killed server left is taken over, one in use is not', async () => {
  await withServer([], async ({ socket }) => {
    const second = stage.serve(['--socket', socket, '--image', image]);
    await assert.rejects(second, /EADDRINUSE|in use/i);
  });
});

test('told to end, it ends its guests after a line', async () => {
  const server = await stage.serve(['--image', image]);
  const guest = stage.guest(server.socket, `0:${PAGES}`, sized);
  await guest.right('verify 0 0 10 1');
  const { report, result } = await server.stop();
  assert.equal(result.code, 0, result.stderr);
  assert.equal(await guest.killed(1000), 'SIGKILL');
  assert.deepEqual(
    report.sessions.map(({ ending, killed }) => [ending, killed]),
    [['interrupted', true]],
  );
  assert.match(result.stderr, /is killed: .*the server was asked to end/);
});

test('the reaper killed: another takes over', async () => {
  const server = await stage.serve(['--image', image]);
  const guest = stage.guest(server.socket, `0:${PAGES}`, sized);
  await guest.right('verify 0 0 10 1');
  const children = () =>
    readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'latin1').trim().split(' ').map(Number);
  const [before = 0] = children();
  process.kill(before, 'SIGKILL');
  let after = before;
  for (let tries = 0; tries < 100 && (after === before || after === 0); tries++) {
    await sleep(50);
    [after = 0] = children();
  }
  await sleep(300);
  await guest.right('verify 0 10 10 1');
  server.child.kill('SIGKILL');
  assert.equal(await guest.killed(1000), 'SIGKILL');
});

test('--once ends with the first session', async () => {
  const server = await stage.serve(['--image', image, '--once']);
  const guest = stage.guest(server.socket, `0:${PAGES}`, sized);
  await guest.right(`verify 0 0 ${PAGES} 1`);
  await guest.exit();
  const { report, result } = await server.ended();
  assert.equal(result.code, 0);
  assert.equal(report.sessions.length, 1);
  assert.ok((report.sessions[0]?.stats?.fills.source ?? 0) >= PAGES);
});

skipUnless(
  test,
  isRoot,
  'needs root, to reserve huge pages',
)('pages of 2 MiB', async () => {
  const before = readFileSync(HUGE_POOL, 'latin1');
  writeFileSync(HUGE_POOL, String(Number(before) + 4));
  try {
    await withServer([], async ({ socket }) => {
      const guest = stage.guest(socket, '0:3', [...sized, '--memory', 'huge']);
      await guest.right('verify 0 0 3 1');
      await guest.right('remove 0 1 1');
      await guest.right('zero 0 1 1 1');
      await guest.exit();
    });
  } finally {
    writeFileSync(HUGE_POOL, before);
  }
});

test.run();
