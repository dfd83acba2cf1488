// Tests of the handshake: UFFDIO_API with known, unknown and repeated requests.
import assert from 'node:assert/strict';
import { PagerError } from '../../errors.js';
import { Userfaultfd } from '../../userfaultfd/index.js';
import { Skip } from '../result.js';
import { done, rangeOf } from '../stage.js';
import type { Test, Way } from '../test.js';

const WRONG_API = 0xabn;
const UNKNOWN_FEATURE = 1n << 63n;

/** A descriptor without a handshake. Without privilege the system call gives one for user faults alone. */
function bare(via: Way): Userfaultfd {
  try {
    return new Userfaultfd({ via, handshake: false });
  } catch (error) {
    if (!(error instanceof PagerError) || (error.errno !== 'EPERM' && error.errno !== 'EACCES')) throw error;
    if (via === 'device') throw new Skip(`this user may not open /dev/userfaultfd (${error.errno})`);
    return new Userfaultfd({ via, handshake: false, userModeOnly: true });
  }
}

const api: Test = {
  name: 'api',
  memory: ['syscall', 'device'],
  verifies: 'UFFDIO_API: a wrong version and an unknown feature are refused, then it is granted, and only once',
  run(_stage, memory) {
    if (memory !== 'syscall' && memory !== 'device') throw new Error(`${memory} is no way to a descriptor`);
    const uffd = bare(memory);
    assert.equal(uffd.api({ api: WRONG_API }).errno, 'EINVAL', 'a wrong version');
    assert.equal(uffd.api({ features: UNKNOWN_FEATURE }).errno, 'EINVAL', 'an unknown feature');
    const granted = uffd.api();
    assert.equal(granted.errno, undefined, 'a plain handshake');
    assert.ok(granted.features.includes('PAGEFAULT_FLAG_WP'), `features: ${granted.features.join(' ')}`);
    for (const ioctl of ['API', 'REGISTER', 'UNREGISTER'] as const) {
      assert.ok(granted.ioctls.includes(ioctl), `ioctls: ${granted.ioctls.join(' ')}`);
    }
    assert.equal(uffd.api().errno, 'EINVAL', 'a second handshake');
    uffd.close();
    return undefined;
  },
};

const secondApi: Test = {
  name: 'second-api',
  memory: ['anon'],
  verifies: 'a second UFFDIO_API is refused with EINVAL, whatever it asks for, and the descriptor still works',
  run(stage) {
    const uffd = stage.open([]);
    const memory = stage.memory(1);
    uffd.register(rangeOf(memory), { missing: true });
    assert.equal(uffd.api().errno, 'EINVAL', 'without features');
    assert.equal(uffd.api({ features: ['EVENT_REMAP'] }).errno, 'EINVAL', 'with a feature');
    done(uffd.copy(memory.address, stage.source(1, 7).address, stage.pageSize), stage.pageSize);
    assert.equal(new Uint8Array(memory.buffer)[0], 7);
    return undefined;
  },
};

export const API_TESTS: readonly Test[] = [api];
export const SECOND_API: Test = secondApi;
