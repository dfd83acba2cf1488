// Tests of endings: a descriptor closed, a target exited, a child's descriptor.
import assert from 'node:assert/strict';
import { PagerError } from '../../errors.js';
import type { Result, Userfaultfd } from '../../userfaultfd/index.js';
import { asFault, done, rangeOf, refused } from '../stage.js';
import type { Test } from '../test.js';

const closeWhileWaiting: Test = {
  name: 'close-while-waiting',
  memory: ['anon', 'shmem', 'hugetlb'],
  verifies: 'closing the descriptor wakes all blocked threads, read or unread, and they find zeros',
  async run(stage) {
    const { kind, pageSize } = stage;
    const uffd = stage.open(kind.features.missing);
    const memory = stage.memory(3);
    uffd.register(rangeOf(memory), { missing: true });
    const threads = [await stage.thread(), await stage.thread(), await stage.thread()];
    for (const [i, thread] of threads.entries()) {
      thread.start('read', memory.address + BigInt(i * pageSize));
      await stage.waiters(uffd, i + 1);
      if (i === 0) assert.equal(uffd.read().length, 1, 'messages');
    }
    uffd.close();
    for (const [i, thread] of threads.entries()) {
      const { signal, value } = await thread.finish();
      assert.deepEqual([signal, value], [undefined, 0n], `what thread ${i} found`);
    }
    return undefined;
  },
};

function errnoOf(call: () => void): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof PagerError) return error.errno;
    throw error;
  }
  return undefined;
}

const targetExits: Test = {
  name: 'target-exits',
  memory: ['anon'],
  verifies:
    "a child killed while its pages are copied: whole pages until ESRCH, 'exited'; the parent's descriptor still works",
  async run(stage) {
    const { pageSize } = stage;
    const pages = 4096;
    const chunk = 64;
    const uffd = stage.open(['EVENT_FORK']);
    const memory = stage.memory(pages);
    const source = stage.source(chunk, 1);
    uffd.register(rangeOf(memory), { missing: true });
    const children: Userfaultfd[] = [];
    stage.handle(uffd, (message) => {
      if (message.event === 'fork') children.push(message.child);
    });
    const [forker, killer] = [await stage.thread(), await stage.thread()];
    const child = await forker.fork();
    await stage.until(() => children.length === 1);
    const [descriptor] = children;
    assert.ok(descriptor);
    // It waits for a page while it is killed.
    child.start('read', memory.address + BigInt((pages - 1) * pageSize));
    await stage.waiters(descriptor, 1);
    // Ahead of the kill: this thread may not run again before it.
    done(descriptor.copy(memory.address, source.address, chunk * pageSize), chunk * pageSize);
    killer.start('kill', child.pid, 1000);
    for (let at = chunk; ; at = (at + chunk) % (pages - chunk)) {
      const target = memory.address + BigInt(at * pageSize);
      const result: Result = descriptor.copy(target, source.address, chunk * pageSize);
      const { bytes, outcome, errno } = result;
      if (outcome === 'exited') {
        assert.deepEqual([bytes, errno], [0, 'ESRCH']);
        break;
      }
      assert.ok(outcome === 'done' || outcome === 'present', `a copy came to ${outcome} (${errno})`);
      assert.equal(bytes, outcome === 'done' ? chunk * pageSize : 0, 'bytes done');
      stage.check();
    }
    assert.equal((await killer.finish()).errno, undefined, 'kill');
    assert.equal(await child.end('SIGKILL'), -9, 'how the child ended');
    refused(descriptor.zeropage(memory.address, pageSize), 'exited', 'ESRCH');
    assert.equal(descriptor.wake(memory.address, pageSize).outcome, 'done', 'WAKE of nobody');
    assert.equal(
      errnoOf(() => descriptor.unregister(rangeOf(memory))),
      'ENOMEM',
      'UNREGISTER',
    );
    done(uffd.copy(memory.address, source.address, pageSize), pageSize);
    return undefined;
  },
};

const childDescriptor: Test = {
  name: 'child-descriptor',
  memory: ['anon', 'shmem', 'hugetlb-private'],
  verifies:
    "a forked child's faults come on its own descriptor alone, and are resolved there; the parent's by the parent's",
  async run(stage) {
    const { kind, pageSize } = stage;
    const uffd = stage.open([...kind.features.missing, 'EVENT_FORK']);
    const memory = stage.memory(2);
    const source = stage.source(2, 50);
    uffd.register(rangeOf(memory), { missing: true });
    const thread = await stage.thread();
    let forked: Userfaultfd | undefined;
    const inChild: bigint[] = [];
    const inParent: bigint[] = [];
    const parent = stage.handle(uffd, async (message) => {
      if (message.event === 'fork') {
        forked = message.child;
        stage.handle(forked, async (fault, descriptor) => {
          inChild.push(asFault(fault, 'missing').address);
          done(await stage.settle(() => descriptor.copy(memory.address, source.address, pageSize)), pageSize);
        });
        return;
      }
      inParent.push(asFault(message, 'missing').address);
      const second = memory.address + BigInt(pageSize);
      const from = source.address + BigInt(pageSize);
      done(await stage.settle(() => uffd.copy(second, from, pageSize)), pageSize);
    });
    const child = await thread.fork();
    assert.equal((await child.run('read', memory.address)).value, 50n, "the child's page");
    assert.equal((await thread.run('read', memory.address + BigInt(pageSize))).value, 51n, "the parent's page");
    assert.deepEqual([inChild.length, inParent.length], [1, 1], 'faults on each');
    assert.ok(forked !== undefined && forked.fd !== uffd.fd, 'a descriptor of its own');
    // Private memory has become two; a page of shared memory may be mapped in the parent along with its neighbour.
    const [entry] = await thread.pagemap(memory.address, 1, pageSize);
    if (!kind.shared) assert.equal(entry?.present, false, "the child's page in the parent");
    await child.end();
    await parent.close();
    return undefined;
  },
};

export const ENDING_TESTS: readonly Test[] = [closeWhileWaiting, targetExits, childDescriptor];
