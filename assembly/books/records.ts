// State of the core beyond pages, frames and regions: the records of passes and of the turn. They lie in the core memory
// as all state does, so a copy of the memory is a copy of the core: to dump, compare, replay, or step in another host.
import { STATE_AT } from '../layout';

const ANNEX_AT: usize = STATE_AT + 2048;

// A pass's lists, after its fields.
/** A bit for each free cell. */
export const PASS_CELLS_AT: usize = 512;
/** u32 pages to be saved before all others. */
export const PASS_URGENT_AT: usize = PASS_CELLS_AT + 2048;
export const PASS_URGENT_LIMIT: u32 = 1024;
/** u32 pages opened since they were protected. */
export const PASS_OPENED_AT: usize = PASS_URGENT_AT + 4 * <usize>PASS_URGENT_LIMIT;
export const PASS_OPENED_LIMIT: u32 = 4096;
/** u32 pages that are being read into frames for the pass. */
export const PASS_FETCHED_AT: usize = PASS_OPENED_AT + 4 * <usize>PASS_OPENED_LIMIT;
export const PASS_FETCHED_LIMIT: u32 = 256;

/** One pass; the files in pass/ explain each field. Its lists follow at PASS_CELLS, PASS_URGENT, PASS_OPENED and PASS_FETCHED. */
@unmanaged
export class Pass {
  bufferAddress: u64;
  phase: u32;
  region: u32;
  pendingCount: u32;
  takenPages: u32;
  options: u32;
  /** The page that the walk visits next. */
  cursor: u32;
  failedPage: u32;
  failedCause: u32;
  failedErrno: u32;
  openedCount: u32;
  urgentCount: u32;
  fetchedCount: u32;
  /** A run of zero pages that has not been reported to the sink. */
  zeroFirst: u32;
  zeroCount: u32;
  /** How many opened pages the next slice of the hold protects, and the fewest that were left when one began. */
  slice: u32;
  fewestOpened: u32;
  /** A run of pages to be protected by one command. */
  guardPage: u32;
  guardCount: u32;
  /** How often the kernel refused to read resident pages. */
  refusals: u32;
  cellCount: u32;
  cellsInUse: u32;
  cellsPeak: u32;
  cellHint: u32;
  /** Cells from here on were never in use in this pass. */
  cellMark: u32;
  /** How many cells `takeCells` found. */
  cellsFound: u32;
  /** Save commands under way: each will hand cells to the sink. */
  savesUnderWay: u32;
  /** Threads that touch the region block until it is released; the record stays in use between passes. */
  held: bool;
  /** Pages were opened that the list had no room for: only another walk finds them. */
  openedMore: bool;
  /** This step protects a slice of the opened pages, and does nothing else. */
  slicing: bool;
  /** Whether the last step made progress. */
  progress: bool;
  /** Whether the last step lacked a frame, and for how many ticks steps have lacked one. */
  lacksFrame: bool;
  lackedFrame: u32;
  /** At its end: threads blocked on a held region fault again; pages are unprotected. */
  wakes: bool;
  unguards: bool;
}

/** Runs that are gathered during a step, and state that one step leaves to the next. */
@unmanaged
export class Turn {
  /** Tick of this step, and ticks since the one before it, in which the loop ran. */
  steppedAt: u32;
  passed: u32;
  /** Tick of the last scan of the pages that wait for a frame; 0: none waited. */
  lookedAt: u32;
  /** Victims that one command will move. */
  victimRegion: u32;
  victimPage: u32;
  victimFrame: u32;
  victimCount: u32;
  /** Victims in a row that the kernel refused to move. */
  busyVictims: u32;
  /** Pages that one command will install. */
  installRegion: u32;
  installPage: u32;
  installFrame: u32;
  installCount: u32;
  installContent: u32;
  /** Frames whose digests one command will take. */
  digestFrame: u32;
  digestCount: u32;
  /** Write-backs that this step may still begin: each needs a scratch slot of its own until its bytes are stored. */
  writeBudget: u32;
  nextScratch: u32;
  /** Pages that one removal covers. */
  removedFirst: u32;
  removedEnd: u32;
  closingLeaf: u32;
  forkCopies: u32;
  /** The page after the last one that a write opened, and how many the next write there opens. */
  openedLast: u32;
  openWindow: u32;
  /** Save commands under way, of all passes. */
  savesUnderWay: u32;
  /** Pages that all passes together save in a step: few since a thread has written to a protected page, then more and more. */
  saveBatch: u32;
  /** The region and the page that the last search for an address found. */
  lastRegion: u32;
  foundPage: u32;
  framesFound: u32;
  lastExcess: u32;
  /** Tick at which pages were last let in above the limit. */
  overdrawnAt: u32;
  triedToWrite: bool;
}

/** Blocks of the core memory, and the leaves that are not in it: block.ts, annex.ts. */
@unmanaged
export class Annex {
  /** Blocks in the list of free ones. */
  vacantBlocks: u32;
  /** Blocks that only leaves from the annex may take. */
  reservedBlocks: u32;
  /** Table of the blocks that the records of leaves in the annex are in; records ever used; list of free ones. */
  table: u32;
  next: u32;
  free: u32;
  /** The block at which the search for leaves to move out continues, and what it moved out since it passed the first one. */
  hand: u32;
  found: u32;
  /** Value of EVICTION_SEQUENCE until which there is no search: it found too few. 0: none. */
  pausedUntil: u32;
  /** The block whose leaf's pages are evicted next if the page table is full: see paging/crowded.ts. */
  emptyHand: u32;
  /** Leaves that a seed describes and nobody has needed yet, counted once for each owner: a block is kept for each. */
  seededLeaves: u32;
}

// @ts-ignore: decorator
@inline
export const turn = changetype<Turn>(STATE_AT);
// @ts-ignore: decorator
@inline
export const annex = changetype<Annex>(ANNEX_AT);
