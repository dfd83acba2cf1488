// What a run is like, and what must hold of spaces, read from the core's memory.
import * as layout from '../../../assembly/layout.js';
import type { Random } from '../sim/random.js';
import type { CoreMachine } from './core-machine.js';
import { Broken, type SpaceMachine } from './machine.js';

const LEAF = layout.LEAF_PAGES;
const NO_FRAME = 0xffffffff;

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
    const chunk = core.word(directory + (layout.SPACE_LEAVES + leaf) * 4);
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
  const free = list(core.word(layout.SLOT_FREE_AT), (slot) => core.word(slots + (slot - 1) * 8));
  const ever = core.word(layout.SLOT_NEXT_AT);
  demand(free === ever, () => `${ever - free} slots of ${ever} are in use, and nobody is left`);
  const leaves = list(core.word(layout.LEAF_FREE_AT), (leaf) => core.word(leaf));
  demand(leaves === core.word(layout.LEAF_COUNT_AT), () => 'leaves are in use, and nobody is left');
  const used = core.long(layout.POOLS_AT + layout.POOL_BYTES_USED_AT);
  demand(used === 0n, () => `${used} bytes of the pool are in use, and nobody is left`);
  const chunks = core.word(layout.CHUNKS_AT);
  for (let i = 0; i < layout.CHUNK_COUNT; i++) {
    demand(core.word(chunks + i * 8 + 4) === 0, () => `record ${i} of the chunk table is in use, and nobody is left`);
  }
  for (const at of [layout.STAGED_COUNT_AT, layout.IN_FLIGHT_COUNT_AT, layout.REGION_COUNT_AT]) {
    demand(core.word(at) === 0, () => `word ${at - layout.HEADER_AT} of the header is ${core.word(at)} at the end`);
  }
  demand(core.exports.framePage(0) >>> 0 === NO_FRAME, () => 'a frame has a page, and nobody is left');
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
