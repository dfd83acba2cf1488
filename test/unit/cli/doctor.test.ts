import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { describe } from '../../../src/cli/doctor.js';
import type { Capabilities } from '../../../src/index.js';

const test = suite('cli doctor');
const WORKS = { works: true, why: null, hint: null };
const USES = { code: WORKS, systemCalls: WORKS, run: WORKS, serve: WORKS, migrate: WORKS, trap: WORKS };

const MACHINE: Capabilities = {
  kernel: '6.8.0',
  machine: 'linux-arm64-musl',
  addon: 'prebuilds/linux-arm64-musl',
  userfaultfd: {
    available: true,
    kernelFaults: false,
    via: 'syscall',
    features: ['UFFD_FEATURE_MOVE', 'poison', 'RWP'],
    ioctls: ['UFFDIO_COPY', '_UFFDIO_WAKE'],
  },
  trap: { available: true, pages: 30000, guardPages: true },
  core: 'native',
  advice: ['Do this.'],
};

test('every feature has a line, whatever prefix the kernel gives it', () => {
  const text = describe(MACHINE, USES);
  assert.match(text, /native parts +prebuilds\/linux-arm64-musl/);
  assert.match(text, /MOVE +6\.8 +yes/);
  assert.match(text, /POISON +6\.6 +yes/);
  assert.match(text, /WP_ASYNC +6\.7 +no/);
  assert.match(text, /RWP +\? +yes/);
  assert.match(text, /COPY +yes/);
  assert.match(text, /WAKE +yes/);
  assert.match(text, /kernel faults +no/);
  assert.match(text, /trap +yes .* by guard pages/);
  assert.match(text, /- Do this\./);
});

test('a use that the system refuses has a command for the host, for Docker and for systemd', () => {
  const ways = { note: null, host: 'sudo this', docker: 'docker that', systemd: 'systemd-run it' };
  const refused = { works: false, why: 'not permitted', hint: 'a hint', ways };
  const text = describe(MACHINE, { ...USES, run: refused });
  assert.match(
    text,
    /farpage run +no {2}not permitted\n +→ host +sudo this\n +→ Docker +docker that\n +→ systemd +systemd-run it\n/,
  );
  assert.doesNotMatch(text, /a hint/);
  assert.match(text, /engine trap +yes {2}largest limit 117 MiB in pages of 4 KiB, 58\.6 GiB in pages of 2 MiB/);
});

test('a machine without it gets advice', () => {
  const userfaultfd = { available: false, kernelFaults: false, via: null, features: [], ioctls: [] };
  const trap = { available: true, pages: 1000, guardPages: false };
  const text = describe(
    {
      kernel: '4.4',
      machine: 'linux-x64-glibc',
      addon: null,
      userfaultfd,
      trap,
      core: 'v8',
      advice: ['Install a newer kernel.'],
    },
    {
      ...USES,
      run: { works: false, why: 'it cannot', hint: 'type this' },
    },
  );
  assert.match(text, /farpage run +no {2}it cannot\n +→ type this/);
  assert.match(text, /MOVE +6\.8 +\?/, 'nobody has asked the kernel');
  assert.doesNotMatch(text, /All uses work/);
  assert.match(text, /engine +trap/);
  assert.match(text, /trap +yes .* by mprotect/);
  assert.match(text, /userfaultfd +no/);
  assert.match(text, /Install a newer kernel/);
});

test('a trap serves inline too, with a compiled core', () => {
  const userfaultfd = { available: false, kernelFaults: false, via: null, features: [], ioctls: [] };
  const machine = { kernel: '6.1', machine: 'linux-x64-glibc', addon: null, userfaultfd, advice: [] };
  const said = (core: 'native' | 'v8', available: boolean) =>
    describe({ ...machine, trap: { available, pages: 1000, guardPages: false }, core }, USES);
  assert.match(said('native', true), /faults +inline yes/);
  assert.match(said('v8', true), /faults +inline no/);
  assert.match(said('native', false), /faults +inline no/);
});

test.run();
