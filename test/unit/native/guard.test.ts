// Guarded memory of userfaultfds that other code has closed: the number is another one's then, and what is done to that must not
// reach the memory of this one, nor be reached by it.
import assert from 'node:assert/strict';
import { closeSync, fstatSync, readlinkSync } from 'node:fs';
import { suite } from 'uvu';
import { native } from '../../../src/native/native.js';
import { guardMemory } from '../../../src/userfaultfd/guard.js';
import { type Memory, sharedMemory, Userfaultfd } from '../../../src/userfaultfd/index.js';

const BYTES = 4 * 4096;
const test = suite('guarded memory');

function guarded(memory = sharedMemory(BYTES)): { uffd: Userfaultfd; memory: Memory; file: number } {
  const file = memory.fd ?? -1;
  const uffd = new Userfaultfd({ features: ['MISSING_SHMEM'] });
  guardMemory(uffd, file, { start: memory.address, byteLength: BYTES });
  return { uffd, memory, file };
}

/** Whether a touch is SIGBUS: the memfile has no bytes. */
function isGone({ file }: { file: number }): boolean {
  return fstatSync(file).size === 0;
}

function isOpen(fd: number): boolean {
  return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:[userfaultfd]';
}

test('a guard ends with its userfaultfd, and with no other', () => {
  const [one, two] = [guarded(), guarded()];
  one.uffd.close();
  assert.deepEqual([isGone(one), isGone(two)], [true, false]);
  two.uffd.close();
  assert.ok(isGone(two));
  for (const { memory } of [one, two]) memory.close();
});

test('a number that other code has closed, and another userfaultfd got: the first memory ends at once', () => {
  const [second, one] = [sharedMemory(BYTES), guarded()];
  const { fd } = one.uffd;
  native().closeFile(fd);
  const two = guarded(second);
  assert.equal(two.uffd.fd, fd, 'the number is used again');
  assert.deepEqual([isGone(one), isGone(two)], [true, false]);
  // Its owner does not know yet.
  one.uffd.close();
  assert.deepEqual([isGone(two), isOpen(fd)], [false, true]);
  two.uffd.close();
  assert.ok(isGone(two));
  for (const { memory } of [one, two]) memory.close();
});

test('a number that is a userfaultfd without a guard now: the end of the first leaves it open', () => {
  const one = guarded();
  const { fd } = one.uffd;
  native().closeFile(fd);
  const other = new Userfaultfd();
  assert.equal(other.fd, fd, 'the number is used again');
  one.uffd.close();
  assert.ok(isGone(one));
  assert.ok(isOpen(fd));
  other.close();
  one.memory.close();
});

test('one without a guard that other code has closed: another one with its number stays open', () => {
  const one = new Userfaultfd();
  const { fd } = one;
  native().closeFile(fd);
  const other = new Userfaultfd();
  assert.equal(other.fd, fd, 'the number is used again');
  one.close();
  assert.ok(isOpen(fd));
  other.close();
  assert.throws(() => closeSync(fd), { code: 'EBADF' });
});

test.run();
