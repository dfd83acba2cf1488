// budget: 20 s
// A guest's memfile as pages of a pass: what is taken, in which order, and what is refused.
import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { MemoryFile } from '../../../src/migrate/memory-file.js';
import type { PageBatch, PassOptions } from '../../../src/pass/pass.js';

const test = suite('memfile');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-memory-file-'));
const PAGE = 4096;
const PAGES = 600;
/** Pages with content: [first, count]; one of them has zeros written into its middle. */
const CONTENT: ReadonlyArray<readonly [number, number]> = [
  [3, 1],
  [10, 40],
  [300, 130],
];
const WRITTEN_ZERO = 320;

test.after(() => rmSync(folder, { recursive: true }));

function make(name: string): string {
  const file = path.join(folder, name);
  const fd = openSync(file, 'w');
  ftruncateSync(fd, PAGES * PAGE);
  for (const [first, count] of CONTENT) {
    for (let page = first; page < first + count; page++) {
      writeSync(fd, Buffer.alloc(PAGE, page === WRITTEN_ZERO ? 0 : (page % 255) + 1), 0, PAGE, page * PAGE);
    }
  }
  closeSync(fd);
  return file;
}

const hasContent = (page: number) =>
  page !== WRITTEN_ZERO && CONTENT.some(([first, count]) => page >= first && page < first + count);

/** Takes all, and checks each page's bytes as it comes. */
class Taker {
  readonly order: number[] = [];
  readonly seen = new Uint8Array(PAGES);
  constructor(readonly pause: (batch: PageBatch) => Promise<void> = async () => {}) {}

  async take(batch: PageBatch): Promise<void> {
    for (let at = 0; at < batch.count; at++) {
      const page = batch.first + at;
      assert.equal(this.seen[page], 0, `page ${page} comes twice`);
      this.seen[page] = 1;
      this.order.push(page);
      const expected = Buffer.alloc(PAGE, hasContent(page) ? (page % 255) + 1 : 0);
      const found = batch.bytes?.subarray(at * PAGE, (at + 1) * PAGE) ?? Buffer.alloc(PAGE);
      assert.ok(expected.equals(found), `page ${page}`);
    }
    await this.pause(batch);
  }
}

async function taken(file: string, options: PassOptions, taker = new Taker()) {
  const memory = MemoryFile.open(file);
  try {
    const pass = memory.begin(options, taker);
    await pass.instant;
    const pending = pass.pending();
    return { taker, pending, report: await pass.done };
  } finally {
    memory.close();
  }
}

test('every page once, holes as zeros without being read', async () => {
  const { taker, pending, report } = await taken(make('all'), {});
  assert.ok(taker.seen.every((times) => times === 1));
  const data = CONTENT.reduce((sum, [, count]) => sum + count, 0);
  assert.equal(report.pages, data - 1);
  assert.equal(report.zeroPages, PAGES - data + 1);
  // Which are holes is found out behind the instant.
  assert.deepEqual(pending, [{ first: 0, count: PAGES }]);
});

test('only the pages that are asked for', async () => {
  const { taker } = await taken(make('runs'), {
    runs: [
      { first: 5, count: 20 },
      { first: 310, count: 3 },
    ],
  });
  assert.deepEqual(
    taker.order.toSorted((a, b) => a - b),
    [...Array.from({ length: 20 }, (_, i) => 5 + i), 310, 311, 312],
  );
});

test('urgent pages come before all others, though the sink is full', async () => {
  const memory = MemoryFile.open(make('urgent'));
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const taker = new Taker(() => gate);
  const pass = memory.begin({}, taker);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(taker.seen[429], 0, 'the sink is full before the last page');
  pass.urge(425, 5);
  assert.deepEqual(taker.order.slice(-5), [425, 426, 427, 428, 429]);
  open();
  await pass.done;
  assert.ok(taker.seen.every((times) => times === 1));
  memory.close();
});

test('a file that becomes shorter, a sink that fails and a signal end the pass', async () => {
  const file = make('shorter');
  const memory = MemoryFile.open(file);
  const pass = memory.begin({}, { take: async ({ first }) => void (first === 3 && truncateSync(file, 20 * PAGE)) });
  await assert.rejects(pass.done, (error) => error instanceof PagerError && error.code === 'STORE_READ');
  memory.close();
  const fails = taken(make('fails'), {}, new Taker(() => Promise.reject(new Error('no room'))));
  await assert.rejects(fails, /no room/);
  const aborted = taken(make('aborted'), { signal: AbortSignal.abort(new Error('enough')) });
  await assert.rejects(aborted, /enough/);
});

test('what is not memory is refused with what to name', () => {
  assert.throws(() => MemoryFile.open(path.join(folder, 'none')), /cannot be opened/);
  assert.throws(
    () => MemoryFile.open(folder),
    (error) => error instanceof PagerError && error.code === 'OPTION',
  );
  const odd = make('odd');
  truncateSync(odd, 5000);
  assert.throws(() => MemoryFile.open(odd), /5000 bytes/);
});

test.run();
