// Several passes of one core, each over a region of its own, under both hosts of the core.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { NO_PAGE, PASS_HOLD, PASS_RUNS, PHASE_COPY, PHASE_DONE, PHASE_NONE } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { dumpCore } from '../../../src/core/dump.js';
import { readerOf } from '../../../src/core/reader.js';
import { readToken, writeToken } from '../../support/kernel/content.js';
import { NO_MISCHIEF } from '../../support/kernel/mischief.js';
import { Drive } from '../../support/world/core-drive.js';
import { BUFFER, onEachHost, Regions, tokens } from '../../support/world/passing-regions.js';

const test = suite('passes');

function onBoth(title: string, body: () => void): void {
  onEachHost(test, title, body);
}

onBoth('a pass whose sink takes nothing holds up none of another region', () => {
  const all = new Regions(2, 40);
  all.fill(0, 100);
  all.fill(1, 200);
  assert.equal(all.begin(0, 4), 1);
  assert.equal(all.begin(1, 4), 1);
  for (let steps = 0; all.phase(1) !== PHASE_DONE; steps++) {
    assert.ok(steps < 200);
    all.step();
    all.take(1);
  }
  assert.deepEqual(all.image(1), tokens(200, 40));
  assert.equal(all.phase(0), PHASE_COPY);
  assert.ok(all.image(0).length <= 4, 'its buffer is full');
  all.reach(0, PHASE_DONE);
  assert.deepEqual(all.image(0), tokens(100, 40));
});

onBoth('a pass uses no memory of its buffer beyond what was in use at one time', () => {
  const all = new Regions(1, 40);
  all.fill(0, 100);
  all.begin(0, 32);
  const used = new Set<number>();
  const took = () => {
    for (const { cell, count } of all.open) for (let i = 0; i < count; i++) used.add((cell ?? 0) + i);
  };
  for (let steps = 0; all.phase(0) !== PHASE_DONE; steps++) {
    assert.ok(steps < 200);
    all.step();
    took();
    all.take(0);
  }
  assert.deepEqual(all.image(0), tokens(100, 40));
  const peak = all.core.exports.passSlotsPeak(all.region(0));
  assert.ok(peak < 32, 'three quarters of it are for writers');
  assert.deepEqual(
    [...used].sort((a, b) => a - b),
    [...new Array(peak).keys()],
  );
});

onBoth('what is written after its region’s instant is in no image, whichever pass runs beside it', () => {
  const all = new Regions(2, 40);
  all.fill(0, 100);
  all.fill(1, 200);
  all.begin(0, 8);
  for (let steps = 0; all.phase(0) !== PHASE_COPY; steps++) {
    assert.ok(steps < 50);
    all.step();
  }
  // The other pass has its instant after this write.
  assert.ok(all.write(0, 39, 9000));
  assert.ok(all.write(1, 39, 9001));
  all.begin(1, 8);
  all.reach(1, PHASE_DONE);
  all.reach(0, PHASE_DONE);
  assert.deepEqual(all.image(0), tokens(100, 40));
  assert.deepEqual(all.image(1), [...tokens(200, 39), 9001]);
});

onBoth('there are so many records, and each is free again when its pass has ended', () => {
  const all = new Regions(layout.PASS_LIMIT + 1, 20);
  for (let round = 0; round < 3; round++) {
    for (let place = 0; place < layout.PASS_LIMIT; place++) assert.equal(all.begin(place, 4), 1);
    assert.equal(all.begin(layout.PASS_LIMIT, 4), 0);
    all.steps(2);
    const { exports } = all.core;
    exports.endPass(all.region(round));
    all.reach(round, PHASE_NONE);
    assert.equal(all.begin(layout.PASS_LIMIT, 4), 1);
    for (const [place, region] of all.regions.entries()) {
      if (place === round) continue;
      all.reach(place, PHASE_DONE);
      exports.endPass(region);
      all.reach(place, PHASE_NONE);
    }
    assert.equal(all.core.word(layout.PASS_MASK_AT), 0);
    all.step();
    assert.equal(all.core.word(layout.PASS_AT), 0);
  }
});

onBoth('a thread that touches a held region waits for its release, and no other thread does', () => {
  const all = new Regions(3, 20);
  for (const place of [0, 1, 2]) all.fill(place, 100 * place, 19);
  const { exports } = all.core;
  for (const place of [0, 1]) {
    all.begin(place, 8, PASS_HOLD);
    all.reach(place, PHASE_DONE);
    exports.endPass(all.region(place));
    assert.equal(all.phase(place), PHASE_NONE);
  }
  // A page that is there, and one that is absent.
  for (const page of [3, 19]) {
    assert.ok(!all.write(0, page, 9000));
    assert.ok(!all.write(1, page, 9001));
    assert.ok(all.write(2, page, 9002));
  }
  // One of them is released: the other stays held, and is passed once more.
  exports.releaseHeld(all.region(0));
  all.reach(0, PHASE_NONE);
  for (const page of [3, 19]) {
    assert.ok(all.write(0, page, 9000));
    assert.ok(!all.write(1, page, 9001));
  }
  all.images.clear();
  all.begin(1, 8, PASS_RUNS);
  assert.equal(exports.pendPages(all.region(1), 2, 5), 5);
  all.reach(1, PHASE_DONE);
  assert.deepEqual(all.image(1), [102, 103, 104]);
  exports.endPass(all.region(1));
  exports.releaseHeld(all.region(1));
  all.reach(1, PHASE_NONE);
  assert.ok(all.write(1, 3, 9001));
  assert.equal(all.core.word(layout.PASS_MASK_AT), 0);
});

onBoth('a dump shows each pass, and each region that is held', () => {
  const all = new Regions(3, 20);
  for (const place of [0, 1, 2]) all.fill(place, 100 * place + 1);
  const passes = () => dumpCore(readerOf(all.core.memory.buffer)).passes;
  assert.deepEqual(passes(), []);
  all.begin(2, 4, PASS_HOLD);
  all.reach(2, PHASE_DONE);
  all.core.exports.endPass(all.region(2));
  all.begin(0, 4);
  all.reach(0, PHASE_COPY);
  all.step();
  const [held, copied] = passes();
  assert.deepEqual(held, { region: all.region(2), phase: 'held', pending: 0, taken: 20 });
  assert.equal(copied?.region, all.region(0));
  assert.equal(copied?.phase, 'copies pages');
  assert.equal(copied?.taken, all.image(0).length);
  assert.equal((copied?.taken ?? 0) + (copied?.pending ?? 0), 20);
});

onBoth('a region that is closed during its pass leaves the others theirs, and its number no pass', () => {
  const all = new Regions(2, 20);
  all.fill(0, 100);
  all.fill(1, 200);
  all.begin(0, 4);
  all.begin(1, 4);
  for (let steps = 0; all.open.length === 0; steps++) {
    assert.ok(steps < 50);
    all.step();
  }
  const { exports } = all.core;
  const region = all.region(0);
  exports.dropPass(region);
  while (exports.closeRegion(region) === 0) all.kernel.execute();
  all.step();
  exports.freeRegion(region);
  assert.equal(exports.passPhase(region), PHASE_NONE);
  // What the sink of the pass that is gone still had is released late.
  for (const { region: of, cell, count } of all.open) if (of === region) exports.releaseSlots(of, cell, count);
  all.reach(1, PHASE_DONE);
  assert.deepEqual(all.image(1), tokens(200, 20));
});

onBoth('in one step several passes together save no more than one alone', () => {
  /** Of each step since they began. A step may save more, the longer no thread has written. */
  const saved = (passes: number, pages: number): number[] => {
    const all = new Regions(passes, pages);
    for (let place = 0; place < passes; place++) all.fill(place, 1000 * place + 1);
    for (let place = 0; place < passes; place++) all.begin(place, 512);
    const each: number[] = [];
    for (let steps = 0; all.regions.some((region) => all.core.exports.passPhase(region) !== PHASE_DONE); steps++) {
      assert.ok(steps < 200);
      all.step();
      each.push(all.open.reduce((sum, { count }) => sum + count, 0));
      for (let place = 0; place < passes; place++) all.take(place);
    }
    return each;
  };
  // In so many steps none has saved all.
  const alone = saved(1, 1000).slice(0, 25);
  for (const passes of [2, layout.PASS_LIMIT]) {
    for (const [step, pages] of saved(passes, 400).slice(0, alone.length).entries()) {
      assert.ok(pages <= (alone[step] ?? 0), `step ${step}: ${pages}, alone ${alone[step]}`);
    }
  }
});

onBoth(
  'a pass over pages of which every other is zeros is given them in parts that the request ring has room for',
  () => {
    const all = new Regions(1, 3 * layout.REQUEST_LIMIT);
    for (let page = 0; page < all.pages; page += 512) assert.ok(all.write(0, page, page + 1));
    all.begin(0, 512, PASS_HOLD);
    all.reach(0, PHASE_DONE);
    const { exports } = all.core;
    const region = all.region(0);
    exports.endPass(region);
    all.images.clear();
    all.begin(0, 512, PASS_RUNS);
    let parts = 0;
    for (let page = 0; page < all.pages; page += 2) {
      if (exports.pendPages(region, page, page + 1) > page) continue;
      parts++;
      all.step();
      assert.equal(exports.pendPages(region, page, page + 1), page + 1);
    }
    assert.ok(parts > 0, 'the ring was full');
    all.reach(0, PHASE_DONE);
    assert.equal(all.image(0).length, all.pages / 2);
    assert.equal(exports.nextPending(region, 0, 1) >>> 0, NO_PAGE);
  },
);

for (const [source, what] of [
  [layout.SOURCE_FILE, 'the shim reads'],
  [layout.SOURCE_ASYNC, 'the loop reads'],
] as const) {
  onBoth(`with few cells and a sink that takes its time, each page that ${what} is read once`, () => {
    const PAGES = 300;
    const drive = new Drive({ limit: 64, frames: 32 }, PAGES, layout.STORE_FILE, source);
    const { core, kernel, region } = drive;
    const { exports, pageSize } = core;
    let reads = 0;
    kernel.mischief = {
      ...NO_MISCHIEF,
      file: (_fd, write, _offset, length) => {
        if (!write) reads += length / pageSize;
        return 0;
      },
    };
    const bytes = new Uint8Array(16 * pageSize);
    kernel.own.buffer = { start: BUFFER, end: BUFFER + bytes.length, bytes };
    for (const cells of [1, 3, 16]) {
      reads = 0;
      const image: number[] = [];
      exports.beginPass(region, cells, BUFFER % 2 ** 32, Math.floor(BUFFER / 2 ** 32), 0);
      for (let turns = 0; exports.passPhase(region) !== PHASE_DONE; turns++) {
        assert.ok(turns < 20 * PAGES, `${image.length} pages in ${turns} turns, ${cells} cells`);
        kernel.pass(1_000_000);
        drive.run();
        const batches: Array<{ cell: number; count: number }> = [];
        core.takeRequests((request) => {
          if (request.kind === layout.REQUEST_READ_SOURCE) {
            reads++;
            const at = core.number(layout.CORE_ADDRESS_AT) + core.word(layout.FRAME_DATA_AT) + request.frame * pageSize;
            writeToken(kernel.own.writable(at, pageSize), request.page + 1);
            exports.arrive(request.frame, request.generation);
            return;
          }
          assert.ok(request.kind === layout.REQUEST_SAVED && request.cell !== null);
          for (let i = 0; i < request.count; i++) {
            const from = (request.cell + i) * pageSize;
            image[request.page + i] = readToken(bytes.subarray(from, from + pageSize));
          }
          batches.push({ cell: request.cell, count: request.count });
        });
        while (core.commanded) {
          kernel.execute();
          exports.settle();
        }
        // Some turns pass before the sink has taken them.
        for (let wait = 0; batches.length > 0 && wait < 3; wait++) drive.run();
        for (const { cell, count } of batches) exports.releaseSlots(region, cell, count);
      }
      assert.deepEqual(image, tokens(1, PAGES));
      assert.equal(reads, PAGES, `with ${cells} cells`);
      exports.endPass(region);
      while (exports.passPhase(region) !== PHASE_NONE) drive.run();
    }
  });
}

test.run();
