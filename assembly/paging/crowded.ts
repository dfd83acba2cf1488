// A page in memory keeps its leaf in the core memory. A program that touches few pages in each of very many chunks can fill the
// page table that way, long before it reaches its resident limit: then the pages of one leaf after the other are evicted,
// so that the leaves can move to the annex.
import { baseSlot, blockRoom, NO_BASE } from '../books/block';
import { NO_FRAME } from '../books/frame';
import { frameOf } from '../books/page-table';
import { flagsOf } from '../books/queue';
import { annex } from '../books/records';
import { stateOf } from '../books/states';
import {
  ANNEX_FROM_AT,
  BLOCK_COUNT_AT,
  BLOCK_LOWEST_AT,
  ENTRY_BYTES,
  FRAME_COUNT_AT,
  LEAF_BYTES,
  LEAF_COUNT_AT,
  LEAF_LIMIT_AT,
  LEAF_PAGES,
  PAGE_CLEAN,
  PAGE_DIRTY,
  PAGE_PINNED,
} from '../layout';
import { commandRoom } from '../ring';
import { BATCH_COUNT, flushStage, stagePage, vacateSurplus } from './evict';
import { isEvictionPaused } from './refusal';
import { clean, flushVerify } from './writeback';

/** Leaves whose pages one step evicts, and blocks at which it looks for them. */
const LEAVES: u32 = 64;
const LOOKS: u32 = 256;

/** Evicts the pages of a few leaves if the page table is nearly full. */
// @ts-ignore: decorator
@inline
export function relieve(): void {
  if (load<u32>(ANNEX_FROM_AT) != 0 && isCrowded()) emptyLeaves();
}

function isCrowded(): bool {
  const limit = load<u32>(LEAF_LIMIT_AT);
  const leaves = load<u32>(LEAF_COUNT_AT);
  if (leaves + (limit >> 4) >= limit) return true;
  return blockRoom() < annex.reservedBlocks << 1 && leaves > load<u32>(BLOCK_COUNT_AT) >> 2;
}

function emptyLeaves(): void {
  if (isEvictionPaused()) return;
  const blocks = load<u32>(BLOCK_COUNT_AT);
  let emptied: u32 = 0;
  for (let look: u32 = 0; look < LOOKS && emptied < LEAVES; look++) {
    if (annex.emptyHand >= blocks) annex.emptyHand = 0;
    const leaf = load<u32>(BLOCK_LOWEST_AT) + annex.emptyHand * LEAF_BYTES;
    if (load<u32>(baseSlot(leaf)) != NO_BASE) {
      if (!emptyLeaf(leaf)) break;
      emptied++;
    }
    annex.emptyHand = annex.emptyHand + 1;
  }
  flushStage();
  // Nothing else may ask for frames now, and a page in a frame keeps its leaf, too.
  clean(load<u32>(FRAME_COUNT_AT) >> 1);
  flushVerify();
  vacateSurplus();
}

// False if the leaf has more pages than there are frames for now.
function emptyLeaf(leaf: u32): bool {
  for (let i: u32 = 0; i < <u32>LEAF_PAGES; i++) {
    const entry: usize = leaf + i * ENTRY_BYTES;
    const state = stateOf(entry);
    if ((state != PAGE_CLEAN && state != PAGE_DIRTY) || frameOf(entry) != NO_FRAME) continue;
    if ((flagsOf(entry) & PAGE_PINNED) != 0) continue;
    if (commandRoom() < BATCH_COUNT || !stagePage(entry)) return false;
  }
  return true;
}
