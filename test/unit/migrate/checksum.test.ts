// The checksum of a packet: CRC-32C, however its bytes are taken.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { suite } from 'uvu';
import { native } from '../../../src/native/native.js';

const CASTAGNOLI = 0x82f63b78;
const test = suite('checksum');

/** Bit by bit, as it is defined. */
function reference(bytes: Uint8Array, seed: number): number {
  let sum = ~seed >>> 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) !== 0 ? (sum >>> 1) ^ CASTAGNOLI : sum >>> 1;
  }
  return ~sum >>> 0;
}

test('the known value', () => {
  assert.equal(native().crc32c(Buffer.from('123456789'), 0), 0xe3069283);
});

test('of any bytes, from any address, continued from any sum', () => {
  const { crc32c } = native();
  const bytes = randomBytes(12_000);
  // Around the parts of 512 bytes that are summed side by side, three at a time.
  const edges = [0, 1, 7, 8, 511, 512, 1535, 1536, 1537, 3071, 3072, 4096, 9216];
  for (let round = 0; round < 200; round++) {
    const from = randomInt(64);
    const length = edges[round] ?? randomInt(bytes.length - from);
    const part = bytes.subarray(from, from + length);
    const seed = randomInt(2 ** 32);
    assert.equal(crc32c(part, seed), reference(part, seed), `${length} bytes from ${from}, seed ${seed}`);
  }
});

test.run();
