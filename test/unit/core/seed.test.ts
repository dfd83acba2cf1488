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

const PAGE = 4096;
const FD = 7;

/** What the commands ask for that have not run yet. */
function commanded({ core }: Stand) {
  const commands: object[] = [];
  const head = core.word(layout.COMMAND_HEAD_AT);
  for (let number = core.word(layout.COMMAND_DONE_AT); number !== head; number++) {
    const at = layout.COMMANDS_AT + (number & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
    const [op, fd] = [core.bytes[at], core.word(at + layout.COMMAND_FD_AT)];
    const [page, pages] = [core.word(at + layout.COMMAND_PAGE_AT), core.word(at + layout.COMMAND_COUNT_AT)];
    commands.push({ op, fd, page, pages, slot: core.number(at + layout.COMMAND_SOURCE_AT) / PAGE });
  }
  return commands;
}

/** Ends the only command. */
function answer({ core }: Stand, outcome: number, pages: number): void {
  const head = core.word(layout.COMMAND_HEAD_AT);
  const at = layout.COMMANDS_AT + ((head - 1) & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
  core.answer(at, outcome, 0, pages * PAGE);
  core.put(layout.COMMAND_DONE_AT, head);
  core.exports.settle();
}

function standWith(kind: number = layout.STORE_ASYNC, fd = -1) {
  const stand = new Stand({ limit: 512, memoryPages: MEMORY_PAGES });
  const { exports } = stand.core;
  assert.equal(exports.openSpaces(2 ** 16), 1);
  assert.equal(exports.holdSlots(END), 1);
  writeStorePlan(stand.core, { kind, fd, pool: -1 });
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

test('pages of a file are fed, adjacent ones by one command', () => {
  const { stand, exports, space } = standWith(layout.STORE_FILE, FD);
  exports.seed(space, BASE % 2 ** 32, BASE / 2 ** 32, 20, 1000);
  exports.seed(space, (BASE + 20 * PAGE) % 2 ** 32, BASE / 2 ** 32, 10, 3000);
  assert.equal(exports.bringStored(space, 0, 200, END), layout.LEAF_PAGES);
  const feed = { op: layout.OP_FEED, fd: FD };
  assert.deepEqual(commanded(stand), [
    { ...feed, page: 0, pages: 20, slot: 1000 },
    { ...feed, page: 20, pages: 10, slot: 3000 },
  ]);
  stand.run();
  assert.equal(exports.nextStored(space, 0, END), layout.LEAF_PAGES);
});

test('a page that is refused stays, and those after it are fed', () => {
  for (const outcome of [layout.OUTCOME_GONE, layout.OUTCOME_PRESENT]) {
    const { stand, exports, space } = standWith(layout.STORE_FILE, FD);
    exports.seed(space, BASE % 2 ** 32, BASE / 2 ** 32, 10, 0);
    exports.bringStored(space, 0, 10, END);
    answer(stand, outcome, 2);
    assert.deepEqual(commanded(stand).at(-1), { op: layout.OP_FEED, fd: FD, page: 3, pages: 7, slot: 3 });
    stand.run();
    const left = outcome === layout.OUTCOME_GONE ? 2 : layout.LEAF_PAGES;
    assert.equal(exports.nextStored(space, 0, END), left);
    assert.equal(exports.nextStored(space, 3, END), layout.LEAF_PAGES);
  }
});

test('while the address space changes, the pages after the refused one are left for later', () => {
  const { stand, exports, space } = standWith(layout.STORE_FILE, FD);
  exports.seed(space, BASE % 2 ** 32, BASE / 2 ** 32, 10, 0);
  exports.bringStored(space, 0, 10, END);
  answer(stand, layout.OUTCOME_CHANGING, 2);
  assert.deepEqual(commanded(stand), []);
  assert.deepEqual(
    [exports.pageState(space, 2), exports.pageState(space, 3)],
    [layout.PAGE_FILLING, layout.PAGE_ABSENT],
  );
});

test('pages of a file that cannot be read are read one by one, which says what is wrong', () => {
  const { stand, exports, space } = standWith(layout.STORE_FILE, FD);
  exports.seed(space, BASE % 2 ** 32, BASE / 2 ** 32, 2, 5);
  exports.bringStored(space, 0, 2, END);
  answer(stand, layout.OUTCOME_SKIPPED, 0);
  assert.equal(exports.nextStored(space, 0, END), 0);
  exports.bringStored(space, 0, 2, END);
  const read = { op: layout.OP_READ_FILE, fd: FD, pages: 1 };
  assert.deepEqual(commanded(stand), [
    { ...read, page: 0, slot: 5 },
    { ...read, page: 1, slot: 6 },
  ]);
});

test.run();
