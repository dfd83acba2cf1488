// covers: assembly/
// budget: 300 s
// Leaves of the page table that are not in the core memory: how much a core keeps track of with them, and that none is lost.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { ANNEX_SLAB_BYTES, SLOT_LIMIT } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { IN_ANNEX, regionAt } from '../../support/world/core-machine.js';
import { Stand } from '../../support/world/stand.js';

const test = suite('the annex');
const PAGE = 4096;
const CHUNK = 2 ** 21;
const TIB = 2 ** 40;
/** 64 KiB pages of a core's memory: 256 MiB, and what a pager has. */
const SMALL = 4096;
const WHOLE = 61440;
/** Slabs as a pager has them: 16 GiB. */
const SLABS = 2 ** 17;

function chunksFrom(base: number, count: number, step = 1): number[] {
  return Array.from({ length: Math.floor(count / step) }, (_, index) => base + index * step * CHUNK);
}

function zeros(stand: Stand, region: number): number {
  return stand.core.counter(region, layout.COUNTER_FILL_ZERO);
}

test('a region has touched pages in all of a tebibyte, and finds each again', () => {
  const stand = new Stand({ limit: 512, memoryPages: SMALL, annexSlabs: SLABS, annexFrom: 4096 });
  const { core } = stand;
  const chunks = TIB / CHUNK;
  const base = 2 ** 44;
  const region = stand.openRegion(TIB / PAGE, base, layout.SLAB_LIMIT);
  stand.touch(chunksFrom(base, chunks));
  assert.equal(core.word(regionAt(region) + layout.REGION_LEAVES_AT), chunks);
  assert.ok(core.word(layout.LEAF_COUNT_AT) < 6000, `${core.word(layout.LEAF_COUNT_AT)} leaves are in the core memory`);
  // Each returns from the store, none as zeros.
  const again = chunksFrom(base, chunks, 5);
  const before = core.counter(region, layout.COUNTER_FILL_STORE);
  stand.touch(again);
  assert.equal(zeros(stand, region), chunks);
  assert.equal(core.counter(region, layout.COUNTER_FILL_STORE) - before, again.length);
  stand.close(region);
  core.exports.closePool(0);
  assert.equal(core.word(layout.LEAF_COUNT_AT), 0);
  assert.equal(core.word(layout.ANNEX_COUNT_AT), 0);
  assert.equal(core.annex.slabs, 0);
});

test('a leaf whose pages are all stored takes less than 17 bytes a page: a tebibyte fits into a third of the annex', () => {
  const stand = new Stand({ limit: 512, memoryPages: SMALL, annexSlabs: SLABS, annexFrom: 1 });
  const { core } = stand;
  const base = 2 ** 44;
  const leaves = 150;
  stand.openRegion(leaves * layout.LEAF_PAGES, base, layout.SLAB_LIMIT);
  stand.touch(Array.from({ length: leaves * layout.LEAF_PAGES }, (_, page) => base + page * PAGE));
  stand.turn();
  const out = core.word(layout.ANNEX_COUNT_AT);
  assert.ok(out > leaves - 8, `${out} leaves are in the annex`);
  const bytes = core.annex.slabs * ANNEX_SLAB_BYTES;
  const full = Math.ceil(out / 15) * ANNEX_SLAB_BYTES;
  assert.ok(bytes <= full + 2 * ANNEX_SLAB_BYTES, `${bytes} bytes for ${out} leaves`);
  assert.ok((TIB / CHUNK) * (ANNEX_SLAB_BYTES / 15) < (SLABS * ANNEX_SLAB_BYTES) / 3);
});

test('a process has touched pages in a tebibyte, and so have its forks, which share them', () => {
  const stand = new Stand({ limit: 512, memoryPages: WHOLE, annexSlabs: SLABS, annexFrom: 4096 });
  const { core } = stand;
  const chunks = TIB / CHUNK;
  const space = stand.openSpace(SLOT_LIMIT);
  const base = 2 ** 40;
  stand.touch(chunksFrom(base, chunks), space);
  const alone = core.annex.slabs;
  const children = [100, 101, 102];
  for (const child of children) {
    stand.fork(space, child);
    assert.equal(core.word(regionAt(child) + layout.REGION_LEAVES_AT), chunks);
  }
  assert.ok(core.annex.slabs < alone * 1.1, `${core.annex.slabs} slabs for four processes, ${alone} for one`);
  for (const each of [space, ...children]) {
    const before = zeros(stand, each);
    stand.touch(chunksFrom(base, chunks, 97), each);
    assert.equal(zeros(stand, each), before, `space ${each}`);
  }
  // The parent ends first; what its children share with it stays theirs.
  stand.close(space);
  stand.touch(chunksFrom(base, chunks, 89), 102);
  assert.equal(zeros(stand, 102), 0);
  for (const child of children) stand.close(child);
  const left = [layout.LEAF_COUNT_AT, layout.CHUNK_USED_AT, layout.ANNEX_COUNT_AT].map((at) => core.word(at));
  assert.deepEqual([...left, core.annex.slabs], [0, 0, 0, 0]);
  assert.equal(core.long(layout.POOLS_AT + layout.POOL_BYTES_USED_AT), 0n);
});

test('1,000 forks of a process of 8 GiB cost what names their chunks, and nothing is kept after the last', () => {
  const stand = new Stand({ limit: 512, memoryPages: WHOLE, annexSlabs: SLABS });
  const { core } = stand;
  const chunks = 4096;
  const space = stand.openSpace(SLOT_LIMIT);
  const base = 2 ** 40;
  stand.touch(chunksFrom(base, chunks), space);
  const children = Array.from({ length: 1000 }, (_, index) => 1001 + index);
  for (const child of children) stand.fork(space, child);
  // Leaves with resident pages are copied to each child: 512 pages may be resident in all.
  assert.ok(core.word(layout.LEAF_COUNT_AT) < chunks + 1000 * 16, `${core.word(layout.LEAF_COUNT_AT)} leaves`);
  for (const child of [1001, 1500, 2000]) {
    stand.touch(chunksFrom(base, chunks, 41), child);
    assert.equal(zeros(stand, child), 0, `space ${child}`);
  }
  for (const each of [space, ...children]) stand.close(each);
  const left = [layout.LEAF_COUNT_AT, layout.CHUNK_USED_AT, layout.ANNEX_COUNT_AT].map((at) => core.word(at));
  assert.deepEqual([...left, core.annex.slabs], [0, 0, 0, 0]);
});

test('more chunks with a page in memory than the page table holds: pages are evicted, and none is refused', () => {
  const stand = new Stand({ limit: 8192, memoryPages: SMALL, annexSlabs: SLABS, annexFrom: 2400 });
  const { core } = stand;
  const leaves = 4000;
  core.put(layout.LEAF_LIMIT_AT, leaves);
  const chunks = 12_000;
  const base = 2 ** 44;
  const region = stand.openRegion(chunks * layout.LEAF_PAGES, base, layout.SLAB_LIMIT);
  // In an order that is no neighbour's, two pages in each.
  const touched = Array.from({ length: chunks }, (_, index) => base + ((index * 1009) % chunks) * CHUNK);
  for (const page of [0, 7])
    stand.touch(
      touched.map((address) => address + page * PAGE),
      0,
      8,
    );
  assert.equal(core.requested, false);
  assert.equal(zeros(stand, region), 2 * chunks);
  assert.ok(core.word(layout.LEAF_COUNT_AT) <= leaves);
  assert.ok(core.word(layout.RESIDENT_PAGES_AT) > 2000, `${core.word(layout.RESIDENT_PAGES_AT)} pages are in memory`);
  stand.touch(touched, 0, 8);
  assert.equal(core.requested, false);
  assert.equal(zeros(stand, region), 2 * chunks);
});

test('a fork does not inherit a gap in a chunk that is in the annex, and shares the other chunks', () => {
  const stand = new Stand({ limit: 512, memoryPages: SMALL, annexSlabs: SLABS, annexFrom: 1 });
  const { core } = stand;
  const space = stand.openSpace(SLOT_LIMIT);
  const base = 2 ** 40;
  stand.touch(chunksFrom(base, 1200), space);
  const gap = base + 5 * CHUNK;
  core.u64[layout.GAPS_AT >> 3] = BigInt(gap);
  core.u64[(layout.GAPS_AT >> 3) + 1] = BigInt(gap + PAGE);
  stand.fork(space, 7, 1);
  stand.touch([gap, gap + CHUNK], 7);
  assert.deepEqual([zeros(stand, 7), core.counter(7, layout.COUNTER_FILL_STORE)], [1, 1]);
  stand.touch([gap], space);
  assert.equal(zeros(stand, space), 1200);
});

test('a host that has no memory for the annex: the leaves stay, and no page is lost', () => {
  const stand = new Stand({ limit: 512, memoryPages: SMALL, annexSlabs: SLABS, annexFrom: 100 });
  const { core } = stand;
  const { host } = core.annex;
  const write = host.annexWrite.bind(host);
  host.annexWrite = () => 0;
  const base = 2 ** 44;
  const region = stand.openRegion(2000 * layout.LEAF_PAGES, base, layout.SLAB_LIMIT);
  const touched = chunksFrom(base, 2000);
  stand.touch(touched);
  assert.deepEqual([core.word(layout.LEAF_COUNT_AT), core.word(layout.ANNEX_COUNT_AT)], [2000, 0]);
  assert.equal(core.annex.slabs, 0);
  host.annexWrite = write;
  stand.touch(touched);
  assert.ok(core.word(layout.ANNEX_COUNT_AT) > 0);
  assert.equal(zeros(stand, region), 2000);
});

test('a leaf returns from the annex as it was, full or nearly empty', () => {
  const stand = new Stand({ limit: 512, memoryPages: SMALL, annexSlabs: SLABS });
  const { core } = stand;
  const base = 2 ** 44;
  const region = stand.openRegion(2 ** 20, base, layout.SLAB_LIMIT);
  stand.touch(Array.from({ length: 1024 }, (_, page) => base + page * PAGE));
  stand.touch([base + 1500 * PAGE]);
  stand.touch(Array.from({ length: 1000 }, (_, page) => base + (10_000 + page) * PAGE));
  const content = (page: number) => {
    const { state, flags, digest, slot, slotBytes } = core.entry(region, page) ?? {};
    const kept = ((flags ?? 0) & (layout.PAGE_STORED | layout.PAGE_SOURCED)) !== 0;
    return kept ? [state, flags, digest, slot, slotBytes] : [state, flags];
  };
  const pages = Array.from({ length: 2048 }, (_, page) => page);
  const before = pages.map(content);
  core.put(layout.ANNEX_FROM_AT, 1);
  stand.turn();
  assert.equal(core.entryOffset(region, 3), IN_ANNEX);
  assert.deepEqual(pages.map(content), before);
  core.put(layout.ANNEX_FROM_AT, 1000);
  const touched = [3, 600, 1501];
  stand.touch(touched.map((page) => base + page * PAGE));
  assert.ok(core.entryOffset(region, 4) > 0);
  for (const page of pages) if (!touched.includes(page)) assert.deepEqual(content(page), before[page], `page ${page}`);
});

test.run();
