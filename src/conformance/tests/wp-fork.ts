// Tests of write protection across fork, with and without the fork event, also on pinned pages.
import assert from 'node:assert/strict';
import type { Feature, Userfaultfd } from '../../userfaultfd/index.js';
import { ADVICE } from '../advice.js';
import { ALL } from '../kinds.js';
import { done, rangeOf, type Stage } from '../stage.js';
import type { PageEntry, Target } from '../target.js';
import type { Test } from '../test.js';
import { pinOrSkip } from './pinning.js';

/** Two write-protected pages, the second never touched, and a thread that forks. */
interface Scene {
  stage: Stage;
  uffd: Userfaultfd;
  thread: Target;
  address: bigint;
  withEvent: boolean;
  children: Userfaultfd[];
}

async function makeScene(stage: Stage, withEvent: boolean, pin: boolean): Promise<Scene> {
  const { kind, pageSize } = stage;
  // The others have markers without it.
  const unpopulated: readonly Feature[] = kind.name === 'anon' ? ['WP_UNPOPULATED'] : [];
  const uffd = stage.open([...kind.features.wp, ...unpopulated, ...(withEvent ? (['EVENT_FORK'] as const) : [])]);
  const memory = stage.memory(2);
  const { address } = memory;
  const thread = await stage.thread();
  uffd.register(rangeOf(memory), { wp: true });
  await thread.run('write', address, 1);
  // io_uring pins for writing: before the page is protected from that.
  if (pin) await pinOrSkip(thread, address, pageSize);
  done(uffd.writeProtect(address, 2 * pageSize), 2 * pageSize);
  const children: Userfaultfd[] = [];
  stage.handle(uffd, (message) => {
    assert.equal(message.event, 'fork', 'the message that came');
    if (message.event === 'fork') children.push(message.child);
  });
  const scene = { stage, uffd, thread, address, withEvent, children };
  const [page, marker] = await entriesOf(scene, thread);
  assert.deepEqual([page.wp, marker.wp], [true, true], 'the bits in the parent');
  assert.deepEqual([page.present, marker.present], [true, false], 'the pages in the parent');
  return scene;
}

async function entriesOf({ stage, address }: Scene, target: Target): Promise<[page: PageEntry, marker: PageEntry]> {
  const [page, marker] = await target.pagemap(address, 2, stage.pageSize);
  assert.ok(page !== undefined && marker !== undefined);
  return [page, marker];
}

async function entryOf(scene: Scene, target: Target): Promise<PageEntry> {
  return (await entriesOf(scene, target))[0];
}

/** Forks, and looks whether the child's pages are write-protected as they should be: with EVENT_FORK, and only then. */
async function checkChild(scene: Scene, what: string, look?: (child: Target) => Promise<void>): Promise<void> {
  const { stage, withEvent, children } = scene;
  const before = children.length;
  const child = await scene.thread.fork();
  if (look !== undefined) await look(child);
  const [page, marker] = await entriesOf(scene, child);
  assert.equal(page.wp, withEvent, `the bit in the child, ${what}`);
  assert.equal(marker.wp, withEvent, 'the marker in the child');
  await child.end();
  if (withEvent) await stage.until(() => children.length === before + 1);
  assert.equal(children.length, before + (withEvent ? 1 : 0), 'fork events');
  for (const descriptor of children) descriptor.close();
}

async function checkFork(stage: Stage, withEvent: boolean): Promise<string | undefined> {
  const { kind, pageSize } = stage;
  const scene = await makeScene(stage, withEvent, false);
  const { uffd, thread, address } = scene;
  await checkChild(scene, 'page present');
  // A shared page is unmapped and leaves a marker; a private one goes to swap where there is any.
  const advice = kind.shared ? ADVICE.DONTNEED : ADVICE.PAGEOUT;
  const { errno } = await thread.run('madvise', address, pageSize, advice);
  if (kind.shared) assert.equal(errno, undefined, 'madvise(MADV_DONTNEED)');
  const entry = await entryOf(scene, thread);
  assert.equal(entry.wp, true, 'the bit in the parent, page gone');
  if (kind.shared) assert.equal(entry.present, false, 'the page is unmapped');
  await checkChild(scene, entry.present ? 'after MADV_PAGEOUT' : 'page gone');
  done(await stage.settle(() => uffd.writeProtect(address, pageSize, { on: false })), pageSize);
  assert.equal((await entryOf(scene, thread)).wp, false, 'the bit once it is taken off');
  await thread.run('write', address, 2);
  assert.equal((await entryOf(scene, thread)).wp, false, 'the bit after a write');
  assert.equal((await thread.run('read', address)).value, 2n);
  if (kind.shared || entry.swapped) return undefined;
  const covered = 'covered: present pages, and the marker of one never touched';
  return `${kind.huge ? 'private huge pages are not swapped' : 'there is no swap'}; ${covered}`;
}

async function checkPinned(stage: Stage, withEvent: boolean): Promise<string | undefined> {
  const { kind, pageSize } = stage;
  const scene = await makeScene(stage, withEvent, true);
  const { thread, address } = scene;
  // What it was forked with is a copy of its own, made early: a page pinned by the parent may not be shared.
  await checkChild(scene, 'page pinned before', async (child) => {
    if (!kind.shared) assert.equal((await entryOf(scene, child)).exclusive, true, 'it was copied at fork');
  });
  assert.equal((await thread.run('unpin')).errno, undefined, 'unpin');
  // The second is forked with the shared page, which is unshared when it pins it for reading.
  await checkChild(scene, 'page pinned in the child', async (child) => {
    if (!kind.shared) assert.equal((await entryOf(scene, child)).exclusive, false, 'it is shared at fork');
    const { errno, value } = await child.run('peek', address);
    assert.deepEqual([errno, value], [undefined, 1n], 'process_vm_readv of its own page');
    if (!kind.shared) assert.equal((await entryOf(scene, child)).exclusive, true, 'it was unshared by the pin');
  });
  assert.equal((await thread.run('read', address)).value, 1n, `the page of ${pageSize} bytes is as it was`);
  return undefined;
}

export const WP_FORK_TESTS: readonly Test[] = [
  {
    name: 'wp-fork',
    memory: ALL,
    verifies:
      "without EVENT_FORK a child's pages lose the write-protect bit: present, swapped or unmapped, or never touched",
    run: (stage) => checkFork(stage, false),
  },
  {
    name: 'wp-fork-with-event',
    memory: ALL,
    verifies: 'with EVENT_FORK all of them keep it; taken off in the parent, it is gone',
    run: (stage) => checkFork(stage, true),
  },
  {
    name: 'wp-fork-pin',
    memory: ALL,
    verifies:
      'without EVENT_FORK: a page pinned in the parent (copied at fork) and one that the child pins (unshared) lose it',
    run: (stage) => checkPinned(stage, false),
  },
  {
    name: 'wp-fork-pin-with-event',
    memory: ALL,
    verifies: 'with EVENT_FORK both keep it',
    run: (stage) => checkPinned(stage, true),
  },
];
