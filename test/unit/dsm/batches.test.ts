// What a home writes to Redis is written once and in order, and what depends on it waits: for a server that a test answers for.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { suite } from 'uvu';
import { Batches, type BatchServer } from '../../../src/dsm/batches.js';
import { type Batch, EARLIER_EPOCH, LATER_EPOCH } from '../../../src/dsm/registry-server.js';
import { PagerError } from '../../../src/errors.js';
import { StoreError } from '../../../src/store/store-error.js';

const test = suite('batches of a home');
const BYTES = Buffer.alloc(4096, 1);

interface Asked {
  number: number;
  pages: number[];
  parts: number[];
  answer(last: number): void;
  fail(error: Error): void;
}

/** Its commits wait for their answers, in order. */
class Server implements BatchServer {
  readonly name = 'redis://x';
  readonly asked: Asked[] = [];
  readonly calls: string[] = [];
  isBroken = false;

  commit(_epoch: number, { number, pages, parts }: Batch): Promise<number> {
    return new Promise((answer, fail) => {
      this.asked.push({ number, pages: pages.map(([page]) => page), parts: parts.map(([at]) => at), answer, fail });
    });
  }

  async breakUp(): Promise<void> {
    this.isBroken = true;
  }

  broken(): PagerError {
    return new PagerError('STORE_READ', 'it is broken');
  }

  /** The next commit. */
  async next(): Promise<Asked> {
    for (let tries = 0; tries < 1000; tries++) {
      const [first] = this.asked.splice(0, 1);
      if (first !== undefined) return first;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error('nothing was asked');
  }
}

function begin(): {
  server: Server;
  batches: Batches;
  failures: PagerError[];
  called: string[];
  call(name: string): void;
} {
  const server = new Server();
  const failures: PagerError[] = [];
  const called: string[] = [];
  const events = { confirmed: () => {}, failed: (error: PagerError) => failures.push(error) };
  const batches = new Batches(server, { epoch: 3, batch: 7 }, { owner: () => 'me', milliseconds: 1000 }, events);
  return { server, batches, failures, called, call: (name) => batches.whenSafe(() => called.push(name)) };
}

test('what is written in one turn is one batch; what depends on it waits, in order', async () => {
  const { server, batches, called, call } = begin();
  call('nothing to wait for');
  assert.deepEqual(called.splice(0), ['nothing to wait for']);
  batches.put(5, BYTES);
  batches.write(64, BYTES);
  call('first');
  const first = await server.next();
  assert.deepEqual([first.number, first.pages, first.parts], [8, [5], [64]]);
  batches.write(128, BYTES);
  call('second');
  await turn();
  assert.deepEqual([called, server.asked], [[], []]);
  first.answer(8);
  const second = await server.next();
  assert.deepEqual(called, ['first']);
  assert.deepEqual([second.number, second.parts], [9, [128]]);
  second.answer(9);
  await turn();
  assert.deepEqual(called, ['first', 'second']);
  assert.deepEqual(batches.place, { epoch: 3, batch: 9 });
});

test('what is to be confirmed waits for a batch that is sent later, which has no number of its own', async () => {
  const { server, batches, called, call } = begin();
  batches.write(0, BYTES);
  const first = await server.next();
  batches.confirm();
  call('confirmed');
  first.answer(8);
  const empty = await server.next();
  assert.deepEqual(called, []);
  assert.deepEqual([empty.number, empty.parts], [8, []]);
  empty.answer(8);
  await turn();
  assert.deepEqual(called, ['confirmed']);
});

test('a batch whose answer is lost is sent again, with its number, before the next', async () => {
  const { server, batches } = begin();
  batches.write(0, BYTES);
  const first = await server.next();
  batches.write(64, BYTES);
  first.fail(new StoreError('STORE_WRITE', true, 'no connection'));
  const again = await server.next();
  assert.deepEqual([again.number, again.parts], [8, [0]]);
  again.answer(8);
  assert.deepEqual((await server.next()).number, 9);
});

test('more than a batch may have is several; nothing overtakes', async () => {
  const { server, batches, called, call } = begin();
  for (let page = 0; page < 200; page++) batches.put(page, BYTES);
  call('all');
  const first = await server.next();
  assert.ok(first.pages.length < 200);
  first.answer(8);
  const second = await server.next();
  assert.deepEqual(called, []);
  assert.deepEqual(
    [...first.pages, ...second.pages],
    Array.from({ length: 200 }, (_, page) => page),
  );
  second.answer(9);
  await turn();
  assert.deepEqual(called, ['all']);
});

test('the bytes of a page are at hand until they are confirmed, the newest', async () => {
  const { server, batches } = begin();
  batches.put(5, BYTES);
  const first = await server.next();
  const newer = Buffer.alloc(4096, 2);
  batches.put(5, newer);
  assert.equal(batches.unconfirmed(5), newer);
  first.answer(8);
  const second = await server.next();
  assert.equal(batches.unconfirmed(5), newer);
  second.answer(9);
  await turn();
  assert.equal(batches.unconfirmed(5), undefined);
});

test('another home has followed: nothing is called back, and nothing written', async () => {
  const { server, batches, failures, called, call } = begin();
  batches.write(0, BYTES);
  call('granted');
  (await server.next()).answer(LATER_EPOCH);
  await turn();
  batches.write(64, BYTES);
  batches.confirm();
  call('later');
  await turn();
  await turn();
  assert.deepEqual([called, server.asked], [[], []]);
  assert.match(String(failures[0]), /another home has taken this one’s place/);
  assert.equal(failures.length, 1);
});

test('confirmed batches that the server has lost are written again, in order, before the next', async () => {
  const { server, batches, called, call } = begin();
  for (const number of [8, 9, 10]) {
    batches.write(number, BYTES);
    (await server.next()).answer(number);
    await turn();
  }
  batches.write(11, BYTES);
  call('next');
  (await server.next()).answer(8);
  for (const [number, at] of [
    [9, 9],
    [10, 10],
    [11, 11],
  ] as const) {
    const one = await server.next();
    assert.deepEqual([one.number, one.parts, called], [number, [at], []]);
    one.answer(number);
  }
  await turn();
  assert.deepEqual(called, ['next']);
});

test('what the server has lost and nobody has any more ends the region', async () => {
  const tooOld = begin();
  tooOld.batches.write(0, BYTES);
  // Batch 7 is of the home before.
  (await tooOld.server.next()).answer(6);
  const forgotten = begin();
  forgotten.batches.confirm();
  (await forgotten.server.next()).answer(EARLIER_EPOCH);
  const refused = begin();
  refused.batches.confirm();
  (await refused.server.next()).fail(new PagerError('OPTION', 'no permission'));
  await turn();
  await turn();
  assert.deepEqual(
    [tooOld, forgotten, refused].map(({ server }) => server.isBroken),
    [true, true, false],
  );
  const why = [tooOld, forgotten, refused].map(({ failures }) => failures[0]?.message);
  assert.deepEqual(why, ['it is broken', 'it is broken', 'no permission']);
});

test('after its end nothing is sent or called back', async () => {
  const { server, batches, called, call } = begin();
  batches.write(0, BYTES);
  call('first');
  const first = await server.next();
  batches.write(64, BYTES);
  call('second');
  batches.end();
  first.answer(8);
  await turn();
  call('third');
  await turn();
  assert.deepEqual([called, server.asked], [[], []]);
});

test.run();
