// Random commands on a region with volatile pages, against a Map: a page's value changes only where that is reported, by
// 'reclaimed' or by the regenerator, and only while the page is marked.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import { writeToken } from '../support/kernel/content.js';
import { EIO } from '../support/kernel/errnos.js';
import { NO_MISCHIEF } from '../support/kernel/mischief.js';
import { audit } from '../support/sim/audit.js';
import { Drive, REGION_ADDRESS } from '../support/world/core-drive.js';
import { type CoreOptions, regionAt } from '../support/world/core-machine.js';

const PAGES = 120;
const CORE_ADDRESS = 0x7f00_0000_0000;
const MADE = 0x2000_0000;
const MAX_PINNED = 4;

/** A Drive that answers what the core asks of the loop: it keeps the reports, and regenerates pages. */
class VolatileDrive extends Drive {
  readonly told: number[] = [];
  readonly made: Array<{ page: number; token: number }> = [];
  #token = MADE;

  override run(): void {
    super.run();
    while (this.core.requested) {
      this.#answer();
      while (this.core.commanded) {
        this.kernel.execute();
        this.core.exports.settle();
      }
      super.run();
    }
  }

  #answer(): void {
    const { core } = this;
    const tail = core.word(layout.REQUEST_TAIL_AT);
    const at = layout.REQUESTS_AT + (tail & layout.REQUEST_MASK) * layout.REQUEST_BYTES;
    const word = (offset: number) => core.word(at + offset);
    const [kind, page, generation] = [
      word(layout.REQUEST_KIND_AT),
      word(layout.REQUEST_PAGE_AT),
      word(layout.REQUEST_GENERATION_AT),
    ];
    core.put(layout.REQUEST_TAIL_AT, tail + 1);
    if (kind === layout.REQUEST_RECLAIMED) {
      for (let i = 0; i < generation; i++) this.told.push(page + i);
      return;
    }
    assert.equal(kind, layout.REQUEST_REGENERATE, 'there is no store in the loop');
    const frame = word(layout.REQUEST_FRAME_AT);
    const token = this.#token++;
    this.made.push({ page, token });
    writeToken(this.kernel.own.writable(CORE_ADDRESS + core.frameOffset(frame), core.pageSize), token);
    core.exports.arrive(frame, generation);
  }
}

type Mark = 'none' | 'zeros' | 'made';

interface Model {
  values: Map<number, number>;
  marks: Mark[];
  /** Was it marked with a regenerator when it was last reclaimed, as far as can be known? */
  makable: Set<number>;
  pinned: Set<number>;
}
interface Real {
  drive: VolatileDrive;
  pool: boolean;
}
type Step = fc.Command<Model, Real>;

/** Takes the reports since the last call; then checks the core's records. */
function look(model: Model, { drive, pool }: Real): void {
  for (const page of drive.told.splice(0)) {
    assert.equal(model.marks[page], 'zeros', `page ${page} was reported`);
    assert.ok(!model.pinned.has(page), `page ${page} was pinned`);
    model.values.set(page, 0);
  }
  for (const { page, token } of drive.made.splice(0)) {
    assert.ok(model.makable.has(page), `page ${page} was regenerated`);
    model.values.set(page, token);
  }
  audit(drive.core, drive.kernel, [{ region: drive.region, address: REGION_ADDRESS, pages: PAGES, pool }]);
}

class Read implements Step {
  constructor(readonly page: number) {}
  check = () => true;
  run(model: Model, real: Real): void {
    const value = real.drive.touch(this.page);
    look(model, real);
    assert.equal(value, model.values.get(this.page) ?? 0);
  }
  toString = () => `read ${this.page}`;
}

class Write implements Step {
  constructor(
    readonly page: number,
    readonly value: number,
  ) {}
  check = () => true;
  run(model: Model, real: Real): void {
    real.drive.touch(this.page, this.value);
    look(model, real);
    model.values.set(this.page, this.value);
  }
  toString = () => `write ${this.value} to ${this.page}`;
}

class SetMark implements Step {
  constructor(
    readonly first: number,
    readonly count: number,
    readonly mark: Mark,
  ) {}
  check = () => true;
  run(model: Model, real: Real): void {
    const { core, region } = real.drive;
    const end = Math.min(PAGES, this.first + this.count);
    if (this.mark === 'none') {
      const { nextReclaimed, unmarkVolatile } = core.exports;
      for (let page = nextReclaimed(region, this.first, end, 1); page < end; ) {
        const past = nextReclaimed(region, page, end, 0);
        for (; page < past; page++) {
          assert.ok(model.marks[page] !== 'none' || model.makable.has(page), `page ${page} was reclaimed`);
          if (model.marks[page] === 'zeros') model.values.set(page, 0);
        }
        page = nextReclaimed(region, past, end, 1);
      }
      unmarkVolatile(region, this.first, end);
    } else {
      assert.equal(core.exports.markVolatile(region, this.first, end, this.mark === 'made' ? 1 : 0), end);
    }
    for (let page = this.first; page < end; page++) {
      model.marks[page] = this.mark;
      // Without a mark what was reclaimed is regenerated all the same.
      if (this.mark === 'made') model.makable.add(page);
      if (this.mark === 'zeros') model.makable.delete(page);
    }
    look(model, real);
  }
  toString = () => `mark ${this.first}+${this.count} ${this.mark}`;
}

class Operate implements Step {
  constructor(
    readonly kind: number,
    readonly first: number,
    readonly count: number,
  ) {}
  check = () => true;
  run(model: Model, real: Real): void {
    const end = Math.min(PAGES, this.first + this.count);
    const { status } = real.drive.operate(this.kind, this.first, end);
    assert.equal(status, layout.OPERATION_DONE);
    look(model, real);
    for (let page = this.first; page < end; page++) {
      if (this.kind === layout.OPERATION_DISCARD) model.values.delete(page);
      const there = real.drive.resident().includes(page);
      if (this.kind === layout.OPERATION_EVICT && !model.pinned.has(page)) assert.ok(!there, `page ${page} has left`);
    }
  }
  toString = () => `operation ${this.kind} ${this.first}+${this.count}`;
}

class Pin implements Step {
  constructor(readonly page: number) {}
  check = (model: Readonly<Model>) => model.pinned.size < MAX_PINNED;
  run(model: Model, real: Real): void {
    const { status } = real.drive.operate(layout.OPERATION_LOAD, this.page, this.page + 1, layout.OPERATION_PIN);
    assert.equal(status, layout.OPERATION_DONE);
    look(model, real);
    model.pinned.add(this.page);
  }
  toString = () => `pin ${this.page}`;
}

class Unpin implements Step {
  check = (model: Readonly<Model>) => model.pinned.size > 0;
  run(model: Model, real: Real): void {
    real.drive.core.exports.unpinPages(real.drive.region, 0, PAGES);
    model.pinned.clear();
  }
  toString = () => 'unpin';
}

const page = fc.integer({ min: 0, max: PAGES - 1 });
const some = fc.integer({ min: 1, max: 60 });
const kinds = fc.constantFrom(
  layout.OPERATION_LOAD,
  layout.OPERATION_EVICT,
  layout.OPERATION_FLUSH,
  layout.OPERATION_DISCARD,
);
const commands = [
  page.map((each) => new Read(each)),
  page.map((each) => new Read(each)),
  fc.tuple(page, fc.integer({ min: 1, max: 0x1fffffff })).map(([each, value]) => new Write(each, value)),
  fc.tuple(kinds, page, some).map(([kind, first, count]) => new Operate(kind, first, count)),
  fc
    .tuple(page, some, fc.constantFrom<Mark[]>('none', 'zeros', 'made'))
    .map(([first, count, mark]) => new SetMark(first, count, mark)),
  page.map((each) => new Pin(each)),
  fc.constant(new Unpin()),
];

function open(limit: number | undefined, store: number, setting: Partial<CoreOptions>) {
  const drive = new VolatileDrive({ limit, ...setting }, PAGES, store, layout.SOURCE_ZERO);
  drive.core.put(regionAt(drive.region) + layout.REGION_LISTENED_AT, 1);
  return drive;
}

const test = suite('volatile pages, model');

for (const limit of [16, 24, 48]) {
  for (const store of [layout.STORE_POOL, layout.STORE_FILE]) {
    test(`a page changes only where that is reported, at limit ${limit}, store ${store}`, () => {
      const setting = fc.record({
        eviction: fc.integer({ min: 0, max: 2 }),
        readahead: fc.integer({ min: 0, max: 2 }),
      });
      fc.assert(
        fc.property(setting, fc.commands(commands, { maxCommands: 150, size: 'max' }), (chosen, steps) => {
          fc.modelRun(
            () => ({
              model: {
                values: new Map<number, number>(),
                marks: new Array<Mark>(PAGES).fill('none'),
                makable: new Set<number>(),
                pinned: new Set<number>(),
              },
              real: { drive: open(limit, store, chosen), pool: store === layout.STORE_POOL },
            }),
            steps,
          );
        }),
        { numRuns: 80 },
      );
    });
  }
}

const fill = (drive: Drive) => {
  for (let each = 0; each < PAGES; each++) drive.touch(each, each + 1);
};

test('a cache over its limit writes nothing, and gives the room in the store back', () => {
  const drive = open(16, layout.STORE_POOL, { eviction: 2, readahead: 0 });
  fill(drive);
  const pool = () => Number(drive.core.long(layout.POOLS_AT + layout.POOL_BYTES_USED_AT));
  assert.ok(pool() > 0);
  drive.core.exports.markVolatile(drive.region, 0, PAGES, 0);
  for (let each = 0; each < PAGES; each++) drive.touch(each);
  const written = drive.counter(layout.COUNTER_STORE_WRITES);
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  assert.equal(pool(), 0);
  fill(drive);
  fill(drive);
  assert.equal(drive.counter(layout.COUNTER_STORE_WRITES), written);
  assert.ok(drive.counter(layout.COUNTER_RECLAIMED) >= PAGES);
});

test('readahead brings no reclaimed page in as zeros that nobody asked for', () => {
  const drive = open(64, layout.STORE_POOL, { eviction: 0, readahead: 1 });
  drive.core.exports.markVolatile(drive.region, 40, PAGES, 0);
  fill(drive);
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  for (let each = 0; each < 40; each++) assert.equal(drive.touch(each), each + 1);
  assert.deepEqual(drive.told, []);
  assert.equal(drive.core.exports.nextReclaimed(drive.region, 40, PAGES, 0), PAGES);
  assert.equal(drive.touch(40), 0);
  assert.deepEqual(drive.told, [40]);
  assert.equal(drive.core.exports.nextReclaimed(drive.region, 0, PAGES, 1), 41);
});

test('regenerated pages come in runs, ahead as well', () => {
  const drive = open(64, layout.STORE_POOL, { eviction: 0, readahead: 1 });
  drive.core.exports.markVolatile(drive.region, 0, PAGES, 1);
  fill(drive);
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  for (let each = 0; each < 20; each++) assert.ok(drive.touch(each) >= MADE);
  assert.ok(drive.made.length > 20, 'some were made before they were touched');
  assert.equal(drive.counter(layout.COUNTER_REGENERATED), drive.made.length);
});

test('a page that was made ahead, held back and dropped is made again', () => {
  const drive = open(200, layout.STORE_ASYNC, { eviction: 0, readahead: 1, frames: 32 });
  drive.core.exports.markVolatile(drive.region, 0, PAGES, 1);
  fill(drive);
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  for (let each = 0; each < 3; each++) assert.ok(drive.touch(each) >= MADE);
  const held = drive.made.map(({ page: made }) => made).filter((made) => drive.state(made) === layout.PAGE_STAGED);
  assert.ok(held.length > 0, 'one is held back');
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  for (let each = 0; each < PAGES; each++) assert.ok(drive.touch(each) >= MADE, `page ${each}`);
});

test('a page that is discarded is zeros, even with a regenerator', () => {
  const drive = open(64, layout.STORE_POOL, { eviction: 0, readahead: 0 });
  drive.core.exports.markVolatile(drive.region, 0, PAGES, 1);
  fill(drive);
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  drive.operate(layout.OPERATION_DISCARD, 0, 8);
  assert.equal(drive.touch(3), 0);
  assert.deepEqual(drive.made, []);
  assert.ok(drive.touch(8) >= MADE);
});

test('while a store cannot be written, volatile pages make room', () => {
  const drive = open(16, layout.STORE_FILE, { eviction: 0, readahead: 0 });
  drive.core.exports.markVolatile(drive.region, 0, PAGES, 0);
  drive.kernel.files.delete(4);
  fill(drive);
  assert.equal(drive.counter(layout.COUNTER_WRITE_ERRORS), 0);
  assert.ok(drive.counter(layout.COUNTER_RECLAIMED) > 0);
});

test('a page on its way to a flush when it is marked and pinned is not lost', () => {
  const drive = open(64, layout.STORE_FILE, { eviction: 0, readahead: 0, frames: 32 });
  drive.kernel.mischief = { ...NO_MISCHIEF, file: (_fd, write) => (write ? EIO : 0), time: () => 1 };
  for (let each = 0; each < 8; each++) drive.touch(each, each + 1);
  drive.operate(layout.OPERATION_EVICT, 0, 8);
  const staged = [0, 1, 2, 3, 4, 5, 6, 7].filter((each) => drive.state(each) === layout.PAGE_STAGED);
  assert.ok(staged.length > 0, 'what cannot be written stays in staging');
  drive.core.exports.markVolatile(drive.region, 0, 8, 0);
  drive.operate(layout.OPERATION_LOAD, 0, 8, layout.OPERATION_PIN);
  drive.kernel.mischief = NO_MISCHIEF;
  drive.operate(layout.OPERATION_EVICT, 0, PAGES);
  for (let each = 0; each < 8; each++) assert.equal(drive.touch(each), each + 1);
});

test.run();
