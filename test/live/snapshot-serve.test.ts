// budget: 300 s
// parts: 2
// covers: src/control/, src/serve/
// Snapshots of VM monitors' guests under `farpage serve`; served again, they are what the guest had.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlReport } from '../../src/wire/control.js';
import { type Guest, PAGE, type Serve, Stage } from '../support/guest/vm.js';
import { verifyImage } from '../support/image/snapshot.js';
import { suite } from '../support/parts.js';
import { startChild } from '../support/process/child.js';
import { startRedis } from '../support/servers/servers.js';
import { MAIN, tell } from './run/kit.js';

const PAGES = 1024;
const stage = new Stage();
const image = stage.image('image', PAGES);
const sized = ['--image-bytes', String(PAGES * PAGE)];
const test = suite('snapshots of guests');
let images = 0;

// Of this file's own, for the servers as for the commands.
process.env['XDG_RUNTIME_DIR'] = stage.folder;
test.after(() => stage.close());

async function snapshot(pid: number, output: string, ...more: readonly string[]): Promise<ControlReport> {
  const args = ['snapshot', '--json', '--pid', String(pid), '--output', output, ...more];
  const result = await startChild(MAIN, { args, budget: 60_000 }).result;
  assert.equal(result.code, 0, tell(result));
  return JSON.parse(result.stdout) as ControlReport;
}

async function withGuest(
  serve: readonly string[],
  guest: readonly string[],
  regions: string,
  work: (guest: Guest, server: Serve) => Promise<void>,
): Promise<void> {
  const server = await stage.serve(serve);
  const vm = stage.guest(server.socket, regions, guest);
  try {
    await vm.child.waitFor(/pid \d+ bytes \d+/);
    await work(vm, server);
    await vm.exit();
  } finally {
    const { result } = await server.stop();
    assert.equal(result.code, 0, tell(result));
  }
}

/** A guest over the snapshot has what the first one had: pages 0 to 99 written, 500 to 599 given back, the others the image's. */
async function serveAgain(
  output: string,
  guest: readonly string[],
  regions: string,
  index: number,
  shift: number,
): Promise<void> {
  await withGuest(['--image', output], [...sized, ...guest], regions, async (vm) => {
    await vm.right(`written ${index} ${shift} 100 7`);
    await vm.right(`verify ${index} ${shift + 100} 300 1`);
    await vm.right(`zero ${index} ${shift + 500} 24 1`);
    await vm.right(`verify ${index} ${shift + 524} 200 1`);
  });
}

for (const [what, serve, guest] of [
  ['private memory, no limit', [], ['--memory', 'anon']],
  ['a memfile, no limit', [], ['--memory', 'memfd']],
  ['a memfile, under a limit', ['--resident', '1MiB'], ['--memory', 'memfd']],
] as const) {
  for (const stop of [[], ['--stop'], ['--stop=all']]) {
    test(`${what}, ${stop.join() || 'not stopped'}: the image is served to another guest`, async () => {
      const output = stage.path(`${++images}.img`);
      await withGuest(['--image', image, ...serve], [...sized, ...guest], `0:${PAGES}`, async (vm) => {
        await vm.right('write 0 0 100 7');
        await vm.right('verify 0 300 50 1');
        await vm.ask(`remove 0 500 24 ${guest[1] === 'memfd' ? 2 : 1}`);
        const report = await snapshot(vm.child.pid, output, ...stop);
        assert.equal(report.program, 'vm');
        assert.equal(report.stopped?.processes, stop.length === 0 ? undefined : 1);
        // What comes after the instant is in no image.
        await vm.right('write 0 100 50 9');
        await vm.right('written 0 100 50 9');
        await vm.right('verify 0 700 100 1');
        assert.doesNotMatch(readFileSync(`/proc/${vm.child.pid}/stat`, 'latin1'), /\) T /);
      });
      await verifyImage(output);
      await serveAgain(output, guest, `0:${PAGES}`, 0, 0);
    });
  }
}

test('onto Redis, and from there: a whole image, an incremental one, and a guest served from the chain', async () => {
  const redis = await startRedis();
  try {
    const [whole, newer] = ['whole', 'newer'].map((name) => `${redis.url}?prefix=${name}:`) as [string, string];
    const guest = [...sized, '--memory', 'memfd'];
    await withGuest(['--image', image, '--resident', '1MiB'], guest, `0:${PAGES}`, async (vm) => {
      await vm.right('write 0 0 50 7');
      const first = await snapshot(vm.child.pid, whole);
      assert.equal(first.pages, PAGES);
      await vm.right('write 0 50 50 7');
      await vm.ask('remove 0 500 24 2');
      const second = await snapshot(vm.child.pid, newer, '--incremental-from', whole);
      assert.ok(second.pages >= 50 && second.pages < PAGES, `${second.pages} pages`);
    });
    await serveAgain(newer, guest, `0:${PAGES}`, 0, 0);
  } finally {
    await redis.stop();
  }
});

test('a guest whose memory lies in parts, in no order: its pages are where its offsets say', async () => {
  const output = stage.path('parts.img');
  const guest = [...sized, '--memory', 'memfd'];
  await withGuest(['--image', image, '--resident', '1MiB'], guest, '512:512,0:512', async (vm) => {
    await vm.right('write 1 0 100 7');
    await vm.right('write 0 0 10 7');
    await vm.right('verify 1 200 300 1');
    await snapshot(vm.child.pid, output);
  });
  await withGuest(['--image', output], sized, `0:512,512:512`, async (vm) => {
    await vm.right('written 0 0 100 7');
    await vm.right('verify 0 100 412 1');
    await vm.right('written 1 0 10 7');
    await vm.right('verify 1 10 502 1');
  });
});

test('written on and on while snapshots follow each other, each from the last: all pages are of one generation or the next', async () => {
  await withGuest(
    ['--image', image, '--resident', '1MiB'],
    [...sized, '--memory', 'memfd'],
    `0:${PAGES}`,
    async (vm) => {
      // It is served from its first page on.
      await vm.right('verify 0 900 1 1');
      let from: string | null = null;
      for (let generation = 1; generation <= 4; generation++) {
        const output = stage.path(`chain-${generation}.img`);
        const more = from === null ? [] : ['--incremental-from', from];
        await Promise.all([vm.right(`write 0 0 800 ${generation}`), snapshot(vm.child.pid, output, ...more)]);
        await vm.right(`written 0 0 800 ${generation}`);
        await verifyImage(output);
        from = output;
      }
    },
  );
});

test('the server ends while a guest is stopped for its snapshot: the guest is gone as always, the command says why', async () => {
  const server = await stage.serve(['--image', image]);
  const vm = stage.guest(server.socket, `0:${PAGES}`, sized);
  await vm.right(`verify 0 0 ${PAGES} 1`);
  const args = [
    'snapshot',
    '--pid',
    String(vm.child.pid),
    '--output',
    stage.path('never.img'),
    '--stop=all',
    '--buffer',
    '4KiB',
  ];
  const command = startChild(MAIN, { args, budget: 60_000 });
  await sleep(300);
  await server.stop();
  const result = await command.result;
  if (result.code !== 0) assert.match(result.stderr, /ended|closed|no pager/i, tell(result));
  assert.equal(await vm.killed(10_000), 'SIGKILL');
});

test.run();
