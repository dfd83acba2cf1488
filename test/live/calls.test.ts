// covers: native/calls/, native/inline/, native/trap/, native/endings/, src/pager/faults.ts
// System calls of Node.js on absent pages where the kernel's own accesses are not served.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { play } from './play.js';

const test = suite('system calls');
const budget = 120_000;

const KINDS = [
  ['inline', { pager: { faults: 'inline' } }],
  ['inline, shared memory', { pager: { faults: 'inline' }, memory: 'shared' }],
  ['trap', { pager: { engine: 'trap', pageSize: '16KiB' } }],
  ['trap with a loop', { pager: { engine: 'trap', faults: 'loop', pageSize: '16KiB' } }],
] as const;

for (const [name, kind] of KINDS) {
  test(`${name}: files, by every synchronous call`, async () => {
    const found = await play<{ evicted: boolean; short: number }>('calls', 'files', kind, { budget });
    assert.deepEqual([found.evicted, found.short], [true, 1000]);
  });

  test(`${name}: files, in the threads of the pool and by streams`, () =>
    play('calls', 'files in the pool', kind, { budget }));

  for (const host of ['tcp', 'unix']) {
    test(`${name}: a socket of ${host} sends from and receives into the region`, async () => {
      assert.equal(await play('calls', 'sockets', { ...kind, host }, { budget }), true);
    });
  }

  test(`${name}: no datagram is lost or cut`, async () => {
    assert.equal(await play('calls', 'datagrams', kind, { budget }), true);
  });

  test(`${name}: a child’s input, a request’s body, zlib`, async () => {
    const found = await play('calls', 'a child and a web server', kind, { budget });
    assert.deepEqual(found, { child: true, web: true, unzipped: true });
  });

  test(`${name}: a page that nobody can bring in is EFAULT, and the process goes on`, async () => {
    assert.deepEqual(await play('calls', 'pages that nobody can bring in', kind, { budget }), ['EFAULT', 'EFAULT']);
  });
}

test('FARPAGE_DIRECT_CALLS=1: no call is changed', async () => {
  const found = await play<{ code: string }>(
    'calls',
    'as they are',
    { pager: { faults: 'inline' } },
    { env: { FARPAGE_DIRECT_CALLS: '1' } },
  );
  assert.equal(found.code, 'EFAULT');
});

test('by default the faulting thread serves where system calls work either way', async () => {
  const served = await play<{ served: string; serves: boolean }>('calls', 'by default');
  assert.deepEqual([served.served, served.serves], ['inline', true]);
  const direct = await play<{ served: string; serves: boolean; kernel: boolean }>(
    'calls',
    'by default',
    {},
    { env: { FARPAGE_DIRECT_CALLS: '1' } },
  );
  assert.deepEqual([direct.served, direct.serves], [direct.kernel ? 'loop' : 'inline', false]);
});

test.run();
