// Everything the core keeps books of, counted again.
import { TALLY_DIRTY, TALLY_RESIDENT, TALLY_UNDER_WAY } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { mappedPages, readPageMap } from '../../../src/core/page-map.js';
import { readerOf } from '../../../src/core/reader.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import type { FakeKernel } from '../kernel/fake-kernel.js';
import { type CoreMachine, type Entry, IN_ANNEX } from '../world/core-machine.js';

export class Violation extends Error {}

export const STATE_NAMES = [
  'ABSENT',
  'FILLING',
  'CLEAN',
  'DIRTY',
  'STAGED',
  'EVICTING',
  'WRITING',
  'REMOVED',
  'FAILED',
];
const { PAGE_FILLING, PAGE_CLEAN, PAGE_DIRTY, PAGE_STAGED, PAGE_EVICTING, PAGE_WRITING, PAGE_FAILED } = layout;

export function isResident(state: number): boolean {
  return state === PAGE_CLEAN || state === PAGE_DIRTY || state === PAGE_WRITING;
}

// What a page counts for in its leaf's tally.
function tallyOf(state: number): number {
  const isUnderWay = [PAGE_FILLING, PAGE_STAGED, PAGE_EVICTING, PAGE_WRITING].includes(state);
  return (
    (isResident(state) ? TALLY_RESIDENT : 0) +
    (state === PAGE_DIRTY ? TALLY_DIRTY : 0) +
    (isUnderWay ? TALLY_UNDER_WAY : 0)
  );
}

/** Counts the pages of each leaf in the core memory again. */
export function auditTallies(core: CoreMachine): void {
  for (const { at, region, tally } of core.leaves()) {
    let counted = 0;
    for (let i = 0; i < layout.LEAF_PAGES; i++) counted += tallyOf(core.word(at + i * layout.ENTRY_BYTES) & 0xff);
    same(tally, counted, `tally of a leaf of region ${region}`);
  }
}

// A map shows the same, page by page and in wide cells.
function auditMap(core: CoreMachine, region: number, resident: number, dirty: number): void {
  const reader = readerOf(core.memory.buffer);
  const pages = mappedPages(reader, region);
  for (const cells of [1, 64]) {
    const map = readPageMap(reader, region, { first: 0, end: pages, cells });
    const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);
    same(sum(map.resident), resident, `resident pages of region ${region} in a map of ${cells} cells`);
    same(sum(map.dirty), dirty, `dirty pages of region ${region} in a map of ${cells} cells`);
  }
}

export interface AuditedRegion {
  region: number;
  address: number;
  pages: number;
  pool: boolean;
  /** Where the page lies now; undefined: nowhere, it was unmapped. Without it nothing was ever moved. */
  addressOf?(page: number): number | undefined;
  /** It was unmapped, and the core need not know it yet. */
  isLeaving?(page: number): boolean;
}

export function demand(holds: boolean, what: () => string): void {
  if (!holds) throw new Violation(what());
}

function same(actual: number, expected: number, what: string): void {
  demand(actual === expected, () => `${what}: the core says ${actual}, there are ${expected}`);
}

/** Checks the core's books against themselves and against the kernel; to be called when every command is settled. */
export function audit(core: CoreMachine, kernel: FakeKernel, regions: readonly AuditedRegion[]): void {
  same(core.word(layout.COMMAND_SETTLED_AT), core.word(layout.COMMAND_HEAD_AT), 'commands settled');
  const entries = new Map<number, { region: number; page: number; entry: Entry }>();
  const perPage = core.pageSize / BASE_BYTES;
  let residentAll = 0;
  let pinnedAll = 0;
  for (const each of regions) {
    const { region, pages, pool } = each;
    let resident = 0;
    let dirty = 0;
    let pinned = 0;
    let slotBytes = 0;
    let leaf: Entry[] | undefined;
    for (let page = 0; page < pages; page++) {
      const at = core.entryOffset(region, page);
      if (at === 0) {
        page |= layout.LEAF_PAGES - 1;
        continue;
      }
      const placed = each.addressOf === undefined ? each.address + page * core.pageSize : each.addressOf(page);
      const address = placed ?? -core.pageSize;
      // Never touched, or long gone: most pages at most times.
      if (at === IN_ANNEX && (page % layout.LEAF_PAGES === 0 || leaf === undefined))
        leaf = core.annexed(region, page >>> layout.LEAF_SHIFT);
      if (at !== IN_ANNEX) leaf = undefined;
      const away = leaf?.[page % layout.LEAF_PAGES];
      const head = away === undefined ? core.word(at) : away.state | (away.flags << 16);
      const idle = (head & 0xff) === layout.PAGE_ABSENT || (head & 0xff) === layout.PAGE_REMOVED;
      const flagged =
        (head >>> 16) & ~(layout.PAGE_ZEROS | layout.PAGE_IN_MAIN | layout.PAGE_SOURCED | layout.PAGE_WRITTEN);
      if (idle && flagged === 0 && (away !== undefined || (core.word(at + layout.ENTRY_FRAME_AT) & 0xffff) === 0)) {
        const base = address / BASE_BYTES;
        demand(
          !kernel.pages.has(base) ||
            kernel.removals.some(({ start, end }) => start <= base * BASE_BYTES && end > base * BASE_BYTES),
          () => `region ${region} page ${page} is absent and there`,
        );
        continue;
      }
      const entry = away ?? core.entryAt(at);
      // Nothing points to a page whose leaf is in the annex.
      entries.set(away === undefined ? at : -1 - entries.size, { region, page, entry });
      const { state, flags, frame } = entry;
      const name = () =>
        `region ${region} page ${page} (${STATE_NAMES[state]}, flags ${flags.toString(2)}, frame ${frame})`;
      if (isResident(state)) resident++;
      if (state === PAGE_DIRTY) dirty++;
      if ((flags & layout.PAGE_PINNED) !== 0) pinned++;
      if (pool && (flags & layout.PAGE_STORED) !== 0) slotBytes += entry.slotBytes;
      demand(
        (flags & layout.PAGE_STORED) === 0 || (flags & layout.PAGE_SOURCED) === 0,
        () => `${name()} is stored and sourced`,
      );
      const holds = state === PAGE_STAGED || state === PAGE_EVICTING || state === PAGE_WRITING;
      demand(!holds || frame >= 0, () => `${name()} has no frame`);
      demand(holds || state === PAGE_FILLING || frame < 0, () => `${name()} has a frame`);
      if (frame >= 0) demand(core.frame(frame).entry === entry.at, () => `${name()}: its frame points elsewhere`);
      let there = 0;
      for (let i = 0; i < perPage; i++) {
        const base = address / BASE_BYTES + i;
        if (kernel.pages.has(base) || (isResident(state) && kernel.dropped.has(base))) there++;
      }
      const leaving =
        each.isLeaving?.(page) === true ||
        kernel.removals.some(({ start, end }) => start < address + core.pageSize && end > address);
      if (!leaving && isResident(state)) demand(there === perPage, () => `${name()} is not there`);
      if (!leaving && !isResident(state)) demand(there === 0, () => `${name()} is there`);
      if (state === PAGE_FAILED) demand(there === 0, () => `${name()} is there`);
    }
    same(core.counter(region, layout.COUNTER_RESIDENT), resident, `resident pages of region ${region}`);
    same(core.counter(region, layout.COUNTER_DIRTY), dirty, `dirty pages of region ${region}`);
    same(core.counter(region, layout.COUNTER_PINNED), pinned, `pinned pages of region ${region}`);
    if (pool) {
      const at =
        layout.POOLS_AT +
        core.word(layout.REGIONS_AT + region * layout.REGION_BYTES + layout.REGION_POOL_AT) * layout.POOL_BYTES;
      same(Number(core.long(at + layout.POOL_BYTES_USED_AT)), slotBytes, `bytes in the pool of region ${region}`);
    }
    auditMap(core, region, resident, dirty);
    residentAll += resident;
    pinnedAll += pinned;
  }
  same(core.word(layout.RESIDENT_PAGES_AT), residentAll, 'resident pages');
  auditTallies(core);
  let slabs = 0;
  for (let pool = 0; pool < layout.POOL_LIMIT; pool++) {
    slabs += core.word(layout.POOLS_AT + pool * layout.POOL_BYTES + layout.POOL_SLAB_USED_AT);
  }
  same(core.word(layout.POOL_SLABS_AT), slabs, 'slabs of all pools');
  same(core.word(layout.PINNED_PAGES_AT), pinnedAll, 'pinned pages');
  auditFrames(core, kernel, entries);
  auditQueues(core, entries);
}

function auditFrames(core: CoreMachine, kernel: FakeKernel, entries: Map<number, { entry: Entry }>): void {
  const perPage = core.pageSize / BASE_BYTES;
  const counts = [0, 0, 0, 0, 0];
  for (let frame = 0; frame < core.options.frames; frame++) {
    const { state, entry } = core.frame(frame);
    counts[state] = (counts[state] ?? 0) + 1;
    const name = () => `frame ${frame} (state ${state}, entry ${entry})`;
    demand(
      core.bit(layout.BITMAP_VACANT_AT, frame) === (state === layout.FRAME_VACANT),
      () => `${name()}: its vacant bit`,
    );
    demand(
      core.bit(layout.BITMAP_READY_AT, frame) === (state === layout.FRAME_READY),
      () => `${name()}: its ready bit`,
    );
    let there = 0;
    for (let i = 0; i < perPage; i++) there += kernel.own.frameThere[frame * perPage + i] ?? 0;
    if (state === layout.FRAME_VACANT) demand(there === 0, () => `${name()} is vacant and there`);
    // A read that failed has left its frame as it was, vacant perhaps: counted all the same.
    else if (state !== layout.FRAME_FILLING && state !== layout.FRAME_READY)
      demand(there === perPage, () => `${name()} is not there`);
    if (state === layout.FRAME_VACANT || state === layout.FRAME_READY) {
      demand(entry === 0, () => `${name()} holds a page`);
    } else if (state === layout.FRAME_STAGED) {
      demand(entry !== 0, () => `${name()} holds no page`);
    }
    if (entry === 0) continue;
    const owner = entries.get(entry)?.entry;
    demand(
      owner !== undefined && owner.frame === frame,
      () => `${name()}: its page has another frame, ${owner?.frame}`,
    );
  }
  const flying = (counts[layout.FRAME_FILLING] ?? 0) + (counts[layout.FRAME_WRITING] ?? 0);
  same(core.word(layout.VACANT_COUNT_AT), counts[layout.FRAME_VACANT] ?? 0, 'vacant frames');
  same(core.word(layout.READY_COUNT_AT), counts[layout.FRAME_READY] ?? 0, 'ready frames');
  same(core.word(layout.STAGED_COUNT_AT), counts[layout.FRAME_STAGED] ?? 0, 'staged frames');
  same(core.word(layout.IN_FLIGHT_COUNT_AT), flying, 'frames in flight');
}

function auditQueues(core: CoreMachine, entries: Map<number, { region: number; page: number; entry: Entry }>): void {
  const where = new Map<number, string>();
  const queues: [string, number, boolean][] = [
    ['main', layout.QUEUE_MAIN_AT, true],
    ['small', layout.QUEUE_SMALL_AT, true],
    ['staged', layout.QUEUE_STAGED_AT, true],
    ['starved', layout.LIST_STARVED_AT, false],
    ['parked', layout.LIST_PARKED_AT, false],
    ['refused', layout.LIST_REFUSED_AT, false],
  ];
  for (const [name, queue, double] of queues) {
    const chain = core.chain(queue, layout.QUEUE_HEAD_AT, layout.ENTRY_NEXT_AT);
    same(core.word(queue + layout.QUEUE_COUNT_AT), chain.length, `pages in the queue '${name}'`);
    same(core.word(queue + layout.QUEUE_TAIL_AT), chain.at(-1) ?? 0, `tail of the queue '${name}'`);
    if (double) {
      const back = core.chain(queue, layout.QUEUE_TAIL_AT, layout.ENTRY_PREVIOUS_AT).reverse();
      demand(back.join() === chain.join(), () => `the queue '${name}' differs from its other direction`);
    }
    for (const at of chain) {
      const owner = entries.get(at);
      demand(owner !== undefined, () => `the queue '${name}' holds what is not a page of an open region`);
      demand(!where.has(at), () => `page ${owner?.page} is in the queues '${name}' and '${where.get(at)}'`);
      where.set(at, name);
      const state = owner?.entry.state ?? -1;
      const right =
        name === 'staged'
          ? state === PAGE_STAGED
          : double
            ? state === PAGE_CLEAN || state === PAGE_DIRTY
            : state === PAGE_FILLING;
      demand(right, () => `page ${owner?.page} is ${STATE_NAMES[state]} and in the queue '${name}'`);
    }
  }
  for (const { region, page, entry } of entries.values()) {
    const { state, flags } = entry;
    const queued = (flags & layout.PAGE_QUEUED) !== 0;
    const name = () => `region ${region} page ${page} (${STATE_NAMES[state]}, flags ${flags.toString(2)})`;
    demand(
      queued === where.has(entry.at),
      () => `${name()}: QUEUED is ${queued}, it is in ${where.get(entry.at) ?? 'none'}`,
    );
    const pinned = (flags & layout.PAGE_PINNED) !== 0;
    if (state === PAGE_CLEAN || state === PAGE_DIRTY) {
      demand(queued !== pinned, () => `${name()} is ${pinned ? 'pinned and a victim' : 'no victim and not pinned'}`);
      if (queued) {
        const main = core.options.eviction !== layout.EVICTION_S3_FIFO || (flags & layout.PAGE_IN_MAIN) !== 0;
        demand(
          where.get(entry.at) === (main ? 'main' : 'small'),
          () => `${name()} is in the queue '${where.get(entry.at)}'`,
        );
      }
    }
    if (state === PAGE_STAGED) demand(queued, () => `${name()} is in no queue`);
  }
}
