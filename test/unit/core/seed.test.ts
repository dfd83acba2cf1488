// covers: assembly/changes/seed.ts
// Stored pages that are brought in before a thread asks for them: how much one call does.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { writeStorePlan } from '../../../src/core/plan.js';
import { Stand } from '../../support/world/stand.js';

const test = suite('seeded pages');
const MEMORY_PAGES = 4096;
const BASE = 2 ** 44;
const CHUNK = 2 ** 21;
const LEAVES = 10;
const END = LEAVES * layout.LEAF_PAGES;

function standWith() {
  const stand = new Stand({ limit: 512, memoryPages: MEMORY_PAGES });
  const { exports } = stand.core;
  assert.equal(exports.openSpaces(2 ** 16), 1);
  assert.equal(exports.holdSlots(END), 1);
  writeStorePlan(stand.core, { kind: layout.STORE_ASYNC, fd: -1, pool: -1 });
  const space = exports.openSpace(layout.PLAN_AT);
  return { stand, exports, space };
}

test('a call begins no more pages than it may, however many there are', () => {
  const { exports, space } = standWith();
  assert.equal(exports.seed(space, BASE % 2 ** 32, BASE / 2 ** 32, END, 0), END);
  assert.equal(exports.endOf(space), END);
  assert.equal(exports.bringStored(space, 0, 1, END), 1);
  assert.equal(exports.bringStored(space, 1, 8, END), 9);
  const states = Array.from({ length: 12 }, (_, page) => exports.pageState(space, page));
  const { PAGE_ABSENT, PAGE_FILLING } = layout;
  assert.deepEqual(
    states,
    states.map((_, page) => (page < 9 ? PAGE_FILLING : PAGE_ABSENT)),
  );
});

test('a call looks at no more pages than it may, where none is stored', () => {
  const { stand, exports, space } = standWith();
  stand.touch(
    Array.from({ length: LEAVES }, (_, leaf) => BASE + leaf * CHUNK),
    space,
  );
  assert.equal(exports.endOf(space), END);
  const looked: number[] = [];
  for (let page = 0; page < END; looked.push(page)) page = exports.bringStored(space, page, 32, 1000);
  assert.deepEqual(looked, [1000, 2000, 3000, 4000, 5000, END]);
});

test('a leaf that has been freed costs one look', () => {
  const { stand, exports, space } = standWith();
  stand.touch([BASE, BASE + CHUNK, BASE + 2 * CHUNK], space);
  assert.equal(exports.bringStored(space, 0, 32, 1), 1);
  const { core } = stand;
  core.message(layout.EVENT_UNMAP, [BASE + CHUNK, BASE + 2 * CHUNK]);
  core.put(layout.MESSAGES_AT + layout.MESSAGE_SPACE_AT, space);
  stand.turn();
  assert.equal(exports.bringStored(space, layout.LEAF_PAGES, 32, 1), 2 * layout.LEAF_PAGES);
});

test.run();
