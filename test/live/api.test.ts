// budget: 120 s
// What a region and a pager owe every Node.js program: events that `once` can wait for, one rule for signals, disposal, and
// warnings with codes in place of lines on standard error.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { describe, linesOf, play, run, told } from './play.js';

const test = suite('the API');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-api-'));
test.after(() => rmSync(folder, { recursive: true }));

test('a store that takes no pages is an event and a warning with a code, and so is the end of it', async () => {
  const result = await run('api', 'a store that is away, and is back');
  assert.equal(result.code, 0, describe(result));
  const warnings = ['FARPAGE_STORE_WRITE'];
  assert.deepEqual(told(result), [true, 'STORE_WRITE', 1, 'STORE_WRITE', true, warnings]);
  const [line = '', ...others] = linesOf(result.stderr);
  assert.match(line, /\[FARPAGE_STORE_WRITE\] FarpageWarning: your store cannot be written: the store is away/);
  assert.deepEqual(others, []);
});

test('a signal ends each call that waits: CLOSED, its reason as cause, and nothing stays pinned', async () => {
  const ends = await play<Record<string, unknown>>('api', 'signals end calls that wait for a store');
  const ended = ['CLOSED', true];
  const { load, pin, use, flush, before, value } = ends;
  assert.deepEqual({ load, pin, use, flush }, { load: ended, pin: ended, use: ended, flush: ended });
  assert.deepEqual(before, Array(10).fill('CLOSED'));
  assert.equal(value, 9);
});

test('a call that the end of its pager overtakes rejects as one after it: CLOSED, of the pager', async () => {
  const ends = await play('api', 'a call that the end of its pager overtakes');
  assert.deepEqual(ends, ['CLOSED', 'the pager was closed meanwhile', 'CLOSED', 'the pager is closed']);
});

test('events.once reports reclaimed pages, also after all listeners were removed', async () => {
  assert.equal(await play<boolean>('api', 'listeners for reclaimed pages come and go'), true);
});

test('a lost page is an event with region and page, before the thread that waits for it gets SIGBUS', async () => {
  const result = await run('api', 'a page is lost that another process waits for', { path: path.join(folder, 'lost') });
  assert.equal(result.code, 0, describe(result));
  assert.deepEqual(told(result), {
    signal: 'SIGBUS',
    order: ['pageLost', 'end'],
    event: [true, 7, 7 * 4096],
    error: ['STORE_READ', 'page 7 cannot be read from your store or memory: it is gone', 2, 7, true, 'it is gone'],
  });
  const [line = '', there = '', ...others] = linesOf(result.stderr);
  assert.match(line, /^farpage: region 2, page 7: cannot be read from your store[^\n]*: it is gone[^\n]*SIGBUS$/);
  // The process that the thread belongs to has one as well.
  assert.match(there, /^farpage: a thread touched byte 28672 of an attached region [^\n]*SIGBUS$/);
  assert.deepEqual(others, []);
});

test('shares and attached regions end with Symbol.asyncDispose', async () => {
  const ends = await play('api', 'shares and attached regions are disposed of', { path: path.join(folder, 'socket') });
  assert.deepEqual(ends, { value: 7, code: 'CLOSED', there: false, gone: 'OPTION' });
});

test.run();
