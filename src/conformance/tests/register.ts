// Tests of registration: the ioctls that a range offers, and ZEROPAGE where it is not one of them.
import assert from 'node:assert/strict';
import { PagerError } from '../../errors.js';
import type { Feature, Ioctl, Memory, Userfaultfd } from '../../userfaultfd/index.js';
import { ALL } from '../kinds.js';
import { done, rangeOf, refused } from '../stage.js';
import type { Test } from '../test.js';

interface Modes {
  missing: boolean;
  wp: boolean;
  minor: boolean;
}

const EVERY_MODE: readonly Modes[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  missing: (bits & 1) !== 0,
  wp: (bits & 2) !== 0,
  minor: (bits & 4) !== 0,
}));

function register(uffd: Userfaultfd, memory: Memory, modes: Modes): readonly Ioctl[] | string {
  try {
    return uffd.register(rangeOf(memory), modes).ioctls;
  } catch (error) {
    if (error instanceof PagerError && error.errno !== undefined) return error.errno;
    throw error;
  }
}

const registerIoctls: Test = {
  name: 'register-ioctls',
  memory: ALL,
  verifies: 'the calls that UFFDIO_REGISTER offers for each of the eight modes; EINVAL for none, and for MINOR on anon',
  run(stage) {
    const { missing, wp, minor } = stage.kind.features;
    const features = new Set<Feature>([...missing, ...wp, ...minor]);
    const uffd = stage.open([...features]);
    const memory = stage.memory(1);
    for (const modes of EVERY_MODE) {
      const text = JSON.stringify(modes);
      const offered = register(uffd, memory, modes);
      const none = !modes.missing && !modes.wp && !modes.minor;
      if (none || (modes.minor && stage.kind.name === 'anon')) {
        assert.equal(offered, 'EINVAL', text);
        continue;
      }
      const expected: Ioctl[] = ['WAKE'];
      if (modes.missing) expected.push('COPY');
      if (modes.wp) expected.push('WRITEPROTECT');
      if (modes.minor) expected.push('CONTINUE');
      for (const ioctl of expected) assert.ok(offered.includes(ioctl), `${text}: no ${ioctl} among ${offered}`);
      uffd.unregister(rangeOf(memory));
    }
    return undefined;
  },
};

const zeropage: Test = {
  name: 'zeropage',
  memory: ALL,
  verifies: 'UFFDIO_ZEROPAGE gives zeros, and EEXIST the second time and at the alias; EINVAL on huge pages',
  run(stage) {
    const { kind, pageSize } = stage;
    const uffd = stage.open(kind.features.missing);
    const memory = stage.memory(1);
    const { ioctls } = uffd.register(rangeOf(memory), { missing: true });
    assert.equal(ioctls.includes('ZEROPAGE'), !kind.huge, 'ZEROPAGE is offered');
    const first = uffd.zeropage(memory.address, pageSize);
    if (kind.huge) {
      refused(first, 'failed', 'EINVAL');
      return undefined;
    }
    done(first, pageSize);
    refused(uffd.zeropage(memory.address, pageSize), 'present', 'EEXIST');
    if (kind.shared) {
      assert.ok(memory.alias, 'shared memory has an alias');
      const alias = { start: memory.alias.address, byteLength: pageSize };
      uffd.register(alias, { missing: true });
      refused(uffd.zeropage(alias.start, pageSize), 'present', 'EEXIST');
    }
    assert.ok(
      new Uint8Array(memory.buffer).every((byte) => byte === 0),
      'zeros',
    );
    return undefined;
  },
};

export const REGISTER_TESTS: readonly Test[] = [registerIoctls, zeropage];
