// Random commands against the machine and a plain Map, at several limits: what a thread reads is always the same.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import { audit } from '../support/sim/audit.js';
import { Drive, REGION_ADDRESS } from '../support/world/core-drive.js';

const PAGES = 120;
const MAX_PINNED = 4;

interface Real {
  drive: Drive;
  pool: boolean;
}
interface Model {
  values: Map<number, number>;
  pinned: Set<number>;
  zeroed: Set<number>;
}
type Step = fc.Command<Model, Real>;

const expected = (model: Model, real: Real, page: number) =>
  model.values.get(page) ?? (model.zeroed.has(page) ? 0 : initial(real, page));
const initial = ({ drive }: Real, page: number) =>
  drive.core.word(layout.REGIONS_AT + drive.region * layout.REGION_BYTES + layout.REGION_SOURCE_AT) ===
  layout.SOURCE_FILE
    ? page + 1
    : 0;

function books({ drive, pool }: Real): void {
  audit(drive.core, drive.kernel, [{ region: drive.region, address: REGION_ADDRESS, pages: PAGES, pool }]);
}

class Read implements Step {
  constructor(readonly page: number) {}
  check = () => true;
  run(model: Model, real: Real): void {
    assert.equal(real.drive.touch(this.page), expected(model, real, this.page));
    books(real);
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
    model.values.set(this.page, this.value);
    books(real);
  }
  toString = () => `write ${this.value} to ${this.page}`;
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
    for (let page = this.first; page < end; page++) {
      if (this.kind === layout.OPERATION_DISCARD) {
        model.values.delete(page);
        model.zeroed.add(page);
      }
      const there = real.drive.resident().includes(page);
      if (this.kind === layout.OPERATION_EVICT && !model.pinned.has(page))
        assert.equal(there, false, `page ${page} has left`);
    }
    books(real);
  }
  toString = () => `operation ${this.kind} ${this.first}+${this.count}`;
}

class Pin implements Step {
  constructor(readonly page: number) {}
  check = (model: Readonly<Model>) => model.pinned.size < MAX_PINNED;
  run(model: Model, real: Real): void {
    const { status } = real.drive.operate(layout.OPERATION_LOAD, this.page, this.page + 1, layout.OPERATION_PIN);
    assert.equal(status, layout.OPERATION_DONE);
    model.pinned.add(this.page);
    assert.ok(real.drive.resident().includes(this.page));
    books(real);
  }
  toString = () => `pin ${this.page}`;
}

class Unpin implements Step {
  check = (model: Readonly<Model>) => model.pinned.size > 0;
  run(model: Model, real: Real): void {
    real.drive.core.exports.unpinPages(real.drive.region, 0, PAGES);
    model.pinned.clear();
    books(real);
  }
  toString = () => 'unpin';
}

const page = fc.integer({ min: 0, max: PAGES - 1 });
const commands = [
  page.map((each) => new Read(each)),
  fc.tuple(page, fc.integer({ min: 0, max: 0x3fffffff })).map(([each, value]) => new Write(each, value)),
  fc
    .tuple(
      fc.constantFrom(layout.OPERATION_LOAD, layout.OPERATION_EVICT, layout.OPERATION_FLUSH, layout.OPERATION_DISCARD),
      page,
      fc.integer({ min: 1, max: 40 }),
    )
    .map(([kind, first, count]) => new Operate(kind, first, count)),
  page.map((each) => new Pin(each)),
  fc.constant(new Unpin()),
];

const test = suite('model');

for (const limit of [16, 24, 48, undefined]) {
  for (const store of [layout.STORE_POOL, layout.STORE_FILE]) {
    test(`a pager is a Map at ${limit ?? 'no'} limit, store ${store}`, () => {
      const setting = fc.record({
        eviction: fc.integer({ min: 0, max: 2 }),
        readahead: fc.integer({ min: 0, max: 2 }),
        source: fc.constantFrom(layout.SOURCE_ZERO, layout.SOURCE_FILE),
      });
      fc.assert(
        fc.property(
          setting,
          fc.commands(commands, { maxCommands: 120, size: 'max' }),
          ({ eviction, readahead, source }, steps) => {
            fc.modelRun(
              () => ({
                model: { values: new Map<number, number>(), pinned: new Set<number>(), zeroed: new Set<number>() },
                real: {
                  drive: new Drive({ limit, eviction, readahead }, PAGES, store, source),
                  pool: store === layout.STORE_POOL,
                },
              }),
              steps,
            );
          },
        ),
        { numRuns: 60 },
      );
    });
  }
}

test.run();
