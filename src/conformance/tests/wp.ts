// Tests of write protection of pages that were never touched.
import assert from 'node:assert/strict';
import { ADVICE } from '../advice.js';
import { asFault, done, rangeOf } from '../stage.js';
import type { Test } from '../test.js';

const wpUnpopulated: Test = {
  name: 'wp-unpopulated',
  memory: ['anon'],
  verifies:
    'the bit on a page that was never touched: set, cleared, zapped; reading through it; a write to it is caught',
  async run(stage) {
    const { pageSize } = stage;
    const uffd = stage.open(['PAGEFAULT_FLAG_WP', 'WP_UNPOPULATED']);
    const memory = stage.memory(1);
    const { address } = memory;
    uffd.register(rangeOf(memory), { wp: true });
    const thread = await stage.thread();
    const zap = async (): Promise<void> => {
      assert.equal((await thread.run('madvise', address, pageSize, ADVICE.DONTNEED)).errno, undefined, 'madvise');
    };
    const bit = async (expected: boolean, when: string): Promise<void> => {
      const [entry] = await thread.pagemap(address, 1, pageSize);
      assert.equal(entry?.wp, expected, `the bit ${when}`);
    };
    const protect = async (on: boolean): Promise<void> => {
      done(uffd.writeProtect(address, pageSize, { on }), pageSize);
      await bit(on, on ? 'set' : 'cleared');
    };
    await protect(true);
    await protect(false);
    await protect(true);
    await zap();
    await bit(false, 'after MADV_DONTNEED');
    await thread.run('write', address, 1);
    await bit(false, 'after a write without it');
    await zap();
    await protect(true);
    assert.equal((await thread.run('read', address)).value, 0n, 'read through it');
    await bit(true, 'after a read');
    await zap();
    await protect(true);
    const handler = stage.handle(uffd, (message) => {
      assert.equal(asFault(message, 'wp').write, true, 'the fault is a write');
      done(uffd.writeProtect(address, pageSize, { on: false }), pageSize);
    });
    await thread.run('write', address, 9);
    assert.equal((await thread.run('read', address)).value, 9n, 'what was written');
    await handler.close();
    assert.equal(handler.counts.wp, 1, 'write-protect faults');
    return undefined;
  },
};

export const WP_TESTS: readonly Test[] = [wpUnpopulated];
