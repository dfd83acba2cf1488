// A thread is ended while the shim throws: its process continues.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { program } from '../../live/play.js';
import { runChild } from '../../support/process/child.js';

const test = suite('a Worker that is ended');

test('in a native call that throws, it does not abort the process', async () => {
  const result = await runChild(program('ended-worker'), { budget: 60_000 });
  assert.equal(result.stdout, 'fine\n', result.stderr);
  assert.equal(result.code, 0);
});

test.run();
