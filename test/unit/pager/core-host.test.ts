// Which host runs the core: the addon's copy where it may, and V8 where each call is to be recorded.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { checkPagerOptions, type PagerOptions } from '../../../src/options.js';
import { hostByDefault, settleCore } from '../../../src/pager/core-host.js';

const test = suite('the host of the core');
const before = process.env['FARPAGE_RECORD'];
test.after.each(() => {
  if (before === undefined) delete process.env['FARPAGE_RECORD'];
  else process.env['FARPAGE_RECORD'] = before;
});

const hostFor = (core: NonNullable<PagerOptions['core']>) => settleCore(checkPagerOptions({ core })).core;

test('what is recorded runs in V8', () => {
  process.env['FARPAGE_RECORD'] = '/nowhere/record';
  assert.equal(hostFor('auto'), 'v8');
  assert.equal(hostFor('v8'), 'v8');
});

test("core: 'native' is refused where FARPAGE_RECORD is set, with what helps", () => {
  process.env['FARPAGE_RECORD'] = '/nowhere/record';
  assert.equal(hostByDefault(), 'native', 'the addon is that of this core.wasm');
  assert.throws(
    () => hostFor('native'),
    (error) => {
      assert.ok(error instanceof PagerError);
      assert.equal(error.code, 'OPTION');
      assert.match(error.message, /core: 'native' cannot be recorded/);
      assert.match(error.hint ?? '', /'auto' or 'v8'.*FARPAGE_RECORD/);
      return true;
    },
  );
});

test('what is not recorded runs where it is asked to, and in the addon by itself', () => {
  delete process.env['FARPAGE_RECORD'];
  assert.equal(hostFor('native'), 'native');
  assert.equal(hostFor('v8'), 'v8');
  assert.equal(hostFor('auto'), hostByDefault());
});

test.run();
