// Processes that have pagers of their own, for `farpage dump`.

import { dumpsOf } from '../../../src/control/dumps.js';
import { createPager as createPlain, memoryStore, type PagerOptions, type Store } from '../../../src/index.js';
import { failure, hand, perform, say, until } from './kit.js';
import { told } from './share-kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;

const silent: Store = {
  writable: false,
  read: () => new Promise(() => {}),
  async close() {},
};

await perform({
  /** A thread waits for page 9 of a source that never answers, and so does this thread: it runs no JavaScript any more. */
  async 'every thread waits'() {
    const pager = await createPager({ residentLimit: 64 * PAGE, readahead: 'off', storePatienceMs: 200_000 });
    await pager.map({ byteLength: 16 * PAGE });
    const region = await pager.map({ byteLength: 32 * PAGE, source: silent });
    const before = await createPlain();
    await before.close();
    const other = await createPlain({ residentLimit: 4 * 2 ** 20, engine: 'trap' });
    const small = await other.map({ byteLength: 8 * PAGE });
    small.view(Uint8Array)[0] = 1;
    hand({ buffer: region.buffer, does: 'byte', from: (9 * PAGE) / 4, to: 0 });
    await until(() => region.stats().faults.missing > 0);
    say(`waits ${region.address} ${small.address}`);
    // Not Atomics.wait on a page: what a debugger's stop would be. Nothing of this thread runs until it is killed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },

  /** Pages leave and come back, touched by this thread. */
  async 'pages over the limit'(options: Pick<PagerOptions, 'faults' | 'core'>) {
    const pager = await createPlain({ residentLimit: 512 * PAGE, readahead: 'off', ...options });
    const region = await pager.map({ byteLength: 2048 * PAGE, store: memoryStore() });
    const words = region.view(Int32Array);
    for (let page = 0; page < 2048; page++) words[(page * PAGE) / 4] = page + 1;
    for (let page = 0; page < 2048; page++) {
      if (words[(page * PAGE) / 4] !== page + 1) throw new Error(`page ${page} is wrong`);
    }
    say('touched');
    await told();
    await pager.close();
  },

  async 'a pager that is closed'() {
    const pager = await createPager({ residentLimit: 64 * PAGE });
    await pager.map({ byteLength: 16 * PAGE });
    say('open');
    await told();
    await pager.close();
    say('closed');
    await told();
  },

  /** Asks as another user. */
  async 'somebody else asks'({ pid }: { pid: number }) {
    process.setgroups?.([]);
    process.setgid?.(65534);
    process.setuid?.(65534);
    return failure(() => dumpsOf(pid));
  },
});
