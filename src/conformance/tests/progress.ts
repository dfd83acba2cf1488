// Tests of partial progress: a copy that stops half-way, and a wake after EEXIST.
import assert from 'node:assert/strict';
import { done, rangeOf, refused, waiting } from '../stage.js';
import type { Test } from '../test.js';

const eexistThenWake: Test = {
  name: 'eexist-then-wake',
  memory: ['anon', 'shmem', 'hugetlb'],
  verifies: 'COPY without waking leaves its thread waiting, and so does the EEXIST of a second one; WAKE wakes it',
  async run(stage) {
    const { kind, pageSize } = stage;
    const uffd = stage.open(kind.features.missing);
    const memory = stage.memory(1);
    const source = stage.source(1, 21);
    uffd.register(rangeOf(memory), { missing: true });
    const thread = await stage.thread();
    thread.start('read', memory.address);
    await stage.waiters(uffd, 1);
    assert.equal(uffd.read().length, 1, 'messages');
    assert.deepEqual(waiting(uffd), { pending: 0, total: 1 }, 'waiters once it is read');
    done(uffd.copy(memory.address, source.address, pageSize, { wake: false }), pageSize);
    refused(uffd.copy(memory.address, source.address, pageSize), 'present', 'EEXIST');
    assert.deepEqual(waiting(uffd), { pending: 0, total: 1 }, 'waiters after EEXIST');
    assert.ok(thread.busy, 'the thread waits');
    assert.equal(uffd.wake(memory.address, pageSize).outcome, 'done');
    assert.equal((await thread.finish()).value, 21n, 'what was read');
    assert.deepEqual(waiting(uffd), { pending: 0, total: 0 }, 'waiters after WAKE');
    return undefined;
  },
};

const partialCopy: Test = {
  name: 'partial-copy',
  memory: ['anon', 'shmem', 'hugetlb'],
  verifies:
    'COPY into a page that is there: bytes done with EAGAIN, EEXIST from there; resumed behind it, all is content',
  run(stage) {
    const { kind, pageSize } = stage;
    const pages = kind.huge ? 4 : 8;
    const there = 2;
    const uffd = stage.open(kind.features.missing);
    const memory = stage.memory(pages);
    const source = stage.source(pages, 30);
    uffd.register(rangeOf(memory), { missing: true });
    const copy = (from: number, count: number, as = from) =>
      uffd.copy(memory.address + BigInt(from * pageSize), source.address + BigInt(as * pageSize), count * pageSize);
    done(copy(there, 1, 0), pageSize);
    const { bytes, outcome, errno } = copy(0, pages);
    assert.deepEqual({ bytes, outcome, errno }, { bytes: there * pageSize, outcome: 'changing', errno: 'EAGAIN' });
    refused(copy(there, pages - there), 'present', 'EEXIST');
    done(copy(there + 1, pages - there - 1), (pages - there - 1) * pageSize);
    const content = new Uint8Array(memory.buffer);
    for (let i = 0; i < pages; i++) {
      const byte = i === there ? 30 : 30 + i;
      assert.ok(
        content.subarray(i * pageSize, (i + 1) * pageSize).every((found) => found === byte),
        `page ${i}`,
      );
    }
    return undefined;
  },
};

export const PROGRESS_TESTS: readonly Test[] = [eexistThenWake, partialCopy];
