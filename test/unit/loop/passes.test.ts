// Passes as the loop drives them, over a core and a fake kernel: turns of passes, and what a migration sends again.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Loop, type LoopEngine } from '../../../src/loop/loop.js';
import { NO_SOURCE } from '../../../src/loop/opened.js';
import { LoopPages } from '../../../src/loop/passes/region-pages.js';
import { queuePass } from '../../../src/loop/passes/turns.js';
import { Mapped } from '../../../src/loop/region.js';
import type { PageBatch, PageRun } from '../../../src/pass/pass.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';

const BUFFER = 0x6800_0000_0000;
const CELLS = 64;

const test = suite('passes in the loop');

/** A loop over the core of a `Drive`, and its one region's pages. */
function setUp(pages: number) {
  const drive = new Drive({ limit: undefined, frames: 64 }, pages, layout.STORE_FILE);
  const { core, kernel, region } = drive;
  const never = (): never => {
    throw new Error('this loop has no other processes, and no compiled core');
  };
  const engine: LoopEngine = {
    start: () => {},
    read: () => kernel.read(),
    execute: () => kernel.execute(),
    registerFrames: () => {},
    keepFrames: () => {},
    removeRemote: never,
    useCompiledCore: never,
    turn: never,
    drain: never,
    unfinished: never,
    look: () => {},
  };
  const options = { core: 'v8', limitPages: null, frameCount: 64, storePatience: 1000 } as const;
  const loop = new Loop(core, engine, { lastWords: never }, options);
  const mapped = new Mapped(region, BigInt(REGION_ADDRESS), pages, NO_SOURCE, NO_SOURCE, -1);
  loop.mapped.set(region, mapped);
  const addressOf = (bytes: Uint8Array) => {
    kernel.own.buffer = { start: BUFFER, end: BUFFER + bytes.length, bytes };
    return BigInt(BUFFER);
  };
  const source = new LoopPages({ core, native: { addressOf }, loop }, mapped, () => pages, CELLS * core.pageSize);
  return { drive, core, loop, mapped, source };
}

test('pages that a migration sends again may have more runs of zeros than the request ring has records', async () => {
  const { drive, core, loop, source } = setUp(4 * layout.REQUEST_LIMIT);
  for (const page of [0, 4000, 16000]) drive.touch(page, page + 1);
  const held = source.begin({ hold: true }, { take: async () => {} });
  assert.equal((await held.done).pages, 3);
  const runs: PageRun[] = [];
  for (let first = 0; first < source.pages; first += 2) runs.push({ first, count: 1 });
  const taken = new Set<number>();
  const take = async ({ first, count, bytes }: PageBatch): Promise<void> => {
    assert.equal(bytes === null, ![0, 4000, 16000].includes(first), `page ${first}`);
    for (let page = first; page < first + count; page++) taken.add(page);
  };
  const again = source.begin({ hold: true, runs }, { take });
  const report = await again.done;
  assert.equal(report.pages, 3);
  assert.equal(report.zeroPages, runs.length - 3);
  assert.deepEqual(
    [...taken].sort((a, b) => a - b),
    runs.map(({ first }) => first),
  );
  await source.release();
  assert.equal(core.word(layout.PASS_MASK_AT), 0);
  loop.stop();
});

test('a loop runs as many passes as the core has records, one over each region, and others in the order they came', async () => {
  const { loop } = setUp(10);
  const { signal } = new AbortController();
  const regions = Array.from(
    { length: layout.PASS_LIMIT + 2 },
    (_, each) => new Mapped(each + 1, BigInt(REGION_ADDRESS), 10, NO_SOURCE, NO_SOURCE, -1),
  );
  const begun: string[] = [];
  const ends: Array<() => void> = [];
  const pass = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => void ends.push(resolve));
  };
  const all = regions.map((mapped, each) => queuePass(loop, mapped, signal, pass(`${each}`)));
  const [first] = regions;
  assert.ok(first !== undefined);
  const second = queuePass(loop, first, signal, pass('0 again'));
  const given = new AbortController();
  const aborted = queuePass(loop, first, given.signal, pass('never'));
  given.abort(new Error('enough'));
  await assert.rejects(aborted, /enough/);
  assert.deepEqual(begun, ['0', '1', '2', '3']);
  // The second pass of the first region waits for its turn behind regions that came before.
  for (let each = 0; ends.length > each; each++) {
    ends[each]?.();
    await new Promise(setImmediate);
  }
  await Promise.all([...all, second]);
  assert.deepEqual(begun, ['0', '1', '2', '3', '4', '5', '0 again']);
});

test('a pass that fails, and one that is aborted while it waits, leave their place to others', async () => {
  const { loop } = setUp(10);
  const { signal } = new AbortController();
  const regionOf = (region: number) => new Mapped(region, BigInt(REGION_ADDRESS), 10, NO_SOURCE, NO_SOURCE, -1);
  const fails = () => Promise.reject(new Error('it fails'));
  for (let each = 1; each <= 3 * layout.PASS_LIMIT; each++)
    await assert.rejects(queuePass(loop, regionOf(each), signal, fails), /it fails/);
  const ends: Array<() => void> = [];
  const running = Array.from({ length: layout.PASS_LIMIT }, (_, each) =>
    queuePass(loop, regionOf(each), signal, () => new Promise<void>((resolve) => void ends.push(resolve))),
  );
  const given = new AbortController();
  const waiting = queuePass(loop, regionOf(100), given.signal, () => Promise.reject(new Error('it has begun')));
  given.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  for (const end of ends) end();
  await Promise.all(running);
  assert.equal(await queuePass(loop, regionOf(101), signal, async () => 'begun'), 'begun');
});

test.run();
