// budget: 120 s
// A migration over plain memory: every page arrives as it was at the switch, whatever becomes of the connections.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { sendPages } from '../../../src/migrate/sender.js';
import type { ReceiveSpec, SendHooks } from '../../../src/migrate/types.js';
import { Destination, Folder, receiveSpec, sendSpec } from '../../support/image/move.js';
import { Mangler, type ManglerOptions } from '../../support/servers/mangler.js';
import { MemoryPages } from '../../support/world/memory-pages.js';

const test = suite('a move');
const folder = new Folder();
const PAGES = 700;
const STATE = Buffer.from('the state');
const stop: SendHooks = { switch: async () => STATE };

type Change = ManglerOptions['change'];

interface MangledMove {
  front: string;
  destination: Destination;
  mangler: Mangler;
  source: MemoryPages;
}

test.after(() => folder.remove());

/** Two of three pages have content. */
function fill(source: MemoryPages, round = 1): void {
  for (let page = 0; page < source.pages; page++) if (page % 3 !== 0) source.write(page, page * 31 + round);
}

async function checkAll(destination: Destination, source: MemoryPages): Promise<void> {
  for (let page = 0; page < source.pages; page++) {
    const found = await destination.read(page, source.pageSize);
    assert.ok(Buffer.from(found).equals(source.page(page)), `page ${page} is not as it was`);
  }
}

const asItIs: Change = (chunk) => chunk;

/** Both ends, a line between them that can be mangled, and what is to move over it. */
async function mangledMove(change = asItIs, receive: Partial<ReceiveSpec> = {}): Promise<MangledMove> {
  const [front, back] = [folder.socket(), folder.socket()];
  const destination = await Destination.listen(receiveSpec(back, receive));
  const mangler = await Mangler.start({ from: front, to: back, change });
  const source = new MemoryPages(PAGES);
  fill(source);
  return { front, destination, mangler, source };
}

test('where there is no room for what would come, or no place for it yet, the source does not stop', async () => {
  let stopped = 0;
  const hooks: SendHooks = {
    switch: async () => {
      stopped++;
      return STATE;
    },
  };
  // Nobody has so much: the file system is asked, nothing is written.
  const source = new MemoryPages(PAGES);
  fill(source);
  const huge = Object.assign(Object.create(source), { pages: 2 ** 25, pageSize: 2 ** 21, contentBytes: 2 ** 46 });
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const refused = (error: unknown) =>
    error instanceof PagerError &&
    /refuses: .* has no room for 64 TiB|refuses: no file can be created/.test(error.message);
  await assert.rejects(sendPages(huge, sendSpec(socket), hooks), refused);
  assert.equal(stopped, 0);
  assert.match(destination.lines.join(), /a migration is refused/);
  // The next one is taken; until the receiver reports that it has all resources, the source runs on.
  let ready = (): void => {};
  destination.ready = (call) => {
    ready = call;
  };
  const sending = sendPages(source, sendSpec(socket), hooks);
  assert.deepEqual(await destination.offered, { pages: PAGES, pageSize: 4096 });
  await sleep(50);
  assert.equal(stopped, 0);
  ready();
  await sending;
  assert.equal(stopped, 1);
  await checkAll(destination, source);
  destination.receiver.close();
});

test('postcopy alone: all arrives, zeros unsent', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  const report = await sendPages(source, sendSpec(socket, { compress: 'off' }), stop);
  assert.deepEqual(Buffer.from(await destination.switched), STATE);
  const received = await destination.completed;
  assert.equal(report.pages, PAGES - Math.ceil(PAGES / 3));
  assert.equal(received.pages, report.pages);
  assert.ok(report.sentBytes > report.pages * 4096 && report.sentBytes < report.pages * 4096 * 1.02);
  assert.equal(source.released, 1);
  await checkAll(destination, source);
  destination.receiver.close();
  assert.equal(destination.closed, 1);
});

test('rounds: the newest counts, a page that became zeros too', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  let batches = 0;
  // Writes all the while that rounds are under way.
  source.onBatch = () => {
    batches++;
    if (source.held) return;
    for (const page of [1, 2, 300 + (batches % 50)]) source.write(page, 1000 + batches);
    source.write(5, 0);
  };
  const report = await sendPages(source, sendSpec(socket, { rounds: 3 }), stop);
  assert.equal(report.rounds, 3);
  assert.equal(source.passes.length, 4);
  assert.deepEqual(
    source.passes.map(({ changedOnly }) => changedOnly),
    [false, true, true, true],
  );
  await destination.completed;
  await checkAll(destination, source);
  destination.receiver.close();
});

test('an urgent page comes before the others', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  // The background stands still from the second batch on.
  let batches = 0;
  source.onBatch = () => (++batches > 1 ? gate : undefined);
  const sending = sendPages(source, sendSpec(socket), stop);
  await destination.switched;
  const found = await destination.read(500);
  assert.ok(Buffer.from(found).equals(source.page(500)));
  assert.ok(Buffer.from(await destination.read(501)).equals(source.page(501)), 'its zeros');
  open();
  const report = await sending;
  assert.ok(report.urgentPages >= 1 && report.urgentPages <= 16, `${report.urgentPages} urgent`);
  await checkAll(destination, source);
  destination.receiver.close();
});

test('connections are cut again and again: nothing is lost, nothing doubled', async () => {
  let next = 400_000;
  const { front, destination, mangler, source } = await mangledMove((chunk, _toReceiver, passed) => {
    if (passed < next) return chunk;
    next = passed + 400_000;
    return null;
  });
  const said: string[] = [];
  const report = await sendPages(source, sendSpec(front, { compress: 'off' }), {
    ...stop,
    say: (line) => void said.push(line),
  });
  assert.ok(report.reconnects >= 2, `${report.reconnects} reconnects`);
  assert.equal(said.length, report.reconnects);
  await destination.completed;
  await checkAll(destination, source);
  mangler.close();
  destination.receiver.close();
});

test('a line that carries nothing any more, and is not closed: it is given up, and made again', async () => {
  let isStuck = true;
  const { front, destination, mangler, source } = await mangledMove((chunk, _, passed) => {
    if (mangler.connections > 2) isStuck = false;
    return isStuck && passed > 200_000 ? Buffer.alloc(0) : chunk;
  });
  const report = await sendPages(source, sendSpec(front, { compress: 'off' }), stop);
  await destination.completed;
  assert.equal(report.reconnects, 1);
  await checkAll(destination, source);
  destination.receiver.close();
  mangler.close();
});

test('a thread that is kept from its lines for long has not heard silence', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  setTimeout(() => Atomics.wait(nothing, 0, 0, 6000), 1000);
  const cap = { compress: 'off', bandwidth: 512 * 1024 } as const;
  const report = await sendPages(source, sendSpec(socket, cap), stop);
  await destination.completed;
  assert.equal(report.reconnects, 0);
  assert.deepEqual(destination.lines, []);
  await checkAll(destination, source);
  destination.receiver.close();
});

test('a reader waits through a lost connection', async () => {
  const { front, destination, mangler, source } = await mangledMove();
  source.onBatch = () => sleep(20);
  const sending = sendPages(source, sendSpec(front), stop);
  await destination.switched;
  mangler.cut();
  const found = await destination.read(650);
  assert.ok(Buffer.from(found).equals(source.page(650)));
  source.onBatch = undefined;
  const report = await sending;
  assert.ok(report.reconnects >= 1);
  await checkAll(destination, source);
  mangler.close();
  destination.receiver.close();
});

test('a connection that is lost between the rounds: what was on its way is sent again', async () => {
  // What the round sends last is swallowed, as by the buffers of a line that dies.
  let dead = false;
  const { front, destination, mangler, source } = await mangledMove((chunk, toReceiver, passed) =>
    toReceiver && !dead && passed > 1_000_000 ? Buffer.alloc(0) : chunk,
  );
  const sending = sendPages(source, sendSpec(front, { rounds: 1, compress: 'off' }), {
    switch: async () => {
      dead = true;
      mangler.cut();
      return STATE;
    },
  });
  const report = await sending;
  assert.ok(report.reconnects >= 1);
  await destination.completed;
  await checkAll(destination, source);
  mangler.close();
  destination.receiver.close();
});

test('a connection that is lost before the instant: what was on its way is sent again', async () => {
  // What the round sends last is swallowed, as by the buffers of a line that dies.
  let dead = false;
  const { front, destination, mangler, source } = await mangledMove((chunk, toReceiver, passed) =>
    toReceiver && !dead && passed > 1_000_000 ? Buffer.alloc(0) : chunk,
  );
  source.beforeInstant = async () => {
    if (dead) return;
    dead = true;
    mangler.cut();
    await sleep(100);
  };
  const sending = sendPages(source, sendSpec(front, { rounds: 1, compress: 'off' }), {
    switch: async () => {
      return STATE;
    },
  });
  const report = await sending;
  assert.ok(report.reconnects >= 1);
  await destination.completed;
  await checkAll(destination, source);
  mangler.close();
  destination.receiver.close();
});

test('a migration is ended before the switch: the source runs on, and another migration may begin', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  const ending = new AbortController();
  source.onBatch = () => ending.abort(new PagerError('CLOSED', 'no more'));
  let asked = false;
  const hooks = {
    signal: ending.signal,
    switch: async () => {
      asked = true;
      return STATE;
    },
  };
  await assert.rejects(sendPages(source, sendSpec(socket, { rounds: 1 }), hooks), { message: 'no more' });
  assert.equal(asked, false);
  assert.equal(source.released, 1);
  source.onBatch = undefined;
  source.write(7, 77);
  await sleep(50);
  await sendPages(source, sendSpec(socket, { rounds: 1 }), stop);
  await destination.completed;
  await checkAll(destination, source);
  destination.receiver.close();
});

test('the owner of the source refuses the switch: it runs on', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(16);
  const refuse = { switch: () => Promise.reject(new Error('not now')) };
  await assert.rejects(sendPages(source, sendSpec(socket, { rounds: 1 }), refuse), { message: 'not now' });
  assert.equal(source.held, false);
  destination.receiver.close();
});

test('the other end does not reconnect: both ends report it, and release', async () => {
  const { front, destination, mangler, source } = await mangledMove(asItIs, { patience: 300 });
  source.onBatch = () => sleep(20);
  const sending = sendPages(source, sendSpec(front, { patience: 300 }), stop);
  const ended = assert.rejects(sending, { code: 'PROTOCOL', message: /did not reconnect within 0.3 s/ });
  await destination.switched;
  mangler.close();
  await assert.rejects(destination.read(650), { code: 'STORE_READ', message: /did not reconnect within 0.3 s/ });
  assert.equal((await destination.failed).code, 'STORE_READ');
  await ended;
  assert.equal(source.held, false);
  destination.receiver.close();
});

test('the receiver is closed: the sender is notified, and does not wait', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  source.onBatch = () => sleep(20);
  const sending = sendPages(source, sendSpec(socket, { patience: 20_000 }), stop);
  const ended = assert.rejects(sending, { code: 'PROTOCOL', message: /receiver is closed/ });
  await destination.switched;
  const waiting = assert.rejects(destination.read(650), { code: 'CLOSED' });
  destination.receiver.close();
  await waiting;
  await ended;
  await assert.rejects(sendPages(source, sendSpec(socket), stop), { code: 'PROTOCOL', errno: 'ENOENT' });
});

test('it is refused: another page size, another memory, a second at a time', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket, { pageSize: 4096 }));
  const big = new MemoryPages(4, 65536);
  await assert.rejects(sendPages(big, sendSpec(socket), stop), { message: /pages are of 4096 bytes, not 65536/ });
  const source = new MemoryPages(PAGES);
  fill(source);
  source.onBatch = () => sleep(5);
  const sending = sendPages(source, sendSpec(socket), stop);
  await destination.switched;
  await assert.rejects(sendPages(new MemoryPages(PAGES), sendSpec(socket), stop), { message: /busy/ });
  await assert.rejects(sendPages(new MemoryPages(3), sendSpec(socket), stop), { message: /another size/ });
  source.onBatch = undefined;
  await sending;
  await checkAll(destination, source);
  destination.receiver.close();
});

test('a cap holds what nobody waits for, and LZ4 makes less of it', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(PAGES);
  fill(source);
  const seen: Array<number | null> = [];
  const report = await sendPages(source, sendSpec(socket, { bandwidth: 200_000 }), {
    ...stop,
    onProgress: ({ secondsLeft }) => void seen.push(secondsLeft),
  });
  // Pages of one word each.
  assert.ok(report.sentBytes < (report.pages * 4096) / 20, `${report.sentBytes} bytes sent`);
  assert.ok(seen.length > 0);
  await destination.completed;
  await checkAll(destination, source);
  destination.receiver.close();
});

test('a cap: pages that come before the receiver hears of the switch are not zeros to it', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(80);
  fill(source);
  await sendPages(source, sendSpec(socket, { bandwidth: 400_000, compress: 'off' }), stop);
  const received = await destination.completed;
  assert.equal(received.doubled, 0);
  await checkAll(destination, source);
  destination.receiver.close();
});

test('pages of 2 MiB', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const source = new MemoryPages(3, 2 ** 21);
  source.write(0, 7);
  source.write(2, 9);
  await sendPages(source, sendSpec(socket, { rounds: 1 }), stop);
  await destination.completed;
  await checkAll(destination, source);
  destination.receiver.close();
});

test.run();
