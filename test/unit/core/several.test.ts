// covers: assembly/
// Pages are installed by copying while several threads serve their own faults, and by moving otherwise: decisions/0050.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Random } from '../../support/sim/random.js';
import { Drive } from '../../support/world/core-drive.js';

const PAGES = 2000;
const TOUCHES = 1000;
const test = suite('pages of several threads');

/** Touches random pages, most of them absent. How often each command ran; every word read is checked. */
class Touches {
  readonly drive: Drive;
  readonly #random = new Random(50n);
  readonly #held = new Map<number, number>();

  constructor(readonly limit: number) {
    this.drive = new Drive({ limit, frames: Math.max(8, limit >> 3) }, PAGES);
    for (let page = 0; page < PAGES; page++) this.#write(page, page + 1);
  }

  #write(page: number, token: number): void {
    this.drive.touch(page, token);
    this.#held.set(page, token);
  }

  make(several: boolean): (op: number) => number {
    const { core } = this.drive;
    core.put(layout.SEVERAL_THREADS_AT, several ? 1 : 0);
    const counts = new Map<number, number>();
    for (let touch = 1; touch <= TOUCHES; touch++) {
      const page = this.#random.below(PAGES);
      const head = core.word(layout.COMMAND_HEAD_AT);
      assert.equal(this.drive.touch(page), this.#held.get(page) ?? 0);
      this.#write(page, touch);
      for (let at = head; at !== core.word(layout.COMMAND_HEAD_AT); at++) {
        const op = core.bytes[layout.COMMANDS_AT + (at & layout.COMMAND_MASK) * layout.COMMAND_BYTES] ?? 0;
        counts.set(op, (counts.get(op) ?? 0) + 1);
      }
    }
    assert.ok(core.word(layout.RESIDENT_PEAK_AT) <= this.limit);
    return (op) => counts.get(op) ?? 0;
  }
}

test('a page is moved into its region if one thread faults, and copied if several do', () => {
  const touches = new Touches(512);
  touches.make(false);
  const alone = touches.make(false);
  assert.ok(alone(layout.OP_MOVE) > TOUCHES / 2 && alone(layout.OP_COPY) === 0, `${alone(layout.OP_MOVE)} moves`);
  assert.equal(alone(layout.OP_VACATE), 0);
  const several = touches.make(true);
  assert.ok(several(layout.OP_COPY) > TOUCHES / 2, `${several(layout.OP_COPY)} copies`);
  assert.ok(several(layout.OP_MOVE) < several(layout.OP_COPY) / 20, `${several(layout.OP_MOVE)} moves`);
  // The memory of frames is returned for many pages at a time.
  const returned = several(layout.OP_VACATE);
  assert.ok(returned > 0 && returned < several(layout.OP_COPY) / 2, `${returned} times`);
  touches.make(false);
  const again = touches.make(false);
  assert.equal(again(layout.OP_COPY), 0);
});

for (const limit of [16, 20, 33, 64]) {
  test(`a limit of ${limit} pages holds`, () => {
    const touches = new Touches(limit);
    for (const several of [true, false, true]) touches.make(several);
    assert.ok(touches.drive.counter(layout.COUNTER_EVICTIONS) > TOUCHES);
  });
}

test.run();
