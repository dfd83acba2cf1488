// Tests of UFFDIO_MOVE: pages, huge pages whole and split, and the pages that it must refuse.
import assert from 'node:assert/strict';
import { HUGE } from '../kinds.js';
import { Skip } from '../result.js';
import { asFault, done, rangeOf, refused, type Stage } from '../stage.js';
import type { Test } from '../test.js';
import { hugeBytes } from '../thp.js';
import { pinOrSkip } from './pinning.js';

const SEED = 11;

interface Plan {
  chunks: number;
  /** Bytes moved at a time. */
  chunk: number;
  source: 'HUGEPAGE' | 'NOHUGEPAGE';
  target: 'HUGEPAGE' | 'NOHUGEPAGE';
}

/** Faults of the target are answered by moving a chunk of the source there. */
async function moveAll(stage: Stage, { chunks, chunk, source: from, target: to }: Plan): Promise<void> {
  const uffd = stage.open(['MOVE']);
  const source = stage.plain(chunks * chunk, HUGE);
  const target = stage.plain(chunks * chunk, HUGE);
  source.advise(from);
  target.advise(to);
  // A page that a child has too cannot be moved.
  source.advise('DONTFORK');
  const bytes = new Uint8Array(source.buffer);
  for (let i = 0; i < chunks; i++) bytes.fill(SEED + i, i * chunk, (i + 1) * chunk);
  const huge = from === 'HUGEPAGE';
  if (huge && hugeBytes(rangeOf(source), 'AnonHugePages') < source.byteLength) {
    throw new Skip('the kernel gave no transparent huge pages (/sys/kernel/mm/transparent_hugepage/enabled)');
  }
  uffd.register(rangeOf(target), { missing: true });
  const handler = stage.handle(uffd, async (message) => {
    const fault = asFault(message, 'missing');
    assert.equal(fault.write, false, 'the fault is a read');
    const offset = BigInt.asUintN(64, (fault.address - target.address) & -BigInt(chunk));
    done(await stage.settle(() => uffd.move(target.address + offset, source.address + offset, chunk)), chunk);
  });
  const toucher = await stage.thread();
  for (let i = 0; i < chunks; i++) {
    const at = i * chunk;
    assert.ok(
      bytes.subarray(at, at + chunk).every((byte) => byte === SEED + i),
      `the source of chunk ${i} before`,
    );
    const { value } = await toucher.run('check', target.address + BigInt(at), chunk, chunk, SEED + i, 0);
    assert.equal(Number(value), chunk, `where the target of chunk ${i} differs`);
    if (huge && to === 'HUGEPAGE') {
      // Before the source is read again, which gives it pages of its own.
      assert.equal(hugeBytes(rangeOf(target), 'AnonHugePages'), at + chunk, 'it came as a whole');
    }
    assert.ok(
      bytes.subarray(at, at + chunk).every((byte) => byte === 0),
      `the source of chunk ${i} afterwards`,
    );
  }
  if (to === 'NOHUGEPAGE') assert.equal(hugeBytes(rangeOf(target), 'AnonHugePages'), 0, 'it came in pieces');
  await handler.close();
  assert.equal(handler.counts.missing, chunks, 'missing faults');
  assert.equal(handler.counts.minor + handler.counts.wp, 0, 'other faults');
}

const move: Test = {
  name: 'move',
  memory: ['anon'],
  verifies: 'faults are resolved by UFFDIO_MOVE of a page, one fault a page; the source reads as zeros afterwards',
  async run(stage) {
    await moveAll(stage, { chunks: 64, chunk: stage.pageSize, source: 'NOHUGEPAGE', target: 'NOHUGEPAGE' });
    return undefined;
  },
};

const movePmd: Test = {
  name: 'move-pmd',
  memory: ['anon'],
  verifies: 'the same with transparent huge pages, each moved whole: the target has them, by smaps',
  async run(stage) {
    await moveAll(stage, { chunks: 4, chunk: HUGE, source: 'HUGEPAGE', target: 'HUGEPAGE' });
    return undefined;
  },
};

const movePmdSplit: Test = {
  name: 'move-pmd-split',
  memory: ['anon'],
  verifies: 'the same into memory that may have no huge pages: each is split and moved in pieces, by one call',
  async run(stage) {
    await moveAll(stage, { chunks: 4, chunk: HUGE, source: 'HUGEPAGE', target: 'NOHUGEPAGE' });
    return undefined;
  },
};

export const MOVE_TESTS: readonly Test[] = [move, movePmd, movePmdSplit];

const moveForkShared: Test = {
  name: 'move-fork-shared',
  memory: ['anon'],
  verifies: 'MOVE of a page shared with a forked child: EBUSY, also once the child is gone, until it is written to',
  async run(stage) {
    const { pageSize } = stage;
    const uffd = stage.open(['MOVE']);
    const source = stage.source(1, 1);
    const target = stage.memory(1);
    uffd.register(rangeOf(target), { missing: true });
    const child = await (await stage.thread()).fork();
    const attempt = () => uffd.move(target.address, source.address, pageSize);
    refused(attempt(), 'busy', 'EBUSY');
    assert.equal((await child.run('read', source.address)).value, 1n, "the child's page");
    await child.end();
    refused(attempt(), 'busy', 'EBUSY');
    source.advise('POPULATE_WRITE');
    done(attempt(), pageSize);
    assert.equal(new Uint8Array(target.buffer)[0], 1, 'it was moved');
    assert.equal(new Uint8Array(source.buffer)[0], 0, 'the source');
    return undefined;
  },
};

const movePinned: Test = {
  name: 'move-pinned',
  memory: ['anon'],
  verifies: 'MOVE of a page that an io_uring has pinned: EBUSY, until it is unpinned',
  async run(stage) {
    const { pageSize } = stage;
    const uffd = stage.open(['MOVE']);
    const source = stage.source(1, 3);
    const target = stage.memory(1);
    uffd.register(rangeOf(target), { missing: true });
    const thread = await stage.thread();
    await pinOrSkip(thread, source.address, pageSize);
    refused(uffd.move(target.address, source.address, pageSize), 'busy', 'EBUSY');
    assert.equal(new Uint8Array(source.buffer)[0], 3, 'the source is as it was');
    assert.equal((await thread.run('unpin')).errno, undefined);
    done(uffd.move(target.address, source.address, pageSize), pageSize);
    assert.equal(new Uint8Array(target.buffer)[0], 3, 'it was moved');
    return undefined;
  },
};

export const MOVE_REFUSED: readonly Test[] = [moveForkShared, movePinned];
