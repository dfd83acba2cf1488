// What a run is like, and what must hold of spaces, read from the core's memory.
import * as layout from '../../../assembly/layout.js';
import { Random } from '../sim/random.js';
import { type CoreMachine, isInAnnex } from './core-machine.js';
import { Broken, type SpaceMachine } from './machine.js';
import type { Process } from './process.js';

const LEAF = layout.LEAF_PAGES;
const NO_FRAME = 0xffffffff;
/** As in assembly/books/pool.ts. */
const POOL_ROOT_AT = 384;

export function demand(holds: boolean, what: () => string): void {
  if (!holds) throw new Broken(what());
}

/** Pages of a space that the core takes for resident. */
export function residentIn(machine: SpaceMachine, space: number): Set<number> {
  const { core } = machine;
  const found = new Set<number>();
  const directory = machine.regionWord(space, layout.REGION_DIRECTORY_AT);
  if (machine.regionWord(space, layout.REGION_STATE_AT) !== layout.REGION_OPEN) return found;
  const leaves = machine.regionWord(space, layout.REGION_CHUNK_NEXT_AT);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const at = core.word(directory + leaf * 4);
    // No page of a leaf in the annex is resident.
    if (at === 0 || isInAnnex(at)) continue;
    const chunk = core.word(
      directory + ((machine.regionWord(space, layout.REGION_PAGES_AT) >>> layout.LEAF_SHIFT) + leaf) * 4,
    );
    for (let i = 0; i < LEAF; i++) {
      const state = core.bytes[at + i * layout.ENTRY_BYTES] ?? 0;
      const there = state === layout.PAGE_CLEAN || state === layout.PAGE_DIRTY || state === layout.PAGE_WRITING;
      if (there) found.add(chunk * LEAF + i);
    }
  }
  return found;
}

/** An event of the process is in the ring, and the core has not taken it. */
export function isUnheard({ core }: SpaceMachine, process: Process): boolean {
  for (let i = 0; i < core.word(layout.MESSAGE_COUNT_AT); i++) {
    const at = layout.MESSAGES_AT + i * layout.MESSAGE_BYTES;
    const event = core.bytes[at] ?? 0;
    const of = [core.word(at + layout.MESSAGE_SPACE_AT), core.word(at + layout.MESSAGE_CHILD_AT)];
    if (event !== layout.EVENT_PAGEFAULT && event !== 0 && of.includes(process.space)) return true;
  }
  return false;
}

/** What the core takes for resident is there, and nothing else. */
export function demandCounted(machine: SpaceMachine, limitPages: number): void {
  const { core } = machine;
  let resident = 0;
  for (const process of machine.processes.values()) {
    const present = residentIn(machine, process.space);
    resident += present.size;
    if (process.dead || process.changing || process.after !== undefined) continue;
    if (isUnheard(machine, process)) continue;
    for (const page of present) {
      const there = process.pages.has(page) || process.dropped.has(page);
      demand(there, () => `process ${process.space} page ${page} is resident and not there`);
    }
    for (const page of process.pages.keys()) {
      demand(present.has(page), () => `process ${process.space} page ${page} is there and not resident`);
    }
  }
  const said = core.word(layout.RESIDENT_PAGES_AT);
  demand(said === resident, () => `the core counts ${said} resident pages, its entries say ${resident}`);
  const now = said + core.options.frames - core.word(layout.VACANT_COUNT_AT);
  const limit = limitPages + core.word(layout.OVERDRAFT_AT);
  if (now <= limit) machine.forked = false;
  demand(now <= limit || machine.forked, () => `${now} pages are present`);
}

/** Whether more copies into children were refused, because the children ran on, than there are frames to keep them. */
export function lacksFrames(core: CoreMachine): boolean {
  let refused = 0;
  for (let at = core.word(layout.COMMAND_SETTLED_AT); at !== core.word(layout.COMMAND_DONE_AT); at = (at + 1) >>> 0) {
    const command = layout.COMMANDS_AT + (at & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
    const forked = core.word(command + layout.COMMAND_PURPOSE_AT) === layout.PURPOSE_FORKED;
    if (forked && core.word(command) >>> 16 === layout.OUTCOME_CHANGING) refused++;
  }
  return refused > core.word(layout.VACANT_COUNT_AT) + core.word(layout.READY_COUNT_AT);
}

/** Nobody is left: the core holds nothing any more. */
export function demandEmpty(core: CoreMachine): void {
  const list = (head: number, next: (each: number) => number) => {
    let count = 0;
    for (let at = head; at !== 0; at = next(at)) count++;
    return count;
  };
  const slots = core.word(layout.SLOTS_AT);
  const recordOf = (slot: number) => core.word(slots + (slot >>> 11) * 4) + (slot & 2047) * 8;
  const free = list(core.word(layout.SLOT_FREE_AT), (slot) => core.word(recordOf(slot - 1)));
  const ever = core.word(layout.SLOT_NEXT_AT);
  demand(free === ever, () => `${ever - free} slots of ${ever} are in use, and nobody is left`);
  // What holds the books of slots, and of the pool, is kept for the next ones.
  const blocks = list(core.word(layout.BLOCK_FREE_AT), (block) => core.word(block));
  const books = Math.ceil(ever / 2048) + poolBlocks(core) + core.annex.blocks;
  demand(blocks + books === core.word(layout.BLOCK_COUNT_AT), () => 'blocks are in use, and nobody is left');
  demand(core.word(layout.LEAF_COUNT_AT) === 0, () => 'leaves are in use, and nobody is left');
  demand(core.word(layout.ANNEX_COUNT_AT) === 0, () => 'leaves are in the annex, and nobody is left');
  demand(core.annex.slabs === 0, () => 'slabs of the annex are in use, and nobody is left');
  const used = core.long(layout.POOLS_AT + layout.POOL_BYTES_USED_AT);
  demand(used === 0n, () => `${used} bytes of the pool are in use, and nobody is left`);
  const chunks = core.word(layout.CHUNKS_AT);
  demand(core.word(layout.CHUNK_USED_AT) === 0, () => 'chunks are counted, and nobody is left');
  for (let i = 0; i < 2 ** core.word(layout.CHUNK_BITS_AT); i++) {
    demand(core.word(chunks + i * 8 + 4) === 0, () => `record ${i} of the chunk table is in use, and nobody is left`);
  }
  for (const at of [layout.STAGED_COUNT_AT, layout.IN_FLIGHT_COUNT_AT, layout.REGION_COUNT_AT]) {
    demand(core.word(at) === 0, () => `word ${at - layout.HEADER_AT} of the header is ${core.word(at)} at the end`);
  }
  demand(core.exports.framePage(0) >>> 0 === NO_FRAME, () => 'a frame has a page, and nobody is left');
}

/** Blocks with slab records of the first pool. */
function poolBlocks(core: CoreMachine): number {
  const node = core.word(layout.POOLS_AT + POOL_ROOT_AT);
  if (node === 0) return 0;
  let blocks = 1;
  for (let i = 0; i < 4096; i++) if (core.word(node + i * 4) !== 0) blocks++;
  return blocks;
}

export interface Config {
  limit: number;
  /** See `CoreOptions`. */
  annexSlabs: number | undefined;
  annexFrom: number | undefined;
  store: number;
  eviction: number;
  readahead: number;
  busy: number;
  writeFails: number;
  readFails: number;
  /** What happens between two commands, as against between two turns. */
  races: number;
}

export function configOf(random: Random): Config {
  const failing = random.chance(0.25);
  // From numbers of its own: a seed keeps its meaning.
  const annex = new Random(random.seed ^ 0xa77en);
  const annexSlabs = annex.chance(0.6) ? annex.pick([1, 64]) : undefined;
  return {
    annexSlabs,
    annexFrom: annexSlabs === undefined ? undefined : annex.pick([undefined, 1, 24]),
    limit: random.pick([24, 40, 64]),
    store: random.pick([layout.STORE_POOL, layout.STORE_FILE, layout.STORE_ASYNC]),
    eviction: random.below(3),
    readahead: random.below(3),
    busy: random.pick([0, 0.05, 0.3]),
    writeFails: random.pick([0, 0.1]),
    readFails: failing ? 0.05 : 0,
    races: random.pick([0, 0, 0.02, 0.2]),
  };
}
