// covers: assembly/changes/seed.ts, assembly/books/annex.ts
// Leaves that a seed describes, and that nobody has needed yet: what they cost, and that each comes when it is needed.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { writeStorePlan } from '../../../src/core/plan.js';
import { Stand } from '../../support/world/stand.js';

const test = suite('seeded leaves');
const PAGE = 4096;
const CHUNK = 2 ** 21;
const BASE = 2 ** 44;
const LEAF = layout.LEAF_PAGES;
const SLOTS = 2 ** 16;
const FD = 7;
/** 64 KiB pages of a core's memory. */
const SMALL = 4096;

/** Spaces whose store is a file, the first `slots` pages of which are theirs. */
class Seeds extends Stand {
  constructor(memoryPages: number, annexSlabs: number, slots: number) {
    super({ limit: 2 ** 22, memoryPages, annexSlabs });
    const { exports } = this.core;
    assert.equal(exports.openSpaces(slots), 1);
    assert.equal(exports.holdSlots(slots), 1);
  }

  open(): number {
    writeStorePlan(this.core, { kind: layout.STORE_FILE, fd: FD, pool: -1 });
    return this.core.exports.openSpace(layout.PLAN_AT);
  }

  seed(space: number, address: number, pages: number, slot: number): number {
    return this.core.exports.seed(space, address % 2 ** 32, Math.floor(address / 2 ** 32), pages, slot);
  }

  /** How many pages of processes have the slot, beside the hold on it. */
  owners(slot: number): number {
    const records = this.core.word(this.core.word(layout.SLOTS_AT) + Math.floor(slot / 2048) * 4);
    return this.core.word(records + (slot % 2048) * 8 + 4) - 1;
  }

  get leaves(): number {
    return this.core.word(layout.LEAF_COUNT_AT);
  }

  get outside(): number {
    return this.core.word(layout.ANNEX_COUNT_AT);
  }

  /** Brings in all pages of a space; returns the slots that they were read from, in order. */
  bringAll(space: number): number[] {
    const { core } = this;
    const slots: number[] = [];
    for (let page = 0; page < core.exports.endOf(space); ) {
      const next = core.exports.bringStored(space, page, 64, LEAF);
      const head = core.word(layout.COMMAND_HEAD_AT);
      for (let number = core.word(layout.COMMAND_DONE_AT); number !== head; number++) {
        const at = layout.COMMANDS_AT + (number & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
        const slot = core.number(at + layout.COMMAND_SOURCE_AT) / PAGE;
        for (let i = 0; i < core.word(at + layout.COMMAND_COUNT_AT); i++) slots.push(slot + i);
      }
      this.run();
      assert.ok(next > page, `it stops at page ${page}`);
      page = next;
    }
    return slots;
  }
}

function span(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

test('only leaves that are seeded in part take memory, until a page of them is needed', () => {
  const seeds = new Seeds(SMALL, 1024, SLOTS);
  const { exports } = seeds.core;
  const space = seeds.open();
  // Ten pages of one leaf, eight whole ones, five pages of the last.
  const pages = 10 + 8 * LEAF + 5;
  assert.equal(seeds.seed(space, BASE - 10 * PAGE, pages, 100), pages);
  assert.deepEqual([seeds.leaves, seeds.outside], [2, 8]);
  assert.equal(seeds.owners(100 + 10 + LEAF), 0);
  seeds.touch([BASE + 3 * CHUNK + 7 * PAGE], space);
  assert.deepEqual([seeds.leaves, seeds.outside], [3, 7]);
  const slots = seeds.bringAll(space);
  const touched = 100 + 10 + 3 * LEAF + 7;
  assert.deepEqual(
    slots.sort((a, b) => a - b),
    span(100, pages).filter((slot) => slot !== touched),
  );
  assert.deepEqual([seeds.leaves, seeds.outside, seeds.owners(touched)], [10, 0, 1]);
  assert.equal(exports.nextStored(space, 0, exports.endOf(space)), exports.endOf(space));
  seeds.close(space);
  assert.deepEqual([seeds.leaves, seeds.core.word(layout.CHUNK_USED_AT)], [0, 0]);
  assert.ok(span(100, pages).every((slot) => seeds.owners(slot) === 0));
});

test('with and without an annex the same pages come, from the same slots', () => {
  const [lazy, whole] = [1024, 0].map((slabs) => {
    const seeds = new Seeds(SMALL, slabs, SLOTS);
    const space = seeds.open();
    // In an order of their own, the second seed in the middle of a leaf.
    seeds.seed(space, BASE + 5 * CHUNK, 3 * LEAF, 20_000);
    seeds.seed(space, BASE + 11 * PAGE, 2 * LEAF, 7);
    return { leaves: seeds.leaves, slots: seeds.bringAll(space) };
  });
  assert.deepEqual([lazy?.leaves, whole?.leaves], [2, 6]);
  assert.deepEqual(
    lazy?.slots.sort((a, b) => a - b),
    whole?.slots.sort((a, b) => a - b),
  );
});

test('a fork has what its parent has: both read each page, and either may end first', () => {
  for (const parentFirst of [true, false]) {
    const seeds = new Seeds(SMALL, 1024, SLOTS);
    const parent = seeds.open();
    const child = parent + 1;
    seeds.seed(parent, BASE, 4 * LEAF, 0);
    seeds.fork(parent, child);
    assert.deepEqual([seeds.leaves, seeds.outside], [0, 4]);
    seeds.touch([BASE + PAGE], child);
    assert.deepEqual([seeds.leaves, seeds.outside, seeds.owners(1)], [1, 4, 1]);
    const [first, last] = parentFirst ? [parent, child] : [child, parent];
    seeds.close(first);
    assert.equal(seeds.owners(1), parentFirst ? 1 : 0);
    const left = span(0, 4 * LEAF).filter((slot) => !parentFirst || slot !== 1);
    assert.deepEqual(
      seeds.bringAll(last).sort((a, b) => a - b),
      left,
    );
    seeds.close(last);
    const counts = [seeds.leaves, seeds.outside, seeds.core.word(layout.CHUNK_USED_AT)];
    assert.deepEqual([...counts, seeds.owners(1)], [0, 0, 0, 0]);
  }
});

test('a range that the process removes reads as zeros, and the rest of its leaf as stored', () => {
  const seeds = new Seeds(SMALL, 1024, SLOTS);
  const { core } = seeds;
  const space = seeds.open();
  seeds.seed(space, BASE, 3 * LEAF, 0);
  core.message(layout.EVENT_REMOVE, [BASE + CHUNK, BASE + CHUNK + 100 * PAGE]);
  core.put(layout.MESSAGES_AT + layout.MESSAGE_SPACE_AT, space);
  seeds.turn();
  seeds.touch([BASE + CHUNK + 99 * PAGE, BASE + CHUNK + 100 * PAGE], space);
  assert.equal(core.counter(space, layout.COUNTER_FILL_ZERO), 1);
  const gone = (slot: number) => slot >= LEAF && slot <= LEAF + 100;
  assert.deepEqual(
    seeds.bringAll(space).sort((a, b) => a - b),
    span(0, 3 * LEAF).filter((slot) => !gone(slot)),
  );
});

test('a table that has no room says so when it is seeded, and each page that it took in comes', () => {
  // The smallest memory that leaves a reserve, and more leaves than it has blocks.
  const seeds = new Seeds(1400, 1024, SLOTS);
  const spaces: number[] = [];
  let taken = 0;
  for (let last = 8 * LEAF; last === 8 * LEAF; taken += last) {
    const space = seeds.open();
    assert.notEqual(space, 0);
    spaces.push(space);
    last = seeds.seed(space, BASE, 8 * LEAF, 0);
  }
  const stood = seeds.outside;
  assert.ok(stood > 1000, `${stood} seeded leaves`);
  let brought = 0;
  for (const space of spaces) brought += seeds.bringAll(space).length;
  assert.equal(brought, taken);
  assert.equal(seeds.outside, 0);
});

test('a fork gets what there is room for, and of the rest its pages fail: none reads as zeros', () => {
  const seeds = new Seeds(1400, 1024, SLOTS);
  const parent = seeds.open();
  const child = parent + 1;
  const room = seeds.core.word(layout.LEAF_LIMIT_AT);
  const leaves = Math.floor(room * 0.75);
  for (let leaf = 0; leaf < leaves; leaf++) seeds.seed(parent, BASE + leaf * CHUNK, LEAF, (leaf % 100) * LEAF);
  assert.equal(seeds.outside, leaves);
  seeds.fork(parent, child);
  assert.equal(seeds.bringAll(parent).length, leaves * LEAF);
  const ofChild = seeds.bringAll(child).length;
  assert.ok(ofChild < leaves * LEAF, `the child has all of ${ofChild} pages`);
  seeds.touch([BASE + (leaves - 1) * CHUNK], child);
  assert.equal(seeds.core.counter(child, layout.COUNTER_FILL_ZERO), 0);
});

test.run();
