// Tests of faults while the address space changes: EAGAIN, and the order of faults and events.
import assert from 'node:assert/strict';
import { ADVICE } from '../advice.js';
import { done, rangeOf, refused } from '../stage.js';
import type { Test } from '../test.js';

const mmapChanging: Test = {
  name: 'mmap-changing',
  memory: ['shmem'],
  verifies: 'while a REMOVE event is unread COPY, ZEROPAGE, MOVE, POISON and CONTINUE do nothing: EAGAIN',
  async run(stage) {
    const { pageSize } = stage;
    const uffd = stage.open(['MISSING_SHMEM', 'MINOR_SHMEM', 'EVENT_REMOVE', 'MOVE', 'POISON']);
    const memory = stage.memory(2);
    const source = stage.source(1, 1);
    uffd.register(rangeOf(memory), { missing: true });
    const thread = await stage.thread();
    thread.start('madvise', memory.address, pageSize, ADVICE.REMOVE);
    await stage.unread(uffd);
    const target = memory.address + BigInt(pageSize);
    const calls = {
      copy: uffd.copy(target, source.address, pageSize),
      zeropage: uffd.zeropage(target, pageSize),
      move: uffd.move(target, source.address, pageSize),
      poison: uffd.poison(target, pageSize),
      continue: uffd.continue(target, pageSize),
    };
    for (const [name, { bytes, outcome, errno }] of Object.entries(calls)) {
      assert.deepEqual({ bytes, outcome, errno }, { bytes: 0, outcome: 'changing', errno: 'EAGAIN' }, name);
    }
    const end = memory.address + BigInt(pageSize);
    assert.deepEqual(uffd.read(), [{ event: 'remove', start: memory.address, end }], 'the messages');
    assert.equal((await thread.finish()).errno, undefined, 'madvise(MADV_REMOVE)');
    done(await stage.settle(() => uffd.copy(target, source.address, pageSize)), pageSize);
    return undefined;
  },
};

const eagainAfterRemove: Test = {
  name: 'eagain-after-remove',
  memory: ['anon'],
  verifies: 'COPY fails with EAGAIN until a REMOVE event is read and its thread runs; a retry succeeds',
  async run(stage) {
    const { pageSize } = stage;
    const uffd = stage.open(['EVENT_REMOVE']);
    const source = stage.source(2, 5);
    const thread = await stage.thread();
    for (let round = 0; round < 20; round++) {
      // Never touched: a page of the round before would still be there while its removal is under way, which is EEXIST.
      const memory = stage.memory(2);
      uffd.register(rangeOf(memory), { missing: true });
      thread.start('madvise', memory.address, memory.byteLength, ADVICE.DONTNEED);
      await stage.unread(uffd);
      refused(uffd.copy(memory.address, source.address, pageSize), 'changing', 'EAGAIN');
      assert.deepEqual(
        uffd.read().map(({ event }) => event),
        ['remove'],
      );
      done(await stage.settle(() => uffd.copy(memory.address, source.address, pageSize)), pageSize);
      assert.equal((await thread.finish()).errno, undefined, 'madvise(MADV_DONTNEED)');
      // The kernel drops the range only after the event: a page copied before that is gone again, which is why a pager
      // takes a removed range for absent until the removal is over.
      const state = await thread.pagemap(memory.address, 2, pageSize);
      assert.equal(state[1]?.present, false, 'the page that nobody copied');
    }
    return undefined;
  },
};

const faultBeforeRemove: Test = {
  name: 'fault-before-remove',
  memory: ['anon'],
  verifies: 'a fault that comes after a REMOVE event is read ahead of it',
  async run(stage) {
    const { pageSize } = stage;
    const uffd = stage.open(['EVENT_REMOVE']);
    const memory = stage.memory(2);
    const source = stage.source(1, 9);
    uffd.register(rangeOf(memory), { missing: true });
    const [remover, toucher] = [await stage.thread(), await stage.thread()];
    remover.start('madvise', memory.address, pageSize, ADVICE.DONTNEED);
    await stage.unread(uffd);
    const touched = memory.address + BigInt(pageSize);
    toucher.start('read', touched);
    await stage.waiters(uffd, 1);
    const events = [...uffd.read(), ...uffd.read()].map(({ event }) => event);
    assert.deepEqual(events, ['pagefault', 'remove'], 'the order of the messages');
    done(await stage.settle(() => uffd.copy(touched, source.address, pageSize)), pageSize);
    assert.equal((await toucher.finish()).value, 9n, 'what was read');
    assert.equal((await remover.finish()).errno, undefined, 'madvise(MADV_DONTNEED)');
    return undefined;
  },
};

export const CHANGING_TESTS: readonly Test[] = [mmapChanging];
export const ORDER_TESTS: readonly Test[] = [faultBeforeRemove, eagainAfterRemove];
