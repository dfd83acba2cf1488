// budget: 30 s
// The control socket of a pager, with a host that only pretends to have memory.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { findPager, orderDump, orderSnapshot } from '../../../src/control/client.js';
import { listSockets, makeControlFolder } from '../../../src/control/folder.js';
import { ControlServer } from '../../../src/control/server.js';
import type { Subject, SubjectOptions } from '../../../src/control/take.js';
import { dumpCore } from '../../../src/core/dump.js';
import { readerOf } from '../../../src/core/reader.js';
import { PagerError } from '../../../src/errors.js';
import { identityOf, isIdentity, partsOf } from '../../../src/linux/identity.js';
import { checkReply, checkRequest, Lines, type SnapshotOrder, VERSION } from '../../../src/wire/control.js';
import { until } from '../../support/servers/servers.js';
import { Drive } from '../../support/world/core-drive.js';

const test = suite('the control socket');
const PID = 4321;
const IDENTITY = '4026531836:4321:77';
const order: SnapshotOrder = {
  identity: IDENTITY,
  output: '/somewhere/image',
  format: 'image',
  bufferLimit: 4096,
  incrementalFrom: null,
  stop: 'no',
};
const report = {
  id: 'a',
  incrementalFrom: null,
  pages: 2,
  samePages: 0,
  zeroPages: 1,
  bytesWritten: 8192,
  seconds: 0.5,
  instantMilliseconds: 1.5,
  bufferPeakBytes: 4096,
};
const parent = tmpdir();
let runtime = '';

test.before.each(() => {
  runtime = mkdtempSync(path.join(parent, 'farpage-control-test-'));
  process.env['XDG_RUNTIME_DIR'] = runtime;
  // Nor are the pagers seen that others on this machine run meanwhile.
  process.env['TMPDIR'] = runtime;
});
test.after.each(() => rmSync(runtime, { recursive: true, force: true }));

type Snapshot = (output: string, options: SubjectOptions) => Promise<typeof report>;

/** A core with a page that is there, for dumps. */
const drive = new Drive();
drive.touch(3, 7);
const { core } = drive;

async function withServer(
  snapshot: Snapshot,
  work: (socket: string) => Promise<void>,
  identity = IDENTITY,
): Promise<void> {
  await withNested(identity, snapshot, async () => {
    const [only] = ourSockets();
    await work(only ?? '');
  });
  assert.deepEqual(readdirSync(path.join(runtime, 'farpage-control')), []);
}

async function withNested(identity: string, snapshot: Snapshot, work: () => Promise<void>): Promise<void> {
  const subject: Subject = {
    identity,
    pid: PID,
    name: 'pretender',
    dump: () => dumpCore(readerOf(core.memory.buffer)),
    program: () => [],
    settled: () => Promise.resolve(),
    snapshot,
  };
  const server = await ControlServer.open({
    served: () => [{ identity, pid: PID, name: 'pretender' }],
    find: (wanted) => (wanted === identity ? subject : undefined),
  });
  try {
    await work();
  } finally {
    await server.close();
  }
}

function ourSockets(): string[] {
  return listSockets().filter((socket) => socket.startsWith(runtime));
}

/** What the pager answers to a text, until it closes. */
function say(socket: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(socket, () => connection.write(text));
    let heard = '';
    connection.on('data', (data) => {
      heard += data.toString();
    });
    connection.on('close', () => resolve(heard));
    connection.on('error', reject);
  });
}

const refused = (code: string, says: RegExp) => (error: unknown) =>
  error instanceof PagerError && error.code === code && says.test(`${error.message} ${error.hint ?? ''}`);

test('its folder and its socket are the user’s alone; a pager is found by the process', async () => {
  const own = identityOf(process.pid) ?? '';
  await withServer(
    async () => report,
    async (socket) => {
      assert.equal(lstatSync(path.dirname(socket)).mode & 0o777, 0o700);
      assert.equal(lstatSync(socket).mode & 0o777, 0o600);
      const found = await findPager(process.pid);
      assert.deepEqual(found, { path: socket, served: { identity: own, pid: PID, name: 'pretender' } });
      const child = spawn('sleep', ['60']);
      const other = await findPager(child.pid ?? 0).catch((error: unknown) => error);
      child.kill();
      assert.ok(refused('OPTION', /no pager .* has the memory of process \d+ there are: \d+ \(pretender\)/)(other));
    },
    own,
  );
});

test('a snapshot is ordered, its news and its report come back', async () => {
  const seen: unknown[] = [];
  const snapshot: Snapshot = async (output, { bufferLimit, onProgress, onInstant }) => {
    seen.push(output, bufferLimit);
    onProgress({ pages: 1, most: 2 });
    onInstant();
    return report;
  };
  await withServer(snapshot, async (socket) => {
    const hooks = { onProgress: (now: unknown) => seen.push(now), onInstant: () => seen.push('instant') };
    const result = await orderSnapshot(socket, order, hooks);
    assert.deepEqual(result, { ...report, pid: PID, program: 'pretender', stopped: null });
    assert.deepEqual(seen, ['/somewhere/image', 4096, { pages: 1, most: 2 }, 'instant']);
  });
});

test('an error comes back as it was; a client that gives up ends the snapshot', async () => {
  const broken: Snapshot = () =>
    Promise.reject(new PagerError('STORE_WRITE', 'no room', { errno: 'ENOSPC', hint: 'free some' }));
  await withServer(broken, async (socket) => {
    await assert.rejects(orderSnapshot(socket, order), refused('STORE_WRITE', /no room free some/));
  });
  let ended = false;
  const endless: Snapshot = (_output, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        ended = true;
        reject(signal.reason);
      });
    });
  await withServer(endless, async (socket) => {
    await assert.rejects(
      orderSnapshot(socket, order, { signal: AbortSignal.timeout(100) }),
      refused('CLOSED', /was cancelled/),
    );
    await until(() => ended, 'the snapshot is ended');
  });
});

test('pagers that have one number, as in two containers, have a socket each, and each answers for its own process', async () => {
  const own = identityOf('self') ?? '';
  const elsewhere = own.replace(/^\d+/, '1');
  const answer = async () => report;
  await withServer(
    answer,
    async () => {
      assert.equal(ourSockets().length, 1);
      await withNested(elsewhere, answer, async () => {
        assert.equal(ourSockets().length, 2);
        const { served } = await findPager(process.pid);
        assert.equal(served.identity, own);
      });
      assert.equal(ourSockets().length, 1);
    },
    own,
  );
  await withServer(
    answer,
    async () => {
      const hint = /has the memory of process \d+ there are 1 in other pid namespaces/;
      await assert.rejects(findPager(process.pid), refused('OPTION', hint));
    },
    elsewhere,
  );
});

test('a process has one identity for as long as it lives', async () => {
  const child = spawn('sleep', ['60']);
  const pid = child.pid ?? 0;
  const identity = identityOf(pid);
  assert.ok(isIdentity(identity ?? ''), String(identity));
  assert.equal(partsOf(identity ?? '').pid, pid);
  assert.equal(identityOf(pid), identity);
  assert.notEqual(identity, identityOf('self'));
  child.kill();
  await once(child, 'exit');
  assert.equal(identityOf(pid), null);
  await assert.rejects(findPager(pid), refused('OPTION', /has the memory of process \d+ there is no process/));
});

test('one after the other', async () => {
  let most = 0;
  let now = 0;
  const slow: Snapshot = async () => {
    most = Math.max(most, ++now);
    await new Promise((done) => setTimeout(done, 30));
    now--;
    return report;
  };
  await withServer(slow, async (socket) => {
    await Promise.all([1, 2, 3].map(() => orderSnapshot(socket, order)));
  });
  assert.equal(most, 1);
});

test('what is not a request is refused, and nothing hangs', async () => {
  await withServer(
    async () => report,
    async (socket) => {
      const find = JSON.stringify({ farpage: 2, type: 'find', identity: IDENTITY });
      const cases: Array<[string, RegExp]> = [
        ['no json\n', /not JSON/],
        ['{"farpage":1,"type":"find","pid":1}\n', /version 1/],
        ['{"farpage":2,"type":"find","identity":"1"}\n', /identity \\"1\\"/],
        [`{"farpage":2,"type":"burn","identity":"${IDENTITY}"}\n`, /type \\"burn\\"/],
        ['[]\n', /not an object/],
        ['x'.repeat(70_000), /64 KiB/],
        [`${find}\n${find}\n`, /second request/],
      ];
      for (const [text, says] of cases) assert.match(await say(socket, text), says, text.slice(0, 80));
    },
  );
});

test('requests and replies are checked field by field', () => {
  const good = { farpage: 2, type: 'snapshot', ...order };
  assert.deepEqual(checkRequest(good), { type: 'snapshot', ...order });
  const bad: Record<string, unknown> = {
    output: '',
    format: 'zip',
    bufferLimit: 0.5,
    incrementalFrom: 7,
    stop: true,
    identity: '1:2',
  };
  for (const [field, value] of Object.entries(bad)) {
    assert.throws(() => checkRequest({ ...good, [field]: value }), refused('PROTOCOL', new RegExp(field)));
  }
  assert.throws(() => checkRequest({ ...good, output: 'a\0b' }), refused('PROTOCOL', /output/));
  for (const reply of [
    null,
    { farpage: 2 },
    { farpage: 2, type: 'done', report: {} },
    { farpage: 2, type: 'error', error: { code: 'NEW' } },
  ]) {
    assert.throws(() => checkReply(reply), refused('PROTOCOL', /./));
  }
  const lines = new Lines();
  assert.deepEqual(lines.push('{"a":'), []);
  assert.deepEqual(lines.push('1}\n{"b":2}\n{'), [{ a: 1 }, { b: 2 }]);
});

test('the socket of a pager that was killed is taken away; a folder that others may write to is not used', async () => {
  const folder = makeControlFolder();
  const dead = path.join(folder, '0123456789abcdef.sock');
  // Node.js unlinks its sockets when it closes them: moved meanwhile, as a kill would leave it.
  const listener = createServer().listen(path.join(folder, 'x'));
  await new Promise((done) => listener.once('listening', done));
  const { renameSync } = await import('node:fs');
  renameSync(path.join(folder, 'x'), dead);
  await new Promise((done) => listener.close(done));
  assert.ok(existsSync(dead));
  await assert.rejects(findPager(process.pid), refused('OPTION', /has the memory of process/));
  assert.ok(!existsSync(dead));
  chmodSync(folder, 0o777);
  assert.throws(() => makeControlFolder(), refused('PERMISSION', /only this user can write to/));
  assert.deepEqual(ourSockets(), []);
  rmSync(folder, { recursive: true });
  mkdirSync(folder, { mode: 0o755 });
  await assert.rejects(
    ControlServer.open({ served: () => [], find: () => undefined }),
    refused('PERMISSION', /only this user/),
  );
});

test('a dump comes over the socket as the core has it; one that is none is refused', async () => {
  const never: Snapshot = () => Promise.reject(new Error('no snapshot'));
  await withServer(never, async (socket) => {
    const { served, dump } = await orderDump(socket, IDENTITY);
    assert.equal(served.name, 'pretender');
    assert.deepEqual(dump, dumpCore(readerOf(core.memory.buffer)));
    assert.equal(dump.residentPages, 1);
    assert.deepEqual(
      dump.regions.map(({ region, pages, resident }) => ({ region, pages, resident })),
      [{ region: drive.region, pages: 1000, resident: 1 }],
    );
    const reply = { farpage: VERSION, type: 'dumped', served, dump };
    assert.deepEqual(checkReply(reply), { type: 'dumped', served, dump });
    const times = { count: 2, microseconds: 1.5, longest: 0.75 };
    const phases = { faults: 2, turns: times, phases: [{ name: 'step', inTurn: true, ...times }] };
    const stamped = { served, dump: { ...dump, phases } };
    assert.deepEqual(checkReply({ ...reply, ...stamped }), { type: 'dumped', ...stamped });
    for (const bad of [
      null,
      'x',
      { ...dump, rings: 3 },
      { ...dump, phases: 3 },
      { ...dump, regions: {} },
      { ...dump, pass: -1 },
      { ...dump, now: 5 },
    ]) {
      assert.throws(() => checkReply({ ...reply, dump: bad }), { code: 'PROTOCOL' });
    }
  });
});

test.run();
