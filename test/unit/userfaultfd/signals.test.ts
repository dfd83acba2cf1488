// A signal ends each call of a socket that waits: 'CLOSED' with the reason as cause, and nothing is taken or lost by it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { DescriptorSocket, PagerError } from '../../../src/userfaultfd/index.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-signals-'));
const test = suite('signals of sockets');
test.after(() => rmSync(folder, { recursive: true }));

const reason = new Error('enough');
const aborted = AbortSignal.abort(reason);
let sockets = 0;

async function pair(type: 'seqpacket' | 'stream') {
  const name = path.join(folder, `${++sockets}`);
  const server = await DescriptorSocket.listen(name, { type });
  const [there, here] = await Promise.all([server.accept(), DescriptorSocket.connect(name, { type })]);
  const end = () => {
    for (const each of [here, there, server]) each.close();
  };
  return { name, server, here, there, end };
}

/** The call has been ended by the signal. */
function isEnded(error: unknown): true {
  assert.ok(PagerError.is(error), String(error));
  assert.equal(error.code, 'CLOSED');
  assert.equal(error.cause, reason);
  return true;
}

/** A call that waits, and then its signal is aborted. */
async function ends(call: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const ending = new AbortController();
  const calling = call(ending.signal);
  setImmediate(() => ending.abort(reason));
  await assert.rejects(calling, isEnded);
}

for (const type of ['seqpacket', 'stream'] as const) {
  test(`${type}: accept and receive that wait are ended, and the next call gets what comes`, async () => {
    const { name, server, here, there, end } = await pair(type);
    await ends((signal) => server.accept({ signal }));
    await ends((signal) => there.receive({ signal }));
    const first = there.receive();
    // It waits for the one before it, not for the socket.
    await ends((signal) => there.receive({ signal }));
    const [other, again] = await Promise.all([server.accept(), DescriptorSocket.connect(name, { type })]);
    await here.send(Uint8Array.of(7));
    assert.deepEqual((await first)?.data, Uint8Array.of(7));
    await here.send(Uint8Array.of(8));
    assert.deepEqual((await there.receive({ signal: new AbortController().signal }))?.data, Uint8Array.of(8));
    for (const each of [other, again]) each.close();
    end();
  });

  test(`${type}: a signal that is aborted already ends a call before it does anything`, async () => {
    const { name, server, here, there, end } = await pair(type);
    const signal = aborted;
    await here.send(Uint8Array.of(9));
    await assert.rejects(there.receive({ signal }), isEnded);
    await assert.rejects(here.send(Uint8Array.of(1), [], { signal }), isEnded);
    await assert.rejects(server.accept({ signal }), isEnded);
    await assert.rejects(DescriptorSocket.connect(name, { type, signal }), isEnded);
    await assert.rejects(DescriptorSocket.listen(`${name}-other`, { signal }), isEnded);
    assert.deepEqual((await there.receive())?.data, Uint8Array.of(9));
    end();
  });

  test(`${type}: a send that waits for room is ended; a stream of which a part was sent is closed`, async () => {
    const { here, there, end } = await pair(type);
    const big = new Uint8Array(65536);
    const ending = new AbortController();
    // The last of them cannot end before there is room.
    const sends = Array.from({ length: 64 }, () => here.send(big, [], { signal: ending.signal }));
    const outcomes = Promise.allSettled(sends);
    await sends[0];
    setTimeout(() => ending.abort(reason), 50);
    const failed = (await outcomes).filter((each) => each.status === 'rejected');
    assert.ok(failed.length > 0, 'all were sent');
    for (const each of failed) isEnded(each.reason);
    if (type === 'seqpacket') assert.notEqual(here.fd, -1);
    const isClosed = here.fd === -1;
    here.close();
    let bytes = 0;
    for (let got = await there.receive(); got !== null; got = await there.receive()) bytes += got.data.length;
    assert.equal(Math.floor(bytes / big.length), sends.length - failed.length);
    assert.equal(isClosed, bytes % big.length !== 0);
    end();
  });
}

test.run();
