// Codes, flags and limits that more than one of core, shim and loop use, and the numbers of counters that came later.
// Offsets and sizes are in layout.ts. Both files follow the same rules: scripts/layout.mjs writes native/layout.h from them, and
// the layout hash covers both.

// ---- what a fill's bytes are, in COMMAND_CONTENT_AT of its install ------------------------------------------------
export const CONTENT_ZERO = 0;
export const CONTENT_SOURCE_FILE = 1;
export const CONTENT_SOURCE_ASYNC = 2;
export const CONTENT_POOL = 3;
export const CONTENT_STORE_FILE = 4;
export const CONTENT_STORE_ASYNC = 5;
export const CONTENT_SOFT = 6;
export const CONTENT_REGENERATE = 7;

// ---- of a REQUEST_FAIL, in its frame ------------------------------------------------------------------------------
export const LOAD_ALONE = 1; // it fails a load, and no page: the page may be asked for again

// ---- passes -------------------------------------------------------------------------------------------------------
export const PASS_CHANGED_ONLY = 1; // only pages that differ from what the last tracked pass saved
export const PASS_TRACK = 2; // note from now on which pages change
export const PASS_HOLD = 4; // block every thread that touches the region from the instant until release
export const PASS_RUNS = 8; // only the pages that `pendPages` names, of a region that is held
export const PASS_SETTLE = 16; // a page saved right after it was protected is not KEPT yet: see pass/walk.ts
export const PHASE_NONE = 0;
export const PHASE_PROTECT = 1;
export const PHASE_HOLD = 2;
export const PHASE_COPY = 3;
export const PHASE_DONE = 4;
export const PHASE_FAILED = 5;
export const PHASE_ENDING = 6;
export const CELL_LIMIT = 16384; // cells of a pass's buffer
export const SLOT_LIMIT = 268435456; // stored pages of all spaces: 1 TiB

// ---- flags of a command --------------------------------------------------------------------------------------------
export const FLAG_LINK = 1; // run only if every command since the last one without this flag succeeded
export const FLAG_DIGEST = 2; // leave the digests of the pages read in the table of digests
export const FLAG_EXPECT = 4; // the table holds the digests that pages must have (with bit DIGEST_KNOWN_SHIFT): EILSEQ
export const FLAG_ZEROS = 8; // an install of frames with zeros: by ZEROPAGE, which replaces nothing, guard pages included
export const FLAG_WRITE = 16; // zeros for a thread that writes: a page of its own at once, or it would fault again in the kernel

// ---- digests, feeds, operations, spaces ----------------------------------------------------------------------------
export const DIGEST_KNOWN_SHIFT = 63; // digests have 61 bits
export const FEED_FIRST = 16; // pages of a file that are fed before all others: a thread waits for them
export const FEED_FRAMES = 64; // and then at a time
export const OPERATION_REWRITE = 2; // of a flush: pages that the file holds already are written once more
export const SLAB_PAGES = 8; // pages of memory that a pool takes or returns at a time
export const CHUNK_SHIFT = 21; // a leaf of pages of 4 KiB

// ---- no page, no address ------------------------------------------------------------------------------------------
export const NO_PAGE = 4294967295; // no page: a u32 that no page has as its number
export const NO_FRAME = 4294967295; // no frame: of a page that is copied, its bytes lie in the pool
export const NOWHERE_SHIFT = 63; // 1 << NOWHERE_SHIFT: the address of unmapped pages; no page has one that high

// ---- meters: memory beside the core's. Who takes the turn writes, the user's thread reads. All are f64, times in ticks ----
export const COUNTER_LANES = 27; // after those of layout.ts, which native writes: lanes that are open now
export const COUNTER_LANE_READS = 28; // pages that were read over a lane
export const METER_STORE_READ = 0; // meters, by their numbers
export const METER_STORE_WRITE = 1;
export const METER_COUNT = 2;
export const METER_BYTES = 4096; // of each: f64 the sum, f64 the longest, then one f64 for each bucket of a histogram
export const METER_MAX_AT = 8;
export const METER_BUCKETS_AT = 16;
export const METERS_ON_AT = 8192; // u32: METERS_… that somebody looks at
export const METERS_FILES = 1; // times of reads and writes of local files
export const METERS_BYTES = 12288;

// ---- the annex: leaves that are not in the core memory ------------------------------------------------------------
export const ANNEX_SHIFT = 14; // a packed leaf has at most 16 KiB
export const ANNEX_UNIT_SHIFT = 8; // its place in the annex, and the room that it takes, are multiples of 256 bytes
export const ANNEX_SLAB_BYTES = 131072; // what the annex takes from the system, and returns to it, at a time

// ---- a leaf's tally: how many of its pages are resident, dirty, under way; ten bits each, because a leaf has 512 ----
export const BASE_TALLY_AT = 4; // in the leaf's eight bytes of BLOCK_BASES
export const TALLY_RESIDENT = 1;
export const TALLY_DIRTY = 1 << 10;
export const TALLY_UNDER_WAY = 1 << 20;

// ---- what a step returns: whether another one would make progress ---------------------------------------------
export const STEP_DONE = 0;
export const STEP_AGAIN = 1;
export const STEP_LOOK = 2; // a pass is under way: other threads' faults go first
export const LOOKS_A_TURN = 8; // then the event loop runs

// ---- phase stamps: offsets from STAMPS_AT, u64 each, and the phases ---------------------------------------------
export const STAMP_BEGIN_TICKS_AT = 0; // two moments, by the processor's clock and in ns; 0: nothing is stamped
export const STAMP_BEGIN_TIME_AT = 8;
export const STAMP_NOW_TICKS_AT = 16;
export const STAMP_NOW_TIME_AT = 24;
export const STAMP_FAULTS_AT = 32;
export const STAMP_RECORDS_AT = 64; // one for each phase:
export const STAMP_BYTES = 24;
export const STAMP_TICKS_AT = 0; // spent in it
export const STAMP_COUNT_AT = 8;
export const STAMP_LONGEST_AT = 16;
export const STAMP_TURN = 0; // a whole turn: the sum of what follows within it
export const STAMP_WAIT = 1; // the loop waits for a fault
export const STAMP_LOOP = 2; // the rest of the event loop's round, JavaScript included
export const STAMP_RIDE = 3; // where the loop's thread runs: see native/engine/ride.h
export const STAMP_READ = 4; // messages into the ring
export const STAMP_STEP = 5;
export const STAMP_SETTLE = 6;
export const STAMP_SCRIPT = 7; // the turn in JavaScript, whose core V8 runs: step and settle are in it
export const STAMP_DISPATCH = 8; // the loop takes requests and advances operations
export const STAMP_ENTRY = 9; // a faulting thread: from its signal to asking for the lock
export const STAMP_LOCK = 10;
export const STAMP_REST = 11; // the end of a turn
export const STAMP_UNLOCK = 12;
export const STAMP_WAKE = 13; // threads that wait on a futex are woken
export const STAMP_COMMANDS = 14; // and the command's kind, OP_…
export const STAMP_LIMIT = 38;
