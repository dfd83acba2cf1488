// Tests of UFFDIO_POISON: a touch of a poisoned page is a SIGBUS.
import assert from 'node:assert/strict';
import { ALL } from '../kinds.js';
import { asFault, done, rangeOf } from '../stage.js';
import type { Test } from '../test.js';

const PAGES = 4;
const SEED = 80;
/** <signal.h> */
const SIGBUS = 7;

const poison: Test = {
  name: 'poison',
  memory: ALL,
  verifies:
    'faults on even pages answered by UFFDIO_POISON are SIGBUS, also the next time; odd ones by COPY are content',
  async run(stage) {
    const { kind, pageSize } = stage;
    const uffd = stage.open([...kind.features.missing, 'POISON']);
    const memory = stage.memory(PAGES);
    const source = stage.source(PAGES, SEED);
    const { ioctls } = uffd.register(rangeOf(memory), { missing: true });
    for (const ioctl of ['COPY', 'POISON'] as const) assert.ok(ioctls.includes(ioctl), `${ioctl} is offered`);
    const handler = stage.handle(uffd, async (message) => {
      const offset = asFault(message, 'missing').address - memory.address;
      const page = offset / BigInt(pageSize);
      const at = page * BigInt(pageSize);
      const call =
        page % 2n === 0n
          ? () => uffd.poison(memory.address + at, pageSize)
          : () => uffd.copy(memory.address + at, source.address + at, pageSize);
      done(await stage.settle(call), pageSize);
    });
    const thread = await stage.thread();
    const expected = [`signal ${SIGBUS}`, SEED + 1, `signal ${SIGBUS}`, SEED + 3];
    assert.deepEqual(await thread.each(memory.address, PAGES, pageSize), expected, 'the first time');
    assert.deepEqual(await thread.each(memory.address, PAGES, pageSize), expected, 'the second time');
    await handler.close();
    assert.equal(handler.counts.missing, PAGES, 'missing faults');
    return undefined;
  },
};

export const POISON_TESTS: readonly Test[] = [poison];
