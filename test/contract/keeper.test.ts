// The keeper of a pager: what it must know of before it starts.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { native } from '../../src/native/native.js';
import { Userfaultfd } from '../../src/userfaultfd/index.js';
import { skipUnless } from '../support/skip.js';

/** More than the keeper has places for. */
const MANY = 17;
const test = suite('keeper');
const onKernel = skipUnless(test, Userfaultfd.probe().available, 'no userfaultfd');

onKernel('a pager with more userfaultfds of its own than the keeper can tell apart gets none', () => {
  const own = Array.from({ length: MANY }, () => new Userfaultfd());
  try {
    assert.throws(() => native().startKeeper('', 2), { errno: 'E2BIG', syscall: 'clone' });
  } finally {
    for (const each of own) each.close();
  }
});

test.run();
