// Messages of one packet: what is written is read, and a packet whose numbers do not fit its length is refused.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { FLAG_BYTES, MESSAGE_DATA, MESSAGE_TOOK } from '../../../assembly/dsm/layout.js';
import { type Head, MAX_MESSAGES, PAGE_BYTES, readMessages, writeMessages } from '../../../src/dsm/message.js';

const HEAD_BYTES = 24;
const test = suite('messages of a shared region');

function head(page: number, flags = 0): Head {
  const message = flags === 0 ? MESSAGE_TOOK : MESSAGE_DATA;
  return { message, flags, page, txn: page + 1, req: page + 2, version: BigInt(page) << 33n };
}

const filled = (value: number) => Buffer.alloc(PAGE_BYTES, value);

test('each message of a packet has its own head and its own bytes', () => {
  const heads = [head(0), head(7, FLAG_BYTES), head(2 ** 20 - 1), head(3, FLAG_BYTES)];
  const read = readMessages(writeMessages(heads, [filled(1), filled(2)]));
  assert.deepEqual(
    read.map(({ bytes, ...rest }) => rest),
    heads,
  );
  assert.deepEqual(
    read.map(({ bytes }) => bytes?.readUInt8(PAGE_BYTES - 1) ?? null),
    [null, 1, null, 2],
  );
});

test('a buffer that is used again has no bytes of the packet before', () => {
  const into = Buffer.alloc(8 * (HEAD_BYTES + PAGE_BYTES));
  writeMessages([head(1), head(2), head(3, FLAG_BYTES)], [filled(9)], into);
  const body = writeMessages([head(4, FLAG_BYTES), head(5)], [filled(8)], into);
  assert.ok(body.equals(writeMessages([head(4, FLAG_BYTES), head(5)], [filled(8)])));
});

test('a packet that is too short, too long or of too many messages is refused', () => {
  const refused = (body: Buffer) => assert.throws(() => readMessages(body), { code: 'PROTOCOL' });
  const two = writeMessages([head(0, FLAG_BYTES), head(1)], [filled(1)]);
  assert.equal(readMessages(two).length, 2);
  refused(Buffer.alloc(0));
  refused(two.subarray(0, HEAD_BYTES - 1));
  refused(two.subarray(0, 2 * HEAD_BYTES - 1));
  refused(two.subarray(0, two.length - 1));
  refused(Buffer.concat([two, Buffer.alloc(1)]));
  refused(Buffer.concat([two, filled(0)]));
  const counted = (count: number): Buffer => {
    const body = Buffer.alloc(count * HEAD_BYTES);
    body.writeUInt16LE(count - 1, 2);
    return body;
  };
  assert.equal(readMessages(counted(MAX_MESSAGES)).length, MAX_MESSAGES);
  refused(counted(MAX_MESSAGES + 1));
});

test.run();
