/** Pages that native code reads from Redis: whatever else than the page comes, the client judges it. */
// budget: 240 s
// variants: faults inline
// covers: native/lane/, native/engine/, src/loop/, src/store/
import assert from 'node:assert/strict';
import { createClient } from 'redis';
import { suite } from 'uvu';
import { startChild } from '../support/process/child.js';
import { type Server, startRedis } from '../support/servers/servers.js';
import { describe, play, program, run, told } from './play.js';
import type { Failure } from './programs/kit.js';

const options = { budget: 120_000 };
const test = suite('lane');

let redis: Server;
test.before(async () => {
  redis = await startRedis();
});
test.after(() => redis?.stop());

for (const pages of [1, 6]) {
  test(`replies that are not ${pages === 1 ? 'the page' : 'the pages'} are left to the client`, async () => {
    assert.equal(await play('lane', 'spoilt replies', { port: redis.port, pages }, options), 0);
  });
}

test('a reply that comes in pieces is one', async () => {
  assert.equal(await play('lane', 'a byte at a time', { port: redis.port }, options), 6);
});

test('a page that does not come over the lane is asked for by the client', async () => {
  const found = await play('lane', 'no reply', { port: redis.port }, options);
  assert.deepEqual(found, { asked: true, came: 0, errors: 0 });
});

test('a region closes while its lane owes a page', async () => {
  assert.equal(await play('lane', 'a close while a reply is due', { port: redis.port }, options), 'CLOSED');
});

test('a process exits while its lane owes a page', async () => {
  const result = await run('lane', 'a process that exits while a reply is due', { port: redis.port }, options);
  assert.equal(result.code, 7, describe(result));
  assert.equal(result.stderr, '');
});

test('a stopped server ends a load within the patience, and has a lane again when it continues', async () => {
  const server = await startRedis();
  try {
    const input = { url: server.url, pid: server.pid };
    const { laneReads, code, message } = await play<{ laneReads: number; code: string; message: string }>(
      'lane',
      'a stopped server',
      input,
      options,
    );
    assert.equal(laneReads, 4);
    assert.equal(code, 'STORE_READ');
    assert.match(message, /page 8 .*it has not answered within 1500 ms/);
  } finally {
    await server.stop();
  }
});

test('threads get their pages while the lane is cut again and again', async () => {
  const server = await startRedis();
  try {
    const input = { url: server.url, pid: server.pid };
    assert.deepEqual(await play('lane', 'a lane that is cut', input, options), { came: true, asked: true });
  } finally {
    await server.stop();
  }
});

test('a page that the server has lost is the client’s error; the others come', async () => {
  const client = createClient({ url: redis.url, RESP: 2 });
  await client.connect();
  try {
    for (let page = 0; page < 64; page++) await client.set(`gone:${page}`, String.fromCharCode(page + 1).repeat(4096));
    const child = startChild(program('lane'), { args: ['a page that is gone', JSON.stringify({ url: redis.url })] });
    await child.waitFor(/delete it/);
    await client.del('gone:3');
    child.write('\n');
    const result = await child.result;
    const { outcome, laneReads } = told<{ outcome: Failure; laneReads: number }>(result);
    assert.ok(laneReads > 0, describe(result));
    assert.equal(outcome.code, 'STORE_READ', describe(result));
    assert.match(outcome.message, /page 3 .*Redis no longer has page 3/);
    assert.match(outcome.hint ?? '', /maxmemory-policy/);
  } finally {
    client.destroy();
  }
});

test('stats say whether there is a lane: not with lane=off, nor with the core in V8', async () => {
  const [on, off, v8] = await play<Array<Record<string, number>>>('lane', 'on or off', { url: redis.url }, options);
  assert.deepEqual(on, { reads: 64, lanes: 1, laneReads: 64 });
  assert.deepEqual(off, { reads: 64, lanes: 0, laneReads: 0 });
  assert.deepEqual(v8, { reads: 64, lanes: 0, laneReads: 0 });
});

test.run();
