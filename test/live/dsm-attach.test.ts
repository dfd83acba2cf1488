// budget: 600 s
// parts: 2
// covers: src/dsm/, src/pager/, src/wire/, native/others/
// Processes that are attached to a node of a shared region: what they read and write is in the order that all agree on, and whichever of
// them, of the nodes and of the home is killed or stopped, none reads what is not true any more, and none waits for ever.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attachRegion, type JoinOptions, type PagerError } from '../../src/index.js';
import { DescriptorSocket, mapDescriptor, sharedMemory, Userfaultfd } from '../../src/userfaultfd/index.js';
import { within } from '../support/budget.js';
import { contradictions, FORBIDDEN, type Race } from '../support/dsm/checks.js';
import type { WordOperation } from '../support/dsm/child.js';
import { eventsOf, HomeProcess, NodeProcess, rangesIn, Talker, untilAnswer } from '../support/dsm/nodes.js';
import { countsOf, untilFrozen } from '../support/dsm/scenes.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { isInFault } from '../support/process/fault.js';
import { until } from '../support/servers/servers.js';

const test = suite('processes attached to a node');
const IN_WORKER = path.join(ROOT, 'dist/test/support/dsm/in-worker.js');
const BUDGET = 60_000;
const PAGE = 4096;
const PAGE_INTS = 1024;
/** Of tests that end or stop a process; of the others no lease ends, however busy the machine is. */
const LEASE = 3000;
const LONG_LEASE = 30_000;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-attach-'));
const open: Array<{ end(): Promise<void> }> = [];
let sockets = 0;

test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
});
test.after(() => rmSync(folder, { recursive: true }));

async function startHome(lease = LONG_LEASE, args: readonly string[] = [], listen?: string): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', String(lease), ...args], listen);
  open.push(home);
  return home;
}

async function join(url: string, options: Partial<JoinOptions> = {}): Promise<NodeProcess> {
  const node = await NodeProcess.join(url, { name: 'region', byteLength: 16 * PAGE, holdMs: 0, ...options });
  open.push(node);
  return node;
}

/** Where the node shares its region from now on. */
async function shareOf(node: NodeProcess): Promise<string> {
  const socket = path.join(folder, `${++sockets}`);
  await node.ask({ do: 'share', path: socket });
  return socket;
}

async function attach(socket: string): Promise<NodeProcess> {
  const attached = await NodeProcess.attach(socket);
  open.push(attached);
  return attached;
}

interface Scene {
  home: HomeProcess;
  /** The node that shares its region. */
  one: NodeProcess;
  /** Attached to it. */
  own: NodeProcess;
  /** Another node. */
  two: NodeProcess;
  socket: string;
}

async function scene({ lease, ...options }: Partial<JoinOptions> & { lease?: number } = {}): Promise<Scene> {
  return sceneAt(await startHome(lease), options);
}

async function sceneAt(home: HomeProcess, options: Partial<JoinOptions> = {}): Promise<Scene> {
  const [one, two] = [await join(home.url, options), await join(home.url, options)];
  const socket = await shareOf(one);
  return { home, one, two, socket, own: await attach(socket) };
}

const write = (who: NodeProcess, page: number, value: number) => who.ask({ do: 'write', page, value });
const read = async (who: NodeProcess, page: number) => (await who.ask<number[]>({ do: 'read', page }))[0];

/** Until the process has answered, or waits in a touch. */
async function untilStuck(who: NodeProcess, asked: Promise<unknown>): Promise<void> {
  let answered = false;
  const settled = () => {
    answered = true;
  };
  asked.then(settled, settled);
  await until(() => answered || isInFault(who.process.pid ?? 0), 'it has answered, or waits');
}

/** The process gets SIGBUS at what it is asked, or at what it waits in, and says why. */
async function endsBySigbus(who: NodeProcess, asked: Promise<unknown>): Promise<void> {
  await assert.rejects(asked, /the process has ended/);
  assert.equal((await who.exited).signal, 'SIGBUS');
  await who.said(/a thread touched byte \d+ of an attached shared region: .*SIGBUS/);
}

/** Touches a page that has `value` until the process gets SIGBUS. */
async function touchUntilSigbus(who: NodeProcess, page: number, value: number): Promise<void> {
  const again = async () => {
    for (;;) assert.equal(await read(who, page), value);
  };
  await endsBySigbus(who, within(BUDGET, again(), 'SIGBUS'));
}

test('an attached process reads what nodes write, and nodes what it writes, also where it may write already', async () => {
  const { one, own, two, socket } = await scene();
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  await write(two, 1, 7);
  // Its first touch is a write, to a page that is in the file already and that its node may only read.
  await write(two, 6, 7);
  assert.equal(await read(one, 6), 7);
  await write(own, 6, 8);
  assert.deepEqual([await read(two, 6), await read(one, 6)], [8, 8]);
  assert.equal(await read(own, 1), 7);
  await write(two, 1, 8);
  assert.equal(await read(own, 1), 8);
  await write(own, 1, 9);
  // The copy of the node itself, and the recall of a page that only the attached process has touched as its own.
  assert.equal(await read(one, 1), 9);
  assert.equal(await read(two, 1), 9);
  // It was writable there: had the recall not protected it, the other node would keep its copy.
  await write(own, 1, 10);
  assert.equal(await read(two, 1), 10);
  await write(one, 1, 11);
  assert.equal(await read(own, 1), 11);
  await write(own, 1, 12);
  assert.equal(await read(one, 1), 12);
  assert.equal(await read(two, 1), 12);
  const changed = two.ask({ do: 'changed', page: 4, value: 0 });
  await write(own, 4, 5);
  assert.equal(await changed, 5);
  assert.equal(await one.ask({ do: 'changed', page: 4, value: 0 }), 5);
  assert.ok((await own.ask<string[]>({ do: 'flags' })).includes('dc'), 'a child of fork does not have the memory');
});

/** The threads of a litmus test: each a test, a role, and its process: a node, or one attached to a node. */
const LITMUS: ReadonlyArray<
  [name: string, ...roles: Array<[test: string, role: number, who: 'own' | 'one' | 'two' | 'other']>]
> = [
  ['MP', ['MP', 0, 'own'], ['MP', 1, 'two']],
  ['MP', ['MP', 0, 'two'], ['MP', 1, 'own']],
  ['SB', ['SB', 0, 'own'], ['SB', 1, 'two']],
  ['SB', ['SB', 0, 'own'], ['SB', 1, 'other']],
  ['LB', ['LB', 0, 'two'], ['LB', 1, 'own']],
  ['CoRR', ['CoRR', 0, 'two'], ['CoRR', 1, 'own']],
  ['CoWR', ['CoWR', 0, 'own'], ['WRITE', 0, 'two'], ['SEE', 0, 'one']],
  ['R', ['R', 0, 'own'], ['R', 1, 'two'], ['SEE', 0, 'other']],
  ['IRIW', ['IRIW', 0, 'own'], ['IRIW', 1, 'two'], ['IRIW', 2, 'one'], ['IRIW', 3, 'other']],
  ['SB DISCARD', ['DISCARD', 0, 'two'], ['SB', 0, 'own']],
  ['MP DISCARD', ['DISCARD', 1, 'one'], ['SEE', 0, 'own']],
];
/** On two pages, and on one: a discard is of a page. */
const APART = { x: PAGE_INTS, y: 2 * PAGE_INTS };
const TOGETHER = { x: 3 * PAGE_INTS, y: 3 * PAGE_INTS + 1 };

test('litmus tests with threads in attached processes of two nodes: no forbidden outcome is seen', async () => {
  const all = await scene();
  const who = { ...all, other: await attach(await shareOf(all.two)) };
  for (const [name, ...roles] of LITMUS) {
    for (const words of name.endsWith('DISCARD') ? [APART] : [APART, TOGETHER]) {
      await write(who.one, 1, 0);
      await write(who.one, 2, 0);
      await write(who.one, 3, 0);
      const races = roles.map(([test, role, of]) => who[of].ask<Race>({ do: 'race', test, role, ...words, ms: 500 }));
      const seen = await Promise.all(races);
      const counts = JSON.stringify([name, seen.map(({ count, steps }) => [count, steps.length])]);
      assert.equal(FORBIDDEN[name]?.(...seen), 0, counts);
    }
  }
});

test('words are linearizable with an attached process, its node and another, with evictions and prefetch', async () => {
  const { one, own, two } = await scene();
  const ask = { do: 'operate', pages: 2, ms: 2000 };
  const histories = await Promise.all(
    [one, own, two].map((who, role) => who.ask<WordOperation[]>({ ...ask, role, seed: role + 1 })),
  );
  for (const history of histories) assert.ok(history.length > 10, `${history.length} operations`);
  assert.deepEqual(contradictions(histories.flat()).slice(0, 5), []);
});

test('two attached processes, their node and another add to one word: no addition is lost', async () => {
  const { one, own, two, socket } = await scene({ holdMs: 2 });
  const ask = { do: 'race', test: 'ADD', role: 0, x: PAGE_INTS, ms: 1500 };
  const races = await Promise.all([one, own, two, await attach(socket)].map((who) => who.ask<Race>(ask)));
  for (const { count } of races) assert.ok(count > 0);
  const sum = races.reduce((total, { count }) => total + count, 0);
  for (const who of [two, own, one]) assert.equal(await read(who, 1), sum | 0);
});

test('the home is stopped and continues: attached processes wait, and continue with what they wrote', async () => {
  const { home, one, own, two } = await scene({ lease: LEASE });
  await write(own, 2, 5);
  await write(two, 3, 6);
  assert.equal(await read(own, 3), 6);
  home.kill('SIGSTOP');
  await untilFrozen(one);
  const reads = read(own, 2);
  await untilStuck(own, reads);
  home.kill('SIGCONT');
  assert.equal(await reads, 5);
  assert.equal(await read(own, 3), 6);
  assert.equal(await read(two, 2), 5);
  await write(own, 2, 7);
  assert.equal(await read(two, 2), 7);
  assert.deepEqual([await eventsOf(one)(), await eventsOf(two)()], [[], []]);
});

test('the home ends and is started again: its node freezes while an attached process adds, and no addition is lost', async () => {
  const files = ['--store', `file:${path.join(folder, 'pages')}`, '--journal', path.join(folder, 'journal')];
  let home = await startHome(LONG_LEASE, files);
  const { one, own, two } = await sceneAt(home);
  for (const page of [1, 2]) {
    const before = (await countsOf(one)()).freezes;
    const adding = own.ask<Race>({ do: 'race', test: 'ADD', role: 0, x: page * PAGE_INTS, ms: LEASE });
    await until(async () => (await two.ask<number>({ do: 'changed', page, value: 0 })) > 0, 'it adds');
    home.kill('SIGKILL');
    await home.exited;
    home = await startHome(LONG_LEASE, files, home.url);
    await untilAnswer(countsOf(one), ({ freezes }) => freezes > before, 'frozen');
    const { count } = await adding;
    assert.equal(await read(two, page), count | 0);
  }
});

test('a node is stopped past its lease: attached processes use no page of before, and their late writes are discarded and named', async () => {
  const { one, own, two } = await scene({ lease: LEASE, onLost: 'lastWritten' });
  await write(own, 2, 5);
  await one.ask({ do: 'flush' });
  await write(two, 3, 4);
  assert.equal(await read(own, 3), 4);
  await write(own, 2, 6);
  one.kill('SIGSTOP');
  // Within the lease it may go on.
  await write(own, 2, 8);
  await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  assert.equal(await read(two, 2), 5);
  await write(two, 2, 9);
  await write(two, 3, 7);
  // Its node answers no more, and it may not read 4.
  const reads = read(own, 3);
  await untilStuck(own, reads);
  one.kill('SIGCONT');
  await endsBySigbus(own, reads);
  const events = await untilAnswer(eventsOf(one), (list) => list.length > 0, 'fenced');
  assert.deepEqual(rangesIn(events, 'fenced'), [{ byteOffset: 2 * PAGE, byteLength: PAGE }]);
  assert.deepEqual([await read(two, 2), await read(two, 3)], [9, 7]);
});

test('a node stays stopped beyond its patience: a thread that waits in an attached process gets SIGBUS', async () => {
  const { one, own, two } = await scene({ lease: LEASE, patienceMs: 1000 });
  await write(two, 3, 4);
  assert.equal(await read(own, 3), 4);
  one.kill('SIGSTOP');
  await touchUntilSigbus(own, 3, 4);
  assert.equal(one.process.exitCode, null);
});

test('a node is killed: each touch in attached processes is SIGBUS, also by one that waits, and the other node continues', async () => {
  const { home, one, own, two, socket } = await scene({ lease: LEASE });
  const other = await attach(socket);
  await write(two, 1, 3);
  await write(own, 2, 5);
  assert.equal(await read(other, 1), 3);
  assert.equal(await read(other, 2), 5);
  home.kill('SIGSTOP');
  await untilFrozen(one);
  const reads = read(own, 5);
  await untilStuck(own, reads);
  one.kill('SIGKILL');
  await endsBySigbus(own, reads);
  await touchUntilSigbus(other, 1, 3);
  home.kill('SIGCONT');
  const events = await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  assert.deepEqual(rangesIn(events, 'lost'), [{ byteOffset: 2 * PAGE, byteLength: PAGE }]);
  assert.equal(await read(two, 1), 3);
});

test('attached processes are killed amid their faults, or stopped: nobody waits for them, and what they wrote stays', async () => {
  const { one, own, two, socket } = await scene();
  const other = await attach(socket);
  await write(own, 5, 5);
  const ask = { do: 'race', test: 'ADD', role: 0, x: PAGE_INTS };
  const races = [one, two, other].map((who) => who.ask<Race>({ ...ask, ms: 1500 }));
  const killed = own.ask({ ...ask, ms: 100_000 }).catch(({ message }: Error) => message);
  const seen = await untilAnswer(countsOf(two), ({ recalls }) => recalls > 3, 'recalls');
  assert.ok(seen.recalls > 3);
  own.kill('SIGKILL');
  assert.match(String(await killed), /the process has ended/);
  const counts = (await Promise.all(races)).map(({ count }) => count);
  const sum = counts.reduce((total, count) => total + count, 0);
  const all = (await read(two, 1)) ?? 0;
  assert.ok(all > sum, `${all} are more than those of the others, ${sum}`);
  assert.equal(await read(two, 5), 5);
  // One that is stopped has the page writable.
  await write(other, 6, 6);
  other.kill('SIGSTOP');
  assert.equal(await read(two, 6), 6);
  await write(two, 6, 7);
  await write(two, 1, all + 1);
  other.kill('SIGCONT');
  assert.deepEqual([await read(other, 6), await read(other, 1), await read(one, 1)], [7, all + 1, all + 1]);
  assert.equal(await read(await attach(socket), 6), 7);
});

test('under a limit, pages that an attached process writes leave with what it wrote, and come back', async () => {
  const pages = 512;
  const { one, own, two } = await scene({ byteLength: pages * PAGE, resident: '512KiB' });
  for (let page = 0; page < pages; page++) await write(own, page, page + 1);
  const all = Array.from({ length: pages }, (_, page) => page + 1);
  assert.deepEqual(await own.ask({ do: 'read', page: 0, pages }), all);
  assert.deepEqual(await two.ask({ do: 'read', page: 0, pages }), all);
  const { evictions } = await countsOf(one)();
  assert.ok(evictions > pages / 2, `${evictions} evictions`);
  assert.ok((await one.ask<number>({ do: 'evict', page: 0, pages })) > 0);
  assert.deepEqual(await own.ask({ do: 'read', page: 0, pages }), all);
});

test('a discard, by its node or another, makes a page zeros in an attached process too', async () => {
  const { one, own, two } = await scene();
  for (const [n, node] of [one, two, one].entries()) {
    await write(own, 2, 5 + n);
    await node.ask({ do: 'discard', page: 2 });
    assert.equal(await read(own, 2), 0);
    await write(own, 2, 15 + n);
    assert.equal(await read(two, 2), 15 + n);
  }
});

test('a thread of an attached process waits for a page while its node discards it: it reads zeros, and writes on', async () => {
  const { home, one, own, two } = await scene();
  await write(two, 2, 5);
  home.kill('SIGSTOP');
  const discarded = one.ask({ do: 'discard', page: 2 });
  // Whichever request its node hears first, the answer is the same.
  await sleep(200);
  const reads = read(own, 2);
  await untilStuck(own, reads);
  home.kill('SIGCONT');
  await discarded;
  assert.equal(await reads, 0);
  await write(own, 2, 6);
  assert.equal(await read(two, 2), 6);
});

test('a lost page is SIGBUS in an attached process', async () => {
  const { own, two, one } = await scene({ lease: LEASE });
  await write(two, 2, 5);
  two.kill('SIGKILL');
  await untilAnswer(eventsOf(one), (list) => list.length > 0, 'lost');
  await write(own, 1, 3);
  assert.equal(await read(own, 1), 3);
  await endsBySigbus(own, read(own, 2));
  assert.equal(await read(one, 1), 3);
});

test('an attached process removes pages by madvise: the node gives up, and nobody reads zeros', async () => {
  const { one, own, two, socket } = await scene({ lease: LEASE });
  const other = await attach(socket);
  await write(own, 2, 5);
  await own.ask({ do: 'remove', page: 2 });
  await endsBySigbus(own, read(own, 2));
  const events = await untilAnswer(eventsOf(one), (list) => list.length > 0, 'fenced');
  assert.deepEqual(rangesIn(events, 'fenced'), [{ byteOffset: 2 * PAGE, byteLength: PAGE }]);
  await endsBySigbus(other, read(other, 3));
  await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
});

test('the Worker that joined ends: each touch in attached processes is SIGBUS, also by one that waits', async () => {
  const home = await startHome();
  const socket = path.join(folder, `${++sockets}`);
  const one = new Talker([IN_WORKER, 'share', socket, home.url]);
  open.push(one);
  assert.equal(await one.line('its Worker'), 'ready');
  const [own, other] = [await attach(socket), await attach(socket)];
  await write(own, 1, 5);
  assert.equal(await read(other, 1), 5);
  home.kill('SIGSTOP');
  const reads = read(own, 5);
  await untilStuck(own, reads);
  one.process.stdin.write('end\n');
  assert.equal(await one.line('its Worker'), 'ended');
  await endsBySigbus(own, reads);
  await touchUntilSigbus(other, 1, 5);
});

test('the Worker that attached ends: its buffer is SIGBUS in its other threads, and the node continues', async () => {
  const { own, two, socket } = await scene();
  await write(two, 1, 5);
  const attached = new Talker([IN_WORKER, 'attach', socket]);
  open.push(attached);
  assert.equal(await attached.line('its Worker'), 'ready');
  attached.process.stdin.write('end\n');
  await assert.rejects(attached.line('the touch'), /the process has ended/);
  assert.equal((await attached.exited).signal, 'SIGBUS');
  assert.equal(await read(own, 1), 5);
  await write(own, 1, 6);
  assert.equal(await read(two, 1), 6);
});

test('closes: of an attached region, of the share, and of the region', async () => {
  const { one, own, two, socket } = await scene();
  const other = await attach(socket);
  await write(own, 2, 5);
  await own.ask({ do: 'close' });
  assert.deepEqual(await own.exited, { code: 0, signal: null });
  assert.equal(await read(two, 2), 5);
  await one.ask({ do: 'unshare' });
  await assert.rejects(attachRegion(socket), { code: 'OPTION', errno: 'ENOENT' });
  await write(other, 2, 6);
  assert.equal(await read(two, 2), 6);
  await write(other, 2, 7);
  await one.ask({ do: 'close' });
  await endsBySigbus(other, read(other, 2));
  assert.equal(await read(two, 2), 7);
});

test('the node closes while an attached process writes: what it wrote arrives, and no page is lost', async () => {
  const { one, own, two } = await scene();
  const ended = endsBySigbus(own, own.ask({ do: 'race', test: 'ADD', role: 0, x: PAGE_INTS, ms: 100_000 }));
  await until(async () => (await two.ask<number>({ do: 'changed', page: 1, value: 0 })) > 0, 'it adds');
  await one.ask({ do: 'close' });
  await ended;
  assert.ok(((await read(two, 1)) ?? 0) > 0);
  assert.deepEqual(await eventsOf(two)(), []);
});

test('what does not attach as it must is refused, and the node continues', async () => {
  const { own, socket } = await scene();
  const ask = async (features: readonly string[], modes: object | null, answer: object = {}): Promise<unknown> => {
    const connection = await DescriptorSocket.connect(socket);
    const offered = await connection.receive();
    const files = offered?.descriptors ?? [];
    const memory = mapDescriptor(files[0] ?? -1, 16 * PAGE);
    const userfaultfd = new Userfaultfd({ features: features as [] });
    try {
      if (modes !== null) userfaultfd.register({ start: memory.address, byteLength: 16 * PAGE }, modes);
      const message = { version: 2, base: `0x${memory.address.toString(16)}`, ...answer };
      await connection.send(new TextEncoder().encode(JSON.stringify(message)), [userfaultfd.fd]);
      const { error } = JSON.parse(Buffer.from((await connection.receive())?.data ?? []).toString()) as {
        error?: PagerError;
      };
      return error?.code;
    } finally {
      connection.close();
      userfaultfd.close();
      memory.close();
      for (const file of files) closeSync(file);
    }
  };
  const needed = ['PAGEFAULT_FLAG_WP', 'POISON', 'MISSING_SHMEM', 'MINOR_SHMEM', 'WP_HUGETLBFS_SHMEM'];
  const modes = { missing: true, wp: true, minor: true };
  assert.equal(await ask(needed, modes), undefined);
  assert.equal(await ask(needed, null), 'REGION');
  assert.equal(await ask(needed, modes, { version: 1 }), 'PROTOCOL');
  assert.equal(await ask(needed, modes, { base: '0x1' }), 'PROTOCOL');
  assert.equal(
    await ask(
      needed.filter((feature) => feature !== 'MINOR_SHMEM'),
      { missing: true, wp: true },
    ),
    'PROTOCOL',
  );
  await write(own, 1, 3);
  assert.equal(await read(own, 1), 3);
});

test('an offer that no node makes is refused, and so is one of another time namespace', async () => {
  const socket = path.join(folder, `${++sockets}`);
  const server = await DescriptorSocket.listen(socket);
  const memory = sharedMemory(16 * PAGE);
  const right = {
    version: 2,
    byteLength: 16 * PAGE,
    pageSize: PAGE,
    huge: false,
    clock: readlinkSync('/proc/self/ns/time'),
  };
  const offers: ReadonlyArray<[offer: object, files: number, code: string]> = [
    [{ clock: 'time:[1]' }, 2, 'UNSUPPORTED'],
    [{ clock: undefined }, 2, 'PROTOCOL'],
    [{}, 1, 'PROTOCOL'],
    [{ version: 1 }, 2, 'PROTOCOL'],
    [{ version: 3 }, 2, 'PROTOCOL'],
    [{ pageSize: 2 * PAGE }, 2, 'PROTOCOL'],
    [{ byteLength: 32 * PAGE }, 2, 'PROTOCOL'],
  ];
  try {
    for (const [wrong, files, code] of offers) {
      const attaching = attachRegion(socket);
      const connection = await server.accept();
      const fds = [memory.fd ?? -1, memory.fd ?? -1].slice(0, files);
      await connection.send(new TextEncoder().encode(JSON.stringify({ ...right, ...wrong })), fds);
      await assert.rejects(attaching, { code }, JSON.stringify(wrong));
      assert.equal(await connection.receive(), null);
      connection.close();
    }
  } finally {
    server.close();
    memory.close();
  }
});

test.run();
