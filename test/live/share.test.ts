// budget: 300 s
// parts: 2
// uses: hugepages
// covers: native/others/, src/pager/, src/wire/
// Regions in other processes: several of them at once on one region, and what each sees of the others' end.
import assert from 'node:assert/strict';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reserveHugePages } from '../../src/conformance/huge-pages.js';
import { attachRegion, type PagerError } from '../../src/index.js';
import { anonymous, DescriptorSocket, sharedMemory, Userfaultfd } from '../../src/userfaultfd/index.js';
import { suite } from '../support/parts.js';
import { type Child, startChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { describe, linesOf, play, program, told } from './play.js';
import type { Failure } from './programs/kit.js';

const budget = 60_000;
const SMALL_PAGE = 4096;
const HUGE_PAGE = 2 * 2 ** 20;
const STAT_BLOCK = 512;
/** The page that the source of the scene 'gated' holds back. */
const HELD = 300;
const HUGE_LIMIT = 16;
const LINE = /^farpage: a thread touched an absent page of a region whose pager has ended [^\n]*\n$/;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-share-'));
const pool = await reserveHugePages(HUGE_LIMIT + 8, () => {});
const test = suite('regions in other processes');
test.after(async () => {
  rmSync(folder, { recursive: true });
  assert.equal(await pool.release(), undefined);
});
const withHuge = skipUnless(test, pool.lacking === undefined, pool.lacking ?? '');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to be another user');

let sockets = 0;
const newPath = () => path.join(folder, `${++sockets}`);

function start(scene: string, input: unknown): Child {
  return startChild(program('share'), { args: [scene, JSON.stringify(input)], budget });
}

async function ended<T>(child: Child): Promise<T> {
  const result = await child.result;
  assert.equal(result.code, 0, describe(result));
  assert.equal(result.stderr, '', describe(result));
  return told<T>(result);
}

interface Member {
  party: number;
  rounds: number[];
}

for (const [memory, count] of [
  ['shared', 2],
  ['shared', 3],
  ['huge', 2],
] as const) {
  const add = memory === 'huge' ? withHuge : test;
  const limit = memory === 'huge' ? HUGE_LIMIT : 128;
  const pageSize = memory === 'huge' ? HUGE_PAGE : SMALL_PAGE;
  const visits = memory === 'huge' ? 320 : 16_000;

  add(`${count} processes on one ${memory} region of four times the limit: every word is right`, async () => {
    const socket = newPath();
    const owner = start('owner', { path: socket, memory, limit, times: 4, visits });
    const [, file] = await owner.waitFor(/open (\d+)\n/);
    const members = Array.from({ length: count - 1 }, (_, i) =>
      start('member', { path: socket, party: i + 1, visits }),
    );
    await Promise.all(members.map((member) => member.waitFor(/attached/)));
    // Opened here, it can be looked at whatever happens to the owner.
    const descriptor = openSync(`/proc/${owner.pid}/fd/${file}`, 'r');
    let most = 0;
    let looks = 0;
    const watch = setInterval(() => {
      most = Math.max(most, fstatSync(descriptor).blocks * STAT_BLOCK);
      looks++;
    }, 2);
    try {
      for (const child of [owner, ...members]) child.write('go\n');
      await owner.waitFor(/done/);
      for (const member of members) member.write('leave\n');
      for (const { party, rounds } of await Promise.all(members.map((member) => ended<Member>(member)))) {
        assert.ok(rounds.some((round) => round > 1));
        owner.write(`${JSON.stringify({ party, rounds })}\n`);
      }
    } finally {
      clearInterval(watch);
      closeSync(descriptor);
    }
    owner.write('\n');
    const { evictions } = await ended<{ evictions: number }>(owner);
    assert.ok(evictions > 4 * limit, `${evictions} evictions`);
    assert.ok(looks > 10 && most > 0, `${looks} looks`);
    assert.ok(most <= limit * pageSize, `${most} bytes of ${limit * pageSize}`);
  });
}

test('pages that another process writes to without pause are evicted: no write is lost', async () => {
  const socket = newPath();
  const owner = start('evictor', { path: socket, limit: 1024, times: 1, rounds: 1500 });
  await owner.waitFor(/open/);
  const counter = start('counter', { path: socket });
  await counter.waitFor(/attached/);
  owner.write('go\n');
  counter.write('go\n');
  const counts = await ended<number[]>(counter);
  assert.ok(Math.min(...counts) > 100, `${counts}`);
  await owner.waitFor(/evicted/);
  owner.write('look\n');
  assert.deepEqual(await ended(owner), counts);
});

for (const how of ['is killed', 'exits without closing']) {
  test(`the pager ${how} while an attached process waits: a line, and code 70`, async () => {
    const socket = newPath();
    const owner = start('gated', { path: socket });
    await owner.waitFor(/open/);
    const toucher = start('toucher', { path: socket });
    await toucher.waitFor(/attached/);
    toucher.write('7\n');
    await toucher.waitFor(/value of 7 is 8\n/);
    toucher.write(`${HELD}\n`);
    await owner.waitFor(/asked/);
    if (how === 'is killed') owner.kill('SIGKILL');
    else owner.write('exit\n');
    const result = await toucher.result;
    assert.equal(result.code, 70, describe(result));
    assert.match(result.stderr, LINE);
    assert.doesNotMatch(result.stdout, new RegExp(`value of ${HELD}`));
  });
}

test('the pager is killed, and an attached process touches afterwards: the same', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  const toucher = start('toucher', { path: socket });
  await toucher.waitFor(/attached/);
  owner.kill('SIGKILL');
  await owner.result;
  toucher.write('9\n');
  const result = await toucher.result;
  assert.equal(result.code, 70, describe(result));
  assert.match(result.stderr, LINE);
});

test('an attached process is killed while it waits: the pager continues, and others can attach', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  const toucher = start('toucher', { path: socket });
  await toucher.waitFor(/attached/);
  toucher.write(`${HELD}\n`);
  await owner.waitFor(/asked/);
  toucher.kill('SIGKILL');
  await toucher.result;
  for (const line of ['gone', 'release', 'write', 'check']) {
    owner.write(`${line}\n`);
    await owner.waitFor(new RegExp(`did ${line}\n`));
  }
  const other = start('toucher', { path: socket });
  await other.waitFor(/attached/);
  other.write(`${HELD}\n`);
  await other.waitFor(new RegExp(`value of ${HELD} is ${HELD + 1}\n`));
  other.write('close\n');
  assert.equal((await ended<Failure>(other)).code, 'CLOSED');
  // A view that was closed is let go as well.
  owner.write('gone\nclose\n');
  await ended(owner);
  assert.equal(existsSync(socket), false);
});

test('an attached process exits while a thread of it waits: with its own code', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  const leaver = start('leaver', { path: socket });
  await leaver.waitFor(/attached/);
  await owner.waitFor(/asked/);
  leaver.write('exit\n');
  const result = await leaver.result;
  assert.equal(result.code, 3, describe(result));
  assert.equal(result.stderr, '');
  owner.write('gone\nrelease\nclose\n');
  await ended(owner);
});

test('the region is closed while an attached process waits: SIGBUS there', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  const toucher = start('toucher', { path: socket });
  await toucher.waitFor(/attached/);
  toucher.write(`${HELD}\n`);
  await owner.waitFor(/asked/);
  // It waits for its source to be done; a thread that waits for a page does not.
  owner.write('begin to close\n');
  const result = await toucher.result;
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(result.stderr, /farpage: a thread touched byte \d+ of an attached region [^\n]*; SIGBUS\n$/);
  assert.doesNotMatch(result.stdout, new RegExp(`value of ${HELD}`));
  owner.write('release\nclose\n');
  await ended(owner);
});

test('the region is closed: what is resident stays, what is elsewhere is SIGBUS, never zeros', async () => {
  const socket = newPath();
  const owner = start('closer', { path: socket, written: 512 });
  await owner.waitFor(/open/);
  const mourner = start('mourner', { path: socket, pages: 512 });
  await mourner.waitFor(/attached/);
  owner.write('close\n');
  await owner.waitFor(/closed/);
  mourner.write('look\n');
  const result = await mourner.result;
  assert.match(result.stdout, /page 0 is there\n$/);
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(result.stderr, /farpage: a thread touched byte \d+ of an attached region [^\n]*; SIGBUS\n$/);
  owner.write('end\n');
  await ended(owner);
});

test('the region is closed: a source that was never asked is not zeros, a page that never was is', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket, limit: 512 });
  await owner.waitFor(/open/);
  const toucher = start('toucher', { path: socket });
  await toucher.waitFor(/attached/);
  owner.write('close region\n');
  await owner.waitFor(/did close region/);
  toucher.write('1900\n');
  const result = await toucher.result;
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(result.stderr, /farpage: a thread touched byte \d+ of an attached region [^\n]*; SIGBUS\n$/);
  owner.write('close\n');
  await ended(owner);

  const other = newPath();
  const closer = start('closer', { path: other, written: 16 });
  await closer.waitFor(/open/);
  const blank = start('blank', { path: other, page: 400 });
  await blank.waitFor(/attached/);
  closer.write('close\n');
  await closer.waitFor(/closed/);
  blank.write('look\n');
  assert.deepEqual(await ended(blank), [0, 0, 0, 0]);
  closer.write('end\n');
  await ended(closer);
});

test('the socket is its owner’s alone, and goes with the share; what cannot be shared says why', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  owner.write('close region\n');
  await owner.waitFor(/did close region/);
  assert.equal(existsSync(socket), false);
  owner.write('close\n');
  await ended(owner);

  const refusals = await play<Record<string, Failure>>('share', 'refusals', { path: newPath() });
  const codes = Object.fromEntries(Object.entries(refusals).map(([name, { code }]) => [name, code]));
  assert.deepEqual(codes, {
    byTrap: 'UNSUPPORTED',
    byAnonymous: 'OPTION',
    byTaken: 'OPTION',
    byNobody: 'OPTION',
    byClosed: 'CLOSED',
  });
  assert.equal(refusals['byTaken']?.errno, 'EADDRINUSE');
  assert.equal(refusals['byNobody']?.errno, 'ENOENT');
  for (const { hint } of [refusals['byTrap'], refusals['byAnonymous']] as Failure[]) assert.ok(hint);
});

asRoot('another user is refused, by the file and by the pager', async () => {
  const socket = newPath();
  chmodSync(folder, 0o755);
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  const first = await play<Failure>('share', 'stranger', { path: socket, uid: 65534 });
  assert.deepEqual([first.code, first.errno], ['PERMISSION', 'EACCES']);
  chmodSync(socket, 0o666);
  const second = await play<Failure>('share', 'stranger', { path: socket, uid: 65534 });
  assert.equal(second.code, 'PERMISSION');
  assert.match(second.message, /user 65534/);
  owner.write('close\n');
  const result = await owner.result;
  assert.equal(result.code, 0, describe(result));
  const [line = '', ...others] = linesOf(result.stderr);
  assert.match(line, /\[FARPAGE_SHARE\] FarpageWarning: process \d+ could not attach to a region: user 65534/);
  assert.deepEqual(others, []);
});

/** What a pager says to an answer: the error, or that it is attached. */
async function answer(socket: string, text: string, descriptors: readonly number[]): Promise<string> {
  const connection = await DescriptorSocket.connect(socket);
  try {
    const offer = await connection.receive();
    for (const file of offer?.descriptors ?? []) closeSync(file);
    await connection.send(new TextEncoder().encode(text), descriptors);
    const reply = await connection.receive();
    const said = JSON.parse(new TextDecoder().decode(reply?.data)) as { error?: { code: string; message: string } };
    return said.error === undefined ? 'attached' : `${said.error.code}: ${said.error.message}`;
  } finally {
    connection.close();
  }
}

test('a stranger’s answers are refused, each with a reason, and the pager continues', async () => {
  const socket = newPath();
  const owner = start('gated', { path: socket });
  await owner.waitFor(/open/);
  const features = ['PAGEFAULT_FLAG_WP', 'POISON', 'WP_HUGETLBFS_SHMEM', 'MISSING_SHMEM'] as const;
  const good = new Userfaultfd({ features });
  const eventful = new Userfaultfd({ features: [...features, 'EVENT_REMOVE'] });
  const plain = new Userfaultfd();
  const memory = sharedMemory(4 * 128 * SMALL_PAGE);
  const elsewhere = anonymous(SMALL_PAGE);
  const nothing = openSync('/dev/null', 'r');
  const at = `0x${memory.address.toString(16)}`;
  const say = (base: unknown, version: unknown = 1) => JSON.stringify({ version, base });
  good.register({ start: memory.address, byteLength: memory.byteLength }, { missing: true, wp: true });
  const strange: [string, number[], RegExp][] = [
    ['{', [good.fd], /that is not farpage/],
    ['7', [good.fd], /not an object/],
    [say(at, 2), [good.fd], /version 2/],
    [say(1234), [good.fd], /without an address/],
    [say('0x'), [good.fd], /without an address/],
    [say('-0x1000'), [good.fd], /without an address/],
    [say('0x0'), [good.fd], /a region at 0x0/],
    [say('0x1001'), [good.fd], /a region at 0x1001/],
    [say('0x7ffffffff000'), [good.fd], /a region at 0x7fff/],
    [say('0xfffffffffffff000'), [good.fd], /a region at 0xffff/],
    [say(at), [], /0 descriptors, not 1/],
    [say(at), [good.fd, good.fd], /2 descriptors, not 1/],
    [say(at), [nothing], /not a userfaultfd/],
    [say(at), [eventful.fd], /EVENT_REMOVE/],
    [say(at), [plain.fd], /a userfaultfd with/],
    [say(`0x${elsewhere.address.toString(16)}`), [good.fd], /has not registered/],
  ];
  for (const [text, descriptors, reason] of strange) {
    const said = await answer(socket, text, descriptors);
    assert.match(said, /^PROTOCOL|^OPTION/, text);
    assert.match(said, reason, text);
  }
  // The same with nothing wrong, so that the rest was refused for what it was.
  assert.equal(await answer(socket, say(at), [good.fd]), 'attached');
  for (const uffd of [good, eventful, plain]) uffd.close();
  memory.close();
  elsewhere.close();
  closeSync(nothing);
  for (const line of ['release', 'gone', 'write', 'check']) {
    owner.write(`${line}\n`);
    await owner.waitFor(new RegExp(`did ${line}\n`));
  }
  owner.write('close\n');
  const result = await owner.result;
  assert.equal(result.code, 0, describe(result));
  assert.equal(linesOf(result.stderr).length, strange.length, describe(result));
});

test('a strange pager’s offers are refused', async () => {
  const socket = newPath();
  const server = await DescriptorSocket.listen(socket);
  const memory = sharedMemory(16 * SMALL_PAGE);
  const file = memory.fd ?? -1;
  const empty = openSync(path.join(folder, 'empty'), 'w+');
  ftruncateSync(empty, SMALL_PAGE);
  const offer = { version: 1, byteLength: 16 * SMALL_PAGE, pageSize: SMALL_PAGE, huge: false };
  const strange: [unknown, number, RegExp][] = [
    [{ ...offer, version: 0 }, file, /version 0/],
    [{ ...offer, byteLength: '65536' }, file, /without its numbers/],
    [{ ...offer, pageSize: 5000 }, file, /pages of 5000/],
    [{ ...offer, pageSize: 2048 }, file, /pages of 2048/],
    [{ ...offer, pageSize: 2 ** 32 }, file, /pages of 4294967296/],
    [{ ...offer, huge: true }, file, /pages of 4096/],
    [{ ...offer, byteLength: 0 }, file, /a region of 0 bytes/],
    [{ ...offer, byteLength: -SMALL_PAGE }, file, /a region of -4096/],
    [{ ...offer, byteLength: 5000 }, file, /a region of 5000/],
    [{ ...offer, byteLength: 2 ** 50 }, file, /a region of 1125899906842624/],
    [{ ...offer, byteLength: 17 * SMALL_PAGE }, file, /a file of 65536/],
    [offer, empty, /a file of 4096/],
    [{ error: { code: 'PERMISSION', message: 'not for you' } }, file, /not for you/],
  ];
  for (const [message, descriptor, reason] of strange) {
    const attaching = attachRegion(socket).then(
      () => 'attached',
      (error: PagerError) => `${error.code}: ${error.message}`,
    );
    const connection = await server.accept();
    await connection.send(new TextEncoder().encode(JSON.stringify(message)), [descriptor]);
    assert.match(await attaching, reason);
    connection.close();
  }
  server.close();
  memory.close();
  closeSync(empty);
});

test.run();
