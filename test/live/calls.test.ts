// parts: 3
// covers: native/calls/, native/inline/, native/trap/, native/endings/, src/pager/faults.ts
// System calls of Node.js on absent pages where the kernel's own accesses are not served.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { makeRefusal } from '../support/process/refuse.js';
import { describe, play, run } from './play.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-calls-'));
const test = suite('system calls');
test.after(() => rmSync(folder, { recursive: true }));
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

  test(`${name}: a page that nobody can bring in is EFAULT, and the process continues`, async () => {
    assert.deepEqual(await play('calls', 'pages that nobody can bring in', kind, { budget }), ['EFAULT', 'EFAULT']);
  });
}

for (const kind of [{ faults: 'inline' }, { engine: 'trap', pageSize: '16KiB' }]) {
  test(`handlers and calls of another addon, ${kind.engine ?? kind.faults}: faults are none of its crashes`, async () => {
    const addon = path.join(folder, 'stranger.node');
    const source = path.join(ROOT, 'test/live/programs/stranger.c');
    execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-shared', '-fPIC', '-o', addon, source]);
    const result = await run('calls', 'handlers of others', { pager: kind, addon }, { budget });
    assert.equal(result.code, 99, describe(result));
    assert.equal(result.stdout, 'heard 1, zeros\ncrashed by SIGBUS\n');
    assert.equal(result.stderr, '');
  });
}

test('a preloaded library that defines the functions stays between', async () => {
  const env = makeRefusal(folder);
  const kind = { pager: { faults: 'inline' } };
  const found = await play<{ evicted: boolean }>('calls', 'files', kind, { budget, env });
  assert.equal(found.evicted, true);
});

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
