import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { listen } from '../../../src/migrate/connection.js';

const test = suite('where a migration is listened for');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-line-'));
const place = path.join(folder, 'line.sock');
const spec = { url: `unix:${place}`, tls: null, patience: 1000 };
const nobody = () => assert.fail('nobody was to come');
test.after(() => rmSync(folder, { recursive: true }));

test('the socket is its owner’s alone, as soon as it is there', async () => {
  const before = process.umask(0);
  try {
    const listening = listen(spec, (socket) => socket.end('hello'));
    assert.equal(statSync(place).mode & 0o777, 0o600);
    const listener = await listening;
    const client = net.connect(place);
    const [greeting] = await once(client, 'data');
    assert.equal(String(greeting), 'hello');
    client.destroy();
    listener.close();
  } finally {
    process.umask(before);
  }
});

// The thread that listens may end before its connections do, and the next one wants the same address.
test('its file is gone as soon as it is closed, and a line that is up stays', async () => {
  const joined: net.Socket[] = [];
  const listener = await listen(spec, (socket) => joined.push(socket));
  const client = net.connect(place);
  await once(client, 'connect');
  while (joined.length === 0) await new Promise(setImmediate);
  listener.close();
  assert.equal(existsSync(place), false);
  joined[0]?.end('still here');
  const [said] = await once(client, 'data');
  assert.equal(String(said), 'still here');
  client.destroy();
});

test('what another has put in its place meanwhile stays', async () => {
  const listener = await listen(spec, nobody);
  unlinkSync(place);
  writeFileSync(place, 'another’s');
  listener.close();
  assert.ok(existsSync(place));
  unlinkSync(place);
});

test('a place that is taken: EADDRINUSE, and it is left alone', async () => {
  const first = await listen(spec, nobody);
  await assert.rejects(listen(spec, nobody), { code: 'PROTOCOL', errno: 'EADDRINUSE' });
  assert.ok(existsSync(place));
  first.close();
  const tcp = await listen({ ...spec, url: 'tcp://127.0.0.1:47113' }, nobody);
  await assert.rejects(listen({ ...spec, url: 'tcp://127.0.0.1:47113' }, nobody), { errno: 'EADDRINUSE' });
  tcp.close();
});

test.run();
