// covers: assembly/
// Locked memory far above the limit, under `run`: pages come in above it, and a vain eviction is not tried for each of them.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Random } from '../../support/sim/random.js';
import { SpaceMachine } from '../../support/world/machine.js';
import { Process } from '../../support/world/process.js';

const LIMIT = 256;
const FIRST = 2 ** 20;
const test = suite('overdraft');

function setUp() {
  const trouble = { random: new Random(1n), busy: 1, writeFails: 0, readFails: 0, between: () => {} };
  const options = { pageShift: 12, limit: LIMIT, frames: 64, scratch: 8, eviction: 0, readahead: 0 };
  const machine = new SpaceMachine(options, layout.STORE_FILE, trouble);
  const process = new Process();
  process.ranges = [{ first: FIRST, end: FIRST + 2 ** 16 }];
  assert.ok(machine.begin(process));
  const { core } = machine;
  let steps = 0;
  /** A thread touches the page; it must have it after so many steps. */
  const touch = (page: number): void => {
    process.faults.push({ page: FIRST + page, write: true, waits: true, woken: false, told: false });
    for (let left = 200; !process.pages.has(FIRST + page); left--) {
      assert.ok(left > 0, `page ${page} does not come`);
      machine.read(process, 1);
      core.exports.step();
      steps++;
      while (core.word(layout.COMMAND_HEAD_AT) !== core.word(layout.COMMAND_DONE_AT)) {
        machine.execute();
        core.exports.settle();
      }
    }
  };
  const refused = () => core.word(layout.VICTIMS_BUSY_AT);
  return { trouble, process, core, touch, refused, steps: () => steps };
}

test('far above the limit, victims are tried for a batch of pages and not for each', () => {
  const { process, touch, refused } = setUp();
  for (let page = 0; page < LIMIT * 2; page++) touch(page);
  const before = refused();
  for (let page = LIMIT * 2; page < LIMIT * 10; page++) touch(page);
  assert.equal(process.pages.size, LIMIT * 10, 'nothing has left');
  const tried = (refused() - before) / (LIMIT * 8);
  assert.ok(tried < 8, `${tried} victims for each page`);
});

test('each page that cannot leave is tried before the first one comes in above the limit', () => {
  const { touch, refused, process } = setUp();
  for (let page = 0; process.pages.size < LIMIT + 1; page++) touch(page);
  assert.ok(refused() >= LIMIT - 64, `${refused()} of ${LIMIT}`);
});

test('once pages can leave, the limit holds again', () => {
  const { trouble, process, core, touch } = setUp();
  for (let page = 0; page < LIMIT * 4; page++) touch(page);
  assert.ok(process.pages.size > LIMIT * 3);
  trouble.busy = 0;
  for (let page = LIMIT * 4; page < LIMIT * 5; page++) touch(page);
  assert.ok(process.pages.size <= LIMIT, `${process.pages.size} of ${LIMIT} pages`);
  assert.equal(core.word(layout.OVERDRAFT_AT), 0);
});

test.run();
