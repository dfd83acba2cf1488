// Each call of farpage/userfaultfd, done and refused, with the errno that the kernel documents. Nothing is touched absent.
import assert from 'node:assert/strict';
import {
  anonymous,
  type Feature,
  hugePages,
  pageFlags,
  type Range,
  scanWritten,
  sharedMemory,
  Userfaultfd,
  viewOf,
} from '../../../src/userfaultfd/index.js';
import { perform } from './kit.js';
import { done, filled, Hand, HUGE, PAGE, rangeOf, refused, thrown } from './userfaultfd-kit.js';

const at = (memory: { address: bigint }, page: number) => memory.address + BigInt(page * PAGE);
const NOWHERE = 0x1000n;

function make(pages: number, features: readonly Feature[] = [], modes = { missing: true, wp: false }) {
  const uffd = new Userfaultfd({ features });
  const memory = anonymous(pages * PAGE);
  const { ioctls } = uffd.register(rangeOf(memory), modes);
  return { uffd, memory, ioctls, byte: (page: number) => new Uint8Array(viewOf(at(memory, page), PAGE))[0] };
}

await perform({
  async handshake() {
    const { features, ioctls, available, via } = Userfaultfd.probe();
    assert.deepEqual([available, via], [true, 'device']);
    assert.ok(features.includes('MOVE') && ioctls.includes('API') && ioctls.includes('CONTINUE'));
    for (const wrong of [{ api: 0x12n }, { features: 1n << 63n }, { features: 1n << 62n }]) {
      const raw = new Userfaultfd({ handshake: false });
      assert.deepEqual(raw.api(wrong), { features: [], ioctls: [], errno: 'EINVAL' });
      raw.close();
    }
    for (const how of ['device', 'syscall', 'auto'] as const) {
      const raw = new Userfaultfd({ via: how, handshake: false });
      assert.equal(thrown(() => raw.read()).code, 'OPTION');
      assert.equal(thrown(() => raw.batches()).code, 'OPTION');
      assert.deepEqual(raw.api({ features: ['THREAD_ID'] }).features, features);
      assert.deepEqual([...raw.features], ['THREAD_ID']);
      assert.deepEqual(raw.api(), { features: [], ioctls: [], errno: 'EINVAL' });
      assert.deepEqual(raw.read(), []);
      raw.close();
      raw.close();
      assert.equal(raw.fd, -1);
    }
    assert.equal(thrown(() => new Userfaultfd({ features: ['RWP' as Feature] })).code, 'OPTION');
    const blocking = new Userfaultfd({ nonblock: false });
    assert.deepEqual(
      thrown(() => blocking.batches()),
      { code: 'OPTION', errno: undefined, hint: true },
    );
    blocking.close();
  },

  async register() {
    const { uffd, memory, ioctls } = make(4, ['PAGEFAULT_FLAG_WP'], { missing: true, wp: true });
    assert.deepEqual(ioctls, ['WAKE', 'COPY', 'ZEROPAGE', 'MOVE', 'WRITEPROTECT', 'POISON']);
    const other = new Userfaultfd();
    const wrong: Array<[Range, object]> = [
      [rangeOf(memory), {}],
      [rangeOf(memory), { minor: true }],
      [{ start: memory.address + 1n, byteLength: PAGE }, { missing: true }],
      [{ start: memory.address, byteLength: 0 }, { missing: true }],
    ];
    for (const [range, modes] of wrong) {
      assert.deepEqual(
        thrown(() => uffd.register(range, modes)),
        { code: 'REGION', errno: 'EINVAL', hint: true },
        JSON.stringify(modes),
      );
    }
    assert.deepEqual(
      thrown(() => other.register(rangeOf(memory), { missing: true })),
      { code: 'REGION', errno: 'EBUSY', hint: true },
    );
    uffd.unregister(rangeOf(memory));
    other.register(rangeOf(memory), { missing: true });
    assert.equal(thrown(() => other.unregister({ start: NOWHERE, byteLength: 1 })).errno, 'EINVAL');
    other.close();
    uffd.close();
    assert.deepEqual(thrown(() => uffd.register(rangeOf(memory), { missing: true })).code, 'CLOSED');
    assert.equal(thrown(() => uffd.read()).code, 'CLOSED');
    assert.deepEqual(uffd.wake(memory.address, PAGE), refused('failed', 'EBADF'));
  },

  async copy() {
    const { uffd, memory, byte } = make(8, ['PAGEFAULT_FLAG_WP'], { missing: true, wp: true });
    const source = filled(8);
    assert.deepEqual(uffd.copy(at(memory, 2), source.address, PAGE), done(PAGE));
    assert.deepEqual(uffd.copy(at(memory, 2), source.address, PAGE), refused('present', 'EEXIST'));
    // Part of the way: up to the page that is there, and the next answer says why.
    assert.deepEqual(uffd.copy(memory.address, source.address, 4 * PAGE), refused('changing', 'EAGAIN', 2 * PAGE));
    assert.deepEqual([byte(0), byte(1), byte(2)], [1, 2, 1]);
    assert.deepEqual(uffd.copy(at(memory, 3), source.address, PAGE, { writeProtect: true }), done(PAGE));
    assert.equal(pageFlags({ start: at(memory, 3), byteLength: PAGE })[0]?.uffdWp, true);
    assert.deepEqual(uffd.copy(at(memory, 4), source.address + 1n, PAGE, { wake: false }), done(PAGE));
    assert.deepEqual(uffd.copy(at(memory, 5) + 1n, source.address, PAGE), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.copy(at(memory, 5), source.address, PAGE - 1), refused('failed', 'EINVAL'));
    for (const length of [-PAGE, 0.5, Number.NaN, 2 ** 60]) {
      assert.deepEqual(uffd.copy(at(memory, 5), source.address, length), refused('failed', 'EINVAL'), `${length}`);
    }
    assert.deepEqual(uffd.copy(at(memory, 5), NOWHERE, PAGE), refused('failed', 'EFAULT'));
    assert.deepEqual(uffd.copy(source.address, memory.address, PAGE), refused('gone', 'ENOENT'));
    assert.throws(() => uffd.copy(5 as unknown as bigint, source.address, PAGE), TypeError);
    uffd.close();
    assert.deepEqual(uffd.copy(at(memory, 5), source.address, PAGE), refused('failed', 'EBADF'));
  },

  async zeropage() {
    const { uffd, memory, byte } = make(4);
    assert.deepEqual(uffd.zeropage(at(memory, 2), PAGE), done(PAGE));
    assert.deepEqual(uffd.zeropage(at(memory, 2), PAGE), refused('present', 'EEXIST'));
    assert.deepEqual(uffd.zeropage(memory.address, 4 * PAGE, { wake: false }), refused('changing', 'EAGAIN', 2 * PAGE));
    assert.equal(byte(1), 0);
    assert.deepEqual(uffd.zeropage(at(memory, 3), 1), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.zeropage(filled(1).address, PAGE), refused('gone', 'ENOENT'));
  },

  async move() {
    const { uffd, memory, byte } = make(8, ['MOVE']);
    const source = filled(8);
    assert.deepEqual(uffd.move(memory.address, source.address, PAGE), done(PAGE));
    assert.equal(byte(0), 1);
    assert.deepEqual(
      pageFlags({ start: source.address, byteLength: 2 * PAGE }).map(({ present }) => present),
      [false, true],
    );
    assert.deepEqual(uffd.move(memory.address, at(source, 1), PAGE), refused('present', 'EEXIST'));
    assert.deepEqual(uffd.move(at(memory, 1), source.address, PAGE), refused('gone', 'ENOENT'));
    assert.deepEqual(uffd.move(at(memory, 1), source.address, 2 * PAGE, { allowSourceHoles: true }), done(2 * PAGE));
    assert.deepEqual(uffd.move(at(memory, 4), at(source, 4) + 1n, PAGE), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.move(at(memory, 4), at(source, 4), PAGE, { wake: false }), done(PAGE));
    assert.equal(byte(4), 5);
  },

  async continue() {
    const uffd = new Userfaultfd({ features: ['MINOR_SHMEM', 'PAGEFAULT_FLAG_WP', 'WP_HUGETLBFS_SHMEM'] });
    const memory = sharedMemory(8 * PAGE);
    assert.ok(uffd.register(rangeOf(memory), { minor: true, wp: true }).ioctls.includes('CONTINUE'));
    const { alias } = memory;
    assert.ok(alias);
    const written = new Uint8Array(alias.buffer, 0, 4 * PAGE);
    written.fill(7);
    assert.deepEqual(uffd.continue(memory.address, PAGE), done(PAGE));
    assert.equal(new Uint8Array(memory.buffer)[0], 7);
    assert.deepEqual(uffd.continue(memory.address, PAGE), refused('present', 'EEXIST'));
    assert.deepEqual(uffd.continue(at(memory, 1), PAGE, { writeProtect: true, wake: false }), done(PAGE));
    assert.equal(pageFlags({ start: at(memory, 1), byteLength: PAGE })[0]?.uffdWp, true);
    assert.deepEqual(uffd.continue(at(memory, 3), 2 * PAGE), refused('changing', 'EAGAIN', PAGE));
    assert.deepEqual(uffd.continue(at(memory, 5), PAGE), refused('failed', 'EFAULT'));
    assert.deepEqual(uffd.continue(alias.address, PAGE), refused('gone', 'ENOENT'));
    assert.deepEqual(uffd.continue(at(memory, 5), 1), refused('failed', 'EINVAL'));
    memory.close();
  },

  async poison() {
    const { uffd, memory } = make(4, ['POISON']);
    assert.deepEqual(uffd.poison(memory.address, PAGE), done(PAGE));
    assert.deepEqual(uffd.poison(memory.address, PAGE), refused('present', 'EEXIST'));
    assert.deepEqual(uffd.poison(at(memory, 1), 1), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.poison(filled(1).address, PAGE, { wake: false }), refused('gone', 'ENOENT'));
  },

  async 'a touch of poison'() {
    const { uffd, memory } = make(1, ['POISON']);
    uffd.poison(memory.address, PAGE);
    return new Uint8Array(memory.buffer)[0];
  },

  async writeProtect() {
    const { uffd, memory, byte } = make(4, ['PAGEFAULT_FLAG_WP'], { missing: true, wp: true });
    uffd.copy(memory.address, filled(4).address, 4 * PAGE);
    const protectedNow = () => pageFlags(rangeOf(memory)).map(({ uffdWp }) => uffdWp);
    assert.deepEqual(uffd.writeProtect(at(memory, 1), 2 * PAGE), done(2 * PAGE));
    assert.deepEqual(protectedNow(), [false, true, true, false]);
    assert.deepEqual(uffd.writeProtect(at(memory, 1), PAGE, { on: false }), done(PAGE));
    assert.deepEqual(uffd.writeProtect(at(memory, 2), PAGE, { on: false, wake: false }), done(PAGE));
    assert.deepEqual(protectedNow(), [false, false, false, false]);
    assert.deepEqual(uffd.writeProtect(memory.address, PAGE, { on: true, wake: false }), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.writeProtect(memory.address, 1), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.writeProtect(filled(1).address, PAGE), refused('gone', 'ENOENT'));
    assert.equal(byte(3), 4);
  },

  async wake() {
    const { uffd, memory } = make(4);
    assert.deepEqual(uffd.wake(memory.address, 4 * PAGE), done(4 * PAGE));
    assert.deepEqual(uffd.wake(memory.address + 1n, PAGE), refused('failed', 'EINVAL'));
    assert.deepEqual(uffd.wake(memory.address, 0), refused('failed', 'EINVAL'));
  },

  async 'while the mapping changes'() {
    const { uffd, memory } = make(8, ['EVENT_REMOVE']);
    const source = filled(8);
    uffd.copy(memory.address, source.address, PAGE);
    const hand = new Hand(memory);
    const advised = hand.do({ do: 'advise', start: memory.address, byteLength: PAGE, advice: 'DONTNEED' });
    await hand.begun();
    // The other thread is in madvise, and stays there until the event is read.
    const attempts = [
      () => uffd.copy(at(memory, 1), source.address, PAGE),
      () => uffd.zeropage(at(memory, 2), PAGE),
      () => uffd.move(at(memory, 3), at(source, 3), PAGE),
      () => uffd.poison(at(memory, 4), PAGE),
    ] as const;
    while (uffd.copy(at(memory, 7), source.address, PAGE).outcome !== 'changing') {
      memory.advise('COLD', 7 * PAGE, PAGE);
      uffd.wake(memory.address, PAGE);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    for (const attempt of attempts) assert.deepEqual(attempt(), refused('changing', 'EAGAIN'));
    const messages = uffd.read();
    assert.deepEqual(messages, [{ event: 'remove', start: memory.address, end: at(memory, 1) }]);
    await advised;
    assert.deepEqual(attempts[0](), done(PAGE));
    await hand.end();
  },

  async 'huge pages'() {
    for (const options of [{}, { shared: true }, { private: true }]) {
      using memory = hugePages(2 * HUGE, options);
      using source = filled(HUGE / PAGE);
      assert.equal(memory.address % BigInt(HUGE), 0n);
      const uffd = new Userfaultfd({ features: ['MISSING_HUGETLBFS', 'MINOR_HUGETLBFS'] });
      assert.deepEqual(uffd.register(rangeOf(memory), { missing: true }).ioctls, ['WAKE', 'COPY', 'POISON']);
      assert.deepEqual(uffd.copy(memory.address, source.address, PAGE), refused('failed', 'EINVAL'));
      assert.deepEqual(uffd.zeropage(memory.address, HUGE), refused('failed', 'EINVAL'));
      assert.deepEqual(uffd.copy(memory.address, source.address, HUGE), done(HUGE));
      assert.deepEqual(uffd.copy(memory.address, source.address, HUGE), refused('present', 'EEXIST'));
      assert.equal(new Uint8Array(memory.buffer)[5 * PAGE], 6);
      uffd.close();
      const { alias } = memory;
      if (alias === undefined || 'private' in options) continue;
      const minor = new Userfaultfd({ features: ['MINOR_HUGETLBFS'] });
      minor.register(rangeOf(memory), { minor: true });
      new Uint8Array(alias.buffer)[HUGE] = 9;
      assert.deepEqual(minor.continue(memory.address + BigInt(HUGE), HUGE), done(HUGE));
      assert.equal(new Uint8Array(memory.buffer)[HUGE], 9);
      minor.close();
    }
    assert.deepEqual(
      thrown(() => hugePages(2 ** 20 * HUGE, { reserve: true })),
      { code: 'REGION', errno: 'ENOMEM', hint: true },
    );
    using reserved = hugePages(HUGE, { reserve: true });
    assert.equal(reserved.kind, 'huge-anonymous');
  },

  async 'no huge pages'() {
    return thrown(() => hugePages(HUGE));
  },

  async 'written pages'() {
    const pages = 5000;
    const uffd = new Userfaultfd({ features: ['PAGEFAULT_FLAG_WP', 'WP_ASYNC'] });
    assert.deepEqual([...uffd.features], ['PAGEFAULT_FLAG_WP', 'WP_UNPOPULATED', 'WP_ASYNC']);
    const memory = anonymous(2 * pages * PAGE);
    memory.advise('NOHUGEPAGE');
    uffd.register(rangeOf(memory), { wp: true });
    uffd.writeProtect(memory.address, memory.byteLength);
    const bytes = new Uint8Array(memory.buffer);
    const scan = (clear: boolean) =>
      [...scanWritten(rangeOf(memory), { clear })].flatMap(({ start, byteLength }) => {
        const first = Number(start - memory.address) / PAGE;
        return Array.from({ length: byteLength / PAGE }, (_, page) => first + page);
      });
    assert.deepEqual(scan(true), []);
    // More ranges than one call of the kernel's gives, a run of neighbours among them.
    const written = [...Array.from({ length: pages }, (_, page) => 2 * page), 2 * pages - 1];
    for (const page of written) bytes[page * PAGE + 5] = 1;
    assert.deepEqual(scan(false), written);
    assert.deepEqual(scan(true), written);
    assert.deepEqual(scan(true), []);
    bytes[7 * PAGE] = 2;
    assert.equal(bytes[8 * PAGE + 5], 1); // reading is not writing
    assert.deepEqual(scan(true), [7]);
    // Only what is taken is cleared.
    for (const page of written) bytes[page * PAGE] = 3;
    for (const range of scanWritten(rangeOf(memory), { clear: true })) {
      assert.equal(range.start, memory.address);
      break;
    }
    assert.deepEqual(scan(true), written.slice(4096));
    using other = filled(1);
    assert.deepEqual(
      thrown(() => [...scanWritten(rangeOf(other))]),
      { code: 'PERMISSION', errno: 'EPERM', hint: true },
    );
    assert.equal(thrown(() => [...scanWritten({ start: 1n, byteLength: PAGE })]).errno, 'EINVAL');
  },
});
