// budget: 240 s
// variants: engine trap, faults inline
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { startChild } from '../support/process/child.js';
import { describe, play, program, run, told } from './play.js';

const test = suite('outages');

for (const mood of ['fails', 'never'] as const) {
  test(`a load while the store ${mood === 'fails' ? 'is away' : 'does not answer'} rejects, and poisons nothing`, async () => {
    const name = 'loads, prefetches and readahead while the store is away';
    assert.deepEqual(await play('outages', name, { mood }), {
      codes: ['STORE_READ', 'STORE_READ', 'STORE_READ'],
      read: [9, 9, 9, 9, 0],
      pinnedPages: 0,
    });
  });
}

test('load, flush, evict and close end within the patience, whatever the store does', async () => {
  const { stderr, ...result } = await run('outages', 'every wait has an end');
  const { read, flush, evict, close } = told<Record<string, { code: string; waits: number }>>({ ...result, stderr });
  assert.equal(read?.code, 'STORE_READ');
  assert.equal(flush?.code, 'STORE_WRITE');
  assert.equal(evict?.code, 'STORE_WRITE');
  // A tick of the clock more than one, on a machine that does much else.
  for (const each of [read, flush, evict]) assert.ok((each?.waits ?? 9) <= 2, JSON.stringify({ read, flush, evict }));
  assert.ok(Number(close) <= 2, String(close));
  assert.match(stderr, /your store cannot be written: it has not answered within 2000 ms/);
});

test('a store that fails all the time is given up after one patience, not after several', async () => {
  const result = await run('outages', 'a failing store is given up after one patience');
  const { read, flush, evict, value } = told<Record<string, { code: string; waits: number }>>(result);
  for (const each of [read, flush, evict]) assert.ok((each?.waits ?? 9) <= 2, JSON.stringify({ read, flush, evict }));
  assert.equal(value, 7);
});

test('a module that never answers costs its own pages, and no other region’s', async () => {
  const { codes, sum } = await play<{ codes: string[]; sum: number }>('outages', 'a module store that never answers');
  assert.deepEqual(codes, ['STORE_READ']);
  assert.equal(sum, 3 * 512 * 4096);
});

test('a thread that touches a page that never comes gets SIGBUS, after one line', async () => {
  const result = await run('outages', 'a thread touches what never comes');
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(
    result.stderr,
    /^farpage: region 1, page 8: cannot be read from your store: it has not answered within 300 ms[^\n]*SIGBUS\n$/,
  );
});

test('time in which the process was stopped is not counted', async () => {
  const child = startChild(program('outages'), {
    args: ['a process that is stopped while a thread waits'],
  });
  await child.waitFor(/waits/);
  child.kill('SIGSTOP');
  await sleep(3500);
  child.kill('SIGCONT');
  child.write('back\n');
  const result = await child.result;
  assert.equal(result.signal, null, describe(result));
  assert.deepEqual(told(result), { value: 0x09090909 });
});

test.run();
