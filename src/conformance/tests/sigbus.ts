// Tests of UFFD_FEATURE_SIGBUS: a touch is a signal in place of a message, also for write protection.
import assert from 'node:assert/strict';
import type { Userfaultfd } from '../../userfaultfd/index.js';
import { ADVICE } from '../advice.js';
import { ALL } from '../kinds.js';
import { done, rangeOf, type Stage } from '../stage.js';
import { runHere } from '../target.js';
import type { Test } from '../test.js';

const SEED = 40;

async function checkSignals(stage: Stage, wp: boolean): Promise<undefined> {
  const { kind, pageSize } = stage;
  const pages = kind.huge ? 2 : 16;
  const features = [...kind.features.missing, ...(wp ? kind.features.wp : [])];
  const uffd = stage.open([...features, 'SIGBUS', 'EVENT_FORK']);
  const memory = stage.memory(pages);
  const source = stage.source(pages, SEED);
  uffd.register(rangeOf(memory), { missing: true, wp });
  // The thread that got the signal resolves the page itself, and runs on.
  for (let i = 0; i < pages; i++) {
    const offset = BigInt(i * pageSize);
    const address = memory.address + offset;
    const hit = runHere('read', address);
    assert.equal(hit.signal, 'SIGBUS', `page ${i}, read while absent`);
    assert.equal(hit.address, address, 'the address of the signal');
    done(uffd.copy(address, source.address + offset, pageSize, { writeProtect: wp }), pageSize);
    const read = runHere('read', address);
    assert.deepEqual([read.signal, read.value], [undefined, BigInt(SEED + i)], `page ${i}, read once there`);
    if (wp) {
      assert.equal(runHere('write', address, 1).signal, 'SIGBUS', `page ${i}, written while protected`);
      done(uffd.writeProtect(address, pageSize, { on: false }), pageSize);
    }
    assert.equal(runHere('write', address, 99).signal, undefined, `page ${i}, written`);
    assert.equal(runHere('read', address).value, 99n, `page ${i}, what was written`);
  }
  const advice = ADVICE[kind.release];
  assert.equal(runHere('madvise', memory.address, memory.byteLength, advice).errno, undefined, 'release');
  const children: Userfaultfd[] = [];
  const handler = stage.handle(uffd, (message) => {
    assert.equal(message.event, 'fork', 'the message that came');
    if (message.event === 'fork') children.push(message.child);
  });
  const child = await (await stage.thread()).fork();
  const touched = await child.each(memory.address, pages, pageSize);
  assert.deepEqual(touched, new Array(pages).fill(`signal ${SIGBUS}`), "the child's pages");
  await stage.until(() => children.length === 1);
  // Once the child is gone nothing more can come on its descriptor either.
  assert.equal(await child.end(), 0, "the child's exit code");
  for (const descriptor of children) assert.deepEqual(descriptor.read(), [], "messages of the child's descriptor");
  await handler.close();
  assert.deepEqual([handler.counts.fork, handler.counts.missing, handler.counts.wp], [1, 0, 0], 'messages');
  return undefined;
}

/** <signal.h> */
const SIGBUS = 7;

export const SIGBUS_TESTS: readonly Test[] = [
  {
    name: 'sigbus',
    memory: ALL,
    verifies:
      'with FEATURE_SIGBUS: a signal in place of a fault, COPY by the thread it hit; a child gets signals, no messages',
    run: (stage) => checkSignals(stage, false),
  },
  {
    name: 'sigbus-wp',
    memory: ALL,
    verifies: 'the same, and a signal for a write to a protected page',
    run: (stage) => checkSignals(stage, true),
  },
];
