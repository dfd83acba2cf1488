// Tests of minor faults, alone, with write protection, and on collapsed huge pages.
import assert from 'node:assert/strict';
import type { Memory } from '../../userfaultfd/index.js';
import { ADVICE } from '../advice.js';
import { HUGE } from '../kinds.js';
import { done, faultKind, type Handler, rangeOf, type Stage } from '../stage.js';
import type { Target } from '../target.js';
import type { Test } from '../test.js';
import { hugeBytes } from '../thp.js';

const SEED = 20;

interface Scene {
  memory: Memory;
  pages: number;
  handler: Handler;
  thread: Target;
}

/** Memory filled through its alias; a minor fault turns the page's bytes over there, and maps it. */
async function makeScene(stage: Stage, memory: Memory, wp: boolean): Promise<Scene> {
  const { kind, pageSize } = stage;
  const features = wp ? ([...kind.features.wp, 'WP_UNPOPULATED'] as const) : [];
  const uffd = stage.open([...kind.features.minor, ...features]);
  uffd.register(rangeOf(memory), { minor: true, wp });
  assert.ok(memory.alias, 'shared memory has an alias');
  const alias = new Uint8Array(memory.alias.buffer);
  const pages = memory.byteLength / pageSize;
  for (let i = 0; i < pages; i++) alias.fill(~(SEED + i) & 0xff, i * pageSize, (i + 1) * pageSize);
  const handler = stage.handle(uffd, async (message) => {
    if (message.event !== 'pagefault') throw new Error(`a ${message.event} message came`);
    const offset = Number(message.address - memory.address);
    const at = offset - (offset % pageSize);
    const start = memory.address + BigInt(at);
    const found = faultKind(message);
    if (found === 'minor') {
      const page = alias.subarray(at, at + pageSize);
      page.forEach((byte, i) => {
        page[i] = ~byte;
      });
      done(await stage.settle(() => uffd.continue(start, pageSize, { writeProtect: wp })), pageSize);
    } else {
      assert.equal(found, 'wp', 'the kind of the fault');
      done(await stage.settle(() => uffd.writeProtect(start, pageSize, { on: false })), pageSize);
    }
  });
  return { memory, pages, handler, thread: await stage.thread() };
}

async function checkContent(stage: Stage, { memory, thread }: Scene, what: string): Promise<void> {
  const { value } = await thread.run('check', memory.address, memory.byteLength, stage.pageSize, SEED, 1);
  assert.equal(Number(value), memory.byteLength, `where ${what} differs`);
}

async function checkCounts({ handler, pages }: Scene, wp: boolean): Promise<void> {
  await handler.close();
  assert.equal(handler.counts.minor, pages, 'minor faults');
  assert.equal(handler.counts.wp, wp ? pages : 0, 'write-protect faults');
  assert.equal(handler.counts.missing, 0, 'missing faults');
}

const minor: Test = {
  name: 'minor',
  memory: ['shmem', 'hugetlb'],
  verifies: 'a MINOR fault a page; its content is changed through the alias, and UFFDIO_CONTINUE shows that',
  async run(stage) {
    const scene = await makeScene(stage, stage.memory(stage.kind.huge ? 3 : 64), false);
    await checkContent(stage, scene, 'the content');
    await checkCounts(scene, false);
    return undefined;
  },
};

const minorWp: Test = {
  name: 'minor-wp',
  memory: ['shmem', 'hugetlb'],
  verifies: 'the same, mapped write-protected: a write to each page is a fault of its own',
  async run(stage) {
    const scene = await makeScene(stage, stage.memory(stage.kind.huge ? 3 : 64), true);
    const { memory, pages, thread } = scene;
    await checkContent(stage, scene, 'the content');
    assert.equal(scene.handler.counts.wp, 0, 'write-protect faults of reads');
    const touched = await thread.each(memory.address, pages, stage.pageSize, true);
    assert.deepEqual(
      touched,
      Array.from({ length: pages }, (_, i) => (SEED + i) & 0xff),
    );
    await checkContent(stage, scene, 'the content once written');
    await checkCounts(scene, true);
    return undefined;
  },
};

const minorCollapse: Test = {
  name: 'minor-collapse',
  memory: ['shmem'],
  verifies: 'after minor faults MADV_COLLAPSE makes a huge page, by smaps, and keeps the content, without more faults',
  async run(stage) {
    // A huge page lies at a multiple of its size, which shared memory need not.
    const place = stage.plain(HUGE, HUGE).address;
    const memory = stage.memory(HUGE / stage.pageSize).remap(HUGE, { to: place });
    const scene = await makeScene(stage, memory, false);
    await checkContent(stage, scene, 'the content');
    const { errno } = await scene.thread.run('madvise', memory.address, HUGE, ADVICE.COLLAPSE);
    assert.equal(errno, undefined, 'madvise(MADV_COLLAPSE)');
    assert.equal(hugeBytes(rangeOf(memory), 'ShmemPmdMapped'), HUGE, 'bytes mapped as a huge page');
    await checkContent(stage, scene, 'the content once collapsed');
    await checkCounts(scene, false);
    return undefined;
  },
};

export const MINOR_TESTS: readonly Test[] = [minor, minorWp, minorCollapse];
