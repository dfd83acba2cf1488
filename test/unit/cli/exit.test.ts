import assert from 'node:assert/strict';
import { CommanderError } from 'commander';
import { suite } from 'uvu';
import { errorLines, exitCodeOf } from '../../../src/cli/exit.js';
import { PagerError } from '../../../src/errors.js';

const test = suite('cli exit');

test('exit codes by what went wrong', () => {
  assert.equal(exitCodeOf(new PagerError('OPTION', 'x')), 2);
  assert.equal(exitCodeOf(new PagerError('UNSUPPORTED', 'x')), 3);
  assert.equal(exitCodeOf(new PagerError('PERMISSION', 'x')), 3);
  assert.equal(exitCodeOf(new PagerError('STORE_READ', 'x')), 1);
  assert.equal(exitCodeOf(new Error('x')), 1);
  assert.equal(exitCodeOf('x'), 1);
  assert.equal(exitCodeOf(new CommanderError(1, 'commander.unknownOption', 'x')), 2);
  assert.equal(exitCodeOf(new CommanderError(0, 'commander.helpDisplayed', 'x')), 0);
});

test('one line, its details, and a hint', () => {
  const details = { errno: 'EPERM', syscall: 'ioctl(UFFDIO_API)', hint: 'be root' };
  assert.deepEqual(errorLines(new PagerError('PERMISSION', 'not\n  allowed', details)), [
    'farpage: not allowed (PERMISSION, EPERM ioctl(UFFDIO_API))',
    'hint: be root',
  ]);
  assert.deepEqual(errorLines(new PagerError('STORE_READ', 'gone')), ['farpage: gone (STORE_READ)']);
  assert.equal(errorLines(new PagerError('UNSUPPORTED', 'no'))[1], "hint: see what is missing with 'farpage doctor'");
  assert.deepEqual(errorLines(new Error('boom')), ['farpage: boom']);
});

test('what a server or another program has said cannot send escape sequences to the terminal', () => {
  const said = 'no\u001b[2J\u009b1A\r\u007f';
  const hint = 'see \u0007';
  assert.deepEqual(errorLines(new PagerError('STORE_READ', said, { hint })), [
    'farpage: no?[2J?1A?? (STORE_READ)',
    'hint: see ?',
  ]);
  assert.deepEqual(errorLines(new Error(said)), ['farpage: no?[2J?1A??']);
  assert.equal(new PagerError('OPTION', 'two\n\tlines').message, 'two\n\tlines');
});

test.run();
