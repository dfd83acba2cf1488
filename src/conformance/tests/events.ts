// Tests of the events fork, remap, remove and unmap, with a monitor that follows them.
import assert from 'node:assert/strict';
import type { Message, Userfaultfd } from '../../userfaultfd/index.js';
import { ADVICE } from '../advice.js';
import { ALL } from '../kinds.js';
import { done, faultKind, type Handler, rangeOf, type Stage } from '../stage.js';
import type { Test } from '../test.js';

const SEED = 60;

/** A child touches half of its memory, moves it, touches the rest and gives it back; a monitor follows by events. */
async function checkEvents(stage: Stage, wp: boolean): Promise<undefined> {
  const { kind, pageSize } = stage;
  const pages = kind.huge ? 4 : 64;
  const half = pages / 2;
  const features = [...kind.features.missing, ...(wp ? kind.features.wp : [])];
  const uffd = stage.open([...features, 'EVENT_FORK', 'EVENT_REMAP', 'EVENT_REMOVE']);
  const memory = stage.memory(pages);
  const source = stage.source(pages, SEED);
  const place = stage.plain(memory.byteLength).address;
  uffd.register(rangeOf(memory), { missing: true, wp });
  let base = memory.address;
  const reply = async (message: Message, child: Userfaultfd): Promise<void> => {
    switch (message.event) {
      case 'pagefault': {
        const offset = message.address - base;
        const page = offset - (offset % BigInt(pageSize));
        const absent = faultKind(message) === 'missing';
        const call = absent
          ? () => child.copy(base + page, source.address + page, pageSize, { writeProtect: wp })
          : () => child.writeProtect(base + page, pageSize, { on: false });
        done(await stage.settle(call), pageSize);
        return;
      }
      case 'remap':
        assert.deepEqual([message.from, message.byteLength], [base, memory.byteLength], 'the remap event');
        base = message.to;
        return;
      case 'remove':
        assert.deepEqual([message.start, message.end], [base, base + BigInt(memory.byteLength)], 'the remove event');
        child.unregister({ start: base, byteLength: memory.byteLength });
        return;
      default:
        throw new Error(`a ${message.event} message came`);
    }
  };
  const monitors: Handler[] = [];
  const parent = stage.handle(uffd, (message) => {
    if (message.event !== 'fork') throw new Error(`a ${message.event} message came to the parent`);
    monitors.push(stage.handle(message.child, reply));
  });
  const child = await (await stage.thread()).fork();
  const expected = Array.from({ length: pages }, (_, i) => SEED + i);
  const first = await child.each(memory.address, half, pageSize, true);
  assert.deepEqual(first, expected.slice(0, half), 'the first half');
  const moved = await child.run('mremap', memory.address, memory.byteLength, memory.byteLength, place);
  assert.deepEqual([moved.errno, moved.value], [undefined, place], 'mremap');
  assert.equal(base, place, 'where the remap event said it went');
  const second = await child.each(place + BigInt(half * pageSize), half, pageSize, true);
  assert.deepEqual(second, expected.slice(half), 'the second half');
  const whole = await child.run('check', place, memory.byteLength, pageSize, SEED, 1);
  assert.equal(Number(whole.value), memory.byteLength, 'where the content differs');
  const released = await child.run('madvise', place, memory.byteLength, ADVICE[kind.release]);
  assert.equal(released.errno, undefined, 'release');
  const zeros = await child.run('check', place, memory.byteLength, pageSize, 0, 0);
  assert.deepEqual([zeros.signal, Number(zeros.value)], [undefined, memory.byteLength], 'where zeros end');
  assert.equal(await child.end(), 0, "the child's exit code");
  const [monitor] = monitors;
  assert.ok(monitor, 'a fork event');
  await monitor.close();
  await parent.close();
  const { missing, wp: writes, minor, remap, remove } = monitor.counts;
  assert.deepEqual({ missing, writes, minor }, { missing: pages, writes: wp ? pages : 0, minor: 0 }, 'faults');
  assert.deepEqual({ remap, remove }, { remap: 1, remove: 1 }, 'events');
  assert.equal(monitors.length, 1, 'fork events');
  return undefined;
}

export const EVENT_TESTS: readonly Test[] = [
  {
    name: 'events',
    memory: ALL,
    verifies:
      'a child followed by FORK, REMAP and REMOVE: a fault a page, its content, and zeros once it is given back',
    run: (stage) => checkEvents(stage, false),
  },
  {
    name: 'events-wp',
    memory: ALL,
    verifies: 'the same with pages copied write-protected: two faults a page',
    run: (stage) => checkEvents(stage, true),
  },
];
