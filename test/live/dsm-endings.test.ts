// budget: 600 s
// parts: 2
// covers: src/dsm/, native/door/guard, src/userfaultfd/guard
// A node ends, in every way in which a thread can: a touch of its region is SIGBUS then, never zeros, and no thread waits on.
import assert from 'node:assert/strict';
import { HomeProcess, Talker } from '../support/dsm/nodes.js';
import { suite } from '../support/parts.js';

const test = suite('a node that ends');
const ENDING = 'dist/test/support/dsm/ending.js';
const WAYS = ['terminate', 'exit', 'throw', 'memory', 'close', 'joiner-exit', 'joiner-terminate'];
const TOUCHES = ['present', 'absent', 'waiting'];
const open: Array<{ end(): Promise<void> }> = [];

test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
});

/** The end of a process whose node ends so while its home does not answer. */
async function endOf(way: string, touch: string, lease = 60_000): Promise<Awaited<Talker['exited']>> {
  const home = await HomeProcess.start(['--lease', String(lease)]);
  open.push(home);
  const process = new Talker([ENDING, way, touch, home.url]);
  open.push(process);
  assert.equal(await process.line('the node'), 'ready');
  home.kill('SIGSTOP');
  process.process.stdin.write('end\n');
  // The next line would be what it read.
  await assert.rejects(process.line('a touch'), /the process has ended/);
  return process.exited;
}

for (const way of WAYS) {
  for (const touch of TOUCHES) {
    test(`${way}: a touch of a page, ${touch}, is SIGBUS`, async () => {
      const { signal } = await endOf(way, touch);
      // V8 may end the whole process in place of the one thread that has no memory.
      const ends = way === 'memory' ? ['SIGBUS', 'SIGABRT', 'SIGTRAP'] : ['SIGBUS'];
      assert.ok(ends.includes(String(signal)), `${signal}`);
    });
  }
}

test('its pager is closed: a thread that waits gets SIGBUS', async () => {
  // The close waits for the home for no longer than a lease and the node's patience.
  assert.equal((await endOf('pager-close', 'waiting', 3000)).signal, 'SIGBUS');
});

test('its process exits while a thread waits: with its own code, and the thread reads nothing', async () => {
  assert.deepEqual(await endOf('process-exit', 'waiting'), { code: 7, signal: null });
});

test.run();
