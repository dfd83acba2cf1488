// budget: 120 s
// covers: src/serve/, native/kernel/watched.cc
// What is put in the place of the image that guests are served from, by whatever tool: no guest gets some of each.
import assert from 'node:assert/strict';
import {
  copyFileSync,
  linkSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { suite } from 'uvu';
import { type Guest, imageBytes, PAGE, type Serve, Stage } from '../support/guest/vm.js';
import { startChild } from '../support/process/child.js';
import { startRedis } from '../support/servers/servers.js';
import { MAIN, tell } from './run/kit.js';

const PAGES = 512;
const stage = new Stage();
const sized = ['--image-bytes', String(PAGES * PAGE)];
const image = stage.path('image');
const old = imageBytes(PAGES);
const test = suite('what guests are served from is replaced');
process.env['XDG_RUNTIME_DIR'] = stage.folder;
test.after(() => stage.close());

/** `old` has the words that vm.c knows, what is put in its place is zeros. */
const ALL_OLD = `verify 0 0 ${PAGES} 1`;
const ALL_NEW = `zero 0 0 ${PAGES} 1`;

function guestOf(server: Serve): Guest {
  return stage.guest(server.socket, `0:${PAGES}`, sized);
}

/** A guest that has touched some of its pages, and not the others. */
async function begun(server: Serve): Promise<Guest> {
  const guest = guestOf(server);
  await guest.right('verify 0 0 50 1');
  return guest;
}

async function isAll(guest: Guest, command: string): Promise<void> {
  await guest.right(command);
  await guest.exit();
}

for (const [what, replace] of [
  [
    'renamed over it',
    () => {
      writeFileSync(`${image}.new`, Buffer.alloc(PAGES * PAGE));
      renameSync(`${image}.new`, image);
    },
  ],
  [
    'created again after it was removed',
    () => {
      rmSync(image);
      writeFileSync(image, Buffer.alloc(PAGES * PAGE));
    },
  ],
  [
    'linked there in its place',
    () => {
      writeFileSync(`${image}.new`, Buffer.alloc(PAGES * PAGE));
      rmSync(image);
      symlinkSync(`${image}.new`, image);
    },
  ],
] as const) {
  test(`another file is ${what}: guests of the old one keep it, later guests get the new one`, async () => {
    rmSync(image, { force: true });
    writeFileSync(image, old);
    const server = await stage.serve(['--image', image]);
    const first = await begun(server);
    replace();
    await isAll(guestOf(server), ALL_NEW);
    await isAll(first, ALL_OLD);
    const { report, result } = await server.stop();
    assert.deepEqual(
      report.sessions.map(({ ending }) => ending),
      ['exited', 'exited'],
    );
    assert.match(result.stderr, /image has changed: guests that connect from now on get the new image/);
  });
}

test('it is removed, or linked elsewhere too: it is still what it was', async () => {
  rmSync(image, { force: true });
  writeFileSync(image, old);
  const server = await stage.serve(['--image', image]);
  linkSync(image, `${image}.link`);
  await isAll(guestOf(server), ALL_OLD);
  rmSync(image);
  rmSync(`${image}.link`);
  await isAll(guestOf(server), ALL_OLD);
  const { result } = await server.stop();
  assert.doesNotMatch(result.stderr, /has changed/);
});

for (const [what, resident, rewrite] of [
  ['cp', [], () => copyFileSync(`${image}.zeros`, image)],
  ['cp, under a limit', ['--resident', '1MiB'], () => copyFileSync(`${image}.zeros`, image)],
  [
    'truncate',
    [],
    () => {
      truncateSync(image, 0);
      truncateSync(image, PAGES * PAGE);
    },
  ],
] as const) {
  test(`it is written to in place (${what}): later guests get the new content, and no page of it reaches an earlier guest`, async () => {
    writeFileSync(image, old);
    writeFileSync(`${image}.zeros`, Buffer.alloc(PAGES * PAGE));
    const server = await stage.serve(['--image', image, ...resident]);
    const guest = () =>
      resident.length === 0
        ? guestOf(server)
        : stage.guest(server.socket, `0:${PAGES}`, [...sized, '--memory', 'memfd']);
    const first = guest();
    await first.right('verify 0 0 50 1');
    rewrite();
    await isAll(guest(), ALL_NEW);
    // What it has it keeps; what it has not would be of another image.
    await first.right('verify 0 0 50 1');
    first.child.write(`zero 0 100 1 1\n`);
    assert.match((await first.killed(10_000)) ?? '', /^SIG(KILL|BUS)$/);
    const { result } = await server.stop();
    assert.match(result.stderr, /page 1\d\d: .* the file was written to while it was served: .*rename/);
  });
}

test('a guest’s snapshot over a store that guests are served from is refused; one over their file is not', async () => {
  const redis = await startRedis({ args: ['--appendonly', 'no'] });
  try {
    writeFileSync(image, old);
    const [base, next] = ['base', 'next'].map((name) => `${redis.url}?prefix=${name}:`) as [string, string];
    const order = (pid: number, output: string, ...more: string[]) =>
      startChild(MAIN, { args: ['snapshot', '--pid', String(pid), '--output', output, ...more], budget: 60_000 })
        .result;
    let from = image;
    // The second server's image is in the store, the third's has its parent there.
    for (const [to, more] of [
      [base, []],
      [next, ['--incremental-from', base]],
    ] as const) {
      const server = await stage.serve(['--image', from]);
      const guest = await begun(server);
      const taken = await order(guest.child.pid, to, ...more);
      assert.equal(taken.code, 0, tell(taken));
      if (from !== image) {
        const over = await order(guest.child.pid, from);
        assert.equal(over.code, 2, tell(over));
        assert.match(over.stderr, /guests are served from it/);
      }
      await isAll(guest, ALL_OLD);
      await server.stop();
      from = to;
    }
    const server = await stage.serve(['--image', next]);
    const guest = await begun(server);
    for (const place of [next, base]) {
      const over = await order(guest.child.pid, place);
      assert.equal(over.code, 2, tell(over));
    }
    await isAll(guest, ALL_OLD);
    await isAll(guestOf(server), ALL_OLD);
    await server.stop();
  } finally {
    await redis.stop();
  }
});

test('its times are set: later guests get the present content', async () => {
  writeFileSync(image, old);
  const server = await stage.serve(['--image', image]);
  utimesSync(image, new Date(), new Date());
  await isAll(guestOf(server), ALL_OLD);
  await server.stop();
});

test.run();
