// Tests of UFFD_USER_MODE_ONLY and of asynchronous write protection with PAGEMAP_SCAN.
import assert from 'node:assert/strict';
import { type Range, scanWritten } from '../../userfaultfd/index.js';
import { asFault, done, rangeOf } from '../stage.js';
import type { Test } from '../test.js';

const userModeOnly: Test = {
  name: 'user-mode-only',
  memory: ['anon', 'shmem'],
  verifies: 'read(2) into an absent page is EFAULT and sends no message; the same page touched by a program is served',
  async run(stage) {
    const { kind, pageSize } = stage;
    const uffd = stage.open(kind.features.missing, { userModeOnly: true });
    assert.equal(uffd.userModeOnly, true);
    const memory = stage.memory(1);
    const source = stage.source(1, 70);
    uffd.register(rangeOf(memory), { missing: true });
    const thread = await stage.thread();
    const handler = stage.handle(uffd, async (message) => {
      asFault(message, 'missing');
      done(await stage.settle(() => uffd.copy(memory.address, source.address, pageSize)), pageSize);
    });
    assert.equal((await thread.run('readInto', memory.address, 5)).errno, 'EFAULT', 'read(2) into it');
    assert.equal(handler.counts.missing, 0, 'messages of the system call');
    assert.equal((await thread.run('read', memory.address)).value, 70n, 'touched');
    const { errno, value } = await thread.run('readInto', memory.address, 5);
    assert.deepEqual([errno, value], [undefined, 1n], 'read(2) into it once it is there');
    assert.equal((await thread.run('read', memory.address)).value, 5n, 'what read(2) wrote');
    await handler.close();
    assert.equal(handler.counts.missing, 1, 'missing faults');
    return undefined;
  },
};

const wpAsyncScan: Test = {
  name: 'wp-async-scan',
  memory: ['anon', 'shmem', 'hugetlb'],
  verifies:
    'with WP_ASYNC writes send no message; PAGEMAP_SCAN finds exactly the pages written, and protects them again',
  async run(stage) {
    const { kind, pageSize } = stage;
    const pages = kind.huge ? 6 : 64;
    const uffd = stage.open([...kind.features.wp, 'WP_UNPOPULATED', 'WP_ASYNC']);
    const memory = stage.memory(pages);
    const range = rangeOf(memory);
    uffd.register(range, { wp: true });
    done(uffd.writeProtect(range.start, range.byteLength), range.byteLength);
    const thread = await stage.thread();
    const write = async (...list: number[]): Promise<void> => {
      for (const page of list) await thread.run('write', range.start + BigInt(page * pageSize), 1);
    };
    const written = (clear: boolean): number[] => [...scanWritten(range, { clear })].flatMap(pagesOf);
    const pagesOf = ({ start, byteLength }: Range): number[] =>
      Array.from({ length: byteLength / pageSize }, (_, i) => Number(start - range.start) / pageSize + i);
    const handler = stage.handle(uffd, (message) => {
      throw new Error(`a ${message.event} message came`);
    });
    assert.deepEqual(written(false), [], 'before any write');
    await write(0, 3, 4, pages - 1);
    await thread.run('read', range.start + BigInt(2 * pageSize));
    assert.deepEqual(written(false), [0, 3, 4, pages - 1], 'after writes and a read');
    assert.deepEqual(written(true), [0, 3, 4, pages - 1], 'the same, cleared');
    assert.deepEqual(written(true), [], 'once cleared');
    await write(4, 5);
    assert.deepEqual(written(true), [4, 5], 'one written again, and a new one');
    await handler.close();
    return undefined;
  },
};

export const MODE_TESTS: readonly Test[] = [userModeOnly, wpAsyncScan];
