import assert from 'node:assert/strict';
import { closeSync, readSync, writeSync } from 'node:fs';
import { suite } from 'uvu';
import { native } from '../../../src/native/native.js';

const test = suite('memory from the shim');
const BYTES = 8192;

test('two mappings of one memfd show the same bytes, and so does its descriptor', () => {
  const fd = native().createMemfd('farpage-test', BYTES, false);
  const addresses = [native().mapFile(fd, BYTES, 0n, 0), native().mapFile(fd, BYTES, 0n, 0)];
  const [one, other] = addresses.map((address) => new Uint8Array(native().viewOf(address, BYTES)));
  assert.ok(one !== undefined && other !== undefined);
  one[5000] = 42;
  assert.equal(other[5000], 42);
  const byte = new Uint8Array(1);
  assert.equal(readSync(fd, byte, 0, 1, 5000), 1);
  assert.equal(byte[0], 42);
  writeSync(fd, new Uint8Array([7]), 0, 1, 0);
  assert.equal(one[0], 7);
  closeSync(fd);
});

test('anonymous memory reads as zeros, and again after it was dropped', () => {
  const address = native().mapMemory(BYTES);
  const bytes = new Uint8Array(native().viewOf(address, BYTES));
  assert.equal(bytes[4096], 0);
  bytes[4096] = 9;
  native().dropMemory(address, BYTES);
  assert.equal(bytes[4096], 0);
});

test('what the system refuses is an error with its name and call', () => {
  assert.throws(() => native().mapFile(-1, BYTES, 0n, 0), { errno: 'EBADF', syscall: 'mmap' });
  assert.throws(() => native().unmapMemory(1n, BYTES), { errno: 'EINVAL', syscall: 'munmap' });
});

test.run();
