// budget: 240 s
// parts: 2
// covers: src/serve/, src/image/
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { redisStore } from '../../src/index.js';
import { migrationFile } from '../support/guest/mapped-ram.js';
import { imageBytes, PAGE, Stage, serveFile } from '../support/guest/vm.js';
import { suite } from '../support/parts.js';
import { startRedis } from '../support/servers/servers.js';

const PAGES = 1024;
const stage = new Stage();
const image = stage.image('image', PAGES);
const sized = ['--image-bytes', String(PAGES * PAGE)];
const test = suite('what guests are served from');
test.after(() => stage.close());

test('8 guests at once on one image behind HTTP: each byte is fetched once', async () => {
  const web = await serveFile(imageBytes(PAGES), 1);
  try {
    const server = await stage.serve(['--image', web.url]);
    const guests = Array.from({ length: 8 }, () => stage.guest(server.socket, `0:${PAGES}`, sized));
    await Promise.all(
      guests.map(async (guest, at) => {
        await guest.right(`random 0 0 200 ${at}`);
        await guest.right(`verify 0 0 ${PAGES} 1`);
      }),
    );
    await Promise.all(guests.map((guest) => guest.exit()));
    const { report } = await server.stop();
    assert.equal(report.sessions.length, 8);
    const times = new Uint8Array(PAGES);
    // The first page is read once more, to see what kind of file it is.
    for (const [start, end] of web.ranges.slice(1)) {
      for (let page = start / PAGE; page < end / PAGE; page++) times[page] = (times[page] ?? 0) + 1;
    }
    assert.deepEqual([...times], Array(PAGES).fill(1));
    assert.equal(report.fetched?.fetched, PAGES);
    assert.ok((report.fetched?.asked ?? 0) >= 8 * PAGES);
  } finally {
    await web.close();
  }
});

test('a cache smaller than the image: pages are fetched again, and right', async () => {
  const web = await serveFile(imageBytes(PAGES), 0);
  try {
    const server = await stage.serve(['--image', web.url, '--cache', '256KiB']);
    for (let round = 0; round < 2; round++) {
      const guest = stage.guest(server.socket, `0:${PAGES}`, sized);
      await guest.right(`verify 0 0 ${PAGES} 1`);
      await guest.exit();
    }
    const { report } = await server.stop();
    assert.ok((report.fetched?.fetched ?? 0) > PAGES);
  } finally {
    await web.close();
  }
});

test('an image that is gone: the guest is ended with a line that says why', async () => {
  const web = await serveFile(imageBytes(PAGES), 0);
  try {
    const server = await stage.serve(['--image', web.url]);
    const guest = stage.guest(server.socket, `0:${PAGES}`, sized);
    await guest.right('verify 0 0 1 1');
    web.status = 404;
    guest.child.write('verify 0 900 1 1\n');
    // The page is poisoned first, where the kernel lets it be.
    assert.match((await guest.killed(10_000)) ?? '', /^SIG(KILL|BUS)$/);
    const { report, result } = await server.stop();
    assert.deepEqual(
      report.sessions.map(({ ending, killed }) => [ending, killed]),
      [['failed', true]],
    );
    assert.match(result.stderr, /is killed: its memory can no longer be served: page 900: .*404/);
  } finally {
    await web.close();
  }
});

test('an image in Redis', async () => {
  const redis = await startRedis();
  try {
    const url = `${redis.url}?prefix=image:`;
    const store = redisStore(url);
    const bytes = imageBytes(PAGES);
    const pages = Array.from({ length: PAGES }, (_, page) => ({
      page,
      from: bytes.subarray(page * PAGE, (page + 1) * PAGE),
    }));
    await store.write?.(pages);
    await store.close();
    const server = await stage.serve(['--image', url]);
    const guests = [1, 2].map(() => stage.guest(server.socket, `0:${PAGES}`, sized));
    await Promise.all(guests.map((guest) => guest.right(`verify 0 0 ${PAGES} 1`)));
    await Promise.all(guests.map((guest) => guest.exit()));
    const { report } = await server.stop();
    assert.equal(report.fetched?.fetched, PAGES);
  } finally {
    await redis.stop();
  }
});

test('nothing but zeros', async () => {
  const server = await stage.serve(['--image', 'none']);
  const guest = stage.guest(server.socket, `0:${PAGES}`);
  await guest.right(`zero 0 0 ${PAGES} 1`);
  await guest.exit();
  await server.stop();
});

for (const [kind, where] of [
  ['a file', 'file'],
  ['a file behind HTTP', 'http'],
] as const) {
  test(`QEMU’s mapped-ram, ${kind}: what is not in its bitmap is zeros`, async () => {
    const present = Array.from({ length: PAGES }, (_, page) => page).filter((page) => page % 3 !== 1);
    const fill = (bytes: Buffer, page: number) => void imageBytes(1, page).copy(bytes);
    const bytes = migrationFile({
      blocks: [
        { name: 'other', pages: 8, present: [0] },
        { name: 'ram0', pages: PAGES, present },
      ],
      fill,
    });
    const file = stage.path('migration');
    writeFileSync(file, bytes);
    const web = await serveFile(bytes, 0);
    try {
      for (const args of [[], ['--memory', 'memfd']]) {
        const limit = args.length > 0 ? ['--resident', '1MiB'] : [];
        const server = await stage.serve([
          '--image',
          where === 'file' ? file : web.url,
          '--ram-block',
          'ram0',
          ...limit,
        ]);
        const guest = stage.guest(server.socket, `0:${PAGES}`, [...sized, ...args]);
        await guest.right('verify 0 0 341 3');
        await guest.right('zero 0 1 341 3');
        await guest.right('verify 0 2 340 3');
        await guest.exit();
        await server.stop();
      }
    } finally {
      await web.close();
    }
  });
}

for (const store of ['memory', 'redis', 'file'] as const) {
  test(`memory of four times what it is given, evicted to ${store}`, async () => {
    const redis = store === 'redis' ? await startRedis() : undefined;
    const url = { memory: 'memory:', redis: redis?.url ?? '', file: `file:${stage.path('evicted')}` }[store];
    try {
      const server = await stage.serve(['--image', image, '--resident', '1MiB', '--store', url]);
      const guest = stage.guest(server.socket, `0:${PAGES}`, [...sized, '--memory', 'memfd']);
      await guest.right('random 0 0 3000 1');
      await guest.right(`write 0 0 ${PAGES / 2} 5`);
      await guest.right(`random 0 ${PAGES / 2} 2000 2`);
      await guest.right(`written 0 0 ${PAGES / 2} 5`);
      await guest.right('remove 0 10 100 2');
      await guest.right('zero 0 10 100 1');
      await guest.right(`written 0 110 ${PAGES / 2 - 110} 5`);
      await guest.right(`verify 0 ${PAGES / 2} ${PAGES / 2} 1`);
      await guest.exit();
      const { report } = await server.stop();
      const { stats } = report.sessions[0] ?? {};
      assert.ok((stats?.evictions ?? 0) > PAGES);
      assert.ok((stats?.residentBytesPeak ?? 0) <= 2 ** 20);
    } finally {
      await redis?.stop();
    }
  });
}

test('a limit that cannot be held is refused, and says what is missing', async () => {
  const server = await stage.serve(['--image', image, '--resident', '1MiB']);
  const cases: Array<[string[], RegExp]> = [
    [[], /without its memfile/],
    [['--memory', 'memfd', '--mode', '1'], /not registered for write-protect faults/],
    [['--memory', 'memfd', '--extra', ',"farpage":{"file_offset":4096}'], /not what the memory is a mapping of/],
  ];
  for (const [args] of cases) {
    const guest = stage.guest(server.socket, `0:${PAGES}`, [...sized, ...args]);
    assert.equal(await guest.killed(10_000), 'SIGKILL');
  }
  const { result } = await server.stop();
  for (const [, words] of cases) assert.match(result.stderr, words);
});

for (const kind of ['a local file', 'HTTP'] as const) {
  test(`recorded, then replayed, from ${kind}`, async () => {
    const pages = 4096;
    const web = await serveFile(imageBytes(pages), 1);
    const big = stage.image('big', pages);
    const source = kind === 'HTTP' ? web.url : big;
    const bytes = ['--image-bytes', String(pages * PAGE)];
    const set = stage.path(`set ${kind}`);
    try {
      const first = await stage.serve(['--image', source, '--once', '--record', set]);
      const recorded = stage.guest(first.socket, `0:${pages}`, bytes);
      await recorded.right('verify 0 0 1000 3');
      await recorded.right('verify 0 0 1000 3');
      await recorded.exit();
      assert.equal((await first.ended()).report.sessions[0]?.recorded, 1000);
      assert.ok(statSync(set).size > 4000);
      const asked = web.ranges.length;
      const second = await stage.serve(['--image', source, '--once', '--replay', set, '--record', `${set} again`]);
      const replayed = stage.guest(second.socket, `0:${pages}`, bytes);
      await replayed.right('verify 0 0 990 3');
      await replayed.right('verify 0 1 5 3');
      // All of it has come by then: what is left out shows as faults of pages at hand.
      await replayed.right('random 0 3900 1 1');
      await replayed.exit();
      const { report, result } = await second.ended();
      const { replay = null, recorded: again } = report.sessions[0] ?? {};
      assert.ok(replay !== null, result.stderr);
      assert.equal(replay.pages, 1000);
      assert.ok(replay.misses >= 1 && replay.misses <= 6, JSON.stringify(replay));
      assert.ok(replay.sampled >= 62 && replay.unused <= 1, JSON.stringify(replay));
      assert.ok((again ?? 0) >= 990 && (again ?? 0) <= 1006, `${again}: ${result.stderr}`);
      if (kind === 'HTTP') assert.ok(web.ranges.length - asked < asked / 5, `${web.ranges.length - asked} of ${asked}`);
    } finally {
      await web.close();
    }
  });
}

test('a working set that cannot be written: the guest is served, and the exit code says that no file is there', async () => {
  const place = stage.path('none/set');
  const served = await stage.serve(['--image', stage.image('unwritten', 16), '--once', '--record', place]);
  const guest = stage.guest(served.socket, '0:16', ['--image-bytes', String(16 * PAGE)]);
  await guest.right('verify 0 0 16 1');
  await guest.exit();
  const { report, result } = await served.ended();
  assert.equal(result.code, 1, result.stderr);
  assert.equal(report.sessions[0]?.recorded, null);
  assert.match(result.stderr, /the working set cannot be written to .*none/);
});

test('guests that exit while their working set is still coming in have exited, and are recorded', async () => {
  const pages = 32_768;
  const big = stage.image('exits', pages);
  const bytes = ['--image-bytes', String(pages * PAGE)];
  const [set, again] = [stage.path('set exits'), stage.path('set exits again')];
  const first = await stage.serve(['--image', big, '--once', '--record', set]);
  const recorded = stage.guest(first.socket, `0:${pages}`, bytes);
  await recorded.right(`verify 0 0 ${pages} 1`);
  await recorded.exit();
  await first.ended();
  const second = await stage.serve(['--image', big, '--replay', set, '--record', again]);
  for (let guests = 0; guests < 12; guests++) {
    const guest = stage.guest(second.socket, `0:${pages}`, bytes);
    await guest.right('verify 0 0 1 1');
    // The loop looks for dead address spaces now and then: some of these exit just before it does.
    await sleep(10 + 15 * guests);
    await guest.exit();
  }
  const { report, result } = await second.stop();
  const endings = report.sessions.map(({ ending, killed }) => [ending, killed]);
  assert.deepEqual(endings, Array(12).fill(['exited', false]), result.stderr);
  assert.ok((report.sessions[0]?.recorded ?? 0) >= 1, result.stderr);
  const late = report.sessions.filter(({ replay }) => (replay?.loaded ?? 0) < pages / 2);
  assert.ok(late.length > 0, 'no guest was early enough to be cut off');
});

test('a replay of another page size, or of no working set', async () => {
  const file = stage.path('none');
  writeFileSync(file, 'something');
  await assert.rejects(stage.serve(['--image', image, '--replay', file]), /is not a working set/);
});

test.run();
