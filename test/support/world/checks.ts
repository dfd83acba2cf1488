// What a run is like, and what must hold of spaces, read from the core's memory.
import * as layout from '../../../assembly/layout.js';
import type { Random } from '../sim/random.js';
import type { CoreMachine } from './core-machine.js';
import { Broken, type SpaceMachine } from './machine.js';

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
    if (at === 0) continue;
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
  const books = Math.ceil(ever / 2048) + poolBlocks(core);
  demand(blocks + books === core.word(layout.BLOCK_COUNT_AT), () => 'blocks are in use, and nobody is left');
  demand(core.word(layout.LEAF_COUNT_AT) === 0, () => 'leaves are in use, and nobody is left');
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
  return {
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
