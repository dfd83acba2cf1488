// Loads and pins as the loop keeps count of them, over a core and a fake kernel: each one ends, whatever ends beside it.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Loads } from '../../../src/loop/loads.js';
import { NO_SOURCE } from '../../../src/loop/opened.js';
import { Operations } from '../../../src/loop/operations.js';
import { Mapped } from '../../../src/loop/region.js';
import { EIO } from '../../support/kernel/errnos.js';
import { NO_MISCHIEF } from '../../support/kernel/mischief.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';

const PAGES = 100;
const ROOM = 12;
const test = suite('loads');

function setUp() {
  const drive = new Drive({ limit: 32 }, PAGES, layout.STORE_FILE, layout.SOURCE_FILE);
  const operations = new Operations(drive.core);
  const loads = new Loads(drive.core, operations, ROOM);
  const mapped = new Mapped(drive.region, BigInt(REGION_ADDRESS), PAGES, NO_SOURCE, NO_SOURCE, -1);
  const ended: string[] = [];
  const events = (name: string) => ({
    done: (kept: boolean) => void ended.push(`${name} done${kept ? ', kept' : ''}`),
    failed: (page: number) => void ended.push(`${name} failed on ${page}`),
  });
  return { drive, operations, loads, mapped, ended, events };
}

/** What the loop does with requests of which each says that a page is given up. */
function giveUp({ core, region }: Drive): void {
  while (core.requested) {
    core.takeRequests(({ kind, page }) => {
      assert.equal(kind, layout.REQUEST_FAIL);
      core.exports.fail(region, page);
    });
  }
}

test('a load that waits for room begins when the load before it fails', () => {
  const { drive, operations, loads, mapped, ended, events } = setUp();
  drive.kernel.mischief = { ...NO_MISCHIEF, file: () => EIO };
  loads.load(mapped, { first: 0, end: ROOM }, events('first'));
  loads.load(mapped, { first: 40, end: 40 + ROOM }, events('second'));
  drive.run();
  giveUp(drive);
  drive.kernel.mischief = NO_MISCHIEF;
  assert.equal(operations.answer(), true, 'another turn is asked for');
  assert.equal(ended.length, 1);
  assert.match(ended[0] ?? '', /^first failed/);
  drive.run();
  operations.answer();
  assert.deepEqual(ended.slice(1), ['second done, kept']);
});

test('pages that are unpinned while their pin is under way are not pinned when it has ended', () => {
  const { drive, operations, loads, mapped, ended, events } = setUp();
  loads.pin(mapped, { first: 0, end: 8 }, drive.core.pageSize, events('pin'));
  loads.unpin(mapped, { first: 0, end: 4 });
  drive.run();
  operations.answer();
  assert.deepEqual(ended, ['pin done']);
  assert.equal(drive.core.word(layout.PINNED_PAGES_AT), 4);
  // And the room is counted right: so much can be pinned beside them, and no more.
  assert.throws(() => loads.pin(mapped, { first: 20, end: 29 }, drive.core.pageSize, events('none')), {
    code: 'OPTION',
  });
  loads.pin(mapped, { first: 20, end: 28 }, drive.core.pageSize, events('more'));
  drive.run();
  operations.answer();
  assert.deepEqual(ended.slice(1), ['more done']);
});

test('a pin that fails unpins what it had, and what its caller has unpinned stays so', () => {
  const { drive, operations, loads, mapped, ended, events } = setUp();
  drive.kernel.mischief = { ...NO_MISCHIEF, file: () => EIO };
  loads.pin(mapped, { first: 0, end: 8 }, drive.core.pageSize, events('pin'));
  loads.unpin(mapped, { first: 2, end: 4 });
  drive.run();
  giveUp(drive);
  operations.answer();
  assert.match(ended[0] ?? '', /^pin failed/);
  assert.equal(drive.core.word(layout.PINNED_PAGES_AT), 0);
});

test.run();
